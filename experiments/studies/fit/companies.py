"""The worlds of a bank's companies: what is assumed before a panel is looked at.

Companies live in the plausible worlds that come with the lab, one after the other, so
that rules of choice and laws of rework come in equal numbers and voluntary use is as it
is known to be. Each has people and luck of its own, and strengths of incentives drawn
anew, as far as voluntary use does not depend on them. Companies of one world are a
*family*: what is learnt from some of them is never tested on the others.
"""

from collections.abc import Sequence

import numpy as np

from experiments.store.dataset import Floats
from experiments.words.structures import LAWS, RULES
from experiments.worlds.search import other_strengths
from experiments.worlds.shipped import Worlds
from experiments.worlds.world import World
from model.workforce import Ints


def companies(worlds: Worlds, draws: int, seed: int) -> list[World]:
    """Draw the worlds of so many companies; their numbers are their luck."""
    strengths = other_strengths(draws, seed)
    return [
        _company(number, worlds[number % len(worlds)], strengths[number])
        for number in range(draws)
    ]


def _company(number: int, world: World, strengths: dict[str, float]) -> World:
    return world._replace(number=number, values={**world.values, **strengths})


def families(worlds: int, draws: int) -> Ints:
    """Give the family of each company, (draws,)."""
    return np.arange(draws, dtype=np.int64) % worlds


def column(drawn: Sequence[World], key: str) -> Floats:
    """Give the values of an unknown in all companies, a structure by its code."""
    if key == RULES.key:
        return np.array([float(world.rule) for world in drawn])
    if key == LAWS.key:
        return np.array([float(world.law) for world in drawn])
    return np.array([world.values[key] for world in drawn])
