"""``study=ranges``: what becomes of the headline over each parameter's range."""

import time
from collections.abc import Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from experiments.config.request import Request, schemes
from experiments.config.settings import RangesSettings
from experiments.designs.design import Design, one_at_a_time
from experiments.figures.save import FOLDER, save
from experiments.report.ending import say_end
from experiments.runs.runner import carry_out
from experiments.statistics.effects import Panel
from experiments.statistics.ranges import (
    RANGES,
    End,
    ends,
    swings,
    unknown,
)
from experiments.store.store import RUNS, WEEKS, Store
from experiments.studies.ranges.figure import ranges as draw
from experiments.words.screen import console, percent, say

MOST = 10
"""Parameters that the terminal names for each scheme."""


def run(request: Request) -> None:
    """Simulate all ends, store them and say which parameters move the headline."""
    start = time.perf_counter()
    settings = request.settings_as(RangesSettings)
    rows, baseline = schemes(request), settings.baseline
    spans = {row.key: row.span for row in unknown()}
    design = one_at_a_time(rows, spans, settings.replicates, request.seed)
    done = carry_out(request, design, lambda store: _evaluate(store, baseline))
    screen = console()
    if not done.runs:
        screen.print("complete, nothing to do (again=true does it once more)\n")
    found = RANGES.read(done.folder / RANGES.name)
    say(screen, _title(design, baseline), style="bold")
    for name in rows:
        if name != baseline:
            _print(screen, found, name)
            save(draw(found, name, baseline), done.folder, f"ranges_{name}")
    say_end(screen, done, (RUNS, WEEKS, RANGES.name), start)
    screen.print(f"Charts: {done.folder / FOLDER}/ (PNG and SVG)", soft_wrap=True)


def _evaluate(store: Store, baseline: str) -> Sequence[str]:
    found = ends(Panel(store.read(RUNS)), store.design, baseline)
    RANGES.write(store.folder / RANGES.name, found)
    return [RANGES.name]


def _title(design: Design, baseline: str) -> str:
    return (
        f"What moves the effect on real output against {baseline}, one parameter at a "
        f"time over its range: {len(design.factors)} parameters, {design.employees:,} "
        f"people, {design.weeks} weeks, {design.points[0].replicates} replicates, seed "
        f"{design.seed}"
    )


def _print(screen: Console, found: Sequence[End], scheme: str) -> None:
    [default] = [end for end in found if end.scheme == scheme and not end.parameter]
    every = swings(found, scheme)
    flipping = sum(swing.flips for swing in every)
    screen.print(Text(f"\n{scheme}", style="bold"))
    say(
        screen,
        f"{_effect(default)} as declared. {flipping or 'None'} of {len(every)} "
        f"parameters {'turns' if flipping == 1 else 'turn'} a clear effect into its "
        "opposite alone. What moves it most:",
        2,
    )
    table = Table(box=None, pad_edge=False, header_style="bold", padding=(0, 1))
    for title in ("parameter", "range", "effect, %, at the lower end", "upper end"):
        table.add_column(title, justify="left" if title == "parameter" else "right")
    for swing in every[:MOST]:
        low, high = swing.ends
        table.add_row(
            f"  {swing.parameter}{' *' if swing.flips else ''}",
            f"{swing.range[0]:g} to {swing.range[1]:g}",
            _effect(low),
            _effect(high),
        )
    screen.print(table)


def _effect(end: End) -> str:
    if end.percent is None:
        return "–"
    shown = f"{'+' if end.percent > 0 else ''}{percent(end.percent)}"
    if end.low is None or end.high is None:
        return shown
    return f"{shown} [{percent(end.low)}, {percent(end.high)}]"
