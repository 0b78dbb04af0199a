"""``study=phase_map``: the sign of an effect on output over a grid of two factors."""

from rich.console import Console
from rich.text import Text

from experiments.config.settings import PhaseMapSettings
from experiments.report.page import Page
from experiments.store.store import Store
from experiments.studies.phase_map import page as report
from experiments.studies.phase_map.cells import MAP
from experiments.studies.phase_map.plan import Plan, plan, tables
from experiments.study import Results, RunsStudy
from experiments.words.screen import say


def announce(screen: Console, planned: Plan, finished: bool) -> None:
    """Say which grid is run."""
    del finished
    settings = planned.request.settings_as(PhaseMapSettings)
    say(screen, report.about(planned.subject, settings), style="bold")


def say_map(screen: Console, results: Results[Plan, Store]) -> None:
    """Print where the effect of every scheme has which sign."""
    cells = results.rows(MAP)
    for scheme in results.plan.subject.swept:
        screen.print(Text(f"\n{scheme}", style="bold"))
        for text in report.sentences([cell for cell in cells if cell.scheme == scheme]):
            say(screen, text, 2)


def page(results: Results[Plan, Store]) -> Page:
    """Draw a map for each scheme and make the page."""
    planned = results.plan
    settings = planned.request.settings_as(PhaseMapSettings)
    return report.page(results.rows(MAP), planned.subject, settings, results.folder)


STUDY = RunsStudy(
    plan=plan,
    tables=tables,
    say=say_map,
    charts=lambda results: report.charts(results.plan.subject),
    page=page,
    announce=announce,
)
run = STUDY.run
