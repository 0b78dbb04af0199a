"""The grammar of levels: the same words mean the same in every study.

*Levels* of a parameter are written in one of these ways:

    [0, 0.05, 0.1]                             a list
    [logit, prospect]                          choices, by name or code
    span                                       the span that is declared for it
    {low: 40, high: 400, levels: 5}            a range, as so many levels
    {distribution: log_uniform}                a range over its span
    {distribution: normal, mean: 0, sd: 0.1}
    {distribution: triangular, mode: 0.2}

A missing end is that of the declared span; for a normal distribution, the parameter's
own bound.

*Factors* are keys with their levels, ``{quota.penalty: [0, 0.1], bonus.rate: span}``,
or a list of keys, ``[quota.penalty, bonus.rate]``, each over its span. Null: none.

Where a study asks for the levels of one number (``rising``), null means its span, and
the default number of levels is the study's ``points``. Families and workforces are
written with levels too; see ``families``.

The form is declared in ``experiments.config.forms``. Every mistake raises ``UserError``
naming the key, the value and what is allowed; its message begins with ``place``.
"""

from collections.abc import Mapping, Sequence
from enum import IntEnum
from typing import Any, get_args

import numpy as np

from experiments.config.catalogue import suggestion
from experiments.config.forms import FactorsGiven, Level, LevelsGiven
from experiments.config.messages import shown
from experiments.designs.factors import (
    ENDS,
    PLACES,
    Distribution,
    Factor,
    Kind,
    as_number,
    check_key,
    code,
    declared,
    kind_of,
    kind_of_factor,
    name_of,
    of_levels,
)
from experiments.errors import UserError

EXAMPLE = "{quota.penalty: [0, 0.05, 0.1]}"
SPAN = "span"
MOST_LEVELS = 10_000
NEEDS: Mapping[str, tuple[str, ...]] = {
    "uniform": (),
    "log_uniform": (),
    "normal": ("mean", "sd"),
    "triangular": ("mode",),
}
"""Distributions of a range, and the numbers that each needs besides its ends."""
Given = Mapping[str, Level | Sequence[Level]]
"""A range as it was written."""


def read_factors(
    levers: FactorsGiven, uncertainties: FactorsGiven
) -> tuple[Factor, ...]:
    """Read the factors of a study: levers first, each kind in the order given."""
    given: dict[Kind, Mapping[str, LevelsGiven]] = {
        "lever": by_key(levers, "study.levers"),
        "uncertainty": by_key(uncertainties, "study.uncertainties"),
    }
    for key in given["lever"]:
        if key in given["uncertainty"]:
            raise UserError(
                f"{key} stands in study.levers and in study.uncertainties; "
                "leave it in one of them."
            )
    return tuple(
        read_factor(key, levels, kind)
        for kind, own in given.items()
        for key, levels in own.items()
    )


def by_key(given: FactorsGiven, place: str) -> Mapping[str, LevelsGiven]:
    """Give the levels of factors by key, as written; keys in a list get their spans."""
    if given is None:
        return {}
    if isinstance(given, Mapping):
        return given
    for number, key in enumerate(given):
        if key in given[:number]:
            raise UserError(f"{place} names {shown(key)} twice.")
    return dict.fromkeys(given, SPAN)


def read_factor(
    key: str, given: LevelsGiven, kind: Kind, place: str = "", points: int = ENDS
) -> Factor:
    """Read the levels of one factor; ``points`` is the default number for a range."""
    place = place or f"{PLACES[kind]}: "
    check_key(key, place, kind)
    if isinstance(given, list | tuple):
        return of_levels(key, kind, _listed(key, given, place))
    if given == SPAN:
        given = {}
    if isinstance(given, Mapping):
        return _range(key, given, kind, place, points)
    raise UserError(
        f"{place}{key} is {shown(given)}; give it levels, [0, 1], a range, "
        "{low: 0, high: 1}, or the word span.\n"
        f"To hold it at one value for all, write {key}={shown(given)} or one level."
    )


def rising(
    key: str, given: LevelsGiven, place: str, *, points: int, fewest: int
) -> tuple[float, ...]:
    """Read the levels of one number, ``fewest`` or more, in rising order."""
    own = read_factor(
        key, SPAN if given is None else given, kind_of_factor(key), place, points
    )
    if own.distribution == "uniform":
        levels = spaced(key, own.low, own.high, own.grid)
    else:
        levels = tuple(sorted(own.on_grid()))
    if len(levels) < fewest:
        raise UserError(
            f"{place}{key} has {len(levels)} level{'s' * (len(levels) != 1)}; at least "
            f"{fewest} are needed."
        )
    return levels


def spaced(key: str, low: float, high: float, points: int) -> tuple[float, ...]:
    """Space levels evenly from end to end; round them if the parameter is whole."""
    levels = np.linspace(low, high, points)
    if kind_of(key) is int:
        levels = np.round(levels)
    return tuple(dict.fromkeys(float(f"{level:.12g}") for level in levels))


def _listed(key: str, given: Sequence[Level], place: str) -> tuple[float, ...]:
    if not given:
        raise UserError(f"{place}{key} has an empty list of levels; give it some.")
    levels = tuple(code(key, value, place) for value in given)
    seen: dict[str, float] = {}
    for level in levels:
        name = name_of(key, level + 0.0)  # -0 is 0
        if name not in seen:
            seen[name] = level
        elif seen[name] == level:
            raise UserError(f"{place}{key} has the level {name} twice.")
        else:
            raise UserError(
                f"{place}{key} has the levels {seen[name]!r} and {level!r}, which are "
                f"both shown as {name}; keep one of them."
            )
    return levels


def _range(key: str, given: Given, kind: Kind, place: str, points: int) -> Factor:
    row, choices = declared()[key], _choices(key)
    if choices and not given:
        return of_levels(key, kind, choices)
    if choices:
        names = ", ".join(name_of(key, level) for level in choices)
        raise UserError(f"{place}{key} is a choice; give it levels such as [{names}].")
    distribution = _distribution(key, given, place)
    wide = distribution == "normal"
    ends = (row.low, row.high) if wide else row.span
    low, high = (
        code(key, given.get(name, end), f"{place}{name} of ")
        for name, end in zip(("low", "high"), ends, strict=True)
    )
    if low >= high:
        raise UserError(
            f"{place}{key} goes from {low:g} to {high:g}; low must be below high."
        )
    if name_of(key, low) == name_of(key, high):
        raise UserError(
            f"{place}{key} goes from {low!r} to {high!r}, which are both shown as "
            f"{name_of(key, low)}; give it a wider range."
        )
    if distribution == "log_uniform" and low <= 0.0:
        raise UserError(
            f"{place}{key} begins at {low:g}; a log_uniform range begins above 0."
        )
    shape = tuple(
        _of_shape(key, name, given[name], (low, high), place)
        for name in NEEDS[distribution]
    )
    count = _count(key, given.get("levels", points), place)
    return Factor(key, kind, row.unit, None, low, high, distribution, shape, count)


def _choices(key: str) -> tuple[float, ...]:
    """List the codes of an enumeration, or false and true; nothing for a number."""
    kind = kind_of(key)
    if issubclass(kind, IntEnum):
        return tuple(float(member) for member in kind)
    return (0.0, 1.0) if kind is bool else ()


def _distribution(key: str, given: Given, place: str) -> Distribution:
    """Check the keys of a range, and give its distribution."""
    name = given.get("distribution", "uniform")
    if not isinstance(name, str) or name not in NEEDS:
        raise UserError(
            f"{place}{key} has the distribution {shown(name)}"
            f"{suggestion(str(name), list(NEEDS))}\nChoose among {', '.join(NEEDS)}."
        )
    valid = ("low", "high", "levels", "distribution", *NEEDS[name])
    for word in given:
        if word not in valid:
            raise UserError(
                f"{place}{key} has {word}{suggestion(str(word), valid)}\n"
                f"A {name} range has {', '.join(valid)}."
            )
    for word in NEEDS[name]:
        if word not in given:
            raise UserError(f"{place}{key} is {name} and needs {word}.")
    chosen: Distribution = next(d for d in get_args(Distribution) if d == name)
    return chosen


def _of_shape(
    key: str, name: str, given: Any, ends: tuple[float, float], place: str
) -> float:
    number = as_number(given)
    if number is None or not np.isfinite(number):
        raise UserError(
            f"{place}{name} of {key} is {shown(given)}; a number is needed."
        )
    if name == "sd" and number <= 0.0:
        raise UserError(f"{place}sd of {key} is {shown(given)}; it must be above 0.")
    if name != "sd" and not ends[0] <= number <= ends[1]:
        raise UserError(
            f"{place}{name} of {key} is {shown(given)}; it must lie in its range, "
            f"[{ends[0]:g}, {ends[1]:g}]."
        )
    return number


def _count(key: str, given: Any, place: str) -> int:
    number = as_number(given)
    if number is None or number % 1.0 or not ENDS <= number <= MOST_LEVELS:
        raise UserError(
            f"{place}levels of {key} is {shown(given)}; their number is needed, from "
            f"{ENDS} to {MOST_LEVELS} (a list of levels stands without low and high)."
        )
    return int(number)
