"""Outcomes by group: effects in the mixed organisation, and what of them spills over.

All are paired: the same people with the same luck. The effect on a group is that in the
mixed organisation, against the baseline. Spill-over is what the group has in the mixed
organisation over what it has where all are under its schemes: it is 0 where nothing
crosses the border between teams, and nobody is ranked.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

import numpy as np
import pyarrow as pa

from experiments.designs.apart import Apart
from experiments.statistics.paired import Paired, interval, paired, percent
from experiments.statistics.parts import Samples, by_run
from experiments.store.dataset import Floats
from experiments.store.meanings import OF_OUTCOME
from experiments.store.table import Table
from model import by_part


class OfGroup(NamedTuple):
    """A row of ``groups.csv``; None, an empty field, means unknown.

    Attributes
    ----------
    people : float
        How many are in the group, mean over replicates.
    mean, mean_low, mean_high : float
        Level of the group in the mixed organisation, in the unit of the outcome.
    baseline : str or None
        The scheme compared with; None where nothing is compared.
    percent, percent_low, percent_high : float or None
        The effect on the group in the mixed organisation, in % of the baseline's mean.
    for_all : str or None
        The row in which all people are under the schemes of the group.
    for_all_percent, for_all_low, for_all_high : float or None
        The effect there on the same people, in % of the same mean.
    spill_over, spill_low, spill_high : float or None
        The first effect less the second, in % of the same mean.
    """

    scheme: str
    group: str
    people: float
    outcome: str
    unit: str
    mean: float
    mean_low: float | None = None
    mean_high: float | None = None
    baseline: str | None = None
    baseline_mean: float | None = None
    percent: float | None = None
    percent_low: float | None = None
    percent_high: float | None = None
    for_all: str | None = None
    for_all_percent: float | None = None
    for_all_low: float | None = None
    for_all_high: float | None = None
    spill_over: float | None = None
    spill_low: float | None = None
    spill_high: float | None = None
    replicates: int = 0


GROUPS = Table(
    "groups.csv",
    OfGroup,
    "outcomes by group over the whole run, effects on them and spill-over; not there "
    "without groups",
    {
        "group": ("", "group whose people these are; everybody_else is in none"),
        "people": ("people", "how many are in it, mean over replicates"),
        "mean": (OF_OUTCOME, "mean in the mixed organisation over replicates"),
        "mean_low": (OF_OUTCOME, "lower end of the 95 % t interval of the mean"),
        "mean_high": (OF_OUTCOME, "upper end"),
        "baseline": ("", "scheme compared with; empty where nothing is compared"),
        "for_all": ("", "row in which all people are under the schemes of the group"),
        "for_all_percent": ("%", "effect there on the same people"),
        "for_all_low": ("%", "lower end of its 95 % interval"),
        "for_all_high": ("%", "upper end"),
        "spill_over": ("%", "effect in the mixed organisation less that effect"),
        "spill_low": ("%", "lower end of its 95 % interval"),
        "spill_high": ("%", "upper end"),
    },
)


def outcomes_of_groups(
    groups: pa.Table, mixed: str, apart: Apart | None = None, baseline: str = ""
) -> Iterator[OfGroup]:
    """Estimate levels by group, and effects and spill-over if there is a comparison.

    ``groups`` are the rows of ``groups.parquet``, ``mixed`` names the organisation with
    groups.
    """
    found = {name: by_run(groups, "group", name) for name in (*by_part.NAMES, "people")}
    names = dict.fromkeys(groups.column("group").to_pylist())
    for group in names:
        people = float(np.mean(list(found["people"][mixed, group].values())))
        for outcome in by_part.OF_PARTS:
            of = found[outcome.name]
            under = of[mixed, group]
            mean, low, high = interval(np.array(list(under.values())))
            label = mixed, group, people, outcome.name, outcome.unit
            row = OfGroup(*label, mean, low, high, replicates=len(under))
            yield row if apart is None else _compared(row, of, apart, baseline)


def _compared(row: OfGroup, of: Samples, apart: Apart, baseline: str) -> OfGroup:
    """Add effects and spill-over, from the replicates that all three have."""
    whole = apart.whole[row.group]
    each = [of.get((name, row.group), {}) for name in (row.scheme, whole, baseline)]
    runs = sorted(set.intersection(*(set(one) for one in each)))
    here, there, before = (np.array([one[run] for run in runs]) for one in each)
    effect, alone = paired(here, before), paired(there, before)
    spill = _in_percent(paired(here, there), before)
    return row._replace(
        baseline=baseline,
        baseline_mean=effect.baseline_mean,
        percent=effect.percent,
        percent_low=effect.percent_low,
        percent_high=effect.percent_high,
        for_all=whole,
        for_all_percent=alone.percent,
        for_all_low=alone.percent_low,
        for_all_high=alone.percent_high,
        spill_over=spill[0],
        spill_low=spill[1],
        spill_high=spill[2],
        replicates=effect.replicates,
    )


def _in_percent(pair: Paired, before: Floats) -> tuple[float | None, ...]:
    """A difference and its interval in % of the size of the baseline's mean."""
    mean = float(before.mean()) if len(before) else 0.0
    return tuple(percent(x, mean) for x in (pair.effect, pair.low, pair.high))


def group_names(rows: Sequence[OfGroup]) -> list[str]:
    """The names of the groups, everybody else at last."""
    return list(dict.fromkeys(row.group for row in rows))


def indexed(rows: Sequence[OfGroup]) -> Mapping[tuple[str, str], OfGroup]:
    """Index rows by group and outcome."""
    return {(row.group, row.outcome): row for row in rows}
