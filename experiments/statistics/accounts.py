"""Who is worse off: the same people with the same luck, under two schemes.

A person is worse off if their welfare (``model/welfare.py``), averaged over the run, is
lower than under the baseline. Where people leave, those are asked who were there from
the start to the end of the run under both. Shares are formed in each replicate; their
interval is Student's over replicates, cut off at 0 and 1. Of a large organisation the
first ``dataset.MOST_PEOPLE`` people are asked.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from experiments.statistics.paired import interval
from experiments.store.dataset import ACCOUNT, MOST_PEOPLE, Accounted, Floats, values
from experiments.store.table import Table


class WorseOff(NamedTuple):
    """A row of ``worse_off.csv``; None, an empty field, means unknown.

    Attributes
    ----------
    worse_off, low, high : float or None
        Share of people who are worse off than under the baseline, and its interval.
    better_off : float or None
        Share of people who are better off; the others fare the same.
    role : str or None
        The role whose people these are; None for everybody.
    """

    scheme: str
    baseline: str
    worse_off: float | None = None
    low: float | None = None
    high: float | None = None
    better_off: float | None = None
    replicates: int = 0
    role: str | None = None


WORSE_OFF = Table(
    "worse_off.csv",
    WorseOff,
    "shares of people who are worse off, and better off, than under the baseline: the "
    "same person with the same luck, mean welfare over the run, of the first "
    f"{MOST_PEOPLE} people, without those who left under either",
    {
        "worse_off": ("share of people", "worse off than under the baseline"),
        "low": ("share of people", "lower end of its 95 % t interval"),
        "high": ("share of people", "upper end"),
        "better_off": ("share of people", "better off than under the baseline"),
        "role": ("", "role whose people these are; empty: everybody"),
    },
)

Accounts = Mapping[str, Mapping[int, Accounted]]
"""Accounts of people, (n,) of ``dataset.ACCOUNT``, by scheme and replicate."""


def accounts(people: pa.Table) -> Accounts:
    """Read people's accounts from the rows of ``people.parquet``."""
    found: dict[str, dict[int, Accounted]] = {}
    scheme = people.column("scheme").to_numpy(zero_copy_only=False)
    replicate = people.column("replicate").to_numpy()
    told = np.zeros(len(people), ACCOUNT)
    for name in ACCOUNT.names or ():
        told[name] = values(people, name)
    first = np.flatnonzero(people.column("employee").to_numpy() == 0)
    for start, end in zip(first, [*first[1:], len(told)], strict=True):
        found.setdefault(scheme[start], {})[int(replicate[start])] = told[start:end]
    return found


def roles(people: pa.Table) -> NDArray[np.str_]:
    """Read the role of each person, (n,), from the rows of ``people.parquet``."""
    number = people.column("employee").to_numpy()
    each: NDArray[np.str_] = people.column("role").to_numpy(zero_copy_only=False)
    return each[: number.max(initial=-1) + 1].astype(str)


def worse_off_by_role(
    told: Accounts, roles: NDArray[np.str_], schemes: Sequence[str], baseline: str
) -> Iterator[WorseOff]:
    """Estimate who is worse off, of everybody and, if there are several, of each role.

    ``roles`` are those of the people (n,).
    """
    yield from worse_off(told, schemes, baseline)
    names = list(dict.fromkeys(roles.tolist()))
    for name in names if len(names) > 1 else ():
        of_role = {
            scheme: {k: welfare[roles == name] for k, welfare in runs.items()}
            for scheme, runs in told.items()
        }
        for row in worse_off(of_role, schemes, baseline):
            yield row._replace(role=name)


def worse_off(
    told: Accounts, schemes: Sequence[str], baseline: str
) -> Iterator[WorseOff]:
    """Estimate who is worse off than under the baseline, scheme by scheme."""
    before = told.get(baseline, {})
    for scheme in schemes:
        if scheme == baseline:
            continue
        with_scheme = told.get(scheme, {})
        both = sorted(before.keys() & with_scheme.keys())
        changes = [
            change for k in both if len(change := moved(with_scheme[k], before[k]))
        ]
        if not changes:
            yield WorseOff(scheme, baseline)
            continue
        worse = np.array([(change < 0.0).mean() for change in changes])
        better = float(np.mean([(change > 0.0).mean() for change in changes]))
        share, *ends = interval(worse)
        low, high = (None if x is None else min(max(x, 0.0), 1.0) for x in ends)
        yield WorseOff(scheme, baseline, share, low, high, better, len(changes))


def moved(after: Accounted, before: Accounted) -> Floats:
    """Compare the welfare of those who never left their slot under either scheme."""
    stayed = (after["generation"] == 0) & (before["generation"] == 0)
    change: Floats = after["welfare"][stayed] - before["welfare"][stayed]
    return change
