"""Whether all frameworks live the same model: means of the reduced rules, compared.

Every framework lives organisations of the same size for the same weeks under the quota,
after the warm-up, each with seeds of its own; our engine lives many more. If both draw
from one distribution, the difference of two means has the standard error
``sd sqrt(1/k + 1/m)``, sd that of the engine's m organisations. Within four of them the
means count as equal: by chance, one of all comparisons together fails less than once in
two hundred times.
"""

import math
from collections.abc import Mapping, Sequence
from statistics import fmean, stdev
from typing import Any, NamedTuple

from benchmarks.figure import Figure
from benchmarks.processes import Worker
from benchmarks.reduced.rules import Means

LIMIT = 4.0
"""Standard errors that a difference may have."""
UNITS = ("share", "share", "share", "half-days", "M", "share", "share")
"""Units of the fields of ``Means``."""


class Sizes(NamedTuple):
    """How much is lived for the comparison."""

    employees: int
    weeks: int
    ours: int  # organisations of the engine
    theirs: int  # of every other framework


FULL = Sizes(employees=500, weeks=16, ours=80, theirs=10)
QUICK = Sizes(employees=150, weeks=8, ours=60, theirs=6)


class Compared(NamedTuple):
    """One outcome of one framework beside the engine's."""

    what: str
    outcome: str
    unit: str
    theirs: float
    ours: float
    error: float  # standard error of the difference

    @property
    def away(self) -> float:
        """The difference in standard errors."""
        return (self.theirs - self.ours) / self.error

    @property
    def equal(self) -> bool:
        """Whether it may be chance."""
        return abs(self.away) <= LIMIT


def compare(
    what: str, theirs: Sequence[Sequence[float]], ours: Sequence[Sequence[float]]
) -> list[Compared]:
    """Compare organisations (rows) by all outcomes (columns, those of ``Means``)."""
    made = []
    for k, outcome in enumerate(Means._fields):
        their_column = [row[k] for row in theirs]
        our_column = [row[k] for row in ours]
        error = stdev(our_column) * math.sqrt(1 / len(theirs) + 1 / len(ours))
        made.append(
            Compared(
                what,
                outcome,
                UNITS[k],
                fmean(their_column),
                fmean(our_column),
                error,
            )
        )
    return made


def check(
    workers: Mapping[str, Worker], rules: Mapping[str, Any], sizes: Sizes
) -> list[Compared]:
    """Compare workers by name with the engine, which is the worker ``this engine``."""
    for name, worker in workers.items():
        count = sizes.ours if name == "this engine" else sizes.theirs
        worker.order(
            "means",
            rules=rules,
            employees=sizes.employees,
            weeks=sizes.weeks,
            seeds=list(range(1, count + 1)),
        )
    rows = {name: worker.collect() for name, worker in workers.items()}
    ours = rows.pop("this engine")
    return [one for name, theirs in rows.items() for one in compare(name, theirs, ours)]


def figures(compared: Sequence[Compared], sizes: Sizes) -> list[Figure]:
    """The comparison as figures: means, and how many standard errors lie between."""
    made = []
    for one in compared:
        where = (one.what, "reduced", 0, sizes.employees, sizes.weeks, sizes.theirs)
        low, high = one.ours - LIMIT * one.error, one.ours + LIMIT * one.error
        made.append(
            Figure(
                "check",
                *where,
                one.outcome,
                one.unit,
                one.theirs,
                low,
                high,
                sizes.theirs,
                f"equal to {one.ours:.4g}" if one.equal else f"not {one.ours:.4g}",
            )
        )
    return made
