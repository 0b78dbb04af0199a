"""Means and the like of what is known, without warnings where nothing is."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from experiments.store.dataset import Floats

ENOUGH = 8
"""Pairs that a correlation needs."""


def at(values: Floats, share: float) -> float:
    """Quantile of values at a share; NaN of nothing."""
    return float(np.quantile(values, share)) if len(values) else np.nan


def mean_known(values: NDArray[Any], axis: int | None = None) -> Any:
    """Mean of what is known; NaN of nothing.

    NumPy's own warns of nothing, and threads cannot silence warnings each for itself.
    """
    known = np.isfinite(values)
    return np.where(known, values, 0.0).sum(axis=axis) / known.sum(axis=axis)


def sd_known(values: NDArray[Any], axis: int | None = None) -> Any:
    """Standard deviation of what is known; NaN of nothing."""
    mean = mean_known(values, axis)
    centre = mean if axis is None else np.expand_dims(mean, axis)
    return np.sqrt(mean_known((values - centre) ** 2, axis))


def correlation(one: Floats, other: Floats) -> float:
    """Correlation where both are known; 0 if that is hardly anywhere."""
    both = np.isfinite(one) & np.isfinite(other)
    if both.sum() < ENOUGH:
        return 0.0
    return float(np.corrcoef(one[both], other[both])[0, 1])
