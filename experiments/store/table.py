"""Tables of results: CSV files, or Parquet files where rows are many.

A row is a named tuple. Its fields are the columns, in order; their types say how a cell
is read. Numbers are written in full, so that a table read back holds the numbers as
they were computed. None is an empty field.
"""

import csv
import io
import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum, EnumType
from functools import cached_property
from pathlib import Path
from types import NoneType
from typing import (
    Any,
    Generic,
    Literal,
    NamedTuple,
    TypeVar,
    get_args,
    get_origin,
    get_type_hints,
)

import pyarrow as pa

from experiments.designs.factors import code, kind_of, name_of
from experiments.errors import UserError
from experiments.store import dataset
from experiments.store.files import replacing
from experiments.store.meanings import FACTORS, MEANINGS, Meaning

Row = TypeVar("Row", bound=tuple[Any, ...])
Reader = Callable[[str], Any]
Levels = Mapping[str, float]
"""Levels of factors by dotted key; in a file, each factor has a column."""
TRUTHS = {"True": True, "False": False}


class Column(NamedTuple):
    """A column of a file, with its unit and meaning."""

    name: str
    unit: str
    meaning: str


@dataclass(frozen=True)
class Table(Generic[Row]):
    """A CSV file of a study.

    Raises ``ValueError`` if a column has no meaning.

    Attributes
    ----------
    name : str
        Name of the file, such as ``effects.csv``.
    row : type
        The class of its rows: a named tuple of str, int, float, bool, names of a
        ``Literal`` or values of an ``Enum``, any of them or None. One field may be
        ``Levels``; all rows of a file have the same factors.
    about : str
        What a row is about, in words.
    meanings : mapping
        Units and meanings of columns that ``meanings.py`` does not have, or has with
        another meaning.
    """

    name: str
    row: type[Row]
    about: str
    meanings: Mapping[str, Meaning] = field(default_factory=dict, compare=False)

    def __post_init__(self) -> None:
        known = {*MEANINGS, *self.meanings}
        if lacking := [name for name in self.heads((FACTORS,)) if name not in known]:
            raise ValueError(f"{self.name}: no meaning for {', '.join(lacking)}")

    @property
    def columns(self) -> list[Column]:
        """The columns with their meanings; ``FACTORS`` stands for those of factors."""
        said = {**MEANINGS, **self.meanings}
        return [Column(name, *said[name]) for name in self.heads((FACTORS,))]

    def heads(self, factors: Sequence[str] = ()) -> tuple[str, ...]:
        """List the names of the columns in a study with these factors."""
        names: list[str] = []
        for name, kind in self._kinds.items():
            names += factors if kind == Levels else [name]
        return tuple(names)

    @cached_property
    def _kinds(self) -> Mapping[str, Any]:
        """Types of the fields by name."""
        return get_type_hints(self.row)

    def lines(self, rows: Iterable[Row]) -> Iterator[str]:
        """Write the text of the file, line by line."""
        factors: tuple[str, ...] | None = None
        for row in rows:
            if factors is None:
                factors = next((tuple(x) for x in row if isinstance(x, Mapping)), ())
                yield _line(self.heads(factors))
            yield _line(_written(row, factors))
        if factors is None:
            yield _line(self.heads())

    def text(self, rows: Iterable[Row]) -> str:
        """Write the text of the file."""
        return "".join(self.lines(rows))

    def write(self, path: Path, rows: Iterable[Row]) -> None:
        """Write the file, all of it or nothing."""
        with replacing(path) as file:
            for line in self.lines(rows):
                file.write(line.encode())

    def read(self, path: Path) -> list[Row]:
        """Read the rows of a file.

        Raises ``ValueError`` with the name of the file if it has other columns or an
        unreadable cell.
        """
        with path.open(encoding="utf-8", newline="") as file:
            lines = csv.reader(file, strict=True)
            head = tuple(next(lines, ()))
            factors = self._factors(head)
            if head != self.heads(factors):
                raise ValueError(f"{path} does not hold the columns of {self.name}")
            try:
                return list(self._rows(lines, factors))
            except (ValueError, KeyError, UserError, csv.Error) as error:
                raise ValueError(f"{path}, line {lines.line_num}: {error}") from None

    def _factors(self, head: Sequence[str]) -> Sequence[str]:
        """List the columns in a head that are factors."""
        kinds = list(self._kinds.values())
        if Levels not in kinds:
            return ()
        before = kinds.index(Levels)
        return head[before : len(head) - (len(kinds) - before - 1)]

    def _rows(
        self, lines: Iterable[Sequence[str]], factors: Sequence[str]
    ) -> Iterator[Row]:
        heads = self.heads(factors)
        readers = {n: _reader(k) for n, k in self._kinds.items() if k != Levels}
        for line in lines:
            if len(line) != len(heads):
                raise ValueError(f"{len(heads)} cells are needed, not {len(line)}")
            cells = dict(zip(heads, line, strict=True))
            yield self.row(
                *(
                    readers[name](cells[name])
                    if name in readers
                    else {key: code(key, cells[key], "") for key in factors}
                    for name in self._kinds
                )
            )


class ParquetTable(Table[Row]):
    """A Parquet file of a study: a table with very many cells.

    Its fields are of str, int and float, one of them perhaps ``Levels``; NaN is null,
    and a choice is written by its code.
    """

    def write(self, path: Path, rows: Iterable[Row]) -> None:
        """Write the file, all of it or nothing."""
        listed = list(rows)
        mappings = (cell for row in listed[:1] for cell in row)
        factors = next((tuple(x) for x in mappings if isinstance(x, Mapping)), ())
        columns: list[pa.Array] = []
        for place, kind in enumerate(self._kinds.values()):
            cells = [row[place] for row in listed]
            if kind == Levels:
                columns += [pa.array([float(x[k]) for x in cells]) for k in factors]
            elif kind is float:
                columns.append(
                    pa.array(cells, pa.float64(), mask=list(map(math.isnan, cells)))
                )
            else:
                columns.append(pa.array(cells, ARROW[kind]))
        table = pa.table(columns, names=list(self.heads(factors)))
        with replacing(path) as file, dataset.writer(file, table.schema) as writer:
            writer.write_table(table)

    def read(self, path: Path) -> list[Row]:
        """Read the rows of a file.

        Raises ``ValueError`` with the name of the file if it has other columns.
        """
        with path.open("rb") as file:
            table = dataset.read(file)
        factors = self._factors(table.column_names)
        if tuple(table.column_names) != self.heads(factors):
            raise ValueError(f"{path} does not hold the columns of {self.name}")
        found = {name: table.column(name).to_pylist() for name in table.column_names}
        columns: list[Iterable[Any]] = []
        for name, kind in self._kinds.items():
            if kind == Levels:
                each = zip(*(found[key] for key in factors), strict=True)
                columns.append([dict(zip(factors, x, strict=True)) for x in each])
            elif kind is float:
                columns.append([math.nan if x is None else x for x in found[name]])
            else:
                columns.append(found[name])
        return [self.row(*cells) for cells in zip(*columns, strict=True)]


ARROW = {str: pa.string(), int: pa.int32()}
"""Types of columns in a Parquet file."""


TableRows = Mapping[Table[Any], Iterable[Any]]
"""The rows of every table of a study."""


def _line(cells: Iterable[Any]) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerow(cells)
    return text.getvalue()


def _written(row: tuple[Any, ...], factors: Sequence[str]) -> Iterator[Any]:
    """Yield the cells of a row; a choice is written by name."""
    for cell in row:
        if isinstance(cell, Mapping):
            for key in factors:
                x = cell[key]
                yield x if kind_of(key) is float else name_of(key, x)
        else:
            yield cell.value if isinstance(cell, Enum) else cell


def _reader(kind: Any) -> Reader:
    """Make the function that reads a cell of this type."""
    options = get_args(kind)
    if NoneType in options:
        [one] = [option for option in options if option is not NoneType]
        read = _reader(one)
        return lambda text: None if text == "" else read(text)
    if get_origin(kind) is Literal:
        return {str(option): option for option in options}.__getitem__
    if kind is bool:
        return TRUTHS.__getitem__
    if kind in (str, int, float) or isinstance(kind, EnumType):
        return kind  # type: ignore[no-any-return]
    raise TypeError(f"a table cannot hold a {kind}")
