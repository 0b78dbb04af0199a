"""Ends of the range of an assumption, for explanations that hang on it."""

from model.parameters import declarations
from model.people import People

CRAMMING = [
    f"{row.key}={end:g}"
    for row in declarations(People, "people.")
    if row.key == "people.cramming"
    for end in row.span
]
"""How far people count on cramming: the least and the most, as changes."""
