"""What people spend half-days on: kinds of activity, their names and colours."""

from typing import NamedTuple

from app.charts import legend_entry
from experiments.figures.style import GENUINE, MANUAL, MISUSE, PADDING


class Activity(NamedTuple):
    """How the pages show a kind of activity."""

    name: str
    colour: str


ACTIVITIES = {
    "manual": Activity("manual work", MANUAL),
    "genuine": Activity("genuine use", GENUINE),
    "misuse": Activity("genuine use that does harm", MISUSE),
    "padding": Activity("padding", PADDING),
}
KINDS = tuple(ACTIVITIES)
"""Arrays hold a kind of activity as its index here."""


def legend() -> str:
    """Return the colours of all kinds with their names, as HTML."""
    return " &nbsp; ".join(legend_entry(a.colour, a.name) for a in ACTIVITIES.values())
