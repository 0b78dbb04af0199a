"""Tables of the least favourable world that a search found, and of its values."""

from typing import NamedTuple

import numpy as np

from experiments.designs.factors import declared
from experiments.runs.pieces import Content
from experiments.store.meanings import OF_PARAMETER
from experiments.store.table import Table, TableRows
from experiments.studies.certificate.subject import Certificate
from experiments.words.structures import LAWS, RULES


class LeastRow(NamedTuple):
    """The least favourable world that a search found: the row of least_favourable.csv.

    Without a search there is no row.
    """

    rule: str
    law: str
    looked_at: int
    start: float
    found: float
    fresh: float
    fresh_sd: float
    fresh_runs: int
    fresh_plausible: int
    near: float | None
    near_worlds: int
    near_plausible: int


LEAST = Table(
    "least_favourable.csv",
    LeastRow,
    "the least favourable plausible world that a search found",
    {
        "rule": ("", "rule of choice"),
        "law": ("", "law of rework"),
        "looked_at": ("worlds", "worlds that the search ran"),
        "start": ("%", "effect in the worst world that it began with"),
        "found": ("%", "effect in the world that it found, as it saw it"),
        "fresh": ("%", "mean effect there with other luck"),
        "fresh_sd": ("%", "standard deviation of that"),
        "fresh_runs": ("runs", "pairs of runs with other luck"),
        "fresh_plausible": ("runs", "those in which it is plausible"),
        "near": ("%", "mean effect in plausible worlds near it"),
        "near_worlds": ("worlds", "worlds near it that were looked at"),
        "near_plausible": ("worlds", "those that are plausible"),
    },
)


class LeastValue(NamedTuple):
    """A value of that world: a row of least_favourable_values.csv."""

    key: str
    value: float
    declared: float
    low: float
    high: float


LEAST_VALUES = Table(
    "least_favourable_values.csv",
    LeastValue,
    "an unknown in the least favourable world",
    {
        "key": ("", "dotted key of the unknown"),
        "value": (OF_PARAMETER, "its value there"),
        "declared": (OF_PARAMETER, "its value as declared"),
        "low": (OF_PARAMETER, "lower end of its span"),
        "high": (OF_PARAMETER, "upper end"),
    },
)


def of_least(subject: Certificate, piece: Content) -> TableRows:
    """Tabulate the least favourable world, if there was a search."""
    if piece is None:
        return {LEAST: [], LEAST_VALUES: []}
    fresh, near = (np.array(piece[name], np.float64) for name in ("fresh", "near"))
    held = np.array(piece["near_plausible"], bool)
    world = piece["world"]
    return {
        LEAST: [
            LeastRow(
                RULES.name_of(world["rule"]),
                LAWS.name_of(world["law"]),
                piece["looked_at"],
                piece["start"],
                piece["found"],
                float(fresh.mean()),
                float(fresh.std(ddof=1)),
                len(fresh),
                sum(piece["fresh_plausible"]),
                float(near[held].mean()) if held.any() else None,
                len(near),
                int(held.sum()),
            )
        ],
        LEAST_VALUES: [
            LeastValue(key, world["values"][key], float(row.default), *row.span)
            for key, row in ((key, declared()[key]) for key in subject.keys)
        ],
    }
