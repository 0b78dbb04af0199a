"""``study=sensitivity``: which uncertainties decide what a scheme does."""

from collections.abc import Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from experiments.report.page import Page
from experiments.store.store import Store
from experiments.studies.sensitivity import page as report
from experiments.studies.sensitivity.plan import SchemeResult, Sensitivity
from experiments.studies.sensitivity.tables import (
    Plan,
    analysed,
    plan,
    tables,
)
from experiments.studies.sensitivity.thresholds import LINES
from experiments.studies.sensitivity.words import (
    HEADS,
    MOST_ROWS,
    follow_up,
    sentences,
    table,
    title,
    warnings,
)
from experiments.study import Results, RunsStudy
from experiments.words.screen import say, show


def announce(screen: Console, planned: Plan, finished: bool) -> None:
    """Print what is sampled."""
    del finished
    say(screen, title(planned.subject), style="bold")


def say_indices(screen: Console, results: Results[Plan, Store]) -> None:
    """Print which uncertainties matter for every scheme, and what to run next."""
    study = results.plan.subject
    scheme_results = analysed(results.plan, results.source)
    for one in scheme_results:
        _print(screen, study, one)
    _say_warnings(screen, warnings(study, scheme_results))
    following = follow_up(results.plan.request, scheme_results)
    if following:
        screen.print()
        say(screen, "To split the variance among those that matter most:")
        screen.print(f"  {following}", soft_wrap=True)


def charts(results: Results[Plan, Store]) -> list[str]:
    """Name the charts of all schemes."""
    with_lines = {node.scheme for node in results.rows(LINES)}
    return report.charts(results.plan.subject, with_lines)


def page(results: Results[Plan, Store]) -> Page:
    """Draw the charts of every scheme and make the page."""
    scheme_results = analysed(results.plan, results.source)
    following = follow_up(results.plan.request, scheme_results)
    return report.page(results.plan.subject, scheme_results, following, results.folder)


def _print(screen: Console, study: Sensitivity, result: SchemeResult) -> None:
    screen.print(Text(f"\n{result.scheme}", style="bold"))
    for text in sentences(study, result):
        say(screen, text, 2)
    method = study.sample.method
    grid = Table(box=None, pad_edge=False, header_style="bold", padding=(0, 1))
    grid.add_column("parameter")
    for head in HEADS[method]:
        grid.add_column(head, justify="right")
    for line in table(result.analysis, method, MOST_ROWS):
        cells = (f"{cell.value} {cell.ends}".strip() for cell in line.cells)
        grid.add_row(Text(f"  {line.parameter}"), *(Text(cell) for cell in cells))
    if grid.row_count:
        show(screen, grid)


def _say_warnings(screen: Console, said: Sequence[str]) -> None:
    if said:
        screen.print()
        say(screen, "Warnings", style="bold yellow")
    for text in said:
        say(screen, text, 2)


STUDY = RunsStudy(
    plan=plan,
    tables=tables,
    say=say_indices,
    charts=charts,
    page=page,
    announce=announce,
)
run = STUDY.run
