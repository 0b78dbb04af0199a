"""Margins: effort and dressing up, by what is paid for output.

Let b be what one more half-day of output in view is worth to somebody and v what it is
worth in itself, so that m = v + b for a half-day that is really done. Effort q costs
them as much as makes

    q = (m / m-bar)^eta,   cut off at 1/2 and 3/2,

the best choice, and an amount delta of dressing up costs t delta of real work, a
scruple s delta and c delta^2 / 2, so that

    delta = (b - t m - s) / c,   cut off at 0 and at the most there is.

Never-gamers do not dress up. A week of manual work, nothing lost to mates or strain, is
then ten half-days of

    real output     theta q - t delta
    in view         theta q - t delta + delta.

What b is, is exact where a worth is smooth in the score S. A bonus of rate w a
reference week of output (ten half-days) pays b = w / 10 whatever S is; settled in a
later week, it counts times the patience. A minimum Q is worth B Phi((S - Q) / sigma):
people take its slope over S - sigma to S + sigma,

    b = B [Phi((S - Q) / sigma + 1) - Phi((S - Q) / sigma - 1)] / (20 sigma),

which is largest at S = Q, and lower there than the slope in a point, B phi(0) / sigma.

Source: the first-order conditions of Holmström and Milgrom (1991) for separable costs;
rules: docs/ODD.md. Evidence C1.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr

Floats = NDArray[np.float64]

REFERENCE = 10.0
"""Half-days of output in a reference week."""
LEAST, MOST = 0.5, 1.5
"""Effort."""


class People(NamedTuple):
    """People on a Monday, each of shape (n,)."""

    productivity: Floats  # theta, at usual effort
    value: Floats  # v, of a half-day of own output in itself
    conscience: Floats  # h, cost of a padded half-day
    games: Floats  # true or false: never-gamers do not dress up


class Setting(NamedTuple):
    """What is the same for everybody."""

    elasticity: float  # eta
    reference: float  # m-bar [half-days]
    time: float  # t
    hardness: float  # c
    most: float  # delta
    scruple: float  # s over h


def by_bonus(rate: float, discount: float = 1.0) -> float:
    """Worth b of a half-day of output in view under a bonus on output."""
    return discount * rate / REFERENCE


def by_minimum(score: Floats, sigma: Floats, minimum: float, stake: Floats) -> Floats:
    """Worth b of a half-day in view under a minimum of output [reference weeks]."""
    high = ndtr((score + sigma - minimum) / sigma)
    low = ndtr((score - sigma - minimum) / sigma)
    slope: Floats = stake * (high - low) / (2.0 * sigma)
    return slope / REFERENCE


def effort(people: People, setting: Setting, seen: Floats | float) -> Floats:
    """Effort q, 1 at the reference."""
    asked = (people.value + seen) / setting.reference
    return np.clip(asked**setting.elasticity, LEAST, MOST)


def dressing(people: People, setting: Setting, seen: Floats | float) -> Floats:
    """Output that is dressed up, delta per half-day."""
    time = setting.time * (people.value + seen)
    scruple = setting.scruple * people.conscience
    wanted = (seen - time - scruple) / setting.hardness
    return np.where(people.games, np.clip(wanted, 0.0, setting.most), 0.0)


class Week(NamedTuple):
    """A week of manual work [half-days], each of shape (n,)."""

    output: Floats
    observed: Floats


def week(people: People, setting: Setting, seen: Floats | float) -> Week:
    """Real and observed output of ten manual half-days."""
    done = people.productivity * effort(people, setting, seen)
    shown = dressing(people, setting, seen)
    output = REFERENCE * (done - setting.time * shown)
    return Week(output, output + REFERENCE * shown)
