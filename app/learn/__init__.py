"""The page *Learn*: seven lessons, each with a prediction before its answer."""
