"""Shares of the activities in a mix of roles, role by role.

Where nothing couples people, a mix is its roles side by side: each person does what the
logit choice of ``choice_shares`` says, on tasks whose suitability x is that of their
role. With F the Beta distribution of a role with mean m and standard deviation s,

    E[h(x)] = int_0^1 h(F^-1(u)) du,

here by Gauss-Legendre in equal steps of u. Its parameters are m k and (1 - m) k with
k = m (1 - m) / s^2 - 1.

Assumes: as ``choice_shares``; the suitability of a task does not depend on anything.
Source: the law of total probability; Beta by its first two moments.
"""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from scipy import stats
from scipy.special import roots_hermitenorm, roots_legendre

from model.theory.choice_shares import (
    Floats,
    Moments,
    Pay,
    People,
    Setting,
    chances,
    gain,
)

STEPS, LEGENDRE, HERMITE = 32, 8, 16
"""Steps of u, nodes in each, and nodes over the error of judgement."""

Quantile = Callable[[Floats], Floats]
"""The suitability below which a share of the tasks lies."""


class Shares(NamedTuple):
    """What people do and what it yields, per half-day."""

    genuine: Moments  # share of half-days
    padding: Moments
    output: Moments  # [half-days]


def quantile(mean: float, sd: float) -> Quantile:
    """Give the quantiles of the tasks of a role."""
    both = mean * (1.0 - mean) / sd**2 - 1.0
    law: Quantile = stats.beta(mean * both, (1.0 - mean) * both).ppf
    return law


def shares(people: People, setting: Setting, pay: Pay, task: Quantile) -> Shares:
    """Compute shares and output of people with one role."""
    node, weight = roots_legendre(LEGENDRE)
    places = (np.arange(STEPS)[:, None] + 0.5 + 0.5 * node).ravel() / STEPS
    per_place = np.tile(0.5 * weight / STEPS, STEPS)
    x = task(places)[None, :]
    errors, per_error = roots_hermitenorm(HERMITE if setting.judgement_noise else 1)
    n = len(people.productivity)
    genuine, padding, first, second = np.zeros((4, n))
    g, lost = gain(people, setting, x), setting.padding_loss
    for error, chance in zip(errors, per_error / per_error.sum(), strict=True):
        judged = np.broadcast_to(x + setting.judgement_noise * error, g.shape)
        _, used, padded = chances(people, setting, pay, judged)
        weights = chance * per_place
        genuine += used @ weights
        padding += padded @ weights
        first += (used * g - padded * lost) @ weights
        second += (used * g**2 + padded * lost**2) @ weights
    theta = people.productivity
    return Shares(
        genuine=Moments(genuine, genuine * (1.0 - genuine)),
        padding=Moments(padding, padding * (1.0 - padding)),
        output=Moments(theta * (1.0 + first), theta**2 * (second - first**2)),
    )
