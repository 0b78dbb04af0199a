"""A panel of use as a file: its weeks, ids and numbers as the reader means them."""
