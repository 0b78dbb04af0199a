"""The compass needle beside finite differences of the simulation.

Three comparisons, from the narrow to the wide: at one half-day with everything frozen
by construction, for every incentive; over whole runs in which nobody adapts, where the
total derivative is to be the needle and nothing else; and, with adaptation on, what the
needle leaves out (``feedback``), which tests look at and no check judges.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np

from experiments.runs.trial import Trial, runs
from experiments.statistics.check import Check, Result
from experiments.statistics.employees import pulls
from experiments.studies.verification.reduced import (
    by_person,
    frozen,
    noted,
    setting,
    token_pay,
    traits,
    warmed_up,
)
from model import (
    Audit,
    Bonus,
    Budget,
    Dismissal,
    Leaderboard,
    Participation,
    People,
    Quota,
    Review,
    Scenario,
    Technology,
    TopBoard,
)
from model.block import TERMS
from model.incentive import Counted, Incentive, Scope
from model.theory.choice_shares import Floats
from model.theory.needle import central_difference, needle

TAU = 0.2
TEMPTED = People(
    choice_noise=TAU, conscience_floor=0.0, conscience_scale=0.1, effort=0.0
)
"""People with little conscience, so that an audit has something to do."""
CHORES = Technology(
    task_sd=0.5, chore_worth=0.65, dressing_most=0.0, gesture_minutes=0.0
)
"""All four activities are open. Nothing is set once a week: a margin would move with
the weight, and what the hope of a gesture is worth is not linear in it."""
NUDGE = 1e-4
"""Relative step of the weight at one half-day."""
FOURTH = 1.2
"""|k(Y, W, W, W)| is at most this times range(Y) range(W)^3: E[y w^3] <= 1 in ranges,
3 E[y w] E[w^2] <= 3/16."""

INCENTIVES: dict[str, Callable[[float], Incentive]] = {
    "bonus": lambda k: Bonus(rate=0.3 * k),
    "bonus on output": lambda k: Bonus(rate=0.3 * k, measure=Counted.OUTPUT),
    "review of output": lambda k: Review(stake=0.3 * k),
    "review of usage": lambda k: Review(stake=0.3 * k, weight=0.3, visible=True),
    "leaderboard": lambda k: Leaderboard(status=0.1 * k),
    "team leaderboard": lambda k: Leaderboard(status=0.1 * k, scope=Scope.TEAM),
    "top board": lambda k: TopBoard(prize=0.2 * k, share=0.1),
    "quota": lambda k: Quota(penalty=0.1 * k),
    "participation": lambda k: Participation(penalty=0.1 * k),
    "random audit": lambda k: Audit(probability=0.2, sanction=4.0 * k),
    "audit of top users": lambda k: Audit(
        probability=0.5, sanction=4.0 * k, top_share=0.2
    ),
    "chargeback": lambda k: Budget(chargeback=0.5 * k),
    "dismissal": lambda k: Dismissal(share=0.1, loss=20.0 * k),
}
"""Each incentive with weight k times the usual one."""
NAMES = {
    Bonus: ("bonus",),
    Review: ("review", "review_output"),
    Leaderboard: ("leaderboard",),
    TopBoard: ("top_board",),
    Quota: ("quota",),
    Participation: ("participation",),
    Audit: ("audit",),
    Budget: ("budget",),
    Dismissal: ("dismissal",),
}
"""Field of the scenario, and payoff terms."""

RATE, STEP = 1.0, 0.1
"""Rate of the bonus in whole runs, and the step up and down from it."""
WEEKS, LONG = 12, 26
"""Weeks of runs in which nobody adapts, and of those with feedback."""
UNIT = "half-days of output per half-day and unit of weight"


def check(trial: Trial) -> Sequence[Check]:
    """Check the needle of every incentive at a half-day, then over whole runs."""
    checks = [first_half_day(name, trial) for name in INCENTIVES]
    return [*checks, *whole_runs(frozen_with(RATE), trial)]


class Slopes(NamedTuple):
    """Slopes at the first half-day after the warm-up, each of shape (people,)."""

    needle: Floats  # covariance of output and worth over tau
    difference: Floats  # central difference of expected output in the weight
    bound: Floats  # of the truncation of that difference


def slopes(name: str, trial: Trial) -> Slopes:
    """Compute an incentive's needle and the central difference of the engine's choices.

    The weight is moved before the first half-day that it acts on, so that state, task
    and tables are the same at all three weights. It is the multiple of the usual one.
    """
    kind = type(INCENTIVES[name](1.0))
    fields = ["chances", "outputs", "terms"]
    here, above, below = (
        noted(with_incentive(INCENTIVES[name](weight)), trial, fields)[1]
        for weight in (1.0, 1.0 + NUDGE, 1.0 - NUDGE)
    )
    rows = [TERMS.index(term) for term in NAMES[kind]]
    worths = here["terms"][:, 0, rows].sum(axis=1)
    outputs = here["outputs"][:, 0]
    expected = [(n["chances"][:, 0] * outputs).sum(axis=1) for n in (above, below)]
    ranges = np.ptp(outputs, axis=1) * (np.ptp(worths, axis=1) / TAU) ** 3
    return Slopes(
        pulls(here["chances"][:, 0], outputs, worths, TAU),
        (expected[0] - expected[1]) / (2.0 * NUDGE),
        FOURTH * ranges * NUDGE**2 / 6.0,
    )


def with_incentive(incentive: Incentive) -> Scenario:
    """Make an organisation of four activities, tempted people and one incentive."""
    field = NAMES[type(incentive)][0]
    fields: dict[str, Any] = {"review": Review(stake=0.0), field: incentive}
    return Scenario(people=TEMPTED, technology=CHORES, **fields)


def first_half_day(name: str, trial: Trial) -> Check:
    """Check one organisation, which is enough: probabilities have no luck."""
    slope = slopes(name, trial._replace(replicates=1))
    return Check(
        f"needle of the {name}, first half-day",
        UNIT,
        float(slope.needle.mean()),
        float(slope.difference.mean()),
        0.0,
        float(slope.bound.mean()),
        "third-order term of a central difference, bounded",
    )


def frozen_with(rate: float) -> Scenario:
    """Make people alike who do not adapt, with a bonus on tokens."""
    return frozen(
        people={"judgement_noise": 0.12},
        bonus=Bonus(rate=rate, weeks=1),
        weeks=WEEKS,
    )


def whole_runs(scenario: Scenario, trial: Trial) -> list[Check]:
    """Check the integrated needle against noted needles and the total derivative."""
    staff, notes = noted(scenario, trial, ["chances", "outputs", "terms"])
    noted_needle = of_bonus(notes, scenario).mean(axis=1)
    people, given = traits(staff), setting(scenario)
    pay, worth = token_pay(staff, scenario.bonus.rate), token_pay(staff, 1.0)
    theory = needle(people, given, pay, worth)
    wide, narrow = (
        central_difference(people, given, pay, worth, step).mean()
        for step in (STEP, 0.5 * STEP)
    )
    total = np.concatenate([*total_derivatives(scenario, trial)])
    return [
        by_person("needle of a bonus, noted half-days", UNIT, theory, noted_needle),
        by_person(
            "feedback where nobody adapts: total derivative less needle",
            UNIT,
            np.zeros_like(theory),
            total - theory,
            allowance=abs(float(wide - narrow)) / 0.75,
            why=f"the step of {STEP:g} in the rate is not small; by theory, with half "
            "the step a quarter of it is left",
        ),
    ]


def of_bonus(notes: dict[str, Floats], scenario: Scenario) -> Floats:
    """Compute the needle of a bonus for each noted half-day; its rate is the weight."""
    worths = notes["terms"][:, :, TERMS.index("bonus")] / scenario.bonus.rate
    tau = scenario.people.choice_noise
    return pulls(notes["chances"], notes["outputs"], worths, tau)


def total_derivatives(scenario: Scenario, trial: Trial) -> Iterator[Floats]:
    """Compute central differences of mean output per half-day in the bonus's rate.

    One array (people,) a replicate; both sides share people, tasks and luck.
    """
    bonus = scenario.bonus
    sides = [
        scenario.varied(bonus=bonus.model_copy(update={"rate": bonus.rate + change}))
        for change in (STEP, -STEP)
    ]
    above, below = runs(sides, trial, ["output"])
    for up, down in zip(above, below, strict=True):
        change = up.history("output") - down.history("output")
        yield change.mean(axis=0) / (10.0 * 2.0 * STEP)


class Feedback(NamedTuple):
    """What the needle leaves out where people adapt; errors are standard errors.

    All per half-day, half-days of output for a unit of the bonus's rate.
    """

    adapts: str
    total: float
    total_error: float
    needle: float
    needle_error: float
    feedback: float
    error: float


def mechanisms() -> dict[str, Scenario]:
    """Make one scenario for each way of adapting, and one with all of them.

    The demand for the backlog is 1.2, so that there is a backlog.
    """
    bonus = {"bonus": Bonus(rate=RATE), "weeks": LONG}
    noisy = {"judgement_noise": 0.12}
    untrained = {"ceiling_a": 6.0, "ceiling_b": 2.5, "start_a": 4.0, "start_b": 3.0}
    usual = Scenario()
    rework = ("rework_misuse", "rework_dressing", "rework_padding")
    learning, backlog = ("learning", "forgetting"), ("urgency", "exhaustion_loss")
    return {
        "nobody": frozen(people=noisy, **bonus),
        "rework": frozen(
            people=noisy, peers={n: getattr(usual.peers, n) for n in rework}, **bonus
        ),
        "learning": frozen(
            people=noisy | untrained | {n: getattr(usual.people, n) for n in learning},
            **bonus,
        ),
        "backlog": frozen(
            people=noisy | {n: getattr(usual.people, n) for n in backlog},
            organisation={"demand": 1.2},
            **bonus,
        ),
        "everything": usual.varied(**bonus),
    }


def feedback(name: str, scenario: Scenario, trial: Trial) -> Feedback:
    """Estimate means and standard errors over replicates.

    The needle is the mean over all weeks of the run at the rate itself: it includes
    how people have changed, but not that the rate changed them.
    """
    total = np.array([d.mean() for d in total_derivatives(scenario, trial)])
    points = np.array([*needles(scenario, trial)])
    rows = np.array([total, points, total - points])
    means = rows.mean(axis=1)
    errors = rows.std(axis=1, ddof=1) / np.sqrt(trial.replicates)
    values = np.column_stack([means, errors]).ravel()
    return Feedback(name, *map(float, values))


def needles(scenario: Scenario, trial: Trial) -> Iterator[float]:
    """Compute the mean needle of the bonus over people and weeks, by replicate."""
    for simulation in warmed_up(scenario, trial):
        total = 0.0
        for _ in range(scenario.weeks):
            notes = simulation.note(0, trial.people)
            total += float(of_bonus(notes, scenario).mean())
            simulation.step()
        yield total / scenario.weeks


RESULT = Result(
    name="needle",
    title="The compass needle and what it leaves out",
    source="derivative of the logit; docs/ODD.md, compass needle",
    reduced=(
        "For every incentive, one half-day, so that nothing can move but the choice; "
        "for a bonus, whole runs in which nobody adapts."
    ),
    check=check,
)
