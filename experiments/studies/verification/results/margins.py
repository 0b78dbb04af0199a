"""Effort and dressing up beside a bonus and a minimum on output, person by person.

Nobody uses AI, which costs them more than a week is worth, and choice has no noise: a
week is ten manual half-days. Nothing is random, and everybody must come out as theory
says.
"""

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from experiments.runs.trial import Trial
from experiments.statistics.check import Check, Result
from experiments.studies.verification.reduced import frozen, warmed_up
from model import Bonus, Quota, Scenario
from model.incentive import Counted
from model.theory import margins
from model.theory.margins import Floats

BY_HAND = {"reluctance_mean": 5.0, "choice_noise": 0.001}
"""People who use no AI, whatever is paid in the scenarios here."""
PEOPLE = BY_HAND | {
    "skill_sd": 0.3,
    "ambition_cv": 0.6,
    "conscience_floor": 0.1,
    "conscience_scale": 0.1,
    "never_gamers": 0.4,
    "effort": 0.1,
    "dressing_scruple": 1.0,
    "urgency": 0.3,
}
TECHNOLOGY = {"dressing_most": 0.3, "dressing_time": 0.2, "dressing_hardness": 1.0}
"""Some dress up as much as they can, some a little, some not at all."""
RATES = (0.0, 4.0, 8.0)
"""Of the bonus, half-days for ten half-days of output."""
MINIMUM, PENALTY = 9.0, 0.5
"""Half-days of output a week, and half-days per half-day."""
TABLE = 5e-9
"""Error of the model's normal distribution (``model.normal``)."""


def check(trial: Trial) -> Sequence[Check]:
    """Check effort, dressing up and output of everybody in the first week."""
    checks: list[Check] = []
    for rate in RATES:
        bonus = Bonus(rate=rate, measure=Counted.OUTPUT)
        checks += compared(f"bonus {rate:g}", scenario_of(bonus=bonus), trial)
    quota = Quota(measure=Counted.OUTPUT, amount=MINIMUM, penalty=PENALTY, weeks=1)
    what = f"minimum of {MINIMUM:g} half-days"
    return [*checks, *compared(what, scenario_of(quota=quota), trial)]


def scenario_of(**parts: Any) -> Scenario:
    """Make people who work by hand, with a backlog, under one incentive on output."""
    return frozen(
        people=PEOPLE,
        technology=TECHNOLOGY,
        organisation={"demand": 1.1},
        **parts,
    )


def compared(what: str, scenario: Scenario, trial: Trial) -> Iterator[Check]:
    """Compare means, and the largest difference of anybody."""
    before, after = first_week(scenario, trial)
    people, setting = people_of(before, scenario), setting_of(scenario)
    seen, wrong = seen_of(before, scenario)
    week = margins.week(people, setting, seen)
    pairs = {
        "effort": (margins.effort(people, setting, seen), after["effort"]),
        "dressing up": (
            margins.dressing(people, setting, seen),
            after["dressing"] / margins.REFERENCE,
        ),
        "real output": (week.output, after["output"]),
        "output in view": (week.observed, after["observed"]),
    }
    units = ("usual effort", "half-days per half-day", *["half-days a week"] * 2)
    why = "the model's table of the normal distribution" if wrong else ""
    for unit, (quantity, (theory, simulated)) in zip(units, pairs.items(), strict=True):
        ours, theirs = float(theory.mean()), float(simulated.mean())
        apart = float(np.abs(simulated - theory).max())
        yield Check(f"{quantity}; {what}", unit, ours, theirs, 0.0, wrong, why)
        largest = f"largest difference of {quantity}; {what}"
        yield Check(largest, unit, 0.0, apart, 0.0, wrong, why)


def first_week(scenario: Scenario, trial: Trial) -> tuple[Any, Any]:
    """Return people before and after the first week, all replicates together."""
    before, after = [], []
    for simulation in warmed_up(scenario, trial):
        before.append(simulation.staff.copy())
        simulation.step()
        after.append(simulation.staff)
    return np.concatenate(before), np.concatenate(after)


def people_of(staff: Any, scenario: Scenario) -> margins.People:
    """Give theory the state of people on a Monday."""
    p = scenario.people
    return margins.People(
        productivity=staff["productivity"],
        value=p.own_value * (1.0 + p.urgency * staff["backlog"]),
        conscience=staff["conscience"],
        games=~staff["never_gamer"],
    )


def setting_of(scenario: Scenario) -> margins.Setting:
    """Give theory what is the same for everybody."""
    people, technology = scenario.people, scenario.technology
    return margins.Setting(
        elasticity=people.effort,
        reference=people.effort_reference,
        time=technology.dressing_time,
        hardness=technology.dressing_hardness,
        most=technology.dressing_most,
        scruple=people.dressing_scruple,
    )


def seen_of(staff: Any, scenario: Scenario) -> tuple[Floats | float, float]:
    """Compute the worth of a half-day in view, and how far a table may move a week."""
    if not scenario.quota.has_weight():
        return margins.by_bonus(scenario.bonus.rate), 0.0
    week = margins.REFERENCE
    score = staff["pace_output"]  # of ten half-days, over the ten of the reference
    floor = 0.1
    sigma = np.sqrt(week) * np.maximum(score, floor) / week
    stake = staff["ambition"] * scenario.quota.penalty * week
    minimum = scenario.quota.amount / week
    # Two values of the table; a worth moves a week by less than twenty half-days.
    wrong = float((stake * TABLE / sigma).max()) / week * 20.0
    return margins.by_minimum(score, sigma, minimum, stake), wrong


RESULT = Result(
    name="margins",
    title="Effort and dressing up, by what is paid for output",
    source="Holmström and Milgrom (1991), first-order conditions; evidence C1",
    reduced=(
        "Nobody uses AI or pads; one incentive on output, a bonus or a minimum; people "
        "differ in skill, ambition, conscience and backlog, and some never game."
    ),
    check=check,
)
