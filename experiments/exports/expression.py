"""Expressions by which a format says where a value stands in a record.

========================  ===========================================================
``a > b``                 the value ``b`` within ``a``: of an object, of a text of JSON,
                          or of a list of OpenTelemetry's attributes
``^a``                    ``a`` of the record around this one; ``^^a`` of the next
``$name``                 the name under which the record stands
``a | b``                 ``a``, or ``b`` if there is none
``a + b``                 the sum
``a * 0.01``              in another unit
========================  ===========================================================

The signs have blanks around them, as names of columns hold such signs, too.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from experiments.exports.numbers import number

NAME = "$name"
Record = Sequence[Any]
"""A record, then those around it, from the inside out: an object, or cells of CSV."""
Get = Callable[[Record], Any]


class Path(NamedTuple):
    """Where a value stands: so many records further out, under these names."""

    outwards: int
    names: tuple[str, ...]

    @classmethod
    def of(cls, text: str) -> "Path":
        """Read a path such as ``^actor > email_address``."""
        rest = text.strip().lstrip("^")
        return cls(len(text.strip()) - len(rest), tuple(rest.split(" > ")))


class Expression(NamedTuple):
    """A factor, and a sum of alternatives."""

    factor: float
    terms: tuple[tuple[Path, ...], ...]

    @classmethod
    def of(cls, text: str) -> "Expression":
        """Read an expression; raises ``ValueError`` for a factor that is no number."""
        body, star, factor = text.partition(" * ")
        return cls(
            float(factor) if star else 1.0,
            tuple(
                tuple(Path.of(option) for option in term.split(" | "))
                for term in body.split(" + ")
            ),
        )

    @property
    def paths(self) -> tuple[Path, ...]:
        """All paths, in order."""
        return tuple(path for term in self.terms for path in term)

    def total(
        self,
        columns: Mapping[str, int] | None,
        number: Callable[[Any], float] = number,
    ) -> Callable[[Record], float] | None:
        """Make the function that adds up the terms of a record; see ``value``.

        ``number`` reads one value. Raises ``ValueError`` for what is no number of 0 or
        more.
        """
        terms = [value(term, columns) for term in self.terms]
        there = [term for term in terms if term is not None]
        if not there:
            return None
        factor = self.factor
        if len(there) == 1 and factor == 1.0:
            [only] = there
            return lambda record: number(only(record))
        return lambda record: factor * sum(number(term(record)) for term in there)


def value(options: Sequence[Path], columns: Mapping[str, int] | None) -> Get | None:
    """Make the function that gives the first value there is, or None.

    ``columns`` are the places of the columns of a CSV file by name, in small letters;
    None for records of JSON. None is given if the file has no such column.
    """
    getters = [got for path in options if (got := _getter(path, columns)) is not None]
    if not getters:
        return None
    if len(getters) == 1:
        return getters[0]

    def first(record: Record) -> Any:
        for get in getters:
            found = get(record)
            if found is not None and found != "":
                return found
        return None

    return first


def _getter(path: Path, columns: Mapping[str, int] | None) -> Get | None:
    outwards, names = path
    if columns is None:
        return lambda record: _within(
            record[outwards] if outwards < len(record) else None, names
        )
    place = columns.get(names[0].casefold())
    if place is None:
        return None
    if len(names) == 1:
        return lambda record: record[0][place]
    within = names[1:]
    last: list[Any] = ["", {}]  # text and its content: other columns ask for it, too

    def get(record: Record) -> Any:
        text = record[0][place]
        if text != last[0]:
            last[:] = text, _parsed(text)
        return _within(last[1], within)

    return get


def _parsed(text: str) -> Any:
    try:
        return json.loads(text) if text else {}
    except (ValueError, RecursionError):
        raise ValueError("JSON is needed") from None


def _within(value: Any, names: Sequence[str]) -> Any:
    for name in names:
        if isinstance(value, Mapping):
            value = value.get(name)
        elif isinstance(value, list):
            value = _attribute(value, name)
        else:
            return None
    return value


def _attribute(attributes: Sequence[Any], name: str) -> Any:
    """Find an attribute in OpenTelemetry's list of keys and typed values."""
    for entry in attributes:
        if isinstance(entry, Mapping) and entry.get("key") == name:
            typed = entry.get("value")
            return next(iter(typed.values()), None) if isinstance(typed, dict) else None
    return None
