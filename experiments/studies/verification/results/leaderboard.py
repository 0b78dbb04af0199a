"""A full-rank leaderboard in its equilibrium of many people."""

import math
from collections.abc import Callable, Sequence
from functools import cache, partial
from typing import NamedTuple

import numpy as np

from experiments.runs.trial import Trial, runs
from experiments.statistics.check import Check, Gap, Result
from experiments.studies.verification.reduced import frozen
from model import Leaderboard, Run, Scenario
from model.measure import CELLS, REFERENCE_TOKENS
from model.theory.leaderboard import (
    FINE,
    Board,
    Cells,
    Equilibrium,
    Grid,
    equilibrium,
    finite_size,
)
from model.workforce import Floats

BOARD = Board(
    status=0.05,
    curvature=0.5,
    status_cv=0.8,
    genuine=-0.1,
    padding=-0.2,
    genuine_tokens=9.0,
    padding_tokens=18.0,
    token_noise=0.5,
    noise=0.12,
    memory=0.5,
    uncertainty=1.0,
    least=0.01 * REFERENCE_TOKENS,
)
OWN_VALUE, PADDING_TIME = 0.5, 0.2
COARSE = Grid(step=2.0, pace_step=1.2, weights=3)
"""A grid twice as coarse; its difference from the finer grid bounds the error."""
SETTLING, MEASURED = 30, 30
"""Weeks until the table has settled, and weeks over which it is then measured."""
ACTIVITIES = ("manual work", "genuine use", "padding")
QUANTILES = (0.1, 0.25, 0.5, 0.75, 0.9)
SIZES = (50, 100, 200, 400, 800, 1600)
"""Employees of the organisations that are to come closer to theory."""
GROWING = ("Mean tokens", "Half-days of padding")
RECORD = ("genuine", "padding", "genuine_tokens", "padded_tokens")
WHY = "order 1/N for the noise of the table, its 256 cells, and theory's own grid"


class Solved(NamedTuple):
    """The equilibrium, and two others that bound its errors."""

    fine: Equilibrium
    coarse: Equilibrium  # on a coarser grid
    cells: Equilibrium  # of people who read a table of the model's cells

    def numeric(self, value: Callable[[Equilibrium], float]) -> float:
        """Bound the error of a value by grid and cells."""
        at = value(self.fine)
        return abs(value(self.coarse) - at) + abs(value(self.cells) - at)


@cache
def solved(board: Board) -> Solved:
    """Solve the theory of a board, which takes some seconds."""
    return Solved(
        equilibrium(board),
        equilibrium(board, COARSE),
        equilibrium(board, FINE, Cells(CELLS, REFERENCE_TOKENS)),
    )


def office(board: Board) -> Scenario:
    """Make the organisation of a board: people differ only in the weight on rank."""
    return frozen(
        people={
            "status_cv": board.status_cv,
            "own_value": OWN_VALUE,
            "reluctance_mean": -board.genuine,
            "conscience_floor": -board.padding - OWN_VALUE * PADDING_TIME,
            "intensity": board.genuine_tokens,
            "padding_intensity": board.padding_tokens,
            "choice_noise": board.noise,
            "pace_memory": board.memory,
            "uncertainty": board.uncertainty,
        },
        technology={
            "gain": 0.0,
            "loss": 0.0,
            "padding_time": PADDING_TIME,
            "token_noise": board.token_noise,
        },
        leaderboard=Leaderboard(status=board.status, curvature=board.curvature),
        weeks=SETTLING + MEASURED,
    )


class Statistic(NamedTuple):
    """Something that theory gives and a settled organisation shows."""

    quantity: str
    unit: str
    theory: Callable[[Equilibrium], float]
    simulated: Callable[[Run], Floats]  # mean over weeks by person, (people,)
    sensitivity: float  # its change, at most, per change of shares of half-days


def statistics(board: Board, settled: Equilibrium) -> list[Statistic]:
    """List shares of activities, mean tokens, and points of the score distribution."""
    per_share = 10.0 * (board.genuine_tokens + board.padding_tokens)
    shares = [
        Statistic(
            f"Half-days of {activity}",
            "share",
            partial(_share, k),
            partial(_spent, k),
            1.0,
        )
        for k, activity in enumerate(ACTIVITIES)
    ]
    tokens = Statistic("Mean tokens", "M a week", _mean, _tokens, per_share)
    levels = [settled.table.quantile(q) for q in QUANTILES]
    densities = np.interp(levels, settled.table.scores, settled.table.density)
    ranked = [
        Statistic(
            f"Scores up to the quantile {q} of theory",
            "share",
            partial(_at_most, level),
            partial(_seen_at_most, level),
            per_share * float(density),
        )
        for q, level, density in zip(QUANTILES, levels, densities, strict=True)
    ]
    return [*shares, tokens, *ranked]


def _share(activity: int, settled: Equilibrium) -> float:
    return float(settled.shares[activity])


def _mean(settled: Equilibrium) -> float:
    return settled.table.mean


def _at_most(level: float, settled: Equilibrium) -> float:
    return settled.table.at_most(level)


def _spent(activity: int, run: Run) -> Floats:
    genuine, padding = (
        run.history(name)[-MEASURED:].mean(axis=0) / 10.0 for name in RECORD[:2]
    )
    by_activity: tuple[Floats, ...] = (1.0 - genuine - padding, genuine, padding)
    return by_activity[activity]


def _scores(run: Run) -> Floats:
    """Return tokens of each week and person once settled, (weeks, people)."""
    genuine, padded = (run.history(name)[-MEASURED:] for name in RECORD[2:])
    scores: Floats = genuine + padded
    return scores


def _tokens(run: Run) -> Floats:
    mean: Floats = _scores(run).mean(axis=0)
    return mean


def _seen_at_most(level: float, run: Run) -> Floats:
    share: Floats = (_scores(run) <= level).mean(axis=0)
    return share


def check(trial: Trial) -> Sequence[Check]:
    """Check shares of activities, mean tokens and the distribution of scores."""
    return compared(solved(BOARD), trial)


def compared(theory: Solved, trial: Trial) -> list[Check]:
    """Check a theory against the organisation that ``BOARD`` describes."""
    [done] = runs([office(BOARD)], trial, RECORD)
    off = finite_size(BOARD, theory.fine) / trial.people
    return [
        _compared(statistic, theory, done, off)
        for statistic in statistics(BOARD, theory.fine)
    ]


def _compared(
    statistic: Statistic, theory: Solved, done: Sequence[Run], off: float
) -> Check:
    values = np.array([statistic.simulated(run) for run in done])
    return Check(
        statistic.quantity,
        statistic.unit,
        statistic.theory(theory.fine),
        float(values.mean()),
        _error(values),
        statistic.sensitivity * off + theory.numeric(statistic.theory),
        WHY,
    )


def _error(values: Floats) -> float:
    """Compute the standard error of the mean of (replicates, people).

    It is the larger of two: people of one organisation share its table, so they are not
    quite independent; and few replicates tell their own spread badly.
    """
    between = values.mean(axis=1).std(ddof=1) / math.sqrt(len(values))
    return float(max(between, values.std(ddof=1) / math.sqrt(values.size)))


def converge(trial: Trial) -> list[Gap]:
    """Measure gaps of mean tokens and padding from theory, by size."""
    theory = solved(BOARD)
    chosen = [s for s in statistics(BOARD, theory.fine) if s.quantity in GROWING]
    gaps = []
    for size in (size for size in SIZES if size <= trial.people):
        [done] = runs([office(BOARD)], trial._replace(people=size), RECORD)
        for statistic in chosen:
            away = [
                statistic.simulated(run).mean() - statistic.theory(theory.fine)
                for run in done
            ]
            gap = float(np.sqrt(np.mean(np.square(away))))
            gaps.append(Gap(statistic.quantity, "employees", size, gap, statistic.unit))
    return gaps


RESULT = Result(
    name="leaderboard",
    title="A full-rank leaderboard settles where everybody answers everybody",
    source="Quantal response equilibrium, McKelvey and Palfrey (1995), of many people; "
    "rank value after Gill et al. (2019), F14",
    reduced="people differ only in how much rank matters to them; nothing is learnt, "
    "tasks do not matter, and a weekly board is all there is",
    check=check,
    converge=converge,
)
