"""What goes wrong in real exports: duplicates, meanings, weeks, zeros, people."""

import json
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import pytest

from experiments.errors import UserError
from experiments.exports.collect import collected, recognised
from experiments.exports.panel import panel
from tests import exports
from tests.exports import World

LATER = date(2026, 6, 1)
MONDAY = exports.START.date()


@pytest.fixture(scope="module")
def world():
    return World(people=24, weeks=7, seed=11)


def imported(path, measure="tokens", counted="all", keep=False, zone=UTC, taken=LATER):
    files = recognised(str(path), measure)
    found = collected(files, measure, zone, keep, lambda size: None)
    return found, panel(found.sources, found.seats, measure, counted, taken)


def total(made):
    return float(np.nansum(made.amounts))


def refused(said, path, **how):
    with pytest.raises(UserError) as error:
        imported(path, **how)
    assert said in str(error.value), error.value
    assert 1 <= len(str(error.value).splitlines()) <= 3
    return str(error.value)


def edited(path, change):
    lines = path.read_text().splitlines()
    path.write_text("\n".join([lines[0], *change(lines[1:])]) + "\n")


# Duplicates


def test_overlapping_files_of_keyed_requests_count_once(world, tmp_path):
    exports.litellm_logs(world, tmp_path)
    whole = (tmp_path / "spend.csv").read_text().splitlines()
    (tmp_path / "again.csv").write_text("\n".join([whole[0], *whole[50:120]]) + "\n")
    found, made = imported(tmp_path)
    assert found.dropped == [70]
    np.testing.assert_allclose(total(made), world.matrix().sum(), rtol=1e-12)


def test_of_rows_that_stream_the_one_with_most_written_counts(world, tmp_path):
    exports.litellm_logs(world, tmp_path)

    def unfinished(rows):
        for row in rows:
            cells = row.split(",")
            prompt, written = int(cells[4]), int(cells[5])
            cells[3], cells[5] = str(prompt + written // 3), str(written // 3)
            yield ",".join(cells)

    edited(tmp_path / "spend.csv", lambda rows: [*unfinished(rows), *rows])
    found, made = imported(tmp_path)
    assert found.dropped == [len(world.requests)]
    np.testing.assert_allclose(total(made), world.matrix().sum(), rtol=1e-12)
    edited(tmp_path / "spend.csv", lambda rows: rows[::-1])
    assert total(imported(tmp_path)[1]) == pytest.approx(total(made), rel=1e-12)


def test_requests_without_a_key_are_equal_only_across_files(world, tmp_path):
    path = exports.cursor_events(world, tmp_path)
    edited(path, lambda rows: [*rows, rows[5], rows[5]])  # three equal requests
    copy = tmp_path / "copy.csv"
    copy.write_text(path.read_text())
    edited(copy, lambda rows: rows[:-1])  # has two of them
    found, made = imported(tmp_path)
    assert found.dropped == [len(world.requests) + 1]
    again = sorted(world.requests, key=lambda r: r.at, reverse=True)[5].total / 1e6
    truth = world.matrix().sum() + 2 * again
    np.testing.assert_allclose(total(made), truth, rtol=1e-12)


def test_of_two_files_with_a_day_the_larger_counts(world, tmp_path):
    old = exports.ccusage(world, tmp_path)
    new = exports.ccusage(world, tmp_path, name="period")
    for file in old.iterdir():  # an older state of the last day
        content = json.loads(file.read_text())
        day = content["daily"][-1]
        for key, value in day.items():
            if key.endswith("Tokens"):
                day[key] = value // 2
        day["totalTokens"] = (
            sum(day[f"{kind}Tokens"] for kind in ("input", "output", "cacheRead"))
            + day["cacheCreationTokens"]
        )
        file.write_text(json.dumps(content))
    assert len(list(new.iterdir())) == len(world.people)
    found, made = imported(tmp_path)
    np.testing.assert_allclose(total(made), world.matrix().sum(), rtol=1e-12)
    assert found.reads[0].files == 2 * len(world.people)


def test_a_file_that_was_put_together_from_overlapping_pages(world, tmp_path):
    path = exports.claude_code_analytics(world, tmp_path)
    path.write_text(path.read_text() + path.read_text())
    _, made = imported(tmp_path)
    np.testing.assert_allclose(total(made), world.matrix().sum(), rtol=1e-12)


def test_two_sources_of_the_same_traffic_are_refused(world, tmp_path):
    exports.cursor_events(world, tmp_path)
    exports.litellm_export(world, tmp_path)
    message = refused("hold the same traffic", tmp_path)
    assert "Cursor" in message
    assert "LiteLLM" in message


def test_two_tools_of_a_person_add_up_by_aliases(world, tmp_path):
    other = World(people=24, weeks=7, seed=12)
    exports.cursor_events(world, tmp_path)
    exports.copilot_ai_usage(other, tmp_path)
    apart, _ = imported(tmp_path)
    assert len(apart.ids) == 2 * len(world.people)
    rows = [(f"{person}_FIRM", exports.mail(person)) for person in world.people]
    exports.table(tmp_path / "who.csv", ("id", "person"), rows)
    found, made = imported(tmp_path)
    assert len(found.ids) == len(world.people)
    truth = world.matrix() + other.matrix()
    np.testing.assert_allclose(total(made), truth.sum(), rtol=1e-12)


def test_sources_of_other_weeks_are_cut_to_those_in_common(world, tmp_path):
    other = World(people=24, weeks=4, seed=12)
    exports.cursor_events(world, tmp_path)
    exports.copilot_ai_usage(other, tmp_path)
    _, made = imported(tmp_path)
    assert made.amounts.shape[1] == 4
    assert any("another source does not have" in cut.why for cut in made.cuts)


# Meaning of the input


def test_a_change_of_meaning_within_a_file_is_refused_with_its_day(world, tmp_path):
    path = exports.litellm_logs(world, tmp_path)
    since = MONDAY + timedelta(days=20)

    def without_caches(rows):
        for row, request in zip(rows, world.requests, strict=True):
            cells = row.split(",")
            if request.at.date() >= since:
                cells[4] = str(request.sizes["input"])
            yield ",".join(cells)

    edited(path, without_caches)
    assert f"this changes on {since}" in refused("LiteLLM", tmp_path)


def test_caches_that_should_be_beside_and_are_within_are_refused(world, tmp_path):
    path = exports.cursor_events(world, tmp_path)

    def within(rows):
        for row in rows:
            cells = row.split(",")
            cells[6] = str(sum(int(x) for x in cells[5:8]))
            yield ",".join(cells)

    edited(path, within)
    refused("input should not hold cached tokens", tmp_path)


def test_sources_with_and_without_cached_reads_are_not_added(world, tmp_path):
    exports.copilot_users(world, tmp_path)
    exports.cursor_events(World(people=24, weeks=7, seed=5), tmp_path)
    message = refused("does not count tokens as the other files do", tmp_path)
    assert "study.tokens=written" in message
    imported(tmp_path, counted="written")


def test_check_sums_are_counted(world, tmp_path):
    exports.cursor_events(world, tmp_path)
    found, _ = imported(tmp_path)
    assert found.sources[0].evidence.fits == len(world.requests)


# Weeks


def test_a_zone_moves_requests_and_no_sums(world, tmp_path):
    zone = ZoneInfo("America/Los_Angeles")
    requests = tmp_path / "requests"
    requests.mkdir()
    exports.cursor_api(world, requests)
    found, made = imported(requests, zone=zone)
    assert len(found.sources) == 1
    truth = {}
    for r in world.requests:
        local = r.at.astimezone(zone).date()
        week = local - timedelta(days=local.weekday())
        truth[week] = truth.get(week, 0.0) + r.total / 1e6
    sums = dict(zip(made.weeks, np.nansum(made.amounts, axis=0), strict=True))
    for week, value in sums.items():
        assert value == pytest.approx(truth[week], rel=1e-12)
    assert made.monday == MONDAY  # the hours before are of no whole week
    days = tmp_path / "days"
    days.mkdir()
    exports.opencode(world, days)
    refused("which no zone can move", days, zone=zone)


def test_the_last_days_may_not_have_settled(world, tmp_path):
    exports.copilot_ai_usage(world, tmp_path)  # three days
    _, made = imported(tmp_path, taken=None)
    assert made.amounts.shape[1] == world.weeks - 1
    whys = [cut.why for cut in made.cuts]
    assert any("may still change" in why for why in whys)
    assert any("study.taken=DAY" in why for why in whys)
    _, later = imported(tmp_path, taken=MONDAY + timedelta(weeks=7, days=2))
    assert later.amounts.shape[1] == world.weeks
    refused("is before the last day", tmp_path, taken=MONDAY)


def test_a_week_that_began_before_the_export_is_left_out(world, tmp_path):
    path = exports.cursor_events(world, tmp_path)
    since = (MONDAY + timedelta(days=3)).isoformat()
    edited(path, lambda rows: [row for row in rows if row >= since])
    _, made = imported(tmp_path)
    assert made.monday == MONDAY + timedelta(weeks=1)
    assert "begins within this week" in made.cuts[0].why


def panel_of(folder, amounts, name=lambda n: f"p{n:03d}", week=None):
    week = week or (lambda t: MONDAY + timedelta(weeks=t))
    rows = [
        (name(n), week(t), amounts[n, t])
        for n in range(amounts.shape[0])
        for t in range(amounts.shape[1])
        if np.isfinite(amounts[n, t])
    ]
    return exports.table(folder / "panel.csv", ("employee", "week", "tokens"), rows)


def amounts_of(people=40, weeks=8, seed=1):
    random = np.random.default_rng(seed)
    level = np.exp(random.normal(2.5, 0.8, (people, 1)))
    return (level * np.exp(random.normal(0.0, 0.3, (people, weeks)))).round(4)


def test_a_last_week_in_which_most_people_have_little_is_left_out(tmp_path):
    amounts = amounts_of()
    amounts[:, -1] *= 0.35
    panel_of(tmp_path, amounts)
    _, made = imported(tmp_path)
    np.testing.assert_array_equal(made.amounts, amounts[:, :-1])


def test_the_leave_of_the_heaviest_person_leaves_no_week_out(tmp_path):
    amounts = amounts_of()
    amounts[3] = 50.0 * amounts.max()
    amounts[3, -1] = 0.0
    panel_of(tmp_path, amounts)
    _, made = imported(tmp_path)
    np.testing.assert_array_equal(made.amounts, amounts)


@pytest.mark.parametrize(
    ("week", "said"),
    [
        (lambda t: MONDAY + timedelta(days=7 * t - 1), "are Sundays"),
        (lambda t: f"2026-{t + 1:02d}", "it is a month"),
        (lambda t: f"{t + 1}/02/2026", "either number"),
        (lambda t: f"{t + 1:02d}-02-2026", "not 03-30-2026"),
        (lambda t: "1999-01-04", "from 2020 on"),
        (lambda t: "soon", "a date such as"),
        (lambda t: t + 1, "a date such as"),
    ],
)
def test_weeks_that_are_none_of_ours_are_refused(week, said, tmp_path):
    panel_of(tmp_path, amounts_of(weeks=4), week=week)
    refused(said, tmp_path)


@pytest.mark.parametrize(
    "week",
    [
        lambda t: f"{MONDAY + timedelta(weeks=t):%G-W%V}",
        lambda t: f"{MONDAY + timedelta(weeks=t):%Y%m%d}",
        lambda t: int((exports.START + timedelta(weeks=t)).timestamp() * 1000),
        lambda t: (exports.START + timedelta(weeks=t)).isoformat(),
        lambda t: f"{MONDAY + timedelta(days=7 * t - 1)}T20:00:00-05:00",
    ],
)
def test_weeks_are_the_same_however_they_are_written(week, tmp_path):
    amounts = amounts_of()
    panel_of(tmp_path, amounts, week=week)
    _, made = imported(tmp_path)
    np.testing.assert_array_equal(made.amounts, amounts)
    assert made.monday == MONDAY


# Zero or unknown


def test_gaps_are_zero_and_ends_are_unknown(tmp_path):
    amounts = amounts_of()
    amounts[0, 3:5] = np.nan  # a gap
    amounts[1, :3] = np.nan  # joined
    amounts[2, 6:] = np.nan  # left
    panel_of(tmp_path, amounts)
    _, made = imported(tmp_path)
    assert (made.amounts[0, 3:5] == 0.0).all()
    assert not made.seen[0, 3:5].any()
    assert np.isnan(made.amounts[1, :3]).all()
    assert np.isnan(made.amounts[2, 6:]).all()


def test_a_list_of_seats_says_who_was_there(tmp_path):
    amounts = amounts_of()
    amounts[1, :3] = np.nan
    amounts[2, 6:] = np.nan
    panel_of(tmp_path, amounts)
    left = MONDAY + timedelta(days=7 * 7 - 3)  # a Friday
    rows = [("P001", "", ""), ("p002", "", left), ("idle", "2026-02-16", "")]
    exports.table(tmp_path / "seats.csv", ("id", "from", "to"), rows)
    found, made = imported(tmp_path)
    assert (made.amounts[1, :3] == 0.0).all()
    np.testing.assert_array_equal(made.amounts[2, 6:], [np.nan, np.nan])
    idle = made.amounts[-1]
    np.testing.assert_array_equal(idle, [np.nan, np.nan, *[0.0] * 6])
    assert len(found.seats) == 3


def test_copilots_seats_are_a_list_of_people(world, tmp_path):
    exports.copilot_ai_usage(world, tmp_path)
    rows = [(f"{person}_firm", "2026-03-22T01:02:03Z") for person in world.people]
    rows += [("never_firm", ""), ("Staff003_Firm", "")]
    header = ("login", "last_activity_at")
    exports.table(tmp_path / "seats.csv", header, rows)
    found, made = imported(tmp_path)
    assert len(found.ids) == len(world.people) + 1
    assert not np.isnan(made.amounts).any()
    np.testing.assert_allclose(total(made), world.matrix().sum(), rtol=1e-12)
    assert (made.amounts.sum(axis=1) == 0.0).sum() == 1


def test_a_week_in_which_nobody_has_a_row_is_unknown(tmp_path):
    amounts = amounts_of()
    amounts[:, 4] = np.nan
    panel_of(tmp_path, amounts)
    _, made = imported(tmp_path)
    assert np.isnan(made.amounts[:, 4]).all()
    assert made.silent == [MONDAY + timedelta(weeks=4)]


# People


def test_who_is_no_person_is_left_out_and_counted(tmp_path):
    amounts = amounts_of()
    names = {36: "ci-bot", 37: "Total", 38: " ", 39: "svc_deploy"}
    panel_of(tmp_path, amounts, name=lambda n: names.get(n, f"p{n:03d}"))
    found, made = imported(tmp_path)
    np.testing.assert_array_equal(made.amounts, amounts[:36])
    assert dict(found.reads[0].others) == {-1: 8, -2: 24}
    found, made = imported(tmp_path, keep=True)
    assert len(made.people) == 38  # rows of totals and empty ids never count


def test_service_accounts_are_no_people(world, tmp_path):
    path = exports.opencode(world, tmp_path)
    one = f",member,user_{world.people[2]},"
    service = one.replace("member", "service_account")
    edited(path, lambda rows: [row.replace(one, service) for row in rows])
    found, _ = imported(tmp_path)
    assert len(found.ids) == len(world.people) - 1
    assert set(found.reads[0].others) == {-2}


def test_one_person_in_two_spellings_is_one(tmp_path):
    amounts = amounts_of()
    path = panel_of(tmp_path, amounts, name=lambda n: f"Zoé.{n}@Firm.example")
    path.write_text(path.read_text().replace("Zoé.7@", "ZOE\u0301.7@", 3))
    _, made = imported(tmp_path)
    np.testing.assert_array_equal(made.amounts, amounts)


def test_ids_with_something_added_need_aliases(tmp_path):
    amounts = amounts_of()
    path = panel_of(tmp_path, amounts)
    lines = path.read_text().splitlines()
    some = [
        line.replace(",", "-cli,", 1) if k % 2 and k < 200 else line
        for k, line in enumerate(lines)
    ]
    path.write_text("\n".join(some) + "\n")
    refused("another id with something added", tmp_path)
    rows = [(f"p{n:03d}-cli", f"p{n:03d}") for n in range(40)]
    exports.table(tmp_path / "aliases.csv", ("id", "person"), rows)
    _, made = imported(tmp_path)
    np.testing.assert_array_equal(made.amounts, amounts)


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([("a", "x"), ("A ", "y")], "another person above"),
        ([("a", "")], "both needed"),
    ],
)
def test_aliases_with_a_mistake_are_refused(rows, said, tmp_path):
    panel_of(tmp_path, amounts_of())
    exports.table(tmp_path / "aliases.csv", ("id", "person"), rows)
    refused(said, tmp_path)


def test_few_people_are_refused(tmp_path):
    panel_of(tmp_path, amounts_of(people=19))
    refused("have 19 people; at least 20", tmp_path)


# Numbers


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("-1.5", "below 0"),
        ("nan", "not NaN"),
        ("1e400", "not NaN or infinity"),
        ("1e300", "above 1e15"),
        ("12,345", "its comma may"),
        ("anna@firm.example", "a number is needed"),
    ],
)
def test_numbers_that_are_none_are_refused_without_being_shown(value, said, tmp_path):
    path = panel_of(tmp_path, amounts_of())
    edited(path, lambda rows: [*rows[:4], f'p000,2026-03-30,"{value}"', *rows[5:]])
    message = refused(said, tmp_path)
    assert "line 6" in message
    assert "total" in message
    assert value not in message.replace("1e15", "")


@pytest.mark.parametrize("factor", [1e6, 1e9])
def test_tokens_in_ones_are_refused(factor, tmp_path):
    panel_of(tmp_path, amounts_of() * factor)
    refused("Divide tokens by 1,000,000", tmp_path)


def test_a_column_output_of_tokens_is_not_taken_for_work(world, tmp_path):
    # GitHub's report with one column renamed: only the column tokens counts.
    sums = world.by(exports.person_of, exports.week_of)
    rows = [
        (
            *(person, MONDAY + timedelta(weeks=week), exports.whole(s) / 1e6),
            *(s["input"], s["written"], s["read"]),
        )
        for (person, week), s in sums.items()
    ]
    header = ("employee", "week", "tokens", "input", "output", "cache_read")
    exports.table(tmp_path / "panel.csv", header, rows)
    found, made = imported(tmp_path)
    np.testing.assert_allclose(total(made), world.matrix().sum(), rtol=1e-12)
    assert found.sources[0].format.name == "panel"


@pytest.mark.parametrize(
    ("change", "of"),
    [
        (lambda x: x / 20.0, "thousands of another unit"),
        (lambda x: 0.6 * x, "dollars"),
        (lambda x: 0.1 * x, "no cached reads"),
        (lambda x: 1.9 * x, "cached reads twice"),
    ],
)
def test_what_no_test_finds_is_read_and_said(change, of, tmp_path):
    del of
    amounts = change(amounts_of()).round(6)
    panel_of(tmp_path, amounts)
    found, made = imported(tmp_path)
    np.testing.assert_array_equal(made.amounts, amounts)
    assert "Nothing tests in sums over weeks" in found.sources[0].format.blind


def test_a_sum_alone_is_no_check_sum(tmp_path):
    panel_of(tmp_path, amounts_of())
    found, _ = imported(tmp_path)
    assert found.sources[0].evidence.checked == 0


def test_days_count_to_their_week(tmp_path):
    amounts = amounts_of()
    rows = [
        (f"p{n:03d}", MONDAY + timedelta(days=7 * t + day), amounts[n, t] / 4)
        for n in range(40)
        for t in range(8)
        for day in (0, 2, 3, 6)
    ]
    exports.table(tmp_path / "days.csv", ("Employee", "WEEK", " tokens "), rows)
    _, made = imported(tmp_path)
    np.testing.assert_allclose(made.amounts, amounts, rtol=1e-12)


def test_a_moment_without_a_zone_is_in_utc(tmp_path):
    late = datetime(2026, 2, 8, 23, 59, 59)
    amounts = amounts_of()
    rows = [
        (f"p{n:03d}", late + timedelta(weeks=t), amounts[n, t])
        for n in range(40)
        for t in range(8)
    ]
    exports.table(tmp_path / "x.csv", ("employee", "week", "tokens"), rows)
    refused("are Sundays", tmp_path)
