"""How far the headline moves over the range of each uncertain parameter.

One at a time, a parameter goes to both ends of its declared range; all others stay. The
headline is the effect of a scheme on real output over the whole run, in % of the
baseline's under the same parameters, for the same people and luck.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np

from experiments.designs.design import Design
from experiments.statistics.effects import Panel
from experiments.statistics.paired import clear_sign, interval, known_pairs, percents
from experiments.store.dataset import SUFFIX, Floats
from experiments.store.meanings import OF_PARAMETER
from experiments.store.table import Table
from model.parameters import Declaration, declarations
from model.scenario import Scenario

GROUPS = ("organisation", "people", "technology", "peers")
"""Groups of what nobody knows; the others are the principal's choice."""
OUTPUT = "output" + SUFFIX["whole"]


class End(NamedTuple):
    """The headline with one parameter at one end of its range: a row of ranges.csv.

    Attributes
    ----------
    parameter : str
        Dotted name; empty in the row with all parameters as declared.
    percent, low, high : float or None
        Effect on whole-run output with its 95 % interval over the replicates that did
        not fail; None if none is left, or if the baseline makes no output.
    """

    scheme: str
    parameter: str
    value: float | None
    percent: float | None
    low: float | None
    high: float | None

    @property
    def sign(self) -> int:
        """Sign of a clear effect, see ``clear_sign``."""
        return clear_sign(self.low, self.high)


RANGES = Table(
    "ranges.csv",
    End,
    "the headline by scheme and end of the range of a parameter",
    {
        "parameter": ("", "dotted key of the parameter; empty: all as declared"),
        "value": (OF_PARAMETER, "where it stands"),
        "percent": ("%", "effect on whole-run output in % of the baseline's mean"),
        "low": ("%", "lower end of its 95 % t interval"),
        "high": ("%", "upper end"),
    },
)


class Swing(NamedTuple):
    """The change of the headline of a scheme over the range of a parameter [%]."""

    parameter: str
    range: tuple[float, float]  # lower and upper value
    ends: tuple[End, End]  # at the lower and at the upper value
    size: float  # largest less smallest of both ends and the default, as far as known
    flips: bool  # whether a clear effect has the opposite sign at an end


def unknown() -> list[Declaration]:
    """List every number that nobody knows, as declared with its range."""
    return [
        row
        for row in declarations(Scenario)
        if row.key.split(".")[0] in GROUPS
        and row.confidence != "choice"
        and isinstance(row.default, int | float)
    ]


def ends(panel: Panel, design: Design, baseline: str) -> Iterator[End]:
    """Estimate the headline as declared and at every end, by scheme."""
    here = design.points[0].levels
    for scheme in design.schemes:
        if scheme == baseline:
            continue
        for point in design.points:
            effect = _headline(
                panel.values(scheme, point.number, OUTPUT),
                panel.values(baseline, point.number, OUTPUT),
            )
            moved = {n: x for n, x in point.levels.items() if x != here[n]}
            if not moved:
                yield End(scheme, "", None, *effect)
            for name, value in moved.items():
                yield End(scheme, name, value, *effect)


def _headline(
    with_scheme: Floats, without: Floats
) -> tuple[float | None, float | None, float | None]:
    """Estimate the effect in %; None without a pair, or without output."""
    with_scheme, without = known_pairs(with_scheme, without)
    if not len(without):
        return None, None, None
    sample = percents(with_scheme, without)
    return (None, None, None) if np.isnan(sample).any() else interval(sample)


def swings(rows: Sequence[End], scheme: str) -> list[Swing]:
    """Rank the parameters by how far they move the headline of a scheme."""
    own = [end for end in rows if end.scheme == scheme]
    [default] = [end for end in own if not end.parameter]
    by_name: dict[str, list[End]] = {}
    for end in own:
        if end.parameter:
            by_name.setdefault(end.parameter, []).append(end)
    ranked = []
    for name, moved in by_name.items():
        # If the default is an end, the run with all defaults is the run at that end.
        both = moved if len(moved) == 2 else [default, *moved]
        by_value = {_value(end, name): end for end in both}
        low, high = (by_value[value] for value in sorted(by_value))
        every = (default.percent, low.percent, high.percent)
        values = [value for value in every if value is not None]
        flips = any(end.sign * default.sign < 0 for end in (low, high))
        ranked.append(
            Swing(
                name,
                (min(by_value), max(by_value)),
                (low, high),
                max(values, default=0.0) - min(values, default=0.0),
                flips,
            )
        )
    return sorted(ranked, key=lambda swing: -swing.size)


def _value(end: End, name: str) -> float:
    if end.value is not None:
        return end.value
    [row] = [row for row in unknown() if row.key == name]
    return float(row.default)
