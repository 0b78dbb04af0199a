"""Confidence regions of the mean of paired differences in a plane."""

import numpy as np
from numpy.typing import NDArray
from scipy.special import fdtri

from experiments.statistics.power import CONFIDENCE

Floats = NDArray[np.float64]

LEAST = 4
"""Fewest replicates for a region; with fewer it is wider than the chart."""


def region(x: Floats, y: Floats, corners: int = 121) -> Floats | None:
    """Outline Hotelling's 95 % confidence region of the mean of (x, y), shape (k, 2).

    (m - mu)' S^-1 (m - mu) <= 2 (n - 1) / (n (n - 2)) F(2, n - 2). None with fewer
    than four replicates, or if neither varies.
    """
    n = len(x)
    if n != len(y):
        raise ValueError(f"{n} values of x but {len(y)} of y")
    if n < LEAST:
        return None
    points = np.column_stack([x, y])
    if not np.isfinite(points).all():
        raise ValueError("a confidence region needs finite values")
    covariance = np.cov(points, rowvar=False)
    if not covariance.any():
        return None
    size = 2.0 * (n - 1) / (n * (n - 2)) * float(fdtri(2, n - 2, CONFIDENCE))
    spread, axes = np.linalg.eigh(covariance)
    radii = np.sqrt(size * np.clip(spread, 0.0, None))
    angle = np.linspace(0.0, 2.0 * np.pi, corners)
    circle = np.column_stack([np.cos(angle), np.sin(angle)])
    outline: Floats = points.mean(axis=0) + (circle * radii) @ axes.T
    return outline
