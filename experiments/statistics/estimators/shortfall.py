"""Padding by how far genuine use falls short of a target.

In bins of the shortfall (Q - G)/Q, the share of windows with any padding: 0 is exactly
enough, 1 no genuine use at all, below 0 more than enough. Errors are clustered by
employee: those of a ratio of sums, with the weight Σ windows in the bin.

Source: Schweitzer, Ordóñez and Douma 2004: misreporting is strongest just short of a
goal (evidence F3).
"""

from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from experiments.statistics.estimators.estimate import Estimate, Floats, from_influence

Flags = NDArray[np.bool_]


def padding_by_shortfall(
    genuine: Floats, padded: Flags, target: float, edges: Floats
) -> list[Estimate]:
    """Estimate the share of windows with padding in each bin of the shortfall.

    Parameters
    ----------
    genuine : array, shape (N, W)
        Genuine use of each employee in each window.
    padded : array of bool, shape (N, W)
        Whether the employee padded in it.
    target : float
        The target, in the unit of ``genuine``; above 0.
    edges : array, shape (B + 1,)
        Rising edges of the bins. A bin holds its upper edge, not its lower one: a bin
        that ends in 0 holds windows with exactly enough.

    Returns
    -------
    list of Estimate, length B
        NaN where a bin is empty.
    """
    if target <= 0.0:
        raise ValueError(f"target is {target}; it must be above 0")
    shortfall = (target - genuine) / target
    return [
        _share(padded & there, there)
        for low, high in pairwise(edges)
        for there in [(shortfall > low) & (shortfall <= high)]
    ]


def _share(padded: Flags, there: Flags) -> Estimate:
    windows = there.sum(axis=1).astype(float)
    total = float(windows.sum())
    if total == 0.0:
        return Estimate(np.nan, np.nan, np.nan)
    value = float(padded.sum()) / total
    influence = (padded.sum(axis=1) - value * windows) / total
    return from_influence(value, influence)
