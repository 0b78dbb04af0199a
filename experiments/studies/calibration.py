"""``study=calibration``: the voluntary organisation beside the evidence."""

import time

import numpy as np
from rich.table import Table

from experiments.config.request import Request
from experiments.config.settings import CalibrationSettings
from experiments.runs.progress import Progress
from experiments.statistics.calibration import RECORD, TARGETS, Target
from experiments.words.screen import console, say, show
from model import Job, Scheme, simulate_many
from model.workforce import Floats


def run(request: Request) -> None:
    """Print each target with its source, the model's value, and whether it holds.

    The scheme is always the voluntary one, as declared; overrides of people,
    technology, peers and organisation apply.
    """
    started = time.perf_counter()
    voluntary = {name: getattr(Scheme(), name) for name in Scheme.model_fields}
    scenario = request.scenario.varied(**voluntary, timeline=())
    count = request.settings_as(CalibrationSettings).replicates
    jobs = [Job(scenario, request.seed, replicate) for replicate in range(count)]
    estimates = []
    with Progress(count) as progress:
        for done in simulate_many(jobs, request.threads, RECORD):
            estimates.append([target.estimate(done) for target in TARGETS])
            progress.advance()
    screen = console()
    say(
        screen,
        f"The voluntary organisation: {scenario.organisation.employees:,} people, "
        f"{scenario.weeks} weeks, {count} replicates, seed {request.seed}",
        style="bold",
    )
    table, held = _table(np.array(estimates))
    show(screen, table)
    say(
        screen,
        f"{held} of {len(TARGETS)} targets hold. None of them is an effect of a "
        f"scheme. Total: {time.perf_counter() - started:.1f} s.",
    )


def _table(estimates: Floats) -> tuple[Table, int]:
    """Set the targets beside the model's values; count those that hold."""
    table = Table(box=None, padding=(0, 1), show_edge=False)
    for title in ("target", "range", "model", "replicates", "", "source"):
        table.add_column(title, overflow="fold")
    held = 0
    for target, values in zip(TARGETS, estimates.T, strict=True):
        holds = target.low <= values.mean() <= target.high
        held += holds
        table.add_row(
            f"{target.name} ({target.unit})",
            allowed(target),
            f"{values.mean():.3g}",
            f"{values.min():.3g} to {values.max():.3g}",
            "holds" if holds else "does not hold",
            target.source,
        )
    return table, held


def allowed(target: Target) -> str:
    """Write the range of a target in words."""
    if np.isinf(target.high):
        return f"above {target.low:g}"
    return f"{target.low:g} to {target.high:g}"
