"""Exhaustion follows the backlog late: two stocks in a row, in closed form.

Who does D less than is asked in every week, of which a part l is dropped, has after t
weeks a backlog of

    b_t = (D / l) (1 - (1 - l)^t).

Exhaustion goes a part r of the way to c b_t in each of them. With r and l unlike

    E_t = (c D / l) [1 - (1 - r)^t - r (1 - l) ((1 - l)^t - (1 - r)^t) / (r - l)],

so that it tends to c D / l, nearly as late as the slower of the two. Effort q above the
usual alone gives E_t = d (q - 1) (1 - (1 - r)^t).

Assumes: no load asks for more than full exhaustion; the backlog is below its limit;
output does not fall by exhaustion.
Source: derived here; two first-order lags in a row, textbook.
"""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def backlog(short: float, leak: float, weeks: int) -> Floats:
    """Weeks of work that wait after 1..weeks weeks, shape (weeks,)."""
    t = np.arange(1.0, weeks + 1.0)
    waits: Floats = short / leak * (1.0 - (1.0 - leak) ** t)
    return waits


def by_backlog(
    short: float, leak: float, load: float, recovery: float, weeks: int
) -> Floats:
    """Exhaustion after 1..weeks weeks; ``load`` is what a week of backlog asks."""
    t = np.arange(1.0, weeks + 1.0)
    waiting, tired = (1.0 - leak) ** t, (1.0 - recovery) ** t
    late = recovery * (1.0 - leak) * (waiting - tired) / (recovery - leak)
    stock: Floats = load * short / leak * (1.0 - tired - late)
    return stock


def by_effort(above: Floats, load: float, recovery: float, weeks: int) -> Floats:
    """Exhaustion after some weeks at effort so far above the usual, its shape."""
    stock: Floats = load * above * (1.0 - (1.0 - recovery) ** weeks)
    return stock
