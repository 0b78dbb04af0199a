"""Outcomes by role: their levels, and the paired effects of schemes on them.

Means over the people of a role and over the whole run are formed in each replicate;
levels and effects have Student's intervals over replicates, as those of everybody do.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

import numpy as np
import pyarrow as pa

from experiments.statistics.paired import interval, paired
from experiments.statistics.parts import by_run
from experiments.store.dataset import Floats
from experiments.store.meanings import OF_OUTCOME
from experiments.store.table import Table
from model import by_part


class OfRole(NamedTuple):
    """A row of ``roles.csv``; None, an empty field, means unknown.

    Attributes
    ----------
    people : int
        How many have the role.
    mean, mean_low, mean_high : float
        Level under the scheme and its interval, in the unit of the outcome.
    baseline : str or None
        The scheme that this one is compared with; None for the baseline itself, and
        where nothing is compared.
    percent, percent_low, percent_high : float or None
        The effect and its interval over the size of the baseline's mean.
    """

    scheme: str
    role: str
    people: int
    outcome: str
    unit: str
    mean: float
    mean_low: float | None = None
    mean_high: float | None = None
    baseline: str | None = None
    baseline_mean: float | None = None
    effect: float | None = None
    low: float | None = None
    high: float | None = None
    percent: float | None = None
    percent_low: float | None = None
    percent_high: float | None = None
    same_sign: float | None = None
    replicates: int = 0


ROLES = Table(
    "roles.csv",
    OfRole,
    "outcomes by role over the whole run, and paired effects on them; not there of one "
    "crowd",
    {
        "role": ("", "role whose people these are"),
        "people": ("people", "how many have the role"),
        "mean": (OF_OUTCOME, "mean under the scheme over replicates"),
        "mean_low": (OF_OUTCOME, "lower end of the 95 % t interval of the mean"),
        "mean_high": (OF_OUTCOME, "upper end"),
        "baseline": (
            "",
            "scheme compared with; empty of the baseline itself, and where nothing is "
            "compared",
        ),
    },
)

Roles = Mapping[tuple[str, str, str], OfRole]
"""Rows by scheme, role and outcome."""


def outcomes_of_roles(roles: pa.Table, baseline: str | None = None) -> Iterator[OfRole]:
    """Estimate levels by scheme, role and outcome, and effects if there is a baseline.

    ``roles`` are the rows of ``roles.parquet``.
    """
    schemes, names = (
        list(dict.fromkeys(roles.column(key).to_pylist())) for key in ("scheme", "role")
    )
    found = {name: by_run(roles, "role", name) for name in (*by_part.NAMES, "people")}
    for scheme in schemes:
        for role in names:
            people = int(next(iter(found["people"][scheme, role].values())))
            for outcome in by_part.OF_PARTS:
                under = found[outcome.name][scheme, role]
                mean, low, high = interval(np.array(list(under.values())))
                label = scheme, role, people, outcome.name, outcome.unit
                row = OfRole(*label, mean, low, high, replicates=len(under))
                if baseline is not None and scheme != baseline:
                    before = found[outcome.name].get((baseline, role), {})
                    row = _with_effect(row, under, before, baseline)
                yield row


def _with_effect(
    row: OfRole, under: Mapping[int, float], before: Mapping[int, float], baseline: str
) -> OfRole:
    """Add the effect, from the replicates that both schemes have."""
    both = sorted(under.keys() & before.keys())

    def sample(of: Mapping[int, float]) -> Floats:
        return np.array([of[run] for run in both])

    pair = paired(sample(under), sample(before))
    return row._replace(baseline=baseline, **pair._asdict())


def role_names(rows: Sequence[OfRole]) -> list[str]:
    """The names of the roles, in the order of their rows."""
    return list(dict.fromkeys(row.role for row in rows))


def indexed(rows: Sequence[OfRole]) -> Roles:
    """Index rows by scheme, role and outcome."""
    return {(row.scheme, row.role, row.outcome): row for row in rows}
