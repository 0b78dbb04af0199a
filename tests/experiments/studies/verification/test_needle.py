"""The compass needle: theory, finite differences of the engine, and feedback."""

import numpy as np
import pytest

from experiments.runs.trial import Trial
from experiments.statistics.employees import pulls
from experiments.studies.verification.results import needle as verification
from model.theory import choice_shares
from model.theory import needle as theory

TRIAL = Trial(seed=1, people=300, replicates=4)
GAME = theory.Game(np.array([1.6, -0.2, 1.0]), np.array([2.0, 3.0, 1.5]))
"""The golden example of evidence C3."""


def reds(checks):
    return [check.quantity for check in checks if not check.holds]


def test_three_actions_have_their_golden_values():
    amounts = theory.actions(GAME, own_weight=0.5, bonus=0.5, time=1.0)
    np.testing.assert_allclose(amounts, [0.61111, 0.10741, 0.28148], atol=5e-6)
    assert theory.slope(GAME) == pytest.approx(-0.044444, abs=5e-7)


def test_the_slope_of_three_actions_is_that_of_what_they_yield():
    above, below = (GAME.value @ theory.actions(GAME, 0.5, b, 1.0) for b in (0.6, 0.4))
    assert (above - below) / 0.2 == pytest.approx(theory.slope(GAME), rel=1e-9)


def test_actions_that_would_be_negative_are_refused():
    with pytest.raises(ValueError, match="positive"):
        theory.actions(GAME, own_weight=0.5, bonus=0.0, time=0.1)


def test_the_needle_is_the_slope_of_three_actions_where_ease_is_chance_over_noise():
    chances, tau = np.array([0.5, 0.2, 0.3]), 0.12
    game = GAME._replace(cost=tau / chances)
    needle = pulls(chances, GAME.value, theory.PAID, tau)
    assert theory.slope(game) == pytest.approx(needle, rel=1e-12)


def test_the_integrated_needle_is_the_limit_of_its_central_difference():
    one = choice_shares.People(
        *(np.array([v]) for v in (1.2, 0.6, 0.1, 0.15, 0.3)), np.array([True])
    )
    setting = choice_shares.Setting(0.5, 0.12, 0.12, 0.3, 0.5)
    pay = choice_shares.Pay(np.array([0.2]), np.array([0.4]))
    exact = theory.needle(one, setting, pay, pay)[0]
    error = [
        abs(theory.central_difference(one, setting, pay, pay, step)[0] - exact)
        for step in (0.1, 0.05)
    ]
    assert error[0] / error[1] == pytest.approx(4.0, rel=0.02)
    assert error[1] < 0.02 * abs(exact)


@pytest.mark.parametrize("name", verification.INCENTIVES)
def test_every_person_has_the_needle_of_their_first_half_day(name):
    found = verification.slopes(name, TRIAL._replace(replicates=1))
    away = np.abs(found.difference - found.needle)
    # What float64 resolves of probabilities in a difference over 2e-4.
    assert (away <= found.bound + 1e-10).all()
    assert np.abs(found.needle).max() > 1e-3


def test_the_engine_has_the_needle_of_theory():
    assert reds(verification.check(TRIAL)) == []


def test_a_needle_of_another_size_turns_the_check_red(monkeypatch):
    monkeypatch.setattr(verification, "pulls", lambda *given: 1.01 * pulls(*given))
    assert reds([verification.first_half_day("quota", TRIAL)])


def test_an_integrated_needle_of_the_other_sign_turns_both_checks_red(monkeypatch):
    monkeypatch.setattr(verification, "needle", lambda *given: -theory.needle(*given))
    checks = verification.whole_runs(verification.frozen_with(1.0), TRIAL)
    assert len(reds(checks)) == len(checks) == 2


def test_an_integrated_needle_of_another_size_turns_the_check_red(monkeypatch):
    monkeypatch.setattr(
        verification, "needle", lambda *given: 1.5 * theory.needle(*given)
    )
    assert reds(verification.whole_runs(verification.frozen_with(1.0), TRIAL))


def test_rework_turns_the_check_of_no_feedback_red():
    scenario = verification.mechanisms()["rework"]
    checks = verification.whole_runs(scenario, TRIAL)
    assert "feedback where nobody adapts: total derivative less needle" in reds(checks)


def test_rework_on_mates_is_a_negative_feedback():
    scenario = verification.mechanisms()["rework"]
    found = verification.feedback("rework", scenario, TRIAL)
    assert found.feedback < -4.0 * found.error < 0.0
    assert found.total == pytest.approx(found.needle + found.feedback, rel=1e-12)
