"""Exhaustion week by week beside two stocks in a row.

Nobody uses AI, and nothing is random: everybody falls behind by the same, or works
harder by what a bonus on output is worth to them.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np

from experiments.runs.trial import Trial
from experiments.statistics.check import Check, Result
from experiments.studies.verification.reduced import frozen, warmed_up
from model import Bonus, Scenario
from model.incentive import Counted
from model.simulation import WARM_UP
from model.theory import exhaustion

BY_HAND = {"reluctance_mean": 5.0, "choice_noise": 0.001}
USELESS = {"gain": 0.0}
"""AI that adds nothing: not even a first review, with everybody tied, is worth it."""
SHORT, LEAK = 0.1, 0.08
"""Work that is not done of each week's [weeks], and part of the backlog dropped."""
LOAD, WEEKS, RECOVERY = 0.3, 20, 0.25
SLOW, AT_ONCE = 0.05, 1.0
"""Other recoveries."""
HARDER, RATE = 1.5, 4.0
"""Exhaustion at twice the effort, and the bonus for ten half-days of output."""


def check(trial: Trial) -> Sequence[Check]:
    """Check exhaustion by backlog at several recoveries, then that by effort."""
    checks: list[Check] = []
    for recovery in (RECOVERY, SLOW, AT_ONCE):
        checks += behind(recovery, trial)
    return [*checks, *harder(trial)]


def behind(recovery: float, trial: Trial) -> list[Check]:
    """Check the path of people who fall behind, the warm-up included."""
    scenario = frozen(
        people=BY_HAND | {"recovery": recovery, "exhaustion_backlog": LOAD},
        technology=USELESS,
        organisation={"demand": 1.0 + SHORT, "backlog_leak": LEAK},
        weeks=WEEKS,
    )
    theory = {
        "backlog": exhaustion.backlog(SHORT, LEAK, WARM_UP + WEEKS),
        "exhaustion": exhaustion.by_backlog(
            SHORT, LEAK, LOAD, recovery, WARM_UP + WEEKS
        ),
    }
    paths = path(scenario, [*theory], trial)
    units = {"backlog": "weeks", "exhaustion": "0 to 1"}
    checks = []
    for name, since_hiring in theory.items():
        expected = since_hiring[WARM_UP - 1 :]
        apart = float(np.abs(paths[name] - expected[None, :, None]).max())
        means = float(expected.mean()), float(paths[name].mean())
        what = f"{name}; recovery {recovery:g}"
        checks.append(Check(what, units[name], *means, 0.0))
        checks.append(
            Check(f"largest difference of {what}", units[name], 0.0, apart, 0.0)
        )
    return checks


def harder(trial: Trial) -> list[Check]:
    """Check that of people who start to work harder in week 0."""
    scenario = frozen(
        people=BY_HAND
        | {"effort": 0.1, "effort_reference": 0.5, "urgency": 0.0}
        | {"recovery": RECOVERY, "exhaustion_effort": HARDER},
        technology=USELESS,
        bonus=Bonus(rate=RATE, measure=Counted.OUTPUT),
        weeks=WEEKS,
    )
    paths = path(scenario, ["effort", "exhaustion"], trial)
    above, stock = paths["effort"][:, -1] - 1.0, paths["exhaustion"]
    grown = exhaustion.by_effort(above, HARDER, RECOVERY, WEEKS)
    theory = stock[:, 0] * (1.0 - RECOVERY) ** WEEKS + grown
    apart = float(np.abs(stock[:, -1] - theory).max())
    means = float(theory.mean()), float(stock[:, -1].mean())
    what = f"exhaustion by effort; bonus {RATE:g} on output"
    return [
        Check(what, "0 to 1", *means, 0.0),
        Check(f"largest difference of {what}", "0 to 1", 0.0, apart, 0.0),
    ]


def path(scenario: Scenario, columns: Sequence[str], trial: Trial) -> dict[str, Any]:
    """Give columns of everybody after the warm-up and each week after it.

    Each has the shape (replicates, 1 + weeks, people).
    """
    kept = []
    for simulation in warmed_up(scenario, trial):
        weeks = [simulation.staff.copy()]
        for _ in range(scenario.weeks):
            simulation.step()
            weeks.append(simulation.staff.copy())
        kept.append(weeks)
    return {
        name: np.array([[w[name] for w in weeks] for weeks in kept]) for name in columns
    }


RESULT = Result(
    name="exhaustion",
    title="Exhaustion follows the backlog late",
    source="two first-order lags in a row, derived here",
    reduced=(
        "Nobody uses AI, which adds nothing, and output does not fall by exhaustion; "
        "everybody falls behind by a tenth a week, or works harder for a bonus."
    ),
    check=check,
)
