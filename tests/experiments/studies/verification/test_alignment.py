"""Cosines and needles of what is rewarded, in theory and in the shipped schemes."""

import numpy as np
import pytest

from experiments.config.catalogue import CONFIGS
from experiments.runs.trial import Trial
from experiments.studies.verification.results import alignment
from model import Bonus, Measure, Quota, Review, Scenario
from model.theory.alignment import (
    best_rate,
    budget_cosine,
    cosine,
    efficiency,
    slope,
    surplus,
)
from model.theory.needle import PAID, Game, actions
from model.theory.needle import slope as slope_of_c3

REAL, MEASURED = np.array([2.0, 1.0, -0.5]), np.array([1.0, 0.0, 1.0])
"""C2: AI use, manual work and padding; tokens count use and padding."""
GAME = Game(np.array([1.6, -0.2, 1.0]), np.array([2.0, 3.0, 1.5]))
"""C3: use, padding, manual work."""
SEED = 17
TRIAL = Trial(seed=SEED, people=200, replicates=2, threads=1)


def test_the_best_bonus_is_the_golden_one():
    assert best_rate(REAL, MEASURED) == pytest.approx(0.75, abs=1e-12)
    assert efficiency(REAL, MEASURED) == pytest.approx(0.214286, abs=5e-7)


def test_the_best_bonus_reaches_cos_squared_of_the_first_best():
    rates = np.linspace(0.0, 2.0, 2001)
    found = surplus(REAL, MEASURED, rates)
    assert rates[found.argmax()] == pytest.approx(0.75)
    first_best = 0.5 * (REAL**2).sum()
    assert found.max() / first_best == pytest.approx(efficiency(REAL, MEASURED))


def test_twice_the_best_bonus_leaves_no_surplus():
    assert surplus(REAL, MEASURED, 1.5) == pytest.approx(0.0, abs=1e-12)
    assert surplus(REAL, MEASURED, 1.6) < 0.0


def test_no_bonus_helps_where_the_cosine_is_negative():
    real = np.array([0.2, 1.0, -0.5])
    assert cosine(real, MEASURED) < 0.0
    assert efficiency(real, MEASURED) == 0.0
    assert surplus(real, MEASURED, 0.01) < 0.0


def test_within_a_time_budget_the_slope_is_the_golden_one_of_c3():
    found = slope(GAME.value, PAID, 1.0 / GAME.cost)
    assert found == pytest.approx(-0.044444, abs=5e-7)
    assert found == pytest.approx(slope_of_c3(GAME), rel=1e-12)


def test_the_slope_is_what_a_bonus_does_to_the_best_amounts():
    step = 1e-6
    more, less = (actions(GAME, 0.5, 0.5 + d, 1.0) for d in (step, -step))
    change = GAME.value @ (more - less) / (2.0 * step)
    assert slope(GAME.value, PAID, 1.0 / GAME.cost) == pytest.approx(change, rel=1e-6)


def test_the_phase_boundary_of_c3_is_where_the_budget_cosine_is_zero():
    """(v_a - v_m) / k_a = (v_m + rho) / k_d: with v_a = 1.8 here."""
    for use, sign in ((1.79, -1.0), (1.81, 1.0)):
        value = np.array([use, -0.2, 1.0])
        assert np.sign(budget_cosine(value, PAID, 1.0 / GAME.cost)) == sign


def test_a_common_yield_of_all_activities_does_not_matter():
    found = budget_cosine(REAL + 5.0, MEASURED - 2.0, np.ones(3))
    assert found == pytest.approx(budget_cosine(REAL, MEASURED, np.ones(3)))
    assert cosine(REAL + 5.0, MEASURED) > cosine(REAL, MEASURED)


def test_an_activity_that_is_not_open_does_not_matter():
    open_to = np.array([1.0, 1.0, 0.0])
    found = budget_cosine(
        np.array([1.0, 1.2, -9.0]), np.array([0.0, 1.0, 5.0]), open_to
    )
    assert found == pytest.approx(1.0)


def test_the_cosines_are_those_of_the_engine():
    found = list(alignment.cosines(TRIAL))
    assert [c.quantity for c in found if not c.holds] == []


def test_without_the_filter_the_cosine_of_a_blend_is_another(monkeypatch):
    right = alignment.blend_of

    def unfiltered(scenario, part):
        return right(scenario, part).model_copy(update={"filter": 0.0})

    monkeypatch.setattr(alignment, "blend_of", unfiltered)
    wrong = [c.quantity for c in alignment.cosines(TRIAL) if not c.holds]
    assert wrong == ["budget cosine of a filtered blend, mean over people"]


FEW = ("monthly_minimum", "everything_at_once")


def few():
    return {n: s for n, s in alignment.shipped().items() if n in FEW}


def test_every_part_moves_people_as_their_needle_says():
    found = list(alignment.immediate(few(), TRIAL))
    assert [c.quantity for c in found if not c.holds] == []
    assert len(found) >= 11


def test_a_needle_of_the_wrong_sign_is_noticed(monkeypatch):
    right = alignment.pulls
    monkeypatch.setattr(alignment, "pulls", lambda *given: -right(*given))
    found = list(alignment.immediate(few(), TRIAL))
    assert not found[0].holds
    assert not found[-1].holds


def test_a_table_row_says_what_a_part_counts_and_does():
    table = alignment.table(few(), TRIAL).set_index(["scheme", "incentive"])
    quota = table.loc[("monthly_minimum", "quota")]
    assert quota["measure"] == "tokens"
    assert quota["cosine"] < 0.0
    assert quota["needle"] < 0.0
    assert np.isnan(table.loc[("everything_at_once", "audit"), "cosine"])


def test_what_a_part_counts_is_said_in_words():
    blend = Measure(tokens=0.5, output=0.5)
    scenario = Scenario(measure=blend, bonus=Bonus(rate=1.0), quota=Quota(penalty=0.1))
    assert alignment.counts(scenario, "bonus") == "0.5 tokens + 0.5 output"
    assert alignment.counts(scenario, "quota") == "tokens"
    assert alignment.counts(scenario, "review") == "output"
    seen = scenario.varied(review=Review(visible=True))
    assert alignment.counts(seen, "review").endswith("as usage, beside output")


APART = (
    *("no_review", "risk_gate"),  # nothing of their own that pays or costs anybody
    *("balanced_card", "quality_gated", "response_time", "time_saved_survey"),
    "automation_count",
)
"""The latter count what is said, found, left waiting or automated: no cosine."""


def test_every_shipped_scheme_with_incentives_is_in_the_table():
    files = (CONFIGS / "scheme").glob("*.yaml")
    assert sorted([*alignment.SHIPPED, *APART]) == sorted(f.stem for f in files)
