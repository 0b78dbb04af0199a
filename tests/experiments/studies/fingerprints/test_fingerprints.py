"""``study=fingerprints``: what it reads, refuses, finds, and never shows."""

import csv
import json
import math
import re
from functools import partial
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from experiments.__main__ import main
from experiments.config.settings import FingerprintsSettings
from experiments.errors import UserError
from experiments.exports.usage import file
from experiments.exports.usage.file import Usage
from experiments.statistics.estimators.bunching import bunching
from experiments.studies.fingerprints.analysis import (
    FINGERPRINTS,
    analyse,
    injected,
    rows,
)
from experiments.studies.fingerprints.words import LIMITS, answer

read = partial(file.read, study="fingerprints")

ROOT = Path(__file__).parents[4]
DOCUMENT = (ROOT / "docs" / "fingerprints.md").read_text(encoding="utf-8")
QUOTA = 112.0
SETTINGS = FingerprintsSettings(
    quota=QUOTA, period=4, first_deadline=0, below=0.5, above=0.5
)


def honest(people=120, weeks=24, seed=1):
    """Weekly tokens [M] of people without any quota, lognormal, shape (N, T)."""
    generator = np.random.default_rng(seed)
    own = 1.0 * generator.normal(size=(people, 1))
    return 25.0 * np.exp(own + 0.5 * generator.normal(size=(people, weeks)))


def gamed(tokens):
    """Everybody who has half of the quota before the last week reaches it then."""
    periods = tokens.reshape(len(tokens), -1, 4)
    total = periods.sum(axis=2)
    short = np.where((total >= QUOTA / 2) & (total < QUOTA), QUOTA - total, 0.0)
    changed = periods.copy()
    changed[:, :, 3] += short
    return changed.reshape(tokens.shape)


def frame(tokens, output=None, first=1):
    people, weeks = tokens.shape
    columns = {
        "employee": [f"p{n:04d}" for n in np.repeat(np.arange(people), weeks)],
        "week": np.tile(np.arange(first, first + weeks), people),
        "tokens": tokens.ravel(),
    }
    return pd.DataFrame(
        columns | ({} if output is None else {"output": output.ravel()})
    )


def usage(tokens, output=None):
    return Usage(tokens, output, [str(week + 1) for week in range(tokens.shape[1])])


@pytest.fixture(scope="module")
def panel(tmp_path_factory):
    path = tmp_path_factory.mktemp("data") / "usage.csv"
    output = 10.0 * np.exp(0.2 * np.random.default_rng(2).normal(size=(120, 24)))
    frame(gamed(honest()), output).to_csv(path, index=False)
    return path


def asked(path, folder, *more):
    return ["study=fingerprints", f"data={path}", f"out={folder}", *more]


# Reading


def test_rows_come_in_any_order(tmp_path):
    table = frame(honest(25, 6))
    table.to_csv(tmp_path / "a.csv", index=False)
    table.sample(frac=1.0, random_state=3).to_csv(tmp_path / "b.csv", index=False)
    one, other = read(tmp_path / "a.csv"), read(tmp_path / "b.csv")
    np.testing.assert_array_equal(one.tokens, other.tokens)


def test_parquet_is_read_like_csv(tmp_path):
    table = frame(honest(25, 6), honest(25, 6, seed=4))
    table.to_csv(tmp_path / "a.csv", index=False)
    table.to_parquet(tmp_path / "a.parquet")
    one, other = read(tmp_path / "a.csv"), read(tmp_path / "a.parquet")
    np.testing.assert_allclose(one.tokens, other.tokens, rtol=1e-12)
    np.testing.assert_allclose(one.output, other.output, rtol=1e-12)


def test_a_week_without_a_row_is_unknown_and_not_nothing(tmp_path):
    table = frame(honest(25, 6)).drop(index=7)
    table.to_csv(tmp_path / "a.csv", index=False)
    found = read(tmp_path / "a.csv")
    assert np.isnan(found.tokens[1, 1])
    assert found.unknown == pytest.approx(1 / 150)


HEAD = "employee,week,tokens\n"
GOOD = "".join(f"p{n},{t},3.5\n" for n in range(25) for t in (1, 2))

BAD = {
    "nothing": ("", ["is empty", "employee,week,tokens"]),
    "header alone": (HEAD, ["a header but no rows"]),
    "no tokens": ("employee,week,token\n" + GOOD, ["no column tokens; is it token?"]),
    "no week": ("employee,day,tokens\n" + GOOD, ["no column week"]),
    "a word": (HEAD + "a,1,many\n" + GOOD, ["line 2", "tokens is 'many'", "31.5"]),
    "a comma in a number": (HEAD + 'a,1,"3,5"\n', ["line 2", "tokens is '3,5'"]),
    "no number": (HEAD + GOOD + "a,1,\n", ["line 52", "tokens is empty"]),
    "not a number": (HEAD + "a,1,nan\n", ["line 2", "tokens is 'nan'"]),
    "infinite": (HEAD + "a,1,inf\n", ["line 2", "tokens is 'inf'"]),
    "negative": (HEAD + GOOD + "a,1,-2\n", ["line 52", "tokens is '-2'", "0 or more"]),
    "twice": (
        HEAD + GOOD + "p3,2,1\n",
        ["(line 9) and row 51 (line 52)", "same employee"],
    ),
    "half a week": (HEAD + "a,1,1\nb,1.5,1\n", ["line 3", "week is '1.5'", "whole"]),
    "mixed weeks": (HEAD + "a,1,1\nb,2026-03-02,1\n", ["line 3", "whole number"]),
    "a word for a week": (HEAD + "a,March,1\n", ["line 2", "'March'", "2026-03-30"]),
    "a gap": (
        HEAD + GOOD.replace(",2,", ",4,"),
        ["from 1 to 4", "2 of 4 weeks have no row"],
    ),
    "dates as numbers": (
        HEAD + GOOD.replace(",1,", ",20250101,").replace(",2,", ",20260101,"),
        ["from 2024-12-30 to 2025-12-29", "51 of 53 weeks have no row"],
    ),
    "milliseconds": (
        HEAD + GOOD.replace(",1,", ",1786924800000,").replace(",2,", ",1787529600000,"),
        ["604,800,001 weeks", "2026-03-30"],
    ),
    "nobody's id": (HEAD + ",1,1\n", ["line 2", "employee is empty"]),
    "an address": (HEAD + "jo@firm.com,1,1\n", ["line 2", "anonymous id"]),
    "too many values": (HEAD + "a,1,1,1\n", ["line 2", "4 values", "3 columns"]),
    "few people": (HEAD + "a,1,1\nb,1,1\n", ["2 employees; at least 20", "groups"]),
    "tokens, not millions": (
        HEAD + GOOD.replace("3.5", "32000000"),
        ["32,000,000", "M tokens", "1,000,000"],
    ),
    "no use": (HEAD + GOOD.replace("3.5", "0"), ["0 in every row"]),
    "bad output": (
        "employee,week,tokens,output\na,1,1,good\n",
        ["line 2", "output is 'good'"],
    ),
    "negative output": (
        "employee,week,tokens,output\na,1,1,\nb,1,1,-1\n",
        ["line 3", "output is '-1'"],
    ),
    "not text": ("\xff\xfe", ["UTF-8"]),
    "a zero byte": (HEAD + "a,1,1\0\n", ["line 2", "tokens is '1\\x00'"]),
}


def assert_refused(capsys, arguments, words):
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    out, err = capsys.readouterr()
    assert ended.value.code == 2
    assert out == ""
    assert err.startswith("tokenmaxxing: ")
    assert 1 <= err.count("\n") <= 3
    assert "Traceback" not in err
    for word in words:
        assert word in err


@pytest.mark.parametrize(("content", "words"), BAD.values(), ids=BAD)
def test_what_is_wrong_with_a_file_is_named(content, words, tmp_path, capsys):
    path = tmp_path / "a.csv"
    path.write_bytes(content.encode("latin-1"))
    assert_refused(capsys, asked(path, tmp_path / "out"), ["a.csv", *words])
    assert not (tmp_path / "out").exists()


def test_an_id_does_not_stand_in_a_message(tmp_path, capsys):
    path = tmp_path / "a.csv"
    path.write_text(HEAD + GOOD + "jo@firm.com,1,1\n")
    assert_refused(capsys, asked(path, tmp_path / "out"), ["line 52"])
    with pytest.raises(UserError) as refused:
        read(path)
    assert "jo" not in str(refused.value)


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("none.csv", None, ["does not exist"]),
        ("a.xlsx", "x", [".csv or .parquet"]),
        ("a.parquet", "x", ["cannot read", "Parquet"]),
    ],
)
def test_a_file_that_cannot_be_read_is_named(name, content, words, tmp_path, capsys):
    if content is not None:
        (tmp_path / name).write_text(content)
    assert_refused(capsys, asked(tmp_path / name, tmp_path / "out"), [name, *words])


ASKED = {
    "no data": (["study=fingerprints"], ["needs data=FILE"]),
    "data for another study": (["study=run", "data=a.csv"], ["study=fingerprints"]),
    "empty": (["study=fingerprints", "data="], ["data is ''", "usage.csv"]),
    "a lever": (
        ["study=fingerprints", "data=a.csv", "quota.amount=3"],
        ["quota.amount=3 changes the scenario", "study.quota"],
    ),
    "quota": (
        ["study=fingerprints", "data=a.csv", "study.quota=-1"],
        ["study.quota is -1", "[0,"],
    ),
    "region": (["study=fingerprints", "data=a.csv", "study.below=1"], ["[0.1, 0.85]"]),
}


@pytest.mark.parametrize(("arguments", "words"), ASKED.values(), ids=ASKED)
def test_what_does_not_go_with_data_is_named(arguments, words, capsys):
    assert_refused(capsys, arguments, words)


def test_a_period_longer_than_the_file_is_named(panel, tmp_path, capsys):
    more = ["study.period=30"]
    assert_refused(
        capsys, asked(panel, tmp_path / "out", *more), ["30", "study.period"]
    )


def test_a_path_with_blanks_and_signs_is_read(panel, tmp_path, capsys):
    path = tmp_path / "a b=c, (d).csv"
    path.write_bytes(panel.read_bytes())
    main(asked(path, tmp_path / "out"))
    assert "a b=c, (d).csv" in capsys.readouterr().out


def test_flags_of_hydra_take_a_file(capsys, monkeypatch):
    monkeypatch.setattr("sys.argv", ["tokenmaxxing"])
    main(["--cfg", "job", "study=fingerprints", "data=a b.csv"])
    assert "data: a b.csv" in capsys.readouterr().out


# What is found


def found(tokens, output=None, settings=SETTINGS):
    return analyse(usage(tokens, output), settings)


def test_gamers_at_the_deadline_leave_both_fingerprints():
    result = found(gamed(honest()))
    assert result.bunching.excess.interval[0] > 0.0
    assert result.tokens.last_week.interval[0] > 1.0
    assert "people steer towards the quota" in answer(result, QUOTA, "M tokens")[0]


def test_honest_people_leave_none():
    result = found(honest())
    assert (
        result.bunching.excess.interval[0] <= 0.0 <= result.bunching.excess.interval[1]
    )
    low, high = result.tokens.last_week.interval
    assert low <= 1.0 <= high
    assert "no bunching is seen" in answer(result, QUOTA, "M tokens")[0]


def test_without_a_quota_it_says_that_bunching_cannot_be_told():
    result = found(honest(), settings=SETTINGS.model_copy(update={"quota": 0.0}))
    assert result.bunching is None
    assert dict(result.cannot)["Bunching"].startswith("No quota was given")
    assert not [row for row in rows(result) if row.fingerprint == "bunching"]


def test_a_panel_too_short_for_deadlines_says_so():
    result = found(honest(weeks=8))
    assert result.tokens is None
    assert "omplete periods: 2" in dict(result.cannot)["Deadline"]


def test_the_first_deadline_moves_the_periods():
    tokens = gamed(honest())
    later = SETTINGS.model_copy(update={"first_deadline": 6})
    shifted = np.hstack([tokens[:, -2:], tokens])
    assert found(shifted, settings=later).tokens == found(tokens).tokens


def test_real_work_at_the_deadline_is_told_from_show():
    tokens = gamed(honest())
    due = np.where(np.arange(24) % 4 == 3, 1.4, 1.0) * np.ones((120, 1))
    texts = " ".join(answer(found(tokens, due), QUOTA, "M tokens"))
    assert "work may really be due then" in texts


def test_top_shares_of_few_people_are_not_shown():
    def names(people):
        return {row.quantity for row in rows(found(honest(people, 12)))}

    assert "tokens of the top tenth" not in names(40)
    assert "tokens of the top tenth" in names(60)
    assert "tokens of the top hundredth" not in names(60)
    assert "tokens of the top hundredth" in names(500)


# Power


def periods(people=300, weeks=24, seed=5):
    return honest(people, weeks, seed).reshape(people, -1, 4).sum(axis=2)


def test_power_grows_from_the_level_to_certainty():
    power = injected(periods(), QUOTA, 0.5, 0.5)
    assert power.chances[0] == pytest.approx(0.05, abs=0.03)
    assert power.chances[-1] > 0.99
    assert (np.diff(power.chances) > -1e-9).all()


def test_the_smallest_share_is_found_in_four_of_five_panels():
    shares = [injected(periods(seed=n), QUOTA, 0.5, 0.5).smallest for n in range(8)]
    generator = np.random.default_rng(7)
    seen = []
    for seed in range(100, 300):
        scores = periods(seed=seed)
        near = (scores >= QUOTA / 2) & (scores < QUOTA)
        gamers = generator.random((len(scores), 1)) < np.mean(shares)
        excess = bunching(
            np.where(near & gamers, QUOTA, scores), QUOTA, 0.5, 0.5
        ).excess
        low, high = excess.interval
        seen.append(not low <= 0.0 <= high)
    assert np.mean(seen) == pytest.approx(0.80, abs=0.09)


def test_a_larger_panel_sees_fewer_gamers():
    small, large = (
        injected(periods(n), QUOTA, 0.5, 0.5).smallest for n in (100, 1_000)
    )
    assert large < small


# The study


@pytest.fixture(scope="module")
def done(panel, tmp_path_factory):
    folder = tmp_path_factory.mktemp("out") / "fingerprints"
    main(asked(panel, folder, f"study.quota={QUOTA:g}"))
    return folder


def test_it_runs_exactly_as_the_manual_says(panel, monkeypatch, capsys):
    monkeypatch.chdir(panel.parent)
    main(["study=fingerprints", "data=usage.csv"])
    shown = capsys.readouterr().out
    assert "No quota was given" in shown
    assert list(panel.parent.glob("outputs/fingerprints-*/report.html"))


def test_the_table_and_what_it_cannot_say_are_printed(
    panel, tmp_path, capsys, monkeypatch
):
    monkeypatch.setenv("COLUMNS", "120")
    main(asked(panel, tmp_path / "out", "study.quota=112"))
    shown = " ".join(capsys.readouterr().out.split())
    assert "excess at and above the quota" in shown
    assert "people steer towards the quota" in shown
    assert "evidence against a named person" in shown


def test_the_lines_of_the_file_are_those_of_the_estimators(panel, done):
    expected = rows(analyse(read(panel), SETTINGS))
    with (done / FINGERPRINTS.name).open(encoding="utf-8", newline="") as file:
        lines = list(csv.DictReader(file))
    assert [line["quantity"] for line in lines] == [row.quantity for row in expected]
    for line, row in zip(lines, expected, strict=True):
        for name in ("estimate", "low", "high", "error", "nothing", "detectable"):
            value = getattr(row, name)
            assert line[name] == ("" if value is None else repr(value))


def test_the_page_holds_answer_limits_chart_and_command(done):
    page = (done / "report.html").read_text(encoding="utf-8")
    text = " ".join(re.sub(r"<[^>]+>", " ", page).split())
    for what, why in LIMITS:
        assert f"{what} {why[:60]}" in text
    assert "people steer towards the quota" in text
    assert "data:image/png;base64," in page
    assert "study=fingerprints" in text
    assert "://" not in page
    for form in ("png", "svg"):
        assert (done / "figures" / f"fingerprints.{form}").exists()


def test_no_row_and_no_id_of_the_panel_is_left_behind(panel, done):
    ids = set(pd.read_csv(panel)["employee"])
    largest = f"{pd.read_csv(panel)['tokens'].max():.3f}"
    for path in done.rglob("*"):
        if path.suffix in (".csv", ".html", ".json"):
            text = path.read_text(encoding="utf-8")
            assert not [name for name in ids if name in text], path
            assert largest not in text


def test_the_manifest_names_what_was_looked_at(panel, done):
    manifest = json.loads((done / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["config"]["study"]["quota"] == QUOTA
    assert len(manifest["config"]["data"]) == 64  # its content, not its place
    assert str(panel.parent) not in json.dumps(manifest)
    assert FINGERPRINTS.name in manifest["files"]


def test_the_same_panel_gives_the_same_bytes(panel, done, tmp_path):
    main(asked(panel, tmp_path / "out", f"study.quota={QUOTA:g}"))
    for path in done.rglob("*"):
        if path.is_file():
            again = tmp_path / "out" / path.relative_to(done)
            assert again.read_bytes() == path.read_bytes(), path


def test_a_finished_folder_has_nothing_to_do(panel, done, capsys):
    main(asked(panel, done, f"study.quota={QUOTA:g}"))
    assert "complete, nothing to do" in capsys.readouterr().out


def test_a_folder_of_other_data_is_refused(done, tmp_path, capsys):
    other = tmp_path / "other.csv"
    frame(honest(30, 24)).to_csv(other, index=False)
    arguments = asked(other, done, f"study.quota={QUOTA:g}")
    assert_refused(capsys, arguments, ["belongs to another study", "data is"])


# The document


def blocks(language):
    return re.findall(rf"^```{language}\n(.*?)^```", DOCUMENT, re.DOTALL | re.MULTILINE)


def test_the_document_makes_a_panel_and_reads_it(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    exec(compile(blocks("python")[-1], "fingerprints.md", "exec"), {})
    command = blocks("sh")[-1].split()
    assert command[0] == "tokenmaxxing"
    main(command[1:])
    shown = " ".join(capsys.readouterr().out.split())
    assert "200 people, 26 weeks" in shown
    assert "people steer towards the quota" in shown


def test_the_document_turns_names_into_ids(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    table = frame(honest(25, 6))
    named = "Given " + table["employee"].str.upper().where(table["week"] % 2 == 0)
    table["employee"] = named.fillna("given " + table["employee"])
    days = pd.to_timedelta(7 * table["week"], unit="D")
    table["week"] = pd.Timestamp("2026-02-02") + days
    table.to_csv("export.csv", index=False)
    assert "bring the table as `data`" in " ".join(DOCUMENT.split())
    main(["study=import", "data=export.csv", "out=panel"])
    found = read(tmp_path / "panel" / "panel.parquet")
    assert (found.people, found.programs) == (25, 0)
    truth = np.sort(honest(25, 6), 0)
    np.testing.assert_allclose(np.sort(found.tokens, 0), truth, rtol=1e-12)
    assert "given" not in str(pd.read_parquet("panel/panel.parquet")).lower()


def test_the_document_knows_every_setting():
    for name in FingerprintsSettings.model_fields:
        assert f"`study.{name}`" in DOCUMENT


def test_every_value_in_the_file_is_finite(done):
    with (done / FINGERPRINTS.name).open(encoding="utf-8", newline="") as file:
        for line in csv.DictReader(file):
            for name in ("estimate", "low", "high", "error"):
                assert line[name] == "" or math.isfinite(float(line[name]))


def test_a_file_of_results_that_was_changed_is_named(panel, tmp_path, capsys):
    arguments = asked(panel, tmp_path / "out")
    main(arguments)
    (tmp_path / "out" / FINGERPRINTS.name).write_text("changed\n")
    capsys.readouterr()
    assert_refused(capsys, arguments, [FINGERPRINTS.name, "has changed", "again=true"])
