"""Factors of a sweep: which keys change, and over which levels or ranges.

A *lever* is what the principal chooses, a part of the scheme; it is pulled in the
schemes that are swept and leaves the baseline as published. An *uncertainty* is what
nobody knows; it changes the world of every scheme, of the baseline too. Either is
written in one of these ways:

    quota.penalty: [0, 0.05, 0.1]                    levels
    people.rule: [logit, prospect]                   levels of a choice, by name or code
    people.belief_mean: span                         the span that is declared for it
    quota.amount: {low: 40, high: 400, levels: 5}    a range; levels for a grid
    people.intensity: {distribution: log_uniform}    over its span
    people.belief_mean: {distribution: normal, mean: 0, sd: 0.1}

Every bound and unit is that of the parameter's own declaration.
"""

from collections.abc import Mapping
from enum import IntEnum
from functools import cache
from typing import Any, Literal, NamedTuple, get_args

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from experiments.config.catalogue import SCENARIO_GROUPS, suggestion
from experiments.config.messages import allowed, shown
from experiments.errors import UserError
from model.parameters import Declaration, declarations
from model.scenario import Scenario, Scheme

Floats = NDArray[np.float64]
Kind = Literal["lever", "uncertainty"]
Distribution = Literal["levels", "uniform", "log_uniform", "normal", "triangular"]

EXAMPLE = "{quota.penalty: [0, 0.05, 0.1]}"
SPAN = "span"
ENDS = 2
"""Levels of a range in a grid, if nothing else is asked for: its ends."""
MOST_LEVELS = 10_000
GROUPS: Mapping[Kind, tuple[str, ...]] = {
    "lever": (*Scheme.model_fields, "principal"),
    "uncertainty": tuple(g for g in SCENARIO_GROUPS if g not in Scheme.model_fields),
}
"""Where factors of each kind are; how the principal plans may be either."""
PLACES: Mapping[Kind, str] = {
    "lever": "study.levers",
    "uncertainty": "study.uncertainties",
}
NOT_FACTORS = {
    "weeks": "all runs of a sweep are equally long; make one sweep a length",
    "seed": "luck varies by study.replicates",
    "timeline": "a timeline belongs to a scheme; list schemes in study.schemes",
    "scheme": "list the schemes in study.schemes",
}
NEEDS: Mapping[str, tuple[str, ...]] = {
    "uniform": (),
    "log_uniform": (),
    "normal": ("mean", "sd"),
    "triangular": ("mode",),
}
"""Distributions of a range, and the numbers that each needs beside its ends."""


class Factor(NamedTuple):
    """Something that a sweep changes.

    Attributes
    ----------
    levels : tuple of float or None
        In the order given; choices by their codes, false and true as 0 and 1. None
        for a range.
    low, high : float
        Ends of the range or of the levels.
    shape : tuple of float
        Mean and sd of a normal, mode of a triangular distribution.
    grid : int
        Levels of a range where a design needs levels.
    """

    key: str
    kind: Kind
    unit: str
    levels: tuple[float, ...] | None
    low: float
    high: float
    distribution: Distribution
    shape: tuple[float, ...] = ()
    grid: int = ENDS

    def on_grid(self) -> tuple[float, ...]:
        """The levels; of a range, evenly spaced ones with both ends.

        They are even in the logarithm if the range is log-uniform. Those of a normal
        or triangular one stand for equal probabilities.
        """
        if self.levels is not None:
            return self.levels
        shares = np.linspace(0.0, 1.0, self.grid)
        if self.shape:
            shares = (np.arange(self.grid) + 0.5) / self.grid
        found = self._continuous(shares)
        if kind_of(self.key) is int:
            found = np.round(found)
        return tuple(dict.fromkeys(found.tolist()))

    def at_shares(self, shares: Floats) -> Floats:
        """Values below which these shares (N,) of the distribution lie, from 0 to 1.

        Levels and whole numbers of a uniform range are equally likely.
        """
        if self.levels is not None:
            return np.array(self.levels)[_parts(shares, len(self.levels))]
        if kind_of(self.key) is not int:
            return self._continuous(shares)
        if self.distribution == "uniform":
            steps = _parts(shares, int(self.high - self.low) + 1)
            return np.asarray(self.low + steps, np.float64)
        return np.round(self._continuous(shares))

    def name_of(self, level: float) -> str:
        """A level as a person writes it."""
        return name_of(self.key, level)

    def _continuous(self, shares: Floats) -> Floats:
        low, high = self.low, self.high
        if self.distribution == "log_uniform":
            found = stats.loguniform(low, high).ppf(shares)
        elif self.distribution == "normal":
            mean, sd = self.shape
            found = stats.truncnorm(
                (low - mean) / sd, (high - mean) / sd, mean, sd
            ).ppf(shares)
        elif self.distribution == "triangular":
            [mode] = self.shape
            found = stats.triang((mode - low) / (high - low), low, high - low).ppf(
                shares
            )
        else:
            found = low + (high - low) * shares
        # Rounding must not leave the range that was checked.
        return np.asarray(np.clip(found, low, high), np.float64)


def _parts(shares: Floats, count: int) -> NDArray[np.int64]:
    """Which of ``count`` equal parts of [0, 1] each share lies in."""
    return np.minimum((shares * count).astype(np.int64), count - 1)


@cache
def _declared() -> Mapping[str, Declaration]:
    return {row.key: row for row in declarations(Scenario)}


@cache
def keys(kind: Kind | None = None) -> tuple[str, ...]:
    """Dotted keys that may be factors, of one kind or of both."""
    groups = GROUPS[kind] if kind else tuple(SCENARIO_GROUPS)
    return tuple(key for key in _declared() if key.split(".")[0] in groups)


@cache
def kind_of(key: str) -> type:
    """What a parameter is: ``float``, ``int``, ``bool`` or an enumeration."""
    group, field = key.split(".")
    kind = SCENARIO_GROUPS[group].model_fields[field].annotation
    if not isinstance(kind, type):
        raise TypeError(f"{key} has no single type")
    return kind


def name_of(key: str, level: float) -> str:
    """A level as a person writes it."""
    kind = kind_of(key)
    if issubclass(kind, IntEnum):
        return kind(int(level)).name.lower()
    if kind is bool:
        return "true" if level else "false"
    return f"{level:.10g}"


def factors(levers: Any, uncertainties: Any) -> tuple[Factor, ...]:
    """The factors that a study declares: levers first, each kind in the order given.

    Raises ``UserError`` naming the key, the value and what is allowed.
    """
    declared: dict[Kind, Mapping[str, Any]] = {
        "lever": _mapping(levers, "lever"),
        "uncertainty": _mapping(uncertainties, "uncertainty"),
    }
    for key in declared["lever"]:
        if key in declared["uncertainty"]:
            raise UserError(
                f"{key} stands in study.levers and in study.uncertainties; "
                "leave it in one of them."
            )
    return tuple(
        factor(key, given, kind)
        for kind, own in declared.items()
        for key, given in own.items()
    )


def _mapping(given: Any, kind: Kind) -> Mapping[str, Any]:
    if given is None:
        return {}
    if not isinstance(given, dict):
        written = list(given) if isinstance(given, tuple) else given
        raise UserError(
            f"{PLACES[kind]} is {shown(written)}, but factors with their levels are "
            f"needed, such as {PLACES[kind]}={EXAMPLE}."
        )
    return {str(key): value for key, value in given.items()}


def factor(key: str, given: Any, kind: Kind) -> Factor:
    """One factor as it was written; ``UserError`` if it cannot be one."""
    place = f"{PLACES[kind]}: "
    check_key(key, place, kind)
    if isinstance(given, list | tuple):
        return of_levels(key, kind, _levels(key, given, place))
    if given == SPAN:
        given = {}
    if isinstance(given, dict):
        return _range(key, given, kind, place)
    raise UserError(
        f"{place}{key} is {shown(given)}; give it levels, [0, 1], a range, "
        "{low: 0, high: 1}, or the word span.\n"
        f"To hold it at one value for all, write {key}={shown(given)} or one level."
    )


def check_key(key: str, place: str, kind: Kind | None = None) -> None:
    """Refuse what is no parameter, or none of this kind."""
    if key in NOT_FACTORS:
        raise UserError(f"{place}{key} cannot be a factor: {NOT_FACTORS[key]}.")
    if key in SCENARIO_GROUPS:
        raise UserError(
            f"{place}{key} is a group, not a parameter; factors are keys such as "
            f"{next(k for k in _declared() if k.startswith(f'{key}.'))}."
        )
    if key not in keys():
        raise UserError(
            f"{place}there is no parameter {key}{suggestion(key, keys())}\n"
            "All parameters: tokenmaxxing study=parameters"
        )
    if kind and key not in keys(kind):
        other: Kind = "uncertainty" if kind == "lever" else "lever"
        why = {
            "lever": "the principal chooses it",
            "uncertainty": "it is given, the principal does not choose it",
        }
        raise UserError(f"{place}{key} is a factor of {PLACES[other]}: {why[other]}.")


def kind_of_factor(key: str) -> Kind:
    """Whether a key is a lever; how the principal plans counts as one."""
    return "lever" if key in keys("lever") else "uncertainty"


def of_levels(key: str, kind: Kind, levels: tuple[float, ...]) -> Factor:
    """A factor of levels that were checked."""
    unit = _declared()[key].unit
    return Factor(key, kind, unit, levels, min(levels), max(levels), "levels")


def _levels(key: str, given: Any, place: str) -> tuple[float, ...]:
    if not given:
        raise UserError(f"{place}{key} has an empty list of levels; give it some.")
    levels = tuple(code(key, value, place) for value in given)
    for number, level in enumerate(levels):
        if level in levels[:number]:
            raise UserError(f"{place}{key} has the level {name_of(key, level)} twice.")
    return levels


def code(key: str, value: Any, place: str) -> float:
    """A level as the number that stands in data files.

    ``place`` begins the message of the ``UserError`` that is raised for what the
    parameter does not allow.
    """
    kind, row = kind_of(key), _declared()[key]
    if issubclass(kind, IntEnum):
        return _member(key, kind, value, place)
    if kind is bool:
        return _truth(key, value, place)
    number = _number(value)
    if number is None:
        raise UserError(
            f"{place}{key} is {shown(value)}, but a number is needed; it must "
            f"{allowed(row)}."
        )
    if not np.isfinite(number):
        raise UserError(
            f"{place}{key} is {shown(value)}, but a finite number is needed."
        )
    if kind is int and number % 1.0:
        raise UserError(
            f"{place}{key} is {shown(value)}, but a whole number is needed."
        )
    if _outside(number, row):
        raise UserError(f"{place}{key} is {shown(value)}; it must {allowed(row)}.")
    return number


def _outside(number: float, row: Declaration) -> bool:
    return (row.low is not None and number < row.low) or (
        row.high is not None and number > row.high
    )


def _number(value: Any) -> float | None:
    """A number, also one that was read as text (YAML takes 1e-3 for a word)."""
    if isinstance(value, bool):
        return None
    try:
        return float(value)
    except (TypeError, ValueError, OverflowError):
        return None


def _member(key: str, kind: type[IntEnum], value: Any, place: str) -> float:
    names = [member.name.lower() for member in kind]
    if isinstance(value, str) and value.lower() in names:
        return float(kind[value.upper()])
    number = _number(value)
    if number in list(kind):
        return float(number or 0.0)
    near = suggestion(value, names) if isinstance(value, str) else "."
    raise UserError(
        f"{place}{key} is {shown(value)}; choose one of {', '.join(names)}{near}"
    )


def _truth(key: str, value: Any, place: str) -> float:
    words = {"true": 1.0, "false": 0.0, "1": 1.0, "0": 0.0, "1.0": 1.0, "0.0": 0.0}
    word = str(value).lower()
    if word not in words:
        raise UserError(f"{place}{key} is {shown(value)}; it is true or false.")
    return words[word]


def _range(key: str, given: Mapping[str, Any], kind: Kind, place: str) -> Factor:
    row, choices = _declared()[key], _choices(key)
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
    if distribution == "log_uniform" and low <= 0.0:
        raise UserError(
            f"{place}{key} begins at {low:g}; a log_uniform range begins above 0."
        )
    shape = tuple(
        _of_shape(key, name, given[name], (low, high), place)
        for name in NEEDS[distribution]
    )
    count = _count(key, given.get("levels", ENDS), place)
    return Factor(key, kind, row.unit, None, low, high, distribution, shape, count)


def _choices(key: str) -> tuple[float, ...]:
    """The codes of an enumeration, or false and true; nothing for a number."""
    kind = kind_of(key)
    if issubclass(kind, IntEnum):
        return tuple(float(member) for member in kind)
    return (0.0, 1.0) if kind is bool else ()


def _distribution(key: str, given: Mapping[str, Any], place: str) -> Distribution:
    """Name of the distribution, after all names were checked."""
    name = given.get("distribution", "uniform")
    if not isinstance(name, str) or name not in NEEDS:
        raise UserError(
            f"{place}{key} has the distribution {shown(name)}"
            f"{suggestion(str(name), list(NEEDS))}\nChoose among {', '.join(NEEDS)}."
        )
    valid = ("low", "high", "levels", "distribution", *NEEDS[name])
    for part in given:
        if part not in valid:
            raise UserError(
                f"{place}{key} has {part}{suggestion(str(part), valid)}\n"
                f"A {name} range has {', '.join(valid)}."
            )
    for part in NEEDS[name]:
        if part not in given:
            raise UserError(f"{place}{key} is {name} and needs {part}.")
    chosen: Distribution = next(d for d in get_args(Distribution) if d == name)
    return chosen


def _of_shape(
    key: str, name: str, given: Any, ends: tuple[float, float], place: str
) -> float:
    number = _number(given)
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
    number = _number(given)
    if number is None or number % 1.0 or not ENDS <= number <= MOST_LEVELS:
        raise UserError(
            f"{place}levels of {key} is {shown(given)}; their number is needed, from "
            f"{ENDS} to {MOST_LEVELS} (a list of levels stands without low and high)."
        )
    return int(number)
