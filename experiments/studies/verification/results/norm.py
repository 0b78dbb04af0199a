"""A norm of padding: the roots and folds of its mean field, and its hysteresis."""

import math
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate
from typing import NamedTuple

import numpy as np
from scipy.optimize import brentq

from experiments.runs.trial import Trial, runs
from experiments.statistics.check import Check, Gap, Result
from experiments.studies.verification.reduced import frozen
from model import Bonus, Phase, Run, Scenario
from model.measure import REFERENCE_TOKENS
from model.theory import norm
from model.workforce import Floats

NOISE, STRENGTH = 0.5, 3.0 / 0.95
"""Noise tau and the model's norm_pull J: folds up to .36 of never-gamers."""
SOME, MANY = 0.05, 0.5
"""Shares of never-gamers, with folds and without."""
MIDDLE = -1.5
"""Payoff of padding that lies between the folds with SOME never-gamers."""
STEEPEST = -0.5 * STRENGTH * (1.0 - MANY)
"""Payoff at which MANY never-gamers come nearest to folds."""
HIGH = -0.5
"""A payoff at which the low root is gone."""
OWN_VALUE, PADDING_TIME, CONSCIENCE = 0.5, 0.5, 1.5
GENUINE_TOKENS = 0.001
"""Of a genuine half-day [M], so that a bonus on tokens pays for padding only."""

LEAST, MOST = 125, 16
"""Least people in a system of its own, and most systems in an organisation."""
SETTLING, MEASURED = 30, 30
"""Weeks until a root is reached, and weeks over which it is measured."""
STEP, HOLD, CHANGES = 0.01, 6, 40
"""Change of the payoff at once, weeks between two changes, and changes each way."""
SIZES = (50, 100, 200, 400, 800, 1600)
"""Employees of the organisations that are to come closer to theory."""

NOISY = "noise may carry the norm across early (by more in 6 of a million weeks); "
STEPS = "the payoff moves in steps"
SLOW = "the norm follows the ramp late (Airy); " + STEPS
Held = tuple[int, float]
"""Weeks, and the payoff of padding h in them."""


class System(NamedTuple):
    """A team that sees nobody else: a mean field of its own."""

    able: int  # people who may pad
    others: int  # people less one
    shares: Floats  # (weeks,), padded half-days P of those who may pad

    @property
    def pull(self) -> float:
        """Pull on P, J (1 - nu); nu is the share of never-gamers among the others."""
        return STRENGTH * (self.able - 1) / self.others


class Sweep(NamedTuple):
    """Padding at the end of each step of a ramp; each of shape (steps,)."""

    payoff: Floats  # h [half-days]
    share: Floats  # mean over systems of P
    low: Floats  # a tenth of the systems lies below
    high: Floats  # and a tenth above


def rate(payoff: float) -> float:
    """Find the bonus at which padding is worth h over the log-sum of the rest."""

    def above(bonus: float) -> float:
        genuine = bonus * GENUINE_TOKENS / REFERENCE_TOKENS
        padding = bonus - OWN_VALUE * PADDING_TIME - CONSCIENCE
        return norm.against_the_rest(genuine, padding, NOISE) - payoff

    return float(brentq(above, 0.0, 10.0, xtol=1e-12))


def office(team: int, schedule: Sequence[Held], never: float = SOME) -> Scenario:
    """Make systems of ``team`` people; the bonus follows the schedule of payoffs."""
    weeks = accumulate((held for held, _ in schedule), initial=0)
    first, *later = (Bonus(rate=rate(payoff), weeks=1) for _, payoff in schedule)
    starts = list(weeks)
    scenario = frozen(
        people={
            "choice_noise": NOISE,
            "own_value": OWN_VALUE,
            "never_gamers": never,
            "conscience_floor": CONSCIENCE,
            "reluctance_mean": 0.0,
            "intensity": GENUINE_TOKENS,
            "padding_intensity": REFERENCE_TOKENS,
        },
        technology={"gain": 0.0, "loss": 0.0, "padding_time": PADDING_TIME},
        peers={"norm_memory": 1.0, "norm_relief": 0.0, "norm_pull": STRENGTH},
        organisation={"team_size": team},
        bonus=first,
        weeks=starts[-1],
    )
    scheme = scenario.scheme
    phases = zip(starts[1:-1], later, strict=True)
    return scenario.varied(
        timeline=tuple(
            Phase(week=week, scheme=scheme.model_copy(update={"bonus": bonus}))
            for week, bonus in phases
        )
    )


def from_low(payoff: float) -> list[Held]:
    """Hold a payoff for long; it is lower in the warm-up."""
    return [(SETTLING + MEASURED, payoff)]


def from_high(payoff: float) -> list[Held]:
    """Hold a payoff after weeks in which all who may pad are made to."""
    return [(SETTLING, HIGH), *from_low(payoff)]


def up_and_down() -> list[Held]:
    """Raise the payoff slowly from the middle, and lower it slowly again."""
    up = [(HOLD, MIDDLE + STEP * k) for k in range(CHANGES + 1)]
    down = [(HOLD, MIDDLE - STEP * k) for k in range(1, CHANGES + 1)]
    return [*up, (SETTLING, MIDDLE), *down]


def team_size(people: int) -> int:
    """Choose the people in a system, for as many systems as there is room for."""
    return -(-people // min(max(people // LEAST, 1), MOST))


def systems(done: Iterable[Run]) -> Iterator[System]:
    """Yield all systems of all runs."""
    for run in done:
        team, padding = run.scenario.organisation.team_size, run.history("padding")
        may = ~run.employees["never_gamer"]
        for first in range(0, len(may), team):
            there = slice(first, first + team)
            able = int(may[there].sum())
            shares = padding[:, there].sum(axis=1) / (10.0 * able)
            yield System(able, len(may[there]) - 1, shares)


def check(trial: Trial) -> Sequence[Check]:
    """Check the two roots, the single root without folds, and the hysteresis loop."""
    team = team_size(trial.people)
    offices = (
        office(team, from_low(MIDDLE)),
        office(team, from_high(MIDDLE)),
        office(team, from_low(STEEPEST), MANY),
        office(team, from_high(STEEPEST), MANY),
        office(team, up_and_down()),
    )
    low, high, one_low, one_high, around = runs(offices, trial, ["padding"])
    return [
        _root("low", MIDDLE, 0, low),
        _root("high", MIDDLE, -1, high),
        _root("low", STEEPEST, 0, one_low),
        _root("high", STEEPEST, 0, one_high),
        *_loop(list(systems(around))),
    ]


def _root(start: str, payoff: float, which: int, done: Iterable[Run]) -> Check:
    """Check a root against the share over the last weeks, system by system."""
    theory, simulated, variance, allowance = [], [], [], []
    for system in systems(done):
        root = norm.roots(payoff, system.pull, NOISE)[which]
        world = root, system.pull, NOISE, system.able
        theory.append(root)
        simulated.append(system.shares[-MEASURED:].mean())
        variance.append(norm.long_run_variance(*world) / MEASURED)
        allowance.append(norm.finite_size(*world))
    folds = "with" if payoff == MIDDLE else "without"
    return Check(
        f"Padding by those who may, from a {start} start, {folds} folds",
        "share of half-days",
        float(np.mean(theory)),
        float(np.mean(simulated)),
        math.sqrt(sum(variance)) / len(variance),
        float(np.mean(allowance)),
        "order 1/N: the norm varies from week to week along a curved map",
    )


def payoffs() -> Floats:
    """List the payoff of padding by week while it is raised and lowered."""
    weeks, held = zip(*up_and_down(), strict=True)
    return np.repeat(np.array(held), weeks)


def jumps(shares: Floats) -> Floats:
    """Find the payoffs where half begin to pad and where they cease, and the width.

    The shape is (3,); without a jump up the first payoff stands for it.
    """
    above, payoff = shares > 0.5, payoffs()
    up = int(np.argmax(above))
    down = up + int(np.argmin(above[up:]))
    return np.array([payoff[up], payoff[down], payoff[up] - payoff[down]])


def _loop(teams: Sequence[System]) -> list[Check]:
    """Check the jumps against the folds, and against the map under the same ramp."""
    loops = [norm.loop(system.pull, NOISE) for system in teams]
    seen = np.array([jumps(system.shares) for system in teams])
    folds = np.array([[i.up.payoff, i.down.payoff, i.width] for i in loops])
    mapped = np.array([jumps(_ramped(system)) for system in teams])
    early = [_early(s, fold) for s, i in zip(teams, loops, strict=True) for fold in i]
    late = [norm.delay(fold, STEP / HOLD) for i in loops for fold in i]
    noise, slow = float(np.mean(early)), float(np.mean(late))
    return [
        *_compared("the fold", folds, seen, noise + slow + STEP, SLOW),
        *_compared("the map so ramped", mapped, seen, noise + STEP, STEPS),
    ]


def swept(trial: Trial) -> tuple[Sweep, Sweep]:
    """Simulate padding as its payoff is raised and lowered again, for a chart.

    All may pad, so that all systems have the same folds, those of the pull STRENGTH.
    """
    alike = office(team_size(trial.people), up_and_down(), never=0.0)
    [done] = runs([alike], trial, ["padding"])
    weeks, held = (np.array(x) for x in zip(*up_and_down(), strict=True))
    shares = np.array([system.shares for system in systems(done)])
    last = shares[:, np.cumsum(weeks) - 1]
    low, high = np.quantile(last, [0.1, 0.9], axis=0)
    whole = held, last.mean(axis=0), low, high
    turn = CHANGES + 1
    return Sweep(*(x[:turn] for x in whole)), Sweep(*(x[turn:] for x in whole))


def _ramped(system: System) -> Floats:
    start = norm.roots(MIDDLE, system.pull, NOISE)[0]
    return norm.ramped(start, payoffs(), system.pull, NOISE)


def _early(system: System, fold: norm.Fold) -> float:
    varies = norm.weekly_variance(fold.share, system.able)
    return norm.early(fold, varies)


def _compared(
    to: str, theory: Floats, seen: Floats, allowance: float, why: str
) -> list[Check]:
    """Check both jumps and the width; arrays (systems, 3)."""
    quantities = {
        f"Payoff at which padding jumps up, against {to}": allowance,
        f"Payoff at which it falls again, against {to}": allowance,
        f"Width of the hysteresis, against {to}": 2.0 * allowance,
    }
    return [
        Check(
            quantity,
            "half-days",
            float(theory[:, k].mean()),
            float(seen[:, k].mean()),
            _error(seen[:, k] - theory[:, k]),
            allowed,
            NOISY + why,
        )
        for k, (quantity, allowed) in enumerate(quantities.items())
    ]


def _error(values: Floats) -> float:
    return float(np.std(values, ddof=1) / math.sqrt(len(values)))


def converge(trial: Trial) -> list[Gap]:
    """Measure the gap of one organisation's low root from theory, by size."""
    gaps = []
    for size in (size for size in SIZES if size <= trial.people):
        one = office(size, from_low(MIDDLE))
        [done] = runs([one], trial._replace(people=size), ["padding"])
        away = [
            system.shares[-MEASURED:].mean() - norm.roots(MIDDLE, system.pull, NOISE)[0]
            for system in systems(done)
        ]
        gap = float(np.sqrt(np.mean(np.square(away))))
        gaps.append(Gap("Padding by those who may", "employees", size, gap, "share"))
    return gaps


RESULT = Result(
    name="norm",
    title="A norm of padding has two stable states, and remembers where it came from",
    source="Mean field of a logit choice with a pull of the others' share, Brock and "
    "Durlauf (2001); closed form C9",
    reduced="people differ only in whether they ever pad, see all others of their "
    "team and nobody else, and follow the norm of the latest week; padding earns a "
    "bonus that is raised and lowered in steps; the pull J is 3.16, far above the "
    "default of 0",
    check=check,
    converge=converge,
)
