"""Factors: the parameters that a study changes, and the levels that they may take.

A *lever* is a parameter of the scheme, which the principal chooses. It changes the
swept schemes, and leaves the baseline as published. An *uncertainty* is a parameter
that nobody knows, also a number of a role, such as ``workforce.developer.gain``. It
changes the world of every scheme, of the baseline too. Bounds and units are those of
the parameter's declaration. ``levels`` says how factors are written.
"""

from collections.abc import Mapping
from enum import IntEnum
from functools import cache
from typing import Any, Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from experiments.config import plain, roles
from experiments.config.catalogue import SCENARIO_GROUPS, members, suggestion
from experiments.config.messages import allowed, shown
from experiments.config.shares import declared_share, is_share
from experiments.errors import UserError
from model.parameters import Declaration, declarations
from model.scenario import Scenario, Scheme

Floats = NDArray[np.float64]
Kind = Literal["lever", "uncertainty"]
Distribution = Literal["levels", "uniform", "log_uniform", "normal", "triangular"]

ENDS = 2
"""Default number of levels of a range in a grid: its ends."""
GROUPS: Mapping[Kind, tuple[str, ...]] = {
    "lever": (*Scheme.model_fields, "principal"),
    "uncertainty": tuple(g for g in SCENARIO_GROUPS if g not in Scheme.model_fields),
}
"""Groups of each kind of factor; the group ``principal`` may be either."""
PLACES: Mapping[Kind, str] = {
    "lever": "study.levers",
    "uncertainty": "study.uncertainties",
}
NOT_FACTORS = {
    "weeks": "all runs of a sweep are equally long; make one sweep a length",
    "seed": "luck varies by study.replicates",
    "timeline": "a timeline belongs to a scheme; list schemes in study.schemes",
    "groups": "its share is one, such as groups.pilot.share",
    "workforce": "a mix of roles holds for all rows; make one study a mix, or change a "
    "number of a role, such as workforce.developer.gain",
    "scheme": "list the schemes in study.schemes",
}


class Factor(NamedTuple):
    """A parameter that a study changes, with its levels or its range.

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
        """Give the levels; for a range, evenly spaced levels with both ends.

        Levels of a log-uniform range are even in the logarithm; those of a normal or
        triangular one stand for equal probabilities.
        """
        if self.levels is not None:
            return self.levels
        shares = np.linspace(0.0, 1.0, self.grid)
        if self.shape:
            shares = (np.arange(self.grid) + 0.5) / self.grid
        levels = self._continuous(shares)
        if kind_of(self.key) is int:
            levels = np.round(levels)
        return tuple(dict.fromkeys(levels.tolist()))

    def at_shares(self, shares: Floats) -> Floats:
        """Give the values below which these shares (N,) of the distribution lie.

        Shares go from 0 to 1. Levels are equally likely, and so are the whole numbers
        of a uniform range.
        """
        if self.levels is not None:
            return np.array(self.levels)[_steps(shares, len(self.levels))]
        if kind_of(self.key) is not int:
            return self._continuous(shares)
        if self.distribution == "uniform":
            steps = _steps(shares, int(self.high - self.low) + 1)
            return np.asarray(self.low + steps, np.float64)
        return np.round(self._continuous(shares))

    def name_of(self, level: float) -> str:
        """Write a level as a person does."""
        return name_of(self.key, level)

    def _continuous(self, shares: Floats) -> Floats:
        low, high = self.low, self.high
        if self.distribution == "log_uniform":
            values = stats.loguniform(low, high).ppf(shares)
        elif self.distribution == "normal":
            mean, sd = self.shape
            values = stats.truncnorm(
                (low - mean) / sd, (high - mean) / sd, mean, sd
            ).ppf(shares)
        elif self.distribution == "triangular":
            [mode] = self.shape
            values = stats.triang((mode - low) / (high - low), low, high - low).ppf(
                shares
            )
        else:
            values = low + (high - low) * shares
        # Rounding must not leave the range that was checked.
        return np.asarray(np.clip(values, low, high), np.float64)


def _steps(shares: Floats, count: int) -> NDArray[np.int64]:
    """Number the one of ``count`` equal steps of [0, 1] that each share lies in."""
    return np.minimum((shares * count).astype(np.int64), count - 1)


@cache
def declared() -> Mapping[str, Declaration]:
    """Give the declaration of every parameter, and number of a role, by its key.

    A share of a group is declared, too, as soon as it is asked for.
    """
    rows = {row.key: row for row in declarations(Scenario)} | dict(roles.numbers())
    return _WithShares(rows)


class _WithShares(dict[str, Declaration]):
    """Declarations by key; nobody can list the names of all groups."""

    def __missing__(self, key: str) -> Declaration:
        if is_share(key):
            return declared_share(key)
        raise KeyError(key)


@cache
def keys(kind: Kind | None = None) -> tuple[str, ...]:
    """List the dotted keys that may be factors, of one kind or of both."""
    groups = GROUPS[kind] if kind else tuple(SCENARIO_GROUPS)
    return tuple(key for key in declared() if key.split(".")[0] in groups)


@cache
def kind_of(key: str) -> type:
    """Give the type of a parameter: ``float``, ``int``, ``bool`` or an enumeration."""
    if roles.is_number(key) or is_share(key):
        return float
    group, field = key.split(".")
    kind = SCENARIO_GROUPS[group].model_fields[field].annotation
    if not isinstance(kind, type):
        raise TypeError(f"{key} has no single type")
    return kind


def name_of(key: str, level: float) -> str:
    """Write a level as a person does."""
    kind = kind_of(key)
    if issubclass(kind, IntEnum):
        return kind(int(level)).name.lower()
    if kind is bool:
        return "true" if level else "false"
    return f"{level:.10g}"


def check_key(key: str, place: str, kind: Kind | None = None) -> None:
    """Refuse a key that is no parameter, or no factor of this kind."""
    if is_share(key):
        if kind == "uncertainty":
            raise UserError(
                f"{place}{key} is a factor of {PLACES['lever']}: the principal chooses "
                "it."
            )
        return
    if key in NOT_FACTORS:
        raise UserError(f"{place}{key} cannot be a factor: {NOT_FACTORS[key]}.")
    if key in SCENARIO_GROUPS:
        raise UserError(
            f"{place}{key} is a group, not a parameter; factors are keys such as "
            f"{next(k for k in declared() if k.startswith(f'{key}.'))}."
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
    """Tell levers from uncertainties; the group ``principal`` counts as levers."""
    return "lever" if key in keys("lever") or is_share(key) else "uncertainty"


def check_number(key: str, place: str) -> Declaration:
    """Refuse a key that is no number; give its declaration."""
    check_key(key, place)
    kind = kind_of(key)
    if kind is bool:
        raise UserError(f"{place}{key} is true or false; a number is needed.")
    if issubclass(kind, IntEnum):
        raise UserError(f"{place}{key} is a choice; a number is needed.")
    return declared()[key]


def no_weight(lever: str, scheme: str) -> str:
    """Say that a lever does nothing at any of its levels, and what to do."""
    group = lever.split(".")[0]
    member = next(name for name in members(group) if name != "none")
    return (
        f"{lever} does nothing in {scheme}: {group} has no weight there.\n"
        f"Switch it on, such as {group}={member}."
    )


def of_levels(key: str, kind: Kind, levels: tuple[float, ...]) -> Factor:
    """Make a factor of checked levels."""
    unit = declared()[key].unit
    return Factor(key, kind, unit, levels, min(levels), max(levels), "levels")


def code(key: str, value: Any, place: str) -> float:
    """Translate a level into the number that stands in data files.

    Raises ``UserError`` for a value that the parameter does not allow; its message
    begins with ``place``.
    """
    kind, row = kind_of(key), declared()[key]
    if issubclass(kind, IntEnum):
        return _member(key, kind, value, place)
    if kind is bool:
        return _truth(key, value, place)
    number = as_number(value)
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


def as_number(value: Any) -> float | None:
    """Read a number, also from the text of a table's cell."""
    if isinstance(value, str):
        value = plain.number(value)
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
    number = as_number(value)
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
