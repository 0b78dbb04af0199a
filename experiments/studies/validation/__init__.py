"""``study=validation``: tests of stylised facts in simulated panels."""

from collections.abc import Mapping

from rich.console import Console, JustifyMethod
from rich.table import Table
from rich.text import Text

from experiments.report.page import Page
from experiments.report.sections import about_trial
from experiments.statistics.finding import Fact, Verdict
from experiments.studies.validation import page as report
from experiments.studies.validation import told
from experiments.studies.validation.elsewhere import HELD, NULL_MODELS
from experiments.studies.validation.kept import Findings, findings_of
from experiments.studies.validation.plan import Plan, plan, tables
from experiments.studies.validation.told import Elsewhere, found_elsewhere
from experiments.studies.validation.words import (
    answer,
    expected,
    shown,
    split,
    unit,
    wanting,
)
from experiments.study import Pieces, PiecesStudy, Results
from experiments.words.screen import say, show

COLUMNS: Mapping[str, JustifyMethod] = {
    "fact": "left",
    "finding": "left",
    "estimate": "right",
    "95 % interval": "left",
    "expected": "left",
    "": "left",
    "worlds": "left",
    "holds too with": "left",
}
STYLES = {Verdict.FAILS: "bold red", Verdict.UNKNOWN: "yellow"}
"""Styles of verdicts that ask for attention."""


def say_findings(screen: Console, results: Results[Plan, Pieces]) -> None:
    """Print every finding below its fact, and how many hold."""
    facts, trial = results.plan.subject.facts, results.plan.subject.trial
    findings, found = _findings(results), _elsewhere(results)
    say(
        screen,
        f"Stylised facts in simulated panels: {about_trial(trial)}",
        style="bold",
    )
    counting, inputs, asides = split(findings)
    if counting:
        show(screen, _table(facts, counting, found))
    for title, own in ((report.INPUTS, inputs), (report.ASIDES, asides)):
        if own:
            screen.print()
            say(screen, title, style="bold")
            show(screen, _table(facts, own, found))
    screen.print()
    for text in [*answer(facts, findings), *told.answer(facts, counting, found)]:
        say(screen, text)
    for name, fact in facts.items():
        if fact.explanation and wanting(findings[name]):
            say(screen, f"{fact.name}: {fact.explanation}", 2)


def _findings(results: Results[Plan, Pieces]) -> Findings:
    facts = results.plan.subject.facts
    return {name: findings_of(results.source[name]) for name in facts}


def _elsewhere(results: Results[Plan, Pieces]) -> Elsewhere:
    subject = results.plan.subject
    held = results.rows(HELD) if subject.worlds else []
    return found_elsewhere(held, results.rows(NULL_MODELS) if subject.nulls else [])


def _table(facts: Mapping[str, Fact], findings: Findings, found: Elsewhere) -> Table:
    """Make the table of findings, each below the claim of its fact."""
    table = Table(box=None, pad_edge=False, header_style="bold", padding=(0, 1))
    for title, justify in COLUMNS.items():
        table.add_column(title, overflow="fold", justify=justify)
    for name, own in findings.items():
        fact = facts[name]
        table.add_row(Text(fact.name, style="bold"), Text(fact.claim, style="bold"))
        for finding in own:
            numbers, place = shown(finding), (name, finding.quantity)
            passed = ", ".join(map(told.title, found.passed.get(place, ())))
            table.add_row(
                "",
                Text(f"{finding.quantity}{unit(finding)}"),
                numbers.estimate,
                Text(numbers.interval),
                expected(finding),
                Text(finding.verdict.value, style=STYLES.get(finding.verdict, "")),
                told.of_worlds(found.held.get(place)),
                passed,
            )
    return table


def page(results: Results[Plan, Pieces]) -> Page:
    """Draw the charts and show every finding."""
    facts, trial = results.plan.subject.facts, results.plan.subject.trial
    found = _elsewhere(results)
    return report.page(facts, _findings(results), found, trial, results.folder)


STUDY = PiecesStudy(
    plan=plan,
    tables=tables,
    say=say_findings,
    charts=lambda results: report.charts(_findings(results)),
    page=page,
)
run = STUDY.run
