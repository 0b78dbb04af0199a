"""Schemes in worlds: the same world, people and luck for every scheme."""

from collections.abc import Mapping, Sequence

import numpy as np

from experiments.designs.factors import Floats
from experiments.worlds.shipped import PEOPLE, WEEKS
from experiments.worlds.world import World, apply
from model.scenario import Scenario
from model.simulate import Job, Run, simulate_many

OUTCOMES = ("output", "reported_tokens", "net_value", "welfare")
"""Outcomes that are kept of every run, as means over all weeks."""


def sized(scenario: Scenario, weeks: int | None = None) -> Scenario:
    """Make a scenario as large and as long as runs in worlds are, or smaller.

    Not shorter than ``horizon``, or than ``weeks``; large enough for every role.
    """
    size = scenario.organisation
    needed = scenario.workforce.least_teams() * size.team_size
    employees = min(size.employees, max(PEOPLE, needed))
    organisation = size.model_copy(update={"employees": employees})
    return scenario.varied(organisation=organisation, weeks=weeks or horizon(scenario))


def horizon(scenario: Scenario) -> int:
    """Say how long a scenario is run in worlds.

    As long as it is if it has a timeline, which is part of a scheme; else less, but
    as long as its longest window.
    """
    if scenario.timeline or any(group.timeline for group in scenario.groups):
        return scenario.weeks
    schemes = (adopted.scheme for regime in scenario.regimes for adopted in regime)
    parts = [part for scheme in schemes for part in scheme.incentives.values()]
    windows = (part.window() for part in parts if part.has_weight())
    return min(scenario.weeks, max(WEEKS, *windows, 0))


def outcomes(
    scenarios: Sequence[Scenario],
    worlds: Sequence[World],
    seed: int,
    threads: int = 0,
    names: Sequence[str] = OUTCOMES,
) -> Floats:
    """Run scenarios in worlds; means over the run, shape (worlds, scenarios, names).

    Scenarios are taken as they are; see ``sized``. All have the luck of the world's
    number, so that differences between scenarios are paired.
    """
    jobs = (job(scenario, world, seed) for world in worlds for scenario in scenarios)
    means = [
        [mean_of(run, name) for name in names] for run in simulate_many(jobs, threads)
    ]
    return np.array(means).reshape(len(worlds), len(scenarios), len(names))


def job(scenario: Scenario, world: World, seed: int) -> Job:
    """Make the run of a scenario in a world, with the luck of the world's number."""
    return Job(apply(scenario, world), seed, world.number)


def mean_of(run: Run, name: str) -> float:
    """Average an outcome over the weeks of a run that have one."""
    return float(np.nanmean(run.weeks[name]))


def pairs(
    schemes: Mapping[str, Scenario], baseline: str
) -> tuple[list[Scenario], dict[str, tuple[int, int]]]:
    """List the scenarios that a comparison runs in a world, and the pairs in them.

    A pair is the places of a scheme and of the baseline over the same weeks.
    """
    wanted: list[Scenario] = []

    def place(scenario: Scenario) -> int:
        if scenario not in wanted:
            wanted.append(scenario)
        return wanted.index(scenario)

    found = {}
    for name, scenario in schemes.items():
        if name != baseline:
            weeks = horizon(scenario)
            without = place(sized(schemes[baseline], weeks))
            found[name] = place(sized(scenario, weeks)), without
    return wanted, found
