import csv
import os
import re

import duckdb
import pyarrow.parquet as pq
import pytest

from experiments.config.request import ask
from experiments.designs.design import WORLD_FACTORS, corners
from experiments.runs import early
from experiments.statistics.harm import HARMS
from experiments.store import parts
from experiments.studies import compare
from experiments.words.structures import LAWS, RULES
from model.outcomes import NAMES

TINY = [
    "study=compare",
    "organisation.employees=40",
    "weeks=26",
    "study.replicates=2",
    "study.world_replicates=1",
    "study.structure_replicates=1",
    "study.schemes=[voluntary,monthly_minimum,review_linked]",
    "bonus.rate=0",
    "quota=monthly",
    "quota.penalty=0.5",
]


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
        "manifest.json",
        "parent_effects.csv",
        "people.parquet",
        "runs.parquet",
        "weeks.parquet",
        "worse_off.csv",
    ]


def test_the_table_of_the_centre_is_shown_before_the_rest_is_done(
    tmp_path, capsys, monkeypatch
):
    monkeypatch.setattr(parts, "PART", 1)
    compare.run(ask([*TINY, f"out={tmp_path / 'quiet'}"]))
    quiet = capsys.readouterr()
    monkeypatch.setattr(early, "LEAST", 0.0)
    monkeypatch.setattr(early, "FEW", 1)
    compare.run(ask([*TINY, f"out={tmp_path / 'shown'}"]))
    shown = capsys.readouterr()
    assert "So far" not in quiet.err
    first, second = shown.err.split("So far: effects against voluntary ")[1:]
    assert first.startswith("in the world given, 1 of 2 replicates.")
    said = "in the world given, 2 replicates; other worlds and structures follow."
    assert " ".join(second.split()).startswith(said)

    def cells(text):
        """Rows of the table, without worlds and structures."""
        rows = [line.split() for line in text.splitlines()]
        row = next(row for row in rows if row[:1] == ["review_linked"])
        return [cell for cell in row if not re.fullmatch(r"-|\d/\d", cell)]

    assert cells(second) == cells(shown.out) != cells(first)
    assert results(shown.out) == results(quiet.out)


def results(text):
    """What is printed, without the folder and the time it took."""
    return text.partition(" holds runs.parquet")[0].rpartition("\n")[0]


def test_factors_stand_in_their_own_columns(folder):
    table = pq.read_table(folder / "runs.parquet")
    assert table.column_names[:9] == [
        *("scheme", "point", *WORLD_FACTORS, RULES.key, LAWS.key),
        *("replicate", "seed"),
    ]  # fmt: skip
    rows = [row for row in table.to_pylist() if row["scheme"] == "custom"]
    levels = [{name: row[name] for name in WORLD_FACTORS} for row in rows]
    assert levels[2:10] == corners()
    assert [row[RULES.key] for row in rows] == [*[0.0] * 10, 1, 2, 3, 4, *[0.0] * 3]
    assert [row[LAWS.key] for row in rows] == [*[0.0] * 14, 1.0, 2.0, 3.0]
    assert [row["replicate"] for row in rows] == [0, 1, *[0] * 15]


def test_rows_are_sorted_as_the_schemes_were_given(folder):
    rows = pq.read_table(folder / "runs.parquet").to_pylist()
    order = ["voluntary", "monthly_minimum", "review_linked", "custom"]
    key = [(order.index(r["scheme"]), r["point"], r["replicate"]) for r in rows]
    assert key == sorted(key)
    assert len(key) == 4 * (2 + 8 + 4 + 3)


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
    assert 1 <= int(row["worlds_agree"]) <= 9


def test_manual_work_differs_between_schemes_by_effort_alone(folder, tmp_path):
    """The same people meet the same tasks under every scheme."""
    assert manual_work(folder) != {("0.0", "0.0")}
    usual = tmp_path / "usual"
    compare.run(ask([*TINY, "people.effort=0", f"out={usual}"]))
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
    assert "The ranking holds for the world given and changes with these." in text
    assert "people.belief_mean -0.3 or 0.3" in text
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
    assert {row["worlds_agree"] for row in rows} <= {"9", ""}


def test_a_harm_that_ends_is_told(tmp_path, capsys, monkeypatch):
    """A linked review harms until a new model comes that is better at everything."""
    monkeypatch.setenv("COLUMNS", "120")
    size = [
        "organisation.employees=60",
        "study.replicates=8",
        "study.structure_replicates=0",
    ]
    asked = [
        *size,
        "study.world_replicates=0",
        "study.schemes=[voluntary,review_linked]",
        "people.effort=0",
        "timeline=[{week: 40, technology: {gain: 1.5, loss: 0.1}}]",
        f"out={tmp_path / 'ends'}",
    ]
    compare.run(ask(asked))
    [harm] = HARMS.read(tmp_path / "ends" / "harms.csv")
    assert harm.scheme == "review_linked"
    assert harm.baseline == "voluntary"
    assert harm.first == 0
    assert 25 <= harm.last <= 46
    assert harm.during_percent < 0.0 < harm.after_low
    text = f"Harms until week {harm.last} "
    assert text in " ".join(capsys.readouterr().out.split())
