"""Effects of a scheme at every point of a sweep, and the factors that change them.

The effect at a point is the mean over replicates of the scheme less the baseline in the
same world, for the same people with the same luck, with Student's 95 % interval. Points
are not corrected for their number: the best and the worst of many are partly luck.
"""

import math
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray
from scipy import stats

from experiments.designs.factors import kind_of, name_of
from experiments.designs.sweep import Sweep
from experiments.statistics.paired import clear_sign, paired
from experiments.store.dataset import SUFFIX, Floats, values
from experiments.store.table import Levels, Table
from model.outcomes import OUTCOMES

PERIOD = "whole"
FEWEST = 6
"""Fewest points for a correlation of effect and factor."""
STEPS = 4
"""Groups of equal size that many levels of a factor are cut into."""
UNITS = {outcome.name: outcome.unit for outcome in OUTCOMES}


class PointEffect(NamedTuple):
    """The effect of a scheme on one outcome at one point, over the whole run.

    Attributes
    ----------
    levels : dict of str to float
        Levels of all factors.
    percent, percent_low, percent_high : float or None
        Effect and interval over the size of the baseline's mean; None over 0.
    same_sign : float or None
        Share of replicates whose difference has the sign of the effect.
    """

    scheme: str
    point: int
    levels: Levels
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
    replicates: int = 0

    @property
    def sign(self) -> int:
        """Sign of a clear effect, see ``paired.clear_sign``."""
        return clear_sign(self.low, self.high)


POINT_EFFECTS = Table(
    "point_effects.csv", PointEffect, "paired effects by scheme, point and outcome"
)


def columns(outcomes: Sequence[str]) -> list[str]:
    """List the columns of ``runs.parquet`` that the effects need."""
    return ["scheme", "point", *(name + SUFFIX[PERIOD] for name in outcomes)]


def point_effects(
    runs: pa.Table, sweep: Sweep, outcomes: Sequence[str]
) -> Iterator[PointEffect]:
    """Estimate all effects, by scheme, point and outcome."""
    rows = _rows(runs)
    for outcome in outcomes:
        column = values(runs, outcome + SUFFIX[PERIOD])
        for scheme in sweep.swept:
            for point in sweep.points(scheme):
                with_it = column[rows[scheme, point.number]]
                base = column[rows[sweep.baseline, sweep.without[point.number]]]
                yield PointEffect(
                    scheme,
                    point.number,
                    {key: point.levels[key] for key in sweep.keys},
                    outcome,
                    PERIOD,
                    sweep.baseline,
                    UNITS[outcome],
                    **paired(with_it, base)._asdict(),
                )


def _rows(runs: pa.Table) -> dict[tuple[str, int], slice]:
    """Locate the replicates of each scheme at each point; runs are sorted by both."""
    scheme = runs.column("scheme").to_numpy(zero_copy_only=False)
    point = np.asarray(runs.column("point").to_numpy())
    begins = np.flatnonzero(
        np.append(True, (scheme[1:] != scheme[:-1]) | (point[1:] != point[:-1]))
    )
    ends = np.append(begins[1:], len(point))
    return {
        (str(scheme[k]), int(point[k])): slice(int(k), int(end))
        for k, end in zip(begins, ends, strict=True)
    }


class Weight(NamedTuple):
    """How much the effect of a scheme depends on one factor.

    Attributes
    ----------
    correlation : float or None
        Spearman's rank correlation of level and effect over all points; None for
        choices, whose levels have no order.
    steps : tuple of (str, float)
        Mean effect at each level, or in each of four groups of levels.
    swing : float
        Largest less smallest of these means.
    """

    factor: str
    correlation: float | None
    steps: tuple[tuple[str, float], ...]
    swing: float


def weights(rows: Sequence[PointEffect], sweep: Sweep) -> list[Weight]:
    """Rank the factors by how much the effects of one scheme on one outcome change.

    Effects are in per cent. In a design of one factor at a time, only points at which
    the other factors rest are used.
    """
    kept = [row for row in rows if row.percent is not None]
    ranked = []
    for key in sweep.keys:
        own = _resting(kept, key, sweep.keys) if _is_alone(sweep) else kept
        levels = np.array([row.levels[key] for row in own])
        effects = np.array([row.percent for row in own], np.float64)
        if len(set(levels.tolist())) > 1:
            ranked.append(_weight(key, levels, effects))
    return sorted(ranked, key=lambda weight: -weight.swing)


def chance(points: int) -> float:
    """Compute the rank correlation that one in twenty unrelated factors exceeds.

    By Student's t with points - 2 degrees of freedom; for at least ``FEWEST`` points.
    """
    freedom = points - 2
    t = float(stats.t.ppf(0.975, freedom))
    return t / math.sqrt(freedom + t * t)


def _is_alone(sweep: Sweep) -> bool:
    return sweep.kind == "one_at_a_time"


def _resting(
    rows: Sequence[PointEffect], key: str, keys: Sequence[str]
) -> list[PointEffect]:
    """Select the points at which the other factors are as at the first point."""
    rest = {other: rows[0].levels[other] for other in keys if other != key}
    return [r for r in rows if all(r.levels[k] == x for k, x in rest.items())]


def _weight(key: str, levels: Floats, effects: Floats) -> Weight:
    orders = kind_of(key) in (float, int, bool)
    correlation = None
    if orders and len(levels) >= FEWEST and len(set(effects.tolist())) > 1:
        correlation = float(stats.spearmanr(levels, effects).statistic)
    names, groups = _steps(key, levels)
    means = [float(effects[group].mean()) for group in groups]
    return Weight(
        key,
        correlation,
        tuple(zip(names, means, strict=True)),
        max(means) - min(means),
    )


def _steps(key: str, levels: Floats) -> tuple[list[str], list[NDArray[np.bool_]]]:
    """Name the levels, and select the points at each; many levels are grouped."""
    distinct = np.unique(levels)
    if len(distinct) <= 2 * STEPS:
        names = [name_of(key, level) for level in distinct.tolist()]
        return names, [levels == level for level in distinct]
    edges = np.quantile(levels, np.linspace(0.0, 1.0, STEPS + 1))
    which = np.clip(np.searchsorted(edges, levels, "right") - 1, 0, STEPS - 1)
    names = [f"{a:.3g} to {b:.3g}" for a, b in pairwise(edges)]
    there = [k for k in range(STEPS) if (which == k).any()]
    return [names[k] for k in there], [which == k for k in there]
