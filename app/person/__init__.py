"""The page *One employee*: a half-day, what each activity was worth, and why."""
