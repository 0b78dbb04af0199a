"""The last lines that a study prints: what it took, and where to look."""

import time
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console

from experiments.figures.save import FOLDER
from experiments.runs.runner import Done
from experiments.store.folder import REPORT


def say_end(console: Console, done: Done, names: Sequence[str], start: float) -> None:
    """Say where the results are and what they took; no path is broken over lines."""
    console.print(
        f"\n{done.folder}/ holds {', '.join(names)} and manifest.json.", soft_wrap=True
    )
    total = time.perf_counter() - start
    if not done.runs:
        console.print(f"Nothing was simulated; {total:.1f} s in total.")
        return
    console.print(
        f"Engine: {done.engine:.1f} s for {done.runs:,} runs, "
        f"{done.decisions / 1e6:,.1f} M half-day decisions (compiling or loading the "
        f"model: {done.loading:.1f} s before). Total: {total:.1f} s."
    )


def say_paths(screen: Console, folder: Path) -> None:
    """Say where the page and the charts are. Nothing is opened."""
    screen.print(f"Report: {folder / REPORT}", soft_wrap=True)
    screen.print(f"Charts: {folder / FOLDER}/ (PNG and SVG)", soft_wrap=True)
