"""Observe organisations week by week, for values that runs do not record."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from experiments.runs.trial import Trial
from model import Scenario, Simulation
from model.cores import cores

Seen = TypeVar("Seen")


def watch(
    scenario: Scenario, trial: Trial, observe: Callable[[Simulation], Seen]
) -> list[Seen]:
    """Apply ``observe`` to each replicate, which is warmed up but not yet stepped."""
    sized = trial.sized(scenario)

    def one(replicate: int) -> Seen:
        return observe(Simulation(sized, trial.seed, replicate))

    with ThreadPoolExecutor(trial.threads or cores()) as pool:
        return list(pool.map(one, trial.numbers))
