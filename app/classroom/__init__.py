"""The page *Class*: one host, many members, the lessons in step."""
