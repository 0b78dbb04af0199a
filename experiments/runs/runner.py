"""The runner: from a design to the files of a study, simulating missing runs alone."""

import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from experiments.config.command import NOT_RESULTS, command
from experiments.config.request import Request
from experiments.config.settings import Engine
from experiments.designs.design import Design
from experiments.errors import UserError
from experiments.runs import engines, pieces
from experiments.runs.early import Early, Look
from experiments.runs.progress import Progress
from experiments.store.files import explained
from experiments.store.folder import Identity, folder_of, interruptible, locked
from experiments.store.manifest import is_finished
from experiments.store.sources import digest
from experiments.store.store import FAILED, Evaluation, Growth, Store
from experiments.words.screen import console
from model import Scenario, Workplace
from model.compiled import sources_digest
from model.simulate import simulate
from model.simulation import WARM_UP

STORE = "experiments.store.store"
"""The module that writes all runs into their files."""


@dataclass(frozen=True)
class FinishedRuns:
    """A finished study of runs, and the time that it took.

    Attributes
    ----------
    runs : int
        Runs carried out now; 0 if the folder was finished before.
    loading : float
        Seconds to compile or load the model.
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
        """Half-day decisions simulated now, warm-up included."""
        design = self.store.design
        return self.runs * design.employees * (design.weeks + WARM_UP) * 10


def carry_out(
    request: Request,
    design: Design,
    evaluate: Evaluation,
    grow: Growth | None = None,
    modules: Sequence[str] = (),
    look: Look | None = None,
    beside: Mapping[str, Callable[[], pieces.Content]] | None = None,
) -> FinishedRuns:
    """Simulate the missing runs, write all data files and the manifest.

    ``modules`` are the dotted names of the modules that make the design and evaluate
    its runs; ``look`` shows on the way what the centre says. The pieces ``beside`` the
    runs are computed after them, for ``Store.pieces``. Raises ``UserError`` if
    the folder cannot be used, or the engine is lost. An interruption ends the program
    with exit code 130; finished parts are kept.
    """
    identity = identify(request, design, modules)
    folder = folder_of(request.out, request.study, identity)
    with locked(folder), explained(folder):
        store = Store(folder, identity, design)
        if is_finished(folder, identity, again=request.again):
            store.merged = True
            while _grown(store, grow):
                pass
            done = FinishedRuns(store, 0, 0.0, 0.0)
        else:
            beside = beside or {}
            with interruptible(folder, lambda: len(store) + len(beside)):
                done = _all(store, request.engine, grow, look)
                if look and pieces.missing(folder, beside):
                    look(console(sys.stderr), store, design.points[0].replicates)
                pieces.fill(folder, beside)
                store.pieces = pieces.kept(folder, beside)
                files = store.merge()
                store.finish([*files, *evaluate(store)], command(request))
        _say_failed(folder)
        return done


def identify(request: Request, design: Design, modules: Sequence[str]) -> Identity:
    """Collect what the results depend on: config, full schemes, model and sources."""
    config = {k: v for k, v in request.config.items() if k not in NOT_RESULTS}
    schemes = {
        name: scenario.model_dump(mode="json")
        for name, scenario in design.schemes.items()
    }
    return {
        "config": config,
        "schemes": schemes,
        "model": sources_digest(),
        "sources": digest([*modules, STORE], by_value=True),
    }


def load() -> float:
    """Compile or load the model before a clock starts; return the seconds it took."""
    start = time.perf_counter()
    simulate(Scenario(organisation=Workplace(employees=8)))
    return time.perf_counter() - start


def _all(
    store: Store, engine: Engine, grow: Growth | None, look: Look | None
) -> FinishedRuns:
    """Carry out stage after stage, until the study is large enough."""
    loading = load()
    runs, seconds = _fill(store, engine, look)
    while _grown(store, grow):
        more, longer = _fill(store, engine)
        runs, seconds = runs + more, seconds + longer
    return FinishedRuns(store, runs, loading, seconds)


def _grown(store: Store, grow: Growth | None) -> bool:
    """Begin a further stage if the study needs one."""
    larger = grow(store) if grow else None
    if larger is None:
        return False
    store.grow(larger)
    return True


def _fill(store: Store, engine: Engine, look: Look | None = None) -> tuple[int, float]:
    """Carry out the missing parts of a stage; return their runs and seconds."""
    stage, missing = store.stage, store.missing()
    total = stage.runs
    count = sum(map(stage.size, missing))
    if 0 < count < total:
        print(f"Going on after {total - count} of {total} runs.", file=sys.stderr)
    if not missing:
        return 0, 0.0
    start = time.perf_counter()
    batches = (store.batch(number) for number in missing)
    with (
        Progress(total, total - count) as progress,
        closing(engines.parts(batches, engine)) as parts,
        _enough_memory(store.design),
    ):
        early = Early(progress.console, store, missing, look) if look else None
        for part in parts:
            store.add(part.number, part.content)
            progress.advance(part.runs)
            if early:
                early.add(part.number)
    return count, time.perf_counter() - start


@contextmanager
def _enough_memory(design: Design) -> Iterator[None]:
    try:
        yield
    except MemoryError:
        raise UserError(
            f"there is too little memory for {design.employees:,} people at a time on "
            "each thread (engine.threads). What is finished is kept; the same command "
            "goes on from there."
        ) from None


def _say_failed(folder: Path) -> None:
    """Tell the user how many runs failed, if any."""
    path = folder / FAILED.name
    if path.exists():
        with path.open("rb") as file:
            count = sum(1 for _ in file) - 1
        print(
            f"{count:,} {'run' if count == 1 else 'runs'} failed and "
            f"{'is a row' if count == 1 else 'are rows'} without outcomes; {path} says "
            "why, and how to repeat them.",
            file=sys.stderr,
        )
