"""``study=validation``: stylised facts, looked for in simulated panels."""

import time
from collections.abc import Mapping
from functools import partial

from rich.console import Console, JustifyMethod
from rich.table import Table
from rich.text import Text

from experiments.config.catalogue import check_known
from experiments.config.request import Request
from experiments.config.settings import ValidationSettings
from experiments.report.ending import say_paths
from experiments.report.publish import publish
from experiments.runs.pieces import PIECES, gather
from experiments.runs.trial import Trial
from experiments.statistics.finding import Fact, Verdict
from experiments.studies.validation.facts import NAMES, load
from experiments.studies.validation.kept import (
    FINDINGS,
    Found,
    about,
    answer,
    expected,
    findings_of,
    piece,
    shown,
    split,
    tables,
    unit,
    wanting,
)
from experiments.studies.validation.page import ASIDES, INPUTS, charts, page
from experiments.words.screen import console, say

SOURCES = (f"{__name__}.kept", f"{__name__}.facts")
COLUMNS: Mapping[str, JustifyMethod] = {
    "fact": "left",
    "finding": "left",
    "estimate": "right",
    "95 % interval": "left",
    "expected": "left",
    "": "left",
}
STYLES = {Verdict.FAILS: "bold red", Verdict.UNKNOWN: "yellow"}
"""Of verdicts that ask for attention."""


def run(request: Request) -> None:
    """Look for every fact, keep the numbers and say what holds."""
    start = time.perf_counter()
    settings = request.settings_as(ValidationSettings)
    check_known("study.only", settings.only, NAMES, "stylised fact")
    facts = {name: load(name) for name in dict.fromkeys(settings.only or NAMES)}
    trial = Trial(request.seed, settings.people, settings.replicates, request.threads)
    done = gather(
        request,
        {name: partial(piece, fact, trial) for name, fact in facts.items()},
        tables,
        SOURCES,
    )
    screen = console()
    if not done.computed:
        screen.print("complete, nothing to do (again=true does it once more)\n")
    found = {name: findings_of(done.pieces[name]) for name in facts}
    _print(screen, facts, found, trial)
    publish(
        done.folder,
        request,
        charts(found),
        lambda: page(facts, found, trial, done.folder),
    )
    screen.print(
        f"\n{done.folder}/ holds {FINDINGS.name}, {PIECES} and manifest.json. Total: "
        f"{time.perf_counter() - start:.1f} s.",
        soft_wrap=True,
    )
    say_paths(screen, done.folder)


def _print(
    screen: Console, facts: Mapping[str, Fact], found: Found, trial: Trial
) -> None:
    say(screen, f"Stylised facts in simulated panels: {about(trial)}", style="bold")
    counting, inputs, asides = split(found)
    if counting:
        screen.print(_table(facts, counting))
    for title, own in ((INPUTS, inputs), (ASIDES, asides)):
        if own:
            screen.print()
            say(screen, title, style="bold")
            screen.print(_table(facts, own))
    screen.print()
    for text in answer(facts, found):
        say(screen, text)
    for name, fact in facts.items():
        if fact.explanation and wanting(found[name]):
            say(screen, f"{fact.name}: {fact.explanation}", 2)


def _table(facts: Mapping[str, Fact], found: Found) -> Table:
    """The findings below the claim of their fact."""
    table = Table(box=None, pad_edge=False, header_style="bold", padding=(0, 1))
    for title, justify in COLUMNS.items():
        table.add_column(title, overflow="fold", justify=justify)
    for name, own in found.items():
        fact = facts[name]
        table.add_row(Text(fact.name, style="bold"), Text(fact.claim, style="bold"))
        for finding in own:
            numbers = shown(finding)
            table.add_row(
                "",
                Text(f"{finding.quantity}{unit(finding)}"),
                numbers.estimate,
                Text(numbers.interval),
                expected(finding),
                Text(finding.verdict.value, style=STYLES.get(finding.verdict, "")),
            )
    return table
