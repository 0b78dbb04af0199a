"""In how many plausible worlds real output falls, hardly moves or rises.

Named schemes as published come with their worlds (``app/shipped.py``). Any other pair
is run in fewer worlds, once in each, after its comparison.
"""

from collections.abc import AsyncGenerator
from contextlib import aclosing
from dataclasses import dataclass

import numpy as np

from app import shipped
from app.memory import Memory
from app.work import WORKSHOP
from experiments.designs.pair import ONE_CROWD, Pair, Side, named
from experiments.statistics.worlds import InWorlds, in_worlds, percents
from experiments.words.structures import STRUCTURES
from experiments.worlds.runs import horizon, job, mean_of, sized
from experiments.worlds.shipped import load
from model.workforce import Floats, Ints

WORLDS = 40
"""Plausible worlds in which a pair is run that is no named one: two a structure."""
PIECE = 4
"""Worlds after which the page is drawn again."""
KEPT = 24


@dataclass(frozen=True, eq=False)
class Certificate:
    """The effect of the second scheme on real output over plausible worlds.

    Attributes
    ----------
    effects : array, shape (n,)
        In % of the output under the first scheme in that world.
    rules, laws : array of int, shape (n,)
        The structure of each world.
    of : int
        How many worlds are looked at; more than n while runs are under way.
    is_shipped : bool
        Whether it was computed ahead.
    """

    pair: Pair
    effects: Floats
    rules: Ints
    laws: Ints
    of: int
    is_shipped: bool

    @property
    def is_whole(self) -> bool:
        """Whether no more worlds are under way."""
        return len(self.effects) == self.of

    def rows(self) -> list[InWorlds]:
        """Count classes over all worlds, and by each structure that worlds draw.

        Empty if no effect is known. A structure that the pair itself says is the same
        in all worlds, so that there is no row by it.
        """
        label = self.pair.labels[1]
        said = {key for key, _ in self.pair.shared}
        fixed = {of.short for of in STRUCTURES if of.key in said}
        found = in_worlds({label: self.effects}, self.rules, self.laws)
        return [row for row in found if row.among not in fixed]


def published(pair: Pair) -> bool:
    """Check whether two named schemes are compared as they were published."""
    is_named = all(not (s.changes or s.groups) for s in (pair.first, pair.second))
    return is_named and not (
        pair.shared or pair.releases or pair.workforce != ONE_CROWD
    )


def known(pair: Pair) -> Certificate | None:
    """Return what was computed ahead or before; None if it has to be computed."""
    if published(pair) and shipped.is_current():
        return _shipped(pair)
    return MEMORY.get(pair)


def _shipped(pair: Pair) -> Certificate:
    listed = load()
    weeks = horizon(named()[pair.second.scheme])
    first, second = (shipped.outputs()[s.scheme, weeks] for s in _sides(pair))
    effects = percents(second, first)
    count = len(effects)
    return Certificate(
        pair,
        effects,
        listed.rules[:count],
        listed.laws[:count],
        count,
        is_shipped=True,
    )


def _sides(pair: Pair) -> tuple[Side, Side]:
    return pair.first, pair.second


MEMORY: Memory[Pair, Certificate] = Memory(KEPT)
"""The latest certificates that were computed, whoever asked for them."""


async def computed(pair: Pair, visitor: str) -> AsyncGenerator[Certificate, None]:
    """Run both sides in plausible worlds, and yield what the worlds so far say.

    Iterate within ``aclosing`` if you may stop early. Raises ``UserError`` for more
    work than is allowed.
    """
    worlds = load().first(WORLDS)
    weeks = horizon(pair.scenario(pair.second))
    scenarios = [sized(pair.scenario(side), weeks) for side in _sides(pair)]
    jobs = [
        job(scenario, world, shipped.SEED) for world in worlds for scenario in scenarios
    ]
    output = np.full((len(worlds), 2), np.nan)
    results = WORKSHOP.results(jobs, visitor)
    done = 0
    async with aclosing(results):
        async for number, run in results:
            output[divmod(number, 2)] = mean_of(run, "output")
            done += 1
            if done % (2 * PIECE) == 0 or done == len(jobs):
                there = ~np.isnan(output).any(axis=1)
                found = Certificate(
                    pair,
                    percents(output[there, 1], output[there, 0]),
                    np.array([world.rule for world in worlds])[there],
                    np.array([world.law for world in worlds])[there],
                    len(worlds),
                    is_shipped=False,
                )
                if done == len(jobs):
                    MEMORY.put(pair, found)
                yield found
