"""Who gains and who loses: the same people with the same luck, under two schemes.

A person is worse off if their welfare (``model/welfare.py``), averaged over the weeks
that they were there, is lower than under the baseline; output and reward are compared
in the same way. Where people leave or are dismissed, those are asked who are there at
the end and lived the same weeks under both: who never left, and who came in the same
week, after as many others. These are principal strata, known here because both lives
are (Frangakis and Rubin 2002, to be checked). Who of the first people left under one of
the two alone is counted beside. Shares and mean changes are formed in each
replicate; their interval is Student's over replicates, that of a share cut off at 0 and
1. Of a large organisation the first ``dataset.MOST_PEOPLE`` people are asked.

People are divided by what is the same under both schemes: role, skill, scruple, time in
the job, and use of AI at the end of the warm-up, which who came later has not. Fifths
are those of the people who are asked in a replicate.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from experiments.statistics.paired import clear_sign, interval, percent
from experiments.store.dataset import (
    ACCOUNT,
    MEANS,
    MOST_PEOPLE,
    Accounted,
    Floats,
    values,
)
from experiments.store.meanings import OF_OUTCOME
from experiments.store.table import Table
from experiments.words.groups import EVERYBODY, FIFTHS, Group


class WorseOff(NamedTuple):
    """A row of ``worse_off.csv``; None, an empty field, means unknown.

    Attributes
    ----------
    worse_off, low, high : float or None
        Share of people whose outcome is lower than under the baseline; its interval.
    better_off : float or None
        Share of people whose outcome is higher; that of the others is the same.
    kind, group : str
        Which people these are, see ``words.groups``.
    outcome : str
        What is compared: welfare, output or reward.
    change, change_low, change_high : float or None
        Mean change of the outcome over the people, and its interval.
    percent : float or None
        The same in % of the size of their mean under the baseline.
    left_alone, stayed_alone : float or None
        Share of the first people who left under the scheme and not under the baseline,
        and the other way round; of those who stayed under one of them at least.
    """

    scheme: str
    baseline: str
    worse_off: float | None = None
    low: float | None = None
    high: float | None = None
    better_off: float | None = None
    replicates: int = 0
    kind: str = EVERYBODY.kind
    group: str = EVERYBODY.name
    outcome: str = "welfare"
    change: float | None = None
    change_low: float | None = None
    change_high: float | None = None
    percent: float | None = None
    left_alone: float | None = None
    stayed_alone: float | None = None

    @property
    def of(self) -> Group:
        """Which people these are."""
        return Group(self.kind, self.group)


WORSE_OFF = Table(
    "worse_off.csv",
    WorseOff,
    "who gains and who loses, by scheme, group of people and outcome: the same person "
    "with the same luck under the scheme and under the baseline, mean over the run, of "
    f"the first {MOST_PEOPLE} slots, of those who lived the same weeks under both",
    {
        "worse_off": ("share of people", "lower than under the baseline"),
        "low": ("share of people", "lower end of its 95 % t interval"),
        "high": ("share of people", "upper end"),
        "better_off": ("share of people", "higher than under the baseline"),
        "kind": ("", "what people are divided by; everybody: not at all"),
        "group": (
            "",
            "name of the role; fifth by skill, or by use of AI at the end of the "
            "warm-up, from the lowest, 1; who never pads, and who may; by tenure who "
            "was there at first, who came a year or more before the end, and who came "
            "later; of everybody empty",
        ),
        "outcome": (
            "",
            "welfare, the account by which a person is worse off; output "
            "(half-days per week); reward, what incentives paid less what they "
            "took, a part of welfare",
        ),
        "change": (OF_OUTCOME, "mean change over these people"),
        "change_low": (OF_OUTCOME, "lower end of its 95 % t interval"),
        "change_high": (OF_OUTCOME, "upper end"),
        "percent": ("%", "change over the size of their mean under the baseline"),
        "left_alone": (
            "share of first people",
            "left under the scheme and not under the baseline; of those who stayed "
            "under one of them at least. Empty by tenure",
        ),
        "stayed_alone": ("share of first people", "left under the baseline alone"),
    },
)

Accounts = Mapping[str, Mapping[int, Accounted]]
"""Accounts of people, (n,) of ``dataset.ACCOUNT``, by scheme and replicate."""
Pairs = list[tuple[Accounted, Accounted]]
"""The same people under a scheme and under the baseline, by replicate."""
Parted = list[tuple[float, float]]
"""Shares who left under a scheme alone, and under the baseline alone, by replicate."""
A_YEAR = 52
"""Weeks in the job that tell who came lately."""


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


def worse_off(
    told: Accounts, schemes: Sequence[str], baseline: str
) -> Iterator[WorseOff]:
    """Estimate who is worse off than under the baseline, scheme by scheme."""
    for scheme in schemes:
        if scheme != baseline:
            pairs = [(a, b) for _, a, b, _ in asked(told, scheme, baseline)]
            parted = [
                (float(here.mean()), float(there.mean()))
                for _, here, there, _ in _first(told, scheme, baseline)
            ]
            yield _row(scheme, baseline, EVERYBODY, "welfare", pairs, parted)


def gains(
    told: Accounts, roles: NDArray[np.str_], schemes: Sequence[str], baseline: str
) -> Iterator[WorseOff]:
    """Estimate who gains and who loses, by scheme, group and outcome.

    ``roles`` are those of the people (n,). Groups in which nobody is are left out.
    """
    for scheme in schemes:
        if scheme == baseline:
            continue
        members: dict[Group, Pairs] = {EVERYBODY: []}
        for _, after, before, who in asked(told, scheme, baseline):
            for group, is_in in groups(before, roles[who]).items():
                if is_in.any():
                    members.setdefault(group, []).append((after[is_in], before[is_in]))
        parted: dict[Group, Parted] = {}
        for person, here, there, who in _first(told, scheme, baseline):
            for group, is_in in groups(person, roles[who]).items():
                if is_in.any():
                    shares = float(here[is_in].mean()), float(there[is_in].mean())
                    parted.setdefault(group, []).append(shares)
        for group, pairs in members.items():
            for outcome in MEANS:
                yield _row(
                    scheme, baseline, group, outcome, pairs, parted.get(group, [])
                )


def groups(
    before: Accounted, roles: NDArray[np.str_]
) -> Mapping[Group, NDArray[np.bool_]]:
    """Say of each group which of some people (n,) are in it."""
    found = {EVERYBODY: np.ones(len(before), bool)}
    names = dict.fromkeys(roles.tolist())
    if len(names) > 1:
        found |= {Group("role", name): roles == name for name in names}
    for kind, trait in (("skill", "skill"), ("use", "usual_use")):
        known = np.isfinite(before[trait])
        fifth = np.zeros(len(before), int)
        rank = before[trait][known].argsort().argsort()
        fifth[known] = 1 + rank * FIFTHS // max(len(rank), 1)
        found |= {Group(kind, str(k)): fifth == k for k in range(1, FIFTHS + 1)}
    at_first, long = before["generation"] == 0, before["tenure"] >= A_YEAR
    if not at_first.all():
        found[Group("tenure", "first")] = at_first
        found[Group("tenure", "year")] = ~at_first & long
        found[Group("tenure", "later")] = ~at_first & ~long
    never = before["never_gamer"]
    return found | {Group("scruple", "never"): never, Group("scruple", "may"): ~never}


def asked(
    told: Accounts, scheme: str, baseline: str
) -> Iterator[tuple[int, Accounted, Accounted, NDArray[np.intp]]]:
    """Yield the people of each replicate who lived the same weeks under both.

    By replicate: its number, their accounts under the scheme and under the baseline,
    and their slots.
    """
    with_scheme, without = told.get(scheme, {}), told.get(baseline, {})
    for k in sorted(with_scheme.keys() & without.keys()):
        after, before = with_scheme[k], without[k]
        same = after["generation"] == before["generation"]
        same &= after["tenure"] == before["tenure"]
        same &= np.isfinite(before["welfare"])  # who has not begun has nothing to tell
        if same.any():
            yield k, after[same], before[same], np.flatnonzero(same)


def _first(
    told: Accounts, scheme: str, baseline: str
) -> Iterator[tuple[Accounted, NDArray[np.bool_], NDArray[np.bool_], NDArray[np.intp]]]:
    """Yield the first people who stayed under one of two schemes at least.

    By replicate: who they are, whether they left under the scheme, whether under the
    baseline, and their slots.
    """
    with_scheme, without = told.get(scheme, {}), told.get(baseline, {})
    for k in sorted(with_scheme.keys() & without.keys()):
        after, before = with_scheme[k], without[k]
        left, left_before = after["generation"] > 0, before["generation"] > 0
        known = ~(left & left_before)
        if known.any():
            person = np.where(left_before, after, before)[known]
            yield person, left[known], left_before[known], np.flatnonzero(known)


def _row(
    scheme: str,
    baseline: str,
    group: Group,
    outcome: str,
    pairs: Pairs,
    parted: Parted,
) -> WorseOff:
    row = WorseOff(scheme, baseline, kind=group.kind, group=group.name)
    row = row._replace(outcome=outcome)
    if parted:
        left, stayed = np.mean(parted, axis=0).tolist()
        row = row._replace(left_alone=left, stayed_alone=stayed)
    if not pairs:
        return row
    moves: list[Floats] = [after[outcome] - before[outcome] for after, before in pairs]
    share, *ends = interval(np.array([(move < 0.0).mean() for move in moves]))
    low, high = (None if x is None else min(max(x, 0.0), 1.0) for x in ends)
    change, change_low, change_high = interval(np.array([x.mean() for x in moves]))
    base = float(np.mean([before[outcome].mean() for _, before in pairs]))
    return row._replace(
        worse_off=share,
        low=low,
        high=high,
        better_off=float(np.mean([(move > 0.0).mean() for move in moves])),
        replicates=len(pairs),
        change=change,
        change_low=change_low,
        change_high=change_high,
        percent=percent(change, base),
    )


def apart(row: WorseOff, everybody: WorseOff) -> int:
    """Say whether clearly more (1) or fewer (-1) of a group are worse off; 0: unclear.

    They are if the interval of the group leaves out the share of everybody.
    """
    if row.low is None or row.high is None or everybody.worse_off is None:
        return 0
    return clear_sign(row.low - everybody.worse_off, row.high - everybody.worse_off)


Told = Mapping[tuple[str, Group], WorseOff]
"""Rows on welfare by scheme and group."""


def by_group(rows: Sequence[WorseOff]) -> Told:
    """Index the rows on welfare by scheme and group."""
    return {(row.scheme, row.of): row for row in rows if row.outcome == "welfare"}
