"""Dismissal beside its closed forms: luck alone, and two types.

Nobody foresees it, so that nothing moves but who is there. In the first part people
work by hand and luck decides what others see of their output. In the second those who
may pad do nothing else, for pay, and those who never pad use no tokens.
"""

import math
from collections.abc import Iterator, Sequence

import numpy as np

from experiments.runs.trial import Trial
from experiments.statistics.check import Check, Result
from experiments.studies.verification.reduced import frozen, warmed_up
from model import Bonus, Dismissal, Scenario
from model.incentive import Counted
from model.theory import dismissal

SHARE = 0.1
BY_HAND = {"reluctance_mean": 5.0, "choice_noise": 0.001}
WINDOWS, WEEKS = 15, 2
"""Windows of so many weeks where luck ranks."""
TYPES = 0.5
"""Share of the type that never pads among those who come."""
FALLING, LONG = 6, 14
"""Weeks in which that type falls in a straight line, and until it is all but gone."""
PAY = 50.0
"""Of a bonus for tokens: nobody who would pad does anything else."""


def check(trial: Trial) -> Sequence[Check]:
    """Check how long people last, then who is left."""
    return [*lasting(trial), *left(trial)]


def lasting(trial: Trial) -> Iterator[Check]:
    """Check where luck alone ranks."""
    scenario = frozen(
        people=BY_HAND | {"never_gamers": 1.0},
        technology={"observation_noise": 0.3},
        dismissal=Dismissal(share=SHARE, loss=0.0, weeks=WEEKS),
        weeks=WINDOWS * WEEKS,
    )
    nth, weeks = [], []
    for simulation in warmed_up(scenario, trial):
        for _ in range(scenario.weeks):
            simulation.step()
        nth.append(simulation.staff["generation"].copy())
        weeks.append(simulation.staff["tenure"].copy())
    people, lived = np.concatenate(nth), np.concatenate(weeks)
    yield Check(
        "people dismissed from a slot", "people", WINDOWS * SHARE, people.mean(), 0.0
    )
    for windows in (1, 5, WINDOWS):
        share = dismissal.survives(SHARE, windows)
        stayed = float((lived >= windows * WEEKS).mean())
        error = math.sqrt(share * (1.0 - share) / len(lived))
        what = f"still there after {windows} windows"
        yield Check(what, "share of people", share, stayed, error)


def left(trial: Trial) -> Iterator[Check]:
    """Check where those who never pad are always last."""
    never = [np.array(run) for run in zip(*_by_week(two_types(), trial), strict=True)]
    first = never[0].mean()
    law = dismissal.low_type(SHARE, first, TYPES, LONG)
    people = trial.people * trial.replicates
    for weeks in (FALLING, LONG):
        # Newcomers are of either type by luck: all of them while it falls, later those
        # of the last window.
        draws = weeks if weeks == FALLING else 1
        error = math.sqrt(draws * SHARE * TYPES * (1.0 - TYPES) / people)
        yield Check(
            f"who never pads, after {weeks} dismissals",
            "share of people",
            float(law[weeks]),
            float(never[weeks].mean()),
            error,
        )


def two_types() -> Scenario:
    """Make people who pad all the time, and people who never use a token."""
    return frozen(
        people=BY_HAND | {"never_gamers": TYPES, "conscience_floor": 0.0},
        bonus=Bonus(rate=PAY),
        dismissal=Dismissal(share=SHARE, loss=0.0, weeks=1, measure=Counted.TOKENS),
        weeks=LONG,
    )


def _by_week(scenario: Scenario, trial: Trial) -> Iterator[list[float]]:
    """Shares of people who never pad at first and after each week, by replicate."""
    for simulation in warmed_up(scenario, trial):
        shares = [float(simulation.staff["never_gamer"].mean())]
        for _ in range(scenario.weeks):
            simulation.step()
            shares.append(float(simulation.staff["never_gamer"].mean()))
        yield shares


RESULT = Result(
    name="dismissal",
    title="Whom dismissal of the lowest leaves",
    source="derived here; Lazear and Rosen 1981",
    reduced=(
        "A tenth is dismissed at the end of each window; nobody foresees it or leaves "
        "otherwise. By luck in what others see of output; or by tokens, where some "
        "always pad and the others use none."
    ),
    check=check,
)
