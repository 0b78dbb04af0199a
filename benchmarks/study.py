"""What a study costs beside its runs: where its time goes, and when it shows something.

Run ``python benchmarks/study.py`` from the root of the checkout; ``--quick`` makes
small studies. A comparison and a sweep are carried out from the command to the page,
each in a process of its own, in turns with the same runs by ``simulate_many`` alone.
Everything is a share of the study's own time, so that a busy machine hits both sides of
a ratio:

- *first table*: when the first table of results is on the screen;
- *plan*: composing schemes and planning runs;
- *engine*: waiting for runs that are under way;
- *store*: keeping parts, merging them, writing the manifest;
- *tables*: effects and their intervals, and looks at them on the way;
- *page*: charts and page, as far as the study waits for them;
- *else*: starting Python, imports, loading the model, printing;
- *over bare runs*: the whole study as a multiple of its runs alone.
"""

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import wraps
from importlib import import_module
from pathlib import Path
from typing import Any, NamedTuple
from unittest.mock import patch

from rich.console import Console
from rich.segment import Segments
from rich.table import Table

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks.shared import console, cores_had, load  # noqa: E402
from experiments import study as steps  # noqa: E402
from experiments.config.request import ask  # noqa: E402
from experiments.report.publish import publish  # noqa: E402
from experiments.runs import engines, runner  # noqa: E402
from experiments.store.store import Store  # noqa: E402
from experiments.study import RunsStudy  # noqa: E402
from model import simulate_many  # noqa: E402

SWEEP = "study.levers={quota.penalty: {low: 0, high: 0.3, levels: 5}}"
STUDIES = {
    "compare": ["study=compare"],
    "sweep": ["study=sweep", "scheme=monthly_minimum", SWEEP, "study.replicates=64"],
}
SMALL = {
    "compare": ["weeks=52", "study.replicates=16", "study.worlds=20"],
    "sweep": ["weeks=52", "study.replicates=16"],
}
PARTS = ("plan", "engine", "store", "tables", "page")
BARE = 56
"""Runs that are done alone, spread evenly over the study."""


class Measured(NamedTuple):
    """Seconds of one study, from the start of its process."""

    total: float
    first_table: float
    parts: Mapping[str, float]


class Clock:
    """Seconds by part of a study; what is called within a part counts for itself."""

    def __init__(self) -> None:
        self.seconds = dict.fromkeys(PARTS, 0.0)
        self.first_table = 0.0
        self._at: list[str] = []
        self._since = 0.0

    def timed(self, part: str, function: Callable[..., Any]) -> Callable[..., Any]:
        """The same function, whose time is counted."""

        @wraps(function)
        def call(*args: Any, **kwargs: Any) -> Any:
            with self.within(part):
                return function(*args, **kwargs)

        return call

    def waiting(self, function: Callable[..., Any]) -> Callable[..., Any]:
        """The same generator function; the time until each item counts as engine."""

        def call(*args: Any) -> Iterator[Any]:
            items = function(*args)
            try:
                while True:
                    with self.within("engine"):
                        item = next(items, None)
                    if item is None:
                        return
                    yield item
            finally:
                items.close()

        return call

    @contextmanager
    def within(self, part: str) -> Iterator[None]:
        """Count what follows as this part, and no longer as the one around it."""
        self._turn()
        self._at.append(part)
        try:
            yield
        finally:
            self._turn()
            self._at.pop()

    def _turn(self) -> None:
        now = time.perf_counter()
        if self._at:
            self.seconds[self._at[-1]] += now - self._since
        self._since = now


def measure(words: Sequence[str], began: float) -> Measured:
    """Carry out a study in this process, which began at a time of ``time.time``."""
    clock, show = Clock(), Console.print

    def shown(screen: Console, *things: Any, **options: Any) -> None:
        show(screen, *things, **options)
        # Tables come as segments: experiments.words.screen fits them to the terminal.
        if any(isinstance(thing, Segments) for thing in things):
            clock.first_table = clock.first_table or time.time() - began

    with clock.within("plan"):
        request = ask(words)
    study: RunsStudy[Any] = import_module(f"experiments.studies.{request.study}").STUDY
    study = replace(
        study,
        plan=clock.timed("plan", study.plan),
        tables=clock.timed("tables", study.tables),
        look=clock.timed("tables", study.look) if study.look else None,
    )
    with (
        patch.object(Console, "print", shown),
        patch.object(engines, "parts", clock.waiting(engines.parts)),
        patch.object(steps, "publish", clock.timed("page", publish)),
        patch.object(Store, "missing", clock.timed("store", Store.missing)),
        patch.object(Store, "add", clock.timed("store", Store.add)),
        patch.object(Store, "merge", clock.timed("store", Store.merge)),
        patch.object(Store, "finish", clock.timed("store", Store.finish)),
    ):
        study.run(request)
    return Measured(time.time() - began, clock.first_table, clock.seconds)


def bare(words: Sequence[str]) -> float:
    """Seconds that the runs of a study take alone, worked out from a sample of them."""
    request = ask(words)
    study = import_module(f"experiments.studies.{request.study}").STUDY
    design = study.plan(request).design
    runner.load()
    sample = design.runs[:: max(1, len(design.runs) // BARE)]
    start = time.perf_counter()
    for _ in simulate_many([design.job(run) for run in sample], request.threads):
        pass
    return (time.perf_counter() - start) / len(sample) * len(design.runs)


def apart(what: str, words: Sequence[str]) -> Any:
    """What ``measure`` or ``bare`` gives in a new process."""
    call = [sys.executable, __file__, "--apart", what, str(time.time()), *words]
    done = subprocess.run(call, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise RuntimeError(done.stderr)
    return json.loads(done.stdout.splitlines()[-1])


def rows(words: Sequence[str], repeats: int) -> Iterator[tuple[Measured, float]]:
    """Measure a study and its bare runs, in turns."""
    apart("bare", words)  # compiles the model, if need be
    for _ in range(repeats):
        with tempfile.TemporaryDirectory() as folder:
            whole = Measured(*apart("measure", [*words, f"out={folder}/study"]))
        yield whole, apart("bare", words)


def cells(measured: Sequence[tuple[Measured, float]]) -> list[str]:
    """The row of a study: medians over its repeats."""
    made = [
        {
            "total": whole.total,
            "first table": whole.first_table / whole.total,
            **{part: whole.parts[part] / whole.total for part in PARTS},
            "else": 1.0 - sum(whole.parts.values()) / whole.total,
            "over bare runs": whole.total / alone,
        }
        for whole, alone in measured
    ]
    forms = {"total": ".1f", "over bare runs": ".2f"}
    return [
        format(statistics.median(row[head] for row in made), forms.get(head, ".0%"))
        for head in made[0]
    ]


def main() -> None:
    """Measure all studies and print one table."""
    if sys.argv[1:2] == ["--apart"]:
        what, began, *words = sys.argv[2:]
        result = measure(words, float(began)) if what == "measure" else bare(words)
        print(json.dumps(result))
        return
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--repeats", type=int, default=3)
    arguments = parser.parse_args()

    table = Table(title="Studies from end to end, shares of their own time")
    heads = ("total [s]", "first table", *PARTS, "else", "over bare runs")
    table.add_column("study")
    for head in heads:
        table.add_column(head, justify="right")
    page = console(110)
    page.print(cores_had())
    for name, words in STUDIES.items():
        asked = [*words, *(SMALL[name] if arguments.quick else ())]
        table.add_row(name, *cells(list(rows(asked, arguments.repeats))))
    page.print(table)
    page.print(f"{cores_had()}; {load()} at the end")


if __name__ == "__main__":
    main()
