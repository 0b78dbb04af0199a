"""Ends of the range of an assumption, for explanations that depend on it."""

from model.parameters import declarations
from model.people import People

CRAMMING = [
    f"{row.key}={end:g}"
    for row in declarations(People, "people.")
    if row.key == "people.cramming"
    for end in row.span
]
"""Changes that set cramming to the lowest and the highest value of its range."""
