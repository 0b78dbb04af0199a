"""Moments as exports write them, and the day on which they fall."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, tzinfo
from typing import Any

EPOCH = date(1970, 1, 1).toordinal()
FIRST, LAST = date(2020, 1, 1).toordinal(), date(2100, 1, 1).toordinal()
"""Days between which use of AI is counted; others are mistakes."""
UNITS = ((1e11, 1.0), (1e14, 1e3), (1e17, 1e6), (1e20, 1e9))
"""Since 1970, numbers below the first are in seconds over the second."""
IN_UTC = re.compile(r"\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?Z?)?")
DIGITS = re.compile(r"\d{9,20}")
EIGHT = re.compile(r"\d{8}")
WEEK = re.compile(r"\d{4}-?W\d{2}")
SLASHED = re.compile(r"\d{1,2}[/.]\d{1,2}[/.]\d{2,4}")
MONTH = re.compile(r"\d{4}-\d{2}")
AMERICAN = re.compile(r"(\d{2})-(\d{2})-(\d{4})")

Day = Callable[[Any], int]


def days(zone: tzinfo, month_first: bool = False) -> Day:
    """Make the function that gives the day of a moment, as an ordinal.

    Moments without a zone are in UTC. The function raises ``ValueError`` for what is no
    moment; its message does not hold the value.
    """
    known: dict[str, int] = {}

    def day(value: Any) -> int:
        if not isinstance(value, str):
            return _checked(_of_number(value, zone))
        text = value.strip()
        # The first ten signs are the day, unless a zone moves it.
        if zone is UTC and IN_UTC.fullmatch(text):
            found = known.get(text[:10])
            if found is None:
                found = known[text[:10]] = _checked(_day(text, zone, month_first))
            return found
        return _checked(_day(text, zone, month_first))

    return day


def _checked(day: int) -> int:
    if not FIRST <= day < LAST:
        raise ValueError("a date from 2020 on is needed")
    return day


def _of_number(value: Any, zone: tzinfo) -> int:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ValueError("a date such as 2026-03-30 is needed")
    for below, parts in UNITS:
        if 0 <= value < below:
            moment = datetime.fromtimestamp(value / parts, UTC)
            return moment.astimezone(zone).toordinal()
    raise ValueError("a date such as 2026-03-30 is needed")


def _day(text: str, zone: tzinfo, month_first: bool) -> int:
    if EIGHT.fullmatch(text):
        return _iso(f"{text[:4]}-{text[4:6]}-{text[6:]}").toordinal()
    if DIGITS.fullmatch(text):
        return _of_number(int(text), zone)
    if found := AMERICAN.fullmatch(text):
        if not month_first:
            raise ValueError("a date such as 2026-03-30 is needed, not 03-30-2026")
        month, day, year = found.groups()
        return _iso(f"{year}-{month}-{day}").toordinal()
    if SLASHED.fullmatch(text):
        raise ValueError(
            "its day and month may be either number; write dates as 2026-03-30"
        )
    if MONTH.fullmatch(text):
        raise ValueError("it is a month; days or weeks are needed")
    moment = _iso(text)
    if len(text) <= 10 or WEEK.fullmatch(text):
        return moment.toordinal()
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return moment.astimezone(zone).toordinal()


def _iso(text: str) -> datetime:
    try:
        return datetime.fromisoformat(text.removesuffix(" UTC"))
    except ValueError:
        raise ValueError("a date such as 2026-03-30 is needed") from None
