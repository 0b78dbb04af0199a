"""Regimes: who lives under the same schemes, and in what order they are gone through.

Groups whose schemes and timelines are equal are one regime: a group is the people under
one scheme, however many names they have. Boards, tables, cuts, targets and shares are
those of a regime.

``order`` (n,) lists the rows of people regime by regime, upwards in each. Those of
regime r who lie in chunk c stand from ``bounds[r, c]`` to ``bounds[r, c + 1]``.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from model.compiled import rule
from model.scenario import Regime, Scenario
from model.workforce import CHUNK, Ints

Bounds = NDArray[np.int64]


class Regimes(NamedTuple):
    """The regimes that anybody lives under, that of everybody else first."""

    schemes: tuple[Regime, ...]
    of_parts: NDArray[np.int64]  # regime of each group, and at last of everybody else
    order: Ints
    bounds: Bounds

    @property
    def people(self) -> NDArray[np.int64]:
        """How many live under each."""
        counts: NDArray[np.int64] = self.bounds[:, -1] - self.bounds[:, 0]
        return counts

    def members(self, regime: int) -> Ints:
        """The rows of those under a regime, upwards."""
        return self.order[self.bounds[regime, 0] : self.bounds[regime, -1]]


def one_regime(schemes: Regime, employees: int) -> Regimes:
    """Everybody under the same schemes."""
    nobody_apart = np.zeros(1, np.int64)
    return _divided([schemes], nobody_apart, np.zeros(employees, np.int64))


def regimes(scenario: Scenario, groups: NDArray[np.int64]) -> Regimes:
    """The regimes of a scenario; ``groups`` (n,) are people's, see ``Scenario.parts``.

    A part without people is given to the first regime.
    """
    of_parts = scenario.regimes
    there = np.bincount(groups, minlength=len(of_parts)) > 0
    lived = [regime for regime, some in zip(of_parts, there, strict=True) if some]
    found = [r for r in dict.fromkeys((scenario.phases, *lived)) if r in lived]
    numbers = np.array([found.index(r) if r in found else 0 for r in of_parts])
    return _divided(found, numbers, numbers[groups])


def _divided(
    schemes: Sequence[Regime],
    of_parts: NDArray[np.int64],
    number: NDArray[np.int64],
) -> Regimes:
    """Put people in order by the number of their regime, shape (n,)."""
    edges = np.append(np.arange(0, len(number), CHUNK), len(number))
    members = [np.flatnonzero(number == k) for k in range(len(schemes))]
    starts = np.cumsum([0, *map(len, members[:-1])])
    bounds = [
        start + np.searchsorted(rows, edges)
        for start, rows in zip(starts, members, strict=True)
    ]
    order = np.concatenate(members)
    return Regimes(tuple(schemes), of_parts, order, np.array(bounds))


@rule
def members_of(regime: int, order: Ints, bounds: Bounds) -> Ints:
    """The rows of those under a regime."""
    return order[bounds[regime, 0] : bounds[regime, -1]]


@rule
def in_chunk(regime: int, chunk: int, order: Ints, bounds: Bounds) -> Ints:
    """The rows of those of them who lie in a chunk."""
    return order[bounds[regime, chunk] : bounds[regime, chunk + 1]]
