"""How suitable the tasks of a role are for AI: a Beta distribution in equal steps.

A task falls into one of ``STEPS`` equally likely steps between quantiles of the Beta
distribution, anywhere in it alike. A uniform draw u becomes the suitability

    x = q_k + (STEPS u - k) (q_(k+1) - q_k),  k the whole part of STEPS u,

so that the same luck is the same place among the tasks of every role. For an even
distribution x is u to the last bit.
"""

import math
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from model.compiled import rule
from model.elementary import index

STEPS = 32
EVEN_SPREAD = 1.0 / math.sqrt(12.0)
"""Standard deviation of a uniform draw from 0 to 1, which has a mean of 1/2."""
NEXT = np.uint64(1)
LOOKS, REACH = 128, 5.0
"""Cells of a table of how tasks look, and how many sd of error it reaches beyond."""
LEAST_SHAPE = 0.2
"""Least parameter of a Beta distribution; below it all tasks are of two kinds."""


def shapes(mean: float, sd: float) -> tuple[float, float]:
    """Parameters of the Beta distribution with this mean and standard deviation."""
    both = mean * (1.0 - mean) / (sd * sd) - 1.0
    return mean * both, (1.0 - mean) * both


def widest(mean: float) -> float:
    """The largest standard deviation that tasks with this mean can have."""
    both = LEAST_SHAPE / min(mean, 1.0 - mean)
    return math.sqrt(mean * (1.0 - mean) / (both + 1.0))


def is_even(mean: float, sd: float) -> bool:
    """Whether the distribution is the uniform one."""
    return all(abs(shape - 1.0) < 1e-12 for shape in shapes(mean, sd))


@lru_cache(256)
def quantiles(mean: float, sd: float) -> tuple[float, ...]:
    """The quantiles q_0 = 0 to q_STEPS = 1, in 12 decimals, the same everywhere."""
    shares = np.arange(STEPS + 1) / STEPS
    if is_even(mean, sd):
        return tuple(shares.tolist())
    from scipy.special import betaincinv  # loads slowly, and one crowd does without

    found = betaincinv(*shapes(mean, sd), shares)
    return tuple(round(float(x), 12) for x in found)


@rule
def drawn(tasks: Any, role: int, u: float) -> float:
    """Suitability of a task of a role; ``tasks`` (roles, STEPS + 1) has quantiles."""
    place = u * STEPS
    k = index(place)
    low = tasks[role, k]
    return low + (place - np.floor(place)) * (tasks[role, k + NEXT] - low)


@lru_cache(256)
def looks(mean: float, sd: float, noise: float) -> NDArray[np.float64]:
    """Shares of tasks that look less suitable than those at nodes, shape (LOOKS + 2,).

    The nodes go evenly from ``-REACH noise`` to ``1 + REACH noise``; the last share
    stands twice. A task looks as suitable as it is, with a normal error of sd
    ``noise``; the share is the mean over the steps of that among tasks uniform in one.
    """
    from scipy.special import ndtr

    ends, reach = np.array(quantiles(mean, sd)), REACH * noise
    nodes = (1.0 + 2.0 * reach) * np.arange(LOOKS + 1) / LOOKS - reach
    shares = np.interp(nodes, ends, np.arange(STEPS + 1) / STEPS)
    if noise > 0.0:
        z = (nodes[:, np.newaxis] - ends) / noise
        ramp = z * ndtr(z) + np.exp(-0.5 * z * z) / math.sqrt(2.0 * math.pi)
        shares = (noise * (ramp[:, :-1] - ramp[:, 1:]) / np.diff(ends)).mean(axis=1)
    return np.clip(np.append(shares, shares[-1]), 0.0, 1.0)


@rule
def share_below(table: Any, role: int, judged: float, noise: float) -> float:
    """Share of the tasks of a role that look less suitable than this one.

    ``table`` has the ``looks`` of each role at this noise; linear between their nodes.
    """
    reach = REACH * noise
    along = (min(max(judged, -reach), 1.0 + reach) + reach) / (1.0 + 2.0 * reach)
    place = along * LOOKS
    k = index(place)
    low = table[role, k]
    return low + (place - np.floor(place)) * (table[role, k + NEXT] - low)
