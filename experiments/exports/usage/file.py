"""Read and check a reader's own panel of AI use; no name is kept.

A CSV or Parquet file with a row an employee and week, and the columns ``employee`` (an
anonymous id), ``week`` (a whole number, or a date such as 2026-03-30), ``tokens`` (M
tokens) and, if it is known, ``output`` (real work, any unit). Other columns are not
read. The ids are forgotten once rows of the same person are brought together.
"""

import re
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from experiments.config import table_file
from experiments.config.table_file import TableFile
from experiments.errors import UserError
from experiments.exports.panel_file import UNITS, measure_of
from experiments.exports.recognise import known
from experiments.exports.usage.ids import people_of
from experiments.exports.usage.rows import Rows
from experiments.exports.usage.weeks import weeks_of

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

WANTED = table_file.Wanted(
    "A header employee,week,tokens,output and a row an employee and week are needed; "
    "output, real work, may be left out.",
    required=("employee", "week", "tokens"),
    optional=("output",),
    texts=("employee", "week"),
)
FEWEST = 20
"""Fewest people of a panel; in a smaller group people would be recognised."""
M_TOKENS = UNITS["tokens"]
NOT_MILLIONS = 10_000.0
"""A median of weekly use above this cannot be in M tokens."""
EXACT = 1e-3
"""Relative difference that rounding may leave between a total and a sum."""
OTHER_KINDS = re.compile("cache|^(?:input|prompt)$|(?:input|prompt|reasoning).*token")
WRITTEN = re.compile("(?:output|completion|written).*token")
"""Columns of kinds of tokens, in small letters without blanks."""


class Usage(NamedTuple):
    """A panel of N people over T weeks; people have no names.

    Attributes
    ----------
    tokens : array, shape (N, T)
        M tokens; NaN where the file has no row.
    output : array, shape (N, T), or None
        Real output in the unit of the file; NaN where it is not known.
    names : sequence of str, length T
        How the file names each week: a number, or a date.
    unit : str
        Unit of ``tokens``: a panel of study=import may hold another measure.
    programs, extended : int
        How many ids look like those of programs, or like another id with something
        added.
    """

    tokens: Floats
    output: Floats | None
    names: Sequence[str]
    unit: str = M_TOKENS
    programs: int = 0
    extended: int = 0

    @property
    def people(self) -> int:
        """Number of employees, N."""
        return len(self.tokens)

    @property
    def weeks(self) -> int:
        """Number of weeks, T."""
        return int(self.tokens.shape[1])

    @property
    def unknown(self) -> float:
        """Share of person-weeks without a row."""
        return float(np.isnan(self.tokens).mean())


def read(path: Path, study: str) -> Usage:
    """Read a panel for a study.

    Raises ``UserError`` naming the mistake, its row and its column.
    """
    _check_raw(path, study)
    measure = measure_of(path) or "tokens"
    rows = Rows.of(_with_tokens(path, measure))
    people = people_of(rows)
    tokens = _tokens(rows)
    output = _output(rows) if "output" in rows.file.columns else None
    weeks = weeks_of(rows)
    _check_twice(rows, people.places, weeks.places)
    count = int(people.places.max()) + 1
    if count < FEWEST:
        raise UserError(
            f"{path} has {count} employee{'s' * (count != 1)}; at least {FEWEST} are "
            "needed.\nResults are of groups: with fewer people the numbers would "
            "be those of single persons."
        )
    _check_unit(rows, tokens, UNITS[measure])
    _check_total(rows, people.places, weeks.places, tokens)

    def matrix(values: Floats) -> Floats:
        filled = np.full((count, len(weeks.names)), np.nan)
        filled[people.places, weeks.places] = values
        return filled

    return Usage(
        matrix(tokens),
        None if output is None else matrix(output),
        weeks.names,
        UNITS[measure],
        people.programs,
        people.extended,
    )


def _check_raw(path: Path, study: str) -> None:
    """Refuse an export as a tool wrote it, and say how a panel is made of it."""
    form = known(path) if path.exists() else None
    if form is not None:
        raise UserError(
            f"data={path} is {form.is_}, as the tool wrote it. Make a panel of it "
            f"first:\ntokenmaxxing study=import data={path} out=panel\n"
            f"tokenmaxxing study={study} data=panel/panel.parquet"
        )


def _with_tokens(path: Path, measure: str) -> TableFile:
    """Read the file; another measure stands in the place of tokens."""
    required = ("employee", "week", measure)
    found = table_file.read(path, "data", WANTED._replace(required=required))
    columns = ("tokens" if name == measure else name for name in found.columns)
    return found._replace(columns=tuple(columns))


def _tokens(rows: Rows) -> Floats:
    tokens = pd.to_numeric(rows.frame["tokens"], errors="coerce").to_numpy(float)
    needed = "a number such as 31.5 is needed (M tokens; 0 for none)"
    rows.refuse("tokens", ~np.isfinite(tokens), needed)
    rows.refuse("tokens", tokens < 0.0, "it must be 0 or more")
    return tokens


def _output(rows: Rows) -> Floats:
    """Read the output of each row; NaN where the cell is empty."""
    _check_work(rows)
    texts = rows.frame["output"]
    output = pd.to_numeric(texts, errors="coerce").to_numpy(float)
    needed = "a number such as 9.5 is needed, or nothing if it is not known"
    rows.refuse("output", ~np.isfinite(output) & (texts != "").to_numpy(), needed)
    rows.refuse("output", output < 0.0, "it must be 0 or more")
    return output


def _check_work(rows: Rows) -> None:
    """Refuse a column output that stands for a kind of tokens among others."""
    small = {name: re.sub("[^a-z]", "", name.lower()) for name in rows.file.header}
    kinds = [name for name, letters in small.items() if OTHER_KINDS.search(letters)]
    written = any(WRITTEN.search(letters) for letters in small.values())
    if kinds and not written:
        raise UserError(
            f"{rows.file.path} has the column output beside {', '.join(kinds[:3])}: it "
            "seems to count the tokens that were written, and no work.\nName it "
            "output_tokens, which is not read; output is for work that is done."
        )


def _check_twice(rows: Rows, people: Ints, weeks: Ints) -> None:
    again = pd.DataFrame({"person": people, "week": weeks})
    doubled = again.duplicated().to_numpy()
    if doubled.any():
        second = int(np.flatnonzero(doubled)[0])
        same = (people == people[second]) & (weeks == weeks[second])
        first = int(np.flatnonzero(same)[0])
        raise UserError(
            f"{rows.file.path}: {rows.place(first)} and {rows.place(second)} are the "
            f"same employee in the same week ({rows.frame['week'].iloc[second]}).\n"
            "Each employee has one row a week; add up what belongs together."
        )


def _check_unit(rows: Rows, tokens: Floats, unit: str) -> None:
    used = tokens[tokens > 0.0]
    if not len(used):
        raise UserError(
            f"{rows.file.path}: tokens is 0 in every row; there is nothing to see."
        )
    middle = float(np.median(used))
    if unit == M_TOKENS and middle > NOT_MILLIONS:
        raise UserError(
            f"{rows.file.path}: half of the weeks in use have more than "
            f"{middle:,.0f} in the column tokens.\nIt must be in M tokens: divide "
            "tokens by 1,000,000, and thousands of tokens by 1,000."
        )


def _check_total(rows: Rows, people: Ints, weeks: Ints, tokens: Floats) -> None:
    """Refuse an id that has in each week what all others have together."""
    half = np.bincount(weeks, weights=tokens)[weeks] / 2.0
    like = np.abs(tokens - half) <= EXACT * half
    share = np.bincount(people, weights=like) / np.bincount(people)
    totals = np.flatnonzero((share == 1.0) & (np.bincount(people, tokens) > 0.0))
    if len(totals):
        row = int(np.flatnonzero(people == totals[0])[0])
        raise UserError(
            f"{rows.file.path}, {rows.place(row)}: this id has in each of its weeks "
            "what all others have together.\nIt is a total and no employee: leave its "
            "rows out."
        )
