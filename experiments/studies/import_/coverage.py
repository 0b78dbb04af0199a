"""``coverage.csv``: what was read, what was left out and why, and what is not known.

No row is about fewer than ``CROWD`` people, but for the number of those left out.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Literal, NamedTuple, get_args

import numpy as np
from numpy.typing import NDArray

from experiments.config.settings import ImportSettings
from experiments.exports.collect import Collected, Files
from experiments.exports.duplicates import tokens
from experiments.exports.ids import OTHERS
from experiments.exports.meaning import fresh
from experiments.exports.panel import Panel, Source
from experiments.exports.panel_file import KINDS, UNITS
from experiments.exports.reading import Read
from experiments.store.table import Table

CROWD = 5
"""Fewest people whose sum is shown."""
GIANT = 0.3
"""Share of one person in everything that is too much for a person."""
SAME_START = 0.25
"""Share of people who begin in the same later week, as deleted histories make them."""
Topic = Literal[
    "read", "left_out", "people", "known", "meaning", "week", "check", "blind"
]
TOPICS: tuple[Topic, ...] = get_args(Topic)


class CoverageRow(NamedTuple):
    """One thing that is to be said; a number, a text or both."""

    topic: Topic
    source: str
    item: str
    number: float | None
    unit: str
    text: str


COVERAGE = Table(
    "coverage.csv",
    CoverageRow,
    "a row a thing that is to be said of the exports",
    {
        "topic": ("", f"what it is about: {', '.join(TOPICS)}"),
        "source": ("", "format of the export (docs/import.md); empty: all together"),
        "item": ("", "what the number or text is"),
        "number": (
            "that of the row",
            f"the value; empty where there is none or it is of fewer than {CROWD} "
            "people",
        ),
        "unit": ("", "unit of the number"),
        "text": ("", "in words, or a date"),
    },
)


def coverage(
    files: Files, settings: ImportSettings, found: Collected, panel: Panel
) -> list[CoverageRow]:
    """Say everything there is to say, in the order of the topics."""
    rows = [
        *_read(files, found),
        *_left_out(found, panel),
        *_people(found, panel),
        *_known(panel, settings),
        *_meaning(settings, found),
        *_weeks(panel, settings),
        *_checks(found, panel),
        *_blind(found.sources),
    ]
    return sorted(rows, key=lambda row: TOPICS.index(row.topic))


def _row(
    topic: Topic,
    source: str,
    item: str,
    number: float | None = None,
    unit: str = "",
    text: str = "",
) -> CoverageRow:
    return CoverageRow(topic, source, item, number, unit, text)


def _read(files: Files, found: Collected) -> Iterator[CoverageRow]:
    if files.empty:
        yield _row("read", "", "files without anything in them", files.empty, "files")
    if files.mappings:
        yield _row("read", "", "mappings", len(files.mappings), "files")
    for form in dict.fromkeys(one.format for one in files.lists):
        if form is not None:
            count = sum(one.format is form for one in files.lists)
            yield _row("read", form.name, "files", count, "files", form.is_)
    for source, read in zip(found.sources, found.reads, strict=True):
        name = source.format.name
        yield _row("read", name, "files", read.files, "files", source.format.is_)
        yield _row("read", name, "rows", read.rows, "rows")
        people = len(np.unique(source.days["person"]))
        yield _row("read", name, "people", *_crowd(people))
        days = source.days["day"]
        if len(days):
            for item, day in (("first day", days.min()), ("last day", days.max())):
                text = date.fromordinal(int(day)).isoformat()
                yield _row("read", name, item, None, "", text)
        if source.format.local:
            text = "days of each person's own clock; about one in 24 hours may be off"
            yield _row("read", name, "time zone", None, "", text)


def _crowd(people: int) -> tuple[float | None, str, str]:
    """Give a number of people, or hide it."""
    if 0 < people < CROWD:
        return None, "people", f"fewer than {CROWD}"
    return people, "people", ""


def _left_out(found: Collected, panel: Panel) -> Iterator[CoverageRow]:
    for source, read, dropped in zip(
        found.sources, found.reads, found.dropped, strict=True
    ):
        name = source.format.name
        text = "rows that were there before, in this file or another"
        yield _row("left_out", name, "duplicates", dropped, "rows", text)
        whole = float(tokens(source.days).sum()) + sum(read.others_tokens.values())
        for kind, what in OTHERS.items():
            if read.others[kind]:
                yield _row("left_out", name, what, read.others[kind], "rows")
                if whole:
                    share = read.others_tokens[kind] / whole
                    yield _row("left_out", name, what, share, "share of tokens")
    for cut in panel.cuts:
        days = (cut.last - cut.first).days + 1
        span = f"{cut.first} to {cut.last}: {cut.why}"
        yield _row("left_out", cut.source, "days at an end", days, "days", span)


def _people(found: Collected, panel: Panel) -> Iterator[CoverageRow]:
    known = np.isfinite(panel.amounts)
    count = int(known.any(axis=1).sum())
    yield _row("people", "", "people in the panel", count, "people")
    idle = int((known.any(axis=1) & ~panel.seen.any(axis=1)).sum())
    if found.seats:
        seats = len({seat.person for seat in found.seats})
        yield _row("people", "", "people in lists of seats", *_crowd(seats))
        text = "they are in a list of seats, and no export has a row of theirs"
        number, unit, hidden = _crowd(idle)
        yield _row("people", "", "people without any use", number, unit, hidden or text)
    else:
        text = "without a list of seats nobody who never used anything is in the panel"
        yield _row("people", "", "people without any use", None, "people", text)
    if found.aliases:
        yield _row("people", "", "ids with an alias", found.aliases, "ids")
        yield _row(
            "people", "", "people with an id without alias", found.ids.without, "people"
        )


def _known(panel: Panel, settings: ImportSettings) -> Iterator[CoverageRow]:
    known = np.isfinite(panel.amounts)
    there = panel.amounts[known.any(axis=1)]
    seen = int(panel.seen.sum())
    unit = "person-weeks"
    yield _row("known", "", "weeks", panel.amounts.shape[1], "weeks")
    weeks = panel.weeks
    yield _row("known", "", "first week", None, "", weeks[0].isoformat())
    yield _row("known", "", "last week", None, "", weeks[-1].isoformat())
    yield _row("known", "", "with a row", seen, unit)
    text = "no row between two weeks with rows, or while a list says they were there"
    yield _row(
        "known", "", "without a row, and so 0", int(known.sum()) - seen, unit, text
    )
    text = "before the first and after the last row, or while a source was silent"
    yield _row("known", "", "unknown", int(there.size - known.sum()), unit, text)
    for week in panel.silent:
        text = f"{week}: a source has no row of anybody, and has before and after"
        yield _row("known", "", "silent week", None, "", text)
    what = UNITS[settings.measure]
    for item, matrix in (
        ("unknown left out", there),
        ("unknown as 0", np.nan_to_num(there)),
    ):
        mean = f"mean of a person and week, {item}"
        yield _row("known", "", mean, float(np.nanmean(matrix)), what)
        yield _row("known", "", f"Gini, {item}", _gini(matrix), "")


def _gini(amounts: NDArray[np.float64]) -> float | None:
    """Mean over weeks of the Gini of all people whose use is known; None if none."""
    found = []
    for week in amounts.T:
        use = np.sort(week[np.isfinite(week)])
        if use.sum() > 0.0:
            ranks = np.arange(1, len(use) + 1)
            found.append(
                float(((2 * ranks - len(use) - 1) * use).sum() / (len(use) * use.sum()))
            )
    return float(np.mean(found)) if found else None


def _meaning(settings: ImportSettings, found: Collected) -> Iterator[CoverageRow]:
    if settings.measure != "tokens":
        return
    for source in found.sources:
        name, said = source.format.name, source.evidence
        rows = said.beside + said.within + said.open
        kinds = _kinds(source)
        whole = sum(kinds.values())
        if not whole:
            text = "the export has one sum; what it holds cannot be tested"
            yield _row("meaning", name, "kinds of tokens", None, "", text)
            continue
        if rows:
            text = (
                "cached reads stand beside the input"
                if source.meaning == "beside"
                else "cached reads are within the input; they were taken out of it"
            )
            for item, count in (
                ("say beside", said.beside),
                ("say within", said.within),
                ("say neither", said.open),
            ):
                if count:
                    unit = "share of rows with caches"
                    yield _row("meaning", name, item, count / rows, unit, text)
        if said.checked:
            share = said.fits / said.checked
            text = "rows whose kinds add up to the total that the export has"
            yield _row("meaning", name, "check sums", share, "share of rows", text)
        for kind, size in kinds.items():
            yield _row("meaning", name, kind, size / whole, "share of tokens")


def _kinds(source: Source) -> dict[str, float]:
    days = source.days
    sizes = (fresh(source.meaning, days), days["read"], days["write"], days["written"])
    return dict(zip(KINDS, (float(size.sum()) for size in sizes), strict=True))


def _weeks(panel: Panel, settings: ImportSettings) -> Iterator[CoverageRow]:
    """Sum each week; a week with few people stays empty."""
    unit = UNITS[settings.measure]
    for week, amounts in zip(panel.weeks, panel.amounts.T, strict=True):
        users = int((amounts > 0.0).sum())
        shown = users >= CROWD
        total = float(np.nansum(amounts)) if shown else None
        hidden = "" if shown else f"fewer than {CROWD} people"
        yield _row("week", "", week.isoformat(), total, unit, hidden)
        yield _row(
            "week", "", week.isoformat(), users if shown else None, "people", hidden
        )


def _checks(found: Collected, panel: Panel) -> Iterator[CoverageRow]:
    own = np.nansum(panel.amounts, axis=1)
    if own.sum() and own.max() > GIANT * own.sum():
        text = (
            f"one person has more than {GIANT:.0%} of everything: a program, an "
            "account that several share, or a sum of others?"
        )
        yield _row("check", "", "one person", None, "", text)
    yield from _starts(panel)
    extended = found.ids.extended()
    if extended:
        text = "ids that are another id with something added: a person may have two"
        yield _row("check", "", "two ids", extended, "ids", text)
    for source, read in zip(found.sources, found.reads, strict=True):
        if source.format.cost and read.uncosted:
            text = "their cost is no number, such as Included; the panel has none there"
            name = source.format.name
            yield _row("check", name, "rows without cost", read.uncosted, "rows", text)
        yield from _sums(source, read)


def _sums(source: Source, read: Read) -> Iterator[CoverageRow]:
    del read
    said = source.evidence
    if said.checked and said.fits < 0.99 * said.checked:
        text = "in other rows the kinds do not add up to the total: is a kind missing?"
        share = said.fits / said.checked
        name = source.format.name
        yield _row("check", name, "check sums", share, "share of rows", text)


def _starts(panel: Panel) -> Iterator[CoverageRow]:
    """Say if many people begin in the same later week."""
    seen = panel.seen[panel.seen.any(axis=1)]
    if not len(seen):
        return
    counts = np.bincount(seen.argmax(axis=1), minlength=seen.shape[1])
    week = int(counts[1:].argmax()) + 1 if len(counts) > 1 else 0
    if week and counts[week] > max(SAME_START * len(seen), CROWD):
        text = (
            f"begin in the week of {panel.weeks[week]}: their history may have been "
            "deleted before; earlier weeks of theirs are unknown"
        )
        share = float(counts[week] / len(seen))
        yield _row("check", "", "history", share, "share of people", text)


def _blind(sources: Sequence[Source]) -> Iterator[CoverageRow]:
    for source in sources:
        text = source.format.blind or "What it cannot see is not known."
        yield _row("blind", source.format.name, source.format.is_, None, "", text)
    text = (
        "Whether use was of any good. Tokens that a model wrote are no work; nor is "
        "any other measure of use."
    )
    yield _row("blind", "", "work", None, "", text)
