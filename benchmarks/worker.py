"""A process that keeps one organisation in one framework, and does as it is told.

Every line of its input is an order in JSON, every line of its output the answer; the
first line says which versions it runs on, or what is missing. It imports nothing of the
project but ``benchmarks.reduced`` unless it is asked for our engine, so that it also
runs in an interpreter in which only one of the frameworks is installed.
"""

import contextlib
import gc
import importlib
import json
import os
import platform
import sys
import time
import warnings
from collections.abc import Callable, Iterator
from dataclasses import asdict
from importlib.metadata import version
from pathlib import Path
from statistics import fmean
from typing import Any

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks.memory import memory  # noqa: E402
from benchmarks.reduced.rules import Face, Rules  # noqa: E402

PACKAGES = {
    "mesa": ("mesa", "on_mesa"),
    "agentpy": ("agentpy", "on_agentpy"),
    "mesa-frames": ("mesa-frames", "on_frames"),
    "starsim": ("starsim", "on_starsim"),
}
"""Frameworks: the package that is installed, and our module that uses it."""

Make = Callable[[Rules, int, int], Face]


def maker(name: str) -> tuple[Make, str]:
    """What makes an organisation, and the version of what it is made with.

    Names are those of ``PACKAGES``, ``reduced:THREADS`` and ``SCHEME:THREADS``.
    """
    if name in PACKAGES:
        package, module = PACKAGES[name]
        made = importlib.import_module(f"benchmarks.reduced.{module}")
        return made.Organisation, version(package)
    from benchmarks.reduced import on_engine

    rules, threads = name.split(":")
    if rules == "reduced":
        return on_engine.reduced(int(threads)), ""
    return on_engine.full(rules, int(threads)), ""


class Desk:
    """Takes the orders."""

    def __init__(self, make: Make) -> None:
        self.make = make
        self.organisation: Face | None = None

    def rules(self, warm_up: int) -> dict[str, Any]:
        """The numbers of the reduced rules; only our engine knows them."""
        from benchmarks.reduced import on_engine

        return asdict(on_engine.rules(warm_up))

    def warm(self, rules: dict[str, Any]) -> float:
        """Load what is loaded late, compiled code above all; memory in use [MiB]."""
        self.make(Rules(**rules), 16, 1).week()
        gc.collect()
        return memory()[0]

    def build(self, rules: dict[str, Any], employees: int, seed: int) -> float:
        """Seconds to hire everybody."""
        self.organisation = None
        gc.collect()
        start = time.perf_counter()
        self.organisation = self.make(Rules(**rules), employees, seed)
        return time.perf_counter() - start

    def weeks(self, weeks: int) -> float:
        """Seconds of so many weeks."""
        assert self.organisation is not None
        start = time.perf_counter()
        for _ in range(weeks):
            self.organisation.week()
        return time.perf_counter() - start

    def means(
        self, rules: dict[str, Any], employees: int, weeks: int, seeds: list[int]
    ) -> list[list[float]]:
        """Means over weeks under the quota, a row a seed."""
        rows = []
        for seed in seeds:
            organisation = self.make(Rules(**rules), employees, seed)
            # The engine lives its warm-up when it is made.
            skipped = 0 if hasattr(organisation, "simulation") else rules["warm_up"]
            lived = [organisation.week() for _ in range(skipped + weeks)][skipped:]
            rows.append([fmean(column) for column in zip(*lived, strict=True)])
        return rows

    def peak(self) -> float:
        """Most memory that was in use so far [MiB]."""
        return memory()[1]


@contextlib.contextmanager
def answers() -> Iterator[Callable[[object], None]]:
    """Write answers where output went; whatever frameworks print goes to errors."""
    with os.fdopen(os.dup(1), "w", encoding="utf-8") as out:
        os.dup2(2, 1)

        def answer(what: object) -> None:
            print(json.dumps(what), file=out, flush=True)

        yield answer


def main(name: str) -> None:
    """Answer orders until there are no more."""
    warnings.simplefilter("ignore")
    with answers() as answer:
        try:
            make, found = maker(name)
        except ImportError as error:
            answer({"missing": str(error)})
            return
        desk = Desk(make)
        answer({"version": found, "python": platform.python_version()})
        for line in sys.stdin:
            order = json.loads(line)
            answer(getattr(desk, order.pop("do"))(**order))


if __name__ == "__main__":
    main(sys.argv[1])
