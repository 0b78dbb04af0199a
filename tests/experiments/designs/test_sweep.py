"""Designs: points and runs from factors or from a table."""

import math
from io import StringIO
from types import SimpleNamespace

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from rich.console import Console

from experiments.config.compose import compose
from experiments.config.request import ask
from experiments.config.settings import SweepSettings
from experiments.designs import sweep as designs
from experiments.designs.design import at, at_work, level
from experiments.designs.sweep import sweep
from experiments.errors import UserError
from experiments.studies.sweep import announce, expectation
from experiments.studies.sweep.plan import plan
from model import Quota, Scenario
from model.simulate import simulate

SMALL = ["organisation.employees=20", "weeks=26"]
PENALTY, LEARNING = "quota.penalty", "people.learning"


def settings(**changes):
    given = {
        "replicates": 2,
        "baseline": "voluntary",
        "schemes": (),
        "design": None,
        "levers": None,
        "uncertainties": None,
        "points": 16,
        "table": None,
        "outcomes": (),
    }
    return SweepSettings(**(given | changes))


def scenarios(*names):
    return {name: compose([f"scheme={name}", *SMALL]) for name in ("voluntary", *names)}


def planned(*swept, seed=5, **changes):
    names = swept or ("monthly_minimum",)
    rows = scenarios(*(name for name in names if name != "voluntary"))
    return sweep(settings(**changes), rows, names, seed)


# Points


def test_a_full_factorial_has_every_combination_and_the_last_factor_changes_fastest():
    found = planned(
        levers={PENALTY: [0, 0.1]}, uncertainties={LEARNING: [0.02, 0.1, 0.2]}
    )
    levels = [tuple(p.levels.values()) for p in found.points("monthly_minimum")]
    assert levels == [(a, b) for a in (0, 0.1) for b in (0.02, 0.1, 0.2)]


def test_the_baseline_is_run_once_a_world_without_the_levers():
    found = planned(levers={PENALTY: [0.1, 0.3]}, uncertainties={LEARNING: [0.02, 0.2]})
    own = [p for p in found.design.points if p.schemes == ("voluntary",)]
    assert [p.levels for p in own] == [
        {PENALTY: 0.0, LEARNING: 0.02},
        {PENALTY: 0.0, LEARNING: 0.2},
    ]
    assert len(found.design.runs) == (4 + 2) * 2
    for point in found.points("monthly_minimum"):
        there = found.design.points[found.without[point.number]]
        assert there.levels[LEARNING] == point.levels[LEARNING]


def test_without_levers_all_schemes_are_run_at_the_same_points():
    found = planned(uncertainties={LEARNING: [0.02, 0.2]})
    assert found.without == {0: 0, 1: 1}
    assert len(found.design.runs) == 2 * 2 * 2


def test_the_baseline_is_swept_too_if_it_is_named():
    found = planned("voluntary", levers={PENALTY: [0, 0.1]})
    assert [p.number for p in found.points("voluntary")] == [0, 1]
    assert found.without == {0: 2, 1: 2}


def test_points_have_their_numbers_and_runs_are_sorted():
    found = planned(
        "monthly_minimum",
        "review_linked",
        levers={PENALTY: [0, 0.1]},
        uncertainties={LEARNING: "span"},
    )
    design = found.design
    assert [p.number for p in design.points] == list(range(len(design.points)))
    order = {name: k for k, name in enumerate(design.schemes)}
    runs = [(order[r.scheme], r.point, r.replicate) for r in design.runs]
    assert runs == sorted(runs)


def test_one_at_a_time_starts_where_each_scheme_rests():
    found = planned(
        "monthly_minimum",
        "review_linked",
        design="one_at_a_time",
        levers={PENALTY: [0.1, 0.3]},
        uncertainties={LEARNING: [0.02]},
    )
    rest = {name: s for name, s in found.design.schemes.items() if name != "voluntary"}
    for name, scenario in rest.items():
        first, *others = [p.levels for p in found.points(name)]
        assert first == {k: level(scenario, k) for k in (PENALTY, LEARNING)}
        for levels in others:
            assert sum(levels[k] != first[k] for k in levels) == 1
    # The minimum is published with a penalty of 0.1, the review with none.
    assert [len(found.points(name)) for name in rest] == [3, 4]


def test_a_latin_hypercube_has_one_point_in_every_slice_of_every_factor():
    found = planned(
        design="latin_hypercube",
        points=10,
        levers={PENALTY: {"low": 0, "high": 1}},
        uncertainties={LEARNING: {"low": 0, "high": 0.5}},
    )
    for key, high in ((PENALTY, 1.0), (LEARNING, 0.5)):
        values = [p.levels[key] for p in found.points("monthly_minimum")]
        slices = sorted(math.floor(10 * value / high) for value in values)
        assert slices == list(range(10))


def test_a_sobol_sequence_is_balanced_in_every_pair_of_quarters():
    found = planned(
        design="sobol",
        points=16,
        levers={PENALTY: {"low": 0, "high": 1}},
        uncertainties={LEARNING: {"low": 0, "high": 1}},
    )
    cells = [
        (int(4 * p.levels[PENALTY]), int(4 * p.levels[LEARNING]))
        for p in found.points("monthly_minimum")
    ]
    assert sorted(cells) == [(a, b) for a in range(4) for b in range(4)]


def test_more_points_of_a_sobol_sequence_keep_the_first_ones():
    def rows(points):
        found = planned(design="sobol", points=points, uncertainties={LEARNING: "span"})
        return [p.levels[LEARNING] for p in found.design.points]

    assert rows(100) == rows(128)[:100]


@pytest.mark.parametrize("kind", ["sobol", "latin_hypercube"])
def test_a_sample_follows_from_the_seed(kind):
    def digest(seed):
        return planned(design=kind, uncertainties={LEARNING: "span"}, seed=seed).digest

    assert digest(5) == digest(5)
    assert digest(5) != digest(6)


def test_a_sample_draws_from_an_address_that_no_run_uses():
    from model.draws import Purpose

    assert max(Purpose) < designs.ADDRESS
    ours = designs.generator(5).random(3)
    assert np.array_equal(ours, designs.generator(5).random(3))


@pytest.mark.parametrize(
    ("points", "near"), [(64, None), (1, None), (60, 64), (65, 64), (97, 128)]
)
def test_the_plan_names_the_nearest_power_of_two(points, near):
    found = planned(design="sobol", points=points, uncertainties={LEARNING: "span"})
    said = "\n".join(expectation.lines(found))
    assert (f"take {near} " in said) if near else ("powers of two" not in said)


# What a lever does


def test_a_lever_is_pulled_in_the_scheme_and_nowhere_else():
    found = planned(levers={PENALTY: [0.3]}, uncertainties={LEARNING: [0.2]})
    jobs = {run.scheme: found.design.job(run).scenario for run in found.design.runs}
    assert jobs["monthly_minimum"].quota.penalty == 0.3
    assert jobs["voluntary"].quota == Scenario().quota
    assert jobs["voluntary"].people.learning == jobs["monthly_minimum"].people.learning


def test_the_baseline_of_a_world_runs_as_if_there_were_no_levers():
    found = planned(levers={PENALTY: [0.3]}, uncertainties={LEARNING: [0.2]})
    [run] = [r for r in found.design.runs if r[0] == "voluntary" and r[2] == 1]
    ours = simulate(*found.design.job(run))
    plain = compose([*SMALL, "people.learning=0.2"])
    theirs = simulate(plain, found.design.seed, 1)
    assert np.array_equal(ours.weeks["output"], theirs.weeks["output"])


def test_a_lever_that_is_switched_off_is_named():
    found = planned(
        "monthly_minimum", "review_linked", levers={"quota.amount": [40, 400]}
    )
    assert found.dead == (("quota.amount", "review_linked"),)
    said = "\n".join(expectation.lines(found))
    assert "quota.amount does nothing in review_linked" in said


def test_a_lever_that_switches_its_part_on_is_not_dead():
    found = planned(
        "review_linked", levers={"quota.amount": [40, 400], PENALTY: [0, 0.1]}
    )
    assert found.dead == ()


def test_one_at_a_time_a_lever_must_work_where_it_moves():
    found = planned(
        "monthly_minimum",
        "review_linked",
        design="one_at_a_time",
        levers={"quota.amount": [40, 112, 400], PENALTY: [0, 0.1]},
    )
    assert found.dead == (("quota.amount", "review_linked"),)
    assert "4 points, 2 schemes" in next(expectation.lines(found))


def test_a_lever_that_stays_where_it_is_is_not_dead():
    found = planned(design="one_at_a_time", levers={PENALTY: [0.1]})
    assert found.dead == ()


def test_a_lever_is_set_in_every_phase_in_which_its_part_works():
    amazon = compose(["scheme=amazon_2026"])
    assert [p.scheme.leaderboard.has_weight() for p in amazon.phases] == [True, False]
    changed = at(amazon, {"leaderboard.status": 0.9, "participation.penalty": 0.7})
    assert changed.leaderboard.status == 0.9
    assert changed.phases[1].scheme.leaderboard == amazon.phases[1].scheme.leaderboard
    assert [p.scheme.participation.penalty for p in changed.phases] == [0.7, 0.7]


def test_a_part_that_works_in_no_phase_is_set_in_all():
    amazon = compose(["scheme=amazon_2026"])
    changed = at(amazon, {PENALTY: 0.2})
    assert [p.scheme.quota.penalty for p in changed.phases] == [0.2, 0.2]


def test_levels_at_which_a_scenario_is_already_change_nothing():
    amazon = compose(["scheme=amazon_2026"])
    assert at(amazon, {LEARNING: amazon.people.learning}) is amazon


def test_the_largest_organisation_decides_the_size_of_parts():
    key = "organisation.employees"
    found = planned(uncertainties={key: [10, 30]})
    assert found.design.employees == 30
    sizes = {
        found.design.job(r).scenario.organisation.employees for r in found.design.runs
    }
    assert sizes == {10, 30}


# Refused designs


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({}, ["changes nothing", "study.levers="]),
        ({"design": "sobool"}, ["sobool", "sobol?"]),
        ({"design": "table"}, ["study.table=FILE"]),
        (
            {"design": "sobol", "table": "points.csv"},
            ["study.table=points.csv", "study.design=sobol"],
        ),
        (
            {"levers": {PENALTY: {"levels": 1000}, "quota.amount": {"levels": 1000}}},
            ["1000 x 1000 levels make 1,000,000 points", "200,000", "sobol"],
        ),
        (
            {"levers": {PENALTY: {"levels": 10_000}}, "replicates": 100_000},
            ["1,000,100,000 runs", "10,000,000"],
        ),
    ],
)
def test_a_design_that_cannot_be_run_is_refused(changes, words):
    with pytest.raises(UserError) as refused:
        planned(**changes)
    for word in words:
        assert word in str(refused.value)


def test_nothing_to_hold_against_the_baseline_is_refused():
    with pytest.raises(UserError, match="nothing is held against voluntary"):
        planned("voluntary", uncertainties={LEARNING: "span"})


def test_a_point_that_makes_no_scenario_is_named():
    with pytest.raises(UserError) as refused:
        planned(
            levers={"quota.weeks": [4, 30], PENALTY: [0.1]},
            uncertainties={LEARNING: [0.1]},
        )
    message = str(refused.value)
    for word in ("scheme monthly_minimum, point 1", "quota.weeks=30", "26 weeks"):
        assert word in message


# Tables


def table(tmp_path, text, name="points.csv", **changes):
    path = tmp_path / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return planned(table=str(path), **changes)


GOOD = "quota.penalty,people.rule\n0.1,logit\n0.2, prospect\n"


def test_a_row_of_a_table_is_a_point(tmp_path):
    found = table(tmp_path, "people.rule,quota.penalty\nlogit,0.1\n4,0.2\n")
    assert found.kind == "table"
    levels = [p.levels for p in found.points("monthly_minimum")]
    assert levels == [
        {PENALTY: 0.1, "people.rule": 0.0},
        {PENALTY: 0.2, "people.rule": 4.0},
    ]
    assert [f.kind for f in found.factors] == ["lever", "uncertainty"]


def test_a_parquet_table_says_the_same_as_a_csv(tmp_path):
    columns = {PENALTY: [0.1, 0.2], "people.rule": ["logit", "prospect"]}
    pq.write_table(pa.table(columns), tmp_path / "points.parquet")
    parquet = planned(table=str(tmp_path / "points.parquet"))
    assert parquet.digest == table(tmp_path, GOOD).digest


@pytest.mark.parametrize(
    "text",
    [
        "quota.penalty;people.rule\n0,1;logit\n0,2;prospect\n",
        "\n \nquota.penalty;people.rule\n0.1;logit\n;\n0.2;prospect\n",
        "quota.penalty\tpeople.rule\n0,1\tlogit\n0,2\tprospect\n",
    ],
)
def test_a_table_of_a_spreadsheet_says_the_same_as_a_csv(tmp_path, text):
    assert table(tmp_path, text, name="P.CSV").digest == table(tmp_path, GOOD).digest


def test_a_table_lies_within_what_the_study_declares(tmp_path):
    found = table(
        tmp_path,
        GOOD,
        levers={PENALTY: {"low": 0, "high": 0.2}},
        uncertainties={"people.rule": None},
    )
    assert len(found.points("monthly_minimum")) == 2


TABLES = {
    "empty": ("", ["points.csv is empty"]),
    "no rows": ("quota.penalty\n", ["points.csv", "no rows"]),
    "not text": (b"quota.penalty\n\xff\n", ["UTF-8"]),
    "quote": ('quota.penalty\n"0.1\n', ["cannot read", "CSV"]),
    "no parameter": ("quota.penlty\n0.1\n", ["column quota.penlty", "quota.penalty?"]),
    "weeks": ("weeks\n52\n", ["weeks cannot be a factor"]),
    "column twice": ("quota.penalty,quota.penalty\n0,1\n", ["quota.penalty twice"]),
    "column without name": ("quota.penalty,\n0,1\n", ["column 2 has no name"]),
    "short row": (
        "quota.penalty,quota.amount\n0,1\n0\n",
        ["row 2 (line 3)", "1 values", "2 columns"],
    ),
    "word": (
        "quota.penalty,quota.amount\n0,1\n\n0,many\n",
        ["row 2 (line 4), column quota.amount", "'many'", "a number"],
    ),
    "empty cell": ("quota.penalty,quota.amount\n0,\n", ["row 1 (line 2)", "is empty"]),
    "out of bounds": (
        "quota.penalty\n0.1\n17\n",
        ["row 2 (line 3), column quota.penalty", "17", "[0, 10]"],
    ),
    "infinite": ("quota.penalty\ninf\n", ["row 1", "inf", "finite"]),
    "choice": ("people.rule\nlogti\n", ["row 1", "'logti'", "logit?"]),
    "same point": ("quota.penalty\n0.1\n0.2\n0.10\n", ["row 3", "row 1", "replicates"]),
}


@pytest.mark.parametrize(("text", "words"), TABLES.values(), ids=TABLES)
def test_a_mistake_in_a_table_is_named_with_row_and_column(text, words, tmp_path):
    with pytest.raises(UserError) as refused:
        table(tmp_path, text)
    message = str(refused.value)
    assert message.count("\n") <= 2
    for word in words:
        assert word in message


DECLARED = {
    "missing column": (
        {"levers": {PENALTY: "span", "quota.amount": "span"}},
        ["no column quota.amount"],
    ),
    "unknown column": (
        {"levers": {PENALTY: "span"}},
        ["the column people.rule", "Declared are quota.penalty"],
    ),
    "outside the range": (
        {
            "levers": {PENALTY: {"low": 0, "high": 0.15}},
            "uncertainties": {"people.rule": None},
        },
        ["row 2 (line 3), column quota.penalty", "is 0.2", "0 to 0.15"],
    ),
    "not among the levels": (
        {
            "levers": {PENALTY: None},
            "uncertainties": {"people.rule": ["logit", "imitation"]},
        },
        ["row 2", "prospect", "logit, imitation"],
    ),
}


@pytest.mark.parametrize(("changes", "words"), DECLARED.values(), ids=DECLARED)
def test_a_table_that_is_not_as_declared_is_refused(changes, words, tmp_path):
    if "uncertainties" not in changes and "amount" in str(changes):
        changes = changes | {"uncertainties": {"people.rule": None}}
    with pytest.raises(UserError) as refused:
        table(tmp_path, GOOD, **changes)
    for word in words:
        assert word in str(refused.value)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("nowhere.csv", ["does not exist"]),
        ("points.txt", [".csv or .parquet"]),
        (".", ["is a folder"]),
    ],
)
def test_a_file_that_cannot_be_a_table_is_named(name, words, tmp_path):
    (tmp_path / "points.txt").write_text(GOOD)
    with pytest.raises(UserError) as refused:
        planned(table=str(tmp_path / name))
    for word in [f"study.table={tmp_path / name}", *words]:
        assert word in str(refused.value)


def test_a_damaged_parquet_file_is_named(tmp_path):
    with pytest.raises(UserError, match=r"cannot read .*points\.parquet as Parquet"):
        table(tmp_path, b"PAR1 nothing", name="points.parquet")


# The plan


def test_the_plan_counts_points_runs_and_worlds():
    found = planned(levers={PENALTY: [0, 0.1]}, uncertainties={LEARNING: "span"})
    first, second, *_ = expectation.lines(found)
    assert "full_factorial, 4 points, 1 scheme, 2 replicates: 12 runs" in first
    assert "without the levers in 2 worlds" in second


def test_a_pilot_expects_the_time_and_the_size_of_the_whole(monkeypatch):
    found = planned(uncertainties={LEARNING: {"levels": 30}})
    clock = iter(range(0, 1000, 2))
    ticking = SimpleNamespace(perf_counter=lambda: float(next(clock)))
    monkeypatch.setattr(expectation, "time", ticking)
    expected = expectation.pilot(found.design, threads=2)
    # By this clock the second run is the last: two threads, one round, 2 + 2 + 2 s.
    assert expected.runs == 2
    assert expected.seconds == 6.0 * 120 / 2
    assert 120 * 1_000 < expected.size < 120 * 50_000


@pytest.mark.parametrize(
    ("engine", "threads", "said"),
    [
        (["engine.threads=3"], 3, "on 3 threads (from"),
        (
            ["engine=dask", "engine.workers=4", "engine.threads=2"],
            1,
            "on 1 thread, shared out to all threads of the cluster (from",
        ),
    ],
    ids=["threads", "dask"],
)
def test_the_plan_promises_no_threads_that_are_not_known(
    engine, threads, said, monkeypatch
):
    asked = []

    def pilot(design, threads):
        asked.append(threads)
        return expectation.Pilot(2, 80.0, 3e7)

    monkeypatch.setattr(expectation, "pilot", pilot)
    screen = Console(file=StringIO(), width=200)
    levers = "study.levers={quota.penalty: [0, 0.1]}"
    words = ["study=sweep", "study.schemes=[monthly_minimum]", levers, *engine]
    announce(screen, plan(ask(words)), False)
    assert asked == [threads]
    assert f"Expected: about 80 s {said}" in screen.file.getvalue()


def test_durations_and_sizes_are_said_in_fitting_units():
    assert [expectation.duration(x) for x in (0.1, 80, 600, 7200)] == [
        "1 s",
        "80 s",
        "10 min",
        "2.0 h",
    ]
    assert [expectation.size(x) for x in (1e5, 3e7, 2.5e9)] == [
        "less than 1 MB",
        "30 MB",
        "2.5 GB",
    ]


def test_a_scheme_without_weight_is_not_at_work():
    assert not at_work(Quota())
    assert at_work(Quota(penalty=0.1))


# Numbers of roles

DEVELOPERS = "workforce.developer."
FIRM = ["workforce.roles={developer: 0.5, clerk: 0.5}", "organisation.team_size=5"]


def of_firm(**changes):
    rows = {
        name: compose([f"scheme={name}", *SMALL, *FIRM])
        for name in ("voluntary", "monthly_minimum")
    }
    return sweep(settings(**changes), rows, ["monthly_minimum"], 5)


def test_a_number_of_a_role_is_a_factor_like_any_other():
    found = of_firm(uncertainties={f"{DEVELOPERS}gain": [0.5, 1.0]})
    for run in found.design.runs:
        gains = [r.gain for r in found.design.job(run).scenario.workforce.roles]
        assert gains == [0.5 if run.point == 0 else 1.0, 0.6]
    unchanged = at(found.design.schemes["voluntary"], {f"{DEVELOPERS}gain": 1.0})
    assert unchanged is found.design.schemes["voluntary"]


def test_a_share_is_a_factor_and_the_other_roles_take_the_rest():
    found = of_firm(uncertainties={f"{DEVELOPERS}share": [0.25, 0.5]})
    mixes = [found.design.job(run).scenario.workforce for run in found.design.runs]
    shares = {tuple(role.share for role in mix.roles) for mix in mixes}
    assert shares == {(0.25, 0.75), (0.5, 0.5)}


def test_a_range_of_a_number_of_a_role_is_around_its_own_value():
    found = of_firm(uncertainties={f"{DEVELOPERS}suitability": "span"})
    levels = [p.levels[f"{DEVELOPERS}suitability"] for p in found.design.points]
    assert levels == pytest.approx([0.51, 0.71])


@pytest.mark.parametrize(
    ("uncertainties", "words"),
    [
        ({"workforce.manager.gain": [0.5, 1]}, "nobody has the role manager"),
        ({"workforce.developer.gian": [1]}, "did you mean workforce.developer.gain"),
        ({f"{DEVELOPERS}gain": [20]}, "workforce.developer.gain is 20"),
        ({f"{DEVELOPERS}share": [1.0]}, "leaves nobody for clerk"),
        ({f"{DEVELOPERS}share": [0.05]}, "the role developer, which gets no team"),
        ({f"{DEVELOPERS}spread": [0.43]}, "too wide for a mean suitability"),
        ({"workforce": [1]}, "such as workforce.developer.gain"),
    ],
)
def test_numbers_of_roles_that_cannot_be_are_refused_by_name(uncertainties, words):
    with pytest.raises(UserError, match=words):
        of_firm(uncertainties=uncertainties)


def test_the_number_of_a_role_is_no_lever():
    with pytest.raises(UserError, match=r"a factor of study\.uncertainties"):
        of_firm(levers={f"{DEVELOPERS}gain": [0.5, 1.0]})
