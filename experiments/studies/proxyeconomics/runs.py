"""Proxyeconomics run many times: each setting with each replicate's own luck."""

from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor

import numpy as np

from experiments.studies.proxyeconomics import compiled as proxyeconomics_compiled
from experiments.studies.proxyeconomics import on_mesa as proxyeconomics
from experiments.studies.proxyeconomics.reference import (
    GRID,
    REFERENCE,
    TWIN_STEPS,
    Place,
    Summaries,
    Summary,
)
from experiments.studies.proxyeconomics.rules import (
    DECIDED,
    READINGS,
    STATISTICS,
    Reading,
    Setting,
)
from model.cores import cores


def places(reading: Reading) -> Sequence[Place]:
    """List the places of a reading: ours has the whole grid, others the reference's."""
    return GRID if reading == DECIDED else tuple(REFERENCE)


def means(
    place: Place,
    reading: Reading,
    *,
    seed: int,
    steps: int,
    replicates: int,
    threads: int = 0,
) -> list[list[float]]:
    """Average over agents and the second half of each run, shape (replicates, 4).

    ``threads`` 0 takes all cores.
    """
    setting = Setting(*place, reading=reading)

    def mean(replicate: int) -> list[float]:
        own = run_seed(setting, seed, replicate)
        run = proxyeconomics_compiled.trajectory(setting, own, steps)
        return [float(value) for value in run[steps // 2 :].mean(axis=0)]

    pool = ThreadPoolExecutor(threads or cores())
    try:
        return list(pool.map(mean, range(replicates)))
    finally:
        pool.shutdown(cancel_futures=True)  # nobody waits for runs after Ctrl-C


def run_seed(setting: Setting, seed: int, replicate: int) -> int:
    """Derive the seed of one run; settings and replicates share no luck."""
    words = [
        seed,
        replicate,
        list(READINGS.values()).index(setting.reading),
        round(1000 * setting.moral_weight),
        round(1000 * setting.competition),
    ]
    return int(np.random.SeedSequence(words).generate_state(1, np.uint64)[0])


def apart(place: Place, seed: int) -> float:
    """Compute the largest difference between Mesa and the compiled version."""
    setting = Setting(*place)
    own = run_seed(setting, seed, 0)
    slow = proxyeconomics.trajectory(setting, own, TWIN_STEPS)
    fast = proxyeconomics_compiled.trajectory(setting, own, TWIN_STEPS)
    return float(np.abs(slow - fast).max())


def summaries(runs: Mapping[Place, Sequence[Sequence[float]]]) -> Summaries:
    """Summarise runs: mean and standard deviation by place and statistic."""
    by_place = {}
    for place, values in runs.items():
        columns = np.array(values)
        for name, column in zip(STATISTICS, columns.T, strict=True):
            mean, sd = float(column.mean()), float(column.std(ddof=1))
            by_place[place, name] = Summary(mean, sd, len(column))
    return by_place
