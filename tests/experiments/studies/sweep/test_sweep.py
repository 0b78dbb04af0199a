"""``study=sweep``: from a command or a file to effects at every point."""

import csv
import re
import shlex
from pathlib import Path

import numpy as np
import pytest
import yaml

from experiments.__main__ import main
from experiments.config.request import ask
from experiments.designs.design import Point
from experiments.designs.levels import read_factors
from experiments.designs.sweep import Sweep
from experiments.errors import UserError
from experiments.statistics.point_effects import (
    POINT_EFFECTS,
    PointEffect,
    chance,
    point_effects,
    weights,
)
from experiments.store import dataset
from experiments.store.store import RUNS
from experiments.studies import sweep as study
from model.simulate import simulate

SMALL = ["organisation.employees=20", "weeks=26", "study.replicates=3"]
TINY = [
    "study=sweep",
    "study.schemes=[monthly_minimum]",
    "study.levers={quota.penalty: [0, 0.2]}",
    "study.uncertainties={people.rule: [logit, prospect]}",
    "study.outcomes=[net_value]",
    "seed=3",
    *SMALL,
]
DOCS = Path(__file__).parents[4] / "docs" / "sweeps.md"


def design_of(arguments):
    """The design that a command asks for, without a run."""
    return study.STUDY.plan(ask(arguments)).subject


# The study


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    out = tmp_path_factory.mktemp("sweep") / "out"
    study.run(ask([*TINY, f"out={out}"]))
    return out


def rows_of(folder):
    with (folder / "point_effects.csv").open(newline="") as file:
        return list(csv.DictReader(file))


def test_every_point_has_its_effects(folder):
    rows = rows_of(folder)
    outcomes = ["reported_tokens", "output", "net_value"]
    assert [row["outcome"] for row in rows[::4]] == outcomes
    cells = [(r["point"], r["quota.penalty"], r["people.rule"]) for r in rows[:4]]
    assert cells == [
        ("0", "0.0", "logit"),
        ("1", "0.0", "prospect"),
        ("2", "0.2", "logit"),
        ("3", "0.2", "prospect"),
    ]
    assert {row["replicates"] for row in rows} == {"3"}


def test_an_effect_is_the_mean_paired_difference_of_runs_made_by_hand(folder):
    request = ask(TINY)
    sweep_ = design_of(TINY)
    [row] = [
        r for r in rows_of(folder) if r["point"] == "3" and r["outcome"] == "output"
    ]
    base, scheme = (sweep_.design.schemes[n] for n in ("voluntary", "monthly_minimum"))
    people = base.people.model_copy(update={"rule": type(base.people.rule)(4)})
    quota = scheme.quota.model_copy(update={"penalty": 0.2})
    pairs = [
        [
            simulate(s, request.seed, replicate).weeks["output"].mean()
            for s in (
                scheme.varied(people=people, quota=quota),
                base.varied(people=people),
            )
        ]
        for replicate in range(3)
    ]
    difference = np.subtract(*np.transpose(pairs))
    assert float(row["effect"]) == pytest.approx(difference.mean(), rel=1e-9)
    # Student's quantile for two degrees of freedom.
    half = 4.302652729749464 * difference.std(ddof=1) / 3**0.5
    assert float(row["high"]) - float(row["effect"]) == pytest.approx(half, rel=1e-6)


def test_the_same_command_does_nothing_more(folder, capsys):
    before = (folder / RUNS).read_bytes()
    study.run(ask([*TINY, f"out={folder}"]))
    said = capsys.readouterr().out
    assert "complete, nothing to do" in said
    assert "Expected" not in said
    assert (folder / RUNS).read_bytes() == before


def test_the_plan_comes_before_the_results(tmp_path, capsys):
    study.run(ask([*TINY, f"out={tmp_path / 'out'}"]))
    said = capsys.readouterr().out
    assert said.startswith("Plan: full_factorial, 4 points, 1 scheme, 3 replicates")
    assert said.index("Expected: about") < said.index("monthly_minimum against")


def test_a_failing_pilot_does_not_end_a_sweep(tmp_path, capsys, monkeypatch):
    def fail(design, threads):
        raise FloatingPointError("overflow in a run")

    monkeypatch.setattr(study.expectation, "pilot", fail)
    study.run(ask([*TINY, f"out={tmp_path / 'out'}"]))
    said = capsys.readouterr().out
    assert "a run of the pilot failed (overflow in a run)" in said
    assert len(rows_of(tmp_path / "out")) == 12


def test_the_page_and_the_chart_say_what_the_files_say(folder):
    page = (folder / "report.html").read_text()
    worst = min(
        (r for r in rows_of(folder) if r["outcome"] == "output"),
        key=lambda row: float(row["percent"]),
    )
    assert f"point {worst['point']}" in page
    assert "study.levers={quota.penalty: [0, 0.2]}" in page
    for form in ("png", "svg"):
        assert (folder / "figures" / f"parallel_monthly_minimum.{form}").exists()


def test_a_table_counts_by_what_stands_in_it(tmp_path, capsys):
    for name in ("here", "there"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "points.csv").write_text("quota.penalty\n0.1\n0.2\n")
    command = ["study=sweep", "study.schemes=[monthly_minimum]", *SMALL]
    command.append(f"out={tmp_path / 'out'}")
    study.run(ask([*command, f"study.table={tmp_path / 'here' / 'points.csv'}"]))
    study.run(ask([*command, f"study.table={tmp_path / 'there' / 'points.csv'}"]))
    assert "complete, nothing to do" in capsys.readouterr().out
    assert str(tmp_path) not in (tmp_path / "out" / "report.html").read_text()
    (tmp_path / "there" / "points.csv").write_text("quota.penalty\n0.1\n0.3\n")
    with pytest.raises(UserError, match="belongs to another study: points is"):
        study.run(ask([*command, f"study.table={tmp_path / 'there' / 'points.csv'}"]))


def test_one_replicate_has_effects_without_intervals(tmp_path, capsys):
    study.run(ask([*TINY, "study.replicates=1", f"out={tmp_path / 'out'}"]))
    assert "With one replicate a point no interval is known" in capsys.readouterr().out
    assert {row["low"] for row in rows_of(tmp_path / "out")} == {""}


# Which schemes


@pytest.mark.parametrize(
    ("arguments", "swept"),
    [
        ([], ["voluntary"]),
        (["scheme=review_linked"], ["review_linked"]),
        (["study.schemes=[monthly_minimum]"], ["monthly_minimum"]),
        (
            ["study.schemes=[monthly_minimum]", "scheme=review_linked"],
            ["monthly_minimum", "review_linked"],
        ),
        (["quota=monthly", "quota.amount=160"], ["custom"]),
        (["study.baseline=no_review", "study.schemes=[voluntary]"], ["voluntary"]),
    ],
)
def test_what_is_listed_is_swept_and_what_is_asked_for(arguments, swept):
    levers = "study.levers={quota.penalty: [0.1]}"
    found = design_of(["study=sweep", levers, *arguments])
    assert list(found.swept) == swept


def test_what_all_rows_share_changes_the_baseline_too():
    found = design_of([*TINY, "people.learning=0.15"])
    assert {s.people.learning for s in found.design.schemes.values()} == {0.15}


# A file of one's own


def test_a_study_file_says_the_same_as_the_command(tmp_path):
    path = tmp_path / "ours.yaml"
    path.write_text(
        "schemes: [monthly_minimum]\n"
        "levers: {quota.penalty: [0, 2e-1]}\n"
        "uncertainties: {people.rule: [logit, prospect]}\n"
        "outcomes: [net_value]\n"
        "organisation: {employees: 20}\n"
        "weeks: 26\nseed: 3\nreplicates: 3\n"
    )
    file, command = ask([f"study={path}"]), ask(TINY)
    assert file.scenario == command.scenario
    assert (file.seed, file.scheme) == (command.seed, command.scheme)
    assert design_of([f"study={path}"]).digest == design_of(TINY).digest


def test_the_command_line_comes_on_top_of_a_study_file(tmp_path):
    path = tmp_path / "ours.yaml"
    path.write_text(
        "levers: {quota.penalty: [0, 0.2]}\nreplicates: 3\nweeks: 26\n"
        "people: sceptics\nquota: {amount: 160}\n"
    )
    request = ask(
        [
            f"study={path}",
            "study.levers={quota.amount: [40]}",
            "weeks=30",
            "quota=none",
            "people.learning=0.1",
        ]
    )
    assert request.settings.levers == {"quota.amount": [40]}
    assert request.settings.replicates == 3
    assert request.scenario.weeks == 30
    assert request.scenario.quota.amount == 112.0
    assert request.scenario.people.belief_mean == -0.2
    assert request.scenario.people.learning == 0.1


def test_a_study_file_may_be_of_any_study(tmp_path):
    path = tmp_path / "ours.yaml"
    path.write_text("name: run\nreplicates: 7\nscheme: ours_scheme.yaml\n")
    (tmp_path / "ours_scheme.yaml").write_text("quota: {amount: 160}\n")
    request = ask([f"study={path}"])
    assert (request.study, request.settings.replicates) == ("run", 7)
    assert request.scenario.quota.amount == 160.0


def test_a_table_is_looked_for_beside_the_file_that_names_it(tmp_path):
    (tmp_path / "points.csv").write_text("quota.penalty\n0.1\n")
    (tmp_path / "ours.yaml").write_text("table: points.csv\nweeks: 26\n")
    found = design_of([f"study={tmp_path / 'ours.yaml'}"])
    assert [p.levels for p in found.points("voluntary")] == [{"quota.penalty": 0.1}]


FILES = {
    "empty": ("", ["line 1", "empty", "name: sweep"]),
    "list": ("- levers\n", ["line 1", "keys are needed"]),
    "open bracket": ("levers: {quota.penalty: [0\n", ["line 2"]),
    "study": ("\nname: swep\n", ["line 2", "swep", "sweep?"]),
    "setting": ("weeks: 26\nlever: {}\n", ["line 2", "lever", "levers?"]),
    "engine": ("engine: {threads: 2}\n", ["line 1", "engine", "study=sweep"]),
    "value": ("weeks: 26\nreplicates: 0\n", ["study.replicates is 0"]),
    "key of a group": (
        "weeks: 26\npeople:\n  lerning: 0.1\n",
        ["line 3", "people.lerning", "people.learning?"],
    ),
    "member": ("people: scptics\n", ["line 1", "people=scptics", "sceptics?"]),
}


@pytest.mark.parametrize(("content", "words"), FILES.values(), ids=FILES)
def test_a_mistake_in_a_study_file_is_named(content, words, tmp_path):
    path = tmp_path / "ours.yaml"
    path.write_text(content)
    with pytest.raises(UserError) as refused:
        ask([f"study={path}"])
    message = str(refused.value)
    assert message.count("\n") <= 2
    for word in words:
        assert word in message


def test_a_study_file_that_is_not_there_is_named(tmp_path):
    with pytest.raises(UserError, match=r"sweeep\.yaml: cannot .* study=sweep\?"):
        ask([f"study={tmp_path / 'sweeep.yaml'}"])


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["study.levers={quota.penalty: [0, 11]}"], ["quota.penalty is 11", "[0, 10]"]),
        (["study.outcomes=[outptu]"], ["outptu", "output?"]),
        (["study.table=nowhere.csv"], ["nowhere.csv", "does not exist"]),
        (["study.points=0"], ["study.points is 0"]),
    ],
)
def test_a_bad_design_ends_with_2_and_leaves_nothing(
    arguments, words, tmp_path, capsys
):
    out = tmp_path / "out"
    with pytest.raises(SystemExit) as ended:
        main(["study=sweep", *arguments, f"out={out}"])
    said = capsys.readouterr()
    assert ended.value.code == 2
    assert said.out == ""
    assert said.err.count("\n") <= 3
    assert not out.exists()
    for word in words:
        assert word in said.err


# What effects hang on


OUTPUT = ("output", "whole", "voluntary", "half-days per employee-week")


def synthetic(kind="full_factorial"):
    """A sweep of two levers at 3 x 3 levels whose effect is 10 x penalty - 1."""
    found = read_factors(
        {"quota.penalty": [0, 0.1, 0.2], "quota.shame": [0, 0.5, 1]}, None
    )
    levels = [
        {"quota.penalty": a, "quota.shame": b}
        for a in found[0].levels
        for b in found[1].levels
    ]
    rows = [
        PointEffect("s", k, at, *OUTPUT, 10.0, 1.0, percent=10 * at["quota.penalty"])
        for k, at in enumerate(levels)
    ]
    return rows, Sweep(kind, found, None, "voluntary", ("s",), {}, ())


def test_an_effect_hangs_on_the_factor_that_makes_it():
    rows, made = synthetic()
    first, second = weights(rows, made)
    assert (first.factor, second.factor) == ("quota.penalty", "quota.shame")
    # Nine points in three ties each: the correlation is exactly 1.
    assert first.correlation == pytest.approx(1.0)
    assert second.correlation == pytest.approx(0.0)
    names, means = zip(*first.steps, strict=True)
    assert names == ("0", "0.1", "0.2")
    assert means == pytest.approx((0.0, 1.0, 2.0))
    assert (first.swing, second.swing) == (pytest.approx(2.0), pytest.approx(0.0))


def test_one_at_a_time_only_looks_where_the_others_rest():
    rows, made = synthetic("one_at_a_time")
    spoilt = [
        row._replace(percent=99.0) if min(row.levels.values()) > 0 else row
        for row in rows
    ]
    assert [(w.factor, w.swing) for w in weights(spoilt, made)] == [
        ("quota.penalty", pytest.approx(2.0)),
        ("quota.shame", pytest.approx(0.0)),
    ]


def test_many_levels_are_cut_into_four_parts_of_equal_size():
    levers = {"quota.penalty": {"low": 0, "high": 1}}
    made = Sweep("sobol", read_factors(levers, None), None, "voluntary", ("s",), {}, ())
    rows = [
        PointEffect("s", k, {"quota.penalty": k / 99}, *OUTPUT, percent=float(k))
        for k in range(100)
    ]
    [weight] = weights(rows, made)
    assert [mean for _, mean in weight.steps] == [12.0, 37.0, 62.0, 87.0]


def test_choices_have_no_rank():
    found = read_factors(None, {"people.rule": ["logit", "imitation", "prospect"]})
    made = Sweep("full_factorial", found, None, "voluntary", ("s",), {}, ())
    rows = [
        PointEffect("s", k, {"people.rule": float(rule)}, *OUTPUT, percent=float(k))
        for k, rule in enumerate([0, 3, 4, 0, 3, 4])
    ]
    [weight] = weights(rows, made)
    assert weight.correlation is None
    assert weight.steps == (("logit", 1.5), ("imitation", 2.5), ("prospect", 3.5))


@pytest.mark.parametrize("points", [6, 8, 30])
def test_chance_is_what_one_unrelated_factor_in_twenty_goes_beyond(points):
    rng = np.random.default_rng(1)
    ranks = np.argsort(rng.random((200_000, points)), axis=1).astype(float)
    line = np.arange(points) - (points - 1) / 2
    found = (ranks @ line) / (line @ line)
    share = float((np.abs(found) > chance(points)).mean())
    # An approximation: right to a percentage point from six points on.
    assert abs(share - 0.05) < 0.01


def runs_table(values):
    """Two points of a scheme and of the baseline, two replicates each."""
    import pyarrow as pa

    return pa.table(
        {
            "scheme": ["voluntary"] * 4 + ["s"] * 4,
            "point": [0, 0, 1, 1] * 2,
            "output_mean": pa.array(values, pa.float64()),
        }
    )


def made_of(values):
    points = tuple(Point(k, {"people.learning": 0.1 + k / 100}, 2) for k in range(2))
    design = type("Design", (), {"points": points})()
    found = read_factors(None, {"people.learning": [0.1, 0.11]})
    made = Sweep("table", found, design, "voluntary", ("s",), {0: 0, 1: 1}, ())
    return list(point_effects(runs_table(values), made, ["output"]))


def test_replicates_without_a_value_are_left_out_pair_by_pair():
    first, second = made_of([10, 10, 10, None, 11, 13, 12, 15])
    assert (first.effect, first.percent, first.replicates) == (2.0, 20.0, 2)
    assert (second.effect, second.low, second.replicates) == (2.0, None, 1)
    _, line = POINT_EFFECTS.lines([second])
    assert line.startswith("s,1,0.11,output,whole,volun")


def test_a_point_without_any_value_has_no_effect():
    first, second = made_of([None, None, 0, 0, 1, 1, 1, 1])
    assert (first.effect, first.replicates) == (None, 0)
    assert (second.effect, second.percent) == (1.0, None)


# The documents


def fenced(language):
    text = DOCS.read_text(encoding="utf-8")
    return re.findall(rf"^```{language}\n(.*?)^```", text, re.DOTALL | re.MULTILINE)


@pytest.fixture
def beside(tmp_path, monkeypatch):
    """A folder with the files that the examples name."""
    (tmp_path / "points.csv").write_text(fenced("csv")[0])
    (tmp_path / "my_sweep.yaml").write_text(fenced("yaml")[0])
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("number", range(4))
def test_every_file_of_the_documents_is_a_design(number, beside):
    assert len(fenced("yaml")) == 4
    (beside / "example.yaml").write_text(fenced("yaml")[number])
    found = design_of(["study=./example.yaml"])
    expected = [
        ("full_factorial", 54, 8),
        ("sobol", 64, 4),
        ("one_at_a_time", 1 + 4 + 2 + 1 + 2, 16),
        ("table", 3, 2 * 2),
    ]
    got = found.kind, len(found.without), found.design.points[0].replicates
    assert got == expected[number]


COMMANDS = [
    shlex.split(line.removeprefix("$ tokenmaxxing"))
    for block in fenced("console")
    for line in block.splitlines()
]


@pytest.mark.parametrize("arguments", COMMANDS, ids=" ".join)
def test_every_command_of_the_documents_plans_a_sweep(arguments, beside):
    assert design_of(arguments).design.runs


def test_the_documents_name_every_design_and_setting():
    text = DOCS.read_text(encoding="utf-8")
    config = yaml.safe_load((DOCS.parents[1] / "configs/study/sweep.yaml").read_text())
    for name in ("full_factorial", "one_at_a_time", "latin_hypercube", "sobol"):
        assert f"- `{name}`" in text
    for key in config:
        assert key in text


def test_the_first_example_runs_as_it_stands(beside, capsys):
    command = ["study=./my_sweep.yaml", *SMALL, "study.replicates=2", "out=done"]
    study.run(ask(command))
    said = capsys.readouterr().out
    assert "54 points, 2 schemes, 2 replicates: 228 runs" in said
    with (beside / "done" / RUNS).open("rb") as file:
        assert len(dataset.read(file)) == 228
    assert len(rows_of(beside / "done")) == 2 * 54 * 5
