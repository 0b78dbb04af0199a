"""How the engine's cost grows with weeks and with runs."""

import time
from collections.abc import Sequence

from benchmarks.figure import Figure, spread
from experiments import compose
from model import Job, simulate_many

EMPLOYEES = 500
SCHEME = "voluntary"


def by_weeks(weeks: Sequence[int], repeats: int) -> list[Figure]:
    """Seconds of one run on one thread, by its length."""
    return _figures([(n, 1, 1) for n in weeks], repeats)


def by_runs(runs: Sequence[int], weeks: int, cores: int, repeats: int) -> list[Figure]:
    """Seconds of many runs on all cores, by their number."""
    return _figures([(weeks, n, cores) for n in runs], repeats)


def _figures(rows: Sequence[tuple[int, int, int]], repeats: int) -> list[Figure]:
    """Rows are weeks, runs and threads; they take turns."""
    kept: list[list[float]] = [[] for _ in rows]
    for _ in range(repeats):
        for row, seconds in zip(rows, kept, strict=True):
            seconds.append(_seconds(*row))
    return [
        Figure(
            "growth",
            "this engine",
            SCHEME,
            threads,
            EMPLOYEES,
            weeks,
            runs,
            "time",
            "s",
            *spread(seconds),
            "measured",
        )
        for (weeks, runs, threads), seconds in zip(rows, kept, strict=True)
    ]


def _seconds(weeks: int, runs: int, threads: int) -> float:
    size = f"organisation.employees={EMPLOYEES}"
    review = f"review.weeks={min(weeks, 26)}"
    scenario = compose([f"scheme={SCHEME}", size, f"weeks={weeks}", review])
    jobs = [Job(scenario, 1, replicate) for replicate in range(runs)]
    start = time.perf_counter()
    for _ in simulate_many(jobs, threads):
        pass
    return time.perf_counter() - start
