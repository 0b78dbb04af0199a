"""Exponential and logarithm, in operations that every machine rounds alike.

Libraries of mathematical functions differ between machines in the last bit. These
consist of sums, products and one quotient, and the compiler turns a loop of them into
vector code.
"""

import math

import numpy as np

from model.compiled import rule

LOG2_E = 1.4426950408889634
LN2_HIGH = 6.93147180369123816490e-01
"""ln 2 to 33 bits, so that its product with a whole number of 20 bits is exact."""
LN2_LOW = 1.90821492927058770002e-10
"""What is missing to ln 2."""
SQRT_2 = 1.4142135623730951

LARGEST = 700.0
"""Largest exponent, and least one with a minus: beyond, e^x is no normal number."""
TURN = 6755399441055744.0
"""1.5 2^52: added to a number, it leaves the nearest whole one in the last bits."""
FIRST = 4503599627370496.0
"""2^52: added to a whole number, it leaves that number in the last bits."""
FIRST_BITS = np.int64(0x4330000000000000)

MANTISSA_BITS = np.int64(52)
MANTISSA = np.int64(0x000FFFFFFFFFFFFF)
BIAS = np.int64(1023)
ONE = np.int64(0x3FF0000000000000)

C2, C3, C4, C5, C6, C7, C8, C9, C10, C11, C12, C13 = (
    1.0 / math.factorial(n) for n in range(2, 14)
)
"""Taylor series of e^x."""
L1, L2, L3, L4, L5, L6, L7 = (
    *(6.666666666666735130e-01, 3.999999999940941908e-01, 2.857142874366239149e-01),
    *(2.222219843214978396e-01, 1.818357216161805012e-01, 1.531383769920937332e-01),
    1.479819860511658591e-01,
)
"""Remez polynomial for the logarithm, from fdlibm's e_log.c (Sun Microsystems 1993)."""


@rule
def exp(x: float) -> float:
    """e^x for -700 <= x <= 700, held at the ends beyond; relative error 5e-16.

    x = k ln 2 + r with k the nearest whole number, so that |r| <= ln(2) / 2, where
    the Taylor series to r^13 is 5e-18 off; then the exponent is raised by k.
    """
    x = min(max(x, -LARGEST), LARGEST)
    turned = x * LOG2_E + TURN
    k = turned - TURN
    r = (x - k * LN2_HIGH) - k * LN2_LOW
    r2 = r * r
    r4 = r2 * r2
    low = (1.0 + r) + (C2 + C3 * r) * r2
    middle = (C4 + C5 * r) + (C6 + C7 * r) * r2
    high = (C8 + C9 * r) + (C10 + C11 * r) * r2 + (C12 + C13 * r) * r4
    power = (np.float64(turned).view(np.int64) + BIAS) << MANTISSA_BITS
    return (low + (middle + high * r4) * r4) * np.int64(power).view(np.float64)


@rule
def log(x: float) -> float:
    """Natural logarithm of a positive normal number; relative error 3e-16.

    x = 2^e (1 + f) with 1 + f between sqrt(1/2) and sqrt(2), and with s = f / (2 + f)
    log(1 + f) = f - f^2 / 2 + s (f^2 / 2 + R(s^2)).
    """
    bits = np.float64(x).view(np.int64)
    e = whole_number((bits >> MANTISSA_BITS) & np.int64(0x7FF)) - 1023.0
    m = np.int64((bits & MANTISSA) | ONE).view(np.float64)
    large = m > SQRT_2
    e = e + 1.0 if large else e
    f = (0.5 * m if large else m) - 1.0
    s = f / (2.0 + f)
    z = s * s
    series = L1 + z * (L2 + z * (L3 + z * (L4 + z * (L5 + z * (L6 + z * L7)))))
    half = 0.5 * f * f
    return e * LN2_HIGH - ((half - (s * (half + z * series) + e * LN2_LOW)) - f)


@rule
def softplus(x: float) -> float:
    """ln(1 + e^x), the mean gain of who may take x or leave it, by logit choice."""
    return max(x, 0.0) + log(1.0 + exp(-abs(x)))


@rule
def index(place: float) -> np.uint64:
    """Whole part of a number from 0 to 2^52, as an index not tried from the end.

    NaN gives 0. Older vector units cannot turn a number into an integer, but they can
    look at bits.
    """
    whole = np.floor(max(0.0, place))  # in this order NaN is not larger than 0
    return np.uint64(np.float64(whole + FIRST).view(np.int64) - FIRST_BITS)


@rule
def whole_number(n: np.int64) -> float:
    """The number of an integer from 0 to 2^52 - 1, as ``index`` the other way round."""
    return float(np.int64(n | FIRST_BITS).view(np.float64) - FIRST)
