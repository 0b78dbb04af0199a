"""``study=goodhart_curve``: usage and output as the pressure of one lever grows."""

from rich.console import Console
from rich.text import Text

from experiments.report.page import Page
from experiments.store.store import Store
from experiments.studies.goodhart_curve import page as report
from experiments.studies.goodhart_curve.curves import CURVE, TURNING
from experiments.studies.goodhart_curve.plan import Plan, plan, tables
from experiments.study import Results, RunsStudy
from experiments.words.screen import say


def announce(screen: Console, planned: Plan, finished: bool) -> None:
    """Print which curves are drawn."""
    del finished
    say(screen, report.about(planned.subject), style="bold")


def say_turns(screen: Console, results: Results[Plan, Store]) -> None:
    """Print where output turns, by family and workforce."""
    rows, turns = results.rows(CURVE), results.rows(TURNING)
    for family in results.plan.subject.families:
        screen.print(Text(f"\n{family.name}", style="bold"))
        for turn in turns:
            if turn.family == family.name:
                say(screen, f"{turn.workforce}: {report.sentence(turn, rows)}", 2)
    screen.print()
    for text in report.answer(turns):
        say(screen, text)


def page(results: Results[Plan, Store]) -> Page:
    """Draw the curves and say all of them."""
    rows, turns = results.rows(CURVE), results.rows(TURNING)
    return report.page(results.plan.subject, rows, turns, results.folder)


STUDY = RunsStudy(
    plan=plan,
    tables=tables,
    say=say_turns,
    charts=lambda results: report.CHARTS,
    page=page,
    announce=announce,
)
run = STUDY.run
