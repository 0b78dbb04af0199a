"""``study=phase_map``: the sign of an effect on output over a grid of two factors."""

import time
from collections.abc import Sequence

from rich.text import Text

from experiments.config.request import Request, schemes
from experiments.config.settings import PhaseMapSettings
from experiments.designs.sweep import Sweep
from experiments.report import say_end, say_paths
from experiments.report.findings import write
from experiments.report.publish import is_there
from experiments.runs.runner import carry_out
from experiments.store.files import explained
from experiments.store.folder import locked
from experiments.store.store import RUNS, WEEKS, Store
from experiments.studies.phase_map import page as report
from experiments.studies.phase_map.cells import MAP, Cell, cells, needed, phase
from experiments.words.screen import console, say


def run(request: Request) -> None:
    """Simulate the grid, store the map and say where the effect is which."""
    start = time.perf_counter()
    settings = request.settings_as(PhaseMapSettings)
    every = schemes(request)
    own = [request.scheme] if request.levers or not settings.schemes else []
    swept = list(dict.fromkeys((*settings.schemes, *own)))
    rows = {name: every[name] for name in dict.fromkeys((settings.baseline, *swept))}
    found = phase(settings, rows, swept, request.seed)
    screen = console()
    say(screen, report.about(found, settings), style="bold")
    done = carry_out(
        request, found.design, lambda store: _evaluate(store, found, settings)
    )
    if not done.runs:
        screen.print("complete, nothing to do (again=true does it once more)\n")
    grid = _cells(done.store, found, settings)
    for scheme in found.swept:
        screen.print(Text(f"\n{scheme}", style="bold"))
        for text in report.sentences([cell for cell in grid if cell.scheme == scheme]):
            say(screen, text, 2)
    with locked(done.folder), explained(done.folder):
        if request.again or not is_there(done.folder, report.charts(found)):
            page = report.page(grid, found, settings, done.folder)
            write(done.folder, request, page)
    say_end(screen, done, (RUNS, WEEKS, MAP.name), start)
    say_paths(screen, done.folder)


def _cells(store: Store, found: Sweep, settings: PhaseMapSettings) -> list[Cell]:
    return list(cells(store.read(RUNS, needed()), found, settings.x, settings.y))


def _evaluate(store: Store, found: Sweep, settings: PhaseMapSettings) -> Sequence[str]:
    MAP.write(store.folder / MAP.name, _cells(store, found, settings))
    return [MAP.name]
