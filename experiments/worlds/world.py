"""A world, and a scenario in it."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from experiments.config.varied import replaced
from experiments.designs.design import at_work
from experiments.designs.factors import declared, kind_of
from experiments.words.structures import LAWS, RULES
from experiments.worlds.unknowns import strengths
from model.compiled import plain
from model.network import teams
from model.parameters import Parameters
from model.peers import Law
from model.people import Rule
from model.scenario import Phase, Scenario, Scheme

TEAM_SIZE = "organisation.team_size"


class World(NamedTuple):
    """A full setting of everything that nobody knows.

    Attributes
    ----------
    number : int
        Its place in the list, and its luck: the replicate of its runs.
    rule, law
        The structure: how people choose, and what others' use of AI costs.
    values : dict
        Numbers by dotted key, strengths of incentives among them.
    """

    number: int
    rule: Rule
    law: Law
    values: Mapping[str, float]


def apply(scenario: Scenario, world: World) -> Scenario:
    """Put a scenario into a world; validate it anew.

    What nobody knows takes the world's values. What the scenario itself says, by a
    value other than the declared one, stays: who says it knows it. A strength is
    changed in every phase, of groups too, in which its incentive is at work and it is
    not 0 itself, so that no scheme becomes another one. Teams are at most so large that
    every role has one.
    """
    levels: dict[str, Any] = dict(world.values)
    levels[RULES.key], levels[LAWS.key] = world.rule, world.law
    if TEAM_SIZE in levels:
        levels[TEAM_SIZE] = min(levels[TEAM_SIZE], _largest_teams(scenario))
    own = {row.key for row in strengths()}
    known = {key: x for key, x in levels.items() if key not in own}
    groups = {
        name: replaced(getattr(scenario, name), changes)
        for name, changes in _by_group(_open(scenario, known)).items()
    }
    strong = _by_group({key: x for key, x in levels.items() if key in own})
    return scenario.varied(
        **groups,
        **_at_work(scenario, strong),
        timeline=_phases(scenario.timeline, strong),
        groups=tuple(
            replaced(
                group,
                {
                    "scheme": _strengthened(group.scheme, strong),
                    "timeline": _phases(group.timeline, strong),
                },
            )
            for group in scenario.groups
        ),
    )


def _open(scenario: Scenario, levels: Mapping[str, Any]) -> dict[str, Any]:
    """Keep the levels of what the scenario leaves as declared."""
    kept = {}
    for key, value in levels.items():
        group, field = key.split(".")
        default = type(getattr(scenario, group)).model_fields[field].default
        if getattr(getattr(scenario, group), field) == default:
            kept[key] = value
    return kept


def _by_group(levels: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    groups: dict[str, dict[str, Any]] = {}
    for key, value in levels.items():
        group, field = key.split(".")
        groups.setdefault(group, {})[field] = kind_of(key)(value)
    return groups


def _phases(
    timeline: Sequence[Phase], strong: Mapping[str, Mapping[str, Any]]
) -> tuple[Phase, ...]:
    """Give the schemes of a timeline the world's strengths."""
    return tuple(
        replaced(phase, {"scheme": _strengthened(phase.scheme, strong)})
        if phase.scheme
        else phase
        for phase in timeline
    )


def _strengthened(scheme: Scheme, strong: Mapping[str, Mapping[str, Any]]) -> Scheme:
    return replaced(scheme, _at_work(scheme, strong))


def _at_work(
    scheme: Scheme, strong: Mapping[str, Mapping[str, Any]]
) -> dict[str, Parameters]:
    """Make the incentives of a scheme with the world's strengths."""
    made = {}
    for name, fields in strong.items():
        part = getattr(scheme, name)
        if at_work(part):
            there = {f: x for f, x in fields.items() if getattr(part, f) != 0.0}
            made[name] = replaced(part, there)
    return made


def _largest_teams(scenario: Scenario) -> int:
    """Find the largest teams of which every role has one."""
    largest = int(declared()[TEAM_SIZE].span[1])
    employees = scenario.organisation.employees
    least = scenario.workforce.least_teams()
    while largest > 1 and plain(teams)(largest, employees) < least:
        largest -= 1
    return largest
