import csv
import os
import re
from dataclasses import replace
from importlib import import_module

import duckdb
import numpy as np
import pyarrow.parquet as pq
import pytest

from experiments import compose
from experiments.config.request import ask
from experiments.errors import UserError
from experiments.runs import early, pieces
from experiments.statistics.harm import HARMS
from experiments.statistics.worlds import IN_WORLDS, overall
from experiments.store import parts
from experiments.studies import compare
from experiments.worlds import apply, load
from experiments.worlds.effects import WORLDS
from model import simulate
from model.outcomes import NAMES

TINY = [
    "study=compare",
    "organisation.employees=40",
    "weeks=26",
    "study.replicates=2",
    "study.worlds=3",
    "study.schemes=[voluntary,monthly_minimum,review_linked]",
    "bonus.rate=0",
    "quota=monthly",
    "quota.penalty=0.5",
]

PLAN = import_module("experiments.studies.compare.plan")


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    out = tmp_path_factory.mktemp("compare") / "tiny"
    compare.run(ask([*TINY, f"out={out}"]))
    return out


def printed(folder, capsys, monkeypatch, columns):
    monkeypatch.setenv("COLUMNS", str(columns))
    compare.run(ask([*TINY, f"out={folder}"]))
    return capsys.readouterr().out


def test_a_comparison_leaves_its_files(folder):
    assert sorted(os.listdir(folder)) == [
        "effects.csv",
        "harms.csv",
        "in_worlds.csv",
        "manifest.json",
        "parent_effects.csv",
        "people.parquet",
        "runs.parquet",
        "weeks.parquet",
        "worlds.parquet",
        "worse_off.csv",
    ]


def test_the_table_of_the_centre_is_shown_before_the_rest_is_done(
    tmp_path, capsys, monkeypatch
):
    monkeypatch.setattr(parts, "PART", 1)
    monkeypatch.setattr(early, "LEAST", 0.0)
    monkeypatch.setattr(early, "FEW", 1)
    compare.run(ask([*TINY, f"out={tmp_path / 'shown'}"]))
    shown = capsys.readouterr()
    first, *_, last = shown.err.split("So far: effects against voluntary ")[1:]
    assert first.startswith("in the world given, 1 of 2 replicates.")
    said = "in the world given, 2 replicates; other worlds follow."
    assert " ".join(last.split()).startswith(said)

    def cells(text):
        rows = [line.split() for line in text.splitlines()]
        return next(row for row in rows if row[:1] == ["review_linked"])

    assert cells(last) == cells(shown.out) != cells(first)
    compare.run(ask([*TINY, "study.worlds=0", f"out={tmp_path / 'quiet'}"]))
    quiet = capsys.readouterr()
    assert "other worlds follow" not in quiet.err
    assert cells(quiet.out) == cells(shown.out)


def test_worlds_have_a_row_a_scheme_and_are_those_of_the_list(folder):
    rows = WORLDS.read(folder / "worlds.parquet")
    schemes = ["monthly_minimum", "review_linked", "custom"]
    assert [(r.scheme, r.world) for r in rows] == [
        (scheme, k) for scheme in schemes for k in range(3)
    ]
    listed = load()
    small = compose(["organisation.employees=40", "weeks=26"])
    for row in rows:
        assert (
            row.levels["people.learning"] == listed[row.world].values["people.learning"]
        )
        run = simulate(apply(small, listed[row.world]), 1, row.world)
        assert row.output_baseline == np.nanmean(run.weeks["output"])
        change = 100.0 * (row.output / row.output_baseline - 1.0)
        assert row.percent == pytest.approx(change, rel=1e-9, abs=1e-12)
        assert row.weeks == 26
    for row in overall(IN_WORLDS.read(folder / "in_worlds.csv")).values():
        own = [r.percent for r in rows if r.scheme == row.scheme]
        assert row.worlds == 3
        assert row.middle == np.median(own)
        assert row.worst == min(own)


def test_pieces_that_are_there_are_not_computed_again(tmp_path, monkeypatch, capsys):
    request = ask([*TINY, "study.worlds=12", f"out={tmp_path / 'cut'}"])
    whole, calls = pieces.write_json, []

    def interrupted(path, content):
        whole(path, content)
        calls.append(path.name)
        if len(calls) == 2:
            raise KeyboardInterrupt

    monkeypatch.setattr(pieces, "write_json", interrupted)
    with pytest.raises(SystemExit):
        compare.run(request)
    assert re.search(
        r"Interrupted\. \d+ of \d+ parts are kept", capsys.readouterr().err
    )
    compare.run(request)
    assert calls == [f"worlds-{first:06d}.json" for first in (0, 5, 10)]
    compare.run(ask([*TINY, "study.worlds=12", f"out={tmp_path / 'whole'}"]))
    for name in ("worlds.parquet", "in_worlds.csv", "runs.parquet"):
        ours, theirs = (tmp_path / k / name for k in ("cut", "whole"))
        assert ours.read_bytes() == theirs.read_bytes()


def test_a_scheme_that_fits_no_world_is_named(monkeypatch):
    def refuse(scenario, world):
        return scenario.varied(weeks=0 if scenario.quota.has_weight() else 26)

    monkeypatch.setattr(PLAN, "apply", refuse)
    with pytest.raises(UserError) as wrong:
        compare.STUDY.plan(ask(TINY))
    first, *rest = str(wrong.value).splitlines()
    where = "scheme monthly_minimum in plausible worlds of at most 300 people: weeks"
    assert first.startswith(where)
    assert rest == ["study.worlds=0 leaves these out."]


def test_worlds_of_another_model_are_run_and_said_to_be_so(
    tmp_path, monkeypatch, capsys
):
    listed = load()
    other = replace(listed, origin=listed.origin._replace(digest="0" * 12))
    monkeypatch.setattr(PLAN, "load", lambda: other)
    compare.run(ask([*TINY, f"out={tmp_path}"]))
    said = " ".join(capsys.readouterr().out.split())
    assert "found with another version of the model" in said
    assert "make worlds finds them anew" in said


def test_rows_are_sorted_as_the_schemes_were_given(folder):
    rows = pq.read_table(folder / "runs.parquet").to_pylist()
    order = ["voluntary", "monthly_minimum", "review_linked", "custom"]
    key = [(order.index(r["scheme"]), r["point"], r["replicate"]) for r in rows]
    assert key == sorted(key)
    assert len(key) == 4 * 2


def test_effects_are_differences_of_means(folder):
    with (folder / "effects.csv").open() as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 3 * len(NAMES) * 3
    [row] = [
        row
        for row in rows
        if row["scheme"] == "custom"
        and (row["outcome"], row["period"]) == ("output", "whole")
    ]
    [means] = duckdb.sql(
        f"""
        select avg(output_mean) filter (scheme = 'custom'),
               avg(output_mean) filter (scheme = 'voluntary')
        from '{folder}/runs.parquet' where point = 0
        """
    ).fetchall()
    assert float(row["effect"]) == pytest.approx(means[0] - means[1], rel=1e-9)
    assert float(row["baseline_mean"]) == pytest.approx(means[1], rel=1e-12)
    assert row["replicates"] == "2"


def test_manual_work_differs_between_schemes_by_effort_alone(folder, tmp_path):
    """The same people meet the same tasks under every scheme, where nobody leaves."""
    assert manual_work(folder) != {("0.0", "0.0")}
    usual = tmp_path / "usual"
    compare.run(ask([*TINY, "people.effort=0", "people.quit_hazard=0", f"out={usual}"]))
    assert manual_work(usual) == {("0.0", "0.0")}


def manual_work(folder):
    """Effects on manual work, with the lower ends of their intervals."""
    with (folder / "effects.csv").open() as file:
        rows = [r for r in csv.DictReader(file) if r["outcome"] == "output_manual"]
    return {(row["effect"], row["low"]) for row in rows}


@pytest.mark.parametrize("columns", [80, 100, 120, 200])
def test_the_table_fits_and_nothing_is_cut(folder, capsys, monkeypatch, columns):
    text = printed(folder, capsys, monkeypatch, columns)
    assert "…" not in text
    lines = [line for line in text.splitlines() if str(folder) not in line]
    assert max(map(len, lines)) <= columns
    for name in ("monthly_minimum", "review_linked", "custom", "voluntary"):
        assert text.count(f"\n{name}") >= 2  # in the table and above its sentence


def test_the_ranking_is_never_printed_without_its_worlds(folder, capsys, monkeypatch):
    text = " ".join(printed(folder, capsys, monkeypatch, 100).split())
    assert "All for the world as given." in text
    assert (
        "Every scheme was run once in each of 3 worlds that reproduce what is known of "
        "voluntary use" in text
    )
    assert text.count("Of 100 plausible worlds real output") == 3
    assert "It is not a probability for any one company." in text
    assert "A before/after look at the dashboard would have said: usage" in text


def test_the_best_scheme_stands_first(folder, capsys, monkeypatch):
    text = printed(folder, capsys, monkeypatch, 200)
    with (folder / "effects.csv").open() as file:
        effects = {
            row["scheme"]: float(row["effect"])
            for row in csv.DictReader(file)
            if (row["outcome"], row["period"]) == ("output", "whole")
        }
    effects["voluntary"] = 0.0
    ranked = sorted(effects, key=effects.__getitem__, reverse=True)
    shown = [line.split()[0] for line in text.splitlines() if line.strip()]
    assert [name for name in shown if name in effects][:4] == ranked


def test_a_scheme_like_the_baseline_is_said_to_change_nothing(
    tmp_path, capsys, monkeypatch
):
    same = [text for text in TINY if not text.startswith("quota")]
    compare.run(ask([*same, "bonus.measure=output", f"out={tmp_path}"]))
    text = " ".join(capsys.readouterr().out.split())
    assert "Reported usage and real output stay exactly as under voluntary." in text
    with (tmp_path / "effects.csv").open() as file:
        rows = [row for row in csv.DictReader(file) if row["scheme"] == "custom"]
    columns = ("effect", "low", "high", "percent", "percent_low", "percent_high")
    assert {row[name] for row in rows for name in columns} <= {"0.0", ""}
    there = [r for r in WORLDS.read(tmp_path / "worlds.parquet")]
    assert {row.percent for row in there if row.scheme == "custom"} == {0.0}
    own = overall(IN_WORLDS.read(tmp_path / "in_worlds.csv"))["custom"]
    assert (own.little, own.middle, own.worst) == (1.0, 0.0, 0.0)


def test_a_harm_that_ends_is_told(tmp_path, capsys, monkeypatch):
    """A linked review harms until a new model comes that is better at everything."""
    monkeypatch.setenv("COLUMNS", "120")
    size = [
        "organisation.employees=120",
        "study.replicates=8",
        "study.worlds=0",
    ]
    asked = [
        *size,
        "study.schemes=[voluntary,review_linked]",
        "timeline=[{week: 40, technology: {gain: 1.5, loss: 0.1}}]",
        f"out={tmp_path / 'ends'}",
    ]
    compare.run(ask(asked))
    [harm] = HARMS.read(tmp_path / "ends" / "harms.csv")
    assert harm.scheme == "review_linked"
    assert harm.baseline == "voluntary"
    assert harm.first == 0
    assert 25 <= harm.last <= 46
    assert harm.during_percent < harm.after_low
    assert harm.after_high > 0.0
    text = f"Harms until week {harm.last} "
    assert text in " ".join(capsys.readouterr().out.split())
