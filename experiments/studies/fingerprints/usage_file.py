"""Read and check a reader's own panel of AI use; no name is kept.

A CSV or Parquet file with a row an employee and week, and the columns ``employee`` (an
anonymous id), ``week`` (a whole number, or a date such as 2026-03-30), ``tokens`` (M
tokens) and, if it is known, ``output`` (any unit). Other columns are not read. The ids
are forgotten once rows of the same person are brought together.
"""

import csv
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

from experiments.config.catalogue import nearest
from experiments.errors import UserError

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Label = Callable[[int], str]
"""How the number of a week is written in the file."""
Places = Callable[[int], str]
"""Gives the place of a row in the file, in words."""

NEEDED = ("employee", "week", "tokens")
COLUMNS = (*NEEDED, "output")
FEWEST = 20
"""Fewest people of a panel; in a smaller group people would be recognised."""
LONGEST = 1040
"""Most weeks that a panel may span; a longer span is a mistake in the dates."""
NOT_MILLIONS = 10_000.0
"""A median of weekly use above this cannot be in M tokens."""


class Usage(NamedTuple):
    """A panel of N people over T weeks; people have no names.

    Attributes
    ----------
    tokens : array, shape (N, T)
        M tokens; NaN where the file has no row.
    output : array, shape (N, T), or None
        Real output in the unit of the file; NaN where it is not known.
    first, last : str
        The first and the last week: a number, or a Monday.
    """

    tokens: Floats
    output: Floats | None
    first: str
    last: str

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


class _Rows:
    """The columns of a file as text, the names in its header, and the place of rows."""

    def __init__(
        self, path: Path, frame: pd.DataFrame, names: Sequence[str], places: Places
    ) -> None:
        self.path, self.frame, self.names, self.place = path, frame, names, places

    def refuse(self, column: str, bad: Any, needed: str) -> None:
        """Raise ``UserError`` for the first bad row of a column."""
        wrong = np.flatnonzero(np.asarray(bad))
        if not len(wrong):
            return
        row = int(wrong[0])
        value = str(self.frame[column].iloc[row])
        cell = f"{column} is {value[:30]!r}" if value else f"{column} is empty"
        if column == "employee" and value:
            cell = column  # an id must stay secret, also in a message
        more = f" ({len(wrong) - 1:,} more like it)" if len(wrong) > 1 else ""
        raise UserError(f"{self.path}, {self.place(row)}: {cell}; {needed}{more}.")


def read(path: Path) -> Usage:
    """Read a panel; raise ``UserError`` naming the mistake, its row and its column."""
    rows = _table(path)
    _check_columns(rows)
    people = _employees(rows)
    weeks, label = _weeks(rows)
    tokens = _tokens(rows)
    output = _output(rows) if "output" in rows.names else None
    _check_twice(rows, people, weeks)
    count, first, last = int(people.max()) + 1, int(weeks.min()), int(weeks.max())
    if count < FEWEST:
        raise UserError(
            f"{path} has {count} employee{'s' * (count != 1)}; at least {FEWEST} are "
            "needed.\nFingerprints are of groups: with fewer people the numbers would "
            "be those of single persons."
        )
    _check_span(rows, weeks, label)
    _check_unit(rows, tokens)

    def matrix(values: Floats) -> Floats:
        filled = np.full((count, last - first + 1), np.nan)
        filled[people, weeks - first] = values
        return filled

    return Usage(
        matrix(tokens),
        None if output is None else matrix(output),
        label(first),
        label(last),
    )


def _table(path: Path) -> _Rows:
    """Read the known columns as text, without blanks at the ends."""
    if not path.is_file():
        what = "is a folder" if path.is_dir() else "does not exist"
        raise UserError(f"data={path}: this file {what}.")
    try:
        if path.suffix == ".parquet":
            return _parquet(path)
        if path.suffix == ".csv":
            return _csv(path)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise UserError(f"cannot read {path}: {reason}.") from None
    raise UserError(
        f"data={path}: the name must end in .csv or .parquet, as the file does inside."
    )


def _csv(path: Path) -> _Rows:
    lines: list[int] = []
    cells: list[list[str]] = []
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.reader(file)
            header = [name.strip() for name in next(reader, [])]
            wanted = [header.index(name) for name in COLUMNS if name in header]
            for fields in reader:
                if not fields:
                    continue
                if len(fields) != len(header):
                    raise UserError(
                        f"{path}, line {reader.line_num}: there are {len(fields)} "
                        f"values, but the header has {len(header)} columns."
                    )
                cells.append([fields[k].strip() for k in wanted])
                lines.append(reader.line_num)
    except UnicodeDecodeError:
        raise UserError(
            f"{path} is not text in UTF-8; save it as CSV in UTF-8."
        ) from None
    except csv.Error as error:
        raise UserError(f"cannot read {path} as CSV: {error}.") from None
    frame = pd.DataFrame(cells, columns=[header[k] for k in wanted], dtype=str)
    return _Rows(path, frame, header, lambda row: f"line {lines[row]}")


def _parquet(path: Path) -> _Rows:
    try:
        names = pq.read_schema(path).names
        table = pq.read_table(path, columns=[n for n in COLUMNS if n in names])
    except pa.ArrowException as error:
        reason = str(error).strip().splitlines()[0].rstrip(".")
        raise UserError(f"cannot read {path} as Parquet: {reason}.") from None
    frame = table.to_pandas().apply(_texts)
    return _Rows(path, frame, names, lambda row: f"row {row + 1}")


def _texts(column: "pd.Series[Any]") -> "pd.Series[str]":
    return column.astype(str).where(column.notna(), "").str.strip()


def _check_columns(rows: _Rows) -> None:
    if not rows.names:
        raise UserError(
            f"{rows.path} is empty.\nA header employee,week,tokens and a row an "
            "employee and week are needed."
        )
    if len(rows.names) == 1 and ";" in rows.names[0]:
        raise UserError(
            f"{rows.path}: the columns are separated by semicolons; save it as CSV "
            "with commas, and with points in numbers."
        )
    for name in NEEDED:
        if name not in rows.names:
            near = nearest(name, [other for other in rows.names if other])
            raise UserError(
                f"{rows.path} has no column {name}{f'; is it {near}?' if near else '.'}"
                f"\nColumns are {', '.join(COLUMNS)} (output may be left out)."
            )
    if rows.frame.empty:
        raise UserError(f"{rows.path} has a header but no rows.")


def _employees(rows: _Rows) -> Ints:
    """Number the person of each row, from 0, in the order of the ids."""
    ids = rows.frame["employee"]
    rows.refuse("employee", ids == "", "every row needs an anonymous id")
    rows.refuse(
        "employee",
        ids.str.contains("@", regex=False),
        "an address names a person: replace it by an anonymous id first",
    )
    numbers, _ = pd.factorize(ids, sort=True)
    return np.asarray(numbers, np.int64)


def _weeks(rows: _Rows) -> tuple[Ints, Label]:
    """Number the week of each row; also return how the file writes a number."""
    texts = rows.frame["week"]
    numbers = pd.to_numeric(texts, errors="coerce").to_numpy(float)
    whole = np.isfinite(numbers) & (np.mod(numbers, 1.0) == 0.0)
    if whole[0]:
        rows.refuse("week", ~whole, "a whole number is needed, as in the first row")
        return numbers.astype(np.int64), str
    known = {text: _week_of(text) for text in texts.unique()}
    dates = texts.map(known).to_numpy(float)
    rows.refuse(
        "week",
        np.isnan(dates),
        "weeks are whole numbers, or all are dates such as 2026-03-30",
    )
    return dates.astype(np.int64), lambda week: str(date.fromordinal(7 * week + 1))


def _week_of(text: str) -> float:
    """Number the week (from Monday) of a date; NaN for other texts."""
    try:
        return float((date.fromisoformat(text[:10]).toordinal() - 1) // 7)
    except ValueError:
        return np.nan


def _tokens(rows: _Rows) -> Floats:
    tokens = pd.to_numeric(rows.frame["tokens"], errors="coerce").to_numpy(float)
    needed = "a number such as 31.5 is needed (M tokens; 0 for none)"
    rows.refuse("tokens", ~np.isfinite(tokens), needed)
    rows.refuse("tokens", tokens < 0.0, "it must be 0 or more")
    return tokens


def _output(rows: _Rows) -> Floats:
    """Read the output of each row; NaN where the cell is empty."""
    texts = rows.frame["output"]
    output = pd.to_numeric(texts, errors="coerce").to_numpy(float)
    needed = "a number such as 9.5 is needed, or nothing if it is not known"
    rows.refuse("output", ~np.isfinite(output) & (texts != "").to_numpy(), needed)
    rows.refuse("output", output < 0.0, "it must be 0 or more")
    return output


def _check_twice(rows: _Rows, people: Ints, weeks: Ints) -> None:
    again = pd.DataFrame({"person": people, "week": weeks})
    doubled = again.duplicated().to_numpy()
    if doubled.any():
        second = int(np.flatnonzero(doubled)[0])
        same = (people == people[second]) & (weeks == weeks[second])
        first = int(np.flatnonzero(same)[0])
        raise UserError(
            f"{rows.path}: {rows.place(first)} and {rows.place(second)} are the same "
            f"employee in the same week ({rows.frame['week'].iloc[second]}).\n"
            "Each employee has one row a week; add up what belongs together."
        )


def _check_span(rows: _Rows, weeks: Ints, label: Label) -> None:
    there = np.unique(weeks)
    first, last = int(there[0]), int(there[-1])
    if last - first >= LONGEST:
        raise UserError(
            f"{rows.path}: week goes from {label(first)} to {label(last)}, "
            f"{last - first + 1:,} weeks; at most {LONGEST:,} are read.\n"
            "Write dates as 2026-03-30, or number the weeks from 1."
        )
    holes = np.flatnonzero(np.diff(there) > 1)
    if len(holes):
        before, after = int(there[holes[0]]), int(there[holes[0] + 1])
        raise UserError(
            f"{rows.path}: week jumps from {label(before)} to {label(after)}; there is "
            f"no row of week {label(before + 1)}.\n"
            "Add the missing weeks; 0 tokens is a row too."
        )


def _check_unit(rows: _Rows, tokens: Floats) -> None:
    used = tokens[tokens > 0.0]
    if not len(used):
        raise UserError(
            f"{rows.path}: tokens is 0 in every row; there is nothing to see."
        )
    middle = float(np.median(used))
    if middle > NOT_MILLIONS:
        raise UserError(
            f"{rows.path}: half of the weeks in use have more than {middle:,.0f} in "
            "the column tokens.\nIt must be in M tokens: divide by 1,000,000."
        )
