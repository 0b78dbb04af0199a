"""Expected cost of a sweep, before it runs: points, runs, time and disk.

A short pilot carries out a few of the planned runs, spread over the design, and drops
them. It measures the time, and the size of their rows as they would be stored.
"""

import io
import math
import time
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from experiments.designs.design import EMPLOYEES, Design
from experiments.designs.factors import Factor
from experiments.designs.sweep import Sweep
from experiments.runs.runner import load
from experiments.store import dataset
from model.cores import cores
from model.simulate import simulate, simulate_many
from model.simulation import SLICE

MOST = 12
"""Runs of a pilot."""
PATIENCE = 3.0
"""Seconds after which a pilot starts no further run."""
SHARE = 10
"""A pilot has at most one in so many runs of the sweep, but always one."""
MOST_NAMES = 6


class Pilot(NamedTuple):
    """What a few runs cost.

    Attributes
    ----------
    runs : int
        How many there were.
    seconds : float
        Expected wall time of the whole sweep.
    size : float
        Expected bytes of its data files.
    """

    runs: int
    seconds: float
    size: float


def pilot(design: Design, threads: int) -> Pilot:
    """Time a few runs of a design; the model is compiled or loaded before."""
    load()
    threads = threads or cores()
    total = len(design.runs)
    count = max(1, min(MOST, total // SHARE))
    # Runs from the middle of equal stretches: each stands for those around it.
    picked = [design.runs[(2 * k + 1) * total // (2 * count)] for k in range(count)]
    jobs = [design.job(planned) for planned in picked]
    start = time.perf_counter()
    if design.employees >= SLICE:
        runs = [simulate(*jobs[0], threads=threads)]
        threads = 1  # one run uses all of them
    else:
        runs = []
        for run in simulate_many(jobs, threads):
            runs.append(run)
            if time.perf_counter() - start > PATIENCE:
                break
    seconds = time.perf_counter() - start
    rounds = math.ceil(len(runs) / threads)
    table = dataset.weeks_of(picked[: len(runs)], runs, design.weeks)
    file = io.BytesIO()
    with dataset.writer(file, table.schema) as writer:
        writer.write_table(table)
    size = file.tell() / len(runs) * total
    return Pilot(len(runs), seconds / rounds * math.ceil(total / threads), size)


def lines(sweep: Sweep) -> Iterator[str]:
    """List what will be run, factor by factor; the first line has all numbers."""
    design = sweep.design
    replicates = design.points[0].replicates
    counts = sorted(len(sweep.points(scheme)) for scheme in sweep.swept)
    alone = len(design.points) - len(sweep.without)
    points = f"{counts[0]} to " if counts[0] != counts[-1] else ""
    yield (
        f"Plan: {sweep.kind}, {points}{_count(counts[-1], 'point')}, "
        f"{_count(len(sweep.swept), 'scheme')}, "
        f"{_count(replicates, 'replicate')}: {_count(len(design.runs), 'run')} of "
        f"{_people(sweep)} over {_count(design.weeks, 'week')}, seed {design.seed}."
    )
    yield f"Schemes: {', '.join(sweep.swept)}; held against {sweep.baseline}" + (
        f", which is run without the levers in {_count(alone, 'world')}."
        if alone
        else " in the same world."
    )
    for factor in sweep.factors:
        yield f"{factor.kind.capitalize()} {factor.key}: {values(factor)}."
    for key, scheme in sweep.dead:
        group = key.split(".")[0]
        yield (
            f"{key} does nothing in {scheme}: its {group.replace('_', ' ')} is "
            "switched off at every point."
        )
    yield from sweep.advice


def values(factor: Factor) -> str:
    """Write the levels or the range of a factor in words."""
    unit = "" if factor.unit == "-" else f" {factor.unit}"
    if factor.levels is None:
        ends = f"{factor.low:g} to {factor.high:g}{unit}"
        return f"{ends}, {factor.distribution.replace('_', '-')}{_shape(factor)}"
    names = [factor.name_of(level) for level in factor.levels]
    if len(names) > MOST_NAMES:
        return f"{names[0]} to {names[-1]}{unit}, {len(names)} levels"
    return f"{', '.join(names)}{unit}"


def expectation(pilot: Pilot, threads: int, *, cluster: bool = False) -> str:
    """Say the expected cost in a sentence; a cluster shares the work of one thread."""
    threads = threads or cores()
    where = f"on {_count(threads, 'thread')}"
    if cluster:
        where += ", shared out to all threads of the cluster"
    return (
        f"Expected: about {duration(pilot.seconds)} {where} "
        f"(from a pilot of {_count(pilot.runs, 'run')}) and {size(pilot.size)} on "
        "disk, for a moment twice as much."
    )


def duration(seconds: float) -> str:
    """Write a time in a suitable unit."""
    if seconds < 90:
        return f"{max(1, math.ceil(seconds))} s"
    if seconds < 5400:
        return f"{seconds / 60:.0f} min"
    return f"{seconds / 3600:.1f} h"


def size(bytes_: float) -> str:
    """Write a size in MB or GB."""
    megabytes = bytes_ / 1e6
    if megabytes < 1:
        return "less than 1 MB"
    return f"{megabytes:.0f} MB" if megabytes < 1000 else f"{megabytes / 1000:.1f} GB"


def _shape(factor: Factor) -> str:
    names: Sequence[str] = ("mean", "sd") if len(factor.shape) == 2 else ("mode",)
    said = [f"{n} {x:g}" for n, x in zip(names, factor.shape, strict=False)]
    return f" ({', '.join(said)})" if said else ""


def _people(sweep: Sweep) -> str:
    most = sweep.design.employees
    return f"{'up to ' if EMPLOYEES in sweep.keys else ''}{most:,} people"


def _count(number: int, what: str) -> str:
    return f"{number:,} {what}{'s' * (number != 1)}"
