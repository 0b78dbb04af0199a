"""Tables of shares: world by world, by structure, and by other priors."""

from typing import NamedTuple

import numpy as np

from experiments.statistics.worlds import IN_WORLDS, classes, in_worlds
from experiments.store.dataset import Floats
from experiments.store.table import Table, TableRows
from experiments.studies.certificate.subject import Certificate
from experiments.words.structures import LAWS, RULES
from experiments.worlds.tolerances import within


class WorldEffect(NamedTuple):
    """The effect of the scheme on output in one world: a row of world_effects.csv."""

    scheme: str
    world: int
    rule: str
    law: str
    middle: bool
    percent: float | None


WORLD_EFFECTS = Table(
    "world_effects.csv",
    WorldEffect,
    "the effect of the scheme on whole-run output in one plausible world",
    {
        "world": ("", "number of the world in configs/worlds"),
        "rule": ("", "rule of choice"),
        "law": ("", "law of rework"),
        "middle": ("", "whether it is plausible by the middle tolerances, too"),
        "percent": ("%", "effect in % of the baseline's output there"),
    },
)


class Prior(NamedTuple):
    """Shares of worlds by one prior: a row of priors.csv."""

    scheme: str
    shape: str
    tolerance: str
    worlds: int
    falls: float
    falls_low: float
    falls_high: float
    rises: float
    rises_low: float
    rises_high: float
    middle: float
    worst: float


FITTED = "fitted"
"""Shape of worlds that a company's own panel speaks for."""
PRIORS = Table(
    "priors.csv",
    Prior,
    "the effect of the scheme over worlds of other priors",
    {
        "shape": (
            "",
            "declared; uniform: all numbers even over their spans; fitted: what a "
            "panel speaks for",
        ),
        "tolerance": ("", "wide, or middle: how near voluntary use is to its targets"),
        "worlds": ("worlds", "with a known effect"),
        **{name: IN_WORLDS.meanings[name] for name in Prior._fields[4:]},
    },
)


def of_shares(subject: Certificate, own: Floats, even: Floats) -> TableRows:
    """Tabulate effects world by world, by structure, and by other priors."""
    worlds, n = subject.worlds, len(own)
    rules, laws = worlds.rules[:n], worlds.laws[:n]
    middle = np.all(within(worlds.estimates[:n], "middle"), axis=1)
    priors = [
        ("declared", "wide", own),
        ("declared", "middle", own[middle]),
        ("uniform", "wide", even),
    ]
    if subject.is_fitted:
        priors = [(FITTED, "wide", own), ("declared", "wide", even)]
    return {
        IN_WORLDS: in_worlds({subject.scheme: own}, rules, laws),
        PRIORS: [
            _prior(subject.scheme, shape, tolerance, effects)
            for shape, tolerance, effects in priors
            if np.isfinite(effects).any()
        ],
        WORLD_EFFECTS: (
            WorldEffect(
                subject.scheme,
                k,
                RULES.name_of(int(rules[k])),
                LAWS.name_of(int(laws[k])),
                bool(middle[k]),
                float(own[k]) if np.isfinite(own[k]) else None,
            )
            for k in range(n)
        ),
    }


def _prior(scheme: str, shape: str, tolerance: str, effects: Floats) -> Prior:
    found = classes(effects)
    return Prior(
        scheme,
        shape,
        tolerance,
        found.worlds,
        **found.columns(Prior._fields[4:]),
    )
