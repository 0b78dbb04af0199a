"""Numbers, paragraphs and tables as text, in a terminal and in a pipe."""

import math
import os
from collections.abc import Callable, Sequence
from textwrap import fill
from typing import NamedTuple, TextIO

from rich.console import Console
from rich.measure import Measurement
from rich.segment import Segments
from rich.table import Table
from rich.text import Text

PIPE = 120
"""Width in columns where there is no terminal to ask."""
UNLIMITED = 100_000
"""Columns that no table has."""
NAMES = ("scheme", "changes", "group")
"""Columns of a table that hold names."""
DIGITS = "123456789"
"""A text without any of these digits shows 0."""


def console(stream: TextIO | None = None) -> Console:
    """Make the console for a study's results, on standard output or another stream."""
    own = Console(file=stream, highlight=False, markup=False)
    if own.is_terminal or "COLUMNS" in os.environ:
        return own
    return Console(file=stream, highlight=False, markup=False, width=PIPE)


def number(value: float | None) -> str:
    """Write three significant digits without an exponent; None is an empty text."""
    return "" if value is None else _fixed(value, _decimals(value, 3))


def percent(value: float | None) -> str:
    """Write two significant digits, at most two decimals, and no % sign."""
    return "" if value is None else _fixed(value, min(2, _decimals(value, 2)))


def signed(value: float, written: Callable[[float | None], str] = percent) -> str:
    """Write a number with its sign, in the format of ``percent`` or ``number``.

    A value that rounds to 0 is written as 0, without a sign.
    """
    text = written(abs(value))
    if not any(digit in text for digit in DIGITS):
        return "0"
    return ("+" if value > 0.0 else "−") + text


def joined(words: Sequence[str], last: str) -> str:
    """Join words to a list in a sentence, with a word such as "and" before the last."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {last} {words[-1]}"


def count(number: int, what: str) -> str:
    """Write a number of things: 1 week, 1,000 weeks."""
    return f"{number:,} {what}{'s' * (number != 1)}"


class Rounded(NamedTuple):
    """A rounded value and its interval as texts; empty if not known."""

    value: str
    low: str
    high: str

    @property
    def ends(self) -> str:
        """The interval in brackets; empty if there is none."""
        return f"[{self.low}, {self.high}]" if self.low else ""

    @property
    def beside(self) -> str:
        """The value and its interval on one line."""
        return " ".join(filter(None, (self.value or "-", self.ends)))


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
    """Count the decimals, at most four, that show ``digits`` significant digits."""
    if value == 0.0:
        return 0
    return min(4, max(0, digits - 1 - math.floor(math.log10(abs(value)))))


def _fixed(value: float, decimals: int, sign: bool = False) -> str:
    text = f"{value:{'+' if sign else ''},.{decimals}f}"
    return text if any(digit in text for digit in DIGITS) else text.lstrip("+-")


def say(console: Console, text: str, indent: int = 0, style: str = "") -> None:
    """Print a paragraph, wrapped and indented."""
    margin = " " * indent
    lines = fill(
        text,
        console.width,
        initial_indent=margin,
        subsequent_indent=margin,
        break_on_hyphens=False,
    )
    console.print(Text(lines, style=style))


def headed(heads: Sequence[str]) -> Table:
    """Make a table without rows: names stand on the left, numbers on the right."""
    table = Table(box=None, pad_edge=False, header_style="bold", padding=(0, 1))
    for head in heads:
        side = "left" if head in NAMES else "right"
        table.add_column(head, justify=side, no_wrap=True)  # type: ignore[arg-type]
    return table


def show(console: Console, table: Table) -> None:
    """Print a table with all of its words.

    A narrow terminal breaks lines between words, then lines between columns: it never
    cuts a key or a number, of which the rest would be another one.
    """
    options = console.options.update_width(_fitted(console, table))
    console.print(Segments(console.render(table, options)), soft_wrap=True)


def _fitted(console: Console, table: Table) -> int:
    """Set the widths of all columns; return that of the table, in columns."""
    unlimited = console.options.update_width(UNLIMITED)
    least, widths = [], []
    for column in table.columns:
        cells = [column.header, *column.cells]
        sizes = [Measurement.get(console, unlimited, cell) for cell in cells]
        widths.append(max(size.maximum for size in sizes))
        # The first word of a line takes the blanks before it along.
        indents = (len(str(x)) - len(str(x).lstrip(" ")) for x in cells)
        words = max(size.minimum for size in sizes) + max(indents)
        least.append(widths[-1] if column.no_wrap else words)
        column.width = widths[-1]
    room = console.width - Measurement.get(console, unlimited, table).maximum
    while room < 0 and (
        wider := [k for k in range(len(least)) if widths[k] > least[k]]
    ):
        widths[max(wider, key=lambda k: widths[k])] -= 1
        room += 1
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    return console.width - min(room, 0)
