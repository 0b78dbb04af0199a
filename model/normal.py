"""The standard normal distribution, in operations that every machine rounds alike."""

import math

import numpy as np

from model.compiled import rule
from model.elementary import index, log

STEPS = 32
"""Nodes of the tables in a unit of x."""
REACH = 8
"""The tables go from -REACH to REACH; beyond, cdf is 0 or 1 to 1e-15."""
_NODES = [(k - REACH * STEPS) / STEPS for k in range(2 * REACH * STEPS + 1)]
_VALUE = np.array([0.5 + 0.5 * math.erf(x / math.sqrt(2.0)) for x in _NODES])
_SLOPE = np.array(
    [math.exp(-0.5 * x * x) / math.sqrt(2.0 * math.pi) / STEPS for x in _NODES]
)
_RISE = np.diff(_VALUE)
CURVES = np.zeros((len(_NODES), 4))
"""From each node on: value, rise to the next node, and how far the slopes at both ends
differ from that rise. After the last node nothing rises."""
CURVES[:, 0] = _VALUE
CURVES[:-1, 1:] = np.column_stack([_RISE, _SLOPE[:-1] - _RISE, _RISE - _SLOPE[1:]])


@rule
def cdf(x: float) -> float:
    """Probability that a standard normal draw is below x; absolute error 5e-9.

    Cubic Hermite interpolation between nodes at which value and slope are exact: this
    is looked up many times in every half-day, and erf takes ten times as long.
    """
    place = (min(max(x, -REACH), REACH) + REACH) * STEPS
    k = index(place)
    t = place - np.floor(place)
    value, rise, low, high = CURVES[k, 0], CURVES[k, 1], CURVES[k, 2], CURVES[k, 3]
    return value + t * (rise + (1.0 - t) * ((1.0 - t) * low + t * high))


@rule
def quantile(p: float) -> float:
    """The x with cdf(x) = p, for 1e-10 <= p <= 1 - 1e-10; relative error 1.2e-7.

    Algorithm AS 241, routine PPND7 (Wichura 1988, Applied Statistics 37, 477-484),
    without its branch for p below 1.4e-11, which no 32-bit uniform reaches. Both of its
    formulas are worked out, so that a loop of it has no branch.
    """
    q = p - 0.5
    r = 0.180625 - q * q
    top = ((59.109374720 * r + 159.29113202) * r + 50.434271938) * r + 3.3871327179
    low = ((67.187563600 * r + 78.757757664) * r + 17.895169469) * r + 1.0

    r = math.sqrt(-log(min(p, 1.0 - p))) - 1.6
    tail = ((0.17023821103 * r + 1.3067284816) * r + 2.7568153900) * r + 1.4234372777
    tail_low = (0.12021132975 * r + 0.73700164250) * r + 1.0

    in_tail = abs(q) > 0.425
    outer = -tail if q < 0.0 else tail
    return (outer if in_tail else q * top) / (tail_low if in_tail else low)
