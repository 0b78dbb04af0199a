"""The page *Compare*: two schemes side by side, how to share them, and the brief."""
