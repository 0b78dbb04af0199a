"""The paired effect of a scheme: same people and same luck with it and without it.

Replicate k has the same people and the same luck in both runs. The effect is the mean
of the differences over replicates, with Student's 95 % interval.
"""

from typing import NamedTuple

import numpy as np

from experiments.statistics.power import half
from experiments.store.dataset import Floats


class Paired(NamedTuple):
    """A paired effect; None means unknown.

    Attributes
    ----------
    baseline_mean : float or None
        Mean without the scheme, over the replicates that count.
    effect, low, high : float or None
        Mean difference and its interval, in the unit of the sample. A single replicate
        has no interval.
    percent, percent_low, percent_high : float or None
        The same in % of the size of the baseline's mean, see ``percent``.
    same_sign : float or None
        Share of replicates whose difference has the sign of the effect.
    replicates : int
        Pairs of which both values are known.
    """

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
        """Sign of a clear effect, see ``clear_sign``."""
        return clear_sign(self.low, self.high)


def paired(with_scheme: Floats, without: Floats) -> Paired:
    """Estimate the effect from two samples (R,) of the same replicates.

    NaN is no value; a replicate counts if both values are known.
    """
    with_scheme, without = known_pairs(with_scheme, without)
    if not len(without):
        return Paired()
    difference = with_scheme - without
    effect, low, high = interval(difference)
    mean = float(without.mean())
    return Paired(
        mean,
        effect,
        low,
        high,
        percent(effect, mean),
        percent(low, mean),
        percent(high, mean),
        float((np.sign(difference) == np.sign(effect)).mean()),
        len(without),
    )


def known_pairs(with_scheme: Floats, without: Floats) -> tuple[Floats, Floats]:
    """Select the replicates of two samples (R,) in which both have a value."""
    known = ~np.isnan(with_scheme) & ~np.isnan(without)
    return with_scheme[known], without[known]


def interval(sample: Floats) -> tuple[float, float | None, float | None]:
    """Compute mean and Student's 95 % interval; a single value has no interval."""
    mean, n = float(sample.mean()), len(sample)
    if n < 2:
        return mean, None, None
    ends = half(float(sample.std(ddof=1)), n)
    return mean, mean - ends, mean + ends


def percent(value: float | None, base: float) -> float | None:
    """Give a value in % of the size of a base, so that its sign stays.

    Over a base of 0 it is None, but 0 for a value of 0: nothing changes.
    """
    if value is None:
        return None
    if base == 0.0:
        return 0.0 if value == 0.0 else None
    return 100.0 * value / abs(base)


def percents(with_scheme: Floats, without: Floats) -> Floats:
    """Give differences of replicates (..., R) in % of the size of the baseline's mean.

    As in ``percent``: NaN over 0, but 0 if nothing changes in any replicate.
    """
    difference = with_scheme - without
    size = np.abs(without.mean(axis=-1, keepdims=True))
    nothing = (size == 0.0) & (difference == 0.0).all(axis=-1, keepdims=True)
    shares = np.where(nothing, 0.0, np.full_like(difference, np.nan))
    np.divide(100.0 * difference, size, out=shares, where=size > 0.0)
    return shares


def clear_sign(low: float | None, high: float | None) -> int:
    """Give 1 or -1 if an interval leaves out 0; else, or if it is unknown, 0."""
    if low is None or high is None:
        return 0
    return 1 if low > 0.0 else -1 if high < 0.0 else 0
