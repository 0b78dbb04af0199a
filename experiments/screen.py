"""How numbers and tables look in a terminal and in a pipe."""

import math
import os
import time
from collections.abc import Sequence
from textwrap import fill

from rich.console import Console
from rich.text import Text

from experiments.sweep import Done

PIPE = 120
"""Columns where no terminal says how many it has."""


def console() -> Console:
    """The console of a study's results, on standard output."""
    own = Console(highlight=False, markup=False)
    if own.is_terminal or "COLUMNS" in os.environ:
        return own
    return Console(highlight=False, markup=False, width=PIPE)


def number(
    value: float | None, *, sign: bool = False, like: float | None = None
) -> str:
    """Three significant digits, or as many decimals as ``like`` gets; no exponent."""
    if value is None:
        return ""
    return _fixed(value, _decimals(value if like is None else like, 2), sign)


def percent(
    value: float | None, *, sign: bool = False, like: float | None = None
) -> str:
    """Two significant digits and at most two decimals, without the sign %."""
    if value is None:
        return ""
    decimals = min(2, _decimals(value if like is None else like, 1))
    return _fixed(value, decimals, sign)


def bracketed(low: float | None, high: float | None, like: float | None = None) -> str:
    """An interval of numbers; nothing if there is none."""
    if low is None or high is None:
        return ""
    return f"[{number(low, like=like)}, {number(high, like=like)}]"


def _decimals(value: float, most: int) -> int:
    if value == 0.0:
        return 0
    return min(4, max(0, most - math.floor(math.log10(abs(value)))))


def _fixed(value: float, decimals: int, sign: bool) -> str:
    text = f"{value:{'+' if sign else ''},.{decimals}f}"
    return text if any(digit in text for digit in "123456789") else text.lstrip("+-")


def say(console: Console, text: str, indent: int = 0, style: str = "") -> None:
    """Print running text that wraps and keeps its indent."""
    margin = " " * indent
    lines = fill(text, console.width, initial_indent=margin, subsequent_indent=margin)
    console.print(Text(lines, style=style))


def say_end(console: Console, done: Done, names: Sequence[str], start: float) -> None:
    """Where the results are and what they took; a path stays whole, to be copied."""
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
