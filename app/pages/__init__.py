"""The pages of the studio, one file a page."""
