"""Occupations by name, and the workforces that are mixed of them.

A mix gives the share of each occupation, ``developer: 0.4``, or its share and numbers
of its own, ``developer: {share: 0.4, dollars: 450}``. All other numbers are those of
``configs/roles.yaml``. ``workforce.developer.dollars`` is the key of one number, for an
override, a factor or a link.
"""

import math
from collections.abc import Mapping
from functools import cache
from typing import Any

from pydantic import ValidationError

from experiments.config import yaml_file
from experiments.config.catalogue import CONFIGS, members, suggestion
from experiments.config.messages import refusal, shown
from experiments.errors import UserError
from model.parameters import Declaration, declarations
from model.roles import Role, Workforce

LIBRARY = CONFIGS / "roles.yaml"
FORM = "{developer: 0.6, manager: 0.4}"
NUMBERS = tuple(name for name in Role.model_fields if name != "name")
"""What a mix can say of a role."""
REACH: Mapping[str, tuple[float, float]] = {
    "suitability": (-0.1, 0.1),
    "gain": (-0.3, 0.3),
    "chores": (-0.4, 0.4),
}
"""Range of a number of a role, around that of the library; evidence 19."""
TIMES: Mapping[str, tuple[float, float]] = {"intensity": (1.0 / 3.0, 3.0)}
"""The same, as factors."""


def workforce(mix: Any, where: str = "") -> Workforce:
    """Make the workforce of a mix; None is the one crowd.

    ``where`` is its place in a file. Raises ``UserError`` for what is no mix, for
    unknown roles and numbers, and for shares that cannot be.
    """
    if mix is None:
        return Workforce()
    if not isinstance(mix, Mapping) or not mix:
        raise UserError(
            f"{where}workforce.roles is {shown(mix)}; roles and their shares are "
            f"needed, such as {FORM}."
        )
    roles = tuple(role(str(name), given, where) for name, given in mix.items())
    try:
        return Workforce(roles=roles)
    except ValidationError as error:
        raise refusal(error, "workforce", where) from None


@cache
def mixes() -> Mapping[str, Workforce]:
    """Give the shipped workforces by name."""
    files = {
        name: CONFIGS / "workforce" / f"{name}.yaml" for name in members("workforce")
    }
    return {n: workforce(yaml_file.shipped(file)["roles"]) for n, file in files.items()}


def name_of(of: Workforce) -> str | None:
    """Give the name of a shipped workforce; None for a mix of somebody's own."""
    return next((name for name, shipped in mixes().items() if shipped == of), None)


def mix_of(of: Workforce) -> dict[str, dict[str, float]]:
    """Write a workforce as a mix: shares, and what the library does not say."""
    mix = {}
    for own in of.roles:
        usual = numbers_of(own.name)
        mix[own.name] = {
            name: value
            for name, value in ((n, float(getattr(own, n))) for n in NUMBERS)
            if name == "share" or value != usual[name]
        }
    return mix


def numbers_of(name: str) -> Mapping[str, float]:
    """Give all numbers of a role of the library."""
    usual = Role(**{"name": name, **yaml_file.shipped(LIBRARY)[name]})
    return {number: float(getattr(usual, number)) for number in NUMBERS}


def role(name: str, given: Any, where: str = "") -> Role:
    """Make a role of the library from its share, or from its share and numbers."""
    library = yaml_file.shipped(LIBRARY)
    if name not in library:
        raise UserError(
            f"{where}there is no role {name}{suggestion(name, list(library))}\n"
            f"Roles are {', '.join(library)}."
        )
    own = given if isinstance(given, Mapping) else {"share": given}
    for number in own:
        if number not in NUMBERS:
            raise UserError(
                f"{where}the role {name} has no {number}"
                f"{suggestion(str(number), NUMBERS)}\nIt has {', '.join(NUMBERS)}."
            )
    if "share" not in own:
        raise UserError(
            f"{where}the role {name} lacks its share of the people, such as "
            f"{name}: {{share: 0.4}}."
        )
    return _made({"name": name, **library[name], **own}, where)


def _made(values: Mapping[str, Any], where: str = "") -> Role:
    """Make a role of its values; raises ``UserError`` naming the key."""
    try:
        return Role(**values)
    except ValidationError as error:
        key = f"workforce.{values['name']}"
        rows = {row.key: row for row in declarations(Role, f"{key}.")}
        raise refusal(error, key, where, rows) from None


def is_number(key: str) -> bool:
    """Tell whether a key is that of a number of a role."""
    return key.startswith("workforce.") and key.count(".") == 2


@cache
def numbers() -> Mapping[str, Declaration]:
    """Give the declarations of all numbers of all roles by key.

    Defaults are those of the library, and the ranges are around them.
    """
    rows = {}
    for name, given in yaml_file.shipped(LIBRARY).items():
        for row in declarations(Role, f"workforce.{name}."):
            number = row.key.rpartition(".")[2]
            value = given.get(number, row.default)
            span = row.span
            if number in REACH:
                low, high = (value + away for away in REACH[number])
                span = max(low, row.low or 0.0), high
            elif number in TIMES:
                low, high = (value * times for times in TIMES[number])
                span = low, high
            rows[row.key] = row._replace(default=value, span=span)
    return rows


def number_of(workforce: Workforce, key: str) -> float:
    """Read a number of a role by its key; raises ``UserError`` if nobody has it."""
    return float(getattr(_role(workforce, key), _parts(key)[1]))


def altered(workforce: Workforce, changes: Mapping[str, float]) -> Workforce:
    """Set numbers of roles by key; where a share changes, the others take the rest.

    They keep their proportions. Raises ``UserError`` for a role that nobody has, and
    for values that cannot be.
    """
    new = {key: x for key, x in changes.items() if number_of(workforce, key) != x}
    if not new:
        return workforce
    named = {_parts(k)[0]: x for k, x in changes.items() if _parts(k)[1] == "share"}
    rest = 1.0
    if any(_parts(key)[1] == "share" for key in new):
        rest = _rest(workforce, named)
    own: dict[str, dict[str, float]] = {
        role.name: {} if role.name in named else {"share": rest * role.share}
        for role in workforce.roles
    }
    for key, value in new.items():
        name, number = _parts(key)
        own[name][number] = value
    roles = tuple(_made(dict(r) | own[r.name]) for r in workforce.roles)
    try:
        return Workforce(roles=roles)
    except ValidationError as error:
        raise refusal(error, "workforce") from None


def _rest(workforce: Workforce, named: Mapping[str, float]) -> float:
    """By how much the shares of all other roles change."""
    others = [role for role in workforce.roles if role.name not in named]
    left = 1.0 - math.fsum(named.values())
    if others and left <= 0.0:
        raise UserError(
            f"the shares of {', '.join(named)} sum to {1.0 - left:.6g}, which leaves "
            f"nobody for {', '.join(role.name for role in others)}; they must sum to "
            "less than 1."
        )
    return left / math.fsum(role.share for role in others) if others else 1.0


def _parts(key: str) -> tuple[str, str]:
    """Give role and number of a key."""
    _, name, number = key.split(".")
    return name, number


def _role(workforce: Workforce, key: str) -> Role:
    name, _ = _parts(key)
    for role in workforce.roles:
        if role.name == name:
            return role
    mix = ", ".join(workforce.names)
    if len(workforce.names) == 1:
        mix += "; choose a workforce, such as workforce=bank"
    raise UserError(
        f"{key} changes nothing: nobody has the role {name}. Roles here are {mix}."
    )
