"""``study=goodhart_curve``: usage and output as the pressure of one lever grows."""

import time
from collections.abc import Sequence

from rich.text import Text

from experiments.config.request import Request
from experiments.config.settings import GoodhartCurveSettings
from experiments.report import say_end, say_paths
from experiments.report.findings import write
from experiments.report.publish import is_there
from experiments.runs.runner import carry_out
from experiments.statistics.effects import Panel
from experiments.store.files import explained, replacing
from experiments.store.folder import locked
from experiments.store.store import RUNS, WEEKS, Store
from experiments.studies.goodhart_curve import page as report
from experiments.studies.goodhart_curve.curves import (
    CURVE,
    TURNING,
    Curves,
    as_csv,
    columns,
    curve,
    curves,
    turning_points,
)
from experiments.words.screen import console, say


def run(request: Request) -> None:
    """Simulate all curves, store them and say where output turns."""
    start = time.perf_counter()
    settings = request.settings_as(GoodhartCurveSettings)
    found = curves(request, settings)
    screen = console()
    say(screen, report.about(found), style="bold")
    done = carry_out(request, found.design, lambda store: _evaluate(store, found))
    if not done.runs:
        screen.print("complete, nothing to do (again=true does it once more)\n")
    panel = _panel(done.store)
    rows, turns = list(curve(panel, found)), list(turning_points(panel, found))
    for family in found.families:
        screen.print(Text(f"\n{family.name}", style="bold"))
        for turn in turns:
            if turn.family == family.name:
                say(screen, f"{turn.workforce}: {report.sentence(turn, rows)}", 2)
    screen.print()
    for text in report.answer(turns):
        say(screen, text)
    with locked(done.folder), explained(done.folder):
        if request.again or not is_there(done.folder, report.CHARTS):
            write(done.folder, request, report.page(found, rows, turns, done.folder))
    say_end(screen, done, (RUNS, WEEKS, CURVE, TURNING), start)
    say_paths(screen, done.folder)


def _panel(store: Store) -> Panel:
    return Panel(store.read(RUNS, columns()))


def _evaluate(store: Store, found: Curves) -> Sequence[str]:
    panel = _panel(store)
    for name, text in (
        (CURVE, as_csv(list(curve(panel, found)))),
        (TURNING, as_csv(list(turning_points(panel, found)))),
    ):
        with replacing(store.folder / name) as file:
            file.write(text.encode())
    return [CURVE, TURNING]
