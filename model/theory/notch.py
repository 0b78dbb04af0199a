"""Quota notch: who fills up to a quota, and how the model's people decide it.

**C7.** Natural use x has distribution H, reaching the quota Q is worth B, and a missing
amount d = Q - x costs kappa d, or kappa d^2 / 2, to pad. People pad if and only if
x > x_m, the marginal buncher,

    x_m = Q - B / kappa   (quadratic: Q - sqrt(2 B / kappa)),

so that H(Q) - H(x_m) of them bunch at Q and leave a hole on (x_m, Q). With logit noise
mu, P(pad | x) = 1 / (1 + exp(-(B - kappa (Q - x)) / mu)), and the excess mass is its
integral over H below Q. For any cost C(x) of getting from x to Q that falls in x the
same holds with C(x_m) = B.

**The model** has ten half-days a week and no plan over them. With r half-days left,
B = ambition x penalty x 10 is weighed by Phi((S - Q) / sigma) with

    S(activity) = so far + D(activity) + (r - 1) p,   p = pace + zeta room,
    sigma^2 = (c sqrt(r) max(p, 1/100))^2 + (zeta (r - 1) room)^2,

room = max(best increment - pace, 0), and the payoff of this half-day alone is set
against it. Once so far >= Q, B is theirs whatever they do. ``week`` follows the logit
through all counts of genuine and padded half-days.

For c -> 0, and a pace of genuine use alone, room = delta = D(padding) - D(genuine).
Somebody who lacks g = (Q - x) / delta padded half-days gains B W by one of them,

    W = Phi(1 + (1 - g) / m) - Phi(1 - g / m),   m = zeta (r - 1),

or W = [0 < g <= 1] if m = 0: for zeta = 0, or on the last half-day. For mu -> 0 they
pad if and only if B W > C, the cost of that half-day: if g lies within h of m + 1/2,

    Phi((h + 1/2) / m) - Phi((h - 1/2) / m) = C / B   (m = 0: h = 1/2),

and for no g at all if C / B > 2 Phi(1 / 2m) - 1. Each padded half-day lowers g by 1,
each half-day lowers this band by zeta, until it is (0, 1]. While the bands join up (see
``farthest``; for zeta <= 1/2 and B < 6.3 C they do), people pad g half-days, rounded
up, or none:

    x_m = Q - g_m delta(x_m),   g_m = max over r of m + 1/2 + h.

It differs from C7 in five ways:

1. Padding comes in whole half-days.
2. B is weighed against the cost C of one more half-day, never against the sum of costs.
   A planner fills up whoever lacks up to B / C half-days. People with zeta = 0 count on
   no further padding: g_m = 1 whatever B / C is. With zeta = 0.2, g_m is 1.5 for
   B = 2 C and 2.6 for B = 4 C. With zeta = 1 a half-day before the last gains 0.38 B at
   most: g_m = 1 again if B < 2.6 C; for B = 4 C some start and give up.
3. With zeta > 0 people who get there anyway pad too, until it is met, if
   C / B < 1 - Phi(1), that is B > 6.3 C.
4. Choice noise has ten chances: where one padded half-day is enough, somebody pads with
   1 - prod over r of (1 - 1 / (1 + exp(-(B W - C) / mu))) instead of C7's P. With
   zeta = 0 this is 1 - (1 - P)^10, as if B were some 2.8 mu larger (the mean of the
   largest of ten logistic tastes); with zeta = 1 it is nearly P, if mu is small against
   C - 0.38 B.
5. With c > 0 people within some sigma of Q do not know on which side they will end.

It is C7 where one padded half-day reaches Q at once, D(padding) >= Q, c -> 0, mu -> 0
and B < 6.3 C(x) for x >= Q: with any zeta, as the last half-day has W = 1.

Assumes for the week: a quota on tokens with a window of one week, no noise of tokens,
no task matters (no gain and no loss by AI), pace known, everybody may pad. C7 is exact
for best response.
Source: Kleven and Waseem (2013, Quarterly Journal of Economics 128, 669-723, to be
checked); evidence C7; rules: docs/ODD.md.
"""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.integrate import quad_vec
from scipy.optimize import brentq
from scipy.special import expit, ndtr, ndtri

Floats = NDArray[np.float64]

HALF_DAYS = 10
LEAST_PACE = 0.01
"""A tenth of the reference rate, the least pace for uncertainty [weeks a half-day]."""


def marginal_buncher(quota: float, benefit: float, cost: float) -> float:
    """x_m where a missing unit costs the same at any distance."""
    return quota - benefit / cost


def marginal_buncher_quadratic(quota: float, benefit: float, cost: float) -> float:
    """x_m where a missing amount d costs cost x d^2 / 2."""
    return quota - float(np.sqrt(2.0 * benefit / cost))


def excess_mass(cdf: Callable[[float], float], quota: float, marginal: float) -> float:
    """Share of people who move up to the quota, and out of the hole below it."""
    return cdf(quota) - cdf(marginal)


def logit_excess_mass(
    density: Callable[[float], float],
    low: float,
    quota: float,
    surplus: Callable[[float], Floats],
    noise: float,
) -> Floats:
    """Share of all people who pad, of those with natural use from low to the quota.

    ``surplus`` gives B W - C(x) of each independent chance, one of which is enough: of
    shape (chances,), or (chances, n) for n kinds of people. C7 has one, with W = 1.
    """

    def padded(x: float) -> Floats:
        refuses = expit(-np.asarray(surplus(x)) / noise)
        share: Floats = density(x) * (1.0 - refuses.prod(axis=0))
        return share

    share: Floats = quad_vec(padded, low, quota, epsabs=1e-9, limit=10_000)[0]
    return share


def gained(lacking: float, cramming: float) -> Floats:
    """W: part of B that padding gains, with 1 to 10 half-days left, of shape (10,).

    ``lacking`` is g, the padded half-days that natural use lacks, not rounded.
    """
    m = cramming * np.arange(HALF_DAYS)
    sure = m == 0.0
    m = np.where(sure, 1.0, m)
    part = ndtr(1.0 + (1.0 - lacking) / m) - ndtr(1.0 - lacking / m)
    return np.where(sure, float(0.0 < lacking <= 1.0), part)


def farthest(cramming: float, need: float) -> float:
    """g_m: the most padded half-days that anybody lacks who fills them up.

    ``need`` is C / B. Raises ``ValueError`` if it is not between 1 - Phi(1) and 1, or
    if the bands do not join up: nobody below a band may be above the next one, nor
    anybody in it once they have padded; else some people start and give up.
    """
    if not ndtr(-1.0) < need < 1.0:
        raise ValueError(f"C / B is {need:g}, not between 1 - Phi(1) and 1")
    most = before = 1.0
    for m in cramming * np.arange(1.0, HALF_DAYS):
        half = half_width(m, need)
        if half is None:
            break
        low, high = m + 0.5 - half, m + 0.5 + half
        if max(low, high - 1.0) > before:
            raise ValueError(f"gaps between the bands of zeta = {cramming:g}")
        most, before = max(most, high), high
    return most


def half_width(m: float, need: float) -> float | None:
    """Half the width h of the band; None if C / B is more than padding gains."""
    if m == 0.0:
        return 0.5
    if need >= 2.0 * ndtr(0.5 / m) - 1.0:
        return None
    # Even if the first Phi were 1, the second would be too large here.
    too_wide = 0.5 + m * (ndtri(1.0 - need) + 1.0)

    def beyond(h: float) -> float:
        return float(ndtr((h + 0.5) / m) - ndtr((h - 0.5) / m) - need)

    return float(brentq(beyond, 0.0, too_wide))


def marginal_by_half_days(quota: float, padding: float, most: float) -> float:
    """x_m = Q - g_m delta(x_m), where delta = D(padding) - x_m / 10."""
    return (quota - most * padding) / (1.0 - most / HALF_DAYS)


def padded_half_days(
    natural: Floats, extra: Floats, quota: float, most: float
) -> Floats:
    """The model's padded half-days without any noise, where g_m is ``most``.

    ``natural`` is the score of a week of genuine use, ``extra`` is delta.
    """
    lacking = np.maximum(quota - natural, 0.0) / extra
    return np.where(lacking <= most, np.ceil(lacking), 0.0)


class People(NamedTuple):
    """People before a week, each of shape (n,); scores in reference weeks."""

    genuine: Floats  # score of a genuine half-day
    padding: Floats  # of a padded one
    pace: Floats  # usual score of a half-day
    stake: Floats  # B [half-days]
    manual_payoff: Floats  # own payoffs of a half-day, the quota aside [half-days]
    genuine_payoff: Floats
    padding_payoff: Floats


class Outlook(NamedTuple):
    """How people look at the quota."""

    quota: float  # [reference weeks]
    uncertainty: float  # c
    cramming: float  # zeta
    choice_noise: float  # tau [half-days]


def week(people: People, outlook: Outlook) -> Floats:
    """Probability of each number of genuine and padded half-days, (11, 11, n).

    The first axis counts genuine, the second padded ones; the rest is manual.
    """
    own = np.stack([people.manual_payoff, people.genuine_payoff, people.padding_payoff])
    reached = np.zeros((HALF_DAYS + 1, HALF_DAYS + 1, len(people.pace)))
    reached[0, 0] = 1.0
    for day in range(HALF_DAYS):
        before, reached = reached, np.zeros_like(reached)
        for used in range(day + 1):
            for padded in range(day + 1 - used):
                so_far = used * people.genuine + padded * people.padding
                u = own + worths(people, outlook, so_far, HALF_DAYS - day)
                p = np.exp((u - u.max(axis=0)) / outlook.choice_noise)
                p *= before[used, padded] / p.sum(axis=0)
                reached[used, padded] += p[0]
                reached[used + 1, padded] += p[1]
                reached[used, padded + 1] += p[2]
    return reached


def worths(people: People, outlook: Outlook, so_far: Floats, left: int) -> Floats:
    """B Phi [half-days] if a half-day is manual, genuine or padded; of shape (3, n).

    ``left`` half-days are left of the window, this one included; it may be a window of
    any length.
    """
    adds = np.stack([np.zeros_like(people.genuine), people.genuine, people.padding])
    best = np.maximum(people.genuine, people.padding)
    hope = outlook.cramming * np.maximum(best - people.pace, 0.0)
    pace = people.pace + hope
    score = so_far + adds + (left - 1.0) * pace
    sigma = doubt(pace, hope, left, outlook.uncertainty)
    return people.stake * chance(so_far, score, sigma, outlook.quota)


def doubt(pace: Floats, hope: Floats, left: int, uncertainty: float) -> Floats:
    """Sigma with r = ``left``; hope is zeta room, and is a part of the pace p."""
    luck = uncertainty * np.sqrt(left) * np.maximum(pace, LEAST_PACE)
    return np.hypot(luck, (left - 1.0) * hope)


def chance(so_far: Floats, score: Floats, sigma: Floats, quota: float) -> Floats:
    """Chance to meet the quota, as people see it, if S is ``score``."""
    return np.where(so_far >= quota, 1.0, ndtr((score - quota) / sigma))


class Ends(NamedTuple):
    """How a week ends, probabilities and means of shape (n,)."""

    padded: Floats  # expected padded half-days
    padded_variance: Floats
    met: Floats  # probability that the quota is met
    bunched: Floats  # that it is met by less than a padded half-day


def ends(people: People, outlook: Outlook) -> Ends:
    """What a week is expected to bring."""
    reached = week(people, outlook)
    count = np.arange(HALF_DAYS + 1.0)
    score = count[:, None, None] * people.genuine
    score = score + count[None, :, None] * people.padding
    met = score >= outlook.quota
    bunched = met & (score < outlook.quota + people.padding)
    by_padded = reached.sum(axis=0)
    mean = count @ by_padded
    return Ends(
        padded=mean,
        padded_variance=((count[:, None] - mean) ** 2 * by_padded).sum(axis=0),
        met=np.minimum((reached * met).sum(axis=(0, 1)), 1.0),  # rounding
        bunched=np.minimum((reached * bunched).sum(axis=(0, 1)), 1.0),
    )
