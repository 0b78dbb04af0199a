"""The stock of chores beside simulated weeks of trivial use.

``forced``: tokens pay so well, and trivial use takes so many of them, that everybody
gives a chore away in every half-day. ``chosen``: people choose as usual, and how many
chores they give away in a week follows the birth process of theory.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np

from experiments.runs.trial import Trial
from experiments.statistics.check import Check, Result
from experiments.studies.verification.reduced import (
    by_person,
    frozen,
    lived,
    setting,
    token_pay,
    traits,
)
from model import Bonus, Scenario
from model.measure import REFERENCE_TOKENS
from model.theory import chores
from model.theory.chores import HALF_DAYS, Chores

STOCKS = (Chores(0.65, 0.6, 0.8), Chores(0.3, 0.0, 0.8), Chores(1.4, 0.9, 0.6))
"""Usual ones; a single one; some that are worth more than the task, and last."""
SPREAD = 0.5
"""Log-sd of the worth of core tasks."""
MANY, RICH = 100.0, 10.0
"""Tokens of a trivial half-day over those of a genuine one, and the bonus on them."""
RATES = (0.0, 1.0)
"""Of the bonus where people choose."""
WEEKS = 8
UNIT = "half-days per half-day"


def check(trial: Trial) -> Sequence[Check]:
    """Check what forced trivial use yields, then how much of it people choose."""
    checks: list[Check] = []
    for stock in STOCKS:
        checks += forced(stock, trial)
    for rate in RATES:
        checks += chosen(STOCKS[0], rate, trial)
    return checks


def scenario_of(
    stock: Chores, rate: float, task_sd: float = 0.0, **more: Any
) -> Scenario:
    """Make people who have chores, with a bonus on tokens."""
    technology = {
        "chore_worth": stock.worth,
        "chore_decay": stock.decay,
        "chore_suitability": stock.suitability,
        "task_sd": task_sd,
    }
    return frozen(
        people={"never_gamers": 1.0} | more.pop("people", {}),
        technology=technology | more.pop("technology", {}),
        bonus=Bonus(rate=rate),
        weeks=WEEKS,
    )


def forced(stock: Chores, trial: Trial) -> list[Check]:
    """Check ten trivial half-days a week: exact where tasks are alike."""
    checks = []
    for task_sd in (0.0, SPREAD):
        scenario = scenario_of(
            stock,
            RICH,
            task_sd,
            people={"choice_noise": 0.001},
            technology={"trivial_intensity": MANY},
        )
        staff, done = lived(scenario, trial, ["output", "trivial"])
        given = setting(scenario)
        theory = chores.week(traits(staff), given, stock, task_sd) / HALF_DAYS
        where = (
            f"first chore {stock.worth:g}, then {stock.decay:g} of the one before, "
            f"tasks that differ by {task_sd:g}"
        )
        everybody = float(done["trivial"].mean())
        checks.append(
            Check(f"trivial use; {where}", "share of half-days", 1.0, everybody, 0.0)
        )
        if task_sd > 0.0:
            what = f"output of chores alone; {where}"
            checks.append(by_person(what, UNIT, theory, done["output"]))
            continue
        apart = float(np.abs(done["output"] - theory).max())
        means = float(theory.mean()), float(done["output"].mean())
        checks += [
            Check(f"output of chores alone; {where}", UNIT, *means, 0.0),
            Check(f"largest difference of that; {where}", UNIT, 0.0, apart, 0.0),
        ]
    return checks


def chosen(stock: Chores, rate: float, trial: Trial) -> list[Check]:
    """Check how many chores people give away in a week, and what that yields."""
    scenario = scenario_of(
        stock,
        rate,
        people={"judgement_noise": 0.12, "never_gamers": 0.5, "reluctance_mean": 0.0},
    )
    staff, done = lived(scenario, trial, ["trivial", "by_chores"])
    people, given = traits(staff), setting(scenario)
    tokens = scenario.technology.trivial_intensity * staff["intensity"]
    pay = rate / REFERENCE_TOKENS * tokens
    chance = chores.chances(people, given, token_pay(staff, rate), pay, stock)
    law = chores.counts(chance)
    # The k-th chore adds what it yields less the task that it puts off.
    done_by_ai = 1.0 + chores.gain(people, given, stock)
    worth = np.minimum(chores.worths(stock), 1.0)
    added = people.productivity * (np.outer(worth, done_by_ai) - 1.0)
    total = np.zeros((HALF_DAYS + 1, len(staff)))
    total[1:] = np.cumsum(added, axis=0)
    number = np.arange(HALF_DAYS + 1.0)[:, None] * np.ones_like(total)
    pairs = {
        "trivial use": ("share of half-days", number, done["trivial"]),
        "what it adds to core work": (UNIT, total, done["by_chores"]),
    }
    checks = []
    for what, (unit, values, simulated) in pairs.items():
        mean = (law * values).sum(axis=0)
        variance = (law * values**2).sum(axis=0) - mean**2
        checks.append(
            by_person(
                f"{what}; bonus {rate:g}",
                unit,
                mean / HALF_DAYS,
                simulated,
                variance / HALF_DAYS**2 / WEEKS,
            )
        )
    return checks


RESULT = Result(
    name="chores",
    title="Chores run dry",
    source="limited expected value; a pure birth process",
    reduced=(
        "Nobody adapts, no rework, no review; people have chores, alike for everybody, "
        "and a bonus on tokens: so large that everybody does nothing else, or usual."
    ),
    check=check,
)
