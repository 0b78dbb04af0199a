"""Who was there: what is followed over weeks must be a person, not a slot.

A row of a run is a slot, and where people leave another person fills it. At the end of
a run traits and state are those of whoever begins in the next week; the latest week is
that of whoever lived it. So an estimator that reads a row over some weeks, or a trait
beside a week, asks of people who lived these weeks: those who have been in the job for
as many. That is what a company sees of people who did not change their job meanwhile.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from model import Run
from model.workforce import Floats

Flags = NDArray[np.bool_]


def there(people: Any, weeks: int) -> Flags:
    """Say who lived all of the latest weeks, (N,).

    ``people`` has columns by name: ``run.employees`` or ``simulation.staff``.
    """
    lived: Flags = np.asarray(people["tenure"]) >= weeks
    return lived


def by_person(panel: Floats, nth: Floats) -> Floats:
    """Give each person of a panel of slots (T, N) a column, (T, people).

    ``nth`` (T, N) numbers who lived a week in a slot; NaN where somebody was not there.
    """
    columns = []
    for k in range(int(nth.max()) + 1):
        slots = (nth == k).any(axis=0)
        columns.append(np.where(nth[:, slots] == k, panel[:, slots], np.nan))
    return np.concatenate(columns, axis=1)


def stayed(*runs: Run) -> Flags:
    """Say who was there from the first week of each of these runs to its last, (N,)."""
    same: Flags = np.logical_and.reduce(
        [there(run.employees, run.scenario.weeks) for run in runs]
    )
    return same
