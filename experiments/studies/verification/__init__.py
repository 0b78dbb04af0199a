"""``study=verification``: every result of the theory beside the simulation."""

import time
from collections.abc import Callable, Mapping, Sequence
from functools import partial

from rich.console import Console
from rich.table import Table
from rich.text import Text

from experiments.config.catalogue import check_known
from experiments.config.request import Request
from experiments.config.settings import VerificationSettings
from experiments.report.ending import say_paths
from experiments.report.publish import publish
from experiments.runs.pieces import PIECES, Content, Gathered, gather
from experiments.runs.trial import Trial
from experiments.statistics.check import Result
from experiments.studies.verification.kept import (
    CHECKS,
    EXTRAS,
    GAPS,
    about,
    answer,
    checks_of,
    hysteresis,
    in_full,
    losses,
    piece,
    summary,
    tables,
)
from experiments.studies.verification.page import charts, page
from experiments.studies.verification.results import NAMES, load
from experiments.words.screen import console, say

SOURCES = (f"{__name__}.kept", f"{__name__}.results")


def run(request: Request) -> None:
    """Check every result, keep the numbers and say what holds."""
    start = time.perf_counter()
    settings = request.settings_as(VerificationSettings)
    check_known("study.only", settings.only, NAMES, "result of the theory")
    results = [load(name) for name in dict.fromkeys(settings.only or NAMES)]
    trial = Trial(request.seed, settings.people, settings.replicates, request.threads)
    done = gather(request, _pieces(results, trial), tables, SOURCES)
    screen = console()
    if not done.computed:
        screen.print("complete, nothing to do (again=true does it once more)\n")
    _print(screen, results, done, trial)
    publish(
        done.folder,
        request,
        charts(done.pieces),
        lambda: page(results, done.pieces, trial, done.folder),
    )
    screen.print(
        f"\n{done.folder}/ holds {CHECKS.name}, {GAPS.name}, {PIECES} and "
        f"manifest.json. Total: {time.perf_counter() - start:.1f} s.",
        soft_wrap=True,
    )
    say_paths(screen, done.folder)


def _pieces(
    results: Sequence[Result], trial: Trial
) -> Mapping[str, Callable[[], Content]]:
    """What is computed: every result, and what charts of their own are drawn from."""
    found: dict[str, Callable[[], Content]] = {
        result.name: partial(piece, result, trial) for result in results
    }
    if "norm" in found:
        found[EXTRAS["norm"]] = partial(hysteresis, trial)
    if "planning" in found:
        found[EXTRAS["planning"]] = losses
    return found


def _print(
    screen: Console, results: Sequence[Result], done: Gathered, trial: Trial
) -> None:
    say(screen, f"The simulation beside theory: {about(trial)}", style="bold")
    table = Table(box=None, pad_edge=False, header_style="bold", padding=(0, 1))
    table.add_column("result")
    for title in ("checks", "largest deviation, tolerances", "standard errors", ""):
        table.add_column(title, justify="right" if title else "left")
    failed = []
    for result in results:
        checks = checks_of(done.pieces[result.name])
        found = summary(checks)
        failed += [(result, check) for check in checks if not check.holds]
        table.add_row(
            Text(result.title),
            str(found.checks),
            f"{found.tolerances:.2f}",
            "–" if found.errors is None else f"{found.errors:.2f}",
            Text(found.verdict, style="" if found.held == found.checks else "bold red"),
        )
    screen.print(table)
    for result, check in failed:
        say(screen, f"Does not hold: {result.title}: {in_full(check)}", style="red")
    screen.print()
    for text in answer(results, done.pieces, trial):
        say(screen, text)
