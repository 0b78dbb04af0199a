"""The compass needle of a linear incentive, integrated over tasks.

Under the logit choice, with worth w W(activity) in the payoffs, state, task and tables
frozen,

    d P_a / dw = P_a (W_a - E W) / tau,   so that
    dE[own output]/dw = Cov(output, W) / tau

over the three options with their probabilities: pressure raises a person's real work
if and only if, over what they are about to do, output and worth go together. For a
worth that is linear in the score nothing else moves in a frozen organisation, so that
the needle, integrated over tasks as in ``model.theory.choice_shares``, is the total
derivative of output in the rate. Where people adapt,

    total derivative = needle + feedback,

feedback being what goes through rework, learning, backlog, norms and moving tables.

**C3.** The three actions of evidence C3 are continuous: use a, padding d and manual
work m take up the time T, cost (k_a a^2 + k_d d^2 + k_m m^2) / 2, yield
v_a a + v_m m - rho d, valued with s, and a + d is paid b. With K = sum 1 / k

    dV/db = [(v_a - v_m) / k_a - (v_m + rho) / k_d] / (k_m K),

which is the covariance of yield (v_a, -rho, v_m) and pay (1, 1, 0) under the weights
1 / (k K), times K. So the needle is C3's slope where ease of moving 1 / k is P / tau,
and both have the same phase boundary: pressure helps if and only if what it moves into
use gains more than what it moves into padding loses.

A central difference with step d measures the needle with the truncation
(E(w + d) - E(w - d)) / (2 d) - E'(w), which ``central_difference`` gives exactly.

Assumes: as ``model.theory.choice_shares``. Source: derivative of the logit (McFadden
1974, to be checked); docs/ODD.md, "The compass needle".
"""

from typing import NamedTuple

import numpy as np

from model.theory.choice_shares import (
    Floats,
    Pay,
    People,
    Setting,
    chances,
    gain,
    shares,
    tasks,
)


def needle(people: People, setting: Setting, pay: Pay, worth: Pay) -> Floats:
    """Derivative of the output of a half-day in the weight of a worth, shape (n,).

    ``pay`` is all that is paid now; ``worth`` is W, that of weight 1, a manual
    half-day's being 0.
    """
    theta = people.productivity[:, None]
    turn = np.zeros(len(people.productivity))
    for x, judged, weight in tasks(people, setting):
        p = chances(people, setting, pay, judged)
        more = np.stack(
            [
                np.zeros_like(x),
                theta * gain(people, setting, x),
                np.broadcast_to(-theta * setting.padding_loss, x.shape),
            ]
        )
        worths = np.zeros_like(more)
        worths[1], worths[2] = worth.genuine[:, None], worth.padding[:, None]
        mean, mean_worth = (p * more).sum(axis=0), (p * worths).sum(axis=0)
        covariance = (p * more * worths).sum(axis=0) - mean * mean_worth
        turn += (weight * covariance).sum(axis=1)
    return turn / setting.choice_noise


def central_difference(
    people: People, setting: Setting, pay: Pay, worth: Pay, step: float
) -> Floats:
    """(E(w + step) - E(w - step)) / (2 step) of the output of a half-day, (n,)."""
    above, below = (
        shares(
            people,
            setting,
            Pay(
                pay.genuine + change * worth.genuine,
                pay.padding + change * worth.padding,
            ),
        ).output.mean
        for change in (step, -step)
    )
    return (above - below) / (2.0 * step)


class Game(NamedTuple):
    """C3: values and costs of use, padding and manual work."""

    value: Floats  # (v_a, -rho, v_m)
    cost: Floats  # (k_a, k_d, k_m)


PAID = np.array([1.0, 1.0, 0.0])
"""What C3 measures: use and padding."""


def actions(game: Game, own_weight: float, bonus: float, time: float) -> Floats:
    """C3: amounts (a, d, m) that are best within a time budget, all of them positive.

    Raises ``ValueError`` if one of them would be negative.
    """
    wanted = own_weight * game.value + bonus * PAID
    price = ((wanted / game.cost).sum() - time) / (1.0 / game.cost).sum()
    amounts: Floats = (wanted - price) / game.cost
    if amounts.min() < 0.0:
        raise ValueError(f"the best amounts are {amounts}; C3 holds for positive ones")
    return amounts


def slope(game: Game) -> float:
    """C3: dV/db, what a higher bonus does to what is really yielded."""
    use, padding, manual = game.value
    by_use, by_padding, by_hand = 1.0 / game.cost
    moved = (use - manual) * by_use - (manual - padding) * by_padding
    return float(by_hand / (1.0 / game.cost).sum() * moved)
