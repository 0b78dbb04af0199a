"""What the fingerprints of a panel say in words, and what they can not say."""

from collections.abc import Iterator
from typing import NamedTuple

from experiments.statistics.estimators.estimate import Estimate
from experiments.studies.fingerprints.look import Found, Row
from experiments.studies.fingerprints.usage_file import Usage
from experiments.words.screen import number, percent, rounded

LIMITS = (
    (
        "Persons",
        "These are fingerprints of groups. Nothing here is evidence against a named "
        "person: under a quota honest people bunch too, and no row of the file was "
        "looked at alone.",
    ),
    (
        "Why people bunch",
        "Bunching says that people steer towards a threshold, not how: by padding, or "
        "by real use that they would not have made or made later. A price plan or a "
        "default limit at the same place looks the same.",
    ),
    (
        "What is due",
        "Work that is really due at the end of a month looks like a deadline spike. A "
        "column of output, or a group without the deadline, tells them apart.",
    ),
    (
        "Concentration",
        "It is no sign of gaming: some people use a hundred times the tokens of others "
        "for good reasons. It is shown because a target, a board or a cap changes it.",
    ),
    (
        "Honesty",
        "Padding that is spread evenly, for a review or a leaderboard, leaves none of "
        "these fingerprints. Finding nothing is no proof of honesty; the smallest size "
        "that would have been found stands beside each estimate.",
    ),
    (
        "Small groups",
        "Intervals hold the bins, the region and the calendar fixed. Those of the Gini "
        "and of the top shares are too narrow with few people: with a tail as usual "
        "they cover the truth about four times in five with 200 people and nine times "
        "in ten with 1,000 (docs/fingerprints.md).",
    ),
)
"""What no panel of usage can show: of what, and why."""


def about(usage: Usage, period: int) -> str:
    """Which panel was looked at."""
    text = (
        f"{usage.people:,} people, {usage.weeks:,} weeks ({usage.first} to "
        f"{usage.last}), periods of {period} week{'s' * (period != 1)}."
    )
    if usage.unknown == 0.0:
        return text
    return (
        f"{text} {percent(100.0 * usage.unknown)} % of person-weeks have no row: they "
        "count as unknown, not as 0. If your export leaves out weeks without use, add "
        "them as 0."
    )


def answer(found: Found, quota: float) -> list[str]:
    """What was found, a sentence or two a fingerprint."""
    return [
        *_of_bunching(found, quota),
        *_of_deadline(found),
        *_of_concentration(found),
    ]


class Cells(NamedTuple):
    """A row as texts, empty where there is no value."""

    quantity: str
    unit: str
    estimate: str
    interval: str
    nothing: str
    detectable: str


def cells(row: Row) -> Cells:
    """A row as it is shown."""
    shown = rounded(row.estimate, row.low, row.high, digits=2)
    nothing = "" if row.nothing is None else f"{row.nothing:g}"
    detectable = number(row.detectable)
    if row.nothing is not None and row.detectable is None:
        detectable = "not even all"
    if row.estimate is not None and row.detectable is not None:
        decimals = len(shown.value.partition(".")[2])
        detectable = f"{row.detectable:.{decimals}f}"
    return Cells(row.quantity, row.unit, shown.value, shown.ends, nothing, detectable)


def _of_bunching(found: Found, quota: float) -> Iterator[str]:
    if found.bunching is None:
        return
    excess = found.bunching.excess
    where = f"Around the quota of {number(quota)} M tokens"
    if excess.interval[0] > 0.0:
        yield (
            f"{where}, {_percent(excess)} of all periods lie at and above it beyond "
            "what is expected: people steer towards the quota."
        )
        yield from _of_balance(found)
        return
    yield (
        f"{where}, no bunching is seen: {_percent(excess)} of all periods. An excess "
        f"of {percent(100.0 * excess.detectable)} % would have been found with 80 % "
        f"power. {_of_power(found)}"
    )


def _of_balance(found: Found) -> Iterator[str]:
    """Whether what is missing below is what is too much above."""
    if found.gap is None:
        return
    low, high = found.gap.interval
    if high < 0.0:
        yield (
            "Less is missing below the quota than was found above (difference "
            f"{_percent(found.gap)} of periods): people came from further below than "
            "study.below says, or all use has risen. The size of the excess is "
            "uncertain."
        )
    elif low > 0.0:
        yield (
            "More is missing below the quota than was found above (difference "
            f"{_percent(found.gap)} of periods): people landed beyond what study.above "
            "says. The size of the excess is uncertain."
        )


def _of_power(found: Found) -> str:
    smallest = found.power.smallest if found.power else None
    if smallest is None:
        return (
            "If people topped up to the quota, this panel would hardly show it: too "
            "few periods end a little below."
        )
    return (
        f"If {percent(100.0 * smallest)} % of people topped up to the quota whenever "
        "they are near, this panel would have shown it with that power; fewer could "
        "stay unseen."
    )


def _of_deadline(found: Found) -> Iterator[str]:
    if found.tokens is None:
        return
    spike = found.tokens.last_week
    if spike.interval[0] > 1.0:
        yield (
            f"In the last week of a period people use {_over(spike)} more tokens than "
            "in its other weeks."
        )
    else:
        yield (
            "No spike of tokens is seen in the last week of a period: "
            f"{_over(spike, sign=True)} against its other weeks. One of "
            f"{percent(100.0 * spike.detectable)} % would have been found with 80 % "
            "power."
        )
    if found.output is not None:
        calm = found.output.last_week
        rises = calm.interval[0] > 1.0
        yield (
            f"Output in the same week: {_over(calm, sign=True)}"
            + (", so work may really be due then." if rises else "; it does not rise.")
        )


def _of_concentration(found: Found) -> Iterator[str]:
    if found.concentration is not None:
        gini, sd = found.concentration.gini, found.concentration.log_sd
        yield (
            f"Weekly tokens have a Gini of {_text(gini)} and a log-sd among users of "
            f"{_text(sd)}; firms report a Gini of 0.72 to 0.77 and a log-sd of about "
            "1.1 to 1.8 (docs/evidence.md)."
        )
    if found.slope is not None:
        yield (
            f"The slope of log output on log tokens is {_text(found.slope)}; twice the "
            "output for ten times the tokens would be 0.30. It describes, and is no "
            "effect of tokens."
        )


def _text(found: Estimate) -> str:
    shown = rounded(found.value, *found.interval)
    return f"{shown.value} {shown.ends}"


def _percent(found: Estimate) -> str:
    low, high = found.interval
    shown = rounded(100.0 * found.value, 100.0 * low, 100.0 * high)
    return f"{shown.value} % {shown.ends}"


def _over(found: Estimate, *, sign: bool = False) -> str:
    """A ratio as per cent above 1."""
    values = (100.0 * (x - 1.0) for x in (found.value, *found.interval))
    shown = rounded(*values, sign=sign)
    return f"{shown.value} % {shown.ends}"
