"""The page *Class*: many people predict the lessons of *Learn* at once."""
