"""Who the rows of a file are about: anonymous people, and nobody else."""

import re
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from experiments.errors import UserError
from experiments.exports.people import PROGRAM, SIGN, TOTAL, plain
from experiments.exports.usage.rows import Rows

Ints = NDArray[np.int64]

NAME = re.compile(
    r"[^\W\d_][\w'’-]*[.,]?\s+[^\W\d_][\w'’-]+.*|[^\W\d_]{2,}\.[^\W\d_]{2,}"
)
"""Words that begin with letters, as Given Family, or two with a point between."""


class People(NamedTuple):
    """Who the rows are about.

    Attributes
    ----------
    places : array of int
        The person of each row, from 0, in the order of the ids.
    programs : int
        How many ids have a word for a program in them.
    extended : int
        How many ids are another id with something added, such as p7 and p7-laptop.
    """

    places: Ints
    programs: int
    extended: int


def people_of(rows: Rows) -> People:
    """Find the person of each row.

    Raises ``UserError`` for an id that is none, names somebody, or is written in two
    ways.
    """
    ids = rows.frame["employee"]
    numbers, distinct = pd.factorize(ids, sort=True)
    for wrong, needed in (
        (lambda name: not name, "every row needs an anonymous id"),
        (
            lambda name: "@" in name,
            "an address names a person: replace it by an anonymous id first",
        ),
        (TOTAL.fullmatch, "this is a total and no employee: leave such rows out"),
        (
            lambda name: NAME.fullmatch(name) and not PROGRAM.search(name),
            "it looks like the name of a person: replace it by an anonymous id first, "
            "in one word",
        ),
    ):
        bad = np.array([bool(wrong(name)) for name in distinct])
        rows.refuse("employee", bad[numbers], needed)
    _check_spelling(rows, ids)
    known = set(distinct)
    return People(
        np.asarray(numbers, np.int64),
        programs=sum(PROGRAM.search(name) is not None for name in distinct),
        extended=sum(
            any(name[: sign.start()] in known for sign in SIGN.finditer(name))
            for name in distinct
        ),
    )


def _check_spelling(rows: Rows, ids: "pd.Series[str]") -> None:
    """Refuse two ids that differ in capital letters, blanks or accents alone."""
    seen: dict[str, int] = {}
    for row in map(int, np.flatnonzero(~ids.duplicated())):
        first = seen.setdefault(plain(ids.iloc[row]), row)
        if first != row:
            raise UserError(
                f"{rows.file.path}: {rows.place(first)} and {rows.place(row)} have "
                "one id in two spellings (capital letters, blanks or the form of "
                "accents).\nWrite every id in one way; ids of two people must differ "
                "in more."
            )
