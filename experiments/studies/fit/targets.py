"""What is asked of a panel: the answers, and the unknowns that a panel can tell of."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from experiments.designs.design import at_work
from experiments.designs.factors import declared
from experiments.store.dataset import Floats
from experiments.studies.fit.bank import DIFFERENCES, Bank
from experiments.studies.fit.companies import column
from experiments.studies.fit.design import GO_ON, Design
from experiments.words.structures import LAWS, RULES
from experiments.worlds.unknowns import strengths
from experiments.worlds.world import World

UNKNOWNS = (
    *("people.intensity", "people.intensity_sd", "people.padding_intensity"),
    *("people.choice_noise", "people.reluctance_mean", "people.reluctance_sd"),
    *("people.belief_mean", "people.never_gamers", "people.cramming"),
    *("technology.token_noise", "review.stake"),
)
"""Unknowns of which use can tell something (docs/fit.md)."""
WITH_OUTPUT = ("people.skill_sd", "technology.observation_noise", "technology.gain")
"""Those of which output can, besides."""
PADDED, IDLE = "padded share of tokens", "padded share of half-days"


class Target(NamedTuple):
    """Something asked.

    Attributes
    ----------
    scheme : str
        The scheme that a difference is about; ``go on`` for the scheme in force, which
        is held against what was before it. Empty for what is no difference.
    what : str
        What is asked: a share, a difference, or the key of an unknown.
    unit : str
        Its unit.
    is_unknown : bool
        Whether it is a number of the model.
    """

    scheme: str
    what: str
    unit: str
    is_unknown: bool = False


def targets(design: Design, with_output: bool) -> list[Target]:
    """List all that is asked, in the order of the columns of ``values``."""
    named = [GO_ON] if design.has_scheme else []
    answers = [
        Target(scheme, what, "%")
        for scheme in (*named, *design.others)
        for what in DIFFERENCES
    ]
    more = WITH_OUTPUT if with_output else ()
    return [
        Target("", PADDED, "%"),
        Target("", IDLE, "%"),
        *answers,
        *(Target("", k, declared()[k].unit, True) for k in (*UNKNOWNS, *own(design))),
        *(Target("", key, declared()[key].unit, True) for key in more),
    ]


def own(design: Design) -> list[str]:
    """List the strengths that are at work in the scheme in force."""
    scheme = design.in_force
    rows = [row.key for row in strengths() if row.key not in UNKNOWNS]
    return [
        key
        for key in rows
        for part, field in [key.split(".")]
        if at_work(getattr(scheme, part)) and getattr(getattr(scheme, part), field)
    ]


def values(bank: Bank, drawn: Sequence[World], asked: Sequence[Target]) -> Floats:
    """Give the truth about all that is asked for every panel of the bank, (n, m)."""
    unknown = [
        column(drawn, target.what)[bank.company]
        for target in asked
        if target.is_unknown
    ]
    return np.column_stack([bank.padded, bank.answers, *unknown])


def structures(bank: Bank, drawn: Sequence[World]) -> Floats:
    """Tell the rule of choice and law of rework of every panel by 0 or 1, (n, 9)."""
    codes = [
        (column(drawn, structure.key)[bank.company], sorted(structure.names))
        for structure in (RULES, LAWS)
    ]
    return np.column_stack([values == code for values, each in codes for code in each])
