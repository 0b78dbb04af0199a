"""The fingerprints of a panel in words, and what they cannot show."""

from collections.abc import Iterator
from typing import NamedTuple

from experiments.config.settings import FingerprintsSettings
from experiments.exports.usage.file import Usage
from experiments.statistics.estimators.estimate import Estimate
from experiments.studies.fingerprints.analysis import Analysis, QuantityRow
from experiments.studies.fingerprints.doubts import quota_place
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
        "Bunching says that people steer towards a threshold, not how: by padding, by "
        "chores given to AI because it counts, or by use on core work that they would "
        "not have made or made later. A price plan or a default limit at the same "
        "place looks the same.",
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
        "Padding or trivial use that is spread evenly, for a review or a leaderboard, "
        "leaves none of these fingerprints. Finding nothing is no proof of honesty; "
        "the smallest size that would have been found stands beside each estimate.",
    ),
    (
        "Small groups",
        "Intervals hold the bins, the region and the calendar fixed. Those of the Gini "
        "and of the top shares are too narrow with few people: with a tail as usual "
        "they cover the truth about four times in five with 200 people and nine times "
        "in ten with 1,000 (docs/fingerprints.md).",
    ),
)
"""What no panel of usage can show: the topic, and why."""


def about(usage: Usage, settings: FingerprintsSettings) -> str:
    """Say which panel was analysed, and where the quota lies in it."""
    period = settings.period
    text = (
        f"{usage.people:,} people, {usage.weeks:,} weeks ({usage.names[0]} to "
        f"{usage.names[-1]}), periods of {period} week{'s' * (period != 1)}."
    )
    place = quota_place(usage, settings)
    if place is not None:
        text = (
            f"{text} {percent(100.0 * place.below)} % of periods stay below the quota "
            f"of {number(settings.quota)} {usage.unit}; half have more than "
            f"{number(place.median)}."
        )
    if usage.unknown == 0.0:
        return text
    return (
        f"{text} {percent(100.0 * usage.unknown)} % of person-weeks have no row: they "
        "count as unknown, not as 0. If your export leaves out weeks without use, add "
        "them as 0."
    )


def answer(analysis: Analysis, quota: float, unit: str) -> list[str]:
    """Say what the panel shows, in a sentence or two for each fingerprint."""
    return [
        *_of_bunching(analysis, quota, unit),
        *_of_deadline(analysis),
        *_of_concentration(analysis),
    ]


class Cells(NamedTuple):
    """A row as texts; a text is empty where there is no value."""

    quantity: str
    unit: str
    estimate: str
    interval: str
    nothing: str
    detectable: str


def cells(row: QuantityRow) -> Cells:
    """Write a row as texts."""
    shown = rounded(row.estimate, row.low, row.high, digits=2)
    nothing = "" if row.nothing is None else f"{row.nothing:g}"
    detectable = number(row.detectable)
    if row.nothing is not None and row.detectable is None:
        detectable = "not even all"
    if row.estimate is not None and row.detectable is not None:
        decimals = len(shown.value.partition(".")[2])
        detectable = f"{row.detectable:.{decimals}f}"
    return Cells(row.quantity, row.unit, shown.value, shown.ends, nothing, detectable)


def _of_bunching(analysis: Analysis, quota: float, unit: str) -> Iterator[str]:
    if analysis.bunching is None:
        return
    excess = analysis.bunching.excess
    where = f"Around the quota of {number(quota)} {unit}"
    if excess.interval[0] > 0.0:
        yield (
            f"{where}, {_percent(excess)} of all periods lie at and above it beyond "
            "what is expected: people steer towards the quota."
        )
        yield from _of_balance(analysis)
        return
    if excess.interval[1] < 0.0:
        yield (
            f"{where}, fewer periods lie at and above it than are expected: "
            f"{_percent(excess)} of all periods. That is no bunching, and no chance "
            "either: the quota, its unit, the tokens that it counts or the region "
            "(study.below, study.above) do not fit this panel."
        )
        return
    yield (
        f"{where}, no bunching is seen: {_percent(excess)} of all periods. An excess "
        f"of {percent(100.0 * excess.detectable)} % would have been found with 80 % "
        f"power. {_of_power(analysis)}"
    )


def _of_balance(analysis: Analysis) -> Iterator[str]:
    """Say whether the hole below the quota matches the bump above it."""
    if analysis.gap is None:
        return
    low, high = analysis.gap.interval
    if high < 0.0:
        yield (
            "Less is missing below the quota than was found above (difference "
            f"{_percent(analysis.gap)} of periods): people came from further below "
            "than study.below says, or all use has risen. The size of the excess is "
            "uncertain."
        )
    elif low > 0.0:
        yield (
            "More is missing below the quota than was found above (difference "
            f"{_percent(analysis.gap)} of periods): people landed beyond what "
            "study.above says. The size of the excess is uncertain."
        )


def _of_power(analysis: Analysis) -> str:
    smallest = analysis.power.smallest if analysis.power else None
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


def _of_deadline(analysis: Analysis) -> Iterator[str]:
    if analysis.tokens is None:
        return
    spike = analysis.tokens.last_week
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
    if analysis.output is not None:
        calm = analysis.output.last_week
        rises = calm.interval[0] > 1.0
        yield (
            f"Output in the same week: {_over(calm, sign=True)}"
            + (", so work may really be due then." if rises else "; it does not rise.")
        )


def _of_concentration(analysis: Analysis) -> Iterator[str]:
    if analysis.concentration is not None:
        gini, sd = analysis.concentration.gini, analysis.concentration.log_sd
        yield (
            f"Weekly tokens have a Gini of {_text(gini)} and a log-sd among users of "
            f"{_text(sd)}; firms report a Gini of 0.72 to 0.77 and a log-sd of about "
            "1.1 to 1.8 (docs/evidence.md)."
        )
    if analysis.slope is not None:
        yield (
            f"The slope of log output on log tokens is {_text(analysis.slope)}; twice "
            "the output for ten times the tokens would be 0.30. It describes, and is "
            "no effect of tokens."
        )


def _text(value: Estimate) -> str:
    shown = rounded(value.value, *value.interval)
    return f"{shown.value} {shown.ends}"


def _percent(value: Estimate) -> str:
    low, high = value.interval
    shown = rounded(100.0 * value.value, 100.0 * low, 100.0 * high)
    return f"{shown.value} % {shown.ends}"


def _over(value: Estimate, *, sign: bool = False) -> str:
    """Write a ratio, which is above 0, as per cent above 1."""
    low, high = value.interval
    values = (100.0 * (x - 1.0) for x in (value.value, max(low, 0.0), high))
    shown = rounded(*values, sign=sign)
    return f"{shown.value} % {shown.ends}"
