"""What each incentive costs: the compiled week with one incentive on at a time.

Run ``python benchmarks/ablation.py`` from the root of the checkout. Each row is the
kernel ``model.week.advance`` in an organisation that has been under
``everything_at_once`` for half a year; then all parts but one are switched off. The
rows take turns, and processor time is counted, not waiting.
"""

import argparse
import statistics
import sys
import time
from pathlib import Path
from typing import Any

from rich.table import Table

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks.shared import Kernel, console, in_the_middle, load  # noqa: E402
from experiments import compose  # noqa: E402
from model.incentives import Review  # noqa: E402
from model.scenario import INCENTIVES, Scenario, Scheme  # noqa: E402


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
            only: dict[str, Any] = {
                "review": nobody_reviews,
                "measure": everything.measure,
            }
            label = "review of output and usage" if name == "review" else name
            made[label] = Scheme(**(only | {name: part}))
    made["everything_at_once"] = everything.scheme
    return made


def under(everything: Scenario, scheme: Scheme, weeks: int) -> Kernel:
    """The compiled half-days of an organisation under one scheme."""
    simulation = in_the_middle(everything)
    simulation.published["suspicion"] = 0.0
    simulation.adopt(scheme)
    return Kernel(simulation, weeks)


def cost(kernel: Kernel) -> float:
    """Nanoseconds a half-day decision."""
    start = time.thread_time_ns()
    kernel()
    return (time.thread_time_ns() - start) / kernel.decisions


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
        name: under(everything, scheme, arguments.weeks)
        for name, scheme in schemes(everything).items()
    }
    costs: dict[str, list[float]] = {name: [] for name in kernels}
    for _ in range(arguments.repeats):
        for name, kernel in kernels.items():
            costs[name].append(cost(kernel))

    nothing = min(costs["nothing"])
    table = Table(title="The compiled week, ns of processor time a decision")
    table.add_column("scheme")
    for heading in ("median", "min", "min above nothing"):
        table.add_column(heading, justify="right")
    for name, kept in costs.items():
        middle, least = statistics.median(kept), min(kept)
        table.add_row(name, f"{middle:.1f}", f"{least:.1f}", f"{least - nothing:.1f}")
    page = console(100)
    page.print(table)
    page.print(f"{load()} at the end")


if __name__ == "__main__":
    main()
