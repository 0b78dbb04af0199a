"""The stored figures and the tables of ``docs/benchmarks.md``."""

import re
import shutil
from collections.abc import Sequence
from pathlib import Path

from benchmarks import tables
from benchmarks.figure import Figure, from_csv, to_csv

DOCS = Path(__file__).parents[1] / "docs"
PAGE = DOCS / "benchmarks.md"
STORED = DOCS / "results" / "benchmarks.csv"
CHART = DOCS / "images" / "growth.png"
MEASURED = re.compile(r"(<!-- measured -->\n).*(<!-- end measured -->)", re.DOTALL)
MACHINE = "machine"


def keep(figures: Sequence[Figure], machine: str, chart: Path) -> None:
    """Store figures and their chart, and put the tables into the page."""
    shutil.copyfile(chart, CHART)
    nowhere = (0, 0, 0, 0, MACHINE, "", 0.0, 0.0, 0.0, 0)
    STORED.write_text(
        to_csv([Figure(MACHINE, "", "", *nowhere, machine), *figures]), encoding="utf-8"
    )
    PAGE.write_text(filled(PAGE.read_text(encoding="utf-8")), encoding="utf-8")


def filled(text: str) -> str:
    """The page with the tables of the stored figures."""
    figures = from_csv(STORED.read_text(encoding="utf-8"))
    return MEASURED.sub(lambda found: found[1] + written(figures) + found[2], text)


def written(figures: Sequence[Figure]) -> str:
    """All tables as Markdown."""
    machine = next(f.how for f in figures if f.part == MACHINE)
    return "\n".join(
        (
            f"Measured on: {machine}.\n",
            "### Same model\n",
            markdown(CHECK, check_rows(figures)),
            "### Decisions, hiring, memory\n",
            markdown(tables.DECISIONS, tables.decision_rows(figures)),
            "### Sweeps\n",
            markdown(tables.SWEEPS, tables.sweep_rows(figures)),
            "### One large organisation\n",
            markdown(tables.LARGE, tables.large_rows(figures)),
            "### Growth\n",
            "![Cost by employees, weeks and runs](images/growth.png)\n",
        )
    )


CHECK = ("framework", "outcome", "its mean", "range that counts as equal", "verdict")


def check_rows(figures: Sequence[Figure]) -> list[tuple[str, ...]]:
    """A row for each framework and outcome."""
    return [
        (
            f.what,
            f"{f.quantity} [{f.unit}]",
            f"{f.value:.4g}",
            f"{f.low:.4g} to {f.high:.4g}",
            "equal" if f.low <= f.value <= f.high else "not equal",
        )
        for f in figures
        if f.part == "check"
    ]


def markdown(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A table in Markdown."""
    lines = [heads, ["---"] * len(heads), *rows]
    return "".join("| " + " | ".join(cells) + " |\n" for cells in lines)
