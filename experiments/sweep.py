"""From a design to the files of a study: only what is missing is simulated."""

import os
import sys
import time
from collections.abc import Callable, Generator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from experiments.design import Design
from experiments.files import explained
from experiments.folder import Identity, going_on, locked, where
from experiments.manifest import is_finished
from experiments.progress import Progress
from experiments.request import Request
from experiments.store import RUNS, WEEKS, Store
from model import Scenario, Workplace
from model.compiled import sources_digest
from model.simulate import Run, simulate, simulate_many
from model.simulation import SLICE, WARM_UP

NOT_RESULTS = ("out", "again", "engine")
"""Keys of a config that change no result."""

Evaluation = Callable[[Store], Sequence[str]]
"""Writes further data files from the merged ones and returns their names."""


@dataclass(frozen=True)
class Done:
    """A finished study and what it took.

    Attributes
    ----------
    runs : int
        Runs carried out now; 0 if the folder was finished before.
    loading : float
        Seconds until the model was compiled or loaded.
    engine : float
        Seconds of wall time in which runs were under way.
    """

    store: Store
    runs: int
    loading: float
    engine: float

    @property
    def folder(self) -> Path:
        """Where the data files are."""
        return self.store.folder

    @property
    def decisions(self) -> int:
        """Half-day decisions that were simulated now, warm-up included."""
        design = self.store.design
        return self.runs * design.employees * (design.weeks + WARM_UP) * 10


def carry_out(request: Request, design: Design, evaluate: Evaluation) -> Done:
    """Simulate what is missing, write all data files and the manifest.

    Raises ``Wrong`` if the folder cannot be used. An interruption ends the program
    with exit code 130; what is finished is kept.
    """
    identity = identify(request, design)
    folder = where(request.out, request.study, identity)
    with locked(folder), explained(folder):
        store = Store(folder, identity, design)
        if is_finished(folder, identity, again=request.again):
            return Done(store, 0, 0.0, 0.0)
        with going_on(folder, len(store.parts)):
            done = _fill(store, request.threads)
            store.merge()
            store.finish([RUNS, WEEKS, *evaluate(store)])
        return done


def identify(request: Request, design: Design) -> Identity:
    """What the results depend on: the config, every scheme in full, the model."""
    config = {k: v for k, v in request.config.items() if k not in NOT_RESULTS}
    schemes = {
        name: scenario.model_dump(mode="json")
        for name, scenario in design.schemes.items()
    }
    return {"config": config, "schemes": schemes, "model": sources_digest()}


def _fill(store: Store, threads: int) -> Done:
    """Simulate the missing parts, in order."""
    design = store.design
    missing = store.missing()
    total = len(design.runs)
    count = sum(len(store.parts[number]) for number in missing)
    if 0 < count < total:
        print(f"Going on after {total - count} of {total} runs.", file=sys.stderr)
    loading = load()
    start = time.perf_counter()
    writing = 0.0
    with (
        Progress(total, total - count) as progress,
        closing(_simulated(store, missing, threads)) as runs,
    ):
        for number in missing:
            part = []
            for _ in store.parts[number]:
                part.append(next(runs))
                progress.advance()
            before = time.perf_counter()
            store.add(number, part)
            writing += time.perf_counter() - before
    return Done(store, count, loading, time.perf_counter() - start - writing)


def load() -> float:
    """Compile or load the model before a clock starts; the seconds that it took."""
    start = time.perf_counter()
    simulate(Scenario(organisation=Workplace(employees=8)))
    return time.perf_counter() - start


def _simulated(
    store: Store, missing: Sequence[int], threads: int
) -> Generator[Run, None, None]:
    """All runs of the missing parts; a large organisation takes all threads."""
    design = store.design
    jobs = (
        design.job(planned) for number in missing for planned in store.parts[number]
    )
    if design.employees >= SLICE:
        for job in jobs:
            yield simulate(*job, threads=threads or os.cpu_count() or 1)
    else:
        yield from simulate_many(jobs, threads)
