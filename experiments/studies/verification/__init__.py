"""``study=verification``: every result of the theory beside the simulation."""

from rich.console import Console
from rich.table import Table
from rich.text import Text

from experiments.report.page import Page
from experiments.report.sections import about_trial
from experiments.studies.verification import page as report
from experiments.studies.verification.kept import checks_of
from experiments.studies.verification.plan import Plan, plan, tables
from experiments.studies.verification.words import answer, in_full, summary
from experiments.study import Pieces, PiecesStudy, Results
from experiments.words.screen import say, show


def say_checks(screen: Console, results: Results[Plan, Pieces]) -> None:
    """Print a row for each result, every check that fails, and what that means."""
    verified, trial = results.plan.subject
    pieces = results.source
    say(screen, f"The simulation beside theory: {about_trial(trial)}", style="bold")
    table = Table(box=None, pad_edge=False, header_style="bold", padding=(0, 1))
    table.add_column("result")
    for title in ("checks", "largest deviation, tolerances", "standard errors", ""):
        table.add_column(title, justify="right" if title else "left")
    failed = []
    for result in verified:
        checks = checks_of(pieces[result.name])
        outcome = summary(checks)
        failed += [(result, check) for check in checks if not check.holds]
        table.add_row(
            Text(result.title),
            str(outcome.checks),
            f"{outcome.tolerances:.2f}",
            "–" if outcome.errors is None else f"{outcome.errors:.2f}",
            Text(
                outcome.verdict,
                style="" if outcome.held == outcome.checks else "bold red",
            ),
        )
    show(screen, table)
    for result, check in failed:
        say(screen, f"Does not hold: {result.title}: {in_full(check)}", style="red")
    screen.print()
    for text in answer(verified, pieces, trial):
        say(screen, text)


def page(results: Results[Plan, Pieces]) -> Page:
    """Draw the charts and show every check."""
    verified, trial = results.plan.subject
    return report.page(verified, results.source, trial, results.folder)


STUDY = PiecesStudy(
    plan=plan,
    tables=tables,
    say=say_checks,
    charts=lambda results: report.charts(results.source),
    page=page,
)
run = STUDY.run
