"""The quota notch: C7, the model's own rule, and their agreement with the engine."""

import numpy as np
import pytest
from scipy.special import expit
from scipy.stats import lognorm

from experiments.trial import Trial
from experiments.verification import notch as verification
from model.theory import notch as theory

TRIAL = Trial(seed=1, people=300, replicates=4)
NATURAL = lognorm(0.9, scale=np.exp(-0.5))
HARD = theory.Outlook(quota=1.0, uncertainty=1e-9, cramming=0.0, choice_noise=1e-3)


def reds(checks):
    return [check.quantity for check in checks if not check.holds]


def people(natural, stake, cost=0.6, padding=0.1875):
    """People with a score of natural use, a stake and the cost of a padded half-day."""
    natural = np.atleast_1d(natural)
    same = np.ones_like(natural)
    return theory.People(
        genuine=natural / 10.0,
        padding=padding * same,
        pace=natural / 10.0,
        stake=stake * same,
        manual_payoff=-0.05 * same,
        genuine_payoff=0.0 * same,
        padding_payoff=-cost * same,
    )


def surplus(x):
    return np.array(0.3 - 0.8 * (1.0 - x))


def test_the_notch_has_its_golden_values():
    marginal = theory.marginal_buncher(quota=1.0, benefit=0.3, cost=0.8)
    assert marginal == pytest.approx(0.625)
    mass = theory.excess_mass(NATURAL.cdf, 1.0, marginal)
    assert mass == pytest.approx(0.19745, abs=5e-6)


def test_a_quadratic_cost_has_its_own_marginal_buncher():
    marginal = theory.marginal_buncher_quadratic(1.0, benefit=0.3, cost=0.8)
    assert 0.8 * (1.0 - marginal) ** 2 / 2.0 == pytest.approx(0.3)


def test_the_logit_excess_mass_is_the_mean_chance_over_natural_use():
    places = (np.arange(400_000) + 0.5) / 400_000
    x = NATURAL.ppf(places)
    expected = np.mean(np.where(x < 1.0, expit(surplus(x) / 0.05), 0.0))
    found = theory.logit_excess_mass(NATURAL.pdf, 0.0, 1.0, surplus, 0.05)
    assert found == pytest.approx(expected, abs=1e-5)


def test_the_logit_excess_mass_becomes_that_of_best_response():
    found = theory.logit_excess_mass(NATURAL.pdf, 0.0, 1.0, surplus, 1e-4)
    assert found == pytest.approx(0.19745, abs=1e-5)


@pytest.mark.parametrize("crams", [False, True])
def test_the_recursion_without_noise_pads_as_the_rule_says(crams):
    """Away from the steps, where rounding decides."""
    natural = np.linspace(0.0503, 1.2003, 116)
    found = theory.ends(people(natural, 1.2), HARD._replace(cramming=float(crams)))
    extra = 0.1875 - natural / 10.0
    expected = theory.padded_half_days(natural, extra, 1.0, crams)
    np.testing.assert_allclose(found.padded, expected, atol=1e-6)
    assert set(expected) >= ({0, 1, 2, 5} if crams else {0, 1})


def test_a_week_ends_somehow():
    outlook = theory.Outlook(1.0, uncertainty=0.5, cramming=0.3, choice_noise=0.12)
    reached = theory.week(people([0.2, 0.7, 1.4], 1.2), outlook)
    np.testing.assert_allclose(reached.sum(axis=(0, 1)), 1.0, rtol=1e-12)
    used, padded = np.indices(reached.shape[:2])
    assert (reached[used + padded > 10] == 0.0).all()


def test_who_crams_pays_more_than_the_quota_is_worth():
    """Where it differs from C7: 2 stakes of a half-day, but 5 padded ones."""
    stake, cost = 1.2, 0.6
    found = theory.ends(people(0.3, stake, cost), HARD._replace(cramming=1.0))
    assert found.met[0] == pytest.approx(1.0)
    assert found.padded[0] * cost > 2.0 * stake


def test_nobody_plans_two_padded_half_days_without_cramming():
    """Where it differs from C7: two would be worth it."""
    found = theory.ends(people(0.75, stake=10.0), HARD)
    assert found.padded[0] == pytest.approx(0.0, abs=1e-6)


def test_the_engine_bunches_as_theory_says():
    assert reds(verification.check(TRIAL)) == []


def test_another_stake_turns_the_check_of_c7_red(monkeypatch):
    right = verification.c7_mass

    def greedier(low, scenario):
        quota = scenario.quota
        more = quota.model_copy(update={"penalty": 1.3 * quota.penalty})
        return right(low, scenario.varied(quota=more))

    monkeypatch.setattr(verification, "c7_mass", greedier)
    assert reds(verification.itself(0.0, verification.SHARP, TRIAL))


def test_a_single_chance_instead_of_ten_turns_the_check_of_c7_red(monkeypatch):
    right = theory.logit_excess_mass
    monkeypatch.setattr(
        theory, "logit_excess_mass", lambda *given: right(*given[:-1], 1)
    )
    larger = Trial(seed=1, people=600, replicates=8)
    assert reds(verification.itself(0.0, verification.SMALL, larger))


@pytest.mark.parametrize(
    "wrong",
    [{"cramming": 0.0}, {"quota": 1.1}, {"choice_noise": 0.2}, {"uncertainty": 0.5}],
    ids=lambda wrong: next(iter(wrong)),
)
def test_an_outlook_that_differs_turns_the_recursion_red(monkeypatch, wrong):
    right = theory.ends
    monkeypatch.setattr(
        theory, "ends", lambda who, outlook: right(who, outlook._replace(**wrong))
    )
    assert reds(verification.recursion(1.0, verification.USUAL, TRIAL))
