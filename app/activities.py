"""What people spend half-days on: kinds of activity, their names and colours."""

from collections.abc import Callable, Mapping
from typing import NamedTuple

from app.charts import legend_entry
from experiments.figures.style import GENUINE, MANUAL, MISUSE, PADDING, TRIVIAL


class Activity(NamedTuple):
    """How the pages show a kind of activity."""

    name: str
    colour: str


ACTIVITIES = {
    "manual": Activity("manual work", MANUAL),
    "genuine": Activity("AI on core work", GENUINE),
    "misuse": Activity("AI where it harms", MISUSE),
    "trivial": Activity("trivial use", TRIVIAL),
    "padding": Activity("padding", PADDING),
}
KINDS = tuple(ACTIVITIES)
"""Arrays hold a kind of activity as its index here."""
WHOLE = "genuine AI use"
PARTS = ("genuine", "misuse", "trivial")
"""Kinds that are genuine AI use, which has one colour in three shades."""


def legend() -> str:
    """Return the colours of all kinds with their names, as HTML; the parts together."""
    entries = {kind: legend_entry(a.colour, a.name) for kind, a in ACTIVITIES.items()}
    first, *others = (entries[kind] for kind in PARTS)
    whole = f'<span class="key">{WHOLE}: {first}</span>'
    return " &nbsp; ".join([entries["manual"], whole, *others, entries["padding"]])


def told(half_days: Mapping[str, float], written: Callable[[float], str]) -> str:
    """List manual work, genuine AI use as a whole and in its parts, and padding.

    ``half_days`` are by kind; ``written`` writes one of them with its unit.
    """
    whole = written(sum(half_days[kind] for kind in PARTS))
    parts = ", ".join(
        f"{ACTIVITIES[kind].name} {written(half_days[kind])}" for kind in PARTS
    )
    return (
        f"manual work {written(half_days['manual'])}, {WHOLE} {whole} ({parts}), "
        f"padding {written(half_days['padding'])}"
    )
