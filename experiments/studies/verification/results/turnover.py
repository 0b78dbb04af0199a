"""Turnover beside renewal theory: tenure, leavers, who is left.

Nobody uses AI and output does not depend on luck, so that welfare is as usual unless a
target presses. The chance to leave is far above any real one, so that the long run is
reached.
"""

import math
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from experiments.runs.trial import Trial
from experiments.statistics.check import Check, Result
from experiments.studies.verification.reduced import by_person, frozen, warmed_up
from model import Participation, Scenario
from model.incentive import Scope
from model.normal import cdf
from model.simulation import WARM_UP
from model.theory import turnover

BY_HAND = {"reluctance_mean": 5.0, "choice_noise": 0.001, "never_gamers": 1.0}
HAZARD, WEEKS = 0.08, 120
FACTOR = 1.5
"""On the hazard by an sd of skill."""
MANY = 300
"""Weeks until sorting is over: of those who stay longest a week in 40 leaves."""
LOW, SENSITIVITY, SOON = 0.02, 5.0, 30
"""Hazard, sensitivity and weeks where welfare falls."""
PENALTY, TARGET, SOFTNESS = 0.2, 0.8, 0.5
"""Of a week without AI, in a target that nobody helps to reach."""
GROUPS = (5, 20)
"""Least weeks in the job of those who are counted."""


def check(trial: Trial) -> Sequence[Check]:
    """Check a constant hazard, then one by skill, then one by welfare."""
    return [*constant(trial), *sorting(trial), pressed(trial)]


def scenario_of(weeks: int, people: dict[str, float], **parts: Any) -> Scenario:
    """Make people who work by hand and may leave."""
    return frozen(people=BY_HAND | people, weeks=weeks, **parts)


def constant(trial: Trial) -> Iterator[Check]:
    """Check tenure in the last week, and how many have left a slot by then."""
    people = {"quit_hazard": HAZARD, "quit_exhaustion": 1.0}
    lived, left = last_week(scenario_of(WEEKS, people), trial)
    law, n = turnover.tenure(HAZARD, WEEKS), len(lived)
    weeks = np.arange(1.0, WEEKS + 1.0)
    mean = float(law @ weeks)
    variance = float(law @ weeks**2) - mean**2
    error = math.sqrt(variance / n)
    yield Check("weeks in the job", "weeks", mean, float(lived.mean()), error)
    for least in GROUPS:
        share = float(law[least - 1 :].sum())
        error = math.sqrt(share * (1.0 - share) / n)
        what = f"in the job for {least} weeks or more"
        yield Check(what, "share", share, float((lived >= least).mean()), error)
    expected, per_week = WEEKS * HAZARD, HAZARD * (1.0 - HAZARD)
    error = math.sqrt(WEEKS * per_week / n)
    yield Check("people who left a slot", "people", expected, float(left.mean()), error)
    spread = WEEKS * per_week
    # Variance of a sample variance, by the fourth moment of the binomial.
    fourth = spread * (1.0 + 3.0 * spread - 6.0 * per_week)
    error = math.sqrt((fourth - spread**2) / n)
    yield Check(
        "variance of that", "people squared", spread, float(left.var(ddof=1)), error
    )


def last_week(scenario: Scenario, trial: Trial) -> tuple[Any, Any]:
    """Give weeks in the job in the last week, and people who left by its end, (n,).

    The weeks of the warm-up do not count: nobody could leave.
    """
    tenure, left = [], []
    for simulation in warmed_up(scenario, trial):
        while simulation.week < scenario.weeks - 1:
            simulation.step()
        lived = simulation.staff["tenure"] + 1  # the last week included
        lived[simulation.staff["generation"] == 0] -= WARM_UP
        tenure.append(lived)
        simulation.step()
        left.append(simulation.staff["generation"].copy())
    return np.concatenate(tenure), np.concatenate(left)


def sorting(trial: Trial) -> Iterator[Check]:
    """Check who is in the job in the long run; slots are independent of each other."""
    people = {"quit_hazard": HAZARD, "quit_skill": FACTOR, "quit_exhaustion": 1.0}
    skills = []
    for simulation in warmed_up(scenario_of(MANY, people), trial):
        for _ in range(MANY):
            simulation.step()
        skills.append(simulation.staff["skill"].copy())
    skill = np.concatenate(skills)
    n, half = len(skill), turnover.skilled_half(FACTOR)
    yield Check(
        "mean skill in the long run",
        "sd",
        turnover.mean_skill(FACTOR),
        float(skill.mean()),
        1.0 / math.sqrt(n),
    )
    yield Check(
        "share with more skill than who comes has on average",
        "share",
        half,
        float((skill > 0.0).mean()),
        math.sqrt(half * (1.0 - half) / n),
    )


def pressed(trial: Trial) -> Check:
    """Check who is still there some weeks after a target has come."""
    scenario = scenario_of(
        SOON,
        {"quit_hazard": LOW, "quit_sensitivity": SENSITIVITY, "quit_exhaustion": 1.0},
        participation=Participation(
            penalty=PENALTY, target=TARGET, softness=SOFTNESS, scope=Scope.ORGANISATION
        ),
    )
    ambition, stayed = [], []
    for simulation in warmed_up(scenario, trial):
        ambition.append(simulation.staff["ambition"].copy())
        for _ in range(SOON):
            simulation.step()
        stayed.append(simulation.staff["generation"] == 0)
    loss = np.concatenate(ambition) * PENALTY * cdf(TARGET / SOFTNESS)
    memory = scenario.people.pace_memory
    chance = turnover.stays(LOW, SENSITIVITY, loss, memory, SOON)
    there = np.concatenate(stayed).astype(float)
    return by_person(
        f"still there {SOON} weeks after a target",
        "share of people",
        chance,
        there,
        chance * (1.0 - chance),
    )


RESULT = Result(
    name="turnover",
    title="Who leaves, who is left, and since when",
    source="renewal theory; derived here",
    reduced=(
        "Nobody uses AI, nobody is exhausted, output does not depend on luck; people "
        "leave at a constant chance, by skill, or by what a target takes from welfare."
    ),
    check=check,
)
