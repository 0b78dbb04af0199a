"""The engine beside plain Mesa objects, AgentPy, mesa-frames and Starsim.

Run ``python benchmarks/compare.py`` from the root of the checkout (about eight minutes;
``--quick`` less than one). It prints, and keeps in ``build/benchmarks/``:

1. whether all frameworks live the same model (``equality``);
2. half-day decisions a second, time to hire and peak memory, from a thousand to a
   million employees (``decisions``);
3. runs a second of a sweep (``sweeps``);
4. one organisation of a million employees over a year (``million``);
5. how the engine's cost grows with weeks and runs (``growth``), as a chart with 2.

A framework that is not installed is named in the tables. One that needs another
interpreter is given it: ``--python mesa-frames=/path/to/python``. ``--keep`` also
stores the figures and the tables of ``docs/benchmarks.md``.
"""

import argparse
import json
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks import decisions, equality, growth, page, sweeps, tables  # noqa: E402
from benchmarks.chart import draw  # noqa: E402
from benchmarks.figure import Figure, spread, to_csv  # noqa: E402
from benchmarks.processes import Worker  # noqa: E402
from benchmarks.shared import (  # noqa: E402
    console,
    cores_had,
    load,
    processor,
    versions,
)
from model.cores import cores  # noqa: E402

CORES = cores()
PACKAGES = ("numba", "numpy", "mesa", "agentpy", "starsim", "mesa-frames", "polars")


class Extent(NamedTuple):
    """How much is measured."""

    check: equality.Sizes
    sizes: tuple[int, ...]
    repeats: int
    cap: float  # s that a framework may take at one size
    sweep: tuple[int, int]  # employees, weeks
    subjects: int  # how many of the scenarios of ``sweeps``
    sweep_runs: tuple[int, int]  # of the engine, of Mesa
    sweep_repeats: int
    large: tuple[int, int, int]  # small and large organisation, weeks
    weeks: tuple[int, ...]
    runs: tuple[int, ...]


FULL = Extent(
    check=equality.FULL,
    sizes=(1_000, 10_000, 100_000, 1_000_000),
    repeats=5,
    cap=25.0,
    sweep=(500, 104),
    subjects=2,
    sweep_runs=(60, 2 * CORES),
    sweep_repeats=2,
    large=(10_000, 1_000_000, 52),
    weeks=(4, 13, 52, 104, 208, 416),
    runs=(2, 8, 32, 128),
)
QUICK = Extent(
    check=equality.QUICK,
    sizes=(300, 3_000),
    repeats=3,
    cap=1.5,
    sweep=(100, 26),
    subjects=1,
    sweep_runs=(20, CORES),
    sweep_repeats=1,
    large=(3_000, 30_000, 8),
    weeks=(4, 13, 52),
    runs=(2, 8, 32),
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure everything and print it; 1 if the frameworks differ in what they live."""
    chosen = parsed(arguments)
    extent = QUICK if chosen.quick else FULL
    pythons = {name: sys.executable for name in ("", *_names())}
    pythons |= dict(pair.split("=", 1) for pair in chosen.python)
    paper = console(150)
    machine = f"{processor()}; {versions(PACKAGES)}; {cores_had()}"
    paper.print(f"{machine}; {load()} at the start", highlight=False)
    begun = time.perf_counter()

    present, missing = found(pythons)
    rules = present["this engine"].ask("rules", warm_up=12)
    compared = equality.check(present, rules, extent.check)
    figures = equality.figures(compared, extent.check)
    paper.print(tables.check(compared, extent.check, missing))
    for worker in present.values():
        worker.close()

    chosen_ones = [
        one
        for one in decisions.contestants(CORES)
        if one.package == "" or one.what in present
    ]
    entries = decisions.measure(
        chosen_ones,
        extent.sizes,
        extent.repeats,
        extent.cap,
        pythons,
        rules | {"warm_up": 0},
    )
    figures += decisions.figures(entries)
    figures += absent(missing)
    paper.print(tables.decisions(figures, extent.cap))

    figures += swept(extent, sweeps.subjects(*extent.sweep)[: extent.subjects])
    paper.print(tables.sweeps(figures))
    figures += large(*extent.large, repeats=2 if chosen.quick else 3)
    paper.print(tables.large(figures))
    figures += growth.by_weeks(extent.weeks, 3)
    figures += growth.by_runs(extent.runs, 52, CORES, 2)
    paper.print(tables.growth(figures))

    folder = ROOT / "build" / "benchmarks"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "benchmarks.csv").write_text(to_csv(figures), encoding="utf-8")
    chart, _ = draw(figures, folder)
    if chosen.keep:
        page.keep(figures, machine, chart)
    minutes = (time.perf_counter() - begun) / 60
    paper.print(f"{minutes:.1f} minutes; {cores_had()}, {load()} at the end")
    paper.print(f"kept in {folder}")
    return 0 if all(one.equal for one in compared) else 1


def parsed(arguments: Sequence[str] | None) -> argparse.Namespace:
    """What was asked for."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="small sizes, no verdict")
    parser.add_argument("--keep", action="store_true", help="store docs/benchmarks.md")
    parser.add_argument(
        "--python",
        action="append",
        default=[],
        metavar="FRAMEWORK=PATH",
        help="interpreter in which a framework is installed: " + ", ".join(_names()),
    )
    chosen = parser.parse_args(arguments)
    for pair in chosen.python:
        if pair.partition("=")[0] not in _names() or "=" not in pair:
            parser.error(f"--python is {pair}; give FRAMEWORK=PATH")
    return chosen


def _names() -> list[str]:
    """Names of the workers."""
    return [one.worker for one in decisions.contestants(CORES)]


def found(pythons: dict[str, str]) -> tuple[dict[str, Worker], dict[str, str]]:
    """Workers of what is installed, our engine first, and why others are not."""
    workers = {"this engine": Worker("reduced:1")}
    for one in decisions.contestants(CORES):
        if one.package:
            workers[one.what] = Worker(one.worker, pythons[one.worker])
    missing = {}
    for name, worker in list(workers.items()):
        if reason := worker.greet():
            missing[name] = reason
            workers.pop(name).close()
    return workers, missing


def absent(missing: dict[str, str]) -> list[Figure]:
    """A line for each framework that could not be measured."""
    return [
        Figure(
            "decisions",
            name,
            "reduced",
            0,
            0,
            0,
            0,
            "decisions",
            "1/s",
            float("nan"),
            float("nan"),
            float("nan"),
            0,
            f"not installed: {reason}",
        )
        for name, reason in missing.items()
    ]


def swept(extent: Extent, subjects: Sequence[sweeps.Subject]) -> list[Figure]:
    """Runs a second of a sweep, all sides in turns, and how long 10,000 runs take."""
    employees, weeks = extent.sweep
    ours, theirs = extent.sweep_runs
    made = []
    with sweeps.pool() as pooled:
        sides = {
            "this engine": (sweeps.engine, ours),
            "process pool over Mesa": (pooled, theirs),
            "Mesa batch_run": (sweeps.batch_run, theirs),
        }
        for subject in subjects:
            sweeps.engine(subject, CORES)  # compiled code is loaded
            rates: dict[str, list[float]] = {name: [] for name in sides}
            for _ in range(extent.sweep_repeats):
                for name, (side, runs) in sides.items():
                    rates[name].append(runs / side(subject, runs))
            for name, (_, runs) in sides.items():
                middle, low, high, repeats = spread(rates[name])
                where = ("sweep", name, subject.rules, CORES, employees, weeks)
                sample = f"from {runs} runs"
                made.append(
                    Figure(
                        *where, runs, "runs", "1/s", middle, low, high, repeats, sample
                    )
                )
                usual, least, most = (10_000 / r / 3600 for r in (middle, high, low))
                times = (usual, least, most, repeats, f"extrapolated {sample}")
                made.append(Figure(*where, 10_000, "time", "h", *times))
    return made


def large(small: int, many: int, weeks: int, repeats: int) -> list[Figure]:
    """A large organisation and a small one, in turns, each in a process of its own."""
    script = str(ROOT / "benchmarks" / "million.py")
    told: dict[int, list[dict[str, float]]] = {small: [], many: []}
    for number in range(repeats):
        for employees in (small, many):
            if employees == many and number > 0 and repeats > 2:
                continue  # the large one is measured between two small ones
            command = [sys.executable, script, str(employees), str(weeks), str(CORES)]
            done = subprocess.run(command, check=True, stdout=subprocess.PIPE)
            told[employees].append(json.loads(done.stdout))
    made = []
    each = {}
    for employees, runs in told.items():
        lived = employees * (weeks + 12)
        totals = [run["total"] for run in runs]
        each[employees] = [total / lived * 1e6 for total in totals]
        where = ("large", "this engine", "default", CORES, employees, weeks, 1)
        for quantity, unit, values in (
            ("time", "s", totals),
            ("peak memory", "MiB", [run["peak"] for run in runs]),
            ("time an employee-week", "µs", each[employees]),
        ):
            made.append(Figure(*where, quantity, unit, *spread(values), "measured"))
    ratio = spread(each[many])[0] / spread(each[small])[0]
    where = ("large", "this engine", "default", CORES, many, weeks, 1)
    unit = f"of {small:,}"
    made.append(Figure(*where, "ratio", unit, ratio, ratio, ratio, 1, "measured"))
    return made


if __name__ == "__main__":
    sys.exit(main())
