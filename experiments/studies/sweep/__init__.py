"""``study=sweep``: schemes over any design of levers and uncertainties."""

import re
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from rich.console import Console
from rich.table import Table
from rich.text import Text

from experiments.config.catalogue import check_known
from experiments.config.overrides import literal
from experiments.config.request import Request, schemes
from experiments.config.settings import SweepSettings
from experiments.designs.sweep import Sweep, sweep
from experiments.report import say_end, say_paths
from experiments.runs.runner import carry_out, identify
from experiments.statistics.point_effects import (
    POINT_EFFECTS,
    UNITS,
    PointEffect,
    columns,
    point_effects,
)
from experiments.store.folder import MANIFEST, where
from experiments.store.store import RUNS, WEEKS, Store
from experiments.studies.sweep import page as report
from experiments.studies.sweep import plan
from experiments.words.screen import console, say
from model.scenario import Scenario

TABLE = "study.table"
PLAIN = re.compile(r"[\w.-]+")
"""A name that needs no quotes in an override."""
HEADLINES = ("reported_tokens", "output")
"""Outcomes whose effects are always there: the page is about them."""


def run(request: Request) -> None:
    """Say what is planned, simulate it, store it and say what came of it."""
    start = time.perf_counter()
    settings = request.settings_as(SweepSettings)
    outcomes = _outcomes(settings)
    rows, swept = _schemes(request, settings)
    planned = sweep(settings, rows, swept, request.seed)
    request = _with_points(request, planned)
    screen = console()
    _say_plan(screen, request, planned)
    done = carry_out(
        request, planned.design, lambda store: _evaluate(store, planned, outcomes)
    )
    if not done.runs:
        screen.print("complete, nothing to do (again=true does it once more)\n")
    found = list(_effects(done.store, planned, HEADLINES))
    for name in planned.swept:
        _print(screen, report.findings(found, planned, name))
    report.publish(done.folder, request, planned, found)
    say_end(screen, done, (RUNS, WEEKS, POINT_EFFECTS.name), start)
    say_paths(screen, done.folder)


def _outcomes(settings: SweepSettings) -> tuple[str, ...]:
    check_known("study.outcomes", settings.outcomes, list(UNITS), "outcome")
    return tuple(dict.fromkeys((*HEADLINES, *settings.outcomes)))


def _schemes(
    request: Request, settings: SweepSettings
) -> tuple[Mapping[str, Scenario], list[str]]:
    """The baseline and all schemes that are swept, and the names of the latter.

    Those that are listed are swept, and the one that is asked for beside them.
    """
    own = [request.scheme] if request.levers or not settings.schemes else []
    swept = list(dict.fromkeys((*settings.schemes, *own)))
    every = schemes(request)
    return {n: every[n] for n in dict.fromkeys((settings.baseline, *swept))}, swept


def _with_points(request: Request, planned: Sweep) -> Request:
    """The request with its points as part of the config.

    What stands in a table counts, not the folder that it is in on one machine.
    """
    config = {**request.config, "points": planned.digest}
    overrides = []
    for text in request.overrides:
        key, _, value = text.partition("=")
        if key == TABLE:
            name = Path(value.strip("'\"")).name
            text = f"{key}={name if PLAIN.fullmatch(name) else literal(name)}"
            config["study"] = {**config["study"], "table": name}
        overrides.append(text)
    return replace(request, config=config, overrides=tuple(overrides))


def _say_plan(screen: Console, request: Request, planned: Sweep) -> None:
    first, *others = plan.lines(planned)
    say(screen, first, style="bold")
    for line in others:
        say(screen, line, 2)
    folder = where(request.out, request.study, identify(request, planned.design, ()))
    if request.again or not (folder / MANIFEST).exists():
        say(screen, _expected(request, planned), 2)
    screen.print()


def _expected(request: Request, planned: Sweep) -> str:
    try:
        found = plan.pilot(planned.design, request.threads)
    except Exception as error:
        # A run that fails is a row of the sweep; it must not end it beforehand.
        return f"Expected: not known, a run of the pilot failed ({error})."
    return plan.expectation(found, request.threads)


def _effects(
    store: Store, planned: Sweep, outcomes: Sequence[str]
) -> Iterator[PointEffect]:
    runs = store.read(RUNS, columns(outcomes))
    return point_effects(runs, planned, outcomes)


def _evaluate(store: Store, planned: Sweep, outcomes: Sequence[str]) -> Sequence[str]:
    rows = _effects(store, planned, outcomes)
    POINT_EFFECTS.write(store.folder / POINT_EFFECTS.name, rows)
    return [POINT_EFFECTS.name]


def _print(screen: Console, found: report.Findings) -> None:
    """What came of one scheme: sentences, the best and worst points, the factors."""
    screen.print(Text(f"\n{found.scheme}", style="bold"))
    for text in found.sentences:
        say(screen, text, 2)
    for grid in found.tables:
        screen.print()
        table = Table(box=None, pad_edge=False, header_style="bold", padding=(0, 1))
        for number, head in enumerate(grid.heads):
            left = number == 0 or head == grid.heads[-1] == report.BY_LEVEL
            table.add_column(
                head.replace(".", ".\n"), justify="left" if left else "right"
            )
        for row in grid.rows:
            cells = (f"{c.value} {c.ends}".strip() for c in row.cells)
            table.add_row(Text(f"  {row.name}"), *(Text(cell) for cell in cells))
        say(screen, grid.title, 2)
        screen.print(table)
