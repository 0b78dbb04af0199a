"""Groups: who is in a group, and so under its scheme.

A group is everybody of some roles, or a share of the teams that luck draws. A team is
in one group as a whole: people who work together are under one scheme. Whoever is in no
group is under the scheme of the scenario.

A share is one of all teams, to the nearest whole one; what is rounded off one share is
added to the next. The k-th group of the list takes those teams that no group before it
has and that come first by luck of its own: a larger share has the teams of a smaller
one, and the same teams whatever the schemes.
"""

import math
from collections.abc import Sequence
from itertools import pairwise
from typing import Self

import numpy as np
from numpy.typing import NDArray
from pydantic import model_validator

from model.draws import Purpose, lots
from model.parameters import Parameters, parameter

MOST_GROUPS = 4
"""Groups that an organisation can have beside everybody else."""
EVERYBODY_ELSE = "everybody_else"
"""Who is in no group."""


class Membership(Parameters):
    """Who is in a group: everybody of some roles, or a share of the teams."""

    name: str
    roles: tuple[str, ...] = ()
    share: float = parameter(
        0.0,
        "share of the teams, drawn by luck",
        low=0.0,
        high=1.0,
        confidence="choice",
    )

    @model_validator(mode="after")
    def _says_who(self) -> Self:
        if not self.name.isidentifier():
            raise ValueError(
                f"groups: {self.name!r} is no name; take letters, digits and _, and "
                "begin with a letter"
            )
        if self.roles and self.share > 0.0:
            raise ValueError(
                f"groups: {self.name} has roles and a share; say who is in it by one "
                "of them"
            )
        if self.name == EVERYBODY_ELSE:
            raise ValueError(
                f"groups: {self.name} is the name of who is in no group; choose another"
            )
        return self


def teams_by_share(groups: Sequence[Membership], teams: int) -> list[int]:
    """How many of so many teams each group has by its share; 0 of one by roles."""
    shares = [math.fsum(g.share for g in groups[:k]) for k in range(len(groups) + 1)]
    ends = [math.floor(share * teams + 0.5 + 1e-9) for share in shares]
    return [end - first for first, end in pairwise(ends)]


def groups_of_teams(
    groups: Sequence[Membership],
    roles: NDArray[np.int64],
    names: Sequence[str],
    seed: int,
    replicate: int,
) -> NDArray[np.int64]:
    """The group of each team by its place in the list, shape (teams,).

    The place after the last is everybody else. ``roles`` (teams,) are rows of
    ``names``.
    """
    teams, nobody = len(roles), len(groups)
    place = np.full(teams, nobody)
    for k, group in enumerate(groups):
        place[np.isin(roles, [names.index(name) for name in group.roles])] = k
    luck = lots(teams, seed, replicate, Purpose.GROUP)
    for k, count in enumerate(teams_by_share(groups, teams)):
        free = np.flatnonzero(place == nobody)
        first = np.argsort(luck[free, k], kind="stable")
        place[free[first[:count]]] = k
    return place


def check_groups(
    groups: Sequence[Membership], roles: NDArray[np.int64], names: Sequence[str]
) -> None:
    """Refuse groups that these teams cannot have, by name; raises ``ValueError``."""
    if len(groups) > MOST_GROUPS:
        raise ValueError(f"groups: there are {len(groups)}; take at most {MOST_GROUPS}")
    taken: dict[str, str] = {}
    for group in groups:
        if [other.name for other in groups].count(group.name) > 1:
            raise ValueError(f"groups: there are two of the name {group.name}")
        for role in group.roles:
            if role not in names:
                raise ValueError(
                    f"groups: {group.name} has the role {role}, which nobody has; "
                    f"roles are {', '.join(names)}"
                )
            if role in taken:
                raise ValueError(
                    f"groups: the role {role} is in {taken[role]} and in {group.name}; "
                    "leave it in one of them"
                )
            taken[role] = group.name
    _check_shares(groups, len(roles))
    teams_of_groups(groups, roles, names)


def teams_of_groups(
    groups: Sequence[Membership], roles: NDArray[np.int64], names: Sequence[str]
) -> list[int]:
    """How many teams each group has, and at last everybody else.

    Raises ``ValueError`` if there are not so many.
    """
    counts = teams_by_share(groups, len(roles))
    by_share = sum(counts)
    for k, group in enumerate(groups):
        rows = [names.index(role) for role in group.roles]
        counts[k] += int(np.isin(roles, rows).sum())
    rest = len(roles) - sum(counts)
    if rest < 0:
        raise ValueError(
            f"groups: shares ask for {by_share} of {len(roles)} teams, but groups by "
            f"roles leave {rest + by_share}; take smaller shares"
        )
    return [*counts, rest]


def _check_shares(groups: Sequence[Membership], teams: int) -> None:
    total = math.fsum(group.share for group in groups)
    if total > 1.0 + 1e-9:
        said = " + ".join(f"{g.name} {g.share:g}" for g in groups if g.share > 0.0)
        raise ValueError(
            f"groups: shares of teams sum to {total:g} ({said}); they must sum to 1 at "
            "most"
        )
    for group, count in zip(groups, teams_by_share(groups, teams), strict=True):
        if group.share > 0.0 and count == 0:
            least = math.ceil(1000.0 / teams) / 1000.0
            raise ValueError(
                f"groups: {group.name} has a share of {group.share:g}, which is no "
                f"team of {teams}; take {least:g} or more, or 0"
            )
