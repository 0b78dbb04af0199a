"""What a study costs beside its runs: where its time goes, and when it shows something.

Run ``python benchmarks/study.py`` from the root of the checkout; ``--quick`` makes
small studies. A comparison, with plausible worlds and without, and a sweep are carried
out from the command to the page, each in a process of its own, in turns with the same
runs by ``simulate_many`` alone. Everything is a share of the study's own time, so that
a busy machine hits both sides of a ratio:

- *first table*: when the first table of results is on the screen;
- *plan*: composing schemes and planning runs;
- *engine*: waiting for runs that are under way;
- *store*: keeping parts, merging them, writing the manifest;
- *worlds*: runs in plausible worlds, after those of the world as given;
- *tables*: effects and their intervals, and looks at them on the way;
- *page*: charts and page, as far as the study waits for them;
- *else*: starting Python, imports, loading the model, printing;
- *over bare runs*: the whole study as a multiple of its runs in the world as given.

What plausible worlds cost is said last: time, processor time and peak memory of the
comparison with them, as multiples of those without, in the same turns.
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
from resource import RUSAGE_CHILDREN, RUSAGE_SELF, getrusage
from typing import Any, NamedTuple
from unittest.mock import patch

from rich.console import Console
from rich.segment import Segments
from rich.table import Table

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks.memory import memory  # noqa: E402
from benchmarks.shared import console, cores_had, load  # noqa: E402
from experiments import study as steps  # noqa: E402
from experiments.config.request import ask  # noqa: E402
from experiments.report.publish import publish  # noqa: E402
from experiments.runs import engines, pieces, runner  # noqa: E402
from experiments.store.store import Store  # noqa: E402
from experiments.study import RunsStudy  # noqa: E402
from model import simulate_many  # noqa: E402

SWEEP = "study.levers={quota.penalty: {low: 0, high: 0.3, levels: 5}}"
WITH, WITHOUT = "compare", "compare without worlds"
STUDIES = {
    WITH: ["study=compare"],
    WITHOUT: ["study=compare", "study.worlds=0"],
    "sweep": ["study=sweep", "scheme=monthly_minimum", SWEEP, "study.replicates=64"],
}
SMALL = {
    WITH: ["weeks=52", "study.replicates=16", "study.worlds=20"],
    WITHOUT: ["weeks=52", "study.replicates=16"],
    "sweep": ["weeks=52", "study.replicates=16"],
}
PARTS = ("plan", "engine", "store", "worlds", "tables", "page")
BARE = 56
"""Runs that are done alone, spread evenly over the study."""


class Measured(NamedTuple):
    """Seconds of one study from the start of its process, and peak memory [MiB].

    ``cpu`` is the processor time of the process and of those that draw for it; the
    memory is the process's own.
    """

    total: float
    first_table: float
    parts: Mapping[str, float]
    cpu: float
    memory: float


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
        patch.object(pieces, "fill", clock.timed("worlds", pieces.fill)),
    ):
        study.run(request)
    used = (getrusage(who) for who in (RUSAGE_SELF, RUSAGE_CHILDREN))
    cpu = sum(own.ru_utime + own.ru_stime for own in used)
    total = time.time() - began
    return Measured(total, clock.first_table, clock.seconds, cpu, memory()[1])


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


Row = tuple[Measured, float]
"""A study, and the seconds of its bare runs."""


def rows(studies: Mapping[str, Sequence[str]], repeats: int) -> dict[str, list[Row]]:
    """Measure studies and their bare runs, in turns."""
    found: dict[str, list[Row]] = {name: [] for name in studies}
    apart("bare", studies[WITHOUT])  # compiles the model, if need be
    for _ in range(repeats):
        for name, words in studies.items():
            with tempfile.TemporaryDirectory() as folder:
                whole = Measured(*apart("measure", [*words, f"out={folder}/study"]))
            found[name].append((whole, apart("bare", words)))
    return found


def cells(measured: Sequence[Row]) -> list[str]:
    """The row of a study: medians over its repeats."""
    made = [
        {
            "total": whole.total,
            "CPU": whole.cpu,
            "MiB": whole.memory,
            "first table": whole.first_table / whole.total,
            **{part: whole.parts[part] / whole.total for part in PARTS},
            "else": 1.0 - sum(whole.parts.values()) / whole.total,
            "over bare runs": whole.total / alone,
        }
        for whole, alone in measured
    ]
    forms = {"total": ".1f", "CPU": ".1f", "MiB": ".0f", "over bare runs": ".2f"}
    return [
        format(statistics.median(row[head] for row in made), forms.get(head, ".0%"))
        for head in made[0]
    ]


def price(having: Sequence[Row], lacking: Sequence[Row]) -> str:
    """Say what worlds cost a comparison: medians over turns with and without them."""
    times, cpus, peaks = (
        statistics.median(
            getattr(one, name) / getattr(other, name)
            for (one, _), (other, _) in zip(having, lacking, strict=True)
        )
        for name in ("total", "cpu", "memory")
    )
    return (
        f"With plausible worlds a comparison takes {times:.2f} times the time, "
        f"{cpus:.2f} times the processor time and {peaks:.2f} times the memory."
    )


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
    heads = (
        *("total [s]", "CPU [s]", "MiB", "first table"),
        *(*PARTS, "else", "over bare runs"),
    )
    table.add_column("study")
    for head in heads:
        table.add_column(head, justify="right")
    page = console(130)
    page.print(cores_had())
    asked = {
        name: [*words, *(SMALL[name] if arguments.quick else ())]
        for name, words in STUDIES.items()
    }
    found = rows(asked, arguments.repeats)
    for name, own in found.items():
        table.add_row(name, *cells(own))
    page.print(table)
    page.print(price(found[WITH], found[WITHOUT]))
    page.print(f"{cores_had()}; {load()} at the end")


if __name__ == "__main__":
    main()
