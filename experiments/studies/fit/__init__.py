"""``study=fit data=panel.parquet``: the model fitted to a company's own panel."""

from rich.console import Console

from experiments.config.settings import FitSettings
from experiments.report.page import Page
from experiments.studies.fit import page as report
from experiments.studies.fit.kept import (
    ANSWERS,
    MISFIT,
    STRUCTURES,
    SUMMARIES,
    UNKNOWNS,
)
from experiments.studies.fit.plan import Plan, make_bank, plan, tables
from experiments.studies.fit.words import Read, about, answer, doubts
from experiments.study import Pieces, PiecesStudy, Results
from experiments.words.screen import say


def announce(screen: Console, planned: Plan, finished: bool) -> None:
    """Say what is held against what."""
    del finished
    say(screen, about(planned.subject), style="bold")


def read(results: Results[Plan, Pieces]) -> Read:
    """Read what was found."""
    return Read(*(results.rows(x) for x in (ANSWERS, STRUCTURES, MISFIT, SUMMARIES)))


def say_fit(screen: Console, results: Results[Plan, Pieces]) -> None:
    """Print what the data cannot tell, the answers, and what makes them weaker."""
    for text in answer(read(results), _anyway(results)):
        screen.print()
        say(screen, text)
    for what, why in doubts(results.plan.subject):
        screen.print()
        say(screen, f"{what}: {why}")


def _anyway(results: Results[Plan, Pieces]) -> bool:
    return results.plan.request.settings_as(FitSettings).anyway


def charts(results: Results[Plan, Pieces]) -> list[str]:
    """Name the charts: none if no answer is shown."""
    hidden = read(results).is_outside and not _anyway(results)
    return [] if hidden else list(report.CHARTS)


def page(results: Results[Plan, Pieces]) -> Page:
    """Draw the charts and make the page."""
    return report.page(
        results.plan.subject,
        read(results),
        results.rows(UNKNOWNS),
        _anyway(results),
        results.folder,
    )


STUDY = PiecesStudy(
    plan=plan,
    tables=tables,
    say=say_fit,
    charts=charts,
    page=page,
    announce=announce,
    first=make_bank,
)
run = STUDY.run
