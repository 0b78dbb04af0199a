"""The Mesa face: an organisation whose people, teams and principal are Mesa agents.

The organisation steps the engine, so that its numbers are those of ``simulate``. Its
agents are views: they hold a number and read and write the rows of the engine. They
are made when somebody first looks at them, which changes nothing else; a model that
nobody looks into makes none.
"""

import copy
import math
from collections import deque
from collections.abc import Iterator
from functools import partial
from itertools import repeat
from typing import TYPE_CHECKING, Any, NamedTuple, overload

import mesa
import numpy as np

from model import Simulation
from model.adaptation import MAX_BACKLOG
from model.compiled import plain
from model.explanation import Explanation, explain_week, offered
from model.groups import EVERYBODY_ELSE
from model.network import team_bounds, teams
from model.outcomes import NAMES
from model.parameters import check
from model.principal import BudgetPlan, plan_budget, reported_padding
from model.progress import WEEKS_A_YEAR, price
from model.scenario import HEADLINE, INCENTIVES, REVIEW_OUTPUT, ROWS, Scenario, Scheme
from model.settlement import quota_score
from model.workforce import EMPLOYEE, gain, productivity, token_yield

SETTABLE: dict[str, tuple[float, float]] = {
    "skill": (-10.0, 10.0),
    "ambition": (0.0, 1e6),
    "status": (0.0, 1e6),
    "conscience": (0.0, 1e6),
    "reluctance": (-1e6, 1e6),
    "ceiling": (0.0, 1.0),
    "intensity": (0.0, 1e6),
    "padding_intensity": (0.0, 1e6),
    "never_gamer": (0, 1),
    "suspicious": (0, 1),
    "proficiency": (0.0, 1.0),
    "belief": (-1e6, 1e6),
    "savvy": (0.0, 1.0),
    "norm": (0.0, 1.0),
    "backlog": (0.0, MAX_BACKLOG),
}
"""Traits and states that may be set, each with its least and largest value."""
COLUMNS = EMPLOYEE.names or ()
PER_ROW = frozenset(name for name in COLUMNS if EMPLOYEE[name].shape)
"""Columns with an entry for each incentive, the review's output and the headline."""
ASSIGNED = frozenset({"model", "unique_id", "pos", "row", *COLUMNS})
"""What may be assigned to an employee: Mesa's attributes, the row, and columns."""
ROW_NAMES = {row: name for row, name in enumerate(INCENTIVES)} | {
    REVIEW_OUTPUT: "review_output",
    HEADLINE: "headline",
}


class Trait(NamedTuple):
    """A trait or state of one person that was set by hand."""

    row: int
    name: str
    value: float


class Adoption(NamedTuple):
    """A scheme put in force by hand for a group, a place in ``Scenario.parts``."""

    group: int
    scheme: Scheme


class Intervention(NamedTuple):
    """What was done to a running organisation before the step of a week."""

    week: int
    what: Adoption | Trait


class Unnumbered:
    """Stands where Mesa 3.3 keeps its counters of agents.

    Mesa 3.3 holds on to every model that ever numbered an agent. Ours number
    themselves, so that a model that was looked into is freed like any other.
    """

    def __getitem__(self, model: mesa.Model) -> Iterator[int]:
        """Return numbers that are not used."""
        return repeat(0)


class View(mesa.Agent):
    """An agent that sees a part of the organisation and owns no state.

    Its ``unique_id`` is the same whenever it is made: row + 1 for employees, then
    teams, then the principal.
    """

    _ids = Unnumbered()
    model: "Organisation"

    def __init__(self, organisation: "Organisation", number: int) -> None:
        super().__init__(organisation)
        self.unique_id = number

    def remove(self) -> None:
        """Refuse: slots stay, whoever fills them. Raises ``NotImplementedError``."""
        raise NotImplementedError(
            "agents are views of an organisation in which every slot is filled; people "
            "leave by people.quit_hazard; make an Organisation of another size instead"
        )


class Column:
    """A column of the staff, seen as an attribute of one person."""

    def __init__(self, name: str) -> None:
        self.name = name

    def __get__(self, employee: "Employee | None", kind: type) -> Any:
        if employee is None:
            return self
        value = employee.model.simulation.staff[self.name][employee.row]
        if self.name in PER_ROW:
            return {ROW_NAMES[row]: value[row].tolist() for row in range(ROWS)}
        return value.item()

    def __set__(self, employee: "Employee", value: float) -> None:
        trait = Trait(employee.row, self.name, value)
        check_trait(employee.model.simulation, trait)
        employee.model.intervene(trait)


class Employee(View):
    """The person in a slot: a view of a row of the staff, which owns no state.

    Where people leave, another comes in the same row: ``generation`` counts those
    before, ``tenure`` weeks in the job.

    Every column of ``model.workforce.Employee`` is an attribute, in its unit. The
    traits and states in ``SETTABLE`` can be set and count from the next step on;
    productivity and gain follow skill, gain also the tokens of a half-day if they yield
    any. Setting anything else raises ``AttributeError``, a value out of range
    ``ValueError``, one of the wrong kind ``TypeError``.
    """

    def __init__(self, organisation: "Organisation", row: int) -> None:
        self.row = row
        super().__init__(organisation, row + 1)

    def __setattr__(self, name: str, value: Any) -> None:
        """Set a trait or state; refuse names that no employee has."""
        if name not in ASSIGNED:
            raise AttributeError(
                f"an employee has no {name!r} and keeps nothing of its own; "
                f"{settable()}"
            )
        super().__setattr__(name, value)

    def __repr__(self) -> str:
        """Return the kind and the row."""
        return f"Employee({self.row})"

    if TYPE_CHECKING:

        def __getattr__(self, name: str) -> Any: ...

    @property
    def team(self) -> "Team":
        """The team that this person works in."""
        organisation = self.model
        size = organisation.simulation.scenario.organisation.team_size
        return organisation.teams[self.row // size]

    @property
    def scheme(self) -> Scheme:
        """The scheme that this person is under in the coming week."""
        return self.model.scheme_of(self.model.week, self.group)

    @overload
    def explain(self, week: int | None = None) -> tuple[Explanation, ...]: ...
    @overload
    def explain(self, week: int | None, half_day: int) -> Explanation: ...
    @overload
    def explain(self, *, half_day: int) -> Explanation: ...

    def explain(
        self, week: int | None = None, half_day: int | None = None
    ) -> Explanation | tuple[Explanation, ...]:
        """Say what each activity is worth to this person, and what would flip them.

        Without a week: the coming one. A past week is replayed from the seed, with
        everything that was adopted or set by hand since. Without a half-day (0 to 9):
        all ten. Nothing is changed. Raises ``ValueError`` out of these ranges.
        """
        organisation = self.model
        week = organisation.week if week is None else week
        if not 0 <= week <= organisation.week:
            raise ValueError(
                f"week is {week}; choose 0 to {organisation.week}, the coming week"
            )
        if half_day is not None and not 0 <= half_day <= 9:
            raise ValueError(f"half_day is {half_day}; choose 0 to 9")
        simulation = organisation.before(week)
        notes = simulation.note(self.row, self.row + 1)[0]
        group = int(simulation.staff[self.row]["group"])
        suspected = bool(simulation.published_to(group)["suspicion"] > 0.0)
        others = offered(organisation.scheme_of(week, group), suspected)
        names = simulation.scenario.workforce.names
        role = names[simulation.staff[self.row]["role"]] if names[1:] else None
        half_days = explain_week(notes, self.row, role, week, others)
        return half_days if half_day is None else half_days[half_day]


for _name in COLUMNS:
    setattr(Employee, _name, Column(_name))


class Team(View):
    """People who work together: neighbouring rows."""

    def __init__(self, organisation: "Organisation", number: int) -> None:
        size = organisation.simulation.scenario.organisation
        self.number = number
        self.first, self.after = plain(team_bounds)(
            number * size.team_size, size.team_size, size.employees
        )
        super().__init__(organisation, size.employees + number + 1)

    def __len__(self) -> int:
        """Return the number of members."""
        return self.after - self.first

    def __repr__(self) -> str:
        """Return the kind and the number."""
        return f"Team({self.number})"

    @property
    def members(self) -> Any:
        """The people of the team, an ``AgentSet`` in the order of their rows."""
        organisation = self.model
        people = organisation.employees[self.first : self.after]
        return mesa.agent.AgentSet(people, random=organisation.random)

    @property
    def active_share(self) -> float:
        """Share of the members who counted as active in the latest week."""
        rows = self.model.simulation.staff[self.first : self.after]
        return float(np.mean(rows["days"] + rows["gestures"] > 0))

    @property
    def standing(self) -> float:
        """Where the mean score of the latest week lies among teams, 0 last, 1 first.

        The share of the other teams below, half of those tied; 1/2 without others.
        """
        size = self.model.simulation.scenario.organisation
        firsts = np.arange(0, size.employees, size.team_size)
        sums = np.add.reduceat(self.model.simulation.staff["score"], firsts)
        scores = sums / np.diff([*firsts, size.employees])
        others = np.delete(scores, self.number)
        if len(others) == 0:
            return 0.5
        own = scores[self.number]
        return float(np.mean(others < own) + 0.5 * np.mean(others == own))


class Principal(View):
    """Who sets the scheme, and sees only the dashboard."""

    def __init__(self, organisation: "Organisation") -> None:
        size = organisation.simulation.scenario.organisation
        number = size.employees + plain(teams)(size.team_size, size.employees) + 1
        super().__init__(organisation, number)

    def __repr__(self) -> str:
        """Return the kind."""
        return "Principal()"

    @property
    def dashboard(self) -> dict[str, float]:
        """What the principal sees of the latest week, means over employees.

        ``reported_tokens`` [M tokens per employee-week], after the measure's filter;
        ``active_share`` [share of people]; ``score``, the headline measure [reference
        weeks]; ``observed_output``, real and dressed up [half-days per employee-week];
        ``spend`` [$ per employee-week]; ``audit_findings``, right and wrong
        [half-days per employee-week].
        """
        organisation = self.model
        staff = organisation.simulation.staff
        technology = organisation.simulation.scenario.technology
        week = organisation.week - 1
        filters = [
            organisation.scheme_of(week, group).measure.filter
            for group in range(len(organisation.simulation.scenario.parts))
        ]
        counts = 1.0 - np.array(filters)[staff["group"]]
        honest = staff["genuine_tokens"] + staff["trivial_tokens"]
        honest = honest + staff["gestures"] * technology.gesture_tokens
        reported = honest + staff["padded_tokens"] * counts
        tokens = honest + staff["padded_tokens"]
        price_of_week = price(organisation.simulation.scenario, week)
        return {
            "reported_tokens": float(np.mean(reported)),
            "active_share": float(np.mean(staff["days"] + staff["gestures"] > 0)),
            "score": float(np.mean(staff["score"])),
            "observed_output": float(np.mean(staff["observed"])),
            "spend": float(np.mean(tokens)) * price_of_week,
            "audit_findings": float(np.mean(staff["hits"] + staff["false_hits"])),
        }

    @property
    def targets(self) -> dict[str, float]:
        """Targets in force outside groups, see ``targets_of``."""
        return self.targets_of(-1)

    def targets_of(self, group: int) -> dict[str, float]:
        """Targets in force in a group, as the ratchet has left them, by incentive.

        ``quota`` in the unit of its measure and window, ``participation`` [share of
        people]; only those that have weight. ``group`` is a place in
        ``Scenario.parts``; the last is everybody else.
        """
        organisation = self.model
        simulation = organisation.before(organisation.week)
        scheme = organisation.scheme_of(organisation.week, group)
        published = simulation.published_to(group)
        targets = {}
        if scheme.quota.has_weight():
            levers = {name: getattr(scheme, name) for name in Scheme.model_fields}
            scenario = simulation.scenario.model_copy(update=levers)
            declared = plain(quota_score)(scenario)
            raised = float(published["quota"])
            growth = raised / declared if declared > 0.0 else 1.0
            targets["quota"] = scheme.quota.amount * growth
        if scheme.participation.has_weight():
            targets["participation"] = float(published["participation"])
        return targets

    def plan_budget(self) -> BudgetPlan:
        """Plan next year's tokens from what was reported [$ per employee and year].

        From the mean of the reported weeks of this run, the latest 52 at most; its
        ``false_demand`` is what the principal does not know. Raises ``RuntimeError``
        before the first step.
        """
        weeks = self.model.reported
        if not weeks:
            raise RuntimeError("nothing is reported yet; step the organisation first")
        reported, padding = np.mean(weeks, axis=0).tolist()
        latest = self.model.week - 1
        return plan_budget(reported, padding, self.model.simulation.scenario, latest)


class Organisation(mesa.Model):
    """An organisation under a scheme, as a Mesa model; a step is a week.

    Warmed up when made. Stepping gives exactly the numbers of ``simulate`` with the
    same scenario, seed and replicate. Mesa's own ``random`` and ``rng`` are there for
    what is done to the agents from outside; the people never draw from them.

    Attributes
    ----------
    simulation : Simulation
        The engine; ``simulation.scenario`` is the scenario, ``simulation.staff`` the
        rows of all employees.
    outcomes : dict of str to float
        Outcomes of the latest week, by the names of ``model.outcomes``; NaN before
        the first step.
    datacollector : mesa.DataCollector
        Keeps every outcome of every week.
    reported : deque of tuple of float
        Reported and genuine tokens of the latest 52 weeks [M tokens per employee-week].

    Raises ``ValueError`` for a seed or replicate out of range.
    """

    def __init__(self, scenario: Scenario, seed: int = 1, replicate: int = 0) -> None:
        self.simulation = Simulation(scenario, seed, replicate)
        super().__init__(rng=seed)
        self.outcomes = dict.fromkeys(NAMES, math.nan)
        self.reported: deque[tuple[float, float]] = deque(maxlen=int(WEEKS_A_YEAR))
        self.datacollector = mesa.DataCollector(
            model_reporters={name: partial(latest, name=name) for name in NAMES}
        )
        self._employees: list[Employee] = []
        self._teams: list[Team] = []
        self._principal: Principal | None = None
        self._interventions: list[Intervention] = []

    @property
    def week(self) -> int:
        """Weeks reported so far; the next step is this week."""
        return self.simulation.week

    def step(self) -> None:
        """Let a week pass and collect its outcomes.

        ``running`` ends with the scenario's horizon; stepping on is allowed.
        """
        row = self.simulation.step().tolist()
        self.outcomes = dict(zip(NAMES, row, strict=True))
        reported, genuine, trivial, padded = (
            self.outcomes[f"{kind}_tokens"]
            for kind in ("reported", "genuine", "trivial", "padded")
        )
        padding = reported_padding(reported, genuine, trivial, padded)
        self.reported.append((reported, padding))
        self.running = self.week < self.simulation.scenario.weeks
        self.datacollector.collect(self)

    # The scheme, while it runs

    @property
    def scheme(self) -> Scheme:
        """The scheme in force in the coming week, outside groups."""
        return self.scheme_of(self.week)

    def scheme_of(self, week: int, group: int = -1) -> Scheme:
        """The scheme in force in a week, up to the coming one; before 0, voluntary.

        ``group`` is a place in ``Scenario.parts``; the last is everybody else.
        """
        if week < 0:
            return Scheme()
        scenario = self.simulation.scenario
        number = range(len(scenario.parts))[group]
        phases = scenario.regimes[number]
        foreseen = max((p for p in phases if p.week <= week), key=lambda p: p.week)
        latest_week, scheme = foreseen.week, foreseen.scheme
        for adopted_in, what in self._interventions:
            if not isinstance(what, Adoption) or what.group != number:
                continue
            if latest_week <= adopted_in <= week:
                latest_week, scheme = adopted_in, what.scheme
        return scheme

    def adopt(self, scheme: Scheme, group: str = EVERYBODY_ELSE) -> None:
        """Put another scheme in force from the coming week on: in a group, or outside.

        The windows of incentives that change start anew; equal parts go on as before.
        Phases that the timeline foresees for later weeks still come.
        Raises ``ValueError`` if the scheme does not fit the organisation, if there is
        no such group, or if it shares its boards with another part: groups whose
        schemes and timelines are equal are one.
        """
        if not isinstance(scheme, Scheme):
            raise TypeError(f"{scheme!r} is not a Scheme")
        check(scheme)
        levers = {name: getattr(scheme, name) for name in Scheme.model_fields}
        adopted = Scheme(**levers)
        number = self._apart(group)
        scenario = self.simulation.scenario
        if group == EVERYBODY_ELSE:
            scenario.varied(**levers)
        else:
            groups = [*scenario.groups]
            groups[number] = groups[number].model_copy(update={"scheme": adopted})
            scenario.varied(groups=tuple(groups))
        self.intervene(Adoption(number, adopted))

    def _apart(self, group: str) -> int:
        """The place of a part that lives under a regime of its own, by its name."""
        parts = self.simulation.scenario.parts
        if group not in parts:
            raise ValueError(
                f"there is no group {group!r}; choose one of {', '.join(parts)}"
            )
        number, of_parts = parts.index(group), self.simulation.regimes.of_parts
        there = np.unique(self.simulation.staff["group"])
        if number not in there:
            raise ValueError(f"nobody is in {group}, so that nobody adopts its scheme")
        sharing = there[(of_parts[there] == of_parts[number]) & (there != number)]
        if len(sharing):
            raise ValueError(
                f"{group} and {parts[sharing[0]]} are under the same schemes, so that "
                "they share boards and targets, and neither adopts a scheme alone; "
                "give the group another scheme or timeline from the start, or leave "
                "it out"
            )
        return number

    def intervene(self, what: Adoption | Trait) -> None:
        """Adopt a scheme or set a trait, both checked, and remember it for replays."""
        apply(self.simulation, what)
        self._interventions.append(Intervention(self.week, what))

    def before(self, week: int) -> Simulation:
        """Return the engine as it stands before a week's half-days, to be read only.

        For a past week the run is replayed from its seed. ``week`` is 0 to the coming
        week.
        """
        scenario = self.simulation.scenario
        if week == self.week:
            # A phase that is due opens windows; it may not do so in the engine that
            # is only being looked at.
            due = {phase.week for phase in scenario.timeline}
            due |= {a.week for regime in scenario.regimes for a in regime[1:]}
            if week not in due:
                return self.simulation
            simulation = copy.deepcopy(self.simulation)
        else:
            seed, replicate = self.simulation.seed, self.simulation.replicate
            simulation = Simulation(scenario, seed, replicate)
            waiting = deque(self._interventions)
            while True:
                while waiting and waiting[0].week == simulation.week:
                    apply(simulation, waiting.popleft().what)
                if simulation.week == week:
                    break
                simulation.step()
        simulation.enter_phase()
        return simulation

    # Agents, made when somebody looks

    @property
    def employees(self) -> list[Employee]:
        """All employees; the index is the row."""
        while len(self._employees) < len(self.simulation.staff):
            self._employees.append(Employee(self, len(self._employees)))
        return self._employees

    @property
    def teams(self) -> list[Team]:
        """All teams; the members of team k are neighbouring rows."""
        size = self.simulation.scenario.organisation
        while len(self._teams) < plain(teams)(size.team_size, size.employees):
            self._teams.append(Team(self, len(self._teams)))
        return self._teams

    @property
    def principal(self) -> Principal:
        """The principal."""
        if self._principal is None:
            self._principal = Principal(self)
        return self._principal

    @property
    def agents(self) -> Any:
        """All employees, a Mesa ``AgentSet`` in the order of their rows.

        Teams and the principal have other attributes; they are in
        ``agents_by_type[Team]`` and ``agents_by_type[Principal]``.
        """
        return self.agents_by_type[Employee]

    @property
    def agents_by_type(self) -> Any:
        """The agents of each type, by class."""
        self._look()
        return super().agents_by_type

    @property
    def agent_types(self) -> list[type]:
        """All types of agents."""
        self._look()
        return super().agent_types

    def _look(self) -> None:
        """Make all agents that are not there yet."""
        _ = self.employees, self.teams, self.principal


def latest(organisation: Organisation, name: str) -> float:
    """Outcome of the latest week, as a model reporter."""
    return organisation.outcomes[name]


def apply(simulation: Simulation, what: Adoption | Trait) -> None:
    """Adopt a scheme, or set a trait and what follows from it, from the coming week."""
    if isinstance(what, Adoption):
        simulation.enter_phase()
        simulation.adopt(what.scheme, simulation.regimes.of_parts[what.group])
        return
    e, world = simulation.staff[what.row], simulation.scenario
    e[what.name] = what.value
    if what.name == "skill":
        e["productivity"] = productivity(float(what.value), world.people.skill_sd)
    if what.name in ("skill", "intensity"):
        tech, z, kappa = world.technology, float(e["skill"]), float(e["intensity"])
        role = world.workforce.roles[e["role"]]
        e["gain"] = gain(z, tech.gain * role.gain, tech.skill_gradient) * token_yield(
            kappa, world.people.intensity * role.intensity, tech.token_yield
        )
    if what.name == "ceiling":
        e["proficiency"] = min(e["proficiency"], e["ceiling"])


def check_trait(simulation: Simulation, trait: Trait) -> None:
    """Raise if a column cannot be set, or not to this value; see ``Employee``."""
    name, value = trait.name, trait.value
    if name not in SETTABLE:
        hint = "set skill, " if name in ("productivity", "gain") else ""
        raise AttributeError(
            f"{name} follows from what people are and do and cannot be set; {hint}"
            f"{settable()}"
        )
    if EMPLOYEE[name] == np.bool_:
        if not isinstance(value, bool | np.bool_):
            raise TypeError(f"{name} is {value!r}; choose True or False")
        return
    number = isinstance(value, int | float | np.integer | np.floating)
    if not number or isinstance(value, bool):
        raise TypeError(f"{name} is {value!r}; choose a number")
    low, high = SETTABLE[name]
    if not low <= value <= high:
        raise ValueError(f"{name} is {value}; choose {low:g} to {high:g}")
    if name == "proficiency":
        ceiling = float(simulation.staff[trait.row]["ceiling"])
        if value > ceiling:
            raise ValueError(
                f"proficiency is {value}, above this person's ceiling of "
                f"{ceiling:.3f}; choose at most that, or raise the ceiling first"
            )


def settable() -> str:
    """What can be set, in words."""
    return f"what can be set: {', '.join(SETTABLE)}"
