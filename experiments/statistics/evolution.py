"""Differential evolution: the lowest value of a function over the unit cube.

Storn and Price 1997, J. Glob. Optim. 11, 341-359 (to be checked), scheme best/1/bin: a
trial for each member is the best member plus a random part of the difference of two
others, in most coordinates; it takes the member's place if its value is lower. A
constraint is hard: a value of infinity never takes a place. SciPy has the method, but
no members that keep something of their own beside the coordinates, as worlds keep their
structure.
"""

from collections.abc import Callable

import numpy as np

from experiments.store.dataset import Floats

CROSSED = 0.7
"""Part of the coordinates that a trial takes from the difference."""
PART = (0.5, 1.0)
"""Ends of the part of the difference, drawn anew for each generation."""


def evolve(
    value: Callable[[Floats], Floats],
    start: Floats,
    generations: int,
    rng: np.random.Generator,
) -> tuple[Floats, Floats]:
    """Lower the values (n,) of members (n, d); return both after so many generations.

    ``value`` takes all members, or a trial for each, in their order. Needs three
    members or more.
    """
    members = start.copy()
    values = value(members)
    for _ in range(generations):
        trials = _trials(members, members[values.argmin()], rng)
        found = value(trials)
        is_lower = found < values
        members = np.where(is_lower[:, None], trials, members)
        values = np.where(is_lower, found, values)
    return members, values


def _trials(members: Floats, best: Floats, rng: np.random.Generator) -> Floats:
    n, d = members.shape
    # Two others of each member: shifts of its number by different steps.
    steps = 1 + np.array([rng.choice(n - 1, 2, replace=False) for _ in range(n)])
    one, other = members[(np.arange(n)[:, None] + steps).T % n]
    mutants = best + rng.uniform(*PART) * (one - other)
    # Beyond the cube: half-way from the best member to the face.
    mutants = np.where(mutants < 0.0, best / 2.0, mutants)
    mutants = np.where(mutants > 1.0, (best + 1.0) / 2.0, mutants)
    crossed = rng.random((n, d)) < CROSSED
    crossed[np.arange(n), rng.integers(d, size=n)] = True
    return np.where(crossed, mutants, members)
