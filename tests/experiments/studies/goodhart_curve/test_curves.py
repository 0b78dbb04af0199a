"""``study=goodhart_curve``: from a command to curves and turning points."""

import csv
import re
import shlex
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from experiments.__main__ import main
from experiments.config.request import ask
from experiments.config.settings import GoodhartCurveSettings
from experiments.errors import UserError
from experiments.statistics.effects import Panel
from experiments.store.store import RUNS
from experiments.store.table import Table
from experiments.studies import goodhart_curve as study
from experiments.studies.goodhart_curve.curves import (
    CURVE,
    FOLLOWED,
    TURNING,
    columns,
    curves,
    turning_points,
)
from model.parameters import declarations
from model.scenario import Scenario
from model.simulate import simulate

TINY = [
    "study=goodhart_curve",
    "study.families=[{name: quota, lever: quota.penalty, high: 0.2}, "
    "{name: training, lever: guidance.training}]",
    "study.workforces=[{name: as declared}, {name: gamers, people.never_gamers: 0.2}]",
    "study.points=3",
    "study.replicates=3",
    "organisation.employees=20",
    "weeks=26",
    "seed=3",
]
DOCS = Path(__file__).parents[4] / "docs" / "goodhart_curve.md"


def asked(*arguments):
    """The curves of a command, without a run."""
    request = ask(["study=goodhart_curve", *arguments])
    assert isinstance(request.settings, GoodhartCurveSettings)
    return curves(request, request.settings)


def rows_of(folder, name):
    with (folder / name).open(newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    out = tmp_path_factory.mktemp("goodhart") / "out"
    study.run(ask([*TINY, f"out={out}"]))
    return out


# Files


def test_every_curve_has_every_outcome_at_every_pressure(folder):
    rows = rows_of(folder, CURVE.name)
    assert len(rows) == 2 * 2 * len(FOLLOWED) * 3
    assert [row["pressure"] for row in rows[:3]] == ["0.0", "0.1", "0.2"]
    assert {row["lever"] for row in rows} == {"quota.penalty", "guidance.training"}
    assert {row["workforce"] for row in rows} == {"as declared", "gamers"}


def test_pressure_0_changes_nothing(folder):
    first = [row for row in rows_of(folder, CURVE.name) if row["pressure"] == "0.0"]
    values = {row[name] for row in first for name in ("effect", "low", "high")}
    assert values <= {"0.0", ""}
    assert {row["effect"] for row in first if row["outcome"] == "output"} == {"0.0"}


def test_an_effect_is_the_mean_paired_difference_of_runs_made_by_hand(folder):
    [row] = [
        r
        for r in rows_of(folder, CURVE.name)
        if (r["family"], r["workforce"], r["outcome"], r["pressure"])
        == ("quota", "gamers", "output", "0.2")
    ]
    base = ask(TINY).scenario
    base = base.varied(people=base.people.model_copy(update={"never_gamers": 0.2}))
    quota = base.quota.model_copy(update={"penalty": 0.2})
    pairs = [
        [
            simulate(s, 3, k).weeks["output"].mean()
            for s in (base.varied(quota=quota), base)
        ]
        for k in range(3)
    ]
    difference = np.subtract(*np.transpose(pairs))
    assert float(row["effect"]) == pytest.approx(difference.mean(), rel=1e-9)
    without = np.transpose(pairs)[1].mean()
    percent = 100.0 * difference.mean() / without
    assert float(row["percent"]) == pytest.approx(percent, rel=1e-9)
    # Student's quantile for two degrees of freedom.
    half = 4.302652729749464 * difference.std(ddof=1) / 3**0.5
    assert float(row["high"]) - float(row["effect"]) == pytest.approx(half, rel=1e-6)


def test_every_curve_has_one_turning_point_or_says_that_there_is_none(folder):
    rows = rows_of(folder, TURNING.name)
    assert [(row["family"], row["workforce"]) for row in rows] == [
        ("quota", "as declared"),
        ("quota", "gamers"),
        ("training", "as declared"),
        ("training", "gamers"),
    ]
    for row in rows:
        assert (row["turning_point"] != "") == (row["shape"] == "turns")
        assert 0.0 <= float(row["low"]) <= float(row["best"]) <= float(row["high"])


def test_the_same_command_does_nothing_more(folder, capsys):
    before = (folder / RUNS).read_bytes()
    study.run(ask([*TINY, f"out={folder}"]))
    assert "complete, nothing to do" in capsys.readouterr().out
    assert (folder / RUNS).read_bytes() == before


def test_an_interrupted_study_goes_on_to_the_same_files(folder, tmp_path, monkeypatch):
    command = [*TINY, f"out={tmp_path / 'out'}"]

    def interrupted(*_):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(Table, "write", interrupted)
        with pytest.raises((KeyboardInterrupt, SystemExit)):
            study.run(ask(command))
    assert not (tmp_path / "out" / "manifest.json").exists()
    study.run(ask(command))
    for name in (RUNS, CURVE.name, TURNING.name):
        assert (tmp_path / "out" / name).read_bytes() == (folder / name).read_bytes()


def with_failures(folder, *runs):
    """The panel of a finished study in which some runs failed, by row."""
    with (folder / RUNS).open("rb") as file:
        table = pq.read_table(file)
    for column in columns()[2:]:
        values = table.column(column).to_numpy().copy()
        values[[*runs]] = np.nan
        place = table.schema.get_field_index(column)
        table = table.set_column(place, column, pa.array(values))
    return Panel(table)


def test_a_failed_run_takes_its_replicate_out_of_its_curve(folder):
    plan = study.STUDY.plan(ask([*TINY, f"out={folder}"]))
    whole = TURNING.read(folder / TURNING.name)
    first, *others = turning_points(with_failures(folder, 0), plan.subject)
    assert first.replicates == whole[0].replicates - 1
    assert others == whole[1:]
    # Of three replicates two have failed: nothing can be said of this curve.
    left = list(turning_points(with_failures(folder, 0, 1), plan.subject))
    assert left == whole[1:]


def test_a_missing_chart_is_drawn_anew(folder):
    chart = folder / "figures" / "goodhart_curve.svg"
    before = chart.read_bytes()
    chart.unlink()
    study.run(ask([*TINY, f"out={folder}"]))
    assert chart.read_bytes() == before


def test_the_page_says_what_every_curve_does(folder):
    page = (folder / "report.html").read_text()
    for row in rows_of(folder, TURNING.name):
        assert f"{row['family']}, {row['workforce']}" in page
    assert "How much pressure is too much?" in page
    for name in ("goodhart_curve", "goodhart_validity"):
        for form in ("png", "svg"):
            assert (folder / "figures" / f"{name}.{form}").exists()


def test_one_lever_makes_one_family_and_0_is_among_its_levels(tmp_path, capsys):
    command = [*TINY, "study.lever=review.weight", "study.levels=[0.5, 0.2]"]
    study.run(ask([*command, f"out={tmp_path / 'out'}"]))
    rows = rows_of(tmp_path / "out", CURVE.name)
    assert {row["family"] for row in rows} == {"review.weight"}
    assert [row["pressure"] for row in rows[:3]] == ["0.0", "0.2", "0.5"]
    assert "review.weight" in capsys.readouterr().out


# Designs


def test_the_families_go_up_to_the_ends_of_their_declared_spans():
    spans = {row.key: row.span for row in declarations(Scenario)}
    for family in asked().families:
        assert family.levels[0] == 0.0
        assert family.levels[-1] == spans[family.lever][1]


def test_the_workforces_differ_by_ends_of_declared_spans_alone():
    spans = {row.key: row.span for row in declarations(Scenario)}
    first, *others = asked().workforces
    assert first.levels == {}
    for workforce in others:
        for key, level in workforce.levels.items():
            assert level in spans[key]


def test_the_levels_of_a_family_and_of_a_lever_are_written_alike():
    for levels in ("[0.2, 0.1]", "{low: 0.1, high: 0.2, levels: 2}"):
        alone = asked("study.lever=quota.penalty", f"study.levels={levels}")
        [family] = asked(
            f"study.families=[{{name: a, lever: quota.penalty, levels: {levels}}}]"
        ).families
        assert family.levels == alone.families[0].levels == (0.0, 0.1, 0.2)


def test_a_family_pulls_its_own_lever_alone():
    found = asked(*TINY[1:])
    for family in found.families:
        for workforce in found.workforces:
            numbers = found.points[family.name, workforce.name]
            for number, pressure in zip(numbers, family.levels, strict=True):
                point = found.design.points[number]
                [scheme] = point.schemes
                assert scheme == family.name
                pulled = {"quota.penalty": 0.0, "guidance.training": 0.0}
                pulled[family.lever] = pressure
                assert {key: point.levels[key] for key in pulled} == pulled


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["study.lever=revew.weight"], "study.lever: .* did you mean review.weight"),
        (["study.lever=quota.weeks"], "quota.weeks is at least 1, so it has no press"),
        (["study.lever=people.belief_mean"], "people.belief_mean is no lever"),
        (["study.lever=quota.visible"], "quota.visible is true or false"),
        (["study.lever=quota.measure"], "quota.measure is a choice"),
        (["study.lever=quota.amount"], "does nothing in this scheme.*quota=monthly"),
        (["study.lever=review.weight", "study.high=2"], r"is 2.0; .*\[0, 1\]"),
        (["study.lever=review.weight", "study.high=0"], "begin at 0 and rise"),
        (["study.lever=review.weight", "study.levels=[0.1, 2]"], r"is 2; .*\[0, 1\]"),
        (["study.lever=review.weight", "study.levels=[0.1, 0.1]"], "0.1 twice"),
        (["study.lever=review.weight", "study.levels=[]"], "an empty list of levels"),
        (["study.lever=review.weight", "study.levels=0.3"], "is 0.3; give it levels"),
        (
            ["study.lever=review.weight", "study.levels=[0.1, 0.2]", "study.high=1"],
            "study.levels says how high; leave high out",
        ),
        (["study.levels=[0.1, 0.2]"], "study.levels belongs to one lever"),
        (["study.high=1"], "study.high belongs to one lever"),
        (["study.points=2"], r"study.points is 2; it must lie in \[3, 1000\]"),
        (["study.replicates=1"], "study.replicates is 1"),
        (["study.families=[]"], "study.families is"),
        (["study.families=[{name: a}]"], "study.families: {'name': 'a'} has no lever"),
        (
            ["study.families=[{name: a, lever: review.weight, hi: 1}]"],
            "a has hi; a family has name, lever, levels or high, and with",
        ),
        (
            [
                "study.families=[{name: a, lever: review.weight}, "
                "{name: a, lever: quota.penalty}]"
            ],
            "study.families has 'a' twice",
        ),
        (
            ['study.families=[{name: a, lever: review.weight, with: ["weeks=20"]}]'],
            "weeks=20 is no lever",
        ),
        (
            ["study.families=[{name: a, lever: review.weight, with: 3}]"],
            "a list of levers",
        ),
        (["study.workforces=[{name: a}, {name: a}]"], "study.workforces has 'a' twice"),
        (
            ["study.workforces=[{name: a, review.weight: 1}]"],
            "review.weight is a lever",
        ),
        (
            ["study.workforces=[{name: a, people.never_gamers: 2}]"],
            r"people.never_gamers is 2; .*\[0, 1\]",
        ),
        (["study.workforces=sceptics"], "study.workforces is 'sceptics'"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_what_makes_no_curve_is_refused_before_anything_runs(arguments, message):
    with pytest.raises(UserError, match=f"(?s){message}") as error:
        asked(*arguments)
    assert len(str(error.value).splitlines()) <= 3


def test_a_wrong_lever_ends_with_exit_code_2(tmp_path, capsys):
    out = tmp_path / "out"
    with pytest.raises(SystemExit) as end:
        main(["study=goodhart_curve", "study.lever=quota.penalt", f"out={out}"])
    assert end.value.code == 2
    assert "did you mean quota.penalty?" in capsys.readouterr().err
    assert not out.exists()


# Documents


def test_the_commands_of_the_page_are_valid():
    text = DOCS.read_text()
    commands = re.findall(r"^\$ tokenmaxxing (.+)$", text, re.MULTILINE)
    own = [shlex.split(c) for c in commands if "study=goodhart_curve" in c]
    assert own
    for arguments in own:
        asked(*arguments[1:])
