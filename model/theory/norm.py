"""A norm of padding: multiple equilibria, folds and hysteresis of a logit choice.

Everybody pads or does not, and padding is worth h + J x where a share x of the others
pads. In a large organisation, with noise tau = 1 / beta,

    x' = Lambda((h + J x) / tau),   Lambda(u) = 1 / (1 + exp(-u)).

For J <= 4 tau there is one root at every h. Above, there are three for h between

    h+- = tau ln(x / (1 - x)) - J x   at   x+- = (1 +- sqrt(1 - 4 tau / J)) / 2:

where h rises past h- = h(x-) the low root vanishes, where it falls past h(x+) the high
one does. The share of an organisation to which h is slowly raised and then lowered
again runs through a loop of that width: hysteresis.

The model's map is of the same form. Its third activity, genuine use with the payoff
u_g over manual work, takes tau ln(1 + exp(u_g / tau)) from h, exactly; and with a share
nu of people who never pad, a person sees x = (1 - nu) P, where P is the share of padded
half-days among the others. So P has the map above with J (1 - nu) for J: folds need
J (1 - nu) > 4 tau. Everybody chooses by last week's norm at once, and the norm n is a
moving average, n' = n + m (x - n), which has the same roots for every m.

Close to a fold with h, x' - x = A (h - h_fold) + B (x - x_fold)^2 with m = 1 and

    A = x (1 - x) / tau,   B = J^2 x (1 - x) (1 - 2 x) / (2 tau^2)   in absolute value.

- Raised at the speed r, the share follows late, by 2.338 (r^2 / (A B))^(1/3) (the first
  zero of Airy's function).
- With weekly noise of variance s^2 it may jump early. The barrier at a distance d from
  the fold is (4/3) (A d)^(3/2) / sqrt(B); where it is CALM times s^2 / 2, fewer than
  exp(-CALM) organisations jump in a week.

In an organisation of finite size nu is the share among the others: a padder does not
see themselves. N people who may pad and choose ten times a week pad a share that varies
around P with variance s^2 = P (1 - P) / (10 N). Along the curved map that moves a root
by order 1/N, (1/2) f'' s^2 / ((1 - f'^2) (1 - f')) (``finite_size``).

Assumptions: synchronous weekly choice from the norm of the week before, equal people
apart from the never-gamers, everybody sees everybody, many people.

Source: Brock and Durlauf (2001, Rev. Econ. Stud. 68, 235-260), to be checked;
docs/evidence.md, C9. Delay in a slowly swept fold: Jung, Gray, Roy and Mandel (1990,
Phys. Rev. Lett. 65, 1873), to be checked.
"""

import math
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.optimize import brentq
from scipy.special import ai_zeros, expit, logit

Floats = NDArray[np.float64]

AIRY = -float(ai_zeros(1)[0][0])
"""First zero of Airy's function, 2.338, with its sign changed."""
CALM = 12.0
"""Barrier in units of half the noise's variance; exp(-12) is 6 in a million."""
EDGE = 1e-15
"""How near to nobody and to everybody roots are looked for."""


class Fold(NamedTuple):
    """Where a stable root meets the unstable one, and both vanish."""

    payoff: float  # h
    share: float  # of padders
    push: float  # A, the rise of next week's share per rise of h
    bend: float  # B, half the second derivative of next week's share, absolute


class Loop(NamedTuple):
    """The two folds of a hysteresis loop."""

    up: Fold  # the low root ends where h rises past it
    down: Fold  # the high root ends where h falls past it

    @property
    def width(self) -> float:
        """Range of h with three roots."""
        return self.up.payoff - self.down.payoff


def share(others: ArrayLike, payoff: ArrayLike, pull: float, noise: float) -> Floats:
    """Share of padders next week, Lambda((h + J x) / tau)."""
    x, h = np.asarray(others, np.float64), np.asarray(payoff, np.float64)
    return np.asarray(expit((h + pull * x) / noise), np.float64)


def payoff_at(root: ArrayLike, pull: float, noise: float) -> Floats:
    """The payoff h at which a share is a root of the map: the curve of all roots."""
    x = np.asarray(root, np.float64)
    return np.asarray(noise * logit(x) - pull * x, np.float64)


def slope(root: float, pull: float, noise: float) -> float:
    """Slope of the map at a root; the root is stable if it is below 1."""
    return pull * root * (1.0 - root) / noise


def roots(payoff: float, pull: float, noise: float) -> tuple[float, ...]:
    """All roots of the map from low to high: one, or three of which the middle repels.

    Exactly at a fold the double root is left out.
    """
    ends = [EDGE, 1.0 - EDGE]
    if pull > 4.0 * noise:
        ends[1:1] = fold_shares(pull, noise)

    def above(x: float) -> float:
        return float(payoff_at(x, pull, noise)) - payoff

    return tuple(
        float(brentq(above, a, b, xtol=1e-14))
        for a, b in pairwise(ends)
        if above(a) * above(b) < 0.0
    )


def fold_shares(pull: float, noise: float) -> tuple[float, float]:
    """Shares x- and x+ at the folds.

    Raises ``ValueError`` if the pull is too weak for folds.
    """
    if pull <= 4.0 * noise:
        raise ValueError(
            f"a pull of {pull} with noise {noise} has one root at every payoff; folds "
            f"need a pull above {4.0 * noise}"
        )
    away = 0.5 * math.sqrt(1.0 - 4.0 * noise / pull)
    return 0.5 - away, 0.5 + away


def loop(pull: float, noise: float) -> Loop:
    """Both folds. Raises ``ValueError`` if the pull is too weak for them."""
    folds = []
    for x in fold_shares(pull, noise):
        spread = x * (1.0 - x)
        bend = 0.5 * (pull / noise) ** 2 * spread * abs(1.0 - 2.0 * x)
        payoff = float(payoff_at(x, pull, noise))
        folds.append(Fold(payoff, x, spread / noise, bend))
    return Loop(*folds)


def against_the_rest(genuine: float, padding: float, noise: float) -> float:
    """h: payoff of padding over the log-sum of manual work (0) and genuine use."""
    return padding - noise * math.log1p(math.exp(genuine / noise))


def delay(fold: Fold, speed: float) -> float:
    """How far past a fold h is when the share jumps; ``speed`` in h per week."""
    return AIRY * float(np.cbrt(speed**2 / (fold.push * fold.bend)))


def early(fold: Fold, variance: float) -> float:
    """How far before a fold noise may carry the share across [unit of h].

    ``variance`` is that of a week's share around its expectation.
    """
    barrier = CALM * 0.5 * variance
    height = 0.75 * barrier * math.sqrt(fold.bend)
    return float(np.cbrt(height**2)) / fold.push


def ramped(start: float, payoffs: Floats, pull: float, noise: float) -> Floats:
    """Shares week by week while h changes: the map itself, without noise."""
    shares, x = [], start
    for payoff in payoffs:
        x = float(share(x, payoff, pull, noise))
        shares.append(x)
    return np.array(shares)


def weekly_variance(root: float, people: int) -> float:
    """Variance of a week's share among people who may pad, ten choices each."""
    return root * (1.0 - root) / (10.0 * people)


def long_run_variance(root: float, pull: float, noise: float, people: int) -> float:
    """Variance of the mean share over W weeks around a stable root, times W."""
    lasting = 1.0 - slope(root, pull, noise)
    return weekly_variance(root, people) / lasting**2


def finite_size(root: float, pull: float, noise: float, people: int) -> float:
    """How far the mean share of so many people lies from a stable root, to order 1/N.

    In absolute value; below one half it lies above the root, else below.
    """
    steep = slope(root, pull, noise)
    curved = pull / noise * steep * abs(1.0 - 2.0 * root)
    varies = weekly_variance(root, people) / (1.0 - steep**2)
    return 0.5 * curved * varies / (1.0 - steep)
