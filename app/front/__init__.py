"""The front page: the map of schemes."""
