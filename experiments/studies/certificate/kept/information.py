"""The table of what is worth measuring before a scheme is introduced."""

from typing import NamedTuple

import numpy as np

from experiments.statistics.information import (
    of_structure,
    of_unknown,
    perfect,
    today,
    worth,
)
from experiments.store.dataset import Floats
from experiments.store.table import Table, TableRows
from experiments.studies.certificate.deciding import column, rng_of
from experiments.studies.certificate.subject import Certificate
from experiments.words.measuring import MEASURED_BY
from experiments.words.structures import LAWS, RULES

NOTHING, PLACEBO = "nothing", "a placebo"
FIRST_THREE, EVERYTHING = "the first three", "everything"
KNOWN = (NOTHING, PLACEBO, FIRST_THREE, EVERYTHING)
"""What may be known besides one unknown; a placebo is the best of all, shuffled."""
TOGETHER = 3
"""Unknowns that are known together: those that tell most alone."""


class Information(NamedTuple):
    """What it is worth to know something first: a row of information.csv."""

    known: str
    value: float
    right: float
    how: str


INFORMATION = Table(
    "information.csv",
    Information,
    "what it is worth to know something before the scheme is introduced",
    {
        "known": (
            "",
            "dotted key; nothing, a placebo (the best of all unknowns, shuffled), the "
            "first three unknowns, or everything",
        ),
        "value": ("%", "mean gain in output by introducing it or not accordingly"),
        "right": ("share", "worlds in which the direction of output is told right"),
        "how": ("", "how a company could measure it"),
    },
)


def of_information(subject: Certificate, own: Floats) -> TableRows:
    """Tabulate what is worth measuring first, the most useful first."""
    n, effects = len(own), own[:, None]
    bases = {
        **{key: of_unknown(column(subject.worlds, key)[:n]) for key in subject.keys},
        RULES.key: of_structure(subject.worlds.rules[:n]),
        LAWS.key: of_structure(subject.worlds.laws[:n]),
    }
    rng, known = rng_of(subject.seed), np.isfinite(own)
    effects = effects[known]
    rows, placebos = [], []
    for key, basis in bases.items():
        told = basis[known]
        rows.append(Information(key, *worth(effects, told, rng), MEASURED_BY[key]))
        placebos.append(worth(effects, rng.permutation(told), rng))
    rows.sort(key=lambda row: (-row.right, -row.value))
    first = np.hstack([bases[row.known][known] for row in rows[:TOGETHER]])
    gained, right = (max(x) for x in zip(*placebos, strict=True))
    return {
        INFORMATION: [
            Information(NOTHING, 0.0, today(effects[:, 0]), ""),
            Information(PLACEBO, gained, right, ""),
            *rows,
            Information(FIRST_THREE, *worth(effects, first, rng), ""),
            Information(EVERYTHING, perfect(effects), 1.0, ""),
        ]
    }
