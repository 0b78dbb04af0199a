"""What the benchmarks share: an organisation to be timed, the machine, a console."""

import hashlib
import os
import platform
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from importlib.metadata import PackageNotFoundError, version
from typing import Any

import numpy as np
from rich.console import Console

from model import week
from model.block import BLOCK
from model.cores import cores
from model.scenario import Scenario
from model.simulation import NO_ACTIVITIES, NO_NOTES, WARM_UP, Simulation

HALF_DAYS = 10
MIDDLE = 26
"""Weeks after which an organisation is in the middle of its run."""


def in_the_middle(scenario: Scenario) -> Simulation:
    """An organisation after half a year."""
    simulation = Simulation(scenario)
    for _ in range(min(MIDDLE, scenario.weeks)):
        simulation.step()
    return simulation


class Kernel:
    """Weeks of an organisation in which only the ten half-days are lived and timed.

    The organisation is taken from the middle of a run; its weeks are numbered on, so
    that every one brings new tasks, but nobody changes and no window is settled.
    """

    def __init__(self, simulation: Simulation, weeks: int) -> None:
        self.simulation = simulation
        first = MIDDLE + WARM_UP
        self.numbers = range(first, first + weeks)
        self.blocks: Any = np.zeros(1, BLOCK)
        self.decisions = len(simulation.staff) * HALF_DAYS * weeks

    def __call__(self) -> None:
        """Let everybody live all the weeks."""
        simulation = self.simulation
        for number in self.numbers:
            week.advance(
                0,
                simulation.regimes.order,
                number,
                simulation.staff,
                *simulation._rules,
                simulation.seed,
                simulation.replicate,
                self.blocks,
                0,
                NO_NOTES,
                NO_ACTIVITIES,
            )


def console(width: int) -> Console:
    """A console that is as wide as the terminal, or as wide as that in a file."""
    return Console(width=None if sys.stdout.isatty() else width)


def versions(packages: Sequence[str]) -> str:
    """Versions of Python and of installed packages."""
    told = [f"Python {platform.python_version()}"]
    for package in packages:
        try:
            told.append(f"{package} {version(package)}")
        except PackageNotFoundError:
            continue
    return ", ".join(told)


def processor() -> str:
    """Name of the processor, where the system tells it."""
    try:
        with open("/proc/cpuinfo", encoding="ascii", errors="replace") as file:
            for line in file:
                if line.startswith("model name"):
                    return line.partition(":")[2].strip()
    except OSError:
        pass
    return platform.processor() or platform.machine()


def load() -> str:
    """How busy the machine is."""
    return "load average " + ", ".join(f"{x:.2f}" for x in os.getloadavg())


def cores_had() -> str:
    """How many cores a busy program gets: on a shared machine less than there are.

    Where it gets hardly more than one, threads and processes cannot show their worth.
    """
    count, buffer = cores(), bytes(2**27)
    wall, worked = time.perf_counter(), time.process_time()
    with ThreadPoolExecutor(count) as pool:
        list(pool.map(hashlib.sha256, [buffer] * 2 * count))
    wall, worked = time.perf_counter() - wall, time.process_time() - worked
    return f"a busy program gets {worked / wall:.1f} of {count} cores"
