"""Shares of the activities: the theory itself, and its agreement with the engine."""

import numpy as np
import pytest
from scipy.integrate import dblquad
from scipy.stats import norm

from experiments.runs.trial import Trial
from experiments.studies.verification.results import choice_shares as verification
from model.theory import choice_shares as theory

TRIAL = Trial(seed=1, people=300, replicates=4)
SETTING = theory.Setting(
    own_value=0.5, choice_noise=0.12, judgement_noise=0.12, loss=0.3, padding_loss=0.5
)


def person(top_gain=0.6, belief=0.1, reluctance=0.15, conscience=0.3, may_pad=True):
    values = [1.2, top_gain, belief, reluctance, conscience]
    return theory.People(*(np.array([v]) for v in values), np.array([may_pad]))


def pay(genuine, padding):
    return theory.Pay(np.array([genuine]), np.array([padding]))


def reds(checks):
    return [check.quantity for check in checks if not check.holds]


def test_shares_are_double_integrals_over_task_and_error():
    one, paid = person(), pay(0.2, 0.4)

    def genuine(error, x):
        judged = np.array([[x + SETTING.judgement_noise * error]])
        p = theory.chances(one, SETTING, paid, judged)[1, 0, 0]
        return p * norm.pdf(error)

    even = theory.break_even(one, SETTING)[0]
    found = theory.shares(one, SETTING, paid)
    for high, share in ((1.0, found.genuine), (even, found.misuse)):
        expected, _ = dblquad(genuine, 0.0, high, -8.0, 8.0, epsabs=1e-9)
        assert share.mean[0] == pytest.approx(expected, abs=1e-7)


def test_two_options_without_error_have_a_closed_form():
    """(tau / k) [ln(1 + e^(v(1)/tau)) - ln(1 + e^(v(0)/tau))], v linear in x."""
    setting = SETTING._replace(judgement_noise=0.0)
    value = 0.5 * 1.2
    at_zero = value * (-0.3 + 0.1) - 0.15 + 0.2
    slope = value * (0.6 + 0.3)
    ends = np.logaddexp(0.0, np.array([at_zero + slope, at_zero]) / 0.12)
    expected = 0.12 / slope * (ends[0] - ends[1])
    found = theory.shares(person(may_pad=False), setting, pay(0.2, 0.4))
    assert found.genuine.mean[0] == pytest.approx(expected, rel=1e-12)
    assert found.padding.mean[0] == 0.0


def test_channels_sum_to_output():
    found = theory.shares(person(), SETTING, pay(0.2, 0.4))
    lost = 1.2 * SETTING.padding_loss * found.padding.mean
    total = 1.2 + found.gain.mean + found.loss.mean - lost
    np.testing.assert_allclose(found.output.mean, total, rtol=1e-12)


def test_without_loss_there_is_no_misuse():
    found = theory.shares(person(), SETTING._replace(loss=0.0), pay(0.0, 0.0))
    assert found.misuse.mean[0] == found.loss.mean[0] == 0.0


def test_the_population_has_the_moments_of_its_law():
    law = theory.Law(0.25, 0.7, 0.25, 0.18, 0.15, (6.0, 2.5), (4.0, 3.0), 0.0, 0.3)
    people, weight = theory.population(law)
    gain = 0.7 * np.exp(0.25**2 / 2.0) * 6.0 / 8.5 * 4.0 / 7.0
    assert weight @ people.productivity == pytest.approx(1.0, rel=1e-9)
    assert weight @ people.top_gain == pytest.approx(gain, rel=1e-9)
    assert weight @ (people.reluctance - 0.18) ** 2 == pytest.approx(0.15**2, rel=1e-9)


def test_the_engine_has_the_shares_of_theory():
    assert reds(verification.check(TRIAL)) == []


@pytest.mark.parametrize(
    "wrong",
    [
        {"own_value": 0.45},
        {"choice_noise": 0.15},
        {"judgement_noise": 0.0},
        {"loss": 0.25},
        {"padding_loss": 0.4},
    ],
    ids=lambda wrong: next(iter(wrong)),
)
def test_a_parameter_that_differs_turns_the_check_red(monkeypatch, wrong):
    right = verification.setting
    monkeypatch.setattr(verification, "setting", lambda s: right(s)._replace(**wrong))
    assert reds(verification.check(TRIAL))


def test_people_who_differ_from_the_law_turn_the_check_red(monkeypatch):
    expected = verification.expected_of
    alike = verification.scenario_of(0.12, verification.RATE)
    monkeypatch.setattr(verification, "expected_of", lambda _: expected(alike))
    assert reds(verification.integrated(verification.different(), TRIAL))


def test_the_gap_falls_with_the_root_of_employees():
    """A factor of 4 expected for 16 times the people; four replicates blur it."""
    first, *_, last = verification.converge(Trial(seed=1, people=1600, replicates=8))
    assert (first.size, last.size) == (100, 1600)
    assert 4.0 / 2.0 < first.gap / last.gap < 4.0 * 2.0
