"""Tables of what decides: every unknown, the first ones' thirds, and a corner."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np

from experiments.statistics.corner import corner
from experiments.statistics.decides import HIGH, LOW, MIDDLE
from experiments.statistics.worlds import classes
from experiments.store.dataset import Floats
from experiments.store.meanings import OF_PARAMETER
from experiments.store.table import Table, TableRows
from experiments.studies.certificate.deciding import (
    Deciding,
    Side,
    candidates,
    column,
)
from experiments.studies.certificate.subject import Certificate
from experiments.words.structures import LAWS, RULES, STRUCTURES

NAMES = {LOW: "lowest third", MIDDLE: "middle third", HIGH: "highest third"}
LISTED = 3
"""Unknowns whose thirds are told: the first of the ranking."""


class Contrast(NamedTuple):
    """How far an unknown parts bad worlds from others: a row of contrasts.csv."""

    key: str
    side: Side
    worse: str
    better: str
    first: float
    second: float
    first_bar: float
    second_bar: float
    decides: bool


CONTRASTS = Table(
    "contrasts.csv",
    Contrast,
    "an unknown, or a structure, and how far it parts bad worlds from others",
    {
        "key": ("", "dotted key of the unknown or of the structure"),
        "side": ("", "falls: bad is a clear fall; rises: bad is no clear rise"),
        "worse": ("", "third or alternative with the most bad worlds"),
        "better": ("", "third or alternative with the fewest"),
        "first": ("share", "difference between them in one half of the worlds, if they "
                  "are chosen in the other"),
        "second": ("share", "the same with the halves exchanged"),
        "first_bar": ("share", "what placebos reach, at least 0.2"),
        "second_bar": ("share", "the same with the halves exchanged"),
        "decides": ("", "whether both differences are above"),
    },
)  # fmt: skip


class Group(NamedTuple):
    """Worlds in a third of an unknown, or with a structure: a row of thirds.csv."""

    key: str
    group: str
    from_value: float
    to_value: float
    worlds: int
    falls: int
    rises: int


THIRDS = Table(
    "thirds.csv",
    Group,
    "worlds in a third of an unknown, or with an alternative of a structure",
    {
        "key": ("", "dotted key of the unknown or of the structure"),
        "group": ("", "the third, or the alternative"),
        "from_value": (OF_PARAMETER, "smallest value in it; of a structure its code"),
        "to_value": (OF_PARAMETER, "largest value in it"),
        "worlds": ("worlds", "worlds in it"),
        "falls": ("worlds", "worlds in which output clearly falls"),
        "rises": ("worlds", "worlds in which it clearly rises"),
    },
)


class CornerRow(NamedTuple):
    """A corner in which worlds are bad: the row of corner.csv, if there is one."""

    one: str
    one_above: bool
    one_threshold: float
    other: str
    other_above: bool
    other_threshold: float
    shown: float
    fresh: float
    outside: float
    worlds: int


CORNER = Table(
    "corner.csv",
    CornerRow,
    "two thresholds within which worlds are bad, if they hold on fresh worlds",
    {
        "one": ("", "dotted key of an unknown"),
        "one_above": ("", "whether its values are above the threshold"),
        "one_threshold": (OF_PARAMETER, "the threshold"),
        "other": ("", "dotted key of another unknown"),
        "other_above": ("", "whether its values are above the threshold"),
        "other_threshold": (OF_PARAMETER, "the threshold"),
        "shown": ("share", "bad worlds inside, in the half that chose the corner"),
        "fresh": ("share", "bad worlds inside, in the other half"),
        "outside": ("share", "bad worlds outside, in the other half"),
        "worlds": ("worlds", "worlds inside, in the other half"),
    },
)


def of_deciders(subject: Certificate, own: Floats, found: Deciding) -> TableRows:
    """Tabulate how far every unknown parts bad worlds, its thirds, and a corner."""
    n = len(own)
    values = np.column_stack([column(subject.worlds, key)[:n] for key in subject.keys])
    best = corner(found.bad, values, subject.keys)
    return {
        CONTRASTS: [
            Contrast(
                one.key,
                found.side,
                _group(one.key, one.worse),
                _group(one.key, one.better),
                *one.contrasts,
                *found.above,
                one in found.deciders,
            )
            for one in found.ranked
        ],
        THIRDS: _thirds(subject, own, [one.key for one in found.ranked[:LISTED]]),
        CORNER: [
            CornerRow(
                *best.sides[0],
                *best.sides[1],
                best.shown,
                best.fresh,
                best.outside,
                best.worlds,
            )
        ]
        if best
        else [],
    }


def _group(key: str, group: int) -> str:
    """Name a third, or an alternative of a structure."""
    for structure in STRUCTURES:
        if structure.key == key:
            return structure.name_of(group)
    return NAMES[group]


def _thirds(subject: Certificate, own: Floats, keys: Sequence[str]) -> Iterator[Group]:
    """Count worlds by the thirds of some unknowns, and by both structures."""
    n = len(own)
    codes = {RULES.key: subject.worlds.rules, LAWS.key: subject.worlds.laws}
    for one in candidates(subject.worlds, subject.keys, n):
        if one.key in codes:
            values = codes[one.key].astype(np.float64)
        elif one.key in keys:
            values = column(subject.worlds, one.key)
        else:
            continue
        for group in np.unique(one.groups).tolist():
            inside = one.groups == group
            counted = classes(own[inside])
            yield Group(
                one.key,
                _group(one.key, group),
                float(values[:n][inside].min()),
                float(values[:n][inside].max()),
                counted.worlds,
                counted.falls,
                counted.rises,
            )
