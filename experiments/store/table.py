"""Tables of results: the one way in which CSV files are written and read back.

A row is a named tuple; its fields are the columns, in order, and their types say how a
cell is read. Numbers are written in full, so that a table read back holds the very
numbers that were computed; None is an empty field.
"""

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from itertools import chain
from pathlib import Path
from types import NoneType
from typing import Any, Generic, Literal, TypeVar, get_args, get_origin, get_type_hints

from experiments.store.files import replacing

Row = TypeVar("Row", bound=tuple[Any, ...])
Reader = Callable[[str], Any]
TRUTHS = {"True": True, "False": False}


@dataclass(frozen=True)
class Table(Generic[Row]):
    """A CSV file of a study.

    Attributes
    ----------
    name : str
        Name of the file, such as ``effects.csv``.
    row : type
        The class of its rows: a named tuple of str, int, float, bool, names of a
        ``Literal`` or values of an ``Enum``, any of them or None.
    rows : str
        What a row is, in words.
    """

    name: str
    row: type[Row]
    rows: str

    @property
    def heads(self) -> tuple[str, ...]:
        """Names of the columns."""
        return tuple(get_type_hints(self.row))

    def lines(self, rows: Iterable[Row]) -> Iterator[str]:
        """The text of the file, line by line."""
        every: Iterable[tuple[Any, ...]] = chain([self.heads], rows)
        for cells in every:
            text = io.StringIO()
            csv.writer(text, lineterminator="\n").writerow([_written(x) for x in cells])
            yield text.getvalue()

    def text(self, rows: Iterable[Row]) -> str:
        """The text of the file."""
        return "".join(self.lines(rows))

    def read(self, path: Path) -> list[Row]:
        """The rows of a file.

        Raises ``ValueError`` naming the file if it holds other columns or a cell that
        cannot be read.
        """
        readers = [_reader(kind) for kind in get_type_hints(self.row).values()]
        with path.open(encoding="utf-8", newline="") as file:
            lines = csv.reader(file, strict=True)
            if tuple(next(lines, ())) != self.heads:
                raise ValueError(f"{path} does not hold the columns of {self.name}")
            try:
                return [
                    self.row(*(read(x) for read, x in zip(readers, line, strict=True)))
                    for line in lines
                ]
            except (ValueError, KeyError, csv.Error) as error:
                raise ValueError(f"{path}, line {lines.line_num}: {error}") from None


Rows = Mapping[Table[Any], Iterable[Any]]
"""The rows of every table of a study."""


def keep(folder: Path, tables: Rows) -> list[str]:
    """Write tables into a folder, each whole or not at all; their names."""
    for table, rows in tables.items():
        with replacing(folder / table.name) as file:
            for line in table.lines(rows):
                file.write(line.encode())
    return [table.name for table in tables]


def _written(cell: Any) -> Any:
    return cell.value if isinstance(cell, Enum) else cell


def _reader(kind: Any) -> Reader:
    """What turns the text of a cell into a value of a type."""
    options = get_args(kind)
    if NoneType in options:
        [one] = [option for option in options if option is not NoneType]
        read = _reader(one)
        return lambda text: None if text == "" else read(text)
    if get_origin(kind) is Literal:
        return {str(option): option for option in options}.__getitem__
    if kind is bool:
        return TRUTHS.__getitem__
    if kind in (str, int, float) or issubclass(kind, Enum):
        return kind  # type: ignore[no-any-return]
    raise TypeError(f"a table cannot hold a {kind}")
