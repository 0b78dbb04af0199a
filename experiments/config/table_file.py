"""Read a table that somebody made, from a CSV or Parquet file.

CSV is text in UTF-8 with a header. Its values are separated by commas, semicolons or
tabs, whichever gives the header most columns. Where commas do not separate values, a
number may have a decimal comma, as spreadsheets write it in much of Europe; it is read
like one with a point. Lines without any value are passed over.
"""

import csv
import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NamedTuple, TextIO

import pyarrow as pa
import pyarrow.parquet as pq

from experiments.config.catalogue import nearest
from experiments.errors import UserError

SEPARATORS = (",", ";", "\t")
EXPONENT = r"(?:[eE][+-]?[0-9]+)?"
WITH_COMMA = re.compile(rf"[+-]?[0-9]*,[0-9]+{EXPONENT}")
WITH_POINT = re.compile(rf"[+-]?[0-9]*\.[0-9]+{EXPONENT}")
THOUSANDS = re.compile(r"[+-]?[1-9][0-9]{0,2},[0-9]{3}")
"""A comma that may as well part thousands: 1,234."""


class TableFile(NamedTuple):
    """What was read of a file.

    Attributes
    ----------
    header : tuple of str
        Names of all columns of the file.
    columns : tuple of str
        Names of the columns that were read.
    rows : sequence of sequences
        A value for each of them: stripped texts from CSV, any type from Parquet.
    place : callable
        Says in words where row k, from 0, stands in the file.
    """

    path: Path
    header: tuple[str, ...]
    columns: tuple[str, ...]
    rows: Sequence[Sequence[Any]]
    place: Callable[[int], str]


class Wanted(NamedTuple):
    """What a file should hold.

    Attributes
    ----------
    example : str
        A sentence that says what the file looks like, for one that does not.
    required, optional : tuple of str
        The columns to read, as far as they are there; without any, all are read.
    texts : tuple of str
        Columns of words, in which a comma makes no number.
    """

    example: str
    required: tuple[str, ...] = ()
    optional: tuple[str, ...] = ()
    texts: tuple[str, ...] = ()


def read(path: Path, key: str, wanted: Wanted) -> TableFile:
    """Read a table; ``key`` is what named the file, for messages.

    Raises ``UserError`` if the file does not hold a table with rows, or not the columns
    that are required.
    """
    if not path.is_file():
        what = "is a folder" if path.is_dir() else "does not exist"
        raise UserError(f"{key}={path}: this file {what}.")
    readers = {".csv": _csv, ".parquet": _parquet}
    reader = readers.get(path.suffix.lower())
    if reader is None:
        raise UserError(
            f"{key}={path}: the name must end in .csv or .parquet, as the file does "
            "inside."
        )
    try:
        table = reader(path, wanted)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise UserError(f"cannot read {path}: {reason}.") from None
    if not table.rows:
        raise UserError(f"{path} has a header but no rows.")
    return table


def _csv(path: Path, wanted: Wanted) -> TableFile:
    lines: list[int] = []
    rows: list[list[str]] = []

    def place(row: int) -> str:
        return f"row {row + 1} (line {lines[row]})"

    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            separator = _separator(file)
            reader = csv.reader(file, delimiter=separator, strict=True)
            names = next((cells for cells in reader if _filled(cells)), [])
            header = tuple(name.strip() for name in names)
            places = _places(path, header, wanted)
            for cells in filter(_filled, reader):
                lines.append(reader.line_num)
                if len(cells) != len(header):
                    where = f"{path}, {place(len(rows))}"
                    raise UserError(f"{where}: {_uneven(cells, header, separator)}")
                rows.append([cells[k].strip() for k in places])
    except UnicodeDecodeError:
        raise UserError(
            f"{path} is not text in UTF-8; save it as CSV in UTF-8."
        ) from None
    except csv.Error as error:
        raise UserError(f"cannot read {path} as CSV: {error}.") from None
    columns = tuple(header[k] for k in places)
    if separator != ",":
        numbers = [k for k, name in enumerate(columns) if name not in wanted.texts]
        _write_points(
            rows,
            numbers,
            lambda row, k: f"{path}, {place(row)}: {columns[k]} is {rows[row][k]!r}",
        )
    return TableFile(path, header, columns, rows, place)


def _filled(cells: Sequence[str]) -> bool:
    return any(cells) and any(map(str.strip, cells))


def _separator(file: TextIO) -> str:
    """Find what separates the names of the header, and go back to the beginning."""
    line = next((line for line in file if line.strip()), "")
    file.seek(0)
    return max(
        SEPARATORS, key=lambda mark: len(next(csv.reader([line], delimiter=mark), ()))
    )


def _places(path: Path, header: Sequence[str], wanted: Wanted) -> list[int]:
    """Find the columns to read; each must have a name, and only one may have it."""
    if not header:
        raise UserError(f"{path} is empty.\n{wanted.example}")
    for name in wanted.required:
        if name not in header:
            near = nearest(name, [other for other in header if other])
            raise UserError(
                f"{path} has no column {name}{f'; is it {near}?' if near else '.'}\n"
                f"{wanted.example}"
            )
    names = (*wanted.required, *wanted.optional)
    places = [k for k, name in enumerate(header) if name in names or not names]
    for place in places:
        if not header[place]:
            raise UserError(f"{path}: column {place + 1} has no name.")
        if header.count(header[place]) > 1:
            raise UserError(f"{path} has the column {header[place]} twice.")
    return places


def _uneven(cells: Sequence[str], header: Sequence[str], separator: str) -> str:
    said = (
        f"there are {len(cells)} values, but the header has {len(header)} "
        f"column{'s' * (len(header) != 1)}."
    )
    if separator == "," and len(cells) > len(header):
        return f"{said}\nA comma begins the next value: write 3.5, not 3,5."
    return said


def _write_points(
    rows: list[list[str]], places: Sequence[int], said: Callable[[int, int], str]
) -> None:
    """Write decimal commas in some columns as points, in place.

    ``said`` gives a row and column with its value in words. Refuses a file in which
    commas may part thousands.
    """
    commas, points = (
        [
            (row, k)
            for row, cells in enumerate(rows)
            for k in places
            if form.fullmatch(cells[k])
        ]
        for form in (WITH_COMMA, WITH_POINT)
    )
    if commas and points:
        raise UserError(
            f"{said(*points[0])}, but other numbers in the file have a comma.\nWrite "
            "all numbers with the same decimal mark, and none between thousands."
        )
    if commas and all(THOUSANDS.fullmatch(rows[row][k]) for row, k in commas):
        row, k = commas[0]
        point, whole = (rows[row][k].replace(",", mark) for mark in (".", ""))
        raise UserError(
            f"{said(row, k)}, which may mean {point} or {whole}.\nWrite decimals with "
            "a point, and no mark between thousands."
        )
    for row, k in commas:
        rows[row][k] = rows[row][k].replace(",", ".")


def _parquet(path: Path, wanted: Wanted) -> TableFile:
    try:
        header = tuple(pq.read_schema(path).names)
        columns = tuple(header[k] for k in _places(path, header, wanted))
        table = pq.read_table(path, columns=list(columns))
        values = [column.to_pylist() for column in table.columns]
    except pa.ArrowException as error:
        reason = str(error).strip().splitlines()[0].rstrip(".")
        raise UserError(f"cannot read {path} as Parquet: {reason}.") from None
    rows = list(zip(*values, strict=True))
    return TableFile(path, header, columns, rows, lambda row: f"row {row + 1}")
