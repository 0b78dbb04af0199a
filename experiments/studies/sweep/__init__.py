"""``study=sweep``: schemes over any design of levers and uncertainties."""

from rich.console import Console
from rich.table import Table
from rich.text import Text

from experiments.report.page import Page
from experiments.statistics.point_effects import POINT_EFFECTS
from experiments.store.store import Store
from experiments.studies.sweep import expectation
from experiments.studies.sweep import page as report
from experiments.studies.sweep.plan import Plan, plan, tables
from experiments.study import Results, RunsStudy
from experiments.words.screen import say, show


def announce(screen: Console, planned: Plan, finished: bool) -> None:
    """Print the plan and, unless it is finished, the expected time and size."""
    first, *others = expectation.lines(planned.subject)
    say(screen, first, style="bold")
    for line in others:
        say(screen, line, 2)
    if not finished:
        say(screen, _expected(planned), 2)
    screen.print()


def _expected(planned: Plan) -> str:
    cluster = planned.request.engine.kind == "dask"
    # How many threads a cluster has, is not known before it is there.
    threads = 1 if cluster else planned.request.threads
    try:
        pilot = expectation.pilot(planned.design, threads)
    except Exception as error:
        # A failed run is a row of the sweep; it must not end the sweep here.
        return f"Expected: not known, a run of the pilot failed ({error})."
    return expectation.expectation(pilot, threads, cluster=cluster)


def say_findings(screen: Console, results: Results[Plan, Store]) -> None:
    """Print the results of every scheme."""
    sweep, rows = results.plan.subject, results.rows(POINT_EFFECTS)
    for scheme in sweep.swept:
        _print(screen, report.findings(rows, sweep, scheme))


def page(results: Results[Plan, Store]) -> Page:
    """Draw a chart for each scheme and make the page."""
    rows = results.rows(POINT_EFFECTS)
    return report.page(rows, results.plan.subject, results.folder)


def _print(screen: Console, findings: report.Findings) -> None:
    """Print the results of one scheme: sentences, extreme points, the factors."""
    screen.print(Text(f"\n{findings.scheme}", style="bold"))
    for text in findings.sentences:
        say(screen, text, 2)
    for grid in findings.tables:
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
        show(screen, table)


STUDY = RunsStudy(
    plan=plan,
    tables=tables,
    say=say_findings,
    charts=lambda results: report.charts(results.plan.subject),
    page=page,
    announce=announce,
)
run = STUDY.run
