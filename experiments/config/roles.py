"""Occupations by name, and the workforces that are mixed of them.

A mix gives the share of each occupation, ``developer: 0.4``, or its share and numbers
of its own, ``developer: {share: 0.4, dollars: 450}``. All other numbers are those of
``configs/roles.yaml``.
"""

from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError

from experiments.config import yaml_file
from experiments.config.catalogue import CONFIGS, suggestion
from experiments.config.messages import refusal, shown
from experiments.errors import UserError
from model.parameters import declarations
from model.roles import Role, Workforce

LIBRARY = CONFIGS / "roles.yaml"
FORM = "{developer: 0.6, manager: 0.4}"
NUMBERS = tuple(name for name in Role.model_fields if name != "name")
"""What a mix can say of a role."""


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
    try:
        return Role(**{"name": name, **library[name], **own})
    except ValidationError as error:
        key = f"workforce.{name}"
        rows = {row.key: row for row in declarations(Role, f"{key}.")}
        raise refusal(error, key, where, rows) from None
