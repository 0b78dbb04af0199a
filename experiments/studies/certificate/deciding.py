"""What decides how a scheme does: which worlds count as bad, and what parts them."""

from collections.abc import Sequence
from typing import Literal, NamedTuple

import numpy as np

from experiments.statistics.decides import (
    Bools,
    Candidate,
    Decider,
    alternatives,
    bars,
    named,
    ranking,
    thirds,
)
from experiments.statistics.worlds import CLEAR, classes
from experiments.store.dataset import Floats
from experiments.words.structures import LAWS, RULES
from experiments.worlds.shipped import Worlds

Side = Literal["falls", "rises"]
"""What output clearly does in the worlds that are held against the others."""
SHUFFLED = 0x73687566 << 64
"""Upper half of the key of the draws that shuffle; the seed is the lower one."""


class Deciding(NamedTuple):
    """What decides.

    Attributes
    ----------
    side : str
        The clear class that splits the worlds more evenly. A world is bad if output
        clearly falls; for ``rises``, if it does not clearly rise.
    bad : array of bool, shape (n,)
        Bad worlds.
    ranked : list of Decider
        Every unknown at work and every structure, the most decisive first.
    above : tuple of float
        Contrasts that placebos reach, in either half.
    deciders : list of Decider
        Those that are named.
    """

    side: Side
    bad: Bools
    ranked: list[Decider]
    above: tuple[float, float]
    deciders: list[Decider]


def rng_of(seed: int) -> np.random.Generator:
    """Make the generator that shuffles worlds and deals folds."""
    return np.random.Generator(np.random.Philox(key=SHUFFLED + seed))


def side_of(effects: Floats) -> Side:
    """Choose the clear class whose share is nearer to a half; falls if both are."""
    found = classes(effects)
    falls, rises = (
        abs(count / found.worlds - 0.5) for count in (found.falls, found.rises)
    )
    return "falls" if falls <= rises else "rises"


def is_bad(effects: Floats, side: Side) -> Bools:
    """Tell in which worlds (n,) a scheme does badly."""
    bad: Bools = effects < -CLEAR if side == "falls" else effects <= CLEAR
    return bad


def candidates(worlds: Worlds, keys: Sequence[str], count: int) -> list[Candidate]:
    """Make candidates of unknowns and of both structures, in the first few worlds."""
    every = [thirds(key, column(worlds, key)[:count]) for key in keys]
    return [
        *every,
        alternatives(RULES.key, worlds.rules[:count]),
        alternatives(LAWS.key, worlds.laws[:count]),
    ]


def column(worlds: Worlds, key: str) -> Floats:
    """Give the values of an unknown in all worlds, shape (n,)."""
    values: Floats = worlds.values[:, worlds.keys.index(key)]
    return values


def deciding(
    effects: Floats,
    worlds: Worlds,
    keys: Sequence[str],
    inert: Sequence[str],
    seed: int,
) -> Deciding:
    """Find what decides effects (n,) in the first n worlds.

    ``keys`` are unknowns at work, ``inert`` those that are not.
    """
    side = side_of(effects)
    bad = is_bad(effects, side)
    own = candidates(worlds, keys, len(effects))
    placebos = [thirds(key, column(worlds, key)[: len(effects)]) for key in inert]
    ranked = ranking(bad, own)
    above = bars(bad, own, placebos, rng_of(seed))
    return Deciding(side, bad, ranked, above, named(ranked, above))
