"""Goodhart by selection: real output of those who stand at the top of a score.

With V what is wanted and U = V + X the score, those in the top share q of U have

    E[V | U > t] = int v S(t - v) dF(v) / q,   q = int S(t - v) dF(v),

S(x) = P(X > x). If V and U are jointly normal with correlation rho,

    E[V | top q] = mean + rho sd phi(z_q) / q   (the regressional form of C11),

and with Cov(V, X) = c, rho = (sd_V^2 + c) / (sd_V sd_U): negative if c < -sd_V^2, when
those who do least add most. If X is independent of V and has the heavier tail, a
subexponential one (lognormal, Pareto), E[V | U > t] goes to E[V]: the very top of the
score says nothing, although the top decile may.

People are given as types with weights, so that what adds to the score may differ by
type: a skilled person's tokens need not be distributed as a novice's.

Source: Manheim and Garrabrant (2018, arXiv 1803.04585); for heavy tails Kwa et al.
(evidence C11).
"""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import brentq
from scipy.stats import norm

Floats = NDArray[np.float64]

Tail = Callable[[float], Floats]
"""P(U > t) of each type, shape (k,)."""

REACH = 9.0
"""Standard deviations to which a normal trait is integrated."""
TYPES = 3601
"""Nodes over a normal trait: steps of a two-hundredth of its standard deviation."""


class Top(NamedTuple):
    """Those in the top share of a score."""

    mean: float  # of V among them
    variance: float  # of V among them
    edge: float  # mean of V of those just at the threshold
    threshold: float

    def variance_of_mean(self, share: float, people: int) -> float:
        """Sampling variance of their mean if the best of so many people are taken.

        The threshold is a quantile of the sample: Var = (variance + (1 - q) (mean -
        edge)^2) / (n q), as for a trimmed mean (Stigler 1973, to be checked).
        """
        spread = self.variance + (1.0 - share) * (self.mean - self.edge) ** 2
        return spread / (people * share)


def normal_types() -> tuple[Floats, Floats]:
    """Standard normal trait and weights, each of shape (k,)."""
    z = np.linspace(-REACH, REACH, TYPES)
    weight = norm.pdf(z)
    return z, weight / weight.sum()


def top(real: Floats, weight: Floats, beyond: Tail, share: float) -> Top:
    """The top share of a score over types with real output and weight, (k,) each.

    Raises ``ValueError`` unless the share lies between 0 and 1.
    """
    if not 0.0 < share < 1.0:
        raise ValueError(f"the share is {share}; it must lie between 0 and 1")
    threshold = at_share(weight, beyond, share)
    there = weight * beyond(threshold)
    mean = float(real @ there / there.sum())
    variance = float((real - mean) ** 2 @ there / there.sum())
    just = there - weight * beyond(at_share(weight, beyond, 0.999 * share))
    return Top(mean, variance, float(real @ just / just.sum()), threshold)


def at_share(weight: Floats, beyond: Tail, share: float) -> float:
    """The threshold above which a share of people score."""

    def excess(threshold: float) -> float:
        return float(weight @ beyond(threshold)) - share

    low, high = -1.0, 1.0
    while excess(low) < 0.0:
        low *= 2.0
    while excess(high) > 0.0:
        high *= 2.0
    return float(brentq(excess, low, high, xtol=1e-13, rtol=1e-12))


def regressional(correlation: float, share: float) -> float:
    """E[V | top q] in standard deviations of V, for V and U jointly normal."""
    return float(correlation * norm.pdf(norm.isf(share)) / share)


def correlation(real_sd: float, added_sd: float, covariance: float) -> float:
    """Correlation of V and U = V + X."""
    score_variance = real_sd**2 + added_sd**2 + 2.0 * covariance
    return float((real_sd**2 + covariance) / (real_sd * np.sqrt(score_variance)))
