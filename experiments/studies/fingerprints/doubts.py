"""What in a panel looks like a mistake of the export, though it can be read.

Nothing is left out or changed: who knows the file decides. A doubt names no person.
"""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from experiments.config.settings import FingerprintsSettings
from experiments.exports.usage.file import M_TOKENS, Usage
from experiments.studies.fingerprints.analysis import by_period, first_end
from experiments.words.screen import count, number, percent

CHECK = "What to check in the file"
USUAL = (0.1, 1_000.0)
"""M tokens between which half of the weeks with use lie, whatever the firm."""
AWAY = 0.95
"""Share of periods on one side of a quota that is out of their reach."""
UNFINISHED = 0.6
"""Use of the first or last week, over that of a usual one, that is too little."""
GIANT = 0.3
"""Share of one id in all tokens that is too much for a person."""
AS_ONE = 0.95
"""Correlation of logs above which output may be a part of the tokens."""
FEWEST_ROWS = 30
"""Rows with tokens and output that are needed to compare them."""

Doubt = tuple[str, str]
"""A topic, and what to look for."""


class QuotaPlace(NamedTuple):
    """The share of periods below a quota, and the median of a period in M tokens."""

    below: float
    median: float


def quota_place(usage: Usage, settings: FingerprintsSettings) -> QuotaPlace | None:
    """Find where the quota lies among the periods; None without quota or periods."""
    scores = by_period(usage.tokens, settings.period, first_end(settings))
    known = scores[np.isfinite(scores)]
    if settings.quota == 0.0 or not len(known):
        return None
    return QuotaPlace(float((known < settings.quota).mean()), float(np.median(known)))


def doubts(usage: Usage, settings: FingerprintsSettings) -> list[Doubt]:
    """List what should be checked before the numbers are believed."""
    return [
        *_of_unit(usage),
        *_of_quota(usage, settings),
        *_of_weeks(usage),
        *_of_people(usage),
        *_of_output(usage),
    ]


def _of_unit(usage: Usage) -> Iterator[Doubt]:
    if usage.unit != M_TOKENS:
        return
    middle = float(np.median(usage.tokens[usage.tokens > 0.0]))
    low, high = USUAL
    if not low <= middle <= high:
        side = "less" if middle < low else "more"
        yield (
            "Unit",
            f"Half of the weeks with use have {side} than {number(middle)} in the "
            "column tokens. Is it in M tokens, and are all kinds of tokens in it?",
        )


def _of_quota(usage: Usage, settings: FingerprintsSettings) -> Iterator[Doubt]:
    place = quota_place(usage, settings)
    if place is None or 1.0 - AWAY <= place.below <= AWAY:
        return
    share, side = (
        (place.below, "below")
        if place.below > AWAY
        else (1.0 - place.below, "at least")
    )
    yield (
        "Quota",
        f"{percent(100.0 * share)} % of periods are {side} the quota of "
        f"{number(settings.quota)} {usage.unit}; half have more than "
        f"{number(place.median)}. Is the column tokens in {usage.unit}, and does it "
        "hold what the quota counts, such as cached reads?",
    )


def _of_weeks(usage: Usage) -> Iterator[Doubt]:
    known = np.isfinite(usage.tokens)
    there = known.sum(axis=0)
    silent = [usage.names[int(week)] for week in np.flatnonzero(there == 0)]
    if silent:
        names = ", ".join(silent[:3]) + ", ..." * (len(silent) > 3)
        yield (
            "Weeks without rows",
            f"Nobody has a row in {count(len(silent), 'week')} ({names}). They count "
            "as unknown, and so does every period that holds one. If nobody used "
            "anything then, give everybody a row with 0.",
        )
    sums = np.where(known, usage.tokens, 0.0).sum(axis=0)
    usual = float(np.median(sums[there > 0]))
    for week, name in ((0, "first"), (-1, "last")):
        if usage.weeks > 2 and sums[week] < UNFINISHED * usual:
            yield (
                f"The {name} week",
                f"All people together have {percent(100.0 * sums[week] / usual)} % of "
                f"the tokens of a usual week in {usage.names[week]}. If the export "
                "does not hold all of that week, leave its rows out: half a week "
                "looks like people who work less, and hides what they do before a "
                "deadline.",
            )


def _of_people(usage: Usage) -> Iterator[Doubt]:
    if usage.programs:
        yield (
            "Programs",
            f"{count(usage.programs, 'id')} in the column employee may stand for "
            "programs (bot, ci, service, key). Leave out what is no person: a program "
            "changes every share and spread.",
        )
    if usage.extended:
        yield (
            "Two ids",
            f"{count(usage.extended, 'id')} in the column employee may be another id "
            "with something added, such as p7 and p7-laptop. If one person has both, "
            "add up their rows: parts of people end a period at other places than they "
            "do.",
        )
    own = np.nansum(usage.tokens, axis=1)
    if own.max() > GIANT * own.sum():
        yield (
            "One id",
            f"One id has more than {percent(100.0 * GIANT)} % of all tokens. Is it a "
            "program, an account that several people share, or a sum of others? Then "
            "leave it out.",
        )


def _of_output(usage: Usage) -> Iterator[Doubt]:
    if usage.output is None:
        return
    both = (usage.tokens > 0.0) & (usage.output > 0.0)
    if both.sum() < FEWEST_ROWS:
        return
    tokens, output = np.log(usage.tokens[both]), np.log(usage.output[both])
    if min(np.ptp(tokens), np.ptp(output)) == 0.0:
        return
    together = float(np.corrcoef(tokens, output)[0, 1])
    if together > AS_ONE:
        yield (
            "Output",
            f"Output follows tokens nearly exactly (correlation of logs "
            f"{together:.2f}). Does it count tokens that were written? Then it says "
            "nothing of work: leave the column out.",
        )
