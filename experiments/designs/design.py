"""The design of a study: schemes, points and replicates, in a fixed order.

Point 0 is the centre, the scenario as given. The points of a sweep are made in
``sweep``; plausible worlds are no points of a design (``experiments.worlds``).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

from experiments.config.roles import altered, is_number, number_of
from experiments.config.shares import is_share, share_of
from experiments.config.varied import replaced
from model.incentive import Incentive
from model.parameters import Parameters
from model.scenario import Group, Phase, Scenario, Scheme
from model.simulate import Job

EMPLOYEES = "organisation.employees"


class Point(NamedTuple):
    """One point: its number, its levels by dotted name, and how often it is run.

    ``schemes`` are the schemes run there; None for all.
    """

    number: int
    levels: Mapping[str, float]
    replicates: int
    schemes: tuple[str, ...] | None = None


class Planned(NamedTuple):
    """One run of a study: the key of its rows in every data file."""

    scheme: str
    point: int
    replicate: int


@dataclass(frozen=True)
class Design:
    """Schemes and the points at which they are run; all share people and luck.

    With ``accounts`` people's own accounts of the runs at the centre are kept, too.
    """

    schemes: Mapping[str, Scenario]
    points: tuple[Point, ...]
    seed: int
    accounts: bool = False

    @property
    def factors(self) -> tuple[str, ...]:
        """Dotted names of the factors that differ between points."""
        return tuple(self.points[0].levels)

    @property
    def weeks(self) -> int:
        """Length of every run."""
        return self._any.weeks

    @property
    def employees(self) -> int:
        """Employees of every organisation; of the largest, if they differ."""
        sizes = [p.levels[EMPLOYEES] for p in self.points if EMPLOYEES in p.levels]
        return int(max(sizes, default=self._any.organisation.employees))

    @property
    def has_roles(self) -> bool:
        """Whether any organisation has more than one role."""
        return any(len(s.workforce.roles) > 1 for s in self.schemes.values())

    @property
    def has_groups(self) -> bool:
        """Whether any organisation has people under different schemes."""
        return any(s.groups for s in self.schemes.values())

    @cached_property
    def runs(self) -> tuple[Planned, ...]:
        """All runs, sorted by scheme (as given), point and replicate."""
        return tuple(
            Planned(scheme, point.number, replicate)
            for scheme in self.schemes
            for point in self.points
            if point.schemes is None or scheme in point.schemes
            for replicate in range(point.replicates)
        )

    def job(self, planned: Planned) -> Job:
        """Make the job of a run for the engine."""
        levels = self.points[planned.point].levels
        scenario = at(self.schemes[planned.scheme], levels)
        return Job(scenario, self.seed, planned.replicate)

    @property
    def _any(self) -> Scenario:
        return next(iter(self.schemes.values()))


def single(scheme: str, scenario: Scenario, replicates: int, seed: int) -> Design:
    """Design a study of one scheme: no factors, one point."""
    return Design({scheme: scenario}, (Point(0, {}, replicates),), seed)


def compared(schemes: Mapping[str, Scenario], replicates: int, seed: int) -> Design:
    """Design a comparison: one point, with people's accounts."""
    points = (Point(0, {}, replicates),)
    return Design(dict(schemes), points, seed, accounts=True)


def one_at_a_time(
    schemes: Mapping[str, Scenario],
    levels: Mapping[str, Sequence[float]],
    replicates: int,
    seed: int,
) -> Design:
    """Make a design that moves one factor at a time from the centre.

    A level that a factor has at the centre is left out.
    """
    centre = next(iter(schemes.values()))
    here = {name: level(centre, name) for name in levels}
    places = [here]
    for name, values in levels.items():
        places += [here | {name: value} for value in values if value != here[name]]
    points = (Point(k, point, replicates) for k, point in enumerate(places))
    return Design(dict(schemes), tuple(points), seed)


def level(scenario: Scenario, name: str) -> float:
    """Read the level of a factor in a scenario; that of a choice is its code.

    Raises ``UserError`` for a role that nobody has.
    """
    if is_number(name):
        return number_of(scenario.workforce, name)
    if is_share(name):
        return share_of(scenario.groups, name)
    group, field = name.split(".")
    return float(getattr(getattr(scenario, group), field))


def at(scenario: Scenario, levels: Mapping[str, float]) -> Scenario:
    """Set factors of a scenario to levels; validate it anew.

    In timelines, and in groups, an incentive is changed in every scheme in which it is
    at work; if it is at work in none, in all. A share of a group that a scenario does
    not have changes nothing. Raises ``ValidationError``, and ``UserError`` for a number
    of a role that cannot be.
    """
    changes: dict[str, dict[str, float]] = {}
    of_roles = {name: x for name, x in levels.items() if is_number(name)}
    shares = {name: x for name, x in levels.items() if is_share(name)}
    mix = altered(scenario.workforce, of_roles)
    for name, value in levels.items():
        if name in of_roles or name in shares:
            continue
        group, field = name.split(".")
        changes.setdefault(group, {})[field] = value
    world = {g: x for g, x in changes.items() if g not in Scheme.model_fields}
    pulled = {g: x for g, x in changes.items() if g in Scheme.model_fields}
    every = [a.scheme for regime in scenario.regimes for a in regime]
    news = iter(_pulled(every, pulled))
    groups = tuple(_regrouped(group, news, shares) for group in scenario.groups)
    first, later = next(news), dict(zip(scenario.phases[1:], news, strict=True))
    changed: dict[str, Any] = _changed(scenario, world) | first
    if mix is not scenario.workforce:
        changed["workforce"] = mix
    if groups != scenario.groups:
        changed["groups"] = groups
    if changed or any(later.values()):
        new = {adopted.week: x for adopted, x in later.items()}
        changed["timeline"] = _rephased(scenario.timeline, new)
        return scenario.varied(**changed)
    return scenario


def _regrouped(
    group: Group, news: Iterator[dict[str, Parameters]], shares: Mapping[str, float]
) -> Group:
    """A group with the changed parts of its schemes, in their order, and its share."""
    first, *later = (next(news) for _ in group.regime)
    weeks = [adopted.week for adopted in group.regime[1:]]
    return replaced(
        group,
        {
            "share": shares.get(f"groups.{group.name}.share", group.share),
            "scheme": replaced(group.scheme, first) if first else group.scheme,
            "timeline": _rephased(group.timeline, dict(zip(weeks, later, strict=True))),
        },
    )


def _rephased(
    timeline: Sequence[Phase], news: Mapping[int, Mapping[str, Parameters]]
) -> tuple[Phase, ...]:
    """A timeline with the changed parts of its schemes, by week."""
    return tuple(
        replaced(phase, {"scheme": replaced(phase.scheme, news[phase.week])})
        if phase.scheme and news.get(phase.week)
        else phase
        for phase in timeline
    )


def at_work(group: Parameters) -> bool:
    """Tell whether a group of a scheme has weight; the measure always counts."""
    return group.has_weight() if isinstance(group, Incentive) else True


Changes = Mapping[str, Mapping[str, float]]
"""Levels by group and field."""


def _pulled(schemes: Sequence[Scheme], changes: Changes) -> list[dict[str, Parameters]]:
    """Make the groups that levers change in the scheme of each phase."""
    own: list[Changes] = []
    for scheme in schemes:
        own.append({g: x for g, x in changes.items() if at_work(getattr(scheme, g))})
    nowhere = {g: x for g, x in changes.items() if not any(g in o for o in own)}
    return [
        _changed(scheme, {**there, **nowhere})
        for scheme, there in zip(schemes, own, strict=True)
    ]


def _changed(whole: Parameters, changes: Changes) -> dict[str, Parameters]:
    """Make the groups of a scenario or scheme in which a level differs."""
    groups = {}
    for name, fields in changes.items():
        old = getattr(whole, name)
        new = {f: type(getattr(old, f))(value) for f, value in fields.items()}
        if any(getattr(old, field) != value for field, value in new.items()):
            groups[name] = replaced(old, new)
    return groups
