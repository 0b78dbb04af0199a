"""A pair as a link that people can read: what differs from the declared values.

``?first=voluntary&second=monthly_minimum&second.quota.amount=160&people.learning=0.1``
People under schemes of their own are ``second.groups={pilot: {share: 0.5}}``, as on the
command line. A new model that comes on both sides is ``release=30:gain:0.9``, from week
30 on. The workforce is ``workforce=bank``; for one's own every share is an entry, such
as ``workforce.developer.share=0.4``, and so is every number that is its own.
"""

from enum import IntEnum
from typing import Any
from urllib.parse import urlencode

from app.link import entries
from experiments.config import plain, roles
from experiments.config.catalogue import SCENARIO_GROUPS, suggestion
from experiments.designs.pair import (
    GROUPS,
    ONE_CROWD,
    SIDES,
    VERSION,
    WHOLE,
    WORKFORCE,
    Pair,
    Value,
    groups_written,
    keys,
    read,
    short,
    this_model,
)
from experiments.errors import UserError

RELEASE = "release"


def as_query(pair: Pair) -> str:
    """Return the query of a link to a pair."""
    said: list[tuple[str, str]] = []
    for name, side in zip(SIDES, (pair.first, pair.second), strict=True):
        said.append((name, side.scheme))
        said += [(f"{name}.{key}", _text(value)) for key, value in side.changes]
        said += [(f"{name}.{GROUPS}", side.groups)] if side.groups else []
    said += [(key, _text(value)) for key, value in pair.shared]
    said += _of_workforce(pair)
    said += [
        (RELEASE, f"{phase.week}:{name}:{value}")
        for phase in pair.releases
        for name, value in phase.technology.changes.items()
    ]
    said += [(n, str(getattr(pair, n))) for n in WHOLE if getattr(pair, n) != WHOLE[n]]
    return urlencode([*said, (VERSION, this_model())], safe=":")


def from_query(query: str) -> Pair:
    """Read a pair from the query of a link; raises ``UserError``."""
    whole: dict[str, Any] = {}
    groups: dict[str, dict[str, Any]] = {}
    models: dict[int, dict[str, Value]] = {}
    mix: dict[str, dict[str, Value]] = {}
    for name, value in entries(query):
        if roles.is_number(name):
            _, role, number = name.split(".")
            own = mix.setdefault(role, {})
            if number in own:
                raise UserError(f"the link says {short(name)} twice.")
            own[number] = _number(float, value, name)
            continue
        if name == RELEASE:
            week, quantity, new = _release(value)
            if quantity in models.setdefault(week, {}):
                raise UserError(f"the link says release={week}:{quantity} twice.")
            models[week][quantity] = new
            continue
        group, key, parsed = _entry(name, value)
        place = groups.setdefault(group, {}) if group else whole
        if key in place:
            raise UserError(f"the link says {short(name)} twice.")
        place[key] = parsed
    for name in SIDES:
        if name in groups and "scheme" not in groups[name]:
            raise UserError(f"the link changes {name}, but does not name its scheme.")
    if mix and WORKFORCE in whole:
        raise UserError(
            "the link names a workforce, and says another one by its roles."
        )
    if mix:
        whole[WORKFORCE] = {"roles": mix}
    if models:
        whole["timeline"] = [
            {"week": week, "technology": news} for week, news in models.items()
        ]
    return read({**groups, **whole})


def is_known(name: str) -> bool:
    """Check whether a name may stand in a link to a pair."""
    if name in (*SIDES, *WHOLE, VERSION, WORKFORCE, RELEASE) or roles.is_number(name):
        return True
    group, _, key = name.partition(".")
    if group in SIDES:
        return key == GROUPS or key in keys()
    return name in keys()


def _of_workforce(pair: Pair) -> list[tuple[str, str]]:
    """Return the entries of a workforce; none for the one crowd."""
    if pair.workforce == ONE_CROWD:
        return []
    name = roles.name_of(pair.workforce)
    if name:
        return [(WORKFORCE, name)]
    return [
        (f"{WORKFORCE}.{role}.{number}", _text(value))
        for role, own in roles.mix_of(pair.workforce).items()
        for number, value in own.items()
    ]


def _release(text: str) -> tuple[int, str, int | float]:
    """Return week, quantity and value of a new model, as 30:gain:0.9."""
    week, *rest = text.split(":")
    if len(rest) != 2:
        raise UserError(f"release is {short(text)}; write release=WEEK:gain:VALUE.")
    name, value = rest
    return int(_number(int, week, "release")), name, _number(float, value, "release")


def _entry(name: str, value: str) -> tuple[str, str, Any]:
    """Return where an entry of a link belongs, its key there, and its value.

    It belongs to a side, to what is shared, or, without a group, to the whole pair.
    """
    group, _, key = name.partition(".")
    if name in SIDES:
        return name, "scheme", value
    if group in SIDES and key == GROUPS:
        return group, key, groups_written(value)
    if group in SIDES:
        return group, key, _parsed(key, value, name)
    if "." in name:
        return "shared", name, _parsed(name, value, name)
    if name in WHOLE:
        return "", name, _number(int, value, name)
    return "", name, value


def _parsed(key: str, text: str, name: str) -> Value:
    """Read the value of a parameter; ``name`` is how the link calls it."""
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
    number = plain.number(text)
    if number is None or (kind is int and not isinstance(number, int)):
        needed = "a whole number" if kind is int else "a number"
        raise UserError(f"{name} is {short(text)}; {needed} is needed.")
    return number if kind is int else float(text)


def _text(value: Value) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
