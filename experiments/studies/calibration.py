"""``study=calibration``: the voluntary organisation beside the evidence."""

import time
from collections.abc import Sequence

import numpy as np
from rich.table import Table

from experiments.config.request import Request
from experiments.config.settings import CalibrationSettings
from experiments.runs.progress import Progress
from experiments.statistics.calibration import RECORD, TARGETS, Target
from experiments.statistics.role_targets import EVERYBODY, ROLE_TARGETS, RoleTarget
from experiments.words.groups import role_title
from experiments.words.screen import console, say, show
from model import Job, Scheme, Workforce, simulate_many
from model.workforce import Floats


def run(request: Request) -> None:
    """Print each target with its source, the model's value, and whether it holds.

    The scheme is always the voluntary one, as declared; overrides of people,
    technology, peers, organisation and workforce apply. A workforce of several roles
    has targets of its own besides.
    """
    started = time.perf_counter()
    voluntary = {name: getattr(Scheme(), name) for name in Scheme.model_fields}
    scenario = request.scenario.varied(**voluntary, timeline=())
    count = request.settings_as(CalibrationSettings).replicates
    jobs = [Job(scenario, request.seed, replicate) for replicate in range(count)]
    own = of_roles(scenario.workforce)
    estimates, by_role = [], []
    with Progress(count) as progress:
        for done in simulate_many(jobs, request.threads, RECORD):
            estimates.append([target.estimate(done) for target in TARGETS])
            by_role.append([t.estimate(done, row) for t, row in own])
            progress.advance()
    screen = console()
    say(
        screen,
        f"The voluntary organisation: {scenario.organisation.employees:,} people, "
        f"{scenario.weeks} weeks, {count} replicates, seed {request.seed}",
        style="bold",
    )
    table, held = _table(TARGETS, np.array(estimates))
    show(screen, table)
    if own:
        screen.print()
        say(screen, "By role; the targets above are those of one crowd", style="bold")
        targets = [target for target, _ in own]
        more, of_them = _table(targets, np.array(by_role))
        show(screen, more)
        say(screen, f"{of_them} of {len(own)} targets by role hold.")
    say(
        screen,
        f"{held} of {len(TARGETS)} targets hold. None of them is an effect of a "
        f"scheme. Total: {time.perf_counter() - started:.1f} s.",
    )


def of_roles(workforce: Workforce) -> list[tuple[RoleTarget, int | None]]:
    """List the targets of a workforce with the rows of their roles; none of a crowd."""
    rows = {name: row for row, name in enumerate(workforce.names)}
    if len(rows) == 1:
        return []
    return [
        (target, rows.get(target.role))
        for target in ROLE_TARGETS
        if target.role in (EVERYBODY, *rows)
    ]


def _table(
    targets: Sequence[Target | RoleTarget], estimates: Floats
) -> tuple[Table, int]:
    """Set the targets beside the model's values; count those that hold."""
    table = Table(box=None, padding=(0, 1), show_edge=False)
    for title in ("target", "range", "model", "replicates", "", "source"):
        table.add_column(title, overflow="fold")
    held = 0
    for target, values in zip(targets, estimates.T, strict=True):
        holds = target.low <= values.mean() <= target.high
        held += holds
        table.add_row(
            f"{_of(target)}{target.name} ({target.unit})",
            allowed(target),
            f"{values.mean():.3g}",
            f"{values.min():.3g} to {values.max():.3g}",
            "holds" if holds else "does not hold",
            target.source,
        )
    return table, held


def _of(target: Target | RoleTarget) -> str:
    """Begin the name of a target of a role with the role."""
    if isinstance(target, Target):
        return ""
    return f"{role_title(target.role).capitalize() or 'Everybody'}: "


def allowed(target: Target | RoleTarget) -> str:
    """Write the range of a target in words."""
    if np.isinf(target.high):
        return f"above {target.low:g}"
    return f"{target.low:g} to {target.high:g}"
