"""Roles: occupations. What the tasks of a role are like, and what its work is worth.

A workforce is a mix of roles; of one role alone it is the one crowd that everybody
was in before there were roles. Shares of people become whole teams, without any luck:
the j-th team of a role comes at (j - 1/2) / share, and teams stand in the order in
which they come (the divisor method of Webster and Sainte-Laguë). So each role has its
share of teams to the nearest whole one, and the first teams of a firm have the same
roles in a larger one.
"""

import math
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Self

import numpy as np
from numpy.typing import NDArray
from pydantic import model_validator

from model.compiled import rule
from model.elementary import exp, log
from model.parameters import Parameters, parameter
from model.suitability import (
    EVEN_SPREAD,
    LOOKS,
    STEPS,
    is_even,
    looks,
    quantiles,
    widest,
)

MOST_ROLES = 8
"""Roles that a workforce can have; compiled code has so many places for them."""
EXPOSURE = "share of its activities that AI helps with: Microsoft, OpenAI; evidence 19"
ORDER = "gains in experiments, in this order of occupations; evidence 19 (derived)"


class Role(Parameters):
    """An occupation; as declared: the average office worker, and the one crowd.

    Quantities that other groups declare for everybody stand over those.
    """

    name: str = "everybody"
    share: float = parameter(
        1.0, "share of the people", low=0.0, high=1.0, confidence="choice"
    )
    suitability: float = parameter(
        0.5,
        "mean suitability of its core tasks for AI",
        low=0.02,
        high=0.98,
        span=(0.3, 0.7),
        source=EXPOSURE,
        confidence="medium",
    )
    spread: float = parameter(
        EVEN_SPREAD,
        "standard deviation of that suitability, a Beta draw (as declared: uniform)",
        low=0.01,
        high=0.45,
        span=(0.2, 0.33),
        source="differences between tasks of an occupation: OpenAI; evidence 19",
        confidence="medium",
    )
    gain: float = parameter(
        1.0,
        "gain from AI, over technology.gain",
        low=0.0,
        high=10.0,
        span=(0.3, 1.3),
        source=ORDER,
    )
    intensity: float = parameter(
        1.0,
        "tokens of a half-day with AI, genuine or padded, over people.intensity and "
        "people.padding_intensity",
        low=0.001,
        high=100.0,
        span=(0.01, 1.0),
        source="chats take 5 to 30 times fewer tokens than agents; evidence 19",
    )
    chores: float = parameter(
        1.0,
        "how long its chores last: rho is technology.chore_decay to the power 1 / this",
        low=0.05,
        high=20.0,
        span=(0.4, 1.6),
        source="chores are .1 to .4 of a week, over .25; evidence 9 and 19 (derived)",
    )
    chore_worth: float = parameter(
        1.0,
        "worth of its first chore, over technology.chore_worth (0: no chores)",
        low=0.0,
        high=10.0,
        span=(0.5, 2.0),
    )
    chore_suitability: float = parameter(
        0.0,
        "how much more suitable its chores are than technology.chore_suitability",
        low=-1.0,
        high=1.0,
        span=(-0.2, 0.15),
    )
    demand: float = parameter(
        1.0,
        "work asked for, over organisation.demand",
        low=0.0,
        high=10.0,
        span=(0.95, 1.1),
    )
    dollars: float = parameter(
        0.0,
        "value of a half-day of manual work (0: organisation.half_day_value)",
        unit="$",
        low=0.0,
        high=1e6,
        span=(120.0, 450.0),
        source="mean wages of May 2024 at full cost: BLS; evidence 19 (derived)",
        confidence="medium",
    )

    @model_validator(mode="after")
    def _is_a_beta_distribution(self) -> Self:
        most = widest(self.suitability)
        if self.spread > most:
            raise ValueError(
                f"{self.name} has a spread of {self.spread:g}, too wide for a mean "
                f"suitability of {self.suitability:g}; choose at most "
                f"{math.floor(100.0 * most) / 100.0:g}"
            )
        return self


COMPILED = tuple(name for name in Role.model_fields if name != "name")
"""Fields of a role that compiled rules read, an array over roles each."""


class Workforce(Parameters):
    """Who works here: a mix of roles whose shares sum to 1."""

    roles: tuple[Role, ...] = (Role(),)

    if TYPE_CHECKING:  # rules read the fields of its record

        def __getattr__(self, name: str) -> Any: ...

    @model_validator(mode="after")
    def _is_a_mix(self) -> Self:
        if not 1 <= len(self.roles) <= MOST_ROLES:
            raise ValueError(
                f"workforce has {len(self.roles)} roles; choose 1 to {MOST_ROLES}"
            )
        for name in self.names:
            if self.names.count(name) > 1:
                raise ValueError(f"workforce has the role {name} twice; keep one")
        total = math.fsum(role.share for role in self.roles)
        if abs(total - 1.0) > 1e-6:
            raise ValueError(
                f"workforce has shares that sum to {total:.6g} ({self._shares}); "
                "they must sum to 1"
            )
        for role in self.roles:
            if role.share == 0.0:
                raise ValueError(
                    f"workforce has the role {role.name} with a share of 0, so that "
                    "nobody has it; leave it out"
                )
        return self

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the roles, in the order of their rows."""
        return tuple(role.name for role in self.roles)

    @property
    def _shares(self) -> str:
        return " + ".join(f"{role.share:g}" for role in self.roles)

    def of_teams(self, teams: int) -> NDArray[np.int64]:
        """The role of each of so many teams, by its row, shape (teams,)."""
        comes = [
            (np.arange(math.ceil(role.share * teams) + 1) + 0.5) / role.share
            for role in self.roles
        ]
        row = np.repeat(np.arange(len(comes)), [len(times) for times in comes])
        order = np.argsort(np.concatenate(comes), kind="stable")
        first: NDArray[np.int64] = row[order][:teams]
        return first

    def of_people(self, employees: int, team_size: int) -> NDArray[np.int64]:
        """The role of each employee, by its row, shape (employees,)."""
        teams = self.of_teams(-(-employees // team_size))
        each: NDArray[np.int64] = np.repeat(teams, team_size)[:employees]
        return each

    def least_teams(self) -> int:
        """The fewest teams of which each role has one."""
        rarest = min(role.share for role in self.roles)
        teams = self.of_teams(math.ceil(1.0 / rarest) + len(self.roles))
        return 1 + max(int(np.argmax(teams == k)) for k in range(len(self.roles)))

    @classmethod
    def record_fields(cls) -> list[tuple[Any, ...]]:
        """Fields of the record: an array over roles for each quantity of a role.

        ``tasks`` (roles, STEPS + 1) holds quantiles of suitability, see
        ``model.suitability``; ``even`` is 1 where they are those of a uniform draw.
        ``looks`` (roles, LOOKS + 2) depends on the noise of judging, too: zeros here,
        for ``looks_at`` to replace.
        """
        fields: list[tuple[Any, ...]] = [(n, "f8", (MOST_ROLES,)) for n in COMPILED]
        fields.append(("even", "i8", (MOST_ROLES,)))
        fields.append(("tasks", "f8", (MOST_ROLES, STEPS + 1)))
        return [*fields, ("looks", "f8", (MOST_ROLES, LOOKS + 2))]

    def looks_at(self, noise: float) -> NDArray[np.float64]:
        """How tasks of each role look at a noise of judging, see ``suitability.looks``.

        Zeros for even roles, which need no table, and where there is no role.
        """
        table = np.zeros((MOST_ROLES, LOOKS + 2))
        for row, role in enumerate(self.roles):
            if not is_even(role.suitability, role.spread):
                table[row] = looks(role.suitability, role.spread, noise)
        return table

    def record_values(self) -> tuple[Any, ...]:
        """The values of these fields; places without a role are zero."""
        return _values(self)


@lru_cache(64)  # a run asks for them whenever its scheme changes
def _values(workforce: Workforce) -> tuple[Any, ...]:
    roles = workforce.roles
    none = (0.0,) * (MOST_ROLES - len(roles))
    columns = [tuple(getattr(r, name) for r in roles) + none for name in COMPILED]
    shapes = [(role.suitability, role.spread) for role in roles]
    even = [int(is_even(*shape)) for shape in shapes] + [0 for _ in none]
    tasks = [quantiles(*shape) for shape in shapes]
    nothing = (0.0,) * (STEPS + 1)
    unknown = ((0.0,) * (LOOKS + 2),) * MOST_ROLES
    return (*columns, tuple(even), (*tasks, *(nothing for _ in none)), unknown)


@rule
def chore_decay(decay: float, chores: float) -> float:
    """Worth of a chore over that of the one before, for a role; exactly rho for 1."""
    if chores == 1.0 or decay <= 0.0:
        return decay
    return exp(log(decay) / chores)


@rule
def chore_suitability(usual: float, more: float) -> float:
    """How suitable the chores of a role are for AI."""
    return min(max(usual + more, 0.0), 1.0)


@rule
def value_of(dollars: float, half_day_value: float) -> float:
    """Value of a half-day of a role [$]."""
    return dollars if dollars > 0.0 else half_day_value
