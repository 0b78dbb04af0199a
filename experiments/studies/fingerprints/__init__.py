"""``study=fingerprints data=usage.csv``: gaming in a reader's own panel of AI use."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from rich.console import Console
from rich.table import Table

from experiments.config.request import Request
from experiments.config.settings import FingerprintsSettings
from experiments.report import say_paths
from experiments.report.findings import write
from experiments.runs.pieces import Content, Rows, gather
from experiments.store.files import explained, sha256
from experiments.studies.fingerprints.look import FINGERPRINTS, Found, Row, look, rows
from experiments.studies.fingerprints.page import page
from experiments.studies.fingerprints.usage_file import read
from experiments.studies.fingerprints.words import LIMITS, about, answer, cells
from experiments.words.screen import console, say

SOURCES = (f"{__name__}.look", f"{__name__}.usage_file")
HEADS = ("quantity", "unit", "estimate", "95 % interval", "without", "detectable")


def run(request: Request) -> None:
    """Look for fingerprints in a panel, print them and leave a folder of results."""
    settings, path = request.settings_as(FingerprintsSettings), request.data
    if path is None:
        raise TypeError("study=fingerprints needs a file of data")
    usage = read(path)
    found = look(usage, settings)
    lines = rows(found)
    # The study is about what stands in the file, wherever it lies.
    about_content = replace(request, config=request.config | {"data": sha256(path)})
    done = gather(
        about_content,
        {"fingerprints": lambda: [row._asdict() for row in lines]},
        _tables,
        SOURCES,
    )
    screen = console()
    if not done.computed:
        screen.print("complete, nothing to do (again=true does it once more)\n")
    say(screen, f"Fingerprints of gaming in {path.name}", style="bold")
    say(screen, about(usage, settings.period))
    screen.print()
    screen.print(_table(lines))
    _say(screen, found, settings.quota)
    with explained(done.folder):
        said = page(path.name, usage, settings, found, lines, done.folder)
        write(done.folder, request, said)
    screen.print(
        f"\n{done.folder}/ holds {FINGERPRINTS.name} and manifest.json.", soft_wrap=True
    )
    say_paths(screen, done.folder)


def _tables(pieces: Mapping[str, Content]) -> Rows:
    return {FINGERPRINTS: [Row(**row) for row in pieces["fingerprints"]]}


def _table(lines: Sequence[Row]) -> Table:
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


def _say(screen: Console, found: Found, quota: float) -> None:
    """Say what was found, and what cannot be said."""
    screen.print()
    say(screen, "What is found", style="bold")
    for text in answer(found, quota):
        say(screen, text, indent=2)
    for heading, reasons in (
        ("What this panel cannot say", found.cannot),
        ("What no such panel can say", LIMITS),
    ):
        if reasons:
            screen.print()
            say(screen, heading, style="bold")
        for what, why in reasons:
            say(screen, f"{what}: {why}", indent=2)
