"""Many runs: threads over the engine against processes over Mesa objects.

All sides run the same scenario for the same weeks, warm-up included, on all cores:

- *engine*: ``simulate_many`` with a thread for each core;
- *process pool*: ``ProcessPoolExecutor`` over Mesa models;
- *Mesa batch_run*: Mesa's own way, with as many processes.

The scenario is lived by ``mesa_objects`` (all rules) and by ``reduced.on_mesa``. What
starting the processes costs is left out: a long sweep pays it once.
"""

import multiprocessing
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from typing import Any, NamedTuple

import mesa

from benchmarks import mesa_objects
from benchmarks.reduced import on_engine, on_mesa
from benchmarks.reduced.rules import Rules
from experiments import compose
from model import Job, simulate_many
from model.cores import cores
from model.scenario import Scenario
from model.simulation import WARM_UP

CORES = cores()


class AllRules(mesa_objects.Organisation):
    """The model of all rules, for ``batch_run``: it looks a week up by its number."""

    def __init__(self, scenario: Scenario, seed: int | None = None) -> None:
        began = time.time()
        super().__init__(scenario, seed)
        self.datacollector = with_clock(self.datacollector, began)
        for column in self.datacollector.model_vars.values():
            column.extend([None] * WARM_UP)


class ReducedRules(on_mesa.Organisation):
    """The model of the reduced rules, made the way ``batch_run`` makes models."""

    def __init__(self, rules: Rules, employees: int, seed: int | None = None) -> None:
        began = time.time()
        super().__init__(rules, employees, seed or 0)
        self.datacollector = with_clock(self.datacollector, began)


def with_clock(collector: mesa.DataCollector, began: float) -> mesa.DataCollector:
    """A collector that also tells when the run began and what the time is."""
    reporters = {
        "began": lambda model: began,
        "clock": lambda model: time.time(),
    }
    return mesa.DataCollector(model_reporters=collector.model_reporters | reporters)


class Subject(NamedTuple):
    """The same scenario for both sides."""

    rules: str  # reduced, or the name of a scheme under all rules
    scenario: Scenario
    model: type[mesa.Model]
    arguments: dict[str, Any]  # of the Mesa model


def subjects(employees: int, weeks: int) -> list[Subject]:
    """All rules under voluntary use, and the reduced rules."""
    size = f"organisation.employees={employees}"
    voluntary = compose(["scheme=voluntary", size, f"weeks={weeks}"])
    reduced = {"rules": on_engine.rules(WARM_UP), "employees": employees}
    return [
        Subject("voluntary", voluntary, AllRules, {"scenario": voluntary}),
        Subject("reduced", on_engine.scenario(employees, weeks), ReducedRules, reduced),
    ]


def engine(subject: Subject, runs: int) -> float:
    """Seconds of so many runs of the engine, on all cores."""
    jobs = [Job(subject.scenario, 1, replicate) for replicate in range(runs)]
    start = time.perf_counter()
    for _ in simulate_many(jobs, CORES):
        pass
    return time.perf_counter() - start


def whole_run(
    model: type[mesa.Model], arguments: dict[str, Any], seed: int, weeks: int
) -> int:
    """One run of a Mesa model to its horizon; the weeks lived."""
    made = model(**arguments, seed=seed)
    while made.steps < WARM_UP + weeks:
        made.step()
    return int(made.steps)


@contextmanager
def pool() -> Iterator[Callable[[Subject, int], float]]:
    """What times so many runs of Mesa models in a pool of processes already there."""
    # Mesa 3.3 sets the way processes start; spawn is what works everywhere.
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(CORES, mp_context=context) as processes:

        def timed(subject: Subject, runs: int) -> float:
            each = (subject.model, subject.arguments)
            list(processes.map(_here, [each] * (4 * CORES)))
            start = time.perf_counter()
            done = [
                processes.submit(whole_run, *each, seed, subject.scenario.weeks)
                for seed in range(1, runs + 1)
            ]
            for future in done:
                future.result()
            return time.perf_counter() - start

        yield timed


def _here(what: object) -> None:
    """Nothing; by then the process has started and imported what it needs."""
    time.sleep(0.05)


def batch_run(subject: Subject, runs: int) -> float:
    """Seconds of so many runs by Mesa's ``batch_run``, from the first to the last."""
    alone = {name: [value] for name, value in subject.arguments.items()}
    rows = batched(subject.model, alone, runs, WARM_UP + subject.scenario.weeks)
    began, ended = (row["began"] for row in rows), (row["clock"] for row in rows)
    return float(max(ended) - min(began))


def batched(
    model: type[mesa.Model],
    arguments: dict[str, list[Any]],
    runs: int,
    steps: int,
    processes: int = CORES,
) -> list[dict[str, Any]]:
    """What Mesa's ``batch_run`` returns of so many runs of so many steps."""
    rows: list[dict[str, Any]] = mesa.batch_run(
        model,
        arguments | {"seed": list(range(1, runs + 1))},
        number_processes=processes,
        max_steps=steps - 1,  # a model is stepped until its steps are more than this
        display_progress=False,
    )
    return rows
