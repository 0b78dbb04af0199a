"""Scenario: an organisation, a scheme (or a timeline of schemes) and a horizon."""

import math
from collections import namedtuple
from collections.abc import Iterator
from typing import Any, NamedTuple, Self

import numpy as np
from numpy.typing import NDArray
from pydantic import Field, model_validator

from model import incentives
from model.compiled import plain
from model.groups import (
    EVERYBODY_ELSE,
    Membership,
    check_groups,
    groups_of_teams,
    teams_of_groups,
)
from model.incentive import Counted, Incentive, Scope
from model.network import teams
from model.parameters import Parameters, parameter
from model.peers import Peers
from model.people import People
from model.roles import Workforce
from model.technology import Technology
from model.workplace import Workplace

MOST_MATES = 99
"""Mates that a leaderboard of the team can show; above, take the whole organisation."""


class Planning(Parameters):
    """What the principal does with the dashboard."""

    ratchet: float = parameter(
        0.0,
        "part of the overshoot by which a target is raised after a settled window",
        low=0.0,
        high=10.0,
        span=(0.0, 1.0),
    )
    step: float = parameter(
        0.10, "largest rise of a target at once, relative", low=0.0, high=10.0
    )
    ceiling: float = parameter(
        2.0, "highest target, relative to the first", low=1.0, high=100.0, span=(1, 4)
    )
    margin: float = parameter(
        0.0,
        "growth added to reported usage when next year's tokens are budgeted",
        low=-1.0,
        high=10.0,
        span=(0.0, 1.0),
    )


class Measure(Parameters):
    """The headline measure: a blend of counters, each over its published reference."""

    tokens: float = parameter(
        1.0, "weight of tokens (over 32 M a week)", low=0.0, high=100.0, span=(0, 1)
    )
    active: float = parameter(
        0.0, "weight of active weeks (over 1 a week)", low=0.0, high=100.0, span=(0, 1)
    )
    output: float = parameter(
        0.0,
        "weight of observed output (over 10 half-days a week)",
        low=0.0,
        high=100.0,
        span=(0, 1),
    )
    days: float = parameter(
        0.0, "weight of active days (over 5 a week)", low=0.0, high=100.0, span=(0, 1)
    )
    saved: float = parameter(
        0.0,
        "weight of time saved, as people report it (over a half-day a week)",
        low=-100.0,
        high=100.0,
        span=(0, 1),
    )
    defects: float = parameter(
        0.0,
        "weight of spoilt work that is found (over half a half-day a week)",
        low=-100.0,
        high=100.0,
        span=(-1, 0),
    )
    backlog: float = parameter(
        0.0,
        "weight of work that waits (over a week of it)",
        low=-100.0,
        high=100.0,
        span=(-1, 0),
    )
    automated: float = parameter(
        0.0,
        "weight of chores given to AI (over a half-day a week)",
        low=-100.0,
        high=100.0,
        span=(0, 1),
    )
    cap: float = parameter(
        0.0,
        "score beyond which use is not counted, per week (0: no cap)",
        unit="reference weeks per week",
        low=0.0,
        high=1e6,
        span=(0.5, 5.0),
    )
    filter: float = parameter(
        0.0, "share of padded tokens that is recognised and dropped", low=0.0, high=1.0
    )

    @property
    def weights(self) -> dict[str, float]:
        """The weight of each counter."""
        counters = (
            *("tokens", "active", "days", "output"),
            *("saved", "defects", "backlog", "automated"),
        )
        return {name: getattr(self, name) for name in counters}

    def counts_something(self) -> bool:
        """Whether any counter has weight."""
        return any(self.weights.values())

    def can_rise(self) -> bool:
        """Whether a score can lie above 0."""
        return max(self.weights.values()) > 0.0


class Scheme(Parameters):
    """A measure and the incentives that hang on it. As declared: voluntary use."""

    measure: Measure = Measure()
    bonus: incentives.Bonus = incentives.Bonus()
    review: incentives.Review = incentives.Review()
    leaderboard: incentives.Leaderboard = incentives.Leaderboard()
    top_board: incentives.TopBoard = incentives.TopBoard()
    quota: incentives.Quota = incentives.Quota()
    participation: incentives.Participation = incentives.Participation()
    audit: incentives.Audit = incentives.Audit()
    budget: incentives.Budget = incentives.Budget()
    guidance: incentives.Guidance = incentives.Guidance()
    gate: incentives.Gate = incentives.Gate()
    dismissal: incentives.Dismissal = incentives.Dismissal()

    @property
    def incentives(self) -> dict[str, Incentive]:
        """All incentives by name, with weight or without."""
        parts = {name: getattr(self, name) for name in type(self).model_fields}
        return {n: part for n, part in parts.items() if isinstance(part, Incentive)}

    @property
    def hours_taken(self) -> float:
        """Hours a head and year that it takes of people, whatever they do."""
        parts = self.incentives.values()
        return math.fsum(part.hours_taken() for part in parts if part.has_weight())

    @model_validator(mode="after")
    def _counted(self) -> Self:
        for name, part in self.incentives.items():
            headline = part.has_weight() and part.counts() is Counted.HEADLINE
            if isinstance(part, incentives.Review):
                headline = headline and not part.by_output_alone()
            if headline and not self.measure.counts_something():
                counters = ", ".join(f"measure.{key}" for key in self.measure.weights)
                raise ValueError(
                    f"{name}.measure is headline, but the headline measure counts "
                    f"nothing; give a weight to one of {counters}, or name what is "
                    "counted: tokens, spend, active, days, output, saved, automated"
                )
            if headline and name == "quota" and not self.measure.can_rise():
                raise ValueError(
                    "quota.measure is headline, but all that the headline measure "
                    "counts counts against people, so that nobody ever reaches a "
                    "minimum; give a counter a weight above 0, or take a bonus or a "
                    "review"
                )
        return self


INCENTIVES = tuple(Scheme().incentives)
"""Names of all incentives, in the order of their rows in every table."""
Rows = namedtuple("Rows", INCENTIVES)  # type: ignore[misc]  # named by the scheme
ROW: Any = Rows(*range(len(INCENTIVES)))
"""The row of each incentive by its name: ``ROW.quota``."""
REVIEW_OUTPUT = len(INCENTIVES)
"""Row of the review's second score, observed output."""
HEADLINE = len(INCENTIVES) + 1
"""Row of the headline measure, settled weekly."""
ROWS = len(INCENTIVES) + 2


def listed_shares(scheme: Scheme) -> dict[str, float]:
    """The share of people on each list of a scheme, by key."""
    shares = {}
    if scheme.top_board.has_weight():
        shares["top_board.share"] = scheme.top_board.share
    if scheme.audit.has_weight() and scheme.audit.top_share > 0.0:
        shares["audit.top_share"] = scheme.audit.top_share
    if scheme.dismissal.has_weight():
        shares["dismissal.share"] = scheme.dismissal.share
    return shares


class Release(Parameters):
    """What a new model changes of technology, from a week on; None stays as it is.

    What drifts goes on from the new value.
    """

    gain: float | None = Field(None, ge=0.0, le=10.0)
    loss: float | None = Field(None, ge=0.0, le=1.0)
    price: float | None = Field(None, ge=0.0, le=1000.0)

    @property
    def changes(self) -> dict[str, float]:
        """The new values, by the names of ``Technology``."""
        values = {name: getattr(self, name) for name in type(self).model_fields}
        return {name: value for name, value in values.items() if value is not None}


NO_RELEASE = Release()


class Phase(Parameters):
    """From a week on, another scheme (None: the same), or other technology."""

    week: int = parameter(
        0, "first week of the phase", unit="weeks", low=0, confidence="choice"
    )
    scheme: Scheme | None = None
    technology: Release = NO_RELEASE


class Adopted(NamedTuple):
    """A scheme, and the week from which it is in force."""

    week: int
    scheme: Scheme


Regime = tuple[Adopted, ...]
"""The schemes that follow each other for some people, that of week 0 first."""


class Group(Membership):
    """People under a scheme of their own; its timeline changes schemes alone."""

    scheme: Scheme = Scheme()
    timeline: tuple[Phase, ...] = ()

    @property
    def regime(self) -> Regime:
        """The schemes that its people live under."""
        later = [Adopted(p.week, p.scheme) for p in self.timeline if p.scheme]
        return (Adopted(0, self.scheme), *later)

    @model_validator(mode="after")
    def _changes_schemes(self) -> Self:
        for phase in self.timeline:
            if phase.scheme is None or phase.technology.changes:
                raise ValueError(
                    f"groups: {self.name} changes technology in week {phase.week}; new "
                    "models are everybody's and stand in timeline"
                )
        return self


class Scenario(Scheme):
    """Everything that a run depends on, apart from its seed and replicate."""

    organisation: Workplace = Workplace()
    workforce: Workforce = Workforce()
    people: People = People()
    technology: Technology = Technology()
    peers: Peers = Peers()
    principal: Planning = Planning()
    weeks: int = parameter(
        104,
        "length of the run after the warm-up",
        unit="weeks",
        low=1,
        high=5200,
        span=(52, 156),
        confidence="choice",
    )
    timeline: tuple[Phase, ...] = ()
    groups: tuple[Group, ...] = ()

    @property
    def scheme(self) -> Scheme:
        """The scheme in force from the first week on."""
        return Scheme(**{name: getattr(self, name) for name in Scheme.model_fields})

    @property
    def phases(self) -> Regime:
        """The schemes that follow each other outside groups, that of week 0 first."""
        later = [Adopted(p.week, p.scheme) for p in self.timeline if p.scheme]
        return (Adopted(0, self.scheme), *later)

    @property
    def regimes(self) -> tuple[Regime, ...]:
        """The schemes of each group, and at last those of everybody else."""
        return (*(group.regime for group in self.groups), self.phases)

    @property
    def _schemes_said(self) -> Iterator[tuple[str, int, Scheme]]:
        """Every scheme with its week, and words that say whose it is."""
        for place, regime in zip(self._places, self.regimes, strict=True):
            yield from ((place, *adopted) for adopted in regime)

    @property
    def _places(self) -> list[str]:
        """Words that say in which group something stands, nothing outside groups."""
        return [*(f"groups: {group.name}: " for group in self.groups), ""]

    @property
    def parts(self) -> tuple[str, ...]:
        """The names of the groups, and at last that of everybody else."""
        return (*(group.name for group in self.groups), EVERYBODY_ELSE)

    def groups_of_people(self, seed: int, replicate: int) -> NDArray[np.int64]:
        """The group of each employee by its place in ``parts``, (employees,)."""
        size, roles = self.organisation, self._roles_of_teams
        places = groups_of_teams(
            self.groups, roles, self.workforce.names, seed, replicate
        )
        each: NDArray[np.int64] = np.repeat(places, size.team_size)[: size.employees]
        return each

    @property
    def _roles_of_teams(self) -> NDArray[np.int64]:
        size = self.organisation
        return self.workforce.of_teams(plain(teams)(size.team_size, size.employees))

    @property
    def releases(self) -> tuple[Phase, ...]:
        """The part of the timeline that changes technology, whatever the scheme."""
        return tuple(
            Phase(week=phase.week, technology=phase.technology)
            for phase in self.timeline
            if phase.technology.changes
        )

    def released(self, releases: tuple[Phase, ...]) -> Self:
        """Copy in which technology changes as in these releases, and in no other way.

        A comparison is fair only if all its schemes live through the same releases.
        """
        weeks = {phase.week: phase.scheme for phase in self.timeline if phase.scheme}
        models = {phase.week: phase.technology for phase in releases}
        timeline = tuple(
            Phase(
                week=week,
                scheme=weeks.get(week),
                technology=models.get(week, NO_RELEASE),
            )
            for week in sorted(weeks | models)
        )
        return self if timeline == self.timeline else self.varied(timeline=timeline)

    def varied(self, **changes: Any) -> Self:
        """Copy with some groups or fields replaced, validated anew."""
        values = {name: getattr(self, name) for name in type(self).model_fields}
        return type(self)(**(values | changes))

    @model_validator(mode="after")
    def _timelines_in_order(self) -> Self:
        of_groups = ((f"groups: {g.name}: ", g.timeline) for g in self.groups)
        for place, timeline in (("", self.timeline), *of_groups):
            last = 0
            for phase in timeline:
                if phase.week <= last:
                    raise ValueError(
                        f"{place}timeline has week {phase.week} after week {last}; "
                        "weeks must rise, from 1 on"
                    )
                if phase.week >= self.weeks:
                    raise ValueError(
                        f"{place}timeline has week {phase.week}, but the run ends "
                        f"after {self.weeks} weeks; choose 1 to {self.weeks - 1}"
                    )
                last = phase.week
        return self

    @model_validator(mode="after")
    def _releases_have_a_start(self) -> Self:
        """What grows by a factor cannot start from nothing."""
        for phase in self.timeline:
            for name in ("gain", "price"):
                new = getattr(phase.technology, name)
                if new and getattr(self.technology, name) == 0.0:
                    raise ValueError(
                        f"timeline, week {phase.week}: technology.{name} is {new:g}, "
                        f"but it starts at 0, and a release changes it by a factor; "
                        f"give technology.{name} a small value instead of 0"
                    )
        return self

    @model_validator(mode="after")
    def _team_boards_fit(self) -> Self:
        for place, _, scheme in self._schemes_said:
            board = scheme.leaderboard
            too_large = self.organisation.team_size > MOST_MATES + 1
            if board.has_weight() and board.scope is Scope.TEAM and too_large:
                raise ValueError(
                    f"{place}organisation.team_size is "
                    f"{self.organisation.team_size}, but a "
                    f"leaderboard of the team shows at most {MOST_MATES + 1} people; "
                    "choose smaller teams or leaderboard.scope=organisation"
                )
        return self

    @model_validator(mode="after")
    def _everybody_has_a_role(self) -> Self:
        """A role that gets no team is in no run."""
        size, least = self.organisation, self.workforce.least_teams()
        count = plain(teams)(size.team_size, size.employees)
        if count < least:
            there = set(self.workforce.of_teams(count).tolist())
            [name, *_] = (
                name for k, name in enumerate(self.workforce.names) if k not in there
            )
            raise ValueError(
                f"workforce has the role {name}, which gets no team: "
                f"{size.employees} people are {count} teams of {size.team_size}; "
                f"take at least {least * size.team_size} people, smaller teams, or "
                "leave it out"
            )
        return self

    @model_validator(mode="after")
    def _groups_fit(self) -> Self:
        if self.groups:
            check_groups(self.groups, self._roles_of_teams, self.workforce.names)
            self._check_places()
        return self

    def _check_places(self) -> None:
        """Refuse a list of so few people that none of them has a place on it."""
        size, regimes = self.organisation, self.regimes
        roles = self._roles_of_teams
        teams = teams_of_groups(self.groups, roles, self.workforce.names)
        shorter = -size.employees % size.team_size  # the last team
        for part, regime in zip(self.parts, regimes, strict=True):
            under = zip(teams, regimes, strict=True)
            count = sum(n for n, other in under if other == regime)
            people = count * size.team_size - shorter
            for _, scheme in regime if 0 < count < sum(teams) else ():
                for key, share in listed_shares(scheme).items():
                    if share * people < 1.0:
                        raise ValueError(
                            f"groups: {part}: {key} is {share:g}, which is no place "
                            f"among {people} people; take {1.0 / people:.2g} or more, "
                            "or a larger group"
                        )

    @model_validator(mode="after")
    def _windows_fit(self) -> Self:
        for place, _, scheme in self._schemes_said:
            for name, part in scheme.incentives.items():
                if part.has_weight() and part.window() > self.weeks:
                    raise ValueError(
                        f"{place}{name}.weeks is {part.window()}, longer than the run "
                        f"of {self.weeks} weeks; shorten the window to at most "
                        f"{self.weeks} or lengthen the run"
                    )
        return self
