"""How often the rule of ``stopping.py`` keeps its promise, where the mean is known.

A study is a row of standardised differences: mean 0, standard deviation 1. Its *size*
is the number of replicates needed to be within h of the mean in 95 % of studies if the
variance were known, (z / h)^2; so h = z / sqrt(size).
"""

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

import numpy as np
from scipy.special import ndtri, stdtrit

from experiments.statistics.power import CONFIDENCE
from experiments.statistics.stopping import onwards
from experiments.store.dataset import Floats
from experiments.store.table import Table

Rng = np.random.Generator
Draw = Callable[[Rng, tuple[int, int]], Floats]

Z = float(ndtri(0.5 + CONFIDENCE / 2))
MOST = 1600
"""Replicates at which every study ends."""
AT_ONCE = 4000
"""Studies simulated in one step: some 100 MB."""
NAIVE = 3
"""Replicates at which the naive rule first checks."""


def normal(rng: Rng, shape: tuple[int, int]) -> Floats:
    """Draw normal differences."""
    return rng.normal(size=shape)


def heavy(rng: Rng, shape: tuple[int, int]) -> Floats:
    """Draw from Student's t with 4 degrees of freedom."""
    values: Floats = rng.standard_t(4, size=shape) / 2**0.5
    return values


def lognormal(rng: Rng, shape: tuple[int, int], deviation: float = 0.5) -> Floats:
    """Draw lognormal differences; a deviation of 0.5 makes a skewness of 1.75."""
    values = rng.lognormal(0.0, deviation, size=shape)
    mean, square = np.exp(deviation**2 / 2.0), np.exp(deviation**2)
    scaled: Floats = (values - mean) / (mean * (square - 1.0) ** 0.5)
    return scaled


def mixture(rng: Rng, shape: tuple[int, int]) -> Floats:
    """Draw a mixture: a tenth has mean 3 and twice the sd; skewness 1.3."""
    rare = rng.random(shape) < 0.1
    values = np.where(rare, 3.0 + 2.0 * rng.normal(size=shape), rng.normal(size=shape))
    scaled: Floats = (values - 0.3) / (0.9 * 1.0 + 0.1 * 13.0 - 0.09) ** 0.5
    return scaled


def resampled(pool: Floats) -> Draw:
    """Make a draw from a pool (n,) of differences of a model, with replacement."""
    scaled: Floats = (pool - pool.mean()) / pool.std()
    return lambda rng, shape: scaled[rng.integers(len(scaled), size=shape)]


class Coverage(NamedTuple):
    """Results of many simulated studies.

    Attributes
    ----------
    group : str
        Name of the group of studies.
    first : int
        Replicates of the first stage.
    size : int
        Replicates needed if the variance were known.
    kept : float
        Studies that keep the promise, %: within h or, if the first stage was enough,
        within Student's interval.
    printed : float
        Studies whose printed interval, Student's, covers the mean, %.
    cost : float
        Mean of replicates over ``size``, of studies that grew; NaN if none did.
    capped : float
        Studies that ended at ``MOST``, %.
    """

    group: str
    differences: str
    first: int
    size: int
    kept: float
    printed: float
    cost: float
    capped: float


COVERAGE = Table(
    "coverage.csv",
    Coverage,
    "many simulated studies by group, kind of differences, first stage and size",
    {
        "group": ("", "which studies belong together"),
        "differences": ("", "how differences are distributed"),
        "first": ("replicates", "in the first stage"),
        "size": ("replicates", "that a known variance would take"),
        "kept": ("%", "studies that keep what is promised"),
        "printed": ("%", "studies whose printed interval covers the mean"),
        "cost": ("", "mean replicates over size, of studies that grew; nan: none did"),
        "capped": ("%", "studies that ended at the largest number of replicates"),
    },
)


def coverage(
    group: str,
    name: str,
    draw: Draw,
    firsts: Sequence[int],
    sizes: Sequence[int],
    studies: int,
    seed: int,
) -> Iterator[Coverage]:
    """Simulate studies for each first stage and size; all see the same differences."""
    rng = np.random.default_rng(seed)
    ended: dict[tuple[int, int], list[Floats]] = {}
    for begun in range(0, studies, AT_ONCE):
        seen = growing(draw(rng, (min(AT_ONCE, studies - begun), MOST)))
        for first in firsts:
            for size in sizes:
                ends = stopped(seen, first, Z / size**0.5)
                ended.setdefault((first, size), []).append(np.array(ends))
    for (first, size), chunks in ended.items():
        n, mean, half = np.concatenate(chunks, axis=1)
        grew = n > first
        stated = np.where(grew, Z / size**0.5, half)
        yield Coverage(
            group,
            name,
            first,
            size,
            kept=100.0 * float((np.abs(mean) <= stated).mean()),
            printed=100.0 * float((np.abs(mean) <= half).mean()),
            cost=float(n[grew].mean() / size) if grew.any() else float("nan"),
            capped=100.0 * float((n >= MOST).mean()),
        )


class Growing(NamedTuple):
    """Sums over the replicates so far, after each replicate, (S, MOST) each."""

    sums: Floats
    squares: Floats


def growing(values: Floats) -> Growing:
    """Add up differences (S, MOST) and their squares, replicate by replicate."""
    return Growing(np.cumsum(values, axis=1), np.cumsum(values**2, axis=1))


def stopped(
    seen: Growing, first: int, halfwidth: float
) -> tuple[Floats, Floats, Floats]:
    """Stop studies by the rule; replicates, means and t half-widths, (S,) each."""
    rows = np.arange(len(seen.sums))
    n = np.full(len(rows), first)
    while True:
        mean = seen.sums[rows, n - 1] / n
        deviation = np.sqrt((seen.squares[rows, n - 1] - n * mean**2) / (n - 1))
        more = np.minimum(onwards(n, deviation, halfwidth), MOST)
        if (more == n).all():
            quantile = stdtrit(n - 1, 0.5 + CONFIDENCE / 2)
            return n, mean, quantile * deviation / np.sqrt(n)
        n = more


def naive(
    group: str, name: str, draw: Draw, size: int, studies: int, seed: int
) -> Coverage:
    """Simulate a rule that checks after every replicate, with the normal quantile."""
    rng = np.random.default_rng(seed)
    covered, taken = [], []
    counts = np.arange(1, MOST + 1)
    for begun in range(0, studies, AT_ONCE):
        seen = growing(draw(rng, (min(AT_ONCE, studies - begun), MOST)))
        means = seen.sums / counts
        spread = seen.squares - counts * means**2
        later = slice(NAIVE - 1, None)
        ends = Z * np.sqrt(spread[:, later] / (counts[later] - 1) / counts[later])
        is_narrow = ends <= Z / size**0.5
        at = np.where(is_narrow.any(axis=1), is_narrow.argmax(axis=1), MOST - NAIVE)
        rows = np.arange(len(means))
        covered.append(np.abs(means[rows, at + NAIVE - 1]) <= ends[rows, at])
        taken.append(at + NAIVE)
    kept, n = 100.0 * float(np.concatenate(covered).mean()), np.concatenate(taken)
    capped = 100.0 * float((n >= MOST).mean())
    cost = float(n.mean() / size)
    return Coverage(group, name, NAIVE, size, kept, kept, cost, capped)
