"""``study=import data=exports/``: real exports in, one panel without names out."""

from rich.console import Console

from experiments.studies.import_ import page as report
from experiments.studies.import_.coverage import COVERAGE
from experiments.studies.import_.make import Rows, whole
from experiments.studies.import_.plan import Plan, plan, tables
from experiments.studies.import_.words import answer, sections
from experiments.study import Results, WholeStudy
from experiments.words.screen import say

Done = Results[Plan, Rows]


def say_import(screen: Console, results: Done) -> None:
    """Print what was read, what was left out, and what cannot be seen."""
    rows = results.rows(COVERAGE)
    say(screen, "What is in the exports", style="bold")
    for text in answer(rows):
        say(screen, text, indent=2)
    for title, lines in sections(rows):
        screen.print()
        say(screen, title, style="bold")
        for name, text in lines:
            say(screen, f"{name}: {text}", indent=2)


STUDY = WholeStudy(
    plan=plan,
    tables=tables,
    whole=whole,
    say=say_import,
    charts=lambda results: [report.CHART],
    page=lambda results: report.page(results.rows(COVERAGE), results.folder),
    report=report.NAME,
)
run = STUDY.run
