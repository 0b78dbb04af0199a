"""Data of single employees for a page: their tokens, and needles by kind of employee.

Both are simulated for the page, with one replicate, and are not stored.
"""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from experiments.store.dataset import last_weeks
from model import Job, Scenario, simulate_many
from model.block import TERMS
from model.people import Rule
from model.scenario import INCENTIVES, Scheme
from model.simulate import WARMED_UP

Floats = NDArray[np.float64]

EMPLOYEE_WEEKS = 300_000
"""Most that are simulated of each scheme, so that a page takes seconds."""
MOST_PEOPLE, LEAST_PEOPLE = 2_000, 50
THIRDS = ("novice", "middle", "expert")
SUSPECTED = "review_output"


class Weeks(NamedTuple):
    """Tokens of everybody in the last quarter [M per week], each of shape (T, n)."""

    genuine: Floats
    trivial: Floats
    padded: Floats

    @property
    def all(self) -> Floats:
        """All tokens."""
        total: Floats = self.genuine + self.trivial + self.padded
        return total


def smaller(scenario: Scenario) -> Scenario:
    """Reduce a scenario to as many people as a chart needs."""
    most = min(MOST_PEOPLE, max(LEAST_PEOPLE, EMPLOYEE_WEEKS // scenario.weeks))
    size = scenario.organisation
    # Each role needs a team.
    most = max(most, scenario.workforce.least_teams() * size.team_size)
    if size.employees <= most:
        return scenario
    return scenario.varied(organisation=size.model_copy(update={"employees": most}))


def weekly_tokens(
    scenarios: Mapping[str, Scenario], seed: int, threads: int = 0
) -> dict[str, Weeks]:
    """Simulate tokens by scheme, employee and week, in replicate 0 of each scheme."""
    if not scenarios:
        raise ValueError("no scheme was given")
    jobs = (Job(smaller(scenario), seed) for scenario in scenarios.values())
    kinds = [f"{kind}_tokens" for kind in Weeks._fields]
    runs = simulate_many(jobs, threads, record=kinds)
    by_scheme = {}
    for name, run in zip(scenarios, runs, strict=True):
        last = last_weeks(run.scenario.weeks)
        by_scheme[name] = Weeks(*(run.history(kind)[-last:].copy() for kind in kinds))
    return by_scheme


def needles(scenarios: Mapping[str, Scenario], seed: int) -> pd.DataFrame:
    """Compute the compass needle of every incentive, by scheme and kind of employee.

    It is taken at the start of week 0, after the warm-up. It is known for logit choice
    only: scenarios with another rule have no rows. Columns: scheme, incentive, skill
    (novice, middle or expert: thirds of the people), pads (False: would never pad),
    push and its standard error over people [half-days of own output per half-day if the
    incentive were doubled], people.
    """
    rows = [
        (scheme, incentive, skill, would, *_over(push[(third == k) & (pads == would)]))
        for scheme, staff, incentive, push in _pushes(scenarios, seed)
        for third, pads in [(_thirds(staff), ~staff["never_gamer"].astype(bool))]
        for k, skill in enumerate(THIRDS)
        for would in (True, False)
    ]
    columns = ["scheme", "incentive", "skill", "pads", "push", "error", "people"]
    return pd.DataFrame(rows, columns=columns)


def needles_by_role(scenarios: Mapping[str, Scenario], seed: int) -> pd.DataFrame:
    """Compute the needles of ``needles`` by role, a column in place of skill and pads.

    All scenarios have the same workforce.
    """
    names = next(iter(scenarios.values())).workforce.names if scenarios else ()
    rows = [
        (scheme, incentive, role, *_over(push[staff["role"] == k]))
        for scheme, staff, incentive, push in _pushes(scenarios, seed)
        for k, role in enumerate(names)
    ]
    columns = ["scheme", "incentive", "role", "push", "error", "people"]
    return pd.DataFrame(rows, columns=columns)


def _pushes(
    scenarios: Mapping[str, Scenario], seed: int
) -> Iterator[tuple[str, Any, str, Floats]]:
    """Yield scheme, staff, incentive, and its push on each person, (n,)."""
    if not scenarios:
        raise ValueError("no scheme was given")
    for scheme, scenario in scenarios.items():
        if scenario.people.rule is not Rule.LOGIT:
            continue
        simulation = WARMED_UP.begin(Job(smaller(scenario), seed))
        notes = simulation.note(0, len(simulation.staff))
        for n, term in enumerate(TERMS):
            worths = notes["terms"][:, :, n]
            if term in (*INCENTIVES, SUSPECTED) and worths.any():
                pull = pulls(
                    notes["chances"],
                    notes["outputs"],
                    worths,
                    scenario.people.choice_noise,
                )
                yield scheme, simulation.staff, name(n), pull.mean(axis=1)


def _thirds(staff: Any) -> NDArray[np.int64]:
    """Number the third by skill of each person, from 0, the least skilled."""
    rank = np.argsort(np.argsort(staff["skill"], kind="stable"), kind="stable")
    third: NDArray[np.int64] = rank * 3 // len(staff)
    return third


def _over(push: Floats) -> tuple[float, float, int]:
    """Give the mean over people, its standard error, and their number."""
    count = len(push)
    mean = float(push.mean()) if count else np.nan
    error = float(push.std(ddof=1) / np.sqrt(count)) if count > 1 else np.nan
    return mean, error, count


def name(term: int) -> str:
    """Name a payoff term as people do."""
    if TERMS[term] == SUSPECTED:
        return "Review, output"
    if TERMS[term] == "review":
        return "Review, measure"
    return Scheme().incentives[TERMS[term]].title


def pulls(chances: Floats, outputs: Floats, worths: Floats, tau: float) -> Floats:
    """Divide the covariance of output and worth by tau: ``model.choice.needle``.

    For arrays; the last axis holds the activities and is summed over.
    """
    p = chances / chances.sum(axis=-1, keepdims=True)
    output = (p * outputs).sum(axis=-1)
    worth = (p * worths).sum(axis=-1)
    push: Floats = ((p * outputs * worths).sum(axis=-1) - output * worth) / tau
    return push
