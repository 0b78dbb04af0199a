"""The page *Compare*: two schemes side by side, links and files to share, a brief."""
