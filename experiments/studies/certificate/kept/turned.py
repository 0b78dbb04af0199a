"""The table of the turn test: bad worlds run again with one value changed."""

from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np

from experiments.runs.pieces import Content
from experiments.statistics.worlds import CLEAR
from experiments.store.dataset import Floats
from experiments.store.meanings import OF_PARAMETER
from experiments.store.table import Table, TableRows
from experiments.studies.certificate.deciding import Deciding, Side, is_bad


class Turn(NamedTuple):
    """Bad worlds run again with one value changed: a row of turns.csv."""

    key: str
    to_value: float
    placebo: bool
    worlds: int
    turned: int
    rises: int
    plausible: int
    before: float
    after: float | None


TURNS = Table(
    "turns.csv",
    Turn,
    "bad worlds run again with one value changed",
    {
        "key": ("", "dotted key of what was changed; empty: there is no bad world"),
        "to_value": (OF_PARAMETER, "the good end of its span; of a structure a code"),
        "placebo": ("", "whether it is the unknown that decides least"),
        "worlds": ("worlds", "bad worlds that were run again"),
        "turned": ("worlds", "those that are bad no more"),
        "rises": ("worlds", "those in which output clearly rises now"),
        "plausible": ("worlds", "those that are still plausible"),
        "before": ("%", "median effect before"),
        "after": ("%", "median effect after"),
    },
)


def of_turns(own: Floats, found: Deciding, piece: Content) -> TableRows:
    """Tabulate what one changed value makes of bad worlds."""
    before = own[piece["worlds"]]
    return {TURNS: [_turn(before, found.side, one) for one in piece["turned"]]}


def _turn(before: Floats, side: Side, one: Mapping[str, Any]) -> Turn:
    after = np.array(one["after"], np.float64)
    known = after[np.isfinite(after)]
    turned = ~is_bad(known, side)
    return Turn(
        one["key"],
        one["to"],
        one["is_placebo"],
        len(before),
        int(turned.sum()),
        int((known > CLEAR).sum()),
        sum(one["plausible"]),
        float(np.median(before)),
        float(np.median(known)) if len(known) else None,
    )
