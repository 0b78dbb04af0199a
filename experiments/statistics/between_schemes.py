"""Schemes held against each other, world by world: all were run in the same worlds.

The baseline is one of them, with effect 0. A scheme is *worse* than another in a world
if output is lower by more than ``CLEAR`` % of the baseline's. *Regret* is what a scheme
yields less than the best of all in the same world.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np

from experiments.statistics.worlds import CLEAR, classes, share
from experiments.store.dataset import Floats
from experiments.store.table import Table

SURE = 0.95
"""Share of worlds from which on a pair is told as one that is never in doubt."""


class Rivals(NamedTuple):
    """Two schemes over the same worlds: a row of ``rivals.csv``.

    Attributes
    ----------
    worse, better : int
        Worlds in which the scheme is clearly worse than the other, and clearly better.
    low, high : float
        Jeffreys interval of the share in which it is worse.
    """

    scheme: str
    other: str
    worlds: int
    worse: int
    better: int
    low: float
    high: float

    @property
    def is_sure(self) -> bool:
        """Whether it is worse in nearly all worlds."""
        return self.worse >= SURE * self.worlds


RIVALS = Table(
    "rivals.csv",
    Rivals,
    "two schemes over the same plausible worlds",
    {
        "other": ("", "the scheme that it is held against"),
        "worlds": ("worlds", "worlds in which both were run"),
        "worse": ("worlds", "worlds in which its output is clearly lower"),
        "better": ("worlds", "worlds in which its output is clearly higher"),
        "low": ("share", "lower end of the 95 % Jeffreys interval of the share worse"),
        "high": ("share", "upper end"),
    },
)


class Standing(NamedTuple):
    """One scheme among all: a row of ``regret.csv``.

    Attributes
    ----------
    best : int
        Worlds in which no other yields more.
    regret, worst_regret : float
        Mean of what it yields less than the best, and in the worst twentieth [%].
    median, worst : float
        Effect in the middle world, and mean of the worst twentieth [%].
    """

    scheme: str
    worlds: int
    best: int
    regret: float
    worst_regret: float
    median: float
    worst: float


REGRET = Table(
    "regret.csv",
    Standing,
    "a scheme among all others over the same plausible worlds",
    {
        "worlds": ("worlds", "worlds in which all were run"),
        "best": ("worlds", "worlds in which no other yields more"),
        "regret": ("%", "mean of what it yields less than the best in the same world"),
        "worst_regret": ("%", "mean of that in the worst twentieth of worlds"),
        "median": ("%", "effect on output in the middle world"),
        "worst": ("%", "mean effect on output in the worst twentieth of worlds"),
    },
)


def regrets(effects: Floats) -> Floats:
    """Give what each scheme yields less than the best, shape (n, schemes) [%]."""
    less: Floats = effects.max(axis=1, keepdims=True) - effects
    return less


def standings(schemes: Sequence[str], effects: Floats) -> list[Standing]:
    """Rank schemes by their mean regret over worlds; effects (n, schemes) in %."""
    less = regrets(effects)
    rows = [
        Standing(
            scheme,
            len(effects),
            int((own_less == 0.0).sum()),
            float(own_less.mean()),
            -classes(-own_less).worst,
            float(np.median(own)),
            classes(own).worst,
        )
        for scheme, own, own_less in zip(schemes, effects.T, less.T, strict=True)
    ]
    return sorted(rows, key=lambda row: row.regret)


def rivals(schemes: Sequence[str], effects: Floats) -> Iterator[Rivals]:
    """Hold every scheme against every other; effects (n, schemes) in %."""
    n = len(effects)
    for scheme, own in zip(schemes, effects.T, strict=True):
        for other, theirs in zip(schemes, effects.T, strict=True):
            if scheme != other:
                worse = int((own < theirs - CLEAR).sum())
                better = int((own > theirs + CLEAR).sum())
                _, low, high = share(worse, n)
                yield Rivals(scheme, other, n, worse, better, low, high)
