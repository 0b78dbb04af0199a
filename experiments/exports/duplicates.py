"""What is in exports twice, and counts once; then the sums of each person and day.

Requests with a key
    Once a key; of several rows the one with most tokens written, because streaming
    writes unfinished rows first.
Sums over a day or week
    Equal rows once. Other rows of one key add up within a file; of several files the
    one with the largest sum counts, because a day only grows until it has settled.
Requests without a key
    A row that another file has as often is the same row; equal rows within a file are
    different requests.
"""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from experiments.exports.formats import Format
from experiments.exports.spool import KINDS, SUMS, Rows, Spool

DAY = np.dtype(
    [("person", "i4"), ("day", "i4"), *((name, "f8") for name in SUMS), ("rows", "i8")]
)
"""What one person did on one day, or in the week that begins on it."""
Days = NDArray[Any]
Sums = tuple[Any, Any]
"""Days of a source, and the tokens of a person on each."""


class Counted(NamedTuple):
    """Sums of each person and day, and how many rows were left out as duplicates."""

    days: Days
    dropped: int


def counted(spool: Spool, form: Format) -> Counted:
    """Leave out duplicates and add up the rows of each person and day."""
    found, dropped = np.zeros(0, DAY), 0
    for part in spool.parts():
        kept = _once(part, form)
        dropped += len(part) - len(kept)
        # Part by part, as the days of a person are in all of them.
        found = _added(np.concatenate([found, _sums(kept)]))
    return Counted(found, dropped)


def _once(rows: Rows, form: Format) -> Rows:
    if not form.once:
        return _without_key(rows)
    if form.grain == "request":
        order = np.lexsort((rows["written"], rows["key"]))
        rows = rows[order]
        found: Rows = rows[_last(rows["key"])]
        return found
    order = np.lexsort((rows["whole"], rows["file"], rows["key"]))
    rows = rows[order]
    rows = rows[_last(rows["key"], rows["file"], rows["whole"])]
    return _largest_file(rows)


def _without_key(rows: Rows) -> Rows:
    """Keep the k-th row of each kind once, however many files have it."""
    rows = rows[np.lexsort((rows["file"], rows["whole"]))]
    starts = np.flatnonzero(_first(rows["whole"], rows["file"]))
    lengths = np.diff(np.append(starts, len(rows)))
    times = np.arange(len(rows)) - np.repeat(starts, lengths)
    order = np.lexsort((times, rows["whole"]))
    once = _last(rows["whole"][order], times[order])
    found: Rows = rows[order][once]
    return found


def _largest_file(rows: Rows) -> Rows:
    """Keep, of the files that have a key, the rows of the one with the largest sum."""
    if not len(rows):
        return rows
    starts = np.flatnonzero(_first(rows["key"], rows["file"]))
    sizes = np.add.reduceat(sum(rows[name] for name in (*KINDS, "amount")), starts)
    totals = np.add.reduceat(rows["total"], starts)
    keys, files = rows["key"][starts], rows["file"][starts]
    order = np.lexsort((files, totals, sizes, keys))
    best = order[_last(keys[order])]
    keep = np.zeros(len(starts), bool)
    keep[best] = True
    lengths = np.diff(np.append(starts, len(rows)))
    found: Rows = rows[np.repeat(keep, lengths)]
    return found


def _first(*columns: Any) -> Any:
    """Tell of sorted rows whether each differs from the one before."""
    found = np.ones(len(columns[0]), bool)
    if len(found):
        found[1:] = np.logical_or.reduce([x[1:] != x[:-1] for x in columns])
    return found


def _last(*columns: Any) -> Any:
    """Tell of sorted rows whether each differs from the one after."""
    found = np.ones(len(columns[0]), bool)
    if len(found):
        found[:-1] = np.logical_or.reduce([x[1:] != x[:-1] for x in columns])
    return found


def _sums(rows: Rows) -> Days:
    days = np.zeros(len(rows), DAY)
    for name in ("person", "day", *SUMS):
        days[name] = rows[name]
    days["rows"] = 1
    return _added(days)


def _added(days: Days) -> Days:
    """Add up the rows of each person and day."""
    days = days[np.lexsort((days["day"], days["person"]))]
    starts = np.flatnonzero(_first(days["person"], days["day"]))
    found = days[starts]
    if len(starts):
        for name in (*SUMS, "rows"):
            found[name] = np.add.reduceat(days[name], starts)
    return found


def share_in_common(one: Sums, other: Sums) -> float:
    """Give the share of person-days that two sources have alike, of the smaller one.

    Two sums of one day that are equal to the last token are taken for the same, whoever
    they belong to: ids differ between tools.
    """
    first, second = (_distinct(*sums) for sums in (one, other))
    fewer = min(len(first), len(second))
    return len(np.intersect1d(first, second, True)) / fewer if fewer else 0.0


def _distinct(days: Any, tokens: Any) -> NDArray[np.complex128]:
    """Give each day with its sum of tokens, in one number, once."""
    sizes = np.round(tokens)
    found: NDArray[np.complex128] = np.unique((days + 1j * sizes)[sizes > 0.0])
    return found


def tokens(days: Days) -> NDArray[np.float64]:
    """Add up the kinds of tokens; where no kind is known, their total."""
    kinds = sum(days[name] for name in KINDS)
    found: NDArray[np.float64] = np.where(kinds > 0.0, kinds, days["total"])
    return found
