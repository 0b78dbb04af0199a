"""An estimate with its standard error, interval and detectable difference."""

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.special import stdtrit

Floats = NDArray[np.float64]

LEVEL = 0.05
"""Two-sided error of the first kind, of intervals and of power."""
POWER = 0.80


class Estimate(NamedTuple):
    """A value, its standard error and the degrees of freedom of the error."""

    value: float
    error: float
    freedom: float = math.inf

    @property
    def interval(self) -> tuple[float, float]:
        """The 95 % interval by Student's t."""
        half = self._quantile(1.0 - LEVEL / 2.0) * self.error
        return self.value - half, self.value + half

    @property
    def detectable(self) -> float:
        """The smallest true difference detected with 80 % power at 5 %.

        It is (t_.975 + t_.80) standard errors, about 2.8 (Bloom 1995, "Minimum
        detectable effects", Evaluation Review 19; to be checked).
        """
        return (self._quantile(1.0 - LEVEL / 2.0) + self._quantile(POWER)) * self.error

    def _quantile(self, probability: float) -> float:
        return float(stdtrit(self.freedom, probability))


def from_influence(value: float, influence: Floats) -> Estimate:
    """Make an estimate with the error of the infinitesimal jackknife over employees.

    ``influence`` (N,) is what each employee adds to the estimate, to first order:
    d value / d weight of the employee. error^2 = N/(N - 1) Σ (influence - mean)^2
    (Jaeckel 1972; Efron 1982, "The jackknife, the bootstrap and other resampling
    plans", chapter 6; to be checked). All weeks of an employee go together, so that
    they may depend on each other in any way.
    """
    count = len(influence)
    if count < 2:
        return Estimate(value, math.nan, math.nan)
    centred = influence - influence.mean()
    error = math.sqrt(float(centred @ centred) * count / (count - 1))
    return Estimate(value, error, count - 1)
