"""Scenario: an organisation, a scheme (or a timeline of schemes) and a horizon."""

import math
from collections import namedtuple
from typing import Any, Self

from pydantic import model_validator

from model import incentives
from model.incentive import Counted, Incentive, Scope
from model.parameters import Parameters, parameter
from model.people import People
from model.workplace import Workplace

MOST_MATES = 99
"""Mates that a leaderboard of the team can show; above, take the whole organisation."""


class Technology(Parameters):
    """What AI and token padding yield, cost and look like."""

    gain: float = parameter(
        0.70,
        "relative gain of full proficiency on the most suitable task, gamma_0",
        low=0.0,
        high=10.0,
        span=(0.3, 1.0),
        source="Peng et al. 2023 (upper end), Noy and Zhang 2023; evidence 2",
        confidence="medium",
    )
    skill_gradient: float = parameter(
        0.25,
        "how much less the skilled gain, per sd of skill, gamma_1",
        unit="1 per sd",
        low=-1.0,
        high=2.0,
        span=(0.0, 0.4),
        source="novices gain more: Brynjolfsson et al. 2025; evidence 2",
        confidence="medium",
    )
    loss: float = parameter(
        0.30,
        "relative loss on the least suitable task, l",
        low=0.0,
        high=1.0,
        span=(0.15, 0.5),
        source="outside the frontier: Dell'Acqua et al. 2023; evidence 2",
        confidence="medium",
    )
    token_noise: float = parameter(
        0.5,
        "log-sd of the tokens of one half-day (mean 1)",
        low=0.0,
        high=3.0,
        span=(0.0, 1.0),
    )
    padding_time: float = parameter(
        0.5,
        "share of a padded half-day that is lost to work, pi_0",
        low=0.0,
        high=1.0,
        span=(0.1, 0.8),
    )
    automation: float = parameter(
        0.7,
        "part of that time which savvy saves",
        low=0.0,
        high=1.0,
        span=(0.0, 0.9),
    )
    scripting: float = parameter(
        4.0,
        "how many times more tokens savvy pads, m",
        low=0.0,
        high=100.0,
        span=(0.0, 10.0),
    )
    fake_output: float = parameter(
        0.6,
        "what looks like output after a padded half-day, share of a manual one, f",
        low=0.0,
        high=10.0,
        span=(0.0, 1.5),
    )
    fake_savvy: float = parameter(
        1.0,
        "how many times more of it savvy makes, m_f",
        low=0.0,
        high=10.0,
        span=(0.0, 2.0),
    )
    observation_noise: float = parameter(
        0.30,
        "log-sd of a week's observed output around the real one",
        low=0.0,
        high=3.0,
        span=(0.1, 0.6),
    )
    price: float = parameter(
        1.5,
        "price of tokens",
        unit="$ per M tokens",
        low=0.0,
        high=1000.0,
        span=(0.5, 15.0),
        source="$200 a month over 32 M a week; evidence 1.2 (derived)",
        confidence="medium",
    )


class Peers(Parameters):
    """What passes between people."""

    outside: int = parameter(
        4,
        "peers outside the own team whose padding is seen",
        unit="people",
        low=0,
        high=50,
        span=(0, 10),
    )
    team_weight: float = parameter(
        0.7,
        "weight of the own team in what is seen of padding",
        low=0.0,
        high=1.0,
        span=(0.3, 0.9),
        source="in-group above out-group: Gino et al. 2009; evidence 3, F20 (order)",
    )
    norm_memory: float = parameter(
        0.3,
        "weight of the latest week in the norm",
        unit="1 per week",
        low=0.0,
        high=1.0,
        span=(0.1, 0.6),
    )
    norm_relief: float = parameter(
        0.5,
        "part of the conscience that a norm of padding dulls, eta",
        low=0.0,
        high=1.0,
    )
    norm_pull: float = parameter(
        0.0,
        "worth of padding where everybody pads, J",
        unit="half-days",
        low=0.0,
        high=20.0,
        span=(0.0, 3.0),
    )
    rework_misuse: float = parameter(
        0.25,
        "output that mates lose per misused half-day, r_mis",
        unit="half-days per half-day",
        low=0.0,
        high=5.0,
        span=(0.05, 0.45),
        source="37 % of saved time is lost to rework: Workday; evidence 2 (order)",
    )
    rework_fake: float = parameter(
        0.5,
        "output that mates lose per half-day of fake output, r_fake",
        unit="half-days per half-day",
        low=0.0,
        high=5.0,
        span=(0.0, 1.0),
    )
    rework_padding: float = parameter(
        0.05,
        "output that mates lose per padded half-day, r_pad",
        unit="half-days per half-day",
        low=0.0,
        high=5.0,
        span=(0.0, 0.2),
    )
    productivity: float = parameter(
        0.0,
        "elasticity of own output in the mates' output",
        low=0.0,
        high=0.9,
        span=(0.0, 0.17),
        source="0.15 if mates can see: Mas and Moretti 2009; 0 in Gallen et al. 2016",
        confidence="medium",
    )


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

    def counts_something(self) -> bool:
        """Whether any counter has weight."""
        return self.tokens > 0 or self.active > 0 or self.output > 0


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
                raise ValueError(
                    f"{name}.measure is headline, but the headline measure counts "
                    "nothing; give measure.tokens, measure.active or measure.output "
                    "a weight, or name what is counted: tokens, spend, active, output"
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


class Phase(Parameters):
    """From a week on, another scheme."""

    week: int = parameter(
        0, "first week of the phase", unit="weeks", low=0, confidence="choice"
    )
    scheme: Scheme = Scheme()


class Scenario(Scheme):
    """Everything that a run depends on, apart from its seed and replicate."""

    organisation: Workplace = Workplace()
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

    @property
    def scheme(self) -> Scheme:
        """The scheme in force from the first week on."""
        return Scheme(**{name: getattr(self, name) for name in Scheme.model_fields})

    @property
    def phases(self) -> tuple[Phase, ...]:
        """All phases, that of week 0 included."""
        return (Phase(week=0, scheme=self.scheme), *self.timeline)

    def varied(self, **changes: Any) -> Self:
        """Copy with some groups or fields replaced, validated anew."""
        values = {name: getattr(self, name) for name in type(self).model_fields}
        return type(self)(**(values | changes))

    @model_validator(mode="after")
    def _timeline_in_order(self) -> Self:
        last = 0
        for phase in self.timeline:
            if phase.week <= last:
                raise ValueError(
                    f"timeline has week {phase.week} after week {last}; "
                    "weeks must rise, from 1 on"
                )
            if phase.week >= self.weeks:
                raise ValueError(
                    f"timeline has week {phase.week}, but the run ends after "
                    f"{self.weeks} weeks; choose 1 to {self.weeks - 1}"
                )
            last = phase.week
        return self

    @model_validator(mode="after")
    def _team_boards_fit(self) -> Self:
        for phase in self.phases:
            board = phase.scheme.leaderboard
            too_large = self.organisation.team_size > MOST_MATES + 1
            if board.has_weight() and board.scope is Scope.TEAM and too_large:
                raise ValueError(
                    f"organisation.team_size is {self.organisation.team_size}, but a "
                    f"leaderboard of the team shows at most {MOST_MATES + 1} people; "
                    "choose smaller teams or leaderboard.scope=organisation"
                )
        return self

    @model_validator(mode="after")
    def _windows_fit(self) -> Self:
        for phase in self.phases:
            for name, part in phase.scheme.incentives.items():
                if part.has_weight() and part.window() > self.weeks:
                    raise ValueError(
                        f"{name}.weeks is {part.window()}, longer than the run of "
                        f"{self.weeks} weeks; shorten the window to at most "
                        f"{self.weeks} or lengthen the run"
                    )
        return self
