"""The page *One employee*: what a person saw, did and weighed."""
