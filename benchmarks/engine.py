"""What a half-day decision costs: engine, Mesa objects, oracle and a floor.

Run ``python benchmarks/engine.py`` from the root of the checkout. All rows take turns,
repeat by repeat, so that other work on the machine hits them alike.

- *floor*: a compiled loop that for each decision only draws one Philox block and takes
  three exponentials; no logit choice with four luck variables can cost less;
- *kernel*: ``model.week.advance`` alone, the ten half-days of everybody;
- *run*: ``simulate`` in batches, from hiring over warm-up, weeks and adaptation to the
  outcomes;
- *Mesa objects*: ``benchmarks/mesa_objects.py``, whole weeks, hiring not counted;
- *oracle*: ``tests/reference.py``, whole runs.
"""

import argparse
import importlib.util
import math
import statistics
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from rich.table import Table

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks.mesa_objects import Organisation  # noqa: E402
from benchmarks.shared import (  # noqa: E402
    HALF_DAYS,
    Kernel,
    console,
    in_the_middle,
    load,
    versions,
)
from experiments import compose  # noqa: E402
from model.compiled import rule  # noqa: E402
from model.cores import cores  # noqa: E402
from model.draws import uniforms  # noqa: E402
from model.scenario import Scenario  # noqa: E402
from model.simulate import Job, simulate_many  # noqa: E402
from model.simulation import WARM_UP  # noqa: E402

SCHEMES = ("voluntary", "everything_at_once")
TIMES_FLOOR = {"voluntary": 2.5, "everything_at_once": 7.0}  # at most, on one thread
TIMES_FASTER = 50.0  # than Mesa objects, at least
ORACLE = ROOT / "tests" / "reference.py"


class Row(NamedTuple):
    """Something to be timed: one call makes so many decisions."""

    name: str
    scheme: str
    decisions: int
    call: Callable[[], Any]


@rule
def draw_and_choose(decisions: int, week_number: int, seed: int) -> float:
    """Draw a Philox block and take three exponentials for each decision."""
    total = 0.0
    for n in range(decisions):
        u = uniforms(seed, 0, n // HALF_DAYS, week_number, n % HALF_DAYS, 0)
        total += math.exp(-u[0]) + math.exp(-u[1]) + math.exp(-u[2]) + u[3]
    return total


def batch(scenario: Scenario, replicates: int, threads: int) -> Callable[[], None]:
    jobs = [Job(scenario, 1, replicate) for replicate in range(replicates)]

    def call() -> None:
        for _ in simulate_many(jobs, threads):
            pass

    return call


def mesa_weeks(scenario: Scenario, weeks: int) -> Callable[[], None]:
    organisation = Organisation(scenario, seed=1)

    def call() -> None:
        for _ in range(weeks):
            organisation.step()

    return call


def load_oracle() -> Callable[[Scenario], Any] | None:
    """The oracle's ``simulate``, or None while there is no oracle."""
    if not ORACLE.exists():
        return None
    spec = importlib.util.spec_from_file_location("reference", ORACLE)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["reference"] = module
    spec.loader.exec_module(module)
    return getattr(module, "simulate", None)


def rows(employees: int, weeks: int) -> list[Row]:
    """All rows, and compile what they need."""
    count = cores()
    floor = employees * HALF_DAYS * 50
    made = [Row("floor", "", floor, lambda: draw_and_choose(floor, 1, 1))]
    oracle = load_oracle()
    for scheme in SCHEMES:
        size = f"organisation.employees={employees}"
        scenario = compose([f"scheme={scheme}", size, f"weeks={weeks}"])
        a_week = employees * HALF_DAYS
        a_run = a_week * (weeks + WARM_UP)
        kernel_weeks = 50
        few = min(employees, 100)
        small = compose([f"scheme={scheme}", f"organisation.employees={few}"])
        made += [
            Row(
                "engine, kernel, 1 thread",
                scheme,
                a_week * kernel_weeks,
                Kernel(in_the_middle(scenario), kernel_weeks),
            ),
            Row("engine, run, 1 thread", scheme, a_run, batch(scenario, 1, 1)),
            Row(
                f"engine, run, {count} threads",
                scheme,
                a_run * 2 * count,
                batch(scenario, 2 * count, count),
            ),
            Row("Mesa objects", scheme, few * HALF_DAYS * 10, mesa_weeks(small, 10)),
        ]
        if oracle is not None:
            short = small.varied(
                weeks=8, review=small.review.model_copy(update={"weeks": 8})
            )
            made.append(
                Row(
                    "oracle",
                    scheme,
                    few * HALF_DAYS * (8 + WARM_UP),
                    partial(oracle, short),
                )
            )
    for row in made:
        row.call()
    return made


def timed(row: Row) -> float:
    """Nanoseconds a decision of one call."""
    start = time.perf_counter_ns()
    row.call()
    return (time.perf_counter_ns() - start) / row.decisions


def verdict(met: bool) -> str:
    return "met" if met else "not met"


def targets(row: Row, median: dict[tuple[str, str], float], floor: float) -> str:
    """Target of a row beside what was measured, if it has one."""
    mine = median[row.name, row.scheme]
    if row.name in ("engine, kernel, 1 thread", "engine, run, 1 thread"):
        limit = TIMES_FLOOR[row.scheme]
        return f"<= {limit:.1f} x floor: {verdict(mine <= limit * floor)}"
    if row.name == "Mesa objects":
        faster = mine / median["engine, run, 1 thread", row.scheme]
        met = verdict(faster >= TIMES_FASTER)
        return f"engine >= {TIMES_FASTER:.0f} x faster: {faster:.0f} x, {met}"
    return ""


def main() -> None:
    """Time everything in turns and print one table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--employees", type=int, default=500)
    parser.add_argument("--weeks", type=int, default=104)
    parser.add_argument("--repeats", type=int, default=15)
    arguments = parser.parse_args()

    page = console(110)
    page.print(
        f"{versions(('numba', 'numpy', 'mesa'))}; "
        f"{cores()} cores, {load()} at the start"
    )
    all_rows = rows(arguments.employees, arguments.weeks)
    times: list[list[float]] = [[] for _ in all_rows]
    for _ in range(arguments.repeats):
        for row, kept in zip(all_rows, times, strict=True):
            kept.append(timed(row))

    median = {
        (row.name, row.scheme): statistics.median(kept)
        for row, kept in zip(all_rows, times, strict=True)
    }
    floor = median["floor", ""]
    table = Table(
        title=f"A half-day decision, {arguments.employees} employees x "
        f"{arguments.weeks} weeks, {arguments.repeats} repeats",
    )
    table.add_column("what")
    table.add_column("scheme")
    for heading in ("median [ns]", "min [ns]", "x floor"):
        table.add_column(heading, justify="right")
    table.add_column("target")
    for row, kept in zip(all_rows, times, strict=True):
        mine = median[row.name, row.scheme]
        table.add_row(
            row.name,
            row.scheme,
            f"{mine:,.1f}",
            f"{min(kept):,.1f}",
            f"{mine / floor:,.1f}",
            targets(row, median, floor),
        )
    if load_oracle() is None:
        table.add_row("oracle: not found", "", "", "", "", "")
    page.print(table)
    page.print(f"{load()} at the end")


if __name__ == "__main__":
    main()
