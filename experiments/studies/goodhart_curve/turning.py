"""The turning point of a curve: where real output is highest under growing pressure.

Every replicate is a whole curve: its values at all levels share people and luck.

Which level is best is settled by multiple comparisons with the best (Hsu 1984, Annals
of Statistics 12, 1136-1144; to be checked): a level is *clearly below* the best if a
paired one-sided t test says so at 5 % shared among the other levels (Bonferroni). The
level that is truly best is called clearly below the best in at most 5 % of studies,
whatever the shape of the curve.

The interval goes from the last level before the best that is clearly below it to the
first such level after it. If the true curve rises to one peak and then falls, the
peak lies within one level of the truly best one, so the interval holds it in at least
95 % of studies. The curve *turns* if both the first and the last level are clearly
below the best: a curve that only rises, only falls or is flat is said to turn in at
most 5 % of studies. (A fitted parabola finds a turn in curves that merely level off:
Simonsohn 2018, doi 10.1177/2515245918805755; to be checked. Lind and Mehlum 2010, doi
10.1111/j.1468-0084.2009.00569.x, ask for a rise at one end and a fall at the other, as
here; to be checked.) Resampling the replicates was tried instead and missed known
peaks far too often, where three levels around them bend unevenly.

The turning point itself is the vertex of the parabola through the best level and its
neighbours. It is only as exact as the levels allow; the interval says how exact.
"""

from enum import StrEnum
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.special import stdtrit

from experiments.designs.families import FEWEST_LEVELS

Floats = NDArray[np.float64]

ERROR = 0.05
"""Largest share of studies in which a level is wrongly called below the best."""


class Shape(StrEnum):
    """The shape of a curve within its range, as far as it is clear."""

    TURNS = "turns"  # rises clearly, then falls clearly
    RISES = "rises"  # clearly lower without pressure than at its best; no clear fall
    FALLS = "falls"  # clearly lower at the end than at its best; no clear rise
    FLAT = "flat"  # neither


class Turning(NamedTuple):
    """The peak of a curve.

    Attributes
    ----------
    best : int
        The level with the highest mean.
    point : float or None
        The turning point; None if the curve does not turn.
    low, high : float
        The peak lies between these levels; at an end of the range it may lie beyond.
    """

    shape: Shape
    best: int
    point: float | None
    low: float
    high: float


def turning(pressure: Floats, curves: Floats) -> Turning:
    """Find the peak of curves (R, K) of R replicates at K rising levels (K,).

    Raises ``ValueError`` for fewer than two replicates or three levels, for values that
    are not finite, and for levels that do not rise.
    """
    _check(pressure, curves)
    best = int(curves.mean(axis=0).argmax())
    below = clearly_below(curves, best)
    left, right = np.flatnonzero(below[:best]), np.flatnonzero(below[best:])
    first, last = bool(below[0]), bool(below[-1])
    shape = {
        (True, True): Shape.TURNS,
        (True, False): Shape.RISES,
        (False, True): Shape.FALLS,
        (False, False): Shape.FLAT,
    }[first, last]
    return Turning(
        shape,
        best,
        vertex(pressure, curves.mean(axis=0)) if shape is Shape.TURNS else None,
        float(pressure[left[-1] if len(left) else 0]),
        float(pressure[best + right[0] if len(right) else -1]),
    )


def clearly_below(curves: Floats, best: int) -> NDArray[np.bool_]:
    """Mark the levels of curves (R, K) that are clearly below the best one."""
    replicates, levels = curves.shape
    quantile = float(stdtrit(replicates - 1, 1.0 - ERROR / (levels - 1)))
    short = curves[:, [best]] - curves
    error = short.std(axis=0, ddof=1) / replicates**0.5
    return np.asarray(short.mean(axis=0) > quantile * error)


def vertex(pressure: Floats, mean: Floats) -> float:
    """Find the vertex of the parabola through the highest mean and its neighbours.

    An end of the range is its own peak.
    """
    k = int(mean.argmax())
    if k in (0, len(mean) - 1):
        return float(pressure[k])
    (x0, x1, x2), (y0, y1, y2) = pressure[k - 1 : k + 2], mean[k - 1 : k + 2]
    rise, fall = (y1 - y0) / (x1 - x0), (y1 - y2) / (x2 - x1)
    # The first of equal means counts as the highest, so the rise before it is not 0.
    return float((x0 + x1) / 2.0 + rise / (rise + fall) * (x2 - x0) / 2.0)


def _check(pressure: Floats, curves: Floats) -> None:
    if curves.ndim != 2 or pressure.shape != curves.shape[1:]:
        raise ValueError(f"{curves.shape} curves do not fit {pressure.shape} levels")
    replicates, levels = curves.shape
    if replicates < 2 or levels < FEWEST_LEVELS:
        raise ValueError(
            f"{replicates} replicates of {levels} levels are too few; 2 and "
            f"{FEWEST_LEVELS} are needed"
        )
    if not np.isfinite(curves).all() or (np.diff(pressure) <= 0.0).any():
        raise ValueError("curves must be finite, and levels must rise")
