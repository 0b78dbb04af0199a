"""Records of a file: rows of CSV, or objects within JSON."""

import csv
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from experiments.errors import UserError
from experiments.exports.expression import NAME, Record
from experiments.exports.json_stream import Part, parts
from experiments.exports.text import Text

SEPARATORS = (",", ";", "\t")
BLANKS = " \t\r\n\ufeff"
MOST_CELL = 16 << 20
Step = tuple[str, str]
"""A name, and what stands under it: "[]" a list, "{}" an object of records, or ""."""


class Rows(NamedTuple):
    """A CSV file: the places of its columns by name in small letters, and its rows."""

    header: tuple[str, ...]
    columns: Mapping[str, int]
    rows: Iterator[Sequence[str]]
    line: Callable[[], int]
    semicolons: bool


def is_json(text: Text) -> bool | None:
    """Tell whether a text is JSON, by its first sign; None if it is empty."""
    line = text.line()
    while line and not line.strip(BLANKS):
        line = text.line()
    text.push(line)
    return line.lstrip(BLANKS)[0] in "{[" if line else None


def rows(text: Text, shown: str) -> Rows:
    """Read CSV; raises ``UserError`` for what is none.

    A message does not hold a value: it may be an id.
    """
    csv.field_size_limit(MOST_CELL)
    line = text.line()
    separator = max(
        SEPARATORS, key=lambda mark: len(next(csv.reader([line], delimiter=mark), ()))
    )
    text.push(line)
    reader = csv.reader(text.lines(), delimiter=separator, strict=True)
    try:
        header = tuple(name.strip() for name in next(reader, ()))
    except csv.Error as error:
        raise UserError(f"cannot read {shown} as CSV: {error}.") from None
    columns: dict[str, int] = {}
    for place, name in enumerate(header):
        columns.setdefault(name.casefold(), place)

    def found() -> Iterator[Sequence[str]]:
        width = len(header)
        try:
            for cells in reader:
                if len(cells) != width:
                    if not any(map(str.strip, cells)):
                        continue
                    raise UserError(
                        f"{shown}, line {reader.line_num}: there are {len(cells)} "
                        f"values, but the header has {width} columns."
                    )
                yield cells
        except csv.Error as error:
            raise UserError(
                f"cannot read {shown} as CSV, line {reader.line_num}: {error}."
            ) from None

    return Rows(header, columns, found(), lambda: reader.line_num, separator == ";")


def steps(each: str) -> Sequence[Step]:
    """Read where records stand, such as ``data[] > results[]``."""
    found = []
    for name in filter(None, each.split(" > ")):
        for ending in ("[]", "{}", ""):
            if name.endswith(ending):
                found.append((name.removesuffix(ending), ending))
                break
    return found


def within(part: Part, way: Sequence[Step]) -> Iterator[Record]:
    """Yield the records in a part of a JSON file, each with those around it."""
    name, item = part
    if not way:
        if not name and isinstance(item, Mapping):
            yield (item,)
        return
    (first, ending), *rest = way
    if ending == "[]":
        if name == first and isinstance(item, Mapping):
            yield from _deeper((item,), item, rest)
    elif not name and isinstance(item, Mapping):
        yield from _deeper((item,), item, way)


def _deeper(
    stack: tuple[Any, ...], value: Any, way: Sequence[Step]
) -> Iterator[Record]:
    if not way:
        yield stack
        return
    (name, ending), *rest = way
    inner = value.get(name) if isinstance(value, Mapping) else None
    if ending == "[]":
        for item in inner if isinstance(inner, list) else ():
            if isinstance(item, Mapping):
                yield from _deeper((item, *stack), item, rest)
    elif ending == "{}":
        for key, item in inner.items() if isinstance(inner, Mapping) else ():
            if isinstance(item, Mapping):
                named = {**item, NAME: key}
                yield from _deeper((named, *stack), named, rest)
    elif inner is not None:
        yield from _deeper(stack, inner, rest)


def objects(text: Text, shown: str) -> Iterator[Part]:
    """Read JSON of any shape; see ``json_stream``."""
    return parts(text, lambda: shown)
