"""The least favourable world: a search for the worst that is still plausible.

The search begins with the worst worlds of the list and moves all unknowns at once; each
keeps its structure. A world in which voluntary use is not as it is known to be is no
candidate, however bad. A search flatters itself: what it finds is bad by luck, too. So
it is run again with other luck, and so are worlds near it. It warns, and forecasts
nothing.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from experiments.statistics.evolution import evolve
from experiments.store.dataset import Floats
from experiments.studies.certificate.arms import Arms
from experiments.studies.certificate.cube import moved, point
from experiments.studies.certificate.deciding import rng_of
from experiments.worlds.world import World

MEMBERS = 40
"""Worlds that the search begins with."""
FRESH = 8
"""Runs of what it finds, with other luck."""
NEIGHBOURS, NEAR = 40, 0.05
"""Worlds near it, and how far each unknown lies off: in shares of its distribution."""
LUCK = 2**31
"""Replicate of all runs of the search; other luck follows. No list goes so far."""


class Least(NamedTuple):
    """The least favourable world that was found.

    Attributes
    ----------
    world : World
        Its structure and values.
    looked_at : int
        Worlds that the search ran.
    start, found : float
        Effect in the worst plausible world to begin with, and in this one, with the
        luck of the search [%].
    fresh, fresh_plausible : list
        Effects in it with other luck, and whether it is plausible there.
    near, near_plausible : list
        Effects in worlds near it, likewise.
    """

    world: World
    looked_at: int
    start: float
    found: float
    fresh: list[float]
    fresh_plausible: list[bool]
    near: list[float]
    near_plausible: list[bool]


def least_favourable(
    worst: Sequence[World], keys: Sequence[str], looks: int, arms: Arms, seed: int
) -> Least | None:
    """Search from the worst worlds, moving the unknowns of these keys.

    About ``looks`` worlds are looked at. None if fewer than three worlds are there to
    begin with, or if none of them is plausible with the luck of the search.
    """
    if len(worst) < 3:
        return None

    def values(points: Floats) -> Floats:
        worlds = moved([w._replace(number=LUCK) for w in worst], keys, points)
        found, held = arms.lived(worlds, only_plausible=True)
        return np.where(held & ~np.isnan(found), found, np.inf)

    first = np.array([point(world, keys) for world in worst])
    start = values(first).min()
    if not np.isfinite(start):
        return None
    generations = max(1, looks // len(worst) - 1)
    members, found = evolve(values, first, generations, rng_of(seed))
    best = int(found.argmin())
    [world] = moved([worst[best]._replace(number=LUCK)], keys, members[[best]])
    fresh = [world._replace(number=LUCK + k) for k in range(1, FRESH + 1)]
    off = rng_of(seed).normal(0.0, NEAR, (NEIGHBOURS, len(keys)))
    others = range(LUCK + FRESH + 1, LUCK + FRESH + 1 + NEIGHBOURS)
    near = moved(
        [world._replace(number=number) for number in others],
        keys,
        np.clip(members[best] + off, 0.0, 1.0),
    )
    of_fresh, of_near = arms.lived(fresh), arms.lived(near)
    return Least(
        world,
        len(worst) * (generations + 2),
        float(start),
        float(found[best]),
        of_fresh.effects.tolist(),
        of_fresh.plausible.tolist(),
        of_near.effects.tolist(),
        of_near.plausible.tolist(),
    )
