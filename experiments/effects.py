"""Paired effects: what a scheme changes for the same people with the same luck.

Every replicate is run under the scheme and under the baseline; the effect is the mean
of the differences, with Student's 95 % interval over replicates. Replicates in which
either value is null are left out, pair by pair.
"""

import csv
import io
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
import pyarrow as pa
from scipy.special import stdtrit

from experiments.dataset import SUFFIX, Floats, values
from experiments.design import RULE
from model.outcomes import OUTCOMES
from model.people import Rule

CONFIDENCE = 0.95
WORLDS = 9
RULES = len(Rule)
"""Rules of choice, see ``model.people.Rule``."""


class Effect(NamedTuple):
    """One row of ``effects.csv``; None, an empty field, is what cannot be known.

    Attributes
    ----------
    percent, percent_low, percent_high : float or None
        The effect and its interval over the size of the baseline's mean (so that the
        sign is that of the effect); None over 0, but 0 if nothing changes.
    same_sign : float or None
        Share of replicates whose difference has the sign of the effect.
    worlds_agree : int or None
        Worlds, out of nine, whose mean difference has the sign of the effect; no
        difference agrees with an effect of exactly 0. None if they were not run.
    rules_agree : int or None
        Rules of choice, out of five, likewise.
    """

    scheme: str
    outcome: str
    period: str
    baseline: str
    unit: str
    baseline_mean: float | None = None
    effect: float | None = None
    low: float | None = None
    high: float | None = None
    percent: float | None = None
    percent_low: float | None = None
    percent_high: float | None = None
    same_sign: float | None = None
    worlds_agree: int | None = None
    replicates: int = 0
    rules_agree: int | None = None

    @property
    def is_clear(self) -> bool:
        """Whether the interval leaves out 0."""
        if self.low is None or self.high is None:
            return False
        return self.low > 0.0 or self.high < 0.0

    @property
    def is_nothing(self) -> bool:
        """Whether the scheme changed nothing at all in any replicate."""
        return self.effect == 0.0 and self.low in (0.0, None) and self.same_sign == 1.0


class Panel:
    """The columns of ``runs.parquet`` by scheme and point.

    Attributes
    ----------
    worlds, rules : tuple of int
        Points that differ from the centre, point 0, in what nobody knows, and in how
        people choose; both with the centre.
    """

    def __init__(self, runs: pa.Table) -> None:
        self._runs = runs
        key = zip(
            runs.column("scheme").to_pylist(),
            runs.column("point").to_pylist(),
            strict=True,
        )
        rows: dict[tuple[str, int], list[int]] = {}
        for row, cell in enumerate(key):
            rows.setdefault(cell, []).append(row)
        self._rows = {cell: np.array(found) for cell, found in rows.items()}
        self.schemes = tuple(dict.fromkeys(scheme for scheme, _ in self._rows))
        self._columns: dict[str, Floats] = {}
        points = dict.fromkeys(point for _, point in self._rows)
        other = [point for point in points if self._chooses_otherwise(point)]
        self.worlds = tuple(point for point in points if point not in other)
        self.rules = (0, *other)

    def _chooses_otherwise(self, point: int) -> bool:
        """Whether people choose by another rule than at the centre."""
        scheme = self.schemes[0]
        if RULE not in self._runs.column_names or (scheme, 0) not in self._rows:
            return False
        here, there = (self.values(scheme, p, RULE)[0] for p in (0, point))
        return bool(here != there)

    def values(self, scheme: str, point: int, column: str) -> Floats:
        """Values of the replicates of a scheme in a world, in order; NaN is null."""
        if column not in self._columns:
            self._columns[column] = values(self._runs, column)
        picked: Floats = self._columns[column][self._rows[scheme, point]]
        return picked

    def known(self, scheme: str, column: str) -> Floats:
        """The values at the centre that are not null."""
        found = self.values(scheme, 0, column)
        kept: Floats = found[~np.isnan(found)]
        return kept

    def mean(self, scheme: str, column: str) -> float | None:
        """Their mean; None if all are null."""
        found = self.known(scheme, column)
        return float(found.mean()) if len(found) else None


def effects(runs: pa.Table, baseline: str) -> list[Effect]:
    """All paired effects, by scheme (the baseline has none), outcome and period."""
    panel = Panel(runs)
    return [
        _effect(panel, scheme, baseline, outcome.name, outcome.unit, period)
        for scheme in panel.schemes
        if scheme != baseline
        for outcome in OUTCOMES
        for period in SUFFIX
    ]


def _effect(
    panel: Panel, scheme: str, baseline: str, outcome: str, unit: str, period: str
) -> Effect:
    column = outcome + SUFFIX[period]
    with_scheme, without = _pairs(panel, scheme, baseline, 0, column)
    n = len(without)
    label = scheme, outcome, period, baseline, unit
    if n == 0:
        return Effect(*label)
    difference = with_scheme - without
    effect, low, high = interval(difference)
    mean = float(without.mean())

    def agree(points: Sequence[int]) -> int:
        pairs = (_pairs(panel, scheme, baseline, p, column) for p in points)
        signs = (np.sign((x - y).mean()) for x, y in pairs if len(x))
        return sum(bool(sign == np.sign(effect)) for sign in signs)

    return Effect(
        *label,
        baseline_mean=mean,
        effect=effect,
        low=low,
        high=high,
        percent=_percent(effect, mean),
        percent_low=_percent(low, mean),
        percent_high=_percent(high, mean),
        same_sign=float((np.sign(difference) == np.sign(effect)).mean()),
        worlds_agree=agree(panel.worlds) if len(panel.worlds) == WORLDS else None,
        replicates=n,
        rules_agree=agree(panel.rules) if len(panel.rules) == RULES else None,
    )


def _pairs(
    panel: Panel, scheme: str, baseline: str, point: int, column: str
) -> tuple[Floats, Floats]:
    """Values with the scheme and without it, where both are known."""
    with_scheme = panel.values(scheme, point, column)
    without = panel.values(baseline, point, column)
    known = ~np.isnan(with_scheme) & ~np.isnan(without)
    return with_scheme[known], without[known]


def interval(sample: Floats) -> tuple[float, float | None, float | None]:
    """Mean of a sample and Student's 95 % interval; no interval for a single value."""
    mean, n = float(sample.mean()), len(sample)
    if n < 2:
        return mean, None, None
    quantile = float(stdtrit(n - 1, 0.5 + CONFIDENCE / 2))
    half = quantile * float(sample.std(ddof=1)) / n**0.5
    return mean, mean - half, mean + half


def _percent(part: float | None, whole: float) -> float | None:
    if part is None:
        return None
    if whole == 0.0:
        return 0.0 if part == 0.0 else None
    return 100.0 * part / abs(whole)


def saved_by_pairing(panel: Panel, scheme: str, baseline: str) -> float | None:
    """Share of the variance of an effect on output that sharing all luck saves.

    1 - var(x - y) / (var(x) + var(y)), over the replicates at the centre.
    """
    x, y = _pairs(panel, scheme, baseline, 0, "output" + SUFFIX["whole"])
    if len(x) < 2:
        return None
    apart = x.var(ddof=1) + y.var(ddof=1)
    return float(1.0 - (x - y).var(ddof=1) / apart) if apart > 0.0 else None


Table = Mapping[tuple[str, str, str], Effect]
"""Effects by scheme, outcome and period."""


def table(rows: Sequence[Effect]) -> Table:
    """Effects to look up by scheme, outcome and period."""
    return {(row.scheme, row.outcome, row.period): row for row in rows}


def as_csv(rows: Sequence[Effect]) -> str:
    """The text of ``effects.csv``; numbers in full, None as an empty field."""
    text = io.StringIO()
    lines = csv.writer(text, lineterminator="\n")
    lines.writerow(Effect._fields)
    lines.writerows(rows)
    return text.getvalue()
