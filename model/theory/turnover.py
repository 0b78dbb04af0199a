"""Turnover in the long run: how long people have been there, who leaves, who is left.

With a constant hazard h a slot is a renewal process. After t weeks in which people may
leave, the person who lives week t (from 1) has been there for k of them with chance

    h (1 - h)^(k - 1)  for k < t,    (1 - h)^(t - 1)  for the first person,

geometric in the limit; so many people have left a slot as there are successes in t
throws, t h on average with variance t h (1 - h).

**Sorting.** People come with a density f of a trait z and leave with h(z). In the long
run those in the job have the density f / h over its integral, and those who leave that
of f: who leaves is like who comes, and who is left is not. Two types that are equally
frequent among those who come have the shares (1 / h_1) and (1 / h_2) over their sum.
With f standard normal and h proportional to k^z the job holds a normal with mean -ln k
and variance 1: Phi(-ln k) of all belong to the more skilled half of those who come.

**Welfare.** If every week brings d less than usual, the average of late has fallen by
d (1 - (1 - m)^t) after t weeks with memory m, and a person is still there with
probability prod over t of (1 - h exp(s d (1 - (1 - m)^t))).

Assumes: the hazard is below 1 for everybody; in the first part, alike for everybody.
Source: renewal theory, textbook (Feller 1968, to be checked); the rest derived here.
"""

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr

Floats = NDArray[np.float64]


def tenure(hazard: float, weeks: int) -> Floats:
    """Probability of each number 1..weeks of weeks in the job, shape (weeks,)."""
    stayed = (1.0 - hazard) ** np.arange(float(weeks))
    law: Floats = stayed * hazard
    law[-1] = stayed[-1]
    return law


def mean_skill(factor: float) -> float:
    """Mean skill of those in the job in the long run [sd]."""
    return -math.log(factor)


def skilled_half(factor: float) -> float:
    """Share of those in the job whose skill is above the mean of who comes."""
    share: float = ndtr(-math.log(factor))
    return share


def stays(
    hazard: float, sensitivity: float, loss: Any, memory: float, weeks: int
) -> Any:
    """Chance to be there after some weeks that each bring less by a loss, its shape."""
    chance = np.ones_like(loss)
    for week in range(1, weeks + 1):
        felt = loss * (1.0 - (1.0 - memory) ** week)
        chance *= 1.0 - hazard * np.exp(sensitivity * felt)
    return chance
