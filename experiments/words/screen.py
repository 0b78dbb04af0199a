"""How numbers and tables look in a terminal and in a pipe."""

import math
import os
from collections.abc import Callable
from textwrap import fill
from typing import NamedTuple

from rich.console import Console
from rich.text import Text

PIPE = 120
"""Columns where no terminal says how many it has."""
DIGITS = "123456789"
"""A number without any of them is 0."""


def console() -> Console:
    """The console of a study's results, on standard output."""
    own = Console(highlight=False, markup=False)
    if own.is_terminal or "COLUMNS" in os.environ:
        return own
    return Console(highlight=False, markup=False, width=PIPE)


def number(value: float | None) -> str:
    """Three significant digits, without an exponent; nothing for None."""
    return "" if value is None else _fixed(value, _decimals(value, 3))


def percent(value: float | None) -> str:
    """Two significant digits and at most two decimals, without the sign %."""
    return "" if value is None else _fixed(value, min(2, _decimals(value, 2)))


def signed(value: float, written: Callable[[float | None], str] = percent) -> str:
    """A number with its sign, as ``percent`` writes it or ``number``.

    What rounds to 0 is 0 and has no sign.
    """
    text = written(abs(value))
    if not any(digit in text for digit in DIGITS):
        return "0"
    return ("+" if value > 0.0 else "−") + text


def count(number: int, what: str) -> str:
    """How many of something: 1 week, 1,000 weeks."""
    return f"{number:,} {what}{'s' * (number != 1)}"


class Rounded(NamedTuple):
    """A rounded value and its interval as texts; empty if not known."""

    value: str
    low: str
    high: str

    @property
    def ends(self) -> str:
        """The interval in brackets, if there is one."""
        return f"[{self.low}, {self.high}]" if self.low else ""


def rounded(
    value: float | None,
    low: float | None,
    high: float | None,
    *,
    digits: int = 1,
    sign: bool = False,
) -> Rounded:
    """Round an estimate to as many decimals as its interval allows.

    Half the width of the interval keeps ``digits`` significant digits. A value without
    an interval keeps one digit more.
    """
    if value is None:
        return Rounded("", "", "")
    if low is None or high is None:
        return Rounded(_fixed(value, _decimals(value, digits + 1), sign), "", "")
    half = (high - low) / 2.0
    decimals = _decimals(half, digits) if half > 0.0 else _decimals(value, 3)
    return Rounded(*(_fixed(x, decimals, sign) for x in (value, low, high)))


def _decimals(value: float, digits: int) -> int:
    """Decimals, at most four, that show so many significant digits."""
    if value == 0.0:
        return 0
    return min(4, max(0, digits - 1 - math.floor(math.log10(abs(value)))))


def _fixed(value: float, decimals: int, sign: bool = False) -> str:
    text = f"{value:{'+' if sign else ''},.{decimals}f}"
    return text if any(digit in text for digit in DIGITS) else text.lstrip("+-")


def say(console: Console, text: str, indent: int = 0, style: str = "") -> None:
    """Print running text that wraps and keeps its indent."""
    margin = " " * indent
    lines = fill(
        text,
        console.width,
        initial_indent=margin,
        subsequent_indent=margin,
        break_on_hyphens=False,
    )
    console.print(Text(lines, style=style))
