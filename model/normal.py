"""The standard normal distribution, in operations that every machine rounds alike."""

import math

from model.compiled import rule

SQRT_HALF = 0.7071067811865476


@rule
def cdf(x: float) -> float:
    """Probability that a standard normal draw is below x."""
    return 0.5 + 0.5 * math.erf(x * SQRT_HALF)


@rule
def quantile(p: float) -> float:
    """The x with cdf(x) = p, for 1e-10 <= p <= 1 - 1e-10; relative error 1e-7.

    Algorithm AS 241, routine PPND7 (Wichura 1988, Applied Statistics 37, 477-484),
    without its branch for p below 1.4e-11, which no 32-bit uniform reaches.
    """
    q = p - 0.5
    if -0.425 <= q <= 0.425:
        r = 0.180625 - q * q
        top = ((59.109374720 * r + 159.29113202) * r + 50.434271938) * r + 3.3871327179
        low = ((67.187563600 * r + 78.757757664) * r + 17.895169469) * r + 1.0
        return q * top / low
    r = math.sqrt(-math.log(min(p, 1.0 - p))) - 1.6
    top = ((0.17023821103 * r + 1.3067284816) * r + 2.7568153900) * r + 1.4234372777
    low = (0.12021132975 * r + 0.73700164250) * r + 1.0
    return -top / low if q < 0.0 else top / low
