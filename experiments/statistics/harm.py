"""When a harm ends: the last week in which a scheme is seen to lower output.

Of every replicate the weekly differences from the baseline are averaged over running
quarters, and each quarter has an interval over replicates. A scheme harms in a quarter
whose interval lies below 0. The intervals hold together: their level is corrected for
the number of quarters (Bonferroni), so that of twenty schemes that do nothing at most
one is said to harm at any time.

Of a harm that was found, the end is told only if there is one. After the middle of the
last such quarter there must be a quarter of a year more; the mean over all that time
must not lie clearly below 0; and it must clearly be better than the mean until then. So
a harm that fades into the noise, but goes on, has no end, nor has one that only its
last weeks hide. All three are paired within replicates. See ``docs/statistics.md``.
"""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
import pyarrow as pa
from scipy.special import stdtrit

from experiments.statistics.paired import clear_sign, interval, percents
from experiments.statistics.power import CONFIDENCE
from experiments.store.dataset import Floats, values
from experiments.store.table import Table

QUARTER = 13
"""Weeks of a running mean; odd, so that it has a middle week."""
BY_HAND = "manual"
"""Stands for a baseline that is no scheme: the same work, all of it done by hand."""
COLUMNS = ("scheme", "point", "week", "output", "output_manual")
"""Columns of ``weeks.parquet`` that are read."""


class Ended(NamedTuple):
    """A harm that ends: its first and last week, and how it is before and after."""

    first: int
    last: int
    during_percent: float
    after_percent: float
    after_low: float
    after_high: float
    replicates: int


class Harm(NamedTuple):
    """A row of ``harms.csv``: a scheme whose harm to output ends within the run."""

    scheme: str
    baseline: str
    first: int
    last: int
    during_percent: float
    after_percent: float
    after_low: float
    after_high: float
    replicates: int


HARMS = Table(
    "harms.csv",
    Harm,
    "harms to real output that end within the run",
    {
        "baseline": ("", f"scheme compared with; {BY_HAND}: all work done by hand"),
        "first": ("weeks", "middle of the first running quarter of clear harm, or 0"),
        "last": ("weeks", "middle of the last one"),
        "during_percent": ("%", "mean effect in these weeks, of the baseline's mean"),
        "after_percent": ("%", "mean effect afterwards"),
        "after_low": ("%", "lower end of its 95 % t interval"),
        "after_high": ("%", "upper end"),
    },
)


def harm_end(with_scheme: Floats, without: Floats) -> Ended | None:
    """Find when a harm ends, in weekly series (R, T) of the same replicates.

    None if there is no harm, if it does not end, or if that cannot be told: from a
    single replicate, or from a run of less than half a year.
    """
    known = ~np.isnan(with_scheme - without).any(axis=1)
    with_scheme, without = with_scheme[known], without[known]
    n, weeks = with_scheme.shape
    if n < 2 or weeks < 2 * QUARTER:
        return None
    difference = with_scheme - without
    harmed = np.flatnonzero(_highest(difference) < 0.0)
    if not len(harmed):
        return None
    middle = QUARTER // 2
    first = int(harmed[0]) + middle if harmed[0] else 0
    end = int(harmed[-1]) + middle + 1
    if weeks - end < QUARTER:
        return None
    during, after = (slice(first, end), slice(end, None))
    here, there = (
        percents(with_scheme[:, part].mean(axis=1), without[:, part].mean(axis=1))
        for part in (during, after)
    )
    mean, low, high = interval(there)
    is_better = clear_sign(*interval(there - here)[1:]) > 0
    if low is None or high is None or high < 0.0 or not is_better:
        return None
    return Ended(first, end - 1, float(here.mean()), mean, low, high, n)


def _highest(difference: Floats) -> Floats:
    """Give the upper end of each running quarter's interval (T - 12,)."""
    sums = np.cumsum(np.pad(difference, ((0, 0), (1, 0))), axis=1)
    quarters = (sums[:, QUARTER:] - sums[:, :-QUARTER]) / QUARTER
    n, count = quarters.shape
    reach = stdtrit(n - 1, 1.0 - (1.0 - CONFIDENCE) / (2.0 * count)) / n**0.5
    highest: Floats = quarters.mean(axis=0) + reach * quarters.std(axis=0, ddof=1)
    return highest


def harms(weeks: pa.Table, baseline: str) -> Iterator[Harm]:
    """Find the harms that end, scheme by scheme, at the centre of a comparison."""
    outputs = dict(_series(weeks, "output"))
    without = outputs.pop(baseline)
    for scheme, with_scheme in outputs.items():
        ended = harm_end(with_scheme, without)
        if ended is not None:
            yield Harm(scheme, baseline, *ended)


def harms_by_hand(weeks: pa.Table) -> Iterator[Harm]:
    """Find when the output of a scheme no longer is below that of work by hand."""
    by_hand = dict(_series(weeks, "output_manual"))
    for scheme, output in _series(weeks, "output"):
        ended = harm_end(output, by_hand[scheme])
        if ended is not None:
            yield Harm(scheme, BY_HAND, *ended)


def _series(weeks: pa.Table, column: str) -> Iterator[tuple[str, Floats]]:
    """Read a column at the centre as series (R, T), by scheme."""
    schemes = weeks.column("scheme").to_numpy(zero_copy_only=False)
    centre = values(weeks, "point") == 0
    series, length = values(weeks, column), int(values(weeks, "week").max()) + 1
    for scheme in dict.fromkeys(schemes.tolist()):
        yield str(scheme), series[centre & (schemes == scheme)].reshape(-1, length)
