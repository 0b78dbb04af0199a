"""Worlds as points of a cube: each unknown by the share of its values below it."""

from collections.abc import Sequence

import numpy as np
from scipy import stats

from experiments.designs.factors import declared, kind_of
from experiments.store.dataset import Floats
from experiments.worlds.unknowns import distribution, six_digits
from experiments.worlds.world import World


def point(world: World, keys: Sequence[str]) -> Floats:
    """Give the shares of these unknowns in a world, shape (d,)."""
    return np.array([share(key, world.values[key]) for key in keys])


def share(key: str, value: float) -> float:
    """Give the share of an unknown's distribution that lies below a value.

    Whole numbers lie in the middle of their own shares.
    """
    own = distribution(declared()[key])
    low, high = own.low, own.high
    if kind_of(key) is int and own.distribution == "uniform":
        return float((value - low + 0.5) / (high - low + 1.0))
    if own.distribution == "log_uniform":
        return float(stats.loguniform(low, high).cdf(value))
    if own.distribution == "triangular":
        mode = (own.shape[0] - low) / (high - low)
        return float(stats.triang(mode, low, high - low).cdf(value))
    return (value - low) / (high - low)


def moved(worlds: Sequence[World], keys: Sequence[str], shares: Floats) -> list[World]:
    """Give worlds the values at these shares (n, d) of these unknowns."""
    columns = [
        distribution(declared()[key]).at_shares(own)
        for key, own in zip(keys, shares.T, strict=True)
    ]
    return [
        world._replace(values={**world.values, **dict(zip(keys, row, strict=True))})
        for world, row in zip(worlds, _written(np.column_stack(columns)), strict=True)
    ]


def _written(values: Floats) -> list[list[float]]:
    """Round values (n, d) as lists of worlds do."""
    return [[six_digits(value) for value in row] for row in values.tolist()]
