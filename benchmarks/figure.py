"""A measured figure, and a file of them."""

import csv
import io
from collections.abc import Iterable, Sequence
from statistics import median
from typing import NamedTuple


class Figure(NamedTuple):
    """One number that was measured, or worked out from measured ones."""

    part: str  # check, decisions, sweep, growth, large
    what: str  # framework, or side of a sweep
    rules: str  # reduced, or the scheme under all rules
    threads: int  # or processes; 0 where the framework decides
    employees: int
    weeks: int
    runs: int
    quantity: str
    unit: str
    value: float  # median of the repeats
    low: float  # their least
    high: float  # their greatest
    repeats: int
    how: str  # measured, extrapolated, projected, not installed


def spread(values: Sequence[float]) -> tuple[float, float, float, int]:
    """Median, least, greatest and number."""
    return median(values), min(values), max(values), len(values)


def to_csv(figures: Iterable[Figure]) -> str:
    """All figures, five digits each."""
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(Figure._fields)
    for figure in figures:
        writer.writerow(
            f"{cell:.5g}" if isinstance(cell, float) else cell for cell in figure
        )
    return file.getvalue()


def from_csv(text: str) -> list[Figure]:
    """The figures of a file."""
    made = []
    for row in csv.DictReader(io.StringIO(text)):
        cells = [kind(row[name]) for name, kind in Figure.__annotations__.items()]
        made.append(Figure(*cells))
    return made
