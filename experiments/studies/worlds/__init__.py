"""``study=worlds``: worlds in which voluntary use is as it is known to be."""

from rich.console import Console
from rich.table import Table
from rich.text import Text

from experiments.report.page import Cell, Grid, Page, Row, Section, main_table
from experiments.studies.worlds.plan import CELLS, MET, Met, Plan, plan, tables
from experiments.studies.worlds.words import (
    ABOUT,
    HEADS,
    cells_of_search,
    range_of,
    summary,
)
from experiments.study import Pieces, PiecesStudy, Results
from experiments.words.screen import percent, say, show
from experiments.worlds.shipped import ORIGIN


def say_worlds(screen: Console, results: Results[Plan, Pieces]) -> None:
    """Print the search of every structure."""
    cells, [origin] = results.rows(CELLS), results.rows(ORIGIN)
    say(screen, f"Plausible worlds. {ABOUT}", style="bold")
    table = Table(box=None, pad_edge=False, header_style="bold", padding=(0, 1))
    for head in HEADS:
        table.add_column(head, justify="left" if head in HEADS[:2] else "right")
    for cell in cells:
        table.add_row(*map(Text, (cell.rule, *cells_of_search(cell))))
    show(screen, table)
    say(screen, summary(origin, cells, results.plan.subject.each))


def _met(row: Met) -> Row:
    cells = (
        range_of(row.low, row.high),
        range_of(row.wide_low, row.wide_high),
        row.reason,
        f"{percent(100.0 * row.met)} %",
    )
    return Row(f"{row.target} ({row.unit})", [Cell(text) for text in cells])


def page(results: Results[Plan, Pieces]) -> Page:
    """Show the search of every structure, and the targets."""
    cells, [origin] = results.rows(CELLS), results.rows(ORIGIN)
    lines = [Row(c.rule, [Cell(text) for text in cells_of_search(c)]) for c in cells]
    targets = Grid(
        "Targets",
        "A world is plausible if voluntary use in it lies in every widened range.",
        ("target", "calibration", "plausible", "widened", "met by"),
        [_met(row) for row in results.rows(MET)],
    )
    return Page(
        title="Plausible worlds",
        question=(
            "In which settings of everything that nobody knows do people use AI of "
            "their own accord as they are known to?"
        ),
        about=ABOUT,
        answer=[summary(origin, cells, results.plan.subject.each)],
        pictures=[],
        sections=[
            main_table(Grid("Every structure", "", HEADS, lines)),
            Section("targets", "What is known of voluntary use", [targets], "Targets"),
        ],
    )


STUDY = PiecesStudy(
    plan=plan,
    tables=tables,
    say=say_worlds,
    charts=lambda _: [],
    page=page,
)
run = STUDY.run
