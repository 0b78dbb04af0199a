"""Bootstrap intervals of mean differences: BCa, with the same resamples every time.

Bias-corrected and accelerated percentiles (Efron 1987, J. Am. Stat. Assoc. 82,
171-185, to be checked; scipy.stats.bootstrap). They do not assume a normal mean and
follow its skewness; with few replicates they are, like all percentiles, somewhat too
narrow.

Which replicates a resample holds is drawn by Philox from the seed of the study alone.
The addresses of ``model/draws.py`` are people and half-days, one compiled call a draw,
and its purposes belong to the model. Here NumPy's Philox generator gets a key; the
upper half of the key says what it is for.
"""

import numpy as np

from experiments.statistics.power import CONFIDENCE
from experiments.store.dataset import Floats

RESAMPLES = 4999
"""Chosen so that 2.5 % of the resamples and the estimate are whole, 125."""
LEAST = 10
"""Replicates below which there is no bootstrap interval."""
PURPOSE = 0x626F6F74 << 64
"""The upper half of the key; the seed is the lower one."""
AT_ONCE = 4_000_000
"""Values resampled in one step, so that memory stays below 100 MB."""


def bootstrap_intervals(differences: Floats, seed: int) -> tuple[Floats, Floats]:
    """Compute 95 % intervals of the means of rows (k, n): two arrays of ends (k,).

    All rows share their resamples. A row of equal values is its own interval; with
    fewer than 10 values a row there is none (NaN).
    """
    rows, n = differences.shape
    if n < LEAST:
        return np.full(rows, np.nan), np.full(rows, np.nan)
    low, high = differences[:, 0].copy(), differences[:, 0].copy()
    varied = np.ptp(differences, axis=1) > 0.0
    if varied.any():
        low[varied], high[varied] = _bca(differences[varied], seed)
    return low, high


def _bca(differences: Floats, seed: int) -> tuple[Floats, Floats]:
    # Imported here: loading it takes longer than many a study.
    from scipy.stats import bootstrap

    interval = bootstrap(
        (differences,),
        np.mean,
        axis=1,
        vectorized=True,
        n_resamples=RESAMPLES,
        batch=max(1, AT_ONCE // differences.size),
        confidence_level=CONFIDENCE,
        method="BCa",
        rng=np.random.Generator(np.random.Philox(key=PURPOSE + seed)),
    ).confidence_interval
    return interval.low, interval.high
