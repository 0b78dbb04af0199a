"""A pair as a link: what differs from the declared values, readable.

``?first=voluntary&second=monthly_minimum&second.quota.amount=160&people.learning=0.1``
"""

from enum import IntEnum
from typing import Any
from urllib.parse import parse_qsl, urlencode

from experiments.config.catalogue import SCENARIO_GROUPS, suggestion
from experiments.designs.pair import (
    MOST_TEXT,
    SIDES,
    VERSION,
    WHOLE,
    Pair,
    Value,
    keys,
    read,
    short,
    this_model,
)
from experiments.errors import UserError


def as_query(pair: Pair) -> str:
    """The query of a link: what differs from the declared values, readable."""
    said: list[tuple[str, str]] = []
    for name, side in zip(SIDES, (pair.first, pair.second), strict=True):
        said.append((name, side.scheme))
        said += [(f"{name}.{key}", _text(value)) for key, value in side.changes]
    said += [(key, _text(value)) for key, value in pair.shared]
    said += [(n, str(getattr(pair, n))) for n in WHOLE if getattr(pair, n) != WHOLE[n]]
    return urlencode([*said, (VERSION, this_model())])


def from_query(query: str) -> Pair:
    """A pair from the query of a link; raises ``UserError``."""
    if len(query) > MOST_TEXT:
        raise UserError(f"the link is longer than {MOST_TEXT:,} characters.")
    content: dict[str, Any] = {"shared": {}}
    pairs = parse_qsl(query.removeprefix("?"), keep_blank_values=True)
    for name, value in pairs:
        part, _, key = name.partition(".")
        place, entry = content, name
        parsed: Value = value
        if name in SIDES:
            place, entry = content.setdefault(name, {}), "scheme"
        elif part in SIDES:
            place, entry = content.setdefault(part, {}), key
            parsed = _parsed(key, value, name)
        elif "." in name:
            place = content["shared"]
            parsed = _parsed(name, value, name)
        elif name in WHOLE:
            parsed = _number(int, value, name)
        if entry in place:
            raise UserError(f"the link says {short(name)} twice.")
        place[entry] = parsed
    for name in SIDES:
        if name in content and "scheme" not in content[name]:
            raise UserError(f"the link changes {name}, but does not name its scheme.")
    return read(content)


def _parsed(key: str, text: str, name: str) -> Value:
    """A value of a link, by the kind of its parameter."""
    if key not in keys():
        raise UserError(
            f"the link has no key {short(name)}{suggestion(key, [*keys()])}"
        )
    kind = _kind(key)
    if issubclass(kind, IntEnum):
        return text
    if kind is bool:
        if text not in ("true", "false"):
            raise UserError(f"{name} is {short(text)}; true or false is needed.")
        return text == "true"
    return _number(kind, text, name)


def _kind(key: str) -> type:
    group, field_name = key.split(".")
    kind = SCENARIO_GROUPS[group].model_fields[field_name].annotation
    assert isinstance(kind, type)
    return kind


def _number(kind: type, text: str, name: str) -> int | float:
    try:
        value: int | float = kind(text)
    except ValueError:
        needed = "a whole number" if kind is int else "a number"
        raise UserError(f"{name} is {short(text)}; {needed} is needed.") from None
    return value


def _text(value: Value) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
