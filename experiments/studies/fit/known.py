"""A bank with the truth about its companies."""

from collections.abc import Sequence
from typing import NamedTuple

from experiments.studies.fit.bank import Bank
from experiments.studies.fit.targets import Target
from experiments.worlds.shipped import Worlds
from experiments.worlds.world import World


class Known(NamedTuple):
    """A bank, the worlds of its companies, and what is asked.

    Attributes
    ----------
    drawn : sequence of World
        World of every company.
    worlds : Worlds
        The list that these are made of.
    """

    bank: Bank
    drawn: Sequence[World]
    asked: Sequence[Target]
    worlds: Worlds
    seed: int
