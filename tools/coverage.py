"""Measure how often the stopping rule keeps its word, for ``docs/statistics.md``.

    python -m tools.coverage

Simulates studies of differences with a known mean and stores what comes out in
``docs/results/coverage.csv``; ``python -m tools.documents`` puts it into the page.
Differences of the model are those of every shipped scheme from the voluntary one.
"""

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import numpy as np
from scipy.stats import skew

from experiments.config.varied import varied
from experiments.designs.pair import named
from experiments.statistics.coverage import (
    COVERAGE,
    Coverage,
    Draw,
    coverage,
    heavy,
    lognormal,
    mixture,
    naive,
    normal,
    resampled,
)
from model import Job, simulate_many

ROOT = Path(__file__).parents[1]
STORED = ROOT / "docs" / "results" / COVERAGE.name
STUDIES, SEED = 20_000, 20_000
FIRSTS = (16, 32)
SIZES = (24, 32, 48, 64, 128, 256)
LOOKED = 64
"""Size of the studies of the naive rule."""
DRAWS: dict[str, Draw] = {
    "normal": normal,
    "t with 4 degrees of freedom": heavy,
    "lognormal, skewness 1.75": lognormal,
    "mixture, skewness 1.3": mixture,
}
SKEWED = {"lognormal, skewness 6.2": partial(lognormal, deviation=1.0)}
FIRMS = {60: 400, 500: 80}
"""Replicates by employees, of which the model's differences are resampled."""
BASELINE = "voluntary"
FIRM = 1
"""Seed of the model's runs."""


def measured() -> Iterator[Coverage]:
    """Every row."""
    for name, draw in DRAWS.items():
        yield naive("naive", name, draw, LOOKED, STUDIES, SEED)
    for group, draws in (("known", DRAWS), ("skewed", SKEWED)):
        for name, draw in draws.items():
            yield from coverage(group, name, draw, FIRSTS, SIZES, STUDIES, SEED)
    for employees, replicates in FIRMS.items():
        outputs = {
            name: np.array(list(_outputs(name, employees, replicates)))
            for name in named()
        }
        base = outputs.pop(BASELINE)
        for name, output in outputs.items():
            pool = 100.0 * (output - base) / base.mean()
            if np.ptp(pool) > 0.0:
                title = f"{name}, skewness {skew(pool):.1f}"
                group, draw = f"{employees} people", resampled(pool)
                yield from coverage(
                    group, title, draw, FIRSTS[1:], SIZES, STUDIES, SEED
                )


def _outputs(name: str, employees: int, replicates: int) -> Iterator[float]:
    scenario = varied(named()[name], {"organisation.employees": employees})
    jobs = [Job(scenario, FIRM, replicate) for replicate in range(replicates)]
    for run in simulate_many(jobs):
        yield float(run.weeks["output"].mean())


if __name__ == "__main__":
    COVERAGE.write(STORED, measured())
    print(f"written: {STORED.relative_to(ROOT)}")
