"""Chores run dry: what a week of trivial use yields, and how many chores people take.

The k-th chore that a person gives to AI in a week (k from 0) is worth nu rho^k
half-days, at most the core task y that it puts off. AI gains g' on chores. Whoever
gives away n of them yields

    theta (1 + g') sum over k < n of min(nu rho^k, y_k)

which is theta (1 + g') nu (1 - rho^n) / (1 - rho) where no chore is worth more than the
task, and never more than theta (1 + g') nu / (1 - rho), however long the week. With
lognormal tasks of mean 1 and log-sd sigma, the mean of a term is the limited expected
value

    E min(a, y) = a (1 - Phi(d + sigma / 2)) + Phi(d - sigma / 2),   d = ln(a) / sigma.

**How many.** Tasks alike, y = 1. Before each half-day the chances depend on the k
chores that are gone, by the logit of ``model.theory.choice_shares`` with one more
activity,

    trivial   omega theta min(nu rho^k, 1) (1 + g' + b) - reluctance + w_t,

so that k is a pure birth process with rates P_k, integrated over tasks:
P(k after h + 1) = P(k after h) (1 - P_k) + P(k - 1 after h) P_(k-1).

Assumes: traits and state do not change; no pay depends on the score so far.
Source: limited expected value of the lognormal, Klugman, Panjer and Willmot, Loss
Models (to be checked); birth process: textbook; rules: docs/ODD.md.
"""

from typing import NamedTuple

import numpy as np
from scipy.special import ndtr

from model.theory.choice_shares import Floats, Pay, People, Setting, payoffs, tasks

HALF_DAYS = 10
NOTHING = 1e-300
"""A worth whose logarithm is known."""


class Chores(NamedTuple):
    """The chores beside the core tasks."""

    worth: float  # nu, of the first [half-days]
    decay: float  # rho
    suitability: float


def worths(chores: Chores) -> Floats:
    """Worths nu rho^k of the ten chores that a week has room for, shape (10,)."""
    return chores.worth * chores.decay ** np.arange(float(HALF_DAYS))


def limited(worth: Floats, task_sd: float) -> Floats:
    """E min(a, y), shape that of a."""
    if task_sd == 0.0:
        return np.minimum(worth, 1.0)
    d, half = np.log(np.maximum(worth, NOTHING)) / task_sd, 0.5 * task_sd
    mean: Floats = worth * (1.0 - ndtr(d + half)) + ndtr(d - half)
    return mean


def gain(people: People, setting: Setting, chores: Chores) -> Floats:
    """Relative gain g' of trivial use, shape (n,)."""
    lost = setting.loss * (1.0 - chores.suitability)
    top: Floats = people.top_gain * chores.suitability
    return top - lost


def week(
    people: People, setting: Setting, chores: Chores, task_sd: float = 0.0
) -> Floats:
    """Mean output of ten trivial half-days, shape (n,)."""
    done = limited(worths(chores), task_sd).sum()
    output: Floats = people.productivity * (1.0 + gain(people, setting, chores)) * done
    return output


def chances(
    people: People, setting: Setting, pay: Pay, trivial: Floats, chores: Chores
) -> Floats:
    """P_k, the chance of trivial use once k chores are gone; (10, n).

    ``trivial`` is the pay of a trivial half-day, shape (n,).
    """
    value = setting.own_value * people.productivity
    hoped = 1.0 + gain(people, setting, chores) + people.belief
    chance = np.zeros((HALF_DAYS, len(value)))
    for _, judged, weight in tasks(people, setting):
        others = payoffs(people, setting, pay, judged)
        for k, worth in enumerate(np.minimum(worths(chores), 1.0)):
            own = value * worth * hoped - people.reluctance + trivial
            u = np.concatenate(
                [others, np.broadcast_to(own[:, None], judged.shape)[None]]
            )
            p = np.exp((u - u.max(axis=0)) / setting.choice_noise)
            chance[k] += (weight * p[3] / p.sum(axis=0)).sum(axis=1)
    return chance


def counts(chance: Floats) -> Floats:
    """Probability of each number of trivial half-days in a week, (11, n)."""
    gone = np.zeros((HALF_DAYS + 1, chance.shape[1]))
    gone[0] = 1.0
    for _ in range(HALF_DAYS):
        taken = gone[:-1] * chance
        gone[:-1] -= taken
        gone[1:] += taken
    return gone
