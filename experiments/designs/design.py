"""List the runs of a study: schemes, worlds and replicates, in one fixed order.

Point 0 is the centre, the scenario as given. A comparison adds the eight corners of
what nobody knows and what can flip the sign of an effect: the mean belief, the speed
of learning and the rework that misuse causes, each at the ends of its declared span;
and the centre once more under each of the other rules of choice. The points of a sweep
are made in ``designs``.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import product
from typing import NamedTuple

from experiments.config.varied import replaced
from model.incentive import Incentive
from model.parameters import Parameters, declarations
from model.people import Rule
from model.scenario import Phase, Scenario, Scheme
from model.simulate import Job

WORLD_FACTORS = ("people.belief_mean", "people.learning", "peers.rework_misuse")
"""Uncertainties whose corners, with the centre, are the nine worlds."""
RULE = "people.rule"
"""How people choose: the code of ``model.people.Rule``."""
EMPLOYEES = "organisation.employees"


class Point(NamedTuple):
    """One world: its number, its levels by dotted name, and how often it is run.

    ``schemes`` are those that are run there, if not all are.
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
    """Schemes in worlds: same people, same luck in each replicate."""

    schemes: Mapping[str, Scenario]
    points: tuple[Point, ...]
    seed: int

    @property
    def factors(self) -> tuple[str, ...]:
        """Dotted names of what differs between points."""
        return tuple(self.points[0].levels)

    @property
    def weeks(self) -> int:
        """Length of every run."""
        return self._any.weeks

    @property
    def employees(self) -> int:
        """Size of every organisation; of the largest, if they differ."""
        sizes = [p.levels[EMPLOYEES] for p in self.points if EMPLOYEES in p.levels]
        return int(max(sizes, default=self._any.organisation.employees))

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


def worlds(
    schemes: Mapping[str, Scenario],
    replicates: int,
    world_replicates: int,
    rule_replicates: int,
    seed: int,
) -> Design:
    """Design a comparison: the centre, the eight corners, the other rules.

    Corners or rules that are run 0 times are left out.
    """
    centre = next(iter(schemes.values()))
    here = {name: level(centre, name) for name in (*WORLD_FACTORS, RULE)}
    found = [(here, replicates)]
    if world_replicates > 0:
        found += [(here | corner, world_replicates) for corner in corners()]
    if rule_replicates > 0:
        codes = [float(rule) for rule in Rule if rule != here[RULE]]
        found += [(here | {RULE: code}, rule_replicates) for code in codes]
    points = (Point(k, levels, times) for k, (levels, times) in enumerate(found))
    return Design(dict(schemes), tuple(points), seed)


def one_at_a_time(
    schemes: Mapping[str, Scenario],
    levels: Mapping[str, Sequence[float]],
    replicates: int,
    seed: int,
) -> Design:
    """Move one factor at a time to each of its levels, beside the centre.

    Levels at which a factor is already are left out.
    """
    centre = next(iter(schemes.values()))
    here = {name: level(centre, name) for name in levels}
    found = [here]
    for name, values in levels.items():
        found += [here | {name: value} for value in values if value != here[name]]
    points = (Point(k, point, replicates) for k, point in enumerate(found))
    return Design(dict(schemes), tuple(points), seed)


def corners() -> list[dict[str, float]]:
    """List the levels of the eight corners; the last factor changes fastest."""
    spans = {row.key: row.span for row in declarations(Scenario)}
    ends = [spans[name] for name in WORLD_FACTORS]
    return [dict(zip(WORLD_FACTORS, pick, strict=True)) for pick in product(*ends)]


def level(scenario: Scenario, name: str) -> float:
    """Read the level of a factor in a scenario; that of a choice is its code."""
    group, field = name.split(".")
    return float(getattr(getattr(scenario, group), field))


def at(scenario: Scenario, levels: Mapping[str, float]) -> Scenario:
    """Set factors of a scenario to levels; validate it anew.

    In a timeline, a part of the scheme is changed in every phase in which it is at
    work; if it is at work in none, in all.
    """
    changes: dict[str, dict[str, float]] = {}
    for name, value in levels.items():
        group, field = name.split(".")
        changes.setdefault(group, {})[field] = value
    world = {g: x for g, x in changes.items() if g not in Scheme.model_fields}
    pulled = {g: x for g, x in changes.items() if g in Scheme.model_fields}
    first, *later = _pulled([phase.scheme for phase in scenario.phases], pulled)
    changed = _changed(scenario, world) | first
    phases = tuple(
        Phase(week=phase.week, scheme=replaced(phase.scheme, parts)) if parts else phase
        for phase, parts in zip(scenario.timeline, later, strict=True)
    )
    if changed or any(later):
        return scenario.varied(**changed, timeline=phases)
    return scenario


def at_work(part: Parameters) -> bool:
    """Tell whether a part of a scheme does anything; the measure always counts."""
    return part.has_weight() if isinstance(part, Incentive) else True


Changes = Mapping[str, Mapping[str, float]]
"""Levels by group and field."""


def _pulled(schemes: Sequence[Scheme], changes: Changes) -> list[dict[str, Parameters]]:
    """Change the levers of each phase; give the parts of its scheme that differ."""
    own: list[Changes] = []
    for scheme in schemes:
        own.append({g: x for g, x in changes.items() if at_work(getattr(scheme, g))})
    nowhere = {g: x for g, x in changes.items() if not any(g in o for o in own)}
    return [
        _changed(scheme, {**there, **nowhere})
        for scheme, there in zip(schemes, own, strict=True)
    ]


def _changed(whole: Parameters, changes: Changes) -> dict[str, Parameters]:
    """Change levels; give the groups of a scenario or scheme that differ."""
    found = {}
    for group, fields in changes.items():
        part = getattr(whole, group)
        new = {f: type(getattr(part, f))(value) for f, value in fields.items()}
        if any(getattr(part, field) != value for field, value in new.items()):
            found[group] = replaced(part, new)
    return found
