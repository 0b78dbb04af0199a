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

    S(activity) = so far + D(activity) + (r - 1) p,   sigma = c sqrt(r) max(p, 1/100),

p = own pace, or (1 - zeta) pace + zeta x best increment where that is more, and the
payoff of this half-day alone is set against it. ``week`` follows the logit through
all counts of genuine and padded half-days. It differs from C7 in four ways:

1. Padding comes in whole half-days, each delta = D(padding) - D(genuine) more.
2. All of B is weighed against the cost C of one more half-day, never against the sum
   of costs; what was spent is sunk. With cramming (zeta = 1) people who pad start late
   and fill up from any distance that ten half-days can cover, k = ceil((Q - x) / delta)
   of them, if B > C; a planner would stop at k C > B.
3. Without cramming (zeta = 0) nobody counts on further padding: whoever cannot reach Q
   by one padded half-day pads none. The marginal buncher is x_m = Q - delta(x_m),
   whatever B > C is.
4. Without cramming choice noise has ten chances: where one padded half-day is enough,
   somebody pads with 1 - (1 - P)^10 instead of C7's P, as if B were some 2.8 mu larger
   (the mean of the largest of ten logistic tastes).

It agrees with C7 where one padded half-day always reaches Q: then C(x) is the cost of
that half-day, and B and C(x) decide as in C7, for mu -> 0 with any zeta, and for any mu
with zeta = 1, where everybody waits for the last half-day and chooses once.

Assumes for the week: a quota on tokens with a window of one week, no noise of tokens,
no task matters (no gain and no loss by AI), pace known. C7 is exact for best response.
Source: Kleven and Waseem (2013, Quarterly Journal of Economics 128, 669-723, to be
checked); evidence C7; rules: docs/ODD.md.
"""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.integrate import quad_vec
from scipy.special import expit, ndtr

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
    chances: int = 1,
) -> Floats:
    """Share of all people who pad, of those with natural use from low to the quota.

    ``surplus`` gives B - C(x), a number or an array of them for people who differ in B;
    with ``chances`` > 1 one of so many independent choices is enough.
    """

    def padded(x: float) -> Floats:
        pads = expit(np.asarray(surplus(x)) / noise)
        return density(x) * (1.0 - (1.0 - pads) ** chances)

    share: Floats = quad_vec(padded, low, quota, epsabs=1e-9, limit=10_000)[0]
    return share


def padded_half_days(
    natural: Floats, extra: Floats, quota: float, crams: bool
) -> Floats:
    """The model's padded half-days of people for whom B > C, without any noise.

    ``natural`` is the score of a week of genuine use, ``extra`` is delta.
    """
    lacking = np.maximum(quota - natural, 0.0)
    needed = np.ceil(lacking / extra)
    reach = HALF_DAYS if crams else 1
    return np.where(needed <= reach, needed, 0.0)


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
    own = [people.manual_payoff, people.genuine_payoff, people.padding_payoff]
    adds = [np.zeros_like(people.genuine), people.genuine, people.padding]
    best = np.maximum(people.genuine, people.padding)
    hope = outlook.cramming * np.maximum(best - people.pace, 0.0)
    pace = people.pace + hope

    reached = np.zeros((HALF_DAYS + 1, HALF_DAYS + 1, len(pace)))
    reached[0, 0] = 1.0
    for day in range(HALF_DAYS):
        left = HALF_DAYS - day
        luck = outlook.uncertainty * np.sqrt(left) * np.maximum(pace, LEAST_PACE)
        sigma = np.hypot(luck, (left - 1.0) * hope)
        before, reached = reached, np.zeros_like(reached)
        for used in range(day + 1):
            for padded in range(day + 1 - used):
                so_far = used * people.genuine + padded * people.padding
                missing = outlook.quota - so_far - (left - 1.0) * pace
                is_met = so_far >= outlook.quota
                u = np.stack(
                    [
                        payoff
                        + people.stake
                        * np.where(is_met, 1.0, ndtr((add - missing) / sigma))
                        for payoff, add in zip(own, adds, strict=True)
                    ]
                )
                p = np.exp((u - u.max(axis=0)) / outlook.choice_noise)
                p *= before[used, padded] / p.sum(axis=0)
                reached[used, padded] += p[0]
                reached[used + 1, padded] += p[1]
                reached[used, padded + 1] += p[2]
    return reached


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
