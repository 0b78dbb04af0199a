"""``study=fingerprints data=usage.csv``: gaming in a reader's own panel of AI use."""

from collections.abc import Sequence

from rich.console import Console
from rich.table import Table

from experiments.config.settings import FingerprintsSettings
from experiments.report.page import Page
from experiments.studies.fingerprints import page as report
from experiments.studies.fingerprints.analysis import FINGERPRINTS, QuantityRow
from experiments.studies.fingerprints.doubts import CHECK, doubts
from experiments.studies.fingerprints.plan import Plan, plan, tables
from experiments.studies.fingerprints.words import LIMITS, about, answer, cells
from experiments.study import Pieces, PiecesStudy, Results
from experiments.words.screen import say, show

HEADS = ("quantity", "unit", "estimate", "95 % interval", "without", "detectable")


def say_fingerprints(screen: Console, results: Results[Plan, Pieces]) -> None:
    """Print every estimate, what the panel shows, and what it cannot show."""
    name, usage, analysis = results.plan.subject
    settings = results.plan.request.settings_as(FingerprintsSettings)
    quota = settings.quota
    say(screen, f"Fingerprints of gaming in {name}", style="bold")
    say(screen, about(usage, settings))
    _say_pairs(screen, CHECK, doubts(usage, settings))
    screen.print()
    show(screen, _table(results.rows(FINGERPRINTS)))
    screen.print()
    say(screen, "What is found", style="bold")
    for text in answer(analysis, quota, usage.unit):
        say(screen, text, indent=2)
    _say_pairs(screen, "What this panel cannot say", analysis.cannot)
    _say_pairs(screen, "What no such panel can say", LIMITS)


def _say_pairs(screen: Console, heading: str, pairs: Sequence[tuple[str, str]]) -> None:
    """Print topics with what is to be said of them, if there are any."""
    if pairs:
        screen.print()
        say(screen, heading, style="bold")
    for what, why in pairs:
        say(screen, f"{what}: {why}", indent=2)


def _table(lines: Sequence[QuantityRow]) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold")
    for k, head in enumerate(HEADS):
        table.add_column(head, justify="left" if k < 2 else "right", no_wrap=k > 1)
    before = ""
    for row in lines:
        if row.fingerprint != before:
            table.add_row(row.fingerprint, style="bold")
        before = row.fingerprint
        quantity, *others = cells(row)
        table.add_row(f"  {quantity}", *others)
    return table


def page(results: Results[Plan, Pieces]) -> Page:
    """Draw the chart and show every estimate."""
    name, usage, analysis = results.plan.subject
    settings = results.plan.request.settings_as(FingerprintsSettings)
    rows = results.rows(FINGERPRINTS)
    return report.page(name, usage, settings, analysis, rows, results.folder)


STUDY = PiecesStudy(
    plan=plan,
    tables=tables,
    say=say_fingerprints,
    charts=lambda results: [report.CHART],
    page=page,
)
run = STUDY.run
