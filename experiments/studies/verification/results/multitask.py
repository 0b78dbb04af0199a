"""Baker's and Holmström and Milgrom's best bonus beside simulated weeks.

Nobody uses AI, own work is worth nothing in itself and effort costs its square: a week
is then their game itself. The surplus is simulated real output less what people bear
for it, at three bonuses; a parabola goes through them, whose top is the best bonus.
"""

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

from experiments.runs.trial import Trial
from experiments.statistics.check import Check, Result
from experiments.studies.verification.reduced import by_person, frozen
from experiments.studies.verification.results.margins import BY_HAND, first_week
from model import Bonus, Scenario
from model.incentive import Counted
from model.theory import multitask
from model.theory.alignment import efficiency, surplus
from model.theory.margins import REFERENCE
from model.theory.multitask import Work

NOISE = 0.3
"""Log-sd of observed output, which does not matter to people without fear of risk."""


class Case(NamedTuple):
    """What dressing up takes, and the bonuses that are simulated."""

    name: str
    work: Work
    bonuses: tuple[float, float, float]  # per half-day in view; effort .5 to 1.5


CASES = (
    Case("dressing up is hard", Work(0.8, 1.0, 0.4), (0.5, 0.7, 1.0)),
    Case("dressing up is easy", Work(0.8, 0.4, 0.2), (0.4, 0.45, 0.49)),
    Case("it is easy and takes time", Work(0.8, 0.18, 0.6), (0.4, 0.42, 0.44)),
)
ALONE = Case("nobody can dress up", Work(0.8, 1.0, 0.0), (0.5, 0.8, 1.1))


def check(trial: Trial) -> Sequence[Check]:
    """Check the weeks at each bonus, and what follows for the best one."""
    checks: list[Check] = []
    for case in CASES:
        checks += weeks(case, trial)
        checks += best(case, trial)
    return [*checks, *without(trial)]


def scenario_of(work: Work, bonus: float, most: float = 1.0) -> Scenario:
    """Make people who work by hand for a bonus on output and for nothing else."""
    return frozen(
        people=BY_HAND
        | {
            "own_value": 0.0,
            "conscience_floor": 5.0,
            "dressing_scruple": 0.0,
            "effort": 1.0,
            "effort_reference": work.reference,
        },
        technology={
            "dressing_most": most,
            "dressing_time": work.time,
            "dressing_hardness": work.hardness,
            "observation_noise": NOISE,
        },
        bonus=Bonus(rate=REFERENCE * bonus, measure=Counted.OUTPUT),
    )


def weeks(case: Case, trial: Trial) -> list[Check]:
    """Check real output exactly, and what is in view of it on average."""
    checks = []
    for bonus in case.bonuses:
        staff = simulated(case.work, bonus, trial)
        effort, dressing = multitask.efforts(case.work, np.array(bonus))
        output = float(effort - case.work.time * dressing)
        where = f"{case.name}, bonus {bonus:g}"
        unit = "half-days per half-day"
        real, seen = staff["output"] / REFERENCE, staff["observed"] / REFERENCE
        same = np.full_like(seen, output + float(dressing))
        # Lognormal with mean 1, of the real part alone.
        spread = np.full_like(seen, output**2 * np.expm1(NOISE**2))
        checks += [
            Check(f"real output; {where}", unit, output, float(real.mean()), 0.0),
            by_person(f"output in view; {where}", unit, same, seen, spread),
        ]
    return checks


def best(case: Case, trial: Trial) -> list[Check]:
    """Check the best bonus, and the surplus at the ones that were simulated."""
    found = surpluses(case, trial)
    top, most = multitask.vertex(np.array(case.bonuses), found)
    real, seen = multitask.products(case.work)
    unit = "half-days per half-day"
    bonus = multitask.best_bonus(case.work)
    checks = [Check(f"best bonus; {case.name}", unit, bonus, top, 0.0)]
    reached = 0.5 * float(efficiency(real, seen) * (real**2).sum())
    if bonus > 0.0:
        what = f"surplus that it reaches; {case.name}"
        checks.append(Check(what, unit, reached, most, 0.0))
    for rate, simulated_surplus in zip(case.bonuses, found, strict=True):
        theory = float(surplus(real, seen, rate))
        what = f"surplus; {case.name}, bonus {rate:g}"
        checks.append(Check(what, unit, theory, float(simulated_surplus), 0.0))
    return checks


def without(trial: Trial) -> list[Check]:
    """Check that nothing is lost if all that people can do is seen."""
    found = surpluses(ALONE, trial, most=0.0)
    top, most = multitask.vertex(np.array(ALONE.bonuses), found)
    reference = ALONE.work.reference
    (pay,) = multitask.best_pay(
        np.ones(1), np.array([[reference]]), 0.0, np.array([NOISE])
    )
    unit, name = "half-days per half-day", ALONE.name
    return [
        Check(f"best bonus; {name}", unit, float(pay), top, 0.0),
        Check(f"best surplus; {name}", unit, 0.5 / reference, most, 0.0),
    ]


def surpluses(case: Case, trial: Trial, most: float = 1.0) -> Any:
    """Compute real output less its cost at each bonus, half-days per half-day; (3,)."""
    found = []
    for bonus in case.bonuses:
        staff = simulated(case.work, bonus, trial, most)
        borne = multitask.cost(
            case.work, staff["effort"], staff["dressing"] / REFERENCE
        )
        found.append((staff["output"] / REFERENCE - borne).mean())
    return np.array(found)


def simulated(work: Work, bonus: float, trial: Trial, most: float = 1.0) -> Any:
    """Return people after a week under a bonus, all replicates together."""
    return first_week(scenario_of(work, bonus, most), trial)[1]


RESULT = Result(
    name="multitask",
    title="What a bonus on output is worth where output can be dressed up",
    source="Holmström and Milgrom (1991), Baker (1992); evidence C1 and C2",
    reduced=(
        "Nobody uses AI or pads; people are alike, put no value on their work in "
        "itself and have no scruples; the elasticity of effort is 1, and a bonus on "
        "output is all there is."
    ),
    check=check,
)
