"""A trial: the size of the simulation that checks a claim, and its runs."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from model import Job, Run, Scenario, simulate_many


class Trial(NamedTuple):
    """The size of a check: full in a study, smaller in a test.

    Attributes
    ----------
    people : int
        Employees in each organisation.
    replicates : int
        Organisations with different people and luck, at least 2.
    threads : int
        0 takes all cores.
    """

    seed: int
    people: int
    replicates: int
    threads: int = 0


def runs(
    scenarios: Sequence[Scenario], trial: Trial, record: Sequence[str] = ()
) -> Iterator[list[Run]]:
    """Simulate all replicates of each scenario; yield a list for each, in order.

    Each scenario gets the trial's number of employees. Replicate k has the same people
    and the same luck in every scenario.
    """
    sized = [
        scenario.varied(
            organisation=scenario.organisation.model_copy(
                update={"employees": trial.people}
            )
        )
        for scenario in scenarios
    ]
    jobs = (
        Job(scenario, trial.seed, replicate)
        for scenario in sized
        for replicate in range(trial.replicates)
    )
    done = simulate_many(jobs, trial.threads, record)
    for _ in sized:
        yield [next(done) for _ in range(trial.replicates)]
