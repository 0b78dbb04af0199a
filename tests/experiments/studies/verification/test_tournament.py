"""A board of the k best against the tournament of Lazear and Rosen."""

import math

import numpy as np
import pytest

from experiments.runs.trial import Trial
from experiments.studies.verification.results import tournament as verification
from model.theory import tournament

TRIAL = Trial(seed=11, people=400, replicates=4)


@pytest.fixture(scope="module")
def checks():
    return verification.RESULT.check(TRIAL)


@pytest.mark.parametrize(
    ("n", "k", "golden"),
    [(2, 1, 0.28209), (10, 1, 0.15388), (50, 5, 0.17055)],
)
def test_marginal_incentive_has_its_golden_values(n, k, golden):
    assert tournament.marginal(n, k) == pytest.approx(golden, abs=5e-6)


def test_two_rivals_have_the_closed_form():
    exact = 1.0 / (2.0 * math.sqrt(math.pi) * 3.0)
    assert tournament.marginal(2, 1, sigma=3.0) == pytest.approx(exact, rel=1e-12)


def test_large_field_has_its_golden_value():
    limit = tournament.marginal_in_a_large_field(0.1)
    assert limit == pytest.approx(0.17550, abs=5e-6)


def test_finite_fields_tend_to_the_large_one():
    limit = tournament.marginal_in_a_large_field(0.1)
    away = [limit - tournament.marginal(n, 0.1 * n) for n in (100, 1000, 10_000)]
    assert away[0] / away[1] == pytest.approx(10.0, rel=0.05)
    assert away[1] / away[2] == pytest.approx(10.0, rel=0.05)


def test_board_of_250_of_85000_pulls_19_and_a_half_times_less_than_a_top_decile():
    large, small = (
        tournament.marginal_in_a_large_field(q) for q in (0.1, verification.META)
    )
    assert large / small == pytest.approx(19.5, abs=0.05)


def test_as_many_losers_as_winners_make_no_difference():
    assert tournament.marginal(50, 5) == pytest.approx(tournament.marginal(50, 45))


def test_no_prize_and_a_prize_for_all_are_refused():
    for k in (0, 10):
        with pytest.raises(ValueError, match=f"place {k} of 9"):
            tournament.marginal(10, k)


def test_better_of_two_has_the_known_mean():
    assert tournament.cut_mean(2, 1) == pytest.approx(1.0 / math.sqrt(math.pi))


def test_cut_between_two_places_is_interpolated():
    first, second = tournament.cut_mean(100, 5), tournament.cut_mean(100, 6)
    between = tournament.cut_mean(100, 5.25)
    assert between == pytest.approx(0.75 * first + 0.25 * second, rel=1e-12)


def test_incentive_is_highest_at_the_cut():
    abilities = np.linspace(-3.0, 3.0, 601)
    cut = tournament.cut_among(abilities, np.ones(601), 0.1)
    incentive = tournament.marginal_at(abilities, cut, 1.0)
    assert abilities[incentive.argmax()] == pytest.approx(cut, abs=0.01)
    assert np.all(np.diff(np.sign(np.diff(incentive))) <= 0)


def test_cut_among_equals_is_the_quantile():
    cut = tournament.cut_among(np.full(5, 2.0), np.full(5, 0.5), 0.1)
    assert cut == pytest.approx(2.0 + 0.5 * 1.2815516, abs=1e-6)


def test_simulation_agrees(checks):
    assert [check for check in checks if not check.holds] == []


def test_more_prizes_than_there_are_would_be_noticed(checks):
    by_name = {check.quantity: check for check in checks}
    found = by_name["Chance to be listed gained per sd of score, board of 10 %"]
    wrong = tournament.marginal(TRIAL.people, 0.12 * TRIAL.people)
    assert not found._replace(theory=wrong).holds


def test_people_more_uncertain_than_they_should_be_would_be_noticed(monkeypatch):
    monkeypatch.setattr(verification, "VARIATION", 1.3 * verification.VARIATION)
    checks = verification.check(TRIAL)
    noticed = [check.quantity for check in checks if not check.holds]
    assert "Chance to be listed gained per sd of score, board of 10 %" in noticed
    assert not any(quantity.startswith("Cut") for quantity in noticed)
