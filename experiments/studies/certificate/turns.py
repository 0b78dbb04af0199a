"""The turn test: change one value in the bad worlds, and run both arms again.

Statistics say which worlds are bad together with what. The model can do more: it takes
a world in which a scheme does badly, sets one unknown to its good end, leaves all else
and all luck as they are, and looks. A placebo, the unknown that decides least of all at
work, is changed in the same way: what it turns is turned by luck.
"""

from collections.abc import Sequence
from typing import NamedTuple

from experiments.designs.factors import declared
from experiments.statistics.decides import HIGH, LOW, Decider
from experiments.studies.certificate.arms import Arms
from experiments.studies.certificate.deciding import Deciding
from experiments.words.structures import LAWS, RULES
from experiments.worlds.world import World
from model.peers import Law
from model.people import Rule

MOST = 3
"""Unknowns that are changed, besides the placebo."""


class Turned(NamedTuple):
    """Bad worlds with one value changed.

    Attributes
    ----------
    key : str
        What was changed, and ``to`` which value.
    is_placebo : bool
        Whether it is what decides least.
    after : list of float
        Effects in these worlds now [%], in their order.
    plausible : list of bool
        Whether voluntary use there is still as it is known to be.
    """

    key: str
    to: float
    is_placebo: bool
    after: list[float]
    plausible: list[bool]


def turn(found: Deciding, bad: Sequence[World], arms: Arms) -> list[Turned]:
    """Change what ranks first, one at a time, and the placebo, in bad worlds."""
    if not bad:
        return []
    placebo = [one for one in found.ranked if one.key in declared()][-1]
    turned = []
    for decider in (*found.ranked[:MOST], placebo):
        to = good_end(decider)
        there = arms.lived([with_value(world, decider.key, to) for world in bad])
        turned.append(
            Turned(
                decider.key,
                to,
                decider is placebo,
                there.effects.tolist(),
                there.plausible.tolist(),
            )
        )
    return turned


def good_end(decider: Decider) -> float:
    """Give the end of the span, or the alternative, with the fewest bad worlds."""
    if decider.key in (RULES.key, LAWS.key):
        return float(decider.better)
    low, high = declared()[decider.key].span
    return float({LOW: low, HIGH: high}[decider.better])


def with_value(world: World, key: str, value: float) -> World:
    """Change one value, or the structure, of a world."""
    if key == RULES.key:
        return world._replace(rule=Rule(int(value)))
    if key == LAWS.key:
        return world._replace(law=Law(int(value)))
    return world._replace(values={**world.values, key: value})
