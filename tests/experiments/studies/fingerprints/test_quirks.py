"""Quirks of real exports of AI use: what becomes of each, and what a person reads.

A clean panel of 120 people and 12 weeks is written with one quirk at a time.
"""

import csv
from datetime import UTC, date, datetime, timedelta, timezone
from functools import partial

import numpy as np
import pandas as pd
import pytest

from experiments.__main__ import main
from experiments.config.settings import FingerprintsSettings
from experiments.errors import UserError
from experiments.exports.usage import file
from experiments.studies.fingerprints.analysis import analyse
from experiments.studies.fingerprints.analysis import rows as rows_of
from experiments.studies.fingerprints.doubts import doubts, quota_place
from experiments.studies.fingerprints.words import about, answer
from experiments.words.screen import number, percent

read = partial(file.read, study="fingerprints")

QUOTA = 112.0
SETTINGS = FingerprintsSettings(
    quota=QUOTA, period=4, first_deadline=0, below=0.5, above=0.5
)
PEOPLE, WEEKS = 120, 12
START = date(2026, 8, 17)
"""A Monday."""
HEAD = ("employee", "week", "tokens")


def panel():
    """M tokens of each person and week, shape (N, T): some idle weeks, some top up."""
    generator = np.random.default_rng(5)
    level = 26.0 * np.exp(0.9 * generator.normal(size=(PEOPLE, 1)))
    tokens = level * np.exp(0.3 * generator.normal(size=(PEOPLE, WEEKS)))
    tokens[generator.random(tokens.shape) < 0.15 * generator.random((PEOPLE, 1))] = 0.0
    sums = tokens.reshape(PEOPLE, -1, 4).sum(axis=2)
    short = np.where((sums > 56.0) & (sums < QUOTA), QUOTA - sums, 0.0)
    tokens[:, 3::4] += short * (generator.random(short.shape) < 0.7)
    return tokens.round(4)


TOKENS = panel()
OUTPUT = np.random.default_rng(6).gamma(40.0, 0.25, TOKENS.shape).round(3)


def monday(week):
    return START + timedelta(weeks=week)


def person(number):
    return f"p{number + 1:03d}"


def lines(
    tokens=TOKENS,
    name=lambda n, t: person(n),
    week=monday,
    value=lambda x: x,
    keep=lambda n, t, x: True,
):
    """List the rows of a panel, as a file has them."""
    return [
        (name(n, t), week(t), value(float(tokens[n, t])))
        for n in range(len(tokens))
        for t in range(tokens.shape[1])
        if keep(n, t, tokens[n, t])
    ]


def written(tmp_path, rows, head=HEAD, separator=","):
    path = tmp_path / "usage.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter=separator)
        writer.writerow(head)
        writer.writerows(rows)
    return path


def with_comma(x):
    return f"{x:.4f}".replace(".", ",")


def zoned(hours):
    zone = timezone(timedelta(hours=hours))

    def week(t):
        moment = datetime.combine(monday(t), datetime.min.time(), UTC)
        return moment.astimezone(zone).isoformat()

    return week


SCALE = np.where(np.arange(WEEKS) == WEEKS - 1, 0.35, 1.0)
TOTALS = TOKENS.sum(axis=0)

# What is read right, with the same numbers as the clean panel


READ = {
    "as it should be": (lines(), {}),
    "semicolons and decimal commas": (lines(value=with_comma), {"separator": ";"}),
    "semicolons and points": (lines(), {"separator": ";"}),
    "tabs": (lines(), {"separator": "\t"}),
    "eight digits": (lines(week=lambda t: f"{monday(t):%Y%m%d}"), {}),
    "weeks of ISO": (lines(week=lambda t: f"{monday(t):%G-W%V}"), {}),
    "numbers of weeks": (lines(week=lambda t: t + 1), {}),
    "midnights": (lines(week=lambda t: f"{monday(t)} 00:00:00"), {}),
    "midnights in UTC": (lines(week=zoned(0)), {}),
    "a row of separators at the end": ([*lines(), ("", "", "")], {}),
    "other columns": (
        [(*row, "x", "x") for row in lines()],
        {"head": (*HEAD, "note", "note")},
    ),
}


@pytest.mark.parametrize(("rows", "how"), READ.values(), ids=READ)
def test_a_panel_is_the_same_however_it_is_written(rows, how, tmp_path):
    usage = read(written(tmp_path, rows, **how))
    np.testing.assert_array_equal(usage.tokens, TOKENS)
    assert len(usage.names) == WEEKS
    if usage.names[0] != "1":
        assert usage.names == [str(monday(week)) for week in range(WEEKS)]
    assert doubts(usage, SETTINGS) == []


@pytest.mark.parametrize(
    ("week", "first", "last"),
    [
        # By the Sunday on which they begin, or end, and by another day.
        (lambda t: monday(t) - timedelta(days=1), "2026-08-16", "2026-11-01"),
        (lambda t: monday(t) + timedelta(days=6), "2026-08-23", "2026-11-08"),
        (lambda t: monday(t) + timedelta(days=2), "2026-08-19", "2026-11-04"),
        # Mondays at 0:00 in UTC, moved to the evening before.
        (zoned(-5), "2026-08-16", "2026-11-01"),
        (zoned(9), "2026-08-17", "2026-11-02"),
    ],
)
def test_weeks_keep_the_day_by_which_the_file_names_them(week, first, last, tmp_path):
    usage = read(written(tmp_path, lines(week=week)))
    np.testing.assert_array_equal(usage.tokens, TOKENS)
    assert (usage.names[0], usage.names[-1]) == (first, last)
    assert f"12 weeks ({first} to {last})" in about(usage, SETTINGS)


def test_days_through_the_week_count_to_the_week_from_monday(tmp_path):
    rows = lines(week=lambda t: monday(t) + timedelta(days=(3 * t) % 7))
    usage = read(written(tmp_path, rows))
    np.testing.assert_array_equal(usage.tokens, TOKENS)
    assert (usage.names[0], usage.names[-1]) == ("2026-08-17", "2026-11-02")


PARQUET = {
    "dates": lambda week: week,
    "moments": pd.to_datetime,
    "moments in UTC": lambda week: pd.to_datetime(week).dt.tz_localize("UTC"),
    "texts with blanks": lambda week: " " + week.astype(str) + " ",
    "whole numbers": lambda week: week.map(lambda day: int(f"{day:%Y%m%d}")),
    "numbers with a point": lambda week: week.map(lambda day: float(f"{day:%Y%m%d}")),
}


@pytest.mark.parametrize("form", PARQUET.values(), ids=PARQUET)
def test_weeks_of_parquet_are_read_like_text(form, tmp_path):
    frame = pd.DataFrame(lines(), columns=HEAD)
    frame["week"] = form(frame["week"])
    frame.to_parquet(tmp_path / "usage.parquet")
    usage = read(tmp_path / "usage.parquet")
    np.testing.assert_array_equal(usage.tokens, TOKENS)
    assert (usage.names[0], usage.names[-1]) == ("2026-08-17", "2026-11-02")


# What is refused


def across_clocks(t):
    """A Monday at 0:00 in London, in UTC: a Sunday evening until the clocks change."""
    hour = 23 if monday(t) < date(2026, 10, 26) else 0
    return f"{monday(t) - timedelta(days=hour == 23)}T{hour:02d}:00:00Z"


def alternating(change):
    return lines(name=lambda n, t: change(person(n)) if t % 2 else person(n))


REFUSED = {
    "a time zone moves some weeks": (
        lines(week=across_clocks),
        ["row 1 (line 2): week is '2026-08-16T23:00:00Z'", "Sunday", "time zone"],
    ),
    **{
        f"{week} among weeks": (
            [*lines(week=lambda t: t + 1), (person(0), week, 1.0)],
            ["row 1441 (line 1442)", f"week is '{week}'", "a whole number"],
        )
        for week in ("1e300", "inf", "-Infinity")
    },
    "year and week without a mark": (
        lines(week=lambda t: f"{monday(t):%G%V}"),
        ["week is '202634'", "a week or a month", "2026-W14"],
    ),
    "months": (
        lines(week=lambda t: f"{monday(t):%Y-%m}", keep=lambda n, t, x: t % 4 == 0),
        ["week is '2026-08'", "2026-03-30"],
    ),
    "no such day": (
        lines(week=lambda t: f"{monday(t):%Y%m}{t + 28}"),
        ["week is '20260931'", "2026-03-30"],
    ),
    "American dates": (
        lines(week=lambda t: f"{monday(t):%m/%d/%Y}"),
        ["week is '08/17/2026'", "2026-03-30"],
    ),
    "one week of two": (
        lines(keep=lambda n, t, x: t % 2 == 0),
        ["from 2026-08-17 to 2026-08-31", "5 of 11 weeks have no row"],
    ),
    "numbers of days": (
        lines(week=lambda t: 46_251 + 7 * t),
        ["from 46251 to 46258", "66 of 78", "If these are days, write a date such as"],
    ),
    "seconds": (
        lines(week=lambda t: 1_786_924_800 + 604_800 * t),
        ["6,652,801 weeks", "If these are no weeks, write a date such as"],
    ),
    "rows a day": (
        [
            (n, day, x / 2)
            for n, week, x in lines()
            for day in (week, week + timedelta(days=1))
        ],
        ["row 1 (line 2) and row 2 (line 3)", "same employee", "add up"],
    ),
    "an export twice": (
        lines() + lines(keep=lambda n, t, x: t == 5),
        ["same employee in the same week (2026-09-21)"],
    ),
    "raw tokens": (
        lines(value=lambda x: int(1e6 * x)),
        ["M tokens", "divide tokens by 1,000,000"],
    ),
    "thousands of tokens": (
        lines(value=lambda x: 1e3 * x),
        ["M tokens", "thousands of tokens by 1,000"],
    ),
    "marks between thousands": (
        lines(value=lambda x: f"{1e6 * x:,.0f}"),
        ["tokens is '", "a number such as 31.5"],
    ),
    "a total by name": (
        [*lines(), *(("Grand total", monday(t), TOTALS[t] + 9) for t in range(WEEKS))],
        ["row 1441 (line 1442): employee", "a total and no employee", "11 more"],
    ),
    "a total by its numbers": (
        [*lines(), *(("x-1", monday(t), round(TOTALS[t], 1)) for t in range(WEEKS))],
        ["row 1441 (line 1442)", "what all others have together", "leave its rows"],
    ),
    "addresses": (
        lines(name=lambda n, t: f"{person(n)}@example.org"),
        ["row 1 (line 2): employee; an address names a person", "1,439 more"],
    ),
    "names": (
        lines(name=lambda n, t: f"Given{person(n)} Family{person(n)}"),
        ["row 1 (line 2): employee; it looks like the name of a person", "1,439 more"],
    ),
    "family names first": (
        lines(name=lambda n, t: f"O'Family{person(n)}, Given"),
        ["the name of a person"],
    ),
    "names with a point": (
        [*lines(), *(("given.family", monday(t), 1) for t in range(WEEKS))],
        ["row 1441 (line 1442): employee", "the name of a person"],
    ),
    "capital letters": (
        alternating(str.upper),
        ["row 1 (line 2) and row 2 (line 3)", "one id in two spellings", "capital"],
    ),
    "two blanks": (
        lines(name=lambda n, t: f"no{'  ' if t % 2 else ' '}{n}"),
        ["one id in two spellings"],
    ),
    "two forms of an accent": (
        lines(name=lambda n, t: ("ü" if t % 2 else "u\u0308") + str(n)),
        ["one id in two spellings"],
    ),
    "nobody": (
        [*lines(), *(("", monday(t), 12) for t in range(WEEKS))],
        ["row 1441 (line 1442): employee is empty", "11 more"],
    ),
    "19 people": (lines(TOKENS[:19]), ["19 employees; at least 20"]),
    "a correction below 0": (
        [(*row[:2], -1.5) if k == 7 else row for k, row in enumerate(lines())],
        ["row 8 (line 9): tokens is '-1.5'", "0 or more"],
    ),
}


@pytest.mark.parametrize(("rows", "words"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_read_right_is_refused(rows, words, tmp_path):
    with pytest.raises(UserError) as refused:
        read(written(tmp_path, rows))
    message = str(refused.value)
    assert message.count("\n") <= 2
    assert "amily" not in message
    for word in words:
        assert word in message


@pytest.mark.parametrize(
    "beside",
    [
        ("input", "cache_read", "cache_write"),
        ("prompt_tokens",),
        ("inputTokens",),
        ("Cache Read",),
        ("total_input_tokens",),
    ],
)
def test_output_beside_other_kinds_of_tokens_is_no_work(beside, tmp_path, capsys):
    rows = [(*row, 0.02 * row[2], *(0.5 for _ in beside)) for row in lines()]
    path = written(tmp_path, rows, (*HEAD, "output", *beside))
    with pytest.raises(SystemExit) as ended:
        main(["study=fingerprints", f"data={path}", f"out={tmp_path / 'out'}"])
    assert ended.value.code == 2
    message = capsys.readouterr().err
    assert f"column output beside {', '.join(beside)}" in message
    assert "Name it output_tokens" in message


@pytest.mark.parametrize(
    "beside",
    [("output_tokens", "input_tokens"), ("prompts", "completed"), ("team", "cost_usd")],
)
def test_output_beside_columns_that_leave_it_to_be_work_is_read(beside, tmp_path):
    rows = [
        (*row, OUTPUT.ravel()[k], *("1" for _ in beside))
        for k, row in enumerate(lines())
    ]
    usage = read(written(tmp_path, rows, (*HEAD, "output", *beside)))
    np.testing.assert_array_equal(usage.output, OUTPUT)
    assert doubts(usage, SETTINGS) == []


@pytest.mark.parametrize(
    "name", ["employee 12", "p1 3", "7", "a-b", "d-9067.u01", "J7", "0ci4cd1", "robots"]
)
def test_an_anonymous_id_is_no_name_and_no_program(name, tmp_path):
    rows = [*lines(), *((name, monday(t), 30.0) for t in range(WEEKS))]
    usage = read(written(tmp_path, rows))
    assert (usage.people, usage.programs) == (PEOPLE + 1, 0)


@pytest.mark.parametrize(
    "name",
    ["ci-bot", "actions[bot]", "svc_17", "Build bot", "service.account", "key:7"],
)
def test_an_id_of_a_program_is_counted_and_no_name(name, tmp_path):
    rows = [*lines(), *((name, monday(t), 30.0) for t in range(WEEKS))]
    usage = read(written(tmp_path, rows))
    assert (usage.people, usage.programs) == (PEOPLE + 1, 1)


# What is read with a doubt

DOUBTED = {
    "dollars of a cheap model": (lines(value=lambda x: x / 2000), ["Unit", "Quota"]),
    "thousands of tokens, little use": (lines(value=lambda x: 20 * x), ["Quota"]),
    "without cached reads": (
        lines(value=lambda x: round(0.1 * x, 5)),
        ["Quota"],
    ),
    "the last week has begun": (lines(TOKENS * SCALE), ["The last week"]),
    "the first week is cut": (lines(TOKENS * SCALE[::-1]), ["The first week"]),
    "a company holiday": (
        lines(keep=lambda n, t, x: t != 6),
        ["Weeks without rows"],
    ),
    "two tools": (
        lines(name=lambda n, t: person(n) + ("-cli" if t % 2 and n % 2 else "")),
        ["Two ids"],
    ),
    "a program": (
        [*lines(), *(("ci-bot", monday(t), 40.0) for t in range(WEEKS))],
        ["Programs"],
    ),
    "a giant": (
        [*lines(), *(("x-7", monday(t), 4000.0 + t) for t in range(WEEKS))],
        ["One id"],
    ),
}


@pytest.mark.parametrize(("rows", "topics"), DOUBTED.values(), ids=DOUBTED)
def test_what_looks_wrong_is_read_with_a_doubt(rows, topics, tmp_path):
    usage = read(written(tmp_path, rows))
    assert [topic for topic, _ in doubts(usage, SETTINGS)] == topics


SILENT = {
    "dollars": lines(value=lambda x: 0.6 * x),
    "streamed answers counted twice for a third": lines(
        np.where(np.arange(PEOPLE)[:, None] < 40, 2.3, 1.0) * TOKENS
    ),
    "seats that nobody uses": lines(np.vstack([TOKENS, np.zeros((40, WEEKS))])),
}


@pytest.mark.parametrize("rows", SILENT.values(), ids=SILENT)
def test_what_leaves_no_mark_in_weekly_sums_is_not_doubted(rows, tmp_path):
    # Whoever made the export has to say; the place of the quota is all there is to see.
    usage = read(written(tmp_path, rows))
    assert doubts(usage, SETTINGS) == []
    place = quota_place(usage, SETTINGS)
    clean = quota_place(read(written(tmp_path, lines())), SETTINGS)
    assert place != clean
    assert f"half have more than {number(place.median)}." in about(usage, SETTINGS)


@pytest.mark.parametrize(
    "rows",
    [
        lines(keep=lambda n, t, x: x > 0.0),
        lines(keep=lambda n, t, x: t >= 7 or n % 3 == 0),
        lines(name=lambda n, t: person(n) + ("-cli" if t % 2 and n % 2 else "")),
        lines(name=lambda n, t: person(n) + ("x" if t % 2 and n % 2 else "")),
    ],
    ids=["idle weeks left out", "history of 30 days", "two tools", "two ids a person"],
)
def test_weeks_that_are_missing_are_said(rows, tmp_path):
    usage = read(written(tmp_path, rows))
    share = 1.0 - len(rows) / (usage.people * WEEKS)
    text = about(usage, SETTINGS)
    assert f"{percent(100 * share)} % of person-weeks have no row" in text
    assert "add them as 0" in text


def test_output_that_is_a_share_of_tokens_is_doubted(tmp_path):
    noise = np.random.default_rng(8).uniform(0.8, 1.2, TOKENS.shape)
    rows = [
        (*row, x)
        for row, x in zip(lines(), (0.02 * TOKENS * noise).ravel(), strict=True)
    ]
    usage = read(written(tmp_path, rows, (*HEAD, "output")))
    [(topic, text)] = doubts(usage, SETTINGS)
    assert topic == "Output"
    assert "tokens that were written" in text


def test_it_is_always_said_where_the_quota_lies(tmp_path):
    usage = read(written(tmp_path, lines()))
    place = quota_place(usage, SETTINGS)
    sums = TOKENS.reshape(PEOPLE, -1, 4).sum(axis=2)
    assert place.below == pytest.approx((sums < QUOTA).mean(), abs=0.01)
    assert place.median == pytest.approx(np.median(sums), rel=1e-9)
    text = about(usage, SETTINGS)
    assert f"{100 * place.below:.0f} % of periods stay below the quota of 112 M" in text
    without = about(usage, SETTINGS.model_copy(update={"quota": 0.0}))
    assert "quota" not in without


def test_a_holiday_leaves_the_weeks_before_and_after_as_they_are(tmp_path):
    usage = read(written(tmp_path, lines(keep=lambda n, t, x: t != 6)))
    assert np.isnan(usage.tokens[:, 6]).all()
    others = np.arange(WEEKS) != 6
    np.testing.assert_array_equal(usage.tokens[:, others], TOKENS[:, others])
    [(_, text)] = doubts(usage, SETTINGS)
    assert "1 week (2026-09-28)" in text
    result = analyse(usage, SETTINGS)
    assert result.bunching is not None
    assert result.tokens is not None


def test_tokens_that_are_counted_twice_push_people_away_from_the_quota(tmp_path):
    cached = np.random.default_rng(7).normal(0.85, 0.12, (PEOPLE, 1)).clip(0.3, 0.98)
    usage = read(written(tmp_path, lines(TOKENS * (1.0 + cached))))
    result = analyse(usage, SETTINGS)
    assert result.bunching.excess.interval[1] < 0.0
    text = answer(result, QUOTA, "M tokens")[0]
    assert "fewer periods lie at and above it than are expected" in text
    assert "unit" in text
    assert "no bunching is seen" not in text


def test_ids_that_alternate_give_no_ratio(tmp_path):
    rows = lines(name=lambda n, t: person(n) + ("-cli" if t % 2 else ""))
    usage = read(written(tmp_path, rows))
    assert usage.people == 2 * PEOPLE
    result = analyse(usage, SETTINGS)
    assert result.tokens is None
    assert "ids change, or people take turns" in dict(result.cannot)["Deadline"]
    assert "Nobody has a row in every week" in dict(result.cannot)["Bunching"]
    assert not any("last week" in text for text in answer(result, QUOTA, "M tokens"))


def test_no_end_of_a_ratio_is_below_nothing(tmp_path):
    usage = read(written(tmp_path, lines(TOKENS * SCALE)))
    result = analyse(usage, SETTINGS)
    assert result.tokens.last_week.interval[0] < 0.0
    [row] = [row for row in rows_of(result) if row.fingerprint == "deadline"]
    assert row.low == 0.0
    assert "% [-100, +" in answer(result, QUOTA, "M tokens")[1]


def test_doubts_are_printed_and_stand_on_the_page(tmp_path, capsys, monkeypatch):
    monkeypatch.setenv("COLUMNS", "120")
    rows = [*lines(), *(("ci-bot", monday(t), 4000.0 + t) for t in range(WEEKS))]
    path, out = written(tmp_path, rows), tmp_path / "out"
    main(["study=fingerprints", f"data={path}", f"out={out}", "study.quota=112"])
    shown = " ".join(capsys.readouterr().out.split())
    page = " ".join((out / "report.html").read_text(encoding="utf-8").split())
    for text in ("What to check in the file", "1 id in the column employee may stand"):
        assert text in shown
        assert text in page
    assert "ci-bot" not in shown + page
