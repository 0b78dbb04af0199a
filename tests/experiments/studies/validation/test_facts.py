"""The facts that rest on effects, panels and peers, and their estimators.

Synthetic panels are drawn by NumPy with seeds in sight; what they should give is known.
A fact must be able to fail: for several, the model is changed so that the fact no
longer has a reason, and the verdict turns.
"""

import importlib
import math
from functools import cache
from types import SimpleNamespace

import numpy as np
import pytest

from experiments import compose
from experiments.runs.trial import Trial, runs
from experiments.statistics.estimators.effects import (
    difference_in_differences,
    effect,
    level,
    percent,
)
from experiments.statistics.estimators.panel import within
from experiments.statistics.estimators.peers import (
    instrumented,
    mates_mean,
    outside_mean,
    slopes,
    teams,
)
from experiments.statistics.finding import Verdict
from experiments.studies.validation.facts import load
from experiments.studies.validation.peer_trial import peer_trials
from experiments.studies.validation.silent import SILENT
from experiments.studies.validation.stepwise import watch
from model import Scenario, Simulation
from model.outcomes import NAMES

FACTS = (
    "pressure",
    "contagion",
    "diversion",
    "base_rate",
    "sanctions",
    "benefit",
    "able_gamers",
    "status",
    "rank_response",
    "tournament",
    "monitoring",
    "in_group",
    "spillover",
    "fake_stock",
    "persistence",
    "congestion",
    "review_queue",
    "skill_compression",
    "office_use",
    "gestures",
    "tiers",
)
TINY = Trial(seed=5, people=120, replicates=3, threads=1)
SMALL = Trial(seed=5, people=200, replicates=6, threads=1)
PANELS = 300
FOUR_SIGMA = 4.0 * math.sqrt(0.95 * 0.05 / PANELS)


def covered(estimates, truth):
    """Share of intervals that hold the truth."""
    return np.mean(
        [low <= truth <= high for low, high in (e.interval for e in estimates)]
    )


def done(**weeks):
    """Runs of which only weekly outcomes are known, one for each row."""
    rows = len(next(iter(weeks.values())))
    return [
        SimpleNamespace(weeks={name: np.array(y[k]) for name, y in weeks.items()})
        for k in range(rows)
    ]


# Effects


def test_the_level_is_the_mean_from_a_week_on():
    ours = done(output=[[1.0, 2.0, 6.0], [0.0, 4.0, 8.0]])
    np.testing.assert_array_equal(level(ours, "output", 1), [4.0, 6.0])


def test_effects_are_taken_within_replicates():
    ours, twin = done(output=[[3.0], [5.0]]), done(output=[[2.0], [4.0]])
    np.testing.assert_array_equal(effect(ours, twin, "output"), [1.0, 1.0])
    np.testing.assert_array_equal(percent(ours, twin, "output"), [50.0, 25.0])


def test_what_differed_before_and_what_changes_for_all_drop_out_of_a_did():
    generator = np.random.default_rng(1)
    ours, theirs, trend = generator.normal(size=(3, 8))
    before = (ours, theirs)
    after = (ours + trend + 0.7, theirs + trend)
    np.testing.assert_allclose(difference_in_differences(before, after), 0.7)


def test_a_scheme_without_weight_has_an_effect_of_exactly_zero():
    nothing = compose(["scheme=voluntary", "weeks=26"])
    empty = compose(["scheme=voluntary", "bonus=usage", "bonus.rate=0", "weeks=26"])
    without, ours = runs([nothing, empty], TINY)
    for outcome in ("reported_tokens", "output", "padding_share"):
        np.testing.assert_array_equal(effect(ours, without, outcome), 0.0)


# Panels


def panel(generator, slope, people=60, weeks=12):
    """A panel in which able people and late weeks have more of the regressor."""
    able, late = generator.normal(size=(people, 1)), np.linspace(0.0, 1.0, weeks)
    x = able + late + generator.normal(size=(people, weeks))
    luck = generator.normal(size=(people, weeks)).cumsum(axis=1) * 0.3
    return slope * x + 3.0 * able - 2.0 * late + luck, x


def test_fixed_effects_find_a_slope_that_pooling_misses():
    generator = np.random.default_rng(2)
    y, x = panel(generator, slope=-0.5, people=2000)
    [found] = within(y, [x])
    pooled = np.polyfit(x.ravel(), y.ravel(), 1)[0]
    assert found.value == pytest.approx(-0.5, abs=4.0 * found.error)
    assert pooled > 0.5


@pytest.mark.parametrize("slope", [-0.5, 0.0])
def test_intervals_of_panel_slopes_hold_the_truth_where_weeks_depend(slope):
    generator = np.random.default_rng(3)
    found = [within(*_asked(generator, slope))[0] for _ in range(PANELS)]
    assert covered(found, slope) == pytest.approx(0.95, abs=FOUR_SIGMA + 0.01)


def _asked(generator, slope):
    y, x = panel(generator, slope)
    return y, [x]


def test_two_regressors_are_told_apart():
    generator = np.random.default_rng(4)
    y, x = panel(generator, slope=0.3, people=500)
    other = x + generator.normal(size=x.shape)
    first, second = within(y + 0.8 * other, [x, other])
    assert first.value == pytest.approx(0.3, abs=4.0 * first.error)
    assert second.value == pytest.approx(0.8, abs=4.0 * second.error)


def test_what_never_varies_within_people_has_no_slope():
    y, x = panel(np.random.default_rng(5), slope=1.0)
    constant = np.repeat(x[:, :1], x.shape[1], axis=1)
    assert all(math.isnan(found.value) for found in within(y, [x, constant]))


# Peers


def test_the_mean_over_mates_leaves_out_the_person():
    values = np.array([1.0, 2.0, 6.0, 10.0, 20.0])
    np.testing.assert_array_equal(mates_mean(values, 3), [4.0, 3.5, 1.5, 20.0, 10.0])


def test_whoever_has_no_mates_has_no_exposure():
    found = mates_mean(np.array([1.0, 2.0, 6.0]), 2)
    np.testing.assert_array_equal(found, [2.0, 1.0, np.nan])


def test_the_outside_peers_are_those_whom_the_model_shows():
    scenario = Scenario(
        organisation=Scenario().organisation.model_copy(update={"employees": 40})
    )
    simulation = Simulation(scenario, seed=3, replicate=2)
    values = simulation.staff["skill"].copy()
    shown = values[simulation._outside].mean(axis=1)
    np.testing.assert_array_equal(outside_mean(values, scenario, 3, 2), shown)


def peers(generator, slope, people=400, size=8):
    """Outcomes that rise with a trait of mates; teams share their luck."""
    trait = (generator.uniform(size=people) < 0.6).astype(float)
    exposure, team = mates_mean(trait, size), teams(people, size)
    luck = generator.normal(size=team.max() + 1)[team] + generator.normal(size=people)
    return slope * exposure + luck, exposure, team


@pytest.mark.parametrize("slope", [0.0, 1.5])
def test_intervals_of_peer_slopes_hold_the_truth_where_teams_share_luck(slope):
    generator = np.random.default_rng(6)
    found = []
    for _ in range(PANELS):
        y, exposure, team = peers(generator, slope)
        found += slopes(y, [exposure], [], team)
    # With 50 teams clustered errors are a little too small (Cameron and
    # Miller 2015; to be checked).
    assert covered(found, slope) == pytest.approx(0.95, abs=FOUR_SIGMA + 0.02)


def test_the_instrument_finds_imitation_where_plain_regression_finds_reflection():
    generator = np.random.default_rng(7)
    people, size, imitation = 24_000, 8, 0.4
    trait = generator.normal(size=people)
    team = teams(people, size)
    shared = generator.normal(size=team.max() + 1)[team]
    alone = trait + shared + generator.normal(size=people)
    # y = alone + imitation * mean of mates' y, solved team by team.
    others = (np.ones((size, size)) - np.eye(size)) / (size - 1)
    solve = np.linalg.inv(np.eye(size) - imitation * others)
    y = (alone.reshape(-1, size) @ solve.T).ravel()
    mates = mates_mean(y, size)
    moved = instrumented(y, mates, mates_mean(trait, size), [trait], team)
    [plain] = slopes(y, [mates], [trait], team)
    assert moved.value == pytest.approx(imitation, abs=4.0 * moved.error)
    assert moved.error < 0.05
    assert plain.value > imitation + 0.2


def test_a_trial_of_peers_finds_nothing_where_nothing_passes_between_people():
    apart = ["peers.norm_relief=0", "people.savvy_contact=0", "peers.teaching=0"]
    apart += ["peers.forum_practice=0", "peers.forum_tricks=0"]
    apart += ["peers.rework_padding=0", "peers.rework_misuse=0"]
    alone = compose(["scheme=no_review", "bonus=usage", *apart, "weeks=30"])
    for one in peer_trials(alone, TINY):
        assert one.willing.any()
        np.testing.assert_array_equal(one.padding[one.spared], 0.0)
        np.testing.assert_array_equal(one.output[one.spared], 0.0)


def test_a_trial_of_peers_keeps_half_of_the_willing_from_padding():
    paid = compose(["scheme=no_review", "bonus=usage", "weeks=30"])
    for one in peer_trials(paid, SMALL._replace(replicates=2)):
        kept = one.mates.mean() / (1.0 - paid.people.never_gamers)
        assert kept == pytest.approx(0.5, abs=0.1)
        assert (one.padding[~one.spared] >= 0.0).all()
        assert one.mates_padding.mean() > 0.0


def test_what_is_watched_is_what_runs_give():
    scenario = compose(["scheme=review_linked", "weeks=26"])

    def output(simulation):
        place = NAMES.index("output")
        return [float(simulation.step()[place]) for _ in range(26)]

    [recorded] = runs([scenario], TINY)
    watched = watch(scenario, TINY, output)
    np.testing.assert_array_equal(watched, [run.weeks["output"] for run in recorded])


# Facts

ASIDES = {
    "able_gamers": 2,
    "base_rate": 3,
    "benefit": 2,
    "congestion": 2,
    "contagion": 1,
    "diversion": 3,
    "fake_stock": 4,
    "monitoring": 1,
    "persistence": 3,
    "rank_response": 6,
    "review_queue": 3,
    "sanctions": 3,
    "skill_compression": 3,
    "status": 1,
    "tiers": 1,
    "tournament": 2,
}


@cache
def tiny(name):
    """The findings of a fact on very few people."""
    return load(name).find(TINY)


@pytest.mark.parametrize("name", FACTS)
def test_a_fact_gives_estimates_or_cannot_say(name):
    for found in tiny(name):
        if found.verdict is not Verdict.UNKNOWN:
            assert found.low <= found.estimate <= found.high, found


@pytest.mark.parametrize("name", FACTS)
def test_every_finding_could_fail(name):
    for found in tiny(name):
        assert found.least < found.most
        if found.verdict is not Verdict.ASIDE:
            assert math.isfinite(found.least) or math.isfinite(found.most), found


def test_only_these_facts_have_numbers_of_which_nothing_is_expected():
    asides = {
        name: sum(found.verdict is Verdict.ASIDE for found in tiny(name))
        for name in FACTS
    }
    assert {name: number for name, number in asides.items() if number} == ASIDES


@pytest.mark.parametrize("name", FACTS)
def test_what_is_given_is_given_in_a_fact_that_says_why(name):
    marked = [found for found in tiny(name) if found.is_given]
    counted = len(tiny(name)) > len(marked) + ASIDES.get(name, 0)
    if marked:
        assert load(name).given
        assert load(name).given.startswith("In part: ") == counted


@pytest.mark.parametrize("name", FACTS)
def test_a_fact_is_told_apart_by_its_quantities(name):
    quantities = [found.quantity for found in tiny(name)]
    assert len(set(quantities)) == len(quantities)


@pytest.mark.parametrize("name", FACTS)
def test_a_fact_comes_with_an_explanation(name):
    assert len(load(name).explanation) > 40


def test_silence_has_a_reason():
    assert len({one.name for one in SILENT}) == len(SILENT)
    assert all(len(one.why) > 40 and "evidence" in one.source for one in SILENT)


# Facts that lose their reason


def find(monkeypatch, name, planted, trial=SMALL):
    """Findings of a fact in a model with something planted in every scenario."""
    module = importlib.import_module(f"experiments.studies.validation.facts.{name}")
    monkeypatch.setattr(module, "compose", lambda asked: compose([*asked, *planted]))
    return {found.quantity: found for found in module.FACT.find(trial)}


@pytest.mark.parametrize("name", FACTS)
def test_where_nobody_pads_a_fact_has_numbers_or_cannot_say(name, monkeypatch):
    for found in find(monkeypatch, name, ["people.never_gamers=1"], TINY).values():
        unsaid = (Verdict.UNKNOWN, Verdict.ASIDE)
        assert math.isfinite(found.estimate) or found.verdict in unsaid


HOLDS, FAILS, UNKNOWN = Verdict.HOLDS, Verdict.FAILS, Verdict.UNKNOWN
STABLE = ("people.learning=0", "people.forgetting=0", "people.belief_rate=0")
UNIMITATED = ("people.savvy_own=0", "people.savvy_contact=0")
UNTAUGHT = tuple(f"peers.{k}=0" for k in ("teaching", "forum_practice", "forum_tricks"))
SCARCE = ("contagion", "benefit", "persistence")
"""Trials so small that whoever leaves is missed: there everybody stays."""
FROM_NONE = "all mates willing to pad against none"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "quantity", "planted", "before", "after"),
    [
        pytest.param(
            "pressure",
            "commission: real output",
            ["people.never_gamers=1", "technology.loss=0"],
            HOLDS,
            FAILS,
            id="pressure does no harm where AI always helps and nobody pads",
        ),
        pytest.param(
            "contagion",
            f"commission: log own output, {FROM_NONE}",
            ["peers.rework_padding=1"],
            UNKNOWN,
            FAILS,
            id="output depends on mates where their padding is dear",
        ),
        pytest.param(
            "in_group",
            "commission: own padding, all outsiders seen willing against none",
            ["peers.team_weight=1"],
            FAILS,
            UNKNOWN,
            id="outsiders raise no padding where only mates are looked at",
        ),
        pytest.param(
            "diversion",
            "the same at equal use and equal tasks: padding instead of manual work",
            ["technology.padding_time=0"],
            HOLDS,
            UNKNOWN,
            id="padding that takes no time takes no output",
        ),
        pytest.param(
            "sanctions",
            "reported less true under sanctions",
            ["people.never_gamers=1"],
            UNKNOWN,
            FAILS,
            id="there is no gap where nobody pads",
        ),
        pytest.param(
            "benefit",
            "participation target, without gestures: real output",
            ["technology.loss=0.5"],
            HOLDS,
            FAILS,
            id="a target harms where AI often harms",
        ),
        pytest.param(
            "able_gamers",
            "padding and skill at work",
            ["people.padding_skill=0.9"],
            FAILS,
            HOLDS,
            id="the able pad more where padding is their skill",
        ),
        pytest.param(
            "rank_response",
            "even worth of rank: last fifth less middle",
            ["leaderboard.curvature=1"],
            FAILS,
            HOLDS,
            id="the last respond most where only the ends count",
        ),
        pytest.param(
            "tournament",
            "stronger review against the ordinary one: dressing up",
            ["technology.dressing_most=0"],
            HOLDS,
            FAILS,
            id="a tournament in output breeds no dressing up where none is possible",
        ),
        pytest.param(
            "monitoring",
            "slope among people who would ever pad",
            ["audit.sensitivity=0", "audit.false_positive=1"],
            HOLDS,
            FAILS,
            id="audits that punish the honest breed padding",
        ),
        pytest.param(
            "spillover",
            "elasticity of own output in mates' output a week before, seen, at equal "
            "misuse by mates",
            ["peers.productivity=0"],
            UNKNOWN,
            FAILS,
            id="no spill-over is found where there is none",
        ),
        pytest.param(
            "fake_stock",
            "found out within two years",
            ["people.never_gamers=1"],
            HOLDS,
            FAILS,
            id="nobody is found out where nobody pads",
        ),
        pytest.param(
            "persistence",
            "both removed: tokens over no scheme",
            [*STABLE, *UNIMITATED, *UNTAUGHT],
            HOLDS,
            UNKNOWN,
            id="nothing stays where nothing is learnt",
        ),
        pytest.param(
            "congestion",
            "adoption by review: throughput",
            ["people.effort=0", "people.never_gamers=1", "technology.loss=0"],
            FAILS,
            HOLDS,
            id="a review lets more through where AI helps and no effort is lost",
        ),
        pytest.param(
            "review_queue",
            "adoption by taste: growth of what waits less that of throughput",
            ["peers.review_capacity=10"],
            HOLDS,
            UNKNOWN,
            id="nothing waits where seniors have the time",
        ),
        pytest.param(
            "office_use",
            "trivial use: rise in the office less that of engineers",
            ["review.weight=0"],
            HOLDS,
            FAILS,
            id="nobody uses more where use does not count",
        ),
        pytest.param(
            "gestures",
            "gestures in a week",
            ["people.gesture_scruple=1"],
            HOLDS,
            FAILS,
            id="nobody makes gestures who has a scruple",
        ),
        pytest.param(
            "tiers",
            "now and then",
            ["people.reluctance_sd=0.3"],
            FAILS,
            HOLDS,
            id="fewer use AI now and then where tastes differ more",
        ),
        pytest.param(
            "skill_compression",
            "gain of the least skilled third less that of the most skilled",
            ["technology.skill_gradient=-0.2"],
            HOLDS,
            FAILS,
            id="experts gain more where the gradient is turned round",
        ),
    ],
)
def test_a_fact_without_its_reason_has_another_verdict(
    name, quantity, planted, before, after, monkeypatch
):
    stay = ["people.quit_hazard=0"] if name in SCARCE else []
    assert find(monkeypatch, name, stay)[quantity].verdict is before
    assert find(monkeypatch, name, [*stay, *planted])[quantity].verdict is after
