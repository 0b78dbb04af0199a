"""Scenario: an organisation, a scheme (or a timeline of schemes) and a horizon."""

import math
from collections import namedtuple
from enum import IntEnum
from typing import Any, NamedTuple, Self

from pydantic import Field, model_validator

from model import incentives
from model.incentive import Counted, Incentive, Scope
from model.parameters import Parameters, parameter
from model.people import People
from model.workplace import Workplace

MOST_MATES = 99
"""Mates that a leaderboard of the team can show; above, take the whole organisation."""


class Technology(Parameters):
    """What tasks, AI and token padding yield, cost and look like."""

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
    task_sd: float = parameter(
        0.5,
        "log-sd of what a core task is worth (mean 1)",
        low=0.0,
        high=3.0,
        span=(0.25, 0.8),
    )
    chore_worth: float = parameter(
        0.375,
        "worth of the first chore of a week that is given to AI, nu (0: no chores)",
        unit="half-days",
        low=0.0,
        high=10.0,
        span=(0.05, 0.7),
        source="nobody measured it: two hours of e-mail saved and nothing else moves, "
        "or core work rises; evidence 9",
    )
    chore_decay: float = parameter(
        0.53,
        "worth of each further chore of the week over the one before, rho",
        low=0.0,
        high=1.0,
        span=(0.2, 0.7),
        source="a fifth of the first after 10 c half-days, c the share of chores in a "
        "week; evidence 9 (derived)",
    )
    chore_suitability: float = parameter(
        0.8,
        "how suitable chores are for AI, 0 to 1",
        low=0.0,
        high=1.0,
        span=(0.6, 0.95),
        source="gain of 21 to 45 % on e-mail; evidence 9 (derived)",
    )
    trivial_intensity: float = parameter(
        1.0,
        "tokens of a trivial half-day over those of a genuine one",
        low=0.0,
        high=100.0,
        span=(0.3, 3.0),
        source="slides out of documents: Accenture (one leak); evidence 9",
    )
    trivial_teaching: float = parameter(
        0.5,
        "what a trivial half-day teaches over what a genuine one does",
        low=0.0,
        high=1.0,
        span=(0.0, 1.0),
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
    gesture_minutes: float = parameter(
        2.0,
        "time that a gesture takes: one prompt so as to count as active (0: nobody "
        "makes any)",
        unit="minutes",
        low=0.0,
        high=240.0,
        span=(1.0, 5.0),
        source="one action counts as active: Microsoft; the time is an assumption; "
        "evidence 12",
    )
    gesture_tokens: float = parameter(
        0.1,
        "tokens of a gesture, too few to matter in a score",
        unit="M tokens",
        low=0.0,
        high=100.0,
        span=(0.0, 0.5),
    )
    dressing_most: float = parameter(
        0.25,
        "most output that can be dressed up, per half-day (0: nobody does)",
        unit="half-days per half-day",
        low=0.0,
        high=1.0,
        span=(0.1, 0.5),
    )
    dressing_time: float = parameter(
        0.2,
        "time that a half-day of dressed-up output takes, t",
        unit="half-days per half-day",
        low=0.0,
        high=1.0,
        span=(0.05, 0.6),
    )
    dressing_hardness: float = parameter(
        4.0,
        "how fast dressing up gets harder the more of it there is, c",
        low=0.01,
        high=1000.0,
        span=(2.0, 8.0),
    )
    overstating_most: float = parameter(
        1.0,
        "most time saved that can be overstated, over a half-day a week",
        low=0.0,
        high=10.0,
        span=(0.0, 2.0),
    )
    overstating_hardness: float = parameter(
        4.0,
        "how fast overstating gets harder the more of it there is",
        unit="half-days per half-day a week",
        low=0.01,
        high=1000.0,
        span=(1.0, 16.0),
    )
    hiding_time: float = parameter(
        0.1,
        "time that it takes to hide a half-day of spoilt work",
        unit="half-days per half-day",
        low=0.0,
        high=10.0,
        span=(0.0, 0.5),
    )
    hiding_hardness: float = parameter(
        4.0,
        "how fast hiding gets harder the more of it there is",
        unit="half-days per half a half-day a week",
        low=0.01,
        high=1000.0,
        span=(1.0, 16.0),
    )
    defect_noise: float = parameter(
        0.5,
        "log-sd of the spoilt work found in a week around what there is",
        low=0.0,
        high=3.0,
        span=(0.2, 1.0),
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
    token_yield: float = parameter(
        0.15,
        "power to which own tokens over the median raise the gain",
        low=0.0,
        high=1.0,
        span=(0.0, 0.3),
        source="ten times the tokens for twice the output at Jellyfish: 0.3, an upper "
        "bound; evidence 1.2",
    )

    # Change over the run (progress.py)
    gain_drift: float = parameter(
        0.1,
        "growth of the gain, log",
        unit="1 per year",
        low=-2.0,
        high=2.0,
        span=(0.0, 0.35),
        source="METR 2025-26, and what people say they gain; evidence 2, progress",
    )
    suitability_drift: float = parameter(
        0.05,
        "decline of what a task lacks to be fully suitable, 1 - x, log",
        unit="1 per year",
        low=0.0,
        high=2.0,
        span=(0.0, 0.15),
        source="assumption; evidence 2, progress",
    )
    token_drift: float = parameter(
        0.0,
        "growth of the tokens of a half-day with AI, log",
        unit="1 per year",
        low=-2.0,
        high=2.0,
        span=(0.0, 1.5),
        source="agents take 5 to 30 times the tokens of a chat; evidence 2, progress",
    )
    price_drift: float = parameter(
        -0.3,
        "growth of the price of tokens, log",
        unit="1 per year",
        low=-2.0,
        high=2.0,
        span=(-1.2, 0.3),
        source="ten times cheaper a year at equal quality, list prices at the "
        "frontier flat; evidence 2, progress",
    )


class Law(IntEnum):
    """What of others' use of AI costs output: the law of rework."""

    BELOW_BREAK_EVEN = 0
    BY_SIZE = 1
    ANY_USE = 2
    QUEUE = 3


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
    teaching: float = parameter(
        0.03,
        "part of the way to the proficiency of mates who use AI, taught in a week",
        unit="1 per week",
        low=0.0,
        high=1.0,
        span=(0.0, 0.1),
        source="advice among pairs +15 %, still there 20 weeks later: Sandvik et al.; "
        "evidence 2.1 (order)",
    )
    forum_practice: float = parameter(
        0.01,
        "the same by a forum, to the proficiency of all who use AI",
        unit="1 per week",
        low=0.0,
        high=1.0,
        span=(0.0, 0.03),
        source="a third of teaching (assumption); evidence 2.1",
    )
    forum_tricks: float = parameter(
        0.01,
        "part of the way to the savvy of all who pad, shown by a forum in a week",
        unit="1 per week",
        low=0.0,
        high=1.0,
        span=(0.0, 0.03),
        source="as good practice does (assumption): nobody measured what spreads "
        "faster, evidence 2.1",
    )
    rework_law: Law = parameter(
        Law.BELOW_BREAK_EVEN,
        "what of others' use of AI costs output: the law of rework",
    )
    rework_misuse: float = parameter(
        0.38,
        "output that mates lose per misused half-day, r_mis (law below_break_even)",
        unit="half-days per half-day",
        low=0.0,
        high=5.0,
        span=(0.05, 0.6),
        source="37 % of saved time is lost to rework: Workday; evidence 2 (order)",
    )
    rework_size: float = parameter(
        3.73,
        "output that mates lose per half-day lost by misuse (law by_size)",
        unit="half-days per half-day",
        low=0.0,
        high=50.0,
        span=(0.7, 5.6),
        source="the rework of below_break_even in the voluntary organisation",
    )
    rework_use: float = parameter(
        0.049,
        "output that mates lose per half-day with AI (law any_use)",
        unit="half-days per half-day",
        low=0.0,
        high=5.0,
        span=(0.01, 0.1),
        source="the rework of below_break_even in the voluntary organisation",
    )
    rework_queue: float = parameter(
        0.178,
        "output lost per half-day of review due (law queue)",
        unit="half-days per half-day",
        low=0.0,
        high=5.0,
        span=(0.04, 0.37),
        source="the rework of below_break_even in the voluntary organisation",
    )
    review_load: float = parameter(
        0.15,
        "review that a half-day with AI needs (law queue)",
        unit="half-days per half-day",
        low=0.0,
        high=5.0,
        span=(0.05, 0.4),
        source="6 hours a week more review than before AI, weak surveys; evidence 2.1",
    )
    review_capacity: float = parameter(
        1.5,
        "review that a senior does in a week (law queue)",
        unit="half-days per week",
        low=0.0,
        high=10.0,
        span=(1.0, 3.0),
        source="about 5 hours a week before AI, 11 after, weak surveys; evidence 2.1",
    )
    senior_share: float = parameter(
        0.25,
        "part of a team, the most skilled, who review; one at least (law queue)",
        low=0.0,
        high=1.0,
        span=(0.125, 0.5),
    )
    rework_dressing: float = parameter(
        0.5,
        "output that mates lose per half-day of dressed-up output, r_fake",
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
    def phases(self) -> tuple[Adopted, ...]:
        """The schemes that follow each other, that of week 0 included."""
        later = [Adopted(p.week, p.scheme) for p in self.timeline if p.scheme]
        return (Adopted(0, self.scheme), *later)

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
        for _, scheme in self.phases:
            board = scheme.leaderboard
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
        for _, scheme in self.phases:
            for name, part in scheme.incentives.items():
                if part.has_weight() and part.window() > self.weeks:
                    raise ValueError(
                        f"{name}.weeks is {part.window()}, longer than the run of "
                        f"{self.weeks} weeks; shorten the window to at most "
                        f"{self.weeks} or lengthen the run"
                    )
        return self
