"""What each incentive costs: the compiled week with one incentive on at a time.

Run ``python benchmarks/ablation.py`` from the root of the checkout. Each row is the
kernel ``model.week.advance`` in an organisation that has been under
``everything_at_once`` for half a year; then all parts but one are switched off. The
rows take turns, and processor time is counted, not waiting.
"""

import argparse
import os
import statistics
import sys
import time
from pathlib import Path

import numpy as np
from rich.console import Console
from rich.table import Table

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from experiments import compose  # noqa: E402
from model import week  # noqa: E402
from model.scenario import INCENTIVES, Review, Scenario, Scheme  # noqa: E402
from model.simulation import NO_ACTIVITIES, Simulation  # noqa: E402
from model.week import NOTES  # noqa: E402

HALF_DAYS = 10
WEEKS_BEFORE = 26


def schemes(everything: Scenario) -> dict[str, Scheme]:
    """Nothing, each part of everything on its own, and all of it."""
    nobody_reviews = Review(stake=0.0)
    made = {
        "nothing": Scheme(review=nobody_reviews),
        "review of output (voluntary)": Scheme(),
    }
    for name in INCENTIVES:
        part = everything.incentives[name]
        if part.has_weight():
            only = {"review": nobody_reviews, "measure": everything.measure}
            label = "review of output and usage" if name == "review" else name
            made[label] = Scheme(**(only | {name: part}))
    made["everything_at_once"] = everything.scheme
    return made


class Kernel:
    """The compiled half-days of an organisation under one scheme."""

    def __init__(self, everything: Scenario, scheme: Scheme) -> None:
        self.simulation = Simulation(everything)
        for _ in range(WEEKS_BEFORE):
            self.simulation.step()
        self.simulation.published["suspicion"] = 0.0
        self.simulation.adopt(scheme)
        self.notebook = np.zeros(1, NOTES)

    def cost(self, weeks: int) -> float:
        """Nanoseconds a half-day decision."""
        simulation = self.simulation
        start = time.thread_time_ns()
        for number in range(38, 38 + weeks):
            week.advance(
                0,
                len(simulation.staff),
                number,
                simulation.staff,
                *simulation._rules,
                simulation.seed,
                simulation.replicate,
                self.notebook,
                NO_ACTIVITIES,
            )
        decisions = weeks * HALF_DAYS * len(simulation.staff)
        return (time.thread_time_ns() - start) / decisions


def main() -> None:
    """Time all rows in turns and print one table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--employees", type=int, default=500)
    parser.add_argument("--weeks", type=int, default=20)
    parser.add_argument("--repeats", type=int, default=25)
    arguments = parser.parse_args()

    size = f"organisation.employees={arguments.employees}"
    everything = compose(["scheme=everything_at_once", size])
    kernels = {
        name: Kernel(everything, scheme) for name, scheme in schemes(everything).items()
    }
    costs: dict[str, list[float]] = {name: [] for name in kernels}
    for _ in range(arguments.repeats):
        for name, kernel in kernels.items():
            costs[name].append(kernel.cost(arguments.weeks))

    nothing = min(costs["nothing"])
    table = Table(title="The compiled week, ns of processor time a decision")
    table.add_column("scheme")
    for heading in ("median", "min", "min above nothing"):
        table.add_column(heading, justify="right")
    for name, kept in costs.items():
        middle, least = statistics.median(kept), min(kept)
        table.add_row(name, f"{middle:.1f}", f"{least:.1f}", f"{least - nothing:.1f}")
    console = Console(width=None if sys.stdout.isatty() else 100)
    console.print(table)
    load = ", ".join(f"{x:.2f}" for x in os.getloadavg())
    console.print(f"load average {load} at the end")


if __name__ == "__main__":
    main()
