"""A trial: the size of the simulation that checks a claim, and its runs."""

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from model import Job, Run, Scenario, simulate_many


def as_given(scenario: Scenario) -> Scenario:
    """Change nothing."""
    return scenario


class Trial(NamedTuple):
    """The size of a check: full in a study, smaller in a test.

    Attributes
    ----------
    people : int
        Employees in each organisation.
    replicates : int
        Organisations with different people and luck; intervals need 2.
    threads : int
        0 takes all cores.
    first : int
        Number of the first replicate, which decides its people and luck.
    changed : function
        What becomes of every scenario before it is simulated: another world, or a
        model that lacks something.
    """

    seed: int
    people: int
    replicates: int
    threads: int = 0
    first: int = 0
    changed: Callable[[Scenario], Scenario] = as_given

    @property
    def numbers(self) -> range:
        """The numbers of its replicates."""
        return range(self.first, self.first + self.replicates)

    def sized(self, scenario: Scenario) -> Scenario:
        """Give a scenario the trial's number of people, and change it."""
        size = scenario.organisation.model_copy(update={"employees": self.people})
        return self.changed(scenario.varied(organisation=size))


def runs(
    scenarios: Sequence[Scenario], trial: Trial, record: Sequence[str] = ()
) -> Iterator[list[Run]]:
    """Simulate all replicates of each scenario; yield a list for each, in order.

    Replicate k has the same people and the same luck in every scenario.
    """
    jobs = (
        Job(scenario, trial.seed, replicate)
        for scenario in map(trial.sized, scenarios)
        for replicate in trial.numbers
    )
    done = simulate_many(jobs, trial.threads, record)
    for _ in scenarios:
        yield [next(done) for _ in trial.numbers]
