"""``study=verify``: check that a finished study's files and runs are unchanged.

All files are hashed again. Then a sample of the runs, drawn by ``seed``, is repeated
and compared with the stored runs, number by number, exactly.

The exit code is 0 if everything is the same, 1 if anything differs, and 2 if nothing
can be said: the folder is no finished study, or the model has another version.
"""

import io
import sys
import time
import traceback
from collections.abc import Iterator, Sequence
from contextlib import closing

import numpy as np
import pyarrow as pa
from rich.console import Console

from experiments.config.request import Request
from experiments.config.settings import VerifySettings
from experiments.designs.design import Planned, at
from experiments.errors import UserError
from experiments.runs import engines
from experiments.store import dataset
from experiments.store.files import explained
from experiments.store.finished import Finished
from experiments.store.manifest import commit, versions
from experiments.store.store import RUNS, WEEKS
from experiments.words.screen import console, say
from model.compiled import sources_digest
from model.simulate import simulate

MOST = 5
"""Most differences that are printed."""


def run(request: Request) -> None:
    """Check the folder and print what differs; see above for the exit code."""
    settings = request.settings_as(VerifySettings)
    if request.path is None:
        raise TypeError("study=verify needs a path")
    start = time.perf_counter()
    screen = console()
    with explained(request.path):
        finished = Finished(request.path)
        wrong = list(finished.changed())
        _say_files(screen, finished, wrong)
        if settings.scheme is not None:
            run_ = Planned(settings.scheme, settings.point, settings.replicate)
            _check_repeatable(finished)
            _repeat(finished, run_)
            rows = [finished.place(run_)]
        elif wrong or not finished.has_runs or not settings.sample:
            rows = []
        else:
            _check_repeatable(finished)
            rows = sample(finished.count(), settings.sample, request.seed)
        differ = list(_differences(request, finished, rows))
    _say_runs(screen, finished, rows, differ)
    say(screen, f"Total: {time.perf_counter() - start:.1f} s.")
    if wrong or differ:
        sys.exit(1)


def sample(total: int, size: int, seed: int) -> list[int]:
    """Draw which of ``total`` runs to repeat, in order."""
    drawn = np.random.default_rng(seed).choice(total, min(size, total), replace=False)
    return sorted(drawn.tolist())


def _say_files(screen: Console, finished: Finished, wrong: Sequence[str]) -> None:
    names = list(finished.manifest["files"])
    for text in wrong:
        say(screen, text, style="bold")
    if not wrong:
        say(screen, f"Files: {', '.join(names)} in {finished.folder} are as they were.")


def _check_repeatable(finished: Finished) -> None:
    if not finished.has_runs:
        raise UserError(
            f"the runs of {finished.folder} are not stored one by one, so that none "
            "can be repeated alone."
        )
    if finished.manifest["model"] != sources_digest():
        raise UserError(
            f"{finished.folder} was made by another version of the model (commit "
            f"{finished.manifest.get('commit')}; here {commit()}), so that its runs "
            "cannot be compared. study.sample=0 checks its files alone."
        )


def _repeat(finished: Finished, run_: Planned) -> None:
    """Repeat one run in this process, so that a failure shows where it happened."""
    batch = finished.batch(finished.place(run_))
    try:
        scenario = at(batch.schemes[run_.scheme], batch.levels[run_.point])
        simulate(scenario, batch.seed, run_.replicate)
    except Exception:
        traceback.print_exc()
        sys.exit(1)


def _differences(
    request: Request, finished: Finished, rows: Sequence[int]
) -> Iterator[str]:
    """Describe in words what differs in the repeated runs."""
    batches = (finished.batch(row) for row in rows)
    with closing(engines.parts(batches, request.engine)) as parts:
        for part in parts:
            weekly = dataset.read(io.BytesIO(part.content))
            batch = finished.batch(part.number)
            [key] = batch.runs
            where = f"{key.scheme}, point {key.point}, replicate {key.replicate}"
            pairs = (
                (WEEKS, finished.weeks_of(part.number), weekly),
                (RUNS, finished.run(part.number), finished.row_of(batch, weekly)),
            )
            for name, stored, now in pairs:
                if text := _first_difference(stored, now):
                    yield f"{name}, {where}: {text}"


def _first_difference(stored: pa.Table, now: pa.Table) -> str:
    if stored.column_names != now.column_names:
        return "the columns are not the same"
    for name in stored.column_names:
        values = stored.column(name).to_pylist(), now.column(name).to_pylist()
        for row, (there, here) in enumerate(zip(*values, strict=True)):
            if there != here:
                week = f" in week {row}" if len(stored) > 1 else ""
                return f"{name}{week} is {there!r} there and {here!r} now"
    return ""


def _say_runs(
    screen: Console, finished: Finished, rows: Sequence[int], differ: Sequence[str]
) -> None:
    if not finished.has_runs:
        say(screen, "Its runs are not stored one by one: there is none to repeat.")
    elif rows and not differ:
        say(
            screen,
            f"Runs: {len(rows)} of {finished.count():,} were done again; every number "
            "is the same to the last bit.",
        )
    elif rows:
        say(screen, f"Runs: {len(rows)} were done again; not all are the same.")
        for text in differ[:MOST]:
            say(screen, text, 2, style="bold")
        if len(differ) > MOST:
            say(screen, f"and {len(differ) - MOST} more.", 2)
        made, here = finished.manifest["versions"], _versions(finished)
        if made != here:
            say(screen, f"Versions are {made} there and {here} here.", 2)


def _versions(finished: Finished) -> dict[str, str | None]:
    return versions(
        [name for name in finished.manifest["versions"] if name != "python"]
    )
