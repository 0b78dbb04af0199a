"""What the first start of a version costs: everything compiled from an empty cache.

    python benchmarks/compile.py [--before HEAD~1] [--repeats 3]

Starts the working tree and a commit before it in turns, each time with a cache of its
own that is empty, and once more with the cache that is then warm. Prints CPU time and
wall time until the first run of eight people is over, and the ratios of the medians.
Reads processor time of the processes started, so it needs Linux or macOS.
"""

import argparse
import os
import resource
import statistics
import subprocess
import sys
import tarfile
import tempfile
import time
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from rich.table import Table  # noqa: E402

from benchmarks.shared import console, load, versions  # noqa: E402

PROGRAM = """
from model import Scenario, Workplace, simulate
simulate(Scenario(organisation=Workplace(employees=8)))
"""


class Start(NamedTuple):
    """What it took until the first run was over [s]."""

    cpu: float
    wall: float


def started(tree: Path, cache: str) -> Start:
    """Start a tree with a cache, and wait for its first run."""
    settings = {"XDG_CACHE_HOME": cache, "PYTHONPATH": str(tree)}
    before, wall = _used(), time.perf_counter()
    subprocess.run(
        [sys.executable, "-c", PROGRAM],
        cwd=tree,
        env=os.environ | settings,
        stderr=subprocess.DEVNULL,
        check=True,
    )
    return Start(_used() - before, time.perf_counter() - wall)


def _used() -> float:
    """Processor time of all processes that this one started and that are over [s]."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def model_of(commit: str, folder: Path) -> Path:
    """Put the model of a commit into a folder; end if git does not know it."""
    packed = subprocess.run(
        ["git", "archive", commit, "model"], cwd=ROOT, capture_output=True, check=False
    )
    if packed.returncode:
        raise SystemExit(
            f"--before is {commit!r}, which git does not know; choose a commit, "
            "such as HEAD~1"
        )
    with tarfile.open(fileobj=BytesIO(packed.stdout)) as archive:
        archive.extractall(folder, filter="data")
    return folder


def main() -> None:
    """Start both in turns and print one table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--before", default="HEAD~1")
    parser.add_argument("--repeats", type=int, default=3)
    arguments = parser.parse_args()
    page = console(100)
    page.print(f"{versions(('numba', 'llvmlite'))}; {load()} at the start")

    cold: dict[str, list[Start]] = {"before": [], "now": []}
    warm: dict[str, list[Start]] = {"before": [], "now": []}
    with tempfile.TemporaryDirectory() as folder:
        trees = {"before": model_of(arguments.before, Path(folder)), "now": ROOT}
        for _ in range(arguments.repeats):
            for name, tree in trees.items():
                with tempfile.TemporaryDirectory() as cache:
                    cold[name].append(started(tree, cache))
                    warm[name].append(started(tree, cache))

    table = Table(title=f"First start, {arguments.before} and the working tree")
    table.add_column("what")
    for heading in ("before [s]", "now [s]", "now / before"):
        table.add_column(heading, justify="right")
    for what, starts in (("empty cache", cold), ("warm cache", warm)):
        for field in Start._fields:
            before, now = (
                statistics.median(getattr(start, field) for start in starts[name])
                for name in ("before", "now")
            )
            row = f"{before:.2f}", f"{now:.2f}", f"{now / before:.2f}"
            table.add_row(f"{what}, {field}", *row)
    page.print(table)
    page.print(f"{load()} at the end")


if __name__ == "__main__":
    main()
