"""Read a table of points from a CSV or Parquet file: a row a point, a column a factor.

The names of the columns are dotted keys. The cells are checked in ``sweep``, against
the factors; ``place`` says where a row stands, for messages.
"""

import csv
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import pyarrow as pa
import pyarrow.parquet as pq

from experiments.errors import UserError


class PointsFile(NamedTuple):
    """The content of the file; ``place(k)`` says where row k, from 0, stands."""

    path: Path
    columns: tuple[str, ...]
    rows: Sequence[Sequence[Any]]
    place: Callable[[int], str]


def read(path: Path) -> PointsFile:
    """Read a table; raise ``UserError`` if the file does not hold one."""
    if not path.is_file():
        what = "is a folder" if path.is_dir() else "does not exist"
        raise UserError(f"study.table={path}: this file {what}.")
    try:
        if path.suffix == ".csv":
            table = _csv(path)
        elif path.suffix == ".parquet":
            table = _parquet(path)
        else:
            raise UserError(
                f"study.table={path}: the name must end in .csv or .parquet, as the "
                "file does inside."
            )
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise UserError(f"cannot read {path}: {reason}.") from None
    _check(table)
    return table


def _csv(path: Path) -> PointsFile:
    lines: list[int] = []
    rows: list[list[str]] = []
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.reader(file, strict=True)
            header = tuple(name.strip() for name in next(reader, []))
            for cells in reader:
                if not cells:
                    continue
                if len(cells) != len(header):
                    raise UserError(
                        f"{path}, row {len(rows) + 1} (line {reader.line_num}): there "
                        f"are {len(cells)} values, but the header has {len(header)} "
                        "columns."
                    )
                rows.append([cell.strip() for cell in cells])
                lines.append(reader.line_num)
    except UnicodeDecodeError:
        raise UserError(
            f"{path} is not text in UTF-8; save it as CSV in UTF-8."
        ) from None
    except csv.Error as error:
        raise UserError(f"cannot read {path} as CSV: {error}.") from None
    return PointsFile(
        path, header, rows, lambda row: f"{path}, row {row + 1} (line {lines[row]})"
    )


def _parquet(path: Path) -> PointsFile:
    try:
        table = pq.read_table(path)
    except pa.ArrowException as error:
        reason = str(error).strip().splitlines()[0].rstrip(".")
        raise UserError(f"cannot read {path} as Parquet: {reason}.") from None
    columns = [column.to_pylist() for column in table.columns]
    return PointsFile(
        path,
        tuple(table.column_names),
        list(zip(*columns, strict=True)),
        lambda row: f"{path}, row {row + 1}",
    )


def _check(table: PointsFile) -> None:
    path, columns = table.path, table.columns
    if not columns:
        raise UserError(
            f"{path} is empty.\nA header of keys such as quota.penalty,quota.amount "
            "and a row a point are needed."
        )
    if len(columns) == 1 and ";" in columns[0]:
        raise UserError(
            f"{path}: the columns are separated by semicolons; save it as CSV with "
            "commas, and with points in numbers."
        )
    for number, name in enumerate(columns, start=1):
        if not name:
            raise UserError(f"{path}: column {number} has no name.")
        if columns.count(name) > 1:
            raise UserError(f"{path} has the column {name} twice.")
    if not table.rows:
        raise UserError(f"{path} has a header but no rows.")
