"""Power: the effect that a study can detect, and the size that a precision needs.

Both take the spread of paired differences from a study: they help to choose the next
size, are as uncertain as that spread, and are no second test of the same data.
"""

from functools import cache

import numpy as np
from scipy.special import stdtrit

CONFIDENCE = 0.95
POWER = 0.8
MOST = 10**9
"""Upper limit of a number of replicates."""


def detectable(deviation: float, replicates: int) -> float:
    """Compute the smallest effect detected with 80 % power by a 5 % paired t test.

    d(n) times the standard deviation of the differences, where the noncentral t of
    n - 1 degrees of freedom and noncentrality d sqrt(n) exceeds its critical value in
    80 % of studies (Cohen 1988, "Statistical power analysis", to be checked;
    statsmodels). About 2.8 standard errors for many replicates. At least 2 of them.
    """
    return _standardised(replicates) * deviation


@cache
def _standardised(replicates: int) -> float:
    # Imported here: loading it takes longer than many a study.
    from statsmodels.stats.power import TTestPower

    solve = TTestPower().solve_power
    return float(solve(None, nobs=replicates, alpha=1.0 - CONFIDENCE, power=POWER))


def needed(deviation: float, halfwidth: float) -> int:
    """Count the replicates whose t interval is expected to have this half-width.

    The smallest n >= 2 with t(n - 1) s / sqrt(n) <= h, for the standard deviation s of
    a pilot. It is as uncertain as s: with 32 replicates s is known to
    about 13 % (1 / sqrt(2 (n - 1))), the number of replicates to about 25 %.
    """
    if halfwidth <= 0.0:
        raise ValueError(f"a half-width of {halfwidth} cannot be reached")
    low, high = 1, 2
    while half(deviation, high) > halfwidth:
        low, high = high, 2 * high
        if high > MOST:
            return MOST
    while high - low > 1:
        middle = (low + high) // 2
        if half(deviation, middle) > halfwidth:
            low = middle
        else:
            high = middle
    return high


def half(deviation: float, replicates: int) -> float:
    """Compute half the width of a 95 % t interval of a mean; 2 replicates or more."""
    quantile = float(stdtrit(replicates - 1, 0.5 + CONFIDENCE / 2))
    return quantile * deviation / float(np.sqrt(replicates))


def rounder(value: float) -> float:
    """Choose the largest of 1, 2 and 5 times a power of ten below a value."""
    if value <= 0.0:
        raise ValueError(f"nothing round is smaller than {value}")
    unit = 10.0 ** np.floor(np.log10(value))
    steps = [0.5 * unit, unit, 2.0 * unit, 5.0 * unit]
    return float(f"{max(step for step in steps if step < value):.6g}")
