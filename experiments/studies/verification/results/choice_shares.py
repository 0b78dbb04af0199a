"""Shares of the activities beside the simulation."""

import math
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

import numpy as np

from experiments.runs.trial import Trial
from experiments.statistics.check import Check, Gap, Result
from experiments.studies.verification.reduced import (
    by_person,
    frozen,
    lived,
    setting,
    token_pay,
    traits,
)
from model import Audit, Bonus, Scenario
from model.theory.choice_shares import Floats, Law, Moments, Pay, population, shares

CASES = (
    # choice noise, rate of the bonus on tokens
    (0.12, 0.0),
    (0.12, 1.0),
    (0.12, 2.0),
    (0.05, 1.0),
    (0.30, 1.0),
)
QUANTITIES = {
    # what, column, field of theory, unit
    "manual": ("manual", "manual", "share of half-days"),
    "genuine use": ("genuine", "genuine", "share of half-days"),
    "padding": ("padding", "padding", "share of half-days"),
    "misuse": ("misuse", "misuse", "share of half-days"),
    "gain of genuine use": ("gained", "gain", "half-days per half-day"),
    "loss by misuse": ("misused", "loss", "half-days per half-day"),
    "output": ("output", "output", "half-days per half-day"),
}
COLUMNS = [column for column, _, _ in QUANTITIES.values()]
DIFFERENT = {"skill_sd": 0.25, "reluctance_sd": 0.15}
"""What differs where theory integrates over people."""
RATE = 1.0
PATIENCE = 0.4
ERRING = Audit(probability=0.5, sanction=0.5, sensitivity=0.8, false_positive=0.3)
SIZES = (16, 4, 1)
"""Divisors of the trial's number of people at which the gap is measured."""


def scenario_of(choice_noise: float, rate: float) -> Scenario:
    """Make people alike, with a bonus on tokens and errors of judgement."""
    return frozen(
        people={"choice_noise": choice_noise, "judgement_noise": 0.12},
        bonus=Bonus(rate=rate, weeks=1),
    )


def different() -> Scenario:
    """Make people who differ in skill (so in what AI adds) and in reluctance."""
    return frozen(
        people={"judgement_noise": 0.12, **DIFFERENT},
        technology={"skill_gradient": 0.25},
        bonus=Bonus(rate=RATE, weeks=1),
    )


def check(trial: Trial) -> Sequence[Check]:
    """Check shares, gain, misuse and output for several noises and rates."""
    checks = []
    for noise, rate in CASES:
        where = f"choice noise {noise:g}, bonus {rate:g}"
        checks += conditional(
            scenario_of(noise, rate), [partial(token_pay, rate=rate)], where, trial
        )
    checks += conditional(
        impatient(),
        [partial(token_pay, rate=PATIENCE * RATE), partial(token_pay, rate=RATE)],
        f"bonus {RATE:g} settled every other week, patience {PATIENCE:g}",
        trial,
    )
    checks += conditional(watched(), [sanctioned], "audits that err", trial)
    return checks + integrated(different(), trial)


def impatient() -> Scenario:
    """Make a bonus that is settled every other week, which people discount."""
    return frozen(people={"patience": PATIENCE}, bonus=Bonus(rate=RATE, weeks=2))


def watched() -> Scenario:
    """Make a bonus, and audits that sometimes take genuine use for padding."""
    return frozen(bonus=Bonus(rate=RATE, weeks=1), audit=ERRING)


def sanctioned(staff: Any) -> Pay:
    """Compute the bonus less the expected sanction of either activity."""
    pay = token_pay(staff, RATE)
    sanction = ERRING.probability * ERRING.sanction * staff["ambition"]
    return Pay(
        pay.genuine - ERRING.false_positive * sanction,
        pay.padding - ERRING.sensitivity * sanction,
    )


def conditional(
    scenario: Scenario,
    pays: Sequence[Callable[[Any], Pay]],
    where: str,
    trial: Trial,
) -> list[Check]:
    """Check theory given the traits of each person, with the variance it predicts.

    ``pays`` are the worths of the weeks of a window; the run is a number of windows.
    """
    staff, simulated = lived(scenario, trial, COLUMNS)
    theories = [shares(traits(staff), setting(scenario), pay(staff)) for pay in pays]
    half_days = 10 * scenario.weeks
    checks = []
    for what, (column, field, unit) in QUANTITIES.items():
        weeks: list[Moments] = [getattr(theory, field) for theory in theories]
        checks.append(
            by_person(
                f"{what}; {where}",
                unit,
                np.mean([week.mean for week in weeks], axis=0),
                simulated[column],
                np.mean([week.variance for week in weeks], axis=0) / half_days,
            )
        )
    return checks


def integrated(scenario: Scenario, trial: Trial) -> list[Check]:
    """Check theory integrated over the distributions of traits."""
    _, simulated = lived(scenario, trial, COLUMNS)
    theory = expected_of(scenario)
    return [
        by_person(
            f"{what}; people differ, bonus {RATE:g}",
            unit,
            np.full_like(simulated[column], theory[field]),
            simulated[column],
        )
        for what, (column, field, unit) in QUANTITIES.items()
    ]


def expected_of(scenario: Scenario) -> dict[str, float]:
    """Compute means over the distribution of people, by field of theory."""
    people, technology = scenario.people, scenario.technology
    law = Law(
        skill_sd=people.skill_sd,
        gain=technology.gain,
        gradient=technology.skill_gradient,
        reluctance_mean=people.reluctance_mean,
        reluctance_sd=people.reluctance_sd,
        ceiling=(people.ceiling_a, people.ceiling_b),
        start=(people.start_a, people.start_b),
        belief=people.belief_mean,
        conscience=people.conscience_floor,
    )
    nodes, weight = population(law)
    everybody = {
        "intensity": np.full_like(weight, people.intensity),
        "padding_intensity": np.full_like(weight, people.padding_intensity),
    }
    expected = shares(nodes, setting(scenario), token_pay(everybody, RATE))
    return {
        name: float(weight @ getattr(expected, name).mean) for name in expected._fields
    }


def converge(trial: Trial) -> Sequence[Gap]:
    """Measure the gap of output for more and more people: it falls as 1/sqrt(N)."""
    scenario = different()
    expected = expected_of(scenario)["output"]
    gaps = []
    for divisor in SIZES:
        people = max(trial.people // divisor, 1)
        _, simulated = lived(scenario, trial._replace(people=people), ["output"])
        means: Floats = simulated["output"].reshape(-1, people).mean(axis=1)
        gap = math.sqrt(float(np.mean((means - expected) ** 2)))
        gaps.append(Gap("output", "employees", people, gap, "half-days per half-day"))
    return gaps


RESULT = Result(
    name="choice_shares",
    title="Shares of the activities under the logit choice",
    source="McKelvey and Palfrey (1995); three actions: evidence C3",
    reduced=(
        "Nobody adapts, no rework, no review; a bonus on tokens, settled at once or "
        "later, alone or with audits that err; people alike except "
        "for proficiency, which theory is told person by person, then people who "
        "differ in skill and reluctance, over which theory integrates."
    ),
    check=check,
    converge=converge,
)
