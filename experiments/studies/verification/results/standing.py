"""Standings by definition beside the table that the simulation publishes."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from experiments.runs.trial import Trial
from experiments.statistics.check import Check, Result
from experiments.studies.verification.reduced import frozen
from model import Leaderboard, Simulation
from model.block import BLOCK, LANES
from model.choice import stand
from model.incentive import Scope
from model.outlook import MANUAL
from model.scenario import ROW
from model.settlement import TALLY, enter_rate, publish_table
from model.theory.standing import Floats, standings
from model.week import arrive, seat

LEVELS = np.array([0.0, 0.02, 0.1, 0.4])
"""Rates that lie in cells of their own [reference weeks per half-day]."""
SIZES = (2, 3, 7, 40)
SPREADS = (0.0, 0.03)
"""Uncertainties of the own rate at which no node shares a cell with a level."""


def check(trial: Trial) -> Sequence[Check]:
    """Check standings in organisations of several sizes, with many ties.

    The rates are a fixed pattern of the levels: nothing is random, and simulation and
    theory must be equal.
    """
    checks = []
    for people in SIZES:
        rates = LEVELS[np.arange(people) ** 2 % len(LEVELS)]
        for spread in SPREADS:
            theory, simulated = (
                standings(rates, spread),
                published(rates, spread, trial),
            )
            where = f"{people} people, own rate uncertain by {spread:g}"
            largest = float(np.abs(simulated - theory).max())
            checks += [
                Check(
                    f"mean standing; {where}",
                    "-",
                    float(theory.mean()),
                    float(simulated.mean()),
                    0.0,
                ),
                Check(f"largest difference; {where}", "-", 0.0, largest, 0.0),
            ]
    return checks


def published(rates: Floats, spread: float, trial: Trial) -> Floats:
    """Compute standings as people read them off the table of these rates, (n,)."""
    scenario = frozen(
        leaderboard=Leaderboard(status=0.1, scope=Scope.ORGANISATION),
        organisation={"employees": len(rates)},
    )
    simulation = Simulation(scenario, trial.seed)
    row, staff = ROW.leaderboard, simulation.staff
    counting, board, people = simulation._counting, simulation.published, len(rates)
    per_half_day = counting["per_half_day"][row]
    scores = rates / per_half_day
    staff["rate"][:, row] = scores * per_half_day
    tallies: Any = np.zeros(1, TALLY)
    for e in staff:
        enter_rate(row, e, counting, tallies[0])
    publish_table(row, board, tallies)
    rules = counting, board, simulation._share, simulation._row
    members, values = simulation.regimes.order, []
    for first in range(0, people, LANES):
        block = np.zeros(1, BLOCK)[0]
        seat(block, members, first)
        arrive(block, staff, *rules)
        own = scores[first : first + LANES]
        block["score"][MANUAL, : len(own)] = own
        block["sigma"][:] = spread / per_half_day
        stand(row, block, counting, board)
        values.append(block["standing"][MANUAL, : len(own)])
    return np.concatenate(values)


RESULT = Result(
    name="standing",
    title="A standing leaves oneself out and counts ties half",
    source="Mid-ranks; the model's definition of a standing",
    reduced="Rates are set by hand, many of them equal; nobody chooses anything.",
    check=check,
)
