"""JSON of any size and shape, object by object.

A file may hold an object, several of them after each other (pages, or a line each), or
a list. Lists of objects within an object are given item by item under their name;
then the rest of the object without them. So a page of a gigabyte needs little memory.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from experiments.errors import UserError
from experiments.exports.text import LONGEST, Text

BLOCK = 1 << 20
FIRST = 1 << 20
"""Characters in which a first line must end, if lines are objects."""
BLANKS = " \t\r\n\ufeff"
Part = tuple[str, Any]
"""The name of the list in which an object stands (empty: none), and the object."""


def parts(text: Text, place: Callable[[], str]) -> Iterator[Part]:
    """Yield the objects of a file; ``place`` names it in messages.

    Raises ``UserError`` for what is no JSON.
    """
    line = text.line(FIRST)
    while line and not line.strip(BLANKS):
        line = text.line(FIRST)
    if not line:
        return
    try:
        first = json.loads(line.strip(BLANKS), parse_constant=_refuse)
    except (ValueError, RecursionError):
        text.push(line)
        yield from _Reader(text, place).parts()
        return
    yield from _split(first)
    for number, line in enumerate(text.lines(), start=2):
        stripped = line.strip(BLANKS)
        if stripped:
            try:
                found = json.loads(stripped, parse_constant=_refuse)
            except (ValueError, RecursionError):
                raise UserError(
                    f"{place()}: line {number} is no whole object of JSON; was the "
                    "file loaded to its end?"
                ) from None
            yield from _split(found)


def _refuse(name: str) -> Any:
    raise ValueError(f"{name} is no number of JSON")


def _split(value: Any) -> Iterator[Part]:
    """Yield the items of lists of objects, then the object without them."""
    if isinstance(value, list):
        for item in value:
            yield from _split(item)
    elif isinstance(value, dict):
        rest = {}
        for name, inner in value.items():
            if _has_objects(inner):
                for item in inner:
                    yield name, item
            rest[name] = inner
        yield "", rest


def _has_objects(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and isinstance(value[0], Mapping)


class _Reader:
    """Reads values from a buffer that is filled again as needed."""

    def __init__(self, text: Text, place: Callable[[], str]) -> None:
        self._text, self._place = text, place
        self._buffer, self._at, self._ended = "", 0, False
        self._decoder = json.JSONDecoder(parse_constant=_refuse)

    def parts(self) -> Iterator[Part]:
        while sign := self._peek():
            if sign == "[":
                for item in self._items():
                    yield from _split(item)
            elif sign == "{":
                yield from self._object()
            elif sign == ",":  # between pages that were put together by hand
                self._at += 1
            else:
                raise self._wrong()

    def _object(self) -> Iterator[Part]:
        self._at += 1
        rest: dict[str, Any] = {}
        while True:
            sign = self._peek()
            if sign == "}":
                self._at += 1
                break
            if sign == "," and rest:
                self._at += 1
                continue
            name = self._value()
            if not isinstance(name, str) or self._peek() != ":":
                raise self._wrong()
            self._at += 1
            rest[name] = None
            if self._peek() != "[":
                rest[name] = self._value()
                continue
            others = []
            for item in self._items():
                if isinstance(item, Mapping):
                    yield name, item
                else:
                    others.append(item)
            rest[name] = others
        yield "", rest

    def _items(self) -> Iterator[Any]:
        self._at += 1
        while True:
            sign = self._peek()
            if sign == "]":
                self._at += 1
                return
            if sign == ",":
                self._at += 1
                continue
            yield self._value()

    def _peek(self) -> str:
        """Give the next sign that is no blank; none at the end of the file."""
        while True:
            while self._at < len(self._buffer):
                sign = self._buffer[self._at]
                if sign not in BLANKS:
                    return sign
                self._at += 1
            if not self._fill():
                return ""

    def _value(self) -> Any:
        while True:
            try:
                value, end = self._decoder.raw_decode(self._buffer, self._at)
            except RecursionError:
                raise self._wrong() from None
            except ValueError:
                if len(self._buffer) - self._at > LONGEST or not self._fill():
                    raise self._wrong() from None
                continue
            # A number may go on in the next block.
            if end == len(self._buffer) and self._fill():
                continue
            self._at = end
            return value

    def _fill(self) -> bool:
        if self._ended:
            return False
        # At least as much as there is, so that a long value is not tried too often.
        block = self._text.block(max(BLOCK, len(self._buffer) - self._at))
        self._buffer = self._buffer[self._at :] + block
        self._at = 0
        self._ended = not block
        return bool(block)

    def _wrong(self) -> UserError:
        return UserError(f"{self._place()} is no whole JSON; was it loaded to its end?")
