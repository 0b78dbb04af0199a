"""Shares of manual work, genuine use and padding under the logit choice, over tasks.

A half-day brings a task of suitability x ~ U(0, 1), judged as y = x + sigma e with e
standard normal. With output theta of a manual half-day, own value omega, and
g(x) = (a gamma) x - l (1 - x), the payoffs are

    manual    omega theta
    genuine   omega theta (1 + g(y) + b) - reluctance + w_g
    padding   omega theta (1 - pi) - h + w_p

and P(activity | y) = exp(u / tau) / sum exp(u / tau). The pay w of a half-day is that
of an incentive whose worth is linear in the score (a bonus: rate x expected increment),
so that what was scored so far and the pace do not matter and half-days are independent.
Real output is theta (1 + g(x)) with the true x, and theta (1 - pi) when padding.

Shares and outputs are integrals over x and e: Gauss-Legendre on both sides of the
break-even suitability x0 = l / (a gamma + l), below which genuine use is misuse, times
Gauss-Hermite. They are given for each person from their traits, with the variance of
one half-day, and nothing is assumed of how traits are distributed; ``population`` has
nodes and weights that integrate over the distributions as well.

Assumes: traits and state do not change; no pay depends on the score so far.
Source: logit (quantal) response, McKelvey and Palfrey (1995, Games and Economic
Behavior 10, 6-38); task model: docs/ODD.md. The three actions are those of evidence C3.
"""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.special import roots_hermitenorm, roots_jacobi, roots_legendre

Floats = NDArray[np.float64]

LEGENDRE = 24
"""Nodes over suitability on each side of break-even."""
HERMITE = 16
"""Nodes over the error of judgement."""


class People(NamedTuple):
    """Traits of people, each of shape (n,)."""

    productivity: Floats  # theta [half-days]
    top_gain: Floats  # a gamma, relative gain on the most suitable task
    belief: Floats  # b
    reluctance: Floats  # [half-days]
    conscience: Floats  # h [half-days]
    may_pad: NDArray[np.bool_]


class Setting(NamedTuple):
    """What is the same for everybody."""

    own_value: float  # omega
    choice_noise: float  # tau [half-days]
    judgement_noise: float  # sigma
    loss: float  # l
    padding_loss: float  # pi


class Pay(NamedTuple):
    """Worth of the expected increment of a half-day [half-days], each of shape (n,)."""

    genuine: Floats
    padding: Floats


class Moments(NamedTuple):
    """Of one half-day of each person, each of shape (n,)."""

    mean: Floats
    variance: Floats


class Shares(NamedTuple):
    """What people do and what it yields, per half-day."""

    manual: Moments  # share of half-days
    genuine: Moments
    padding: Moments
    misuse: Moments  # genuine below break-even
    gain: Moments  # of genuine use above break-even [half-days]
    loss: Moments  # of misuse [half-days], negative
    output: Moments  # [half-days]


def payoffs(people: People, setting: Setting, pay: Pay, judged: Floats) -> Floats:
    """Payoffs of manual, genuine and padding for tasks judged (n, k): (3, n, k)."""
    value = (setting.own_value * people.productivity)[:, None]
    hoped = gain(people, setting, judged) + people.belief[:, None]
    u = np.empty((3, *judged.shape))
    u[0] = value
    u[1] = value * (1.0 + hoped) + (pay.genuine - people.reluctance)[:, None]
    u[2] = value * (1.0 - setting.padding_loss)
    u[2] += (pay.padding - people.conscience)[:, None]
    u[2, ~people.may_pad] = -np.inf
    return u


def gain(people: People, setting: Setting, suitability: Floats) -> Floats:
    """Relative gain g of genuine use on tasks (n, k)."""
    top = people.top_gain[:, None]
    return top * suitability - setting.loss * (1.0 - suitability)


def chances(people: People, setting: Setting, pay: Pay, judged: Floats) -> Floats:
    """Probabilities of manual, genuine and padding for tasks judged (n, k): (3, n, k).

    Rows sum to one over the first axis.
    """
    u = payoffs(people, setting, pay, judged)
    weights: Floats = np.exp((u - u.max(axis=0)) / setting.choice_noise)
    return weights / weights.sum(axis=0)


def tasks(people: People, setting: Setting) -> Iterator[tuple[Floats, Floats, Floats]]:
    """Suitability, judged suitability and weight of tasks, each of shape (n, k).

    All weights of a person sum to one. One block for each node of the error.
    """
    node, weight = roots_legendre(LEGENDRE)
    node, weight = 0.5 + 0.5 * node, 0.5 * weight
    even = break_even(people, setting)[:, None]
    x = np.hstack([even * node, even + (1.0 - even) * node])
    per_x = np.hstack([even * weight, (1.0 - even) * weight])
    errors, per_error = roots_hermitenorm(HERMITE if setting.judgement_noise else 1)
    for error, chance in zip(errors, per_error / per_error.sum(), strict=True):
        yield x, x + setting.judgement_noise * error, chance * per_x


def break_even(people: People, setting: Setting) -> Floats:
    """Suitability x0 below which genuine use is misuse, shape (n,)."""
    steepness = people.top_gain + setting.loss
    share = np.zeros_like(steepness)
    return np.divide(setting.loss, steepness, out=share, where=steepness > 0.0)


def shares(people: People, setting: Setting, pay: Pay) -> Shares:
    """Shares, gain, misuse and output of everybody."""
    n = len(people.productivity)
    padding = np.zeros(n)
    use = np.zeros((2, 3, n))  # below and above break-even: P, P g, P g^2
    for x, judged, weight in tasks(people, setting):
        _, genuine, padded = weight * chances(people, setting, pay, judged)
        padding += padded.sum(axis=1)
        g = gain(people, setting, x)
        for side in range(2):
            part = slice(side * LEGENDRE, (side + 1) * LEGENDRE)
            for power in range(3):
                use[side, power] += (genuine * g**power)[:, part].sum(axis=1)
    theta, lost = people.productivity, setting.padding_loss
    misuse, (used, added, squared) = use[0, 0], use.sum(axis=0)
    return Shares(
        manual=_share(1.0 - used - padding),
        genuine=_share(used),
        padding=_share(padding),
        misuse=_share(misuse),
        gain=_moments(theta, use[1, 1], use[1, 2]),
        loss=_moments(theta, use[0, 1], use[0, 2]),
        output=_output(theta, added - lost * padding, squared + lost**2 * padding),
    )


def _share(probability: Floats) -> Moments:
    return Moments(probability, probability * (1.0 - probability))


def _moments(theta: Floats, first: Floats, second: Floats) -> Moments:
    return Moments(theta * first, theta**2 * (second - first**2))


def _output(theta: Floats, first: Floats, second: Floats) -> Moments:
    mean, variance = _moments(theta, first, second)
    return Moments(theta + mean, variance)


class Law(NamedTuple):
    """How traits are distributed; skill z is standard normal, all are independent."""

    skill_sd: float  # theta = exp(sd z - sd^2 / 2)
    gain: float  # gamma(z) = gain exp(-gradient z)
    gradient: float
    reluctance_mean: float  # normal
    reluctance_sd: float
    ceiling: tuple[float, float]  # proficiency is a product of two beta variables
    start: tuple[float, float]
    belief: float  # the same for everybody
    conscience: float


def population(law: Law, nodes: int = 8) -> tuple[People, Floats]:
    """People and weights that integrate over the law, shapes (nodes**4,).

    Gauss-Hermite over skill and reluctance, Gauss-Jacobi over ceiling and start.
    """
    normal, per_normal = roots_hermitenorm(nodes)
    ceiling, per_ceiling = _beta_nodes(*law.ceiling, nodes)
    start, per_start = _beta_nodes(*law.start, nodes)
    z, taste, most, part = (
        axis.ravel()
        for axis in np.meshgrid(normal, normal, ceiling, start, indexing="ij")
    )
    weight = np.einsum(
        "i,j,k,l->ijkl", per_normal, per_normal, per_ceiling, per_start
    ).ravel()
    people = People(
        productivity=np.exp(law.skill_sd * z - 0.5 * law.skill_sd**2),
        top_gain=most * part * law.gain * np.exp(-law.gradient * z),
        belief=np.full_like(z, law.belief),
        reluctance=law.reluctance_mean + law.reluctance_sd * taste,
        conscience=np.full_like(z, law.conscience),
        may_pad=np.ones_like(z, bool),
    )
    return people, weight / weight.sum()


def _beta_nodes(a: float, b: float, nodes: int) -> tuple[Floats, Floats]:
    """Nodes and weights of a beta distribution."""
    node, weight = roots_jacobi(nodes, b - 1.0, a - 1.0)
    return 0.5 + 0.5 * node, weight
