"""What a column of input holds: tested in the data, never assumed.

Cached tokens are most of the traffic. They stand beside the input, or within it:
confusing the two doubles a panel. A row is evidence if it has cached tokens:

beside
    The input is smaller than the cached tokens, which cannot be within it; or all four
    kinds add up to the total.
within
    The input is not smaller, and with what was written it is the total.
open
    The input is not smaller, and there is no total that says more.
"""

from datetime import date
from typing import Any, Literal, NamedTuple

import numpy as np

from experiments.exports.formats import Format
from experiments.exports.spool import KINDS, Rows

NOISE = 0.01
"""Share of rows that may speak against what the others say."""
MANY = 0.5
"""Share of rows that are beside for certain, from which on open ones are, too."""
EXACT = 1e-6
"""Relative difference that rounding may leave between a sum and its total."""
BESIDE, WITHIN, OPEN = range(3)
Meaning = Literal["beside", "within"]


class MixedError(Exception):
    """Rows disagree; holds the sentence that says so."""


class Evidence(NamedTuple):
    """How many rows say what.

    Attributes
    ----------
    beside, within, open : int
        Rows with cached tokens that say so.
    fits, checked : int
        Rows whose kinds add up to their total, in either way, of those with a total.
    """

    beside: int
    within: int
    open: int
    fits: int
    checked: int


class Tally:
    """Evidence, day by day."""

    def __init__(self) -> None:
        self._days: dict[int, Any] = {}
        self._fits = self._checked = 0

    def add(self, rows: Rows) -> None:
        """Count what rows say."""
        inputs, read, write, written = (rows[name] for name in KINDS)
        cached, total = read + write, rows["total"]
        beside_sum = inputs + cached + written
        within_sum = inputs + written
        has_total = (total > 0.0) & (beside_sum > 0.0)
        is_beside_sum = has_total & (np.abs(beside_sum - total) <= EXACT * total)
        is_within_sum = has_total & (np.abs(within_sum - total) <= EXACT * total)
        self._checked += int(has_total.sum())
        self._fits += int((is_beside_sum | is_within_sum).sum())
        beside = (inputs < cached) | is_beside_sum
        kind = np.where(beside, BESIDE, np.where(is_within_sum, WITHIN, OPEN))
        there = cached > 0.0
        days, places = np.unique(rows["day"][there], return_inverse=True)
        counts = np.zeros((len(days), 3), int)
        np.add.at(counts, (places, kind[there]), 1)
        for day, count in zip(days.tolist(), counts, strict=True):
            self._days[day] = self._days.get(day, 0) + count

    @property
    def evidence(self) -> Evidence:
        """Count over all days."""
        counts = sum(self._days.values(), np.zeros(3, int))
        beside, within, open_ = counts.tolist()
        return Evidence(beside, within, open_, self._fits, self._checked)

    def meaning(self, form: Format) -> Meaning:
        """Decide; raises ``MixedError`` if rows disagree, or do with the format."""
        said = self.evidence
        rows = said.beside + said.within + said.open
        if not rows:
            return "within" if form.inside == "yes" else "beside"
        beside, within = said.beside / rows, said.within / rows
        if beside > NOISE and within > NOISE:
            raise MixedError(self._mixed())
        if beside <= NOISE:
            if form.inside == "no" and within <= NOISE:
                return "beside"
            if form.inside == "no":
                raise MixedError(
                    "input should not hold cached tokens, but in "
                    f"{within:.0%} of rows the total says that it does"
                )
            return "within"
        if form.inside == "no" or (form.inside == "test" and beside >= MANY):
            return "beside"
        raise MixedError(self._mixed())

    def _mixed(self) -> str:
        """Say from which day on most rows say something else."""
        days = sorted(self._days)
        most = [
            self._days[day][BESIDE] > self._days[day][WITHIN] + self._days[day][OPEN]
            for day in days
        ]
        changes = [k for k in range(1, len(days)) if most[k] != most[k - 1]]
        said = self.evidence
        rows = said.beside + said.within + said.open
        text = (
            f"in {said.beside / rows:.0%} of the rows with cached tokens they stand "
            "beside the input, in the others within it"
        )
        if len(changes) == 1:
            return f"{text}; this changes on {date.fromordinal(days[changes[0]])}"
        return text


def fresh(form_meaning: Meaning, days: Any) -> Any:
    """Give the input without cached tokens: what a cache did not save."""
    if form_meaning == "beside":
        return days["input"]
    return np.maximum(days["input"] - days["read"] - days["write"], 0.0)
