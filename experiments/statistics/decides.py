"""What decides the sign of an effect: one unknown that parts bad worlds from others.

Worlds are cut into thirds by one unknown, or into the alternatives of a structure. The
*contrast* is how much more often worlds are bad in the worse group than in the better
one. Which group is the worse is read in one half of the worlds, and the contrast is
taken in the other: it is not flattered by the choice, and of no relation it is 0 in the
mean. Both halves take both parts.

*Placebos* cannot decide anything: unknowns that are at work nowhere in the scheme, and
a copy of every candidate with its worlds shuffled. A candidate is named if its contrast
is at least ``LEAST`` and larger than that of every placebo, in both halves. If none is,
nothing single decides.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from experiments.store.dataset import Floats

Bools = NDArray[np.bool_]
Ints = NDArray[np.int64]

LEAST = 0.20
"""Smallest contrast that is named."""
MOST = 3
"""Most deciders that are named."""
LOW, MIDDLE, HIGH = range(3)
"""Groups of an unknown: its thirds."""


class Candidate(NamedTuple):
    """What may decide: worlds in groups.

    Attributes
    ----------
    key : str
        Dotted key.
    groups : array of int, shape (n,)
        The group of each world.
    compared : tuple of int
        The groups that are held against each other.
    """

    key: str
    groups: Ints
    compared: tuple[int, ...]


class Decider(NamedTuple):
    """What decides.

    Attributes
    ----------
    worse, better : int
        The group with the largest share of bad worlds, and with the smallest.
    contrasts : tuple of float
        The contrast in each half, with groups read in the other.
    """

    key: str
    worse: int
    better: int
    contrasts: tuple[float, float]


def halves(n: int) -> tuple[Bools, Bools]:
    """Cut n worlds into two halves, every other world; their order is mixed."""
    first = np.arange(n) % 2 == 0
    return first, ~first


def thirds(key: str, values: Floats) -> Candidate:
    """Cut worlds into thirds of an unknown (n,), as equal as ties let them be."""
    low, high = np.quantile(values, [1 / 3, 2 / 3])
    groups = np.where(values <= low, LOW, np.where(values > high, HIGH, MIDDLE))
    return Candidate(key, groups.astype(np.int64), (LOW, HIGH))


def alternatives(key: str, codes: Ints) -> Candidate:
    """Cut worlds by the alternatives of a structure, given by their codes (n,)."""
    return Candidate(key, codes, tuple(np.unique(codes).tolist()))


def ranking(bad: Bools, candidates: Sequence[Candidate]) -> list[Decider]:
    """Rank what may decide whether a world is bad (n,), by the smaller contrast."""
    everywhere = np.ones(len(bad), bool)
    every = [
        Decider(c.key, *_ends(bad, c, everywhere), _contrasts(bad, c))
        for c in candidates
    ]
    return sorted(every, key=lambda one: -min(one.contrasts))


def bars(
    bad: Bools,
    candidates: Sequence[Candidate],
    inert: Sequence[Candidate],
    rng: np.random.Generator,
) -> tuple[float, float]:
    """Give what a contrast must be above in either half so as to be named.

    ``inert`` are unknowns that are at work nowhere; ``rng`` shuffles the copies.
    """
    shuffled = [c._replace(groups=rng.permutation(c.groups)) for c in candidates]
    of_placebos = [_contrasts(bad, c) for c in (*inert, *shuffled)]
    first, second = np.max(of_placebos, axis=0, initial=LEAST).tolist()
    return first, second


def named(ranked: Sequence[Decider], above: tuple[float, float]) -> list[Decider]:
    """Keep what decides: contrasts above the bars in both halves, a few at most."""
    own = [
        one
        for one in ranked
        if all(x > bar for x, bar in zip(one.contrasts, above, strict=True))
    ]
    return own[:MOST]


def _contrasts(bad: Bools, candidate: Candidate) -> tuple[float, float]:
    """Take the contrast in each half, with the groups read in the other."""
    one, other = halves(len(bad))
    return _contrast(bad, candidate, other, one), _contrast(bad, candidate, one, other)


def _contrast(bad: Bools, candidate: Candidate, read: Bools, fresh: Bools) -> float:
    worse, better = _ends(bad, candidate, read)
    shares = _shares(bad, candidate, fresh)
    return shares[worse] - shares[better]


def _ends(bad: Bools, candidate: Candidate, half: Bools) -> tuple[int, int]:
    """Find the groups with the largest and the smallest share of bad worlds."""
    shares = _shares(bad, candidate, half)
    return max(shares, key=shares.__getitem__), min(shares, key=shares.__getitem__)


def _shares(bad: Bools, candidate: Candidate, half: Bools) -> dict[int, float]:
    """Give the share of bad worlds of each group; an empty one has that of all."""
    overall = float(bad[half].mean()) if half.any() else 0.0
    shares = {}
    for group in candidate.compared:
        inside = half & (candidate.groups == group)
        shares[group] = float(bad[inside].mean()) if inside.any() else overall
    return shares
