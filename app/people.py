"""Who gains and who loses under the second scheme of a pair, person by person.

The same person with the same luck lives under both schemes; see
``experiments.statistics.accounts``, whose rows of groups these are.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from experiments.designs.design import Design
from experiments.statistics.accounts import (
    Accounts,
    WorseOff,
    asked,
    gains,
    groups,
    roles,
)
from experiments.store import dataset
from experiments.store.dataset import MEANS, Accounted
from experiments.words.groups import Group
from model.simulate import Run
from model.workforce import Floats, Ints

OF_A_WEEK = {"output": 10.0, "welfare": 100.0, "reward": 100.0}
"""What makes of each outcome % of a week of ten half-days of average manual work.

Output is in half-days a week, the others are in half-days per half-day.
"""
MUCH = 2.0
"""% of a week from which a gain or a loss is more than a little."""


class Spread(NamedTuple):
    """Shares of people by how much they lose or gain; the five add up to 1."""

    loses_much: float
    loses: float
    same: float
    gains: float
    gains_much: float


@dataclass(frozen=True, eq=False)
class Staff:
    """People of the first replicate who lived the same weeks under both schemes.

    Attributes
    ----------
    slots : array of int, shape (n,)
        Their numbers in the organisation.
    moves : dict
        Change of each outcome, (n,), in % of a week.
    groups : dict
        Who is in each group, (n,) of bool; none without people.
    """

    slots: Ints
    moves: Mapping[str, Floats]
    groups: Mapping[Group, NDArray[np.bool_]]


@dataclass(frozen=True, eq=False)
class Fates:
    """Who gains and who loses.

    Attributes
    ----------
    rows : tuple of WorseOff
        By group and outcome, as in ``worse_off.csv``; everybody's welfare comes first.
    spreads : dict
        By group and outcome, means over replicates; none of a group without people.
    staff : Staff or None
        None if nobody of the first replicate can be compared.
    """

    rows: tuple[WorseOff, ...]
    spreads: Mapping[tuple[Group, str], Spread]
    staff: Staff | None

    @property
    def overall(self) -> WorseOff:
        """How many of everybody are worse off."""
        return self.rows[0]


def fates(design: Design, runs: Sequence[Run]) -> Fates:
    """Compare the people of both schemes of a design, the baseline first.

    ``runs`` are in the order of the design.
    """
    first, second = design.schemes
    told: dict[str, dict[int, Accounted]] = {first: {}, second: {}}
    for plan, run in zip(design.runs, runs, strict=True):
        told[plan.scheme][plan.replicate] = dataset.account(run)
    plan = design.runs[0]
    rows = dataset.people_of(
        plan, design.schemes[plan.scheme], told[plan.scheme][plan.replicate]
    )
    mix = roles(rows)
    return Fates(
        tuple(gains(told, mix, (second,), first)), *_persons(told, mix, second, first)
    )


def _persons(
    told: Accounts, mix: NDArray[np.str_], scheme: str, baseline: str
) -> tuple[Mapping[tuple[Group, str], Spread], Staff | None]:
    """Spread the changes of people by group, and keep those of the first replicate."""
    shares: dict[tuple[Group, str], list[Spread]] = {}
    staff = None
    for replicate, after, before, slots in asked(told, scheme, baseline):
        moves = {x: OF_A_WEEK[x] * (after[x] - before[x]) for x in MEANS}
        found = groups(before, mix[slots])
        members = {group: is_in for group, is_in in found.items() if is_in.any()}
        for group, is_in in members.items():
            for outcome, move in moves.items():
                own = shares.setdefault((group, outcome), [])
                own.append(spread(move[is_in]))
        if replicate == 0:
            staff = Staff(slots, moves, members)
    means = {key: Spread(*np.mean(own, axis=0).tolist()) for key, own in shares.items()}
    return means, staff


def spread(moves: Floats) -> Spread:
    """Count changes (n,) in % of a week by their size."""
    return Spread(
        float((moves < -MUCH).mean()),
        float(((moves >= -MUCH) & (moves < 0.0)).mean()),
        float((moves == 0.0).mean()),
        float(((moves > 0.0) & (moves <= MUCH)).mean()),
        float((moves > MUCH).mean()),
    )
