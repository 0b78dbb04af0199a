"""Which week a row is about: a number, or a date.

Dates that all fall on one day of the week name weeks of seven days, from that day on or
up to it, and keep these names. Other dates count to the week from Monday to Sunday
in which they lie.
"""

import re
from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from experiments.errors import UserError
from experiments.exports.usage.rows import Rows

Ints = NDArray[np.int64]
Label = Callable[[int], str]
"""How a file names the week with this number."""

LONGEST = 1040
"""Most weeks that a panel may span; a longer span is a mistake in the dates."""
LARGEST = 2.0**53
"""From here on not every whole number is a float, and some are no integers of NumPy."""
MOST_SILENT = 0.25
"""Largest share of weeks in which nobody has a row: above it, rows are no weeks."""
EIGHT_DIGITS = re.compile("[0-9]{8}")
WRITE = "write a date such as 2026-03-30 or 2026-W14, or number the weeks from 1"
SUNDAY, MONDAY = 6, 0


class Weeks(NamedTuple):
    """The weeks of a panel.

    Attributes
    ----------
    places : array of int
        The week of each row, counted from the first one.
    names : sequence of str
        How the file names each week, from the first to the last.
    """

    places: Ints
    names: Sequence[str]


def weeks_of(rows: Rows) -> Weeks:
    """Find the week of each row; raise ``UserError`` for one that is none."""
    numbers, label = _numbered(rows)
    _check_span(rows, numbers, label)
    first, last = int(numbers.min()), int(numbers.max())
    return Weeks(numbers - first, [label(week) for week in range(first, last + 1)])


def _numbered(rows: Rows) -> tuple[Ints, Label]:
    texts = rows.frame["week"]
    numbers = pd.to_numeric(texts, errors="coerce").to_numpy(float)
    counted = np.abs(numbers) < LARGEST
    whole = counted & (np.mod(np.where(counted, numbers, 0.5), 1.0) == 0.0)
    if EIGHT_DIGITS.fullmatch(texts.iloc[0]) or not whole[0]:
        return _dated(rows)
    rows.refuse("week", ~whole, "a whole number is needed, as in the first row")
    # 202634 may be a week or a month; in a new year either one jumps.
    rows.refuse(
        "week",
        (numbers >= 190_001) & (numbers <= 219_953),
        f"this may be a week or a month of a year; {WRITE}",
    )
    return numbers.astype(np.int64), str


def _dated(rows: Rows) -> tuple[Ints, Label]:
    texts = rows.frame["week"]
    known = {text: _day(text) for text in texts.unique()}
    days = texts.map(known).to_numpy(float)
    rows.refuse(
        "week",
        np.isnan(days),
        "weeks are whole numbers, or all are dates such as 2026-03-30 or 2026-W14",
    )
    there = np.unique(days)
    weekdays = {int(day - 1) % 7 for day in there}
    if weekdays == {MONDAY, SUNDAY} and np.diff(there).min() > 5:
        rows.refuse(
            "week",
            np.mod(days - 1.0, 7.0) == SUNDAY,
            "it is a Sunday, and a Monday in other rows, as if a time zone had moved "
            "some; write the Monday of every week",
        )
    start = 1 + (weekdays.pop() if len(weekdays) == 1 else MONDAY)
    return (
        ((days - start) // 7).astype(np.int64),
        lambda week: str(date.fromordinal(7 * week + start)),
    )


def _day(text: str) -> float:
    """Give the ordinal of a date, or of a week's first day; NaN for other texts."""
    try:
        return float(datetime.fromisoformat(text).toordinal())
    except ValueError:
        return np.nan


def _check_span(rows: Rows, weeks: Ints, label: Label) -> None:
    there = np.unique(weeks)
    first, last = int(there[0]), int(there[-1])
    span = last - first + 1
    if span > LONGEST:
        raise UserError(
            f"{rows.file.path}: week goes from {label(first)} to {label(last)}, "
            f"{span:,} weeks; at most {LONGEST:,} are read.\nIf these are no weeks, "
            f"{WRITE}."
        )
    if span - len(there) > MOST_SILENT * span:
        hole = int(np.flatnonzero(np.diff(there) > 1)[0])
        before, after = int(there[hole]), int(there[hole + 1])
        # Spreadsheets keep a date as the number of a day.
        are_days = label is str and np.gcd.reduce(np.diff(there)) % 7 == 0
        raise UserError(
            f"{rows.file.path}: week jumps from {label(before)} to {label(after)}, and "
            f"{span - len(there)} of {span} weeks have no row.\n"
            + (
                f"If these are days, {WRITE}."
                if are_days
                else "A row is about one week; add the missing ones, 0 tokens is a row "
                "too."
            )
        )
