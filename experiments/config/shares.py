"""Shares of groups as factors: ``groups.pilot.share``, a lever like any other."""

import re
from collections.abc import Sequence

from model.groups import Membership
from model.parameters import Declaration, declarations

KEY = re.compile(r"groups\.([A-Za-z_]\w*)\.share")


def is_share(key: str) -> bool:
    """Whether a key is the share of a group."""
    return KEY.fullmatch(key) is not None


def declared_share(key: str) -> Declaration:
    """Declare the share of a group."""
    [row] = declarations(Membership, f"{key.rpartition('.')[0]}.")
    return row


def share_of(groups: Sequence[Membership], key: str) -> float:
    """Read the share of a group; 0 where there is no such group."""
    _, name, _ = key.split(".")
    return sum(group.share for group in groups if group.name == name)
