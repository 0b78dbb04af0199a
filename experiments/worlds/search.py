"""Find plausible worlds: draw, look at voluntary use, keep what is as it is known.

Every structure is searched on its own, until it has as many worlds as any other: rules
of choice and laws of rework are no draws from anything. Draws are those of a scrambled
Sobol' sequence. No scheme is looked at. Strengths of incentives that are not at work in
voluntary use say nothing about it: they are drawn for the worlds that were found.
"""

import math
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.stats import qmc

from experiments.designs.design import at_work
from experiments.designs.factors import Floats, declared
from experiments.statistics.calibration import RECORD, TARGETS, mean
from experiments.worlds.shipped import PEOPLE, WEEKS
from experiments.worlds.tolerances import estimates, plausible, within
from experiments.worlds.unknowns import (
    BY_DEFINITION,
    STRUCTURES,
    six_digits,
    strengths,
    unknowns,
    values_at,
)
from experiments.worlds.world import World, apply
from model.parameters import Declaration, Shape
from model.scenario import Scenario
from model.simulate import Job, Run, simulate_many
from model.workplace import Workplace

VOLUNTARY = Scenario(organisation=Workplace(employees=PEOPLE), weeks=WEEKS)
BLOCK = 64
"""Worlds drawn at a time; a power of two keeps the sequence balanced."""
MOST = 2**20
"""Worlds that may be drawn under one structure; each has luck of its own."""


USUAL = 0.02
"""Mean effort may differ from the usual one, 1, by so much."""
STEPS = 6
"""Runs in which effort settles, at most."""


class Found(NamedTuple):
    """What the search of one structure found.

    Attributes
    ----------
    tries, passes : int
        Worlds drawn, and how many of them are plausible.
    met : list of int
        How many of them met each target, in the order of ``TARGETS``.
    worlds : list of World
        The first plausible ones; their number is their luck, the replicate of the run.
    estimates : list of list of float
        Values of the targets in each of these.
    """

    tries: int
    passes: int
    met: list[int]
    worlds: list[World]
    estimates: list[list[float]]


def search(
    structure: int,
    wanted: int,
    most: int,
    seed: int,
    *,
    shape: Shape | None = None,
    threads: int = 0,
) -> Found:
    """Search a structure, by its place in ``STRUCTURES``, for plausible worlds.

    Ends with the block of draws in which there are enough, or after ``most`` draws.
    """
    tries, met = 0, np.zeros(len(TARGETS), np.int64)
    found: list[tuple[World, Floats]] = []
    blocks = _drawn(structure, most, seed, shape)
    while len(found) < wanted and (block := next(blocks, None)):
        runs = list(voluntary_use(block, seed, threads))
        values = np.array([estimates(run) for run in runs])
        tries, met = tries + len(block), met + within(values).sum(axis=0)
        near = [
            (world, run)
            for world, run, own in zip(block, runs, values, strict=True)
            if plausible(own)
        ]
        usual = filter(None, settled(near, seed, threads))
        told = ((world, estimates(run)) for world, run in usual)
        found += [(world, own) for world, own in told if plausible(own)]
    kept = found[:wanted]
    return Found(
        tries,
        len(found),
        met.tolist(),
        [world for world, _ in kept],
        [own.tolist() for _, own in kept],
    )


def voluntary_use(worlds: Sequence[World], seed: int, threads: int) -> Iterator[Run]:
    """Let the voluntary organisation live in worlds, with the luck of their numbers."""
    jobs = (Job(apply(VOLUNTARY, world), seed, world.number) for world in worlds)
    return simulate_many(jobs, threads, RECORD)


def settled(
    pairs: Sequence[tuple[World, Run]], seed: int, threads: int
) -> list[tuple[World, Run] | None]:
    """Make effort the usual one in worlds, given with a run in each; run them again.

    Work that waits moves effort, and effort that: a few steps are needed. None stands
    for a world in which they do not settle.
    """
    done: list[tuple[World, Run] | None] = [None] * len(pairs)
    moving = dict(enumerate(pairs))
    for _ in range(STEPS):
        for place, (world, run) in tuple(moving.items()):
            if abs(mean(run, "effort") - 1.0) <= USUAL:
                done[place] = (world, run)
                del moving[place]
        moved = [with_usual_effort(*pair) for pair in moving.values()]
        runs = voluntary_use(moved, seed, threads)
        moving = dict(zip(moving, zip(moved, runs, strict=True), strict=True))
    return done


def with_usual_effort(world: World, run: Run) -> World:
    """Make effort the usual one in voluntary use, as it is by definition.

    Effort is (m / m-bar)^eta, so that m-bar follows from its mean in a run.
    """
    effort, eta = mean(run, "effort"), world.values["people.effort"]
    low, high = declared()[BY_DEFINITION].span
    usual = world.values[BY_DEFINITION] * math.exp(math.log(effort) / eta)
    usual = six_digits(min(max(usual, low), high))
    return world._replace(values={**world.values, BY_DEFINITION: usual})


def _drawn(
    structure: int, most: int, seed: int, shape: Shape | None
) -> Iterator[list[World]]:
    """Draw worlds of a structure, block by block."""
    rule, law = STRUCTURES[structure]
    rows = searched()
    keys = [row.key for row in rows]
    sequence = qmc.Sobol(len(keys), rng=np.random.default_rng([seed, structure]))
    for first in range(0, most, BLOCK):
        values = values_at(rows, sequence.random(BLOCK), shape)[: most - first]
        numbers = range(structure * MOST + first, structure * MOST + most)
        yield [
            World(number, rule, law, _with_reference(dict(zip(keys, row, strict=True))))
            for number, row in zip(numbers, values.tolist(), strict=False)
        ]


def _with_reference(values: dict[str, float]) -> dict[str, float]:
    """Add a first guess of m-bar: the worth of own output and a part of the stake.

    As large a part as where everything is as declared.
    """
    default = {key: row.default for key, row in declared().items()}
    own, stake = "people.own_value", "review.stake"
    part = (default[BY_DEFINITION] - default[own]) / default[stake]
    return {**values, BY_DEFINITION: six_digits(values[own] + part * values[stake])}


def searched() -> list[Declaration]:
    """List the numbers on which voluntary use depends."""
    own = [row for row in strengths() if _works(row.key)]
    return [*unknowns(), *own]


def _works(key: str) -> bool:
    group, field = key.split(".")
    part = getattr(VOLUNTARY, group)
    return at_work(part) and getattr(part, field) != 0.0


def other_strengths(
    worlds: int, seed: int, shape: Shape | None = None
) -> list[dict[str, float]]:
    """Draw the strengths on which voluntary use does not depend, for so many worlds."""
    rows = [row for row in strengths() if not _works(row.key)]
    draws = np.random.default_rng([seed, len(STRUCTURES) + 1])
    sequence = qmc.Sobol(len(rows), rng=draws)
    shares = sequence.random(2 ** math.ceil(math.log2(max(worlds, 1))))[:worlds]
    values = values_at(rows, shares, shape).tolist()
    return [dict(zip((r.key for r in rows), row, strict=True)) for row in values]


def mixed(structures: Sequence[int], seed: int) -> NDArray[np.int64]:
    """Order worlds, given by their structures, so that any first few are fair.

    One world of every structure follows after the other, in an order drawn anew each
    time.
    """
    draws = np.random.default_rng([seed, len(STRUCTURES)])
    seen: dict[int, int] = {}
    turns = []
    for structure in structures:
        seen[structure] = seen.get(structure, 0) + 1
        turns.append((seen[structure], draws.random()))
    order = sorted(range(len(turns)), key=turns.__getitem__)
    return np.array(order, np.int64)
