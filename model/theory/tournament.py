"""Rank-order tournament: k prizes among n, and the few names on a board.

Everybody's score is effort plus noise; the k highest scores win a prize W. Where all
others make the same effort, a little more effort raises the chance of a prize by

    I(n, k) = (n-1)! / ((k-1)! (n-1-k)!) Int f(x)^2 F(x)^(n-1-k) (1-F(x))^(k-1) dx
            = E f(F^-1(U)),   U ~ Beta(n - k, k),

so that c'(e) = W I(n, k) in a symmetric equilibrium. F is the noise, here normal with
standard deviation sigma. The second line says what it is: the density of the own noise
where the last prize among the n - 1 others is won. With k/n = q in a large field

    I -> phi(z_q) / sigma,   z_q = Phi^-1(1 - q).

Somebody of ability a who needs the score x to be listed has phi((x - a)/sigma)/sigma:
single-peaked at the cut, nothing far from it. Where the cut is not known but normal
with standard deviation s, its variance adds to that of the own noise (``near_normal``).
That is the rule by which the model's employees judge a board. It tends to I(n, k), but
is exact for a normal cut only.

Assumptions: independent normal noise, a common (or given) ability, risk-neutral people,
a prize that is small beside what would make the equilibrium fail. A number k between
two whole ones is the Beta integral's continuation.

Source: Lazear and Rosen (1981, J. Polit. Econ. 89, 841-864), generalised to k prizes;
docs/evidence.md, C4. Order statistics: David and Nagaraja (2003, ch. 2), to be checked.
"""

import math
from collections.abc import Callable
from itertools import pairwise

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.integrate import quad
from scipy.optimize import brentq
from scipy.special import ndtr, ndtri
from scipy.stats import beta, norm

Floats = NDArray[np.float64]

REACH = 9.0
"""Standard deviations to which integrals go; what lies beyond is below 1e-18."""


def marginal(n: int, k: float, sigma: float = 1.0) -> float:
    """I(n, k): rise of the chance of a prize per unit of effort [1/score].

    Raises ``ValueError`` unless 0 < k < n.
    """
    return place_mean(n - 1, k, norm.pdf) / sigma


def marginal_in_a_large_field(share: float, sigma: float = 1.0) -> float:
    """phi(z_q)/sigma, the limit of I(n, q n) [1/score]."""
    return float(norm.pdf(ndtri(1.0 - share)) / sigma)


def marginal_at(score: ArrayLike, cut: float, sigma: ArrayLike) -> Floats:
    """phi((cut - score)/sigma)/sigma for people of given expected scores [1/score]."""
    return np.asarray(norm.pdf(cut, score, sigma), np.float64)


def near_normal(cut: float, cut_sd: float, sigma: float = 1.0) -> float:
    """Marginal incentive where the score to beat is normally distributed [1/score].

    ``cut`` and ``cut_sd`` are its mean, above the own expected score, and its sd.
    """
    return float(norm.pdf(cut, scale=math.hypot(sigma, cut_sd)))


def place_mean(n: int, k: float, of: Callable[[float], float] | None = None) -> float:
    """Mean of a function of the k-th highest of n standard normals; itself if None.

    Raises ``ValueError`` unless 0 < k < n + 1.
    """
    if not 0.0 < k < n + 1.0:
        raise ValueError(f"place {k} of {n}; choose one above 0 and below {n + 1}")
    place = beta(n + 1.0 - k, k)

    def integrand(x: float) -> float:
        value = x if of is None else float(of(x))
        return value * float(place.pdf(ndtr(x)) * norm.pdf(x))

    middle = float(ndtri(place.median()))
    parts = [-REACH, *(middle + np.arange(-2.0, 3.0)), REACH]
    return sum(
        float(quad(integrand, a, b, epsabs=1e-13)[0]) for a, b in pairwise(parts)
    )


def cut_mean(n: int, listed: float) -> float:
    """Mean score of the last place listed among n, in noise sd from the common mean.

    Between two places it is interpolated, as the board's own cut is.
    """
    place = int(listed)
    first = place_mean(n, place)
    if listed == place:
        return first
    return first + (listed - place) * (place_mean(n, place + 1) - first)


def cut_sd(n: int, listed: float) -> float:
    """Standard deviation of the k-th highest of n standard normals."""
    mean = place_mean(n, listed)
    return math.sqrt(place_mean(n, listed, np.square) - mean**2)


def cut_among(abilities: Floats, sigma: Floats, share: float) -> float:
    """Score that the share expects to exceed: sum Phi((a_i - x)/sigma_i) = q n.

    ``abilities`` and ``sigma`` have shape (n,).
    """

    def surplus(x: float) -> float:
        return float(np.mean(ndtr((abilities - x) / sigma))) - share

    reach = REACH * float(np.max(sigma))
    low, high = float(np.min(abilities)) - reach, float(np.max(abilities)) + reach
    return float(brentq(surplus, low, high, xtol=1e-12))
