"""``study=proxyeconomics``: a published model, replicated.

The numbers of the reference are about runs of 6,000 steps. Shorter ones are quicker,
but need not agree with it.
"""

import time
from collections.abc import Callable, Mapping
from functools import partial

from rich.console import Console
from rich.table import Table
from rich.text import Text

from experiments.config.request import Request
from experiments.config.settings import ProxyeconomicsSettings
from experiments.report import say_paths
from experiments.report.findings import publish
from experiments.runs.pieces import PIECES, Content, Rows, gather
from experiments.statistics.finding import Verdict
from experiments.studies.proxyeconomics.page import CHART, page
from experiments.studies.proxyeconomics.reference import REFERENCE, Estimates
from experiments.studies.proxyeconomics.rules import READINGS
from experiments.studies.proxyeconomics.runs import apart, estimates, means, places
from experiments.studies.proxyeconomics.table import (
    CELLS,
    FAILED,
    OURS,
    Shown,
    about,
    answer,
    cell_rows,
    cells_of,
    claim_rows,
    reading_rows,
)
from experiments.words.screen import console, say

SOURCES = (f"{__name__}.runs", f"{__name__}.table")
TWINS = "mesa_and_compiled"
"""The piece in which both versions of the model are compared."""


def run(request: Request) -> None:
    """Run every setting, keep the means and say what agrees with the reference."""
    start = time.perf_counter()
    settings = request.settings_as(ProxyeconomicsSettings)
    done = gather(request, _pieces(settings, request), _tables, SOURCES)
    screen = console()
    if not done.computed:
        screen.print("complete, nothing to do (again=true does it once more)\n")
    found, twins = _found(done.pieces), max(done.pieces[TWINS].values())
    _print(screen, request, found, twins)
    publish(done, request, [CHART], lambda: page(request, found, twins, done.folder))
    screen.print(
        f"\n{done.folder}/ holds {CELLS.name}, {PIECES} and manifest.json. Total: "
        f"{time.perf_counter() - start:.1f} s.",
        soft_wrap=True,
    )
    say_paths(screen, done.folder)


def _pieces(
    settings: ProxyeconomicsSettings, request: Request
) -> Mapping[str, Callable[[], Content]]:
    """A piece a reading and place, and one that compares both versions."""
    readings = READINGS if settings.readings else {OURS: READINGS[OURS]}
    return {
        TWINS: partial(_twins, request.seed),
        **{
            _name(reading, place.moral_weight, place.competition): partial(
                means,
                place,
                READINGS[reading],
                seed=request.seed,
                steps=settings.steps,
                replicates=settings.replicates,
                threads=request.threads,
            )
            for reading in readings
            for place in places(READINGS[reading])
        },
    }


def _name(reading: str, moral_weight: float, competition: float) -> str:
    """Of a piece, and so of a file."""
    return f"{reading.replace(' ', '_')}-g{moral_weight:g}-c{competition:g}"


def _twins(seed: int) -> Content:
    return {_name(OURS, *place): apart(place, seed) for place in REFERENCE}


def _found(pieces: Mapping[str, Content]) -> dict[str, Estimates]:
    """What was found, by reading."""
    found = {}
    for name, reading in READINGS.items():
        named = {place: _name(name, *place) for place in places(reading)}
        if all(key in pieces for key in named.values()):
            found[name] = estimates({p: pieces[key] for p, key in named.items()})
    return found


def _tables(pieces: Mapping[str, Content]) -> Rows:
    return {CELLS: cells_of(_found(pieces))}


def _print(
    screen: Console, request: Request, found: Mapping[str, Estimates], twins: float
) -> None:
    settings = request.settings_as(ProxyeconomicsSettings)
    say(screen, "Proxyeconomics (Braganza 2022), replicated", style="bold")
    say(screen, about(settings.replicates, settings.steps, request.seed))
    parts = [cell_rows(found[OURS]), claim_rows(found[OURS])]
    parts += [reading_rows(found)] if len(found) > 1 else []
    for part in parts:
        screen.print()
        screen.print(_table(part))
        say(screen, part.caption)
    screen.print()
    for text in answer(found, twins, settings.steps):
        say(screen, text)


def _table(part: Shown) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold", collapse_padding=True)
    for head in part.heads:
        table.add_column(head, overflow="fold")
    for line in part.lines:
        table.add_row(*(Text(cell, style=_style(cell)) for cell in line))
    return table


def _style(cell: str) -> str:
    return "bold red" if cell.endswith((FAILED, Verdict.FAILS.value)) else ""
