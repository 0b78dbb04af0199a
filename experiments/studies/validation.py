"""``study=validation``: stylised facts, looked for in simulated panels."""

import time
from collections.abc import Mapping, Sequence
from functools import partial

from rich.console import Console
from rich.table import Table
from rich.text import Text

from experiments.facts import NAMES, load
from experiments.facts.finding import Fact, Finding, Verdict
from experiments.facts.kept import (
    FINDINGS,
    Found,
    about,
    answer,
    expected,
    findings_of,
    interval,
    piece,
    tables,
)
from experiments.files import explained
from experiments.pieces import PIECES, gather
from experiments.report import say_paths
from experiments.report.findings import write
from experiments.report.validation import page
from experiments.request import Request
from experiments.screen import console, say
from experiments.settings import ValidationSettings
from experiments.trial import Trial

SOURCES = ("experiments/facts", "experiments/estimators", "experiments/trial.py")
STYLES = {Verdict.HOLDS: "", Verdict.FAILS: "bold red", Verdict.UNKNOWN: "yellow"}


def run(request: Request) -> None:
    """Look for every fact, keep the numbers and say what holds."""
    start = time.perf_counter()
    settings = request.settings
    if not isinstance(settings, ValidationSettings):
        raise TypeError(f"study=validation does not take {type(settings).__name__}")
    facts = {name: load(name) for name in settings.only or NAMES}
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
    with explained(done.folder):
        write(done.folder, request, page(facts, found, trial, done.folder))
    screen.print(
        f"\n{done.folder}/ holds {FINDINGS}, {PIECES} and manifest.json. Total: "
        f"{time.perf_counter() - start:.1f} s.",
        soft_wrap=True,
    )
    say_paths(screen, done.folder)


def _print(
    screen: Console, facts: Mapping[str, Fact], found: Found, trial: Trial
) -> None:
    say(screen, f"Stylised facts in simulated panels: {about(trial)}", style="bold")
    table = Table(box=None, pad_edge=False, header_style="bold", padding=(0, 1))
    for title in ("fact", "quantity", "estimate, 95 % interval", "expected", ""):
        table.add_column(title, overflow="fold")
    for name, fact in facts.items():
        for finding in found[name]:
            verdict = finding.verdict
            said = f"({verdict.value}: an input)" if fact.given else verdict.value
            table.add_row(
                fact.name,
                Text(finding.quantity),
                Text(interval(finding)),
                expected(finding),
                Text(said, style="dim" if fact.given else STYLES[verdict]),
            )
    screen.print(table)
    screen.print()
    for text in answer(facts, found):
        say(screen, text)
    for name, fact in facts.items():
        if fact.explanation and _verdicts(found[name]) != {Verdict.HOLDS}:
            say(screen, f"{fact.name}: {fact.explanation}", 2)


def _verdicts(findings: Sequence[Finding]) -> set[Verdict]:
    return {finding.verdict for finding in findings}
