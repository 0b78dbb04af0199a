"""``study=proxyeconomics``: a published model, replicated.

The reference has runs of 6,000 steps. Shorter runs are quicker but need not agree.
"""

from rich.console import Console
from rich.table import Table
from rich.text import Text

from experiments.config.settings import ProxyeconomicsSettings
from experiments.report.page import Page
from experiments.statistics.finding import Verdict
from experiments.studies.proxyeconomics import page as report
from experiments.studies.proxyeconomics.plan import (
    TWINS,
    Plan,
    by_reading,
    plan,
    tables,
)
from experiments.studies.proxyeconomics.table import (
    FAILED,
    OURS,
    TextTable,
    about,
    answer,
    cell_rows,
    claim_rows,
    reading_rows,
)
from experiments.study import Pieces, PiecesStudy, Results
from experiments.words.screen import say, show


def say_cells(screen: Console, results: Results[Plan, Pieces]) -> None:
    """Print every cell beside the reference, and how many agree with it."""
    request = results.plan.request
    settings = request.settings_as(ProxyeconomicsSettings)
    every, twins = by_reading(results.source), max(results.source[TWINS].values())
    say(screen, "Proxyeconomics (Braganza 2022), replicated", style="bold")
    say(screen, about(settings.replicates, settings.steps, request.seed))
    tables = [cell_rows(every[OURS]), claim_rows(every[OURS])]
    tables += [reading_rows(every)] if len(every) > 1 else []
    for shown in tables:
        screen.print()
        show(screen, _table(shown))
        say(screen, shown.caption)
    screen.print()
    for text in answer(every, twins, settings.steps):
        say(screen, text)


def _table(shown: TextTable) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold", collapse_padding=True)
    for head in shown.heads:
        table.add_column(head, overflow="fold")
    for line in shown.lines:
        table.add_row(*(Text(cell, style=_style(cell)) for cell in line))
    return table


def _style(cell: str) -> str:
    return "bold red" if cell.endswith((FAILED, Verdict.FAILS.value)) else ""


def page(results: Results[Plan, Pieces]) -> Page:
    """Draw the chart and show every cell."""
    every, twins = by_reading(results.source), max(results.source[TWINS].values())
    return report.page(results.plan.request, every, twins, results.folder)


STUDY = PiecesStudy(
    plan=plan,
    tables=tables,
    say=say_cells,
    charts=lambda results: [report.CHART],
    page=page,
)
run = STUDY.run
