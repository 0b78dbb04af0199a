"""The levels at which a curve or a map moves one number, checked before anything runs.

Bounds, span and kind are those of the parameter's own declaration.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np

from experiments.config.catalogue import members
from experiments.config.messages import shown
from experiments.designs.factors import check_key, code, kind_of, name_of
from experiments.errors import UserError
from model.parameters import Declaration, declarations
from model.scenario import Scenario


def number(key: str, place: str) -> Declaration:
    """The declaration of a key that is a number; ``UserError`` if it is none."""
    check_key(key, f"{place}: ")
    if not issubclass(kind_of(key), int | float) or kind_of(key) is bool:
        raise UserError(f"{place}: {key} is true or false; a number is needed.")
    if hasattr(kind_of(key), "__members__"):
        raise UserError(f"{place}: {key} is a choice; a number is needed.")
    [row] = [row for row in declarations(Scenario) if row.key == key]
    return row


def over(key: str, low: float, high: float, points: int) -> tuple[float, ...]:
    """Evenly spaced levels with both ends; whole ones where the parameter is whole."""
    levels = np.linspace(low, high, points)
    if kind_of(key) is int:
        levels = np.round(levels)
    return tuple(dict.fromkeys(float(f"{level:.12g}") for level in levels))


def listed(key: str, given: Any, place: str, fewest: int) -> tuple[float, ...]:
    """Levels as given, in rising order; at least ``fewest``."""
    if not isinstance(given, Sequence) or isinstance(given, str):
        raise UserError(
            f"{place} is {shown(given)}; a list such as [0, 0.1, 0.2] is needed."
        )
    levels = [code(key, value, f"{place}: ") for value in given]
    for place_of, level in enumerate(levels):
        if level in levels[:place_of]:
            raise UserError(f"{place} has the level {name_of(key, level)} twice.")
    if len(levels) < fewest:
        raise UserError(
            f"{place} has {len(levels)} level{'s' * (len(levels) != 1)}; at least "
            f"{fewest} are needed."
        )
    return tuple(sorted(levels))


def dead(lever: str, scheme: str) -> str:
    """What to say of a lever that does nothing at any of its levels."""
    group = lever.split(".")[0]
    member = next(name for name in members(group) if name != "none")
    return (
        f"{lever} does nothing in {scheme}: {group} has no weight there.\n"
        f"Switch it on, such as {group}={member}."
    )
