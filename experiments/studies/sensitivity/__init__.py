"""``study=sensitivity``: which uncertainties decide what a scheme does."""

import time
from collections.abc import Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from experiments.config.request import Request, schemes
from experiments.config.settings import SensitivitySettings
from experiments.report import say_end, say_paths
from experiments.runs.runner import carry_out
from experiments.store.store import RUNS, WEEKS, Store
from experiments.studies.sensitivity import page as report
from experiments.studies.sensitivity.indices import salib
from experiments.studies.sensitivity.plan import (
    INDICES,
    Found,
    Plan,
    index_rows,
    look,
    plan,
)
from experiments.studies.sensitivity.thresholds import LINES, THRESHOLDS
from experiments.studies.sensitivity.words import (
    HEADS,
    MOST_ROWS,
    follow_up,
    sentences,
    table,
    title,
    warnings,
)
from experiments.words.screen import console, say


def run(request: Request) -> None:
    """Simulate the sample, store it and say which uncertainties matter."""
    start = time.perf_counter()
    settings = request.settings_as(SensitivitySettings)
    salib()
    planned = plan(settings, schemes(request), request.seed)
    screen = console()
    say(screen, title(planned), style="bold")
    done = carry_out(request, planned.design, lambda store: _evaluate(store, planned))
    if not done.runs:
        screen.print("complete, nothing to do (again=true does it once more)")
    found = look(done.store, planned)
    for one in found:
        _print(screen, planned, one)
    _say_warnings(screen, warnings(planned, found))
    following = follow_up(request, found)
    if following:
        screen.print()
        say(screen, "To split the variance among those that matter most:")
        screen.print(f"  {following}", soft_wrap=True)
    report.publish(done.folder, request, planned, found, following)
    names = (table.name for table in (INDICES, LINES, THRESHOLDS))
    say_end(screen, done, (RUNS, WEEKS, *names), start)
    say_paths(screen, done.folder)


def _evaluate(store: Store, planned: Plan) -> Sequence[str]:
    found = look(store, planned)
    nodes = (node for one in found for node in one.nodes)
    flips = (flip for one in found for flip in one.flips)
    INDICES.write(store.folder / INDICES.name, index_rows(planned, found))
    LINES.write(store.folder / LINES.name, nodes)
    THRESHOLDS.write(store.folder / THRESHOLDS.name, flips)
    return [INDICES.name, LINES.name, THRESHOLDS.name]


def _print(screen: Console, planned: Plan, found: Found) -> None:
    screen.print(Text(f"\n{found.scheme}", style="bold"))
    for text in sentences(planned, found):
        say(screen, text, 2)
    method = planned.sample.method
    grid = Table(box=None, pad_edge=False, header_style="bold", padding=(0, 1))
    grid.add_column("parameter")
    for head in HEADS[method]:
        grid.add_column(head, justify="right")
    for line in table(found.analysis, method, MOST_ROWS):
        cells = (f"{cell.value} {cell.ends}".strip() for cell in line.cells)
        grid.add_row(Text(f"  {line.parameter}"), *(Text(cell) for cell in cells))
    if grid.row_count:
        screen.print(grid)


def _say_warnings(screen: Console, said: Sequence[str]) -> None:
    if said:
        screen.print()
        say(screen, "Warnings", style="bold yellow")
    for text in said:
        say(screen, text, 2)
