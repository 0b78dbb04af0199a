"""Errors of pydantic in plain words: key, value, what is allowed, what to do."""

import re
from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from experiments.config.catalogue import all_keys, declared, suggestion
from experiments.config.forms import FORM
from experiments.errors import UserError
from model.parameters import Declaration

MOST_LINES = 3

KINDS = {
    "float_type": "a number",
    "int_type": "a whole number",
    "int_from_float": "a whole number",
    "bool_type": "true or false",
    "string_type": "a name",
    "tuple_type": "a list of names",
    "finite_number": "a finite number",
}


def refusal(
    error: ValidationError,
    prefix: str = "",
    where: str = "",
    rows: Mapping[str, Declaration] | None = None,
) -> UserError:
    """Say in plain words what pydantic refused; ``prefix`` is the key of the group.

    ``rows`` are the declarations of its keys, unless they are those of a comparison.
    """
    rows = rows or declared("compare")
    lines = [_line(detail, prefix, rows) for detail in error.errors(include_url=False)]
    shown = lines[:MOST_LINES]
    shown[0] = where + shown[0]
    return UserError("\n".join(shown))


def shown(value: Any) -> str:
    """Write a value as it stands in a config."""
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    if isinstance(value, tuple):  # a list of a config
        value = list(value)
    text = repr(value) if isinstance(value, str | float | int) else str(value)
    return text if len(text) <= 60 else text[:57] + "..."


def allowed(row: Declaration) -> str:
    """End a sentence with the range that a parameter must lie in."""
    low, high = (None if x is None else _number(x) for x in (row.low, row.high))
    unit = "" if row.unit == "-" else f" {row.unit}"
    if low is not None and high is not None:
        return f"lie in [{low}, {high}]{unit}"
    if low is not None:
        return f"be at least {low}{unit}"
    return "be a valid value" if high is None else f"be at most {high}{unit}"


def _line(detail: ErrorDetails, prefix: str, rows: Mapping[str, Declaration]) -> str:
    loc = (prefix, *detail["loc"]) if prefix else detail["loc"]
    key = ".".join(map(str, loc))
    value, kind = detail["input"], detail["type"]
    row = rows.get(key)
    if kind == "value_error":
        return _own_message(str(detail["ctx"]["error"]), key)
    if kind == FORM:
        return f"{key} is {shown(value)}; {detail['msg']}."
    if kind == "extra_forbidden":
        return f"there is no key {key}{suggestion(key, all_keys())}"
    if kind in KINDS:
        limits = f"; it must {allowed(row)}" if row and _limited(row) else ""
        return f"{key} is {shown(value)}, but {KINDS[kind]} is needed{limits}."
    if kind in ("greater_than_equal", "less_than_equal") and row:
        return _out_of_range(key, value, row)
    return f"{key} is {shown(value)}: {detail['msg'].lower()}."


def _own_message(message: str, key: str) -> str:
    """Add the key and the nearest valid name to a message of the model."""
    choice = re.fullmatch(r"(\w+) is (.*); choose one of (.*)", message)
    if not choice:
        return f"{message}."
    field, value, valid = choice.groups()
    near = suggestion(value.strip("'"), valid.split(", "))
    return f"{key}.{field} is {value}; choose one of {valid}{near}"


def _out_of_range(key: str, value: float, row: Declaration) -> str:
    if (row.low, row.high) != (0.0, 1.0):
        return f"{key} is {shown(value)}; it must {allowed(row)}."
    line = f"{key} is {shown(value)}; a share or probability must lie in [0, 1]."
    if 1 < value <= 100:
        use = f"Use {_number(value / 100)} for {_number(value)} %."
        return f"{line} Did you write per cent? {use}"
    return line


def _limited(row: Declaration) -> bool:
    return row.low is not None or row.high is not None


def _number(value: float) -> str:
    """Write a number without needless digits: 10000000, 0.017, 1."""
    return str(int(value)) if value == int(value) else f"{value:.10g}"
