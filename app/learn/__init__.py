"""The page *Learn*: seven lessons with a guess before each answer."""
