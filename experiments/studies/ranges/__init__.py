"""``study=ranges``: how the headline effect moves over each parameter's range."""

from rich.console import Console
from rich.table import Table
from rich.text import Text

from experiments.report.page import Page
from experiments.statistics.ranges import RANGES, swings
from experiments.store.store import Store
from experiments.studies.ranges import page as report
from experiments.studies.ranges.plan import Plan, plan, tables
from experiments.studies.ranges.words import HEADS, line, sentence, title
from experiments.study import Results, RunsStudy
from experiments.words.screen import say, show

MOST = 10
"""Most parameters that the terminal names for each scheme."""


def compared(planned: Plan) -> list[str]:
    """Name the schemes that are compared with the baseline."""
    return [name for name in planned.design.schemes if name != planned.subject]


def say_swings(screen: Console, results: Results[Plan, Store]) -> None:
    """Print which parameters move the effect of every scheme most."""
    rows = results.rows(RANGES)
    say(screen, title(results.plan.design, results.plan.subject), style="bold")
    for scheme in compared(results.plan):
        screen.print(Text(f"\n{scheme}", style="bold"))
        say(screen, f"{sentence(rows, scheme)} What moves it most:", 2)
        table = Table(box=None, pad_edge=False, header_style="bold", padding=(0, 1))
        for head in HEADS:
            table.add_column(head, justify="left" if head == HEADS[0] else "right")
        for swing in swings(rows, scheme)[:MOST]:
            first, *rest = line(swing)
            table.add_row(f"  {first}", *rest)
        show(screen, table)


def page(results: Results[Plan, Store]) -> Page:
    """Draw a chart for each scheme and make the page."""
    planned = results.plan
    return report.page(
        results.rows(RANGES),
        compared(planned),
        planned.subject,
        planned.design,
        results.folder,
    )


STUDY = RunsStudy(
    plan=plan,
    tables=tables,
    say=say_swings,
    charts=lambda results: report.charts(compared(results.plan)),
    page=page,
)
run = STUDY.run
