"""Sensitivity indices, thresholds and the study that finds them."""

import csv
import io
import re
import shlex
import sys
from functools import cache
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.text import Text

from experiments.__main__ import main
from experiments.config.request import ask, schemes
from experiments.errors import UserError
from experiments.store import dataset
from experiments.store.table import Table
from experiments.studies import sensitivity as study
from experiments.studies.sensitivity.figure import screening, shares_of_variance
from experiments.studies.sensitivity.indices import (
    BEYOND,
    NOISY,
    RESAMPLES,
    WIDE,
    WIDE_MORRIS,
    analyse,
    draw,
    salib,
)
from experiments.studies.sensitivity.plan import (
    analyse_scheme,
    quantity,
    sensitivity,
    uncertainties,
)
from experiments.studies.sensitivity.thresholds import Node, flips
from experiments.studies.sensitivity.words import follow_up, sentences

DOCS = Path(__file__).parents[3] / "docs" / "sensitivity.md"
SEED = 5
NAMES = ("c", "a", "b")  # not in alphabetical order: SALib must not sort them
STUDIES = 200
SIGMAS = 4.0
"""Standard errors that a mean over simulated studies may be off."""

TINY = [
    "study=sensitivity",
    "organisation.employees=20",
    "weeks=26",
    "study.samples=2",
    "study.levels=2",
    "study.schemes=[review_linked]",
    "study.uncertainties=[people.learning,people.belief_mean,organisation.team_size]",
]


def ishigami(shares, a=7.0, b=0.1):
    x = np.pi * (2.0 * shares - 1.0)
    return (
        np.sin(x[:, 0]) + a * np.sin(x[:, 1]) ** 2 + b * x[:, 2] ** 4 * np.sin(x[:, 0])
    )


def linear(shares, weights=(1.0, 2.0, 0.0)):
    return shares @ np.array(weights)


def repeated(values, replicates=3):
    return np.tile(values, (replicates, 1))


def known(analysis, index):
    return np.array([row.value for row in analysis.by_name(index).values()])


def planned_of(arguments):
    request = ask(arguments)
    return sensitivity(request.settings, schemes(request), request.seed)


# Indices


def test_sobol_indices_of_ishigami_are_found():
    sample = draw("sobol", NAMES, 2048, True, SEED)
    analysis = analyse(sample, repeated(ishigami(sample.shares)))
    # Ishigami and Homma (1990), a = 7, b = 0.1: V1, V2, V13 over their sum.
    a, b, pi4 = 7.0, 0.1, np.pi**4
    one = 0.5 * (1.0 + b * pi4 / 5.0) ** 2
    two = a**2 / 8.0
    both = b**2 * np.pi**8 * (1.0 / 18.0 - 1.0 / 50.0)
    total = one + two + both
    first = np.array([one, two, 0.0]) / total
    all_of = np.array([one + both, two, both]) / total
    for index, truth in (("S1", first), ("ST", all_of)):
        for row, true in zip(analysis.by_name(index).values(), truth, strict=True):
            assert row.low <= true <= row.high
            assert row.half < 0.1
    pairs = {(r.parameter, r.other): r for r in analysis.indices if r.kind == "S2"}
    assert abs(pairs["c", "b"].value - both / total) < pairs["c", "b"].half
    assert abs(pairs["c", "a"].value) < pairs["c", "a"].half
    assert analysis.variance == pytest.approx(total, rel=0.02)
    assert analysis.noise_share == pytest.approx(0.0, abs=1e-12)
    assert analysis.warnings == ()


def test_without_noise_indices_and_intervals_are_those_of_salib():
    sample = SAMPLE
    values = ishigami(sample.shares)
    problem = {"num_vars": 3, "names": list(NAMES), "bounds": [[0.0, 1.0]] * 3}
    _, _, _, analyze = salib()
    theirs = analyze.analyze(
        problem,
        values,
        calc_second_order=False,
        num_resamples=RESAMPLES,
        seed=sample.seed,
    )
    ours = analyse(sample, repeated(values))
    for index in ("S1", "ST"):
        rows = ours.by_name(index).values()
        np.testing.assert_allclose([r.value for r in rows], theirs[index], atol=1e-12)
        half = [r.half for r in rows]
        np.testing.assert_allclose(half, theirs[f"{index}_conf"], rtol=1e-6)


SAMPLE = draw("sobol", NAMES, 64, False, SEED)
WITHOUT_NOISE = analyse(SAMPLE, repeated(linear(SAMPLE.shares)))


@cache
def studies(noise):
    """Simulated studies of the line with four replicates each."""
    rng = np.random.default_rng(SEED)
    line = linear(SAMPLE.shares)
    return [analyse(SAMPLE, line + noise(rng, SAMPLE.shares)) for _ in range(STUDIES)]


def parts(analysis, index, which):
    """Indices times the variance: the parts of the variance."""
    total = analysis.variance
    if which == "plain":
        total /= 1.0 - analysis.noise_share
    return [getattr(row, which) * total for row in analysis.by_name(index).values()]


def off(values, truth):
    """How many standard errors a mean over studies is off."""
    error = values.std(axis=0, ddof=1) / np.sqrt(len(values))
    # What noise does not reach is off by rounding alone.
    return np.abs(values.mean(axis=0) - truth) / np.maximum(error, 1e-9)


def independent(rng, shares):
    return rng.normal(0.0, 0.7, (4, len(shares)))


def common(rng, shares):
    """The same luck at every point, which bears on the parameter without effect."""
    luck = rng.normal(0.0, 1.0, (4, 2))
    return luck[:, :1] + luck[:, 1:] * (shares[:, 2] - 0.5)


@pytest.mark.parametrize("noise", [independent, common])
@pytest.mark.parametrize("index", ["S1", "ST"])
def test_noise_leaves_the_corrected_parts_of_variance_unbiased(index, noise):
    truth = parts(WITHOUT_NOISE, index, "value")
    corrected = np.array([parts(one, index, "value") for one in studies(noise)])
    assert (off(corrected, truth) < SIGMAS).all()
    plain = np.array([parts(one, index, "plain") for one in studies(noise)])
    if (index, noise) != ("S1", independent):  # there alone noise adds nothing
        assert off(plain, truth).max() > 2.0 * SIGMAS


@pytest.mark.parametrize("index", ["S1", "ST"])
def test_noise_leaves_corrected_indices_unbiased(index):
    truth = known(WITHOUT_NOISE, index)
    found = studies(independent)
    corrected = np.array([known(one, index) for one in found])
    assert (off(corrected, truth) < SIGMAS).all()
    rows = [one.by_name(index).values() for one in found]
    plain = np.array([[row.plain for row in own] for own in rows])
    assert off(plain, truth).max() > 2.0 * SIGMAS


@pytest.mark.parametrize("noise", [independent, common])
@pytest.mark.parametrize("index", ["S1", "ST"])
def test_intervals_hold_the_true_index_as_often_as_stated(index, noise):
    truth = known(WITHOUT_NOISE, index)
    held = []
    for one in studies(noise):
        own = one.by_name(index).values()
        # Without error there is no width: what is left then is rounding.
        held.append(
            [abs(r.value - t) <= r.half + 1e-9 for r, t in zip(own, truth, strict=True)]
        )
    least = 0.95 - SIGMAS * np.sqrt(0.05 * 0.95 / STUDIES)
    assert (np.mean(held, axis=0) >= least).all()


def test_the_share_of_noise_is_found():
    variance = WITHOUT_NOISE.variance
    # A sample of 128 ends shows 127 parts in 128 of the variance of noise.
    noise = 0.7**2 * 127.0 / 128.0
    single = [one.noise_share_single for one in studies(independent)]
    mean = [one.noise_share for one in studies(independent)]
    assert np.mean(single) == pytest.approx(noise / (noise + variance), abs=0.01)
    of_mean = noise / 4.0
    assert np.mean(mean) == pytest.approx(of_mean / (of_mean + variance), abs=0.01)


def test_elementary_effects_of_a_line_are_its_slopes():
    sample = draw("morris", NAMES, 5, False, SEED)
    found = analyse(sample, repeated(linear(sample.shares, (1.0, -2.0, 0.0))))
    np.testing.assert_allclose(known(found, "mu"), [1.0, -2.0, 0.0], atol=1e-12)
    np.testing.assert_allclose(known(found, "mu_star"), [1.0, 2.0, 0.0], atol=1e-12)
    np.testing.assert_allclose(known(found, "sigma"), 0.0, atol=1e-6)
    assert found.ranked == ["a", "c", "b"]


def test_luck_makes_of_no_effect_the_mu_star_that_is_stated():
    sample = draw("morris", NAMES, 20, False, SEED)
    rng = np.random.default_rng(SEED)
    gap, slopes, left = [], [], []
    for _ in range(STUDIES // 2):
        values = linear(sample.shares) + independent(rng, sample.shares)
        found = analyse(sample, values)
        nothing = found.by_name("mu_star")["b"]
        gap.append([nothing.value - nothing.noise])
        slopes.append(known(found, "mu"))
        rows = found.by_name("sigma").values()
        left.append([row.value < row.plain for row in rows])
    assert (off(np.array(gap), 0.0) < SIGMAS).all()
    assert (off(np.array(slopes), np.array([1.0, 2.0, 0.0])) < SIGMAS).all()
    assert np.all(left)


def test_a_block_with_a_missing_value_is_left_out_whole():
    sample = draw("sobol", NAMES, 32, False, SEED)
    values = repeated(linear(sample.shares))
    values[1, 7] = np.nan
    found = analyse(sample, values)
    assert (found.blocks, found.left_out) == (31, 1)
    assert "1 of 32 blocks" in found.warnings[0]
    values[:, 5:] = np.nan
    assert analyse(sample, values).indices == ()


def test_what_nothing_moves_has_no_indices():
    sample = draw("morris", NAMES, 4, False, SEED)
    found = analyse(sample, np.zeros((3, len(sample.shares))))
    assert found.indices == ()
    assert "nothing moves it" in found.warnings[0]


# Warnings


def test_few_samples_are_warned_of():
    sample = draw("sobol", NAMES, 8, False, SEED)
    few = analyse(sample, repeated(ishigami(sample.shares)))
    assert any("wider than ±0.1" in text for text in few.warnings)
    morris = draw("morris", NAMES, 3, False, SEED)
    few = analyse(morris, repeated(ishigami(morris.shares)))
    assert any("order of parameters is uncertain" in text for text in few.warnings)


def of_seeds(seeds, what):
    """A number of each sample's indices, and whether these words are in a warning."""
    for seed in range(seeds):
        sample = draw("sobol", NAMES, 4, False, seed)
        found = analyse(sample, repeated(linear(sample.shares)))
        yield found, any(what in text for text in found.warnings)


def test_indices_outside_their_bounds_are_warned_of():
    seen = set()
    for few, said in of_seeds(20, "outside [0, 1]"):
        values = [row.value for row in few.indices]
        assert said == (min(values) < -0.01 or max(values) > 1.01)
        seen.add(said)
    assert seen == {True, False}


def test_first_indices_that_sum_to_more_than_one_are_warned_of():
    seen = set()
    for few, said in of_seeds(40, "more than 1."):
        assert said == (known(few, "S1").sum() > 1.01)
        seen.add(said)
    assert seen == {True, False}


def test_noise_is_warned_of_and_all_noise_has_no_index():
    sample = draw("sobol", NAMES, 64, False, SEED)
    rng = np.random.default_rng(SEED)
    noisy = linear(sample.shares) + 3.0 * rng.normal(size=(3, len(sample.shares)))
    found = analyse(sample, noisy)
    assert any("Luck makes" in text for text in found.warnings)
    alone = [
        analyse(sample, rng.normal(size=(3, len(sample.shares)))) for _ in range(10)
    ]
    unknown = [one for one in alone if one.indices[0].value is None]
    assert unknown
    for one in unknown:
        assert any("no index is known" in text for text in one.warnings)


# Thresholds


def line(effects, half=0.1, declared=0, parameter="people.learning"):
    return [
        Node("s", parameter, float(k), k == declared, y, y - half, y + half)
        for k, y in enumerate(effects)
    ]


def test_a_threshold_is_where_the_effect_crosses_zero():
    [flip] = flips({"people.learning": line([-1.0, 1.0])})
    assert flip.threshold == pytest.approx(0.5)
    assert (flip.low, flip.high) == pytest.approx((0.45, 0.55))
    assert (flip.below, flip.above, flip.crossings) == (-1, 1, 1)


def test_unclear_levels_lie_in_the_interval_of_a_threshold():
    [flip] = flips({"x": line([1.0, 0.05, -1.0])})
    assert flip.low == pytest.approx(0.9 / 0.95)
    assert 1.0 < flip.threshold < flip.high < 2.0


def test_an_unclear_end_flips_nothing():
    assert flips({"x": line([-1.0, -0.5, 0.05])}) == []
    assert flips({"x": line([0.0, 0.05, 0.3])}) == []


def test_of_several_crossings_the_nearest_counts():
    [flip] = flips({"x": line([1.0, -1.0, -1.0, -1.0, 1.0], declared=3)})
    assert flip.threshold == pytest.approx(3.5)
    assert flip.crossings == 2


def test_the_interval_of_a_threshold_holds_the_true_one_as_often_as_stated():
    planned = planned_of([*TINY, "study.levels=4"])
    numbers = planned.lines["people.learning"]
    at = np.array([p.levels["people.learning"] for p in planned.design.points])
    rng = np.random.default_rng(SEED)
    held = []
    for _ in range(200):
        effect = 40.0 * (0.1 - at[:, None]) + rng.normal(0.0, 0.3, (len(at), 3))
        flip = next(
            (
                f
                for f in analyse_scheme(planned, "s", effect).flips
                if "learning" in f.parameter
            ),
            None,
        )
        if flip:
            held.append(flip.low <= 0.1 <= flip.high)
    assert numbers[0] == 0
    # A flip is only seen where both ends are clear: nearly always here.
    assert len(held) > 190
    assert np.mean(held) > 0.95 - SIGMAS * np.sqrt(0.95 * 0.05 / len(held))


# The study


def test_all_that_nobody_knows_is_uncertain_unless_keys_are_given():
    assert len(uncertainties(None)) > 60
    assert [f.key for f in uncertainties(("people.learning", "people.patience"))] == [
        "people.learning",
        "people.patience",
    ]
    [first, _] = uncertainties(
        {"people.learning": {"low": 0.1, "high": 0.2}, "people.patience": "span"}
    )
    assert (first.low, first.high) == (0.1, 0.2)


def test_the_design_has_the_declared_point_the_sample_and_the_lines():
    planned = planned_of(TINY)
    points = planned.design.points
    assert points[0].levels["people.learning"] == 0.06
    assert len(planned.sample.shares) == 2 * 4
    team = {point.levels["organisation.team_size"] for point in points}
    assert all(size % 1.0 == 0.0 for size in team)
    assert {len(numbers) for numbers in planned.lines.values()} == {3}
    assert len(points) == 1 + 8 + 6
    assert list(planned.design.schemes) == ["voluntary", "review_linked"]
    assert {point.replicates for point in points} == {3}


def test_an_effect_in_percent_is_over_the_baseline_at_the_same_point():
    own, base = np.array([[3.0, 5.0], [1.0, 1.0]]), np.array([[2.0, 2.0], [0.0, 0.0]])
    assert quantity("percent", own, base)[0].tolist() == [50.0, 150.0]
    assert np.isnan(quantity("percent", own, base)[1]).all()
    assert quantity("effect", own, base).tolist() == [[1.0, 3.0], [1.0, 1.0]]


def test_a_flip_is_said_in_a_sentence_with_its_threshold():
    planned = planned_of([*TINY, "study.levels=4"])
    at = np.array([p.levels["people.learning"] for p in planned.design.points])
    luck = np.random.default_rng(SEED).normal(0.0, 0.01, (len(at), 3))
    one = analyse_scheme(planned, "review_linked", 10.0 * (at[:, None] - 0.1) + luck)
    said = " ".join(sentences(planned, one))
    assert "real output falls by 0.4" in said
    assert "One uncertainty flips its sign alone" in said
    assert "(people.learning, declared 0.06) is above 0.10" in said


def test_no_flip_is_said_too():
    planned = planned_of(TINY)
    at = np.array([p.levels["people.learning"] for p in planned.design.points])
    luck = np.random.default_rng(SEED).normal(0.0, 0.01, (len(at), 3))
    one = analyse_scheme(planned, "review_linked", -at[:, None] - 1.0 + luck)
    said = " ".join(sentences(planned, one))
    assert "No single uncertainty flips its sign" in said
    assert "rises in 0 % of 8 sampled worlds" in said


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    out = tmp_path_factory.mktemp("sensitivity") / "out"
    study.run(ask([*TINY, f"out={out}"]))
    return out


def rows_of(path):
    return list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8"))))


def test_the_study_leaves_indices_lines_charts_and_a_page(folder):
    rows = rows_of(folder / "indices.csv")
    assert {row["scheme"] for row in rows} == {"review_linked"}
    kinds = {"noise_share", "noise_share_single", "mu_star", "mu", "sigma"}
    assert {row["index"] for row in rows} == kinds
    assert len(rows_of(folder / "lines.csv")) == 3 * 3
    assert (folder / "thresholds.csv").exists()
    for name in ("sensitivity_review_linked", "thresholds_review_linked"):
        assert (folder / "figures" / f"{name}.png").exists()
        assert (folder / "figures" / f"{name}.svg").exists()
    page = (folder / "report.html").read_text(encoding="utf-8")
    assert "Which uncertainties decide" in page
    assert "people.belief_mean" in page


def test_indices_are_those_of_the_runs(folder):
    request = ask(TINY)
    planned = sensitivity(request.settings, schemes(request), request.seed)
    with (folder / "runs.parquet").open("rb") as file:
        output = dataset.values(dataset.read(file), "output_mean")
    base, own = output.reshape(2, len(planned.design.points), 3)
    percent = 100.0 * (own - base) / base.mean(axis=1, keepdims=True)
    sample = planned.sample
    mean = percent[1:9].mean(axis=1).reshape(2, 4)
    shares = sample.shares.reshape(2, 4, 3)
    stars = {
        row["parameter"]: float(row["value"])
        for row in rows_of(folder / "indices.csv")
        if row["index"] == "mu_star"
    }
    for j, name in enumerate(sample.names):
        step = np.diff(shares[:, :, j], axis=1)
        effects = np.diff(mean, axis=1)[step != 0.0] / step[step != 0.0]
        assert stars[name] == pytest.approx(np.abs(effects).mean(), rel=1e-9)


def test_the_same_command_has_nothing_to_do(folder, capsys):
    study.run(ask([*TINY, f"out={folder}"]))
    said = capsys.readouterr().out
    assert "complete, nothing to do" in said
    assert "Nothing was simulated" in said


def test_an_interrupted_study_goes_on(folder, tmp_path, capsys, monkeypatch):
    def interrupted(*_):
        raise KeyboardInterrupt

    out = tmp_path / "out"
    with monkeypatch.context() as patch:
        patch.setattr(Table, "write", interrupted)
        with pytest.raises(SystemExit) as end:
            study.run(ask([*TINY, f"out={out}"]))
    assert end.value.code == 130
    assert not (out / "indices.csv").exists()
    study.run(ask([*TINY, f"out={out}"]))
    assert "Nothing was simulated" in capsys.readouterr().out
    for name in ("runs.parquet", "indices.csv", "lines.csv", "thresholds.csv"):
        assert (out / name).read_bytes() == (folder / name).read_bytes()


def test_sobol_indices_of_a_level_need_no_effect(tmp_path):
    out = tmp_path / "out"
    arguments = [
        *TINY,
        f"out={out}",
        "study.method=sobol",
        "study.second_order=true",
        "study.quantity=level",
        "study.outcome=genuine_share",
        "study.period=last",
    ]
    study.run(ask(arguments))
    rows = rows_of(out / "indices.csv")
    assert {row["scheme"] for row in rows} == {"voluntary", "review_linked"}
    assert {"S1", "ST", "S2"} <= {row["index"] for row in rows}
    assert len([r for r in rows if r["index"] == "S2"]) == 2 * 3
    assert rows_of(out / "thresholds.csv") == []


def test_a_screening_hands_on_those_that_matter_most():
    arguments = ["study=sensitivity", "study.samples=2", "weeks=30"]
    request = ask(arguments)
    planned = sensitivity(request.settings, schemes(request), request.seed)
    points = planned.design.points
    key = "people.belief_mean"
    at = np.array([[p.levels[key]] * 3 for p in points])
    command = follow_up(request, [analyse_scheme(planned, "recommended", at)])
    assert "study.method=sobol" in command
    assert f"study.uncertainties=[{key}," in command
    assert "weeks=30" in command
    assert "study.samples" not in command


# What a person gets wrong

CASES = {
    "method": (["study.method=soboll"], ["study.method", "sobol?"]),
    "outcome": (["study.outcome=outputt"], ["study.outcome", "output?"]),
    "period": (["study.period=late"], ["study.period", "early, last, whole"]),
    "quantity": (["study.quantity=share"], ["study.quantity", "percent"]),
    "key": (
        ["study.uncertainties=[people.lerning,people.patience]"],
        ["people.learning?"],
    ),
    "lever": (
        ["study.uncertainties=[quota.penalty,people.patience]"],
        ["quota.penalty", "the principal chooses it"],
    ),
    "choice": (
        ["study.uncertainties=[people.rule,people.patience]"],
        ["people.rule", "numbers with an order"],
    ),
    "range": (
        [
            "study.uncertainties="
            "{people.patience: {low: 0, high: 2}, people.learning: span}"
        ],
        ["people.patience", "[0, 1]"],
    ),
    "one key": (["study.uncertainties=[people.patience]"], ["two keys or more"]),
    "twice": (
        ["study.uncertainties=[people.patience,people.patience]"],
        ["people.patience", "twice"],
    ),
    "no keys": (["study.uncertainties=3"], ["study.uncertainties is 3", "keys"]),
    "power of two": (
        ["study.method=sobol", "study.samples=100"],
        ["study.samples is 100", "64 or 128"],
    ),
    "samples": (["study.samples=1"], ["study.samples is 1", "[2,"]),
    "replicates": (["study.replicates=2"], ["study.replicates is 2", "[3,"]),
    "nothing": (["study.schemes=[voluntary]"], ["nothing is held against voluntary"]),
}


@pytest.mark.parametrize("case", CASES)
def test_what_is_wrong_is_said_before_anything_runs(case, tmp_path, capsys):
    arguments, words = CASES[case]
    out = tmp_path / "out"
    with pytest.raises(SystemExit) as end:
        main(["study=sensitivity", f"out={out}", *arguments])
    assert end.value.code == 2
    said = capsys.readouterr().err
    assert len(said.strip().splitlines()) <= 3
    for word in words:
        assert word in said
    assert not out.exists()


def test_without_salib_a_line_says_how_to_get_it(monkeypatch, capsys):
    monkeypatch.setitem(sys.modules, "SALib.analyze", None)
    monkeypatch.setitem(sys.modules, "SALib", None)
    with pytest.raises(SystemExit) as end:
        main(TINY)
    assert end.value.code == 2
    said = capsys.readouterr().err
    assert "SALib" in said
    assert "analysis" in said
    with pytest.raises(UserError, match="SALib"):
        salib()


def test_every_command_of_the_page_can_be_planned():
    commands = re.findall(r"^\$ tokenmaxxing (.*)$", DOCS.read_text("utf-8"), re.M)
    assert len(commands) >= 5
    for command in commands:
        planned = planned_of(shlex.split(command))
        assert len(planned.design.runs) < 200_000


def test_the_bounds_of_warnings_are_those_of_the_page():
    text = " ".join(DOCS.read_text("utf-8").split())
    for bound in (
        f"wider than ±{WIDE:g}",
        f"by more than {BEYOND:g}",
        f"more than {1 + BEYOND:g}",
        f"wider than ±{100 * WIDE_MORRIS:.0f} %",
        f"more than {100 * NOISY:.0f} % of the variance",
    ):
        assert bound in text


def test_charts_say_why_they_are_empty():
    sample = draw("morris", NAMES, 4, False, SEED)
    nothing = analyse(sample, np.zeros((3, len(sample.shares))))
    for draw_it in (screening, shares_of_variance):
        [axes] = draw_it(nothing, "s", "output, %").axes
        assert "the same at every point" in axes.texts[0].get_text()


def test_names_of_elementary_effects_do_not_overlap():
    names = [f"people.parameter_{k}" for k in range(30)]
    sample = draw("morris", names, 6, False, SEED)
    weights = np.linspace(0.5, 1.0, 30) ** 4
    values = linear(sample.shares, weights) + ishigami(sample.shares[:, :3])
    figure = screening(analyse(sample, repeated(values)), "s", "output, %")
    canvas = FigureCanvasAgg(figure)
    canvas.draw()
    texts = [text for text in figure.axes[0].texts if text.get_text()]
    # Of the letters alone, without the line to a mark.
    boxes = [Text.get_window_extent(text, canvas.get_renderer()) for text in texts]
    assert len(boxes) == 10
    assert not any(one.overlaps(other) for one, other in combinations(boxes, 2))
