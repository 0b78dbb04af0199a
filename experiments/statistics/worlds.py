"""Effects over many worlds: how often they are clear, the middle, and the worst.

A world has one run of each scheme, for the same people with the same luck; its effect
is in % of the size of the baseline's output there. Effects within ``CLEAR`` % count as
about nothing. Shares of worlds have Jeffreys intervals: those of a binomial share with
the prior Beta(1/2, 1/2) (Brown, Cai and DasGupta 2001, Stat. Sci. 16, 101-133, to be
checked), closed where all worlds or none are counted. They say how well a share is
known for draws from the declared worlds; they say nothing about a single company.
"""

from typing import NamedTuple

import numpy as np
from scipy.special import betaincinv

from experiments.statistics.power import CONFIDENCE
from experiments.store.dataset import Floats

CLEAR = 0.25
"""Size of an effect from which on it is clear [% of the baseline's output]."""
TWENTIETH = 20


class Classes(NamedTuple):
    """Worlds in which output clearly falls, hardly moves and clearly rises."""

    falls: int
    nothing: int
    rises: int

    @property
    def worlds(self) -> int:
        """Count all worlds."""
        return sum(self)


def classes(effects: Floats) -> Classes:
    """Count worlds by their effect (n,) in %."""
    falls, rises = int((effects < -CLEAR).sum()), int((effects > CLEAR).sum())
    return Classes(falls, len(effects) - falls - rises, rises)


def jeffreys(count: int, of: int) -> tuple[float, float]:
    """Give the 95 % interval of the share of worlds that are counted."""
    tail = (1.0 - CONFIDENCE) / 2.0
    a, b = count + 0.5, of - count + 0.5
    low = 0.0 if count == 0 else float(betaincinv(a, b, tail))
    high = 1.0 if count == of else float(betaincinv(a, b, 1.0 - tail))
    return low, high


def worst_twentieth(effects: Floats) -> float:
    """Average the lowest twentieth of effects (n,), one at least."""
    worst = np.sort(effects)[: max(1, round(len(effects) / TWENTIETH))]
    return float(worst.mean())
