"""Cut-offs of best response beside a simulation with hardly any choice noise."""

import math
from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

from experiments.runs.trial import Trial
from experiments.statistics.check import Check, Gap, Result
from experiments.studies.verification.reduced import (
    by_person,
    frozen,
    lived,
    noted,
    setting,
    token_pay,
    traits,
)
from model import Bonus, Scenario
from model.outlook import GENUINE, MANUAL, PADDING
from model.theory.best_response import (
    BestResponse,
    best_response,
    output,
    output_remainder,
    share_bound,
    wrong_side,
)
from model.theory.choice_shares import Floats

SHARP = 0.001
"""The least choice noise that the model allows."""
NOISES = (0.02, 0.01, 0.005)
"""Choice noises at which the remainder is measured."""
DIFFERENT = {
    "skill_sd": 0.25,
    "reluctance_sd": 0.15,
    "conscience_scale": 0.25,
    "never_gamers": 0.4,
    "padding_sd": 0.8,
}
"""Chosen so that some pad rather than work by hand, others not; cut-offs differ."""
RATE, LOW_RATE = 2.0, 0.5
"""Rates of the bonus: some would pad; nobody would, and cut-offs are moderate."""
TASTE = 0.18
"""Against AI [half-days], about the low rate's pay for a half-day of it."""
BOUND = "logit tails and confused alternatives, bounded in theory"
BOUND_OF_OUTPUT = BOUND + ", times the range of outputs"


def different(judgement_noise: float) -> Scenario:
    """Make people who differ in everything that moves a cut-off."""
    return frozen(
        people={
            **DIFFERENT,
            "choice_noise": SHARP,
            "judgement_noise": judgement_noise,
        },
        technology={"skill_gradient": 0.25},
        bonus=Bonus(rate=RATE, weeks=1),
    )


def alike(choice_noise: float) -> Scenario:
    """Make people alike who are not tempted to pad and judge tasks exactly.

    AI is paid about what it costs them. At the cut-off output then hardly depends on
    the choice, so that luck does not hide the second order of what errors cost.
    """
    return frozen(
        people={"choice_noise": choice_noise, "reluctance_mean": TASTE},
        bonus=Bonus(rate=LOW_RATE, weeks=1),
    )


def check(trial: Trial) -> Sequence[Check]:
    """Check shares in the limit, and what a small choice noise changes."""
    checks = limit(0.0, trial) + limit(0.12, trial)
    for noise in NOISES:
        checks += measured(noise, trial)[0]
    # So close to the limit, too few half-days cost output to estimate an error.
    return [*checks, measured(SHARP, trial)[0][0]]


def limit(judgement_noise: float, trial: Trial) -> list[Check]:
    """Check shares in the limit tau -> 0; without errors of judgement also output."""
    scenario = different(judgement_noise)
    staff, simulated = lived(
        scenario, trial, ["manual", "genuine", "padding", "output"]
    )
    people, given, pay = traits(staff), setting(scenario), token_pay(staff, RATE)
    best = best_response(people, given, pay)
    bound = float(share_bound(people, given, pay, best, SHARP).mean())
    half_days = 10 * scenario.weeks
    checks = []
    for activity in ("manual", "genuine", "padding"):
        share: Floats = getattr(best, activity)
        checks.append(
            by_person(
                f"{activity}; error of judgement {judgement_noise:g}",
                "share of half-days",
                share,
                simulated[activity],
                share * (1.0 - share) / half_days,
                bound,
                BOUND,
            )
        )
    if judgement_noise == 0.0:
        unit = "half-days per half-day"
        yields = output(people, given, best)
        allowance, why = range_of_outputs(staff, scenario) * bound, BOUND_OF_OUTPUT
        checks.append(
            by_person(
                "output; error of judgement 0",
                unit,
                yields,
                simulated["output"],
                allowance=allowance,
                why=why,
            )
        )
    return checks


def range_of_outputs(staff: Any, scenario: Scenario) -> float:
    """Find the largest difference in output between two activities [half-days]."""
    gain = float((staff["productivity"] * staff["gain"] * staff["proficiency"]).max())
    lost = max(scenario.technology.padding_time, scenario.technology.loss)
    return gain + lost * float(staff["productivity"].max())


class Shortfall(NamedTuple):
    """How far half-days are from best response, each of shape (people, 10)."""

    wrong: Floats  # 1 where the activity is not that of the best response
    output: Floats  # expected output less that of the best response [half-days]


def shortfall(best: BestResponse, notes: dict[str, Any]) -> Shortfall:
    """Compare each noted half-day with the side of the cut-off that it lies on."""
    beyond = notes["tasks"][:, :, 0] > best.cutoff[:, None]
    other = np.where(best.pads > 0.0, PADDING, MANUAL)[:, None]
    right = np.where(beyond, GENUINE, other)
    expected = (notes["chances"] * notes["outputs"]).sum(axis=2)
    ideal = np.take_along_axis(notes["outputs"], right[:, :, None], axis=2)[:, :, 0]
    return Shortfall((notes["activities"] != right).astype(float), expected - ideal)


def measured(choice_noise: float, trial: Trial) -> tuple[list[Check], Shortfall]:
    """Check theory of a small choice noise; also return the shortfall of half-days."""
    scenario = alike(choice_noise)
    fields = ["tasks", "chances", "outputs", "activities"]
    staff, notes = noted(scenario, trial, fields)
    people, given, pay = traits(staff), setting(scenario), token_pay(staff, LOW_RATE)
    best = best_response(people, given, pay)
    away = shortfall(best, notes)
    bound = float(share_bound(people, given, pay, best, choice_noise).mean())
    missed = wrong_side(best, choice_noise)
    lost = output_remainder(people, given, best, choice_noise)
    where = f"choice noise {choice_noise:g}"
    checks = [
        by_person(
            f"half-days on the wrong side of the cut-off; {where}",
            "share of half-days",
            missed,
            away.wrong.mean(axis=1),
            missed * (1.0 - missed) / 10.0,
            bound,
            BOUND,
        ),
        by_person(
            f"output less that of best response; {where}",
            "half-days per half-day",
            lost,
            away.output.mean(axis=1),
            allowance=bound * range_of_outputs(staff, scenario),
            why=BOUND_OF_OUTPUT,
        ),
    ]
    return checks, away


def converge(trial: Trial) -> Sequence[Gap]:
    """Measure gaps: wrong sides fall as tau, the output they cost as tau squared."""
    gaps = []
    for noise in NOISES:
        _, away = measured(noise, trial)
        for name, values, unit in (
            ("half-days on the wrong side", away.wrong, "share of half-days"),
            ("output less best response", away.output, "half-days per half-day"),
        ):
            means = values.reshape(trial.replicates, -1).mean(axis=1)
            gap = math.sqrt(float(np.mean(means**2)))
            gaps.append(Gap(name, "1 / choice noise", round(1.0 / noise), gap, unit))
    return gaps


RESULT = Result(
    name="best_response",
    title="Cut-offs of suitability without choice noise",
    source="evidence C3 in the limit of quantal response; Sommerfeld expansion",
    reduced=(
        "Nobody adapts, no rework, no review; a bonus on tokens; choice noise 0.001 "
        "and people who differ, then people alike and choice noise 0.02 to 0.001."
    ),
    check=check,
    converge=converge,
)
