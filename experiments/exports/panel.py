"""A panel of people and weeks out of sources: what is known, what is 0, what neither.

A week is known of a person if a source has a row. Exports leave out what is 0, so a
week without a row is 0 between the first and the last week in which the person is seen,
or while a list of seats says that they were there. Before and after, and in weeks in
which a source that they use is silent for everybody, it is unknown.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import combinations
from typing import Any, Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from experiments.errors import UserError
from experiments.exports.duplicates import Days, Sums, share_in_common
from experiments.exports.formats import KINDS, PANEL, Format
from experiments.exports.meaning import Evidence, Meaning, fresh

Floats = NDArray[np.float64]
Tokens = Literal["all", "fresh", "written"]
MILLION = 1e6
ACTIVE = "active_days"
"""The measure that counts days with use."""
FEWEST = 20
"""Fewest people of a panel; in a smaller group people would be recognised."""
MOST_SAME = 0.2
"""Share of equal person-days from which on two sources are the same traffic."""
UNFINISHED = 0.6
"""Use in the first or last week, over a usual one, that is too little: most people
never have so little in a week in which they have any."""
ENOUGH_WEEKS = 4
"""Weeks that are needed to say what a usual one is."""
NOT_MILLIONS = 10_000.0
"""A median of weekly use above this cannot be in M tokens."""
LONGEST = 1040
MONDAY, SUNDAY = 0, 6


class Seat(NamedTuple):
    """From and to which day a person was there; None: always."""

    person: int
    first: int | None
    last: int | None


@dataclass(frozen=True)
class Source:
    """All files of one format, read and counted once.

    Attributes
    ----------
    days : array of ``DAY``
        Sums of each person and day.
    """

    format: Format
    days: Days
    meaning: Meaning
    evidence: Evidence


class Cut(NamedTuple):
    """Days or weeks of a source that are left out, and why."""

    source: str
    first: date
    last: date
    why: str


@dataclass(frozen=True)
class Panel:
    """N people over T weeks.

    Attributes
    ----------
    people : array, shape (N,)
        Numbers of the people.
    monday : date
        The first day of the first week.
    amounts : array, shape (N, T)
        The measure, tokens in M; NaN where it is unknown.
    seen : array of bool, shape (N, T)
        Whether a source has a row; else the amount is 0 or unknown.
    parts : mapping of arrays, shape (N, T)
        M tokens by kind, requests' rows and cost in USD; NaN where unknown.
    cuts : sequence of Cut
        What was left out at the ends.
    silent : sequence of date
        Weeks in which a source has no row, though it has before and after.
    """

    people: NDArray[np.int64]
    monday: date
    amounts: Floats
    seen: NDArray[np.bool_]
    parts: dict[str, Floats]
    cuts: Sequence[Cut]
    silent: Sequence[date]

    @property
    def weeks(self) -> list[date]:
        """The Mondays, in order."""
        return [
            self.monday + timedelta(weeks=week) for week in range(self.amounts.shape[1])
        ]


def panel(
    sources: Sequence[Source],
    seats: Sequence[Seat],
    measure: str,
    counted: Tokens,
    taken: date | None,
) -> Panel:
    """Bring sources together.

    Raises ``UserError`` if they cannot be added, overlap, or leave too few people.
    """
    _check_kinds(sources, measure, counted)
    if measure != ACTIVE:  # a day with use is one, however many sources have it
        _check_overlap(sources)
    cuts: list[Cut] = []
    kept = [_whole_weeks(source, measure, counted, taken, cuts) for source in sources]
    first = max(weekly.first for weekly in kept)
    last = min(weekly.last for weekly in kept)
    if first > last:
        raise UserError(
            "the sources have no whole week in common: "
            + "; ".join(
                f"{weekly.source.format.is_} {monday(weekly.first)} to "
                f"{monday(weekly.last + 1) - timedelta(days=1)}"
                for weekly in kept
            )
            + ".\nImport them one by one, or load exports of the same weeks."
        )
    if last - first >= LONGEST:
        raise UserError(
            f"the days span {last - first + 1:,} weeks; at most {LONGEST:,} are read. "
            "Is a date wrong?"
        )
    for weekly in kept:
        if len(kept) > 1 and (weekly.first < first or weekly.last > last):
            what = "weeks that another source does not have"
            name = weekly.source.format.name
            if weekly.first < first:
                cuts.append(Cut(name, monday(weekly.first), _end(first - 1), what))
            if weekly.last > last:
                cuts.append(Cut(name, monday(last + 1), _end(weekly.last), what))
    found = _joined(
        _once(kept) if measure == ACTIVE else kept, seats, first, last, cuts
    )
    _check_size(found)
    if measure == "tokens":
        _check_unit(found)
    return found


def monday(week: int) -> date:
    """Give the first day of a week, counted from that of 0001-01-01."""
    return date.fromordinal(7 * week + 1)


def _end(week: int) -> date:
    return monday(week) + timedelta(days=SUNDAY)


def _week(days: Any) -> Any:
    return (days - 1) // 7


class _Weekly(NamedTuple):
    """A source in whole weeks."""

    source: Source
    person: NDArray[np.int64]
    day: NDArray[np.int64]
    week: NDArray[np.int64]
    amount: Floats
    parts: dict[str, Floats]
    first: int
    last: int
    met: tuple[NDArray[np.int64], NDArray[np.int64]]  # all people and weeks, uncut


def _check_kinds(sources: Sequence[Source], measure: str, counted: Tokens) -> None:
    """Refuse a definition of tokens that a source cannot give."""
    if measure != "tokens":
        return
    for source in sources:
        form = source.format
        has_kinds = any(source.days[name].any() for name in KINDS)
        if counted != "all" and not has_kinds and source.days["total"].any():
            raise UserError(
                f"{form.is_} has no kinds of tokens; study.tokens={counted} cannot be "
                "counted, only study.tokens=all."
            )
        if form.lacks == "read" and counted == "fresh":
            raise UserError(
                f"{form.is_} does not tell cached reads from other input; "
                "study.tokens=fresh cannot be counted."
            )
        if form.lacks and counted == "all" and len(sources) > 1:
            raise UserError(
                f"{form.is_} does not count tokens as the other files do: cached reads "
                "may be missing.\nImport it on its own, or take study.tokens=written."
            )


def _once(kept: Sequence[_Weekly]) -> Sequence[_Weekly]:
    """Count a day of a person once, by the first source that has it."""
    found, known = [], set[tuple[int, int]]()
    for weekly in kept:
        pairs = list(zip(weekly.person.tolist(), weekly.day.tolist(), strict=True))
        is_new = np.array([pair not in known for pair in pairs], bool)
        known.update(pair for pair, x in zip(pairs, weekly.amount, strict=True) if x)
        found.append(weekly._replace(amount=weekly.amount * is_new))
    return found


def _check_overlap(sources: Sequence[Source]) -> None:
    """Refuse sources that count the same traffic."""
    for one, other in combinations(sources, 2):
        share = share_in_common(_tokens(one), _tokens(other))
        if share > MOST_SAME:
            raise UserError(
                f"{one.format.is_} and {other.format.is_} hold the same traffic: "
                f"{share:.0%} of person-days are equal to the last token.\n"
                "Together they would count it twice; give only one of them."
            )


def _tokens(source: Source) -> Sums:
    amounts = _amount(source.meaning, source.days, "tokens", "all")
    return source.days["day"], MILLION * amounts


def _whole_weeks(
    source: Source,
    measure: str,
    counted: Tokens,
    taken: date | None,
    cuts: list[Cut],
) -> _Weekly:
    """Leave out days that had not settled and weeks that are not whole."""
    form, days = source.format, source.days
    met = days["person"].astype(np.int64), _week(days["day"].astype(np.int64))
    if not len(days):
        raise UserError(f"{form.is_}: no row is about a person.")
    _check_weekly(form, days)
    last_day = int(days["day"].max())
    if taken is not None and taken.toordinal() < last_day:
        raise UserError(
            f"study.taken={taken} is before the last day of {form.is_}, "
            f"{date.fromordinal(last_day)}."
        )
    end = (taken.toordinal() if taken else last_day) - form.settles
    if form.grain == "week":
        end = taken.toordinal() - form.settles - SUNDAY if taken else last_day
    late = days["day"] > end
    if late.any():
        why = f"the last {form.settles} days before an export may still change"
        cuts.append(
            Cut(form.name, date.fromordinal(end + 1), date.fromordinal(last_day), why)
        )
        days = days[~late]
    if not len(days):
        raise UserError(f"{form.is_}: no day had settled when it was taken.")
    amount = _amount(source.meaning, days, measure, counted)
    first, last = _ends(form, days, amount, cuts, bool(late.any()))
    week = _week(days["day"].astype(np.int64))
    keep = (week >= first) & (week <= last)
    days, amount, week = days[keep], amount[keep], week[keep]
    day = days["day"].astype(np.int64)
    input_ = fresh(source.meaning, days)
    parts = {
        "input": input_ / MILLION,
        "cache_read": days["read"] / MILLION,
        "cache_write": days["write"] / MILLION,
        "written": days["written"] / MILLION,
        "cost_usd": days["cost"],
        "rows": days["rows"].astype(float),
    }
    person = days["person"].astype(np.int64)
    return _Weekly(source, person, day, week, amount, parts, first, last, met)


def _check_weekly(form: Format, days: Days) -> None:
    """Refuse sums over weeks that do not begin on a Monday."""
    weekdays = np.unique((days["day"] - 1) % 7)
    several = len(np.unique(days["day"])) > 1
    is_weekly = form.grain == "week" or form.name == PANEL
    if is_weekly and several and len(weekdays) == 1 and weekdays[0] != MONDAY:
        name = date.fromordinal(int(weekdays[0]) + 1).strftime("%A")
        raise UserError(
            f"{form.is_}: all its days are {name}s, so its weeks do not begin on "
            "Monday, and cannot be moved.\nTake an export by day, or name every week "
            "by its Monday if that is what it is."
        )


def _amount(meaning: Meaning, days: Days, measure: str, counted: Tokens) -> Floats:
    """Count what was asked for, tokens in M."""
    input_, written = fresh(meaning, days), days["written"]
    total = input_ + days["read"] + days["write"] + written
    found: Floats
    if measure == ACTIVE:
        found = (days["amount"] > 0.0).astype(float)
    elif measure != "tokens":
        found = days["amount"]
    elif counted == "written":
        found = written / MILLION
    elif counted == "fresh":
        found = (input_ + days["write"] + written) / MILLION
    else:
        found = np.where(total > 0.0, total, days["total"]) / MILLION
    return found


def _ends(
    form: Format, days: Days, amount: Floats, cuts: list[Cut], late: bool
) -> tuple[int, int]:
    """Find the first and last whole week of a source.

    A week at an end is not whole if days are missing on its outer side on which there
    is use in every other week. Of sums over weeks nobody sees days: there it is not
    whole if most people have far less use than in a usual week of their own.
    """
    day = days["day"].astype(np.int64)
    week = _week(day)
    low, high = int(week.min()), int(week.max())
    count = high - low + 1
    if count > LONGEST:
        raise UserError(
            f"{form.is_}: the days span {count:,} weeks; at most {LONGEST:,} are read. "
            "Is a date wrong?"
        )
    firsts = np.full(count, 7)
    lasts = np.full(count, -1)
    np.minimum.at(firsts, week - low, (day - 1) % 7)
    np.maximum.at(lasts, week - low, (day - 1) % 7)
    weekly = form.grain == "week" or (firsts[firsts < 7] == lasts[lasts >= 0]).all()
    if count < ENOUGH_WEEKS:
        first = low + int(firsts[0] != MONDAY and not weekly)
        last = high - int(late and lasts[-1] != SUNDAY)
        if first > last:
            raise UserError(f"{form.is_}: no week is whole, Monday to Sunday.")
        return first, last
    there = firsts[1:-1] < 7
    misses_first = firsts[0] > firsts[1:-1][there].max(initial=MONDAY)
    misses_last = lasts[-1] < lasts[1:-1][there].min(initial=SUNDAY)
    shares = (
        _shares(days["person"], week - low, amount, count) if weekly else (1.0, 1.0)
    )
    first, last = low, high
    if misses_first or shares[0] < UNFINISHED:
        why = _why(misses_first, "begins", shares[0])
        cuts.append(Cut(form.name, monday(low), _end(low), why))
        first += 1
    if misses_last or shares[1] < UNFINISHED:
        why = _why(misses_last, "ends", shares[1])
        if late:
            why = f"{why} (study.taken=DAY keeps it if it was taken later)"
        cuts.append(Cut(form.name, monday(high), _end(high), why))
        last -= 1
    return first, last


def _shares(
    person: NDArray[np.int32], week: NDArray[np.int64], amount: Floats, count: int
) -> tuple[float, float]:
    """Give the median person's use in the first and last week, over their usual one.

    A sum over people would tell of the heaviest of them, who may be on leave.
    """
    people, places = np.unique(person, return_inverse=True)
    use = np.full((len(people), count), np.nan)
    use[places, week] = np.where(amount > 0.0, amount, np.nan)
    middle = use[:, 1:-1]
    is_usual = np.isfinite(middle).sum(axis=1) >= ENOUGH_WEEKS - 2
    own = np.nanmedian(middle[is_usual], axis=1)
    found = []
    for place in (0, -1):
        ratios = use[is_usual, place] / own
        ratios = ratios[np.isfinite(ratios)]
        found.append(float(np.median(ratios)) if len(ratios) >= FEWEST / 2 else 1.0)
    return found[0], found[1]


def _why(misses_days: bool, verb: str, share: float) -> str:
    if misses_days:
        return f"the export {verb} within this week"
    return f"most people have {share:.0%} or less of their usual use: half a week?"


def _joined(
    kept: Sequence[_Weekly],
    seats: Sequence[Seat],
    first: int,
    last: int,
    cuts: Sequence[Cut],
) -> Panel:
    count = last - first + 1
    numbers = [w.person[(w.week >= first) & (w.week <= last)] for w in kept]
    numbers.append(np.array([seat.person for seat in seats], np.int64))
    people = np.unique(np.concatenate(numbers))
    shape = (len(people), count)
    amounts, seen = np.zeros(shape), np.zeros(shape, bool)
    parts = {name: np.zeros(shape) for name in kept[0].parts}
    unknown, silent = np.zeros(shape, bool), set[int]()
    for weekly in kept:
        inside = (weekly.week >= first) & (weekly.week <= last)
        places = np.searchsorted(people, weekly.person[inside])
        weeks = weekly.week[inside] - first
        np.add.at(amounts, (places, weeks), weekly.amount[inside])
        for name, values in weekly.parts.items():
            np.add.at(parts[name], (places, weeks), values[inside])
        seen[places, weeks] = True
        nothing = np.bincount(weeks, minlength=count) == 0
        silent.update(np.flatnonzero(nothing).tolist())
        users = np.zeros(len(people), bool)
        users[places] = True
        unknown |= users[:, None] & nothing
    known = seen | (_between(kept, people, first, count) & ~unknown)
    for seat in seats:
        place = int(np.searchsorted(people, seat.person))
        known[place] |= _on(seat, first, count) & ~unknown[place]
    known &= ~unknown
    return Panel(
        people=people,
        monday=monday(first),
        amounts=np.where(known, amounts, np.nan),
        seen=seen & known,
        parts={name: np.where(known, x, np.nan) for name, x in parts.items()},
        cuts=cuts,
        silent=[monday(first + week) for week in sorted(silent)],
    )


def _between(
    kept: Sequence[_Weekly], people: NDArray[np.int64], first: int, count: int
) -> NDArray[np.bool_]:
    """Tell which weeks lie between the first and the last in which one is met.

    Weeks that are cut count as well: who is met there was there.
    """
    earliest = np.full(len(people), first + count)
    latest = np.full(len(people), first - 1)
    for weekly in kept:
        person, week = weekly.met
        there = np.isin(person, people)
        places = np.searchsorted(people, person[there])
        np.minimum.at(earliest, places, week[there])
        np.maximum.at(latest, places, week[there])
    weeks = first + np.arange(count)
    found: NDArray[np.bool_] = (weeks >= earliest[:, None]) & (weeks <= latest[:, None])
    return found


def _on(seat: Seat, first: int, count: int) -> NDArray[np.bool_]:
    """Tell in which weeks a person was there from Monday to Sunday."""
    mondays = 7 * (first + np.arange(count)) + 1
    on = np.ones(count, bool)
    if seat.first is not None:
        on &= mondays >= seat.first
    if seat.last is not None:
        on &= mondays + SUNDAY <= seat.last
    return on


def _check_size(found: Panel) -> None:
    known = np.isfinite(found.amounts).any(axis=1).sum()
    if known < FEWEST:
        raise UserError(
            f"the exports have {known} {'people' if known != 1 else 'person'}; at "
            f"least {FEWEST} are needed.\n"
            "In a smaller group people would be recognised."
        )


def _check_unit(found: Panel) -> None:
    used = found.amounts[found.amounts > 0.0]
    if not len(used):
        raise UserError("tokens are 0 in every row; there is nothing to see.")
    middle = float(np.median(used))
    if middle > NOT_MILLIONS:
        raise UserError(
            f"half of the weeks in use have more than {middle:,.0f} M tokens: the "
            "column tokens of a panel must be in M tokens.\nDivide tokens by "
            "1,000,000, and thousands of tokens by 1,000."
        )
