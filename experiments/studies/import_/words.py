"""The rows of coverage in words."""

from collections.abc import Sequence

from experiments.studies.import_.coverage import CoverageRow, Topic
from experiments.words.screen import count, joined, number, percent

TITLES: dict[Topic, str] = {
    "read": "What was read",
    "left_out": "What was left out, and why",
    "people": "Who is in the panel",
    "known": "What is known, and what is not",
    "meaning": "What the tokens are",
    "check": "What to check",
    "blind": "What the exports cannot show",
}
"""Topics as sections, but for the weeks, which are drawn."""
PRIVATE = (
    "The panel has pseudonyms instead of ids. They are still personal data: keep the "
    "file as closely as the exports, and make nothing of it about a single person."
)
ZERO = "without a row, and so 0"
Section = tuple[str, list[tuple[str, str]]]
"""A title, and names with texts."""


def answer(rows: Sequence[CoverageRow]) -> list[str]:
    """Say what came of the exports, in a few sentences."""
    values = {(row.topic, row.item): row for row in rows}

    def value(topic: Topic, item: str) -> float:
        return values[topic, item].number or 0.0

    weeks = count(int(value("known", "weeks")), "week")
    first, last = values["known", "first week"].text, values["known", "last week"].text
    people = int(value("people", "people in the panel"))
    parts = [value("known", name) for name in ("with a row", ZERO, "unknown")]
    whole = sum(parts) or 1.0
    shares = [percent(100.0 * part / whole) for part in parts]
    found = [
        f"{people:,} people over {weeks}, Monday {first} to that of {last}.",
        f"Of their weeks {shares[0]} % have a row, {shares[1]} % have none and are 0, "
        f"and {shares[2]} % are unknown: nobody can tell whether they are 0.",
    ]
    kinds = [
        f"{percent(100.0 * (row.number or 0.0))} % {row.item.replace('_', ' ')}"
        for row in rows
        if row.topic == "meaning" and row.unit == "share of tokens"
    ]
    if kinds and len({row.source for row in rows if row.topic == "meaning"}) == 1:
        found.append(f"Tokens are {joined(kinds, 'and')}.")
    checks = [row for row in rows if row.topic == "check"]
    if checks:
        found.append(
            f"{count(len(checks), 'thing')} to check before any number is believed; "
            "see below."
        )
    return [*found, PRIVATE]


def sections(rows: Sequence[CoverageRow]) -> list[Section]:
    """Sort the rows into sections of names with texts."""
    found = []
    for topic, title in TITLES.items():
        lines = [(_name(row), said(row)) for row in rows if row.topic == topic]
        if lines:
            found.append((title, lines))
    return found


def _name(row: CoverageRow) -> str:
    return (
        f"{row.source}, {row.item}" if row.source and row.topic != "blind" else row.item
    )


def said(row: CoverageRow) -> str:
    """Write the number and the text of a row."""
    value = ""
    if row.number is not None:
        if row.unit.startswith("share of"):
            value = f"{percent(100.0 * row.number)} % {row.unit.removeprefix('share ')}"
        elif row.number == int(row.number):
            unit = row.unit.removesuffix("s") if row.number == 1 else row.unit
            value = f"{row.number:,.0f} {unit}".strip()
        else:
            value = f"{number(row.number)} {row.unit}".strip()
    return "; ".join(filter(None, (value, row.text))) or "–"
