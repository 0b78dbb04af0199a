"""The quota notch: C7, the model's own rule, and their agreement with the engine."""

import numpy as np
import pytest
from scipy.special import expit
from scipy.stats import lognorm, norm

from experiments.runs.trial import Trial
from experiments.studies.verification.results import notch as verification
from model.theory import notch as theory

TRIAL = Trial(seed=1, people=300, replicates=4)
OWN = (0.2, verification.USUAL, verification.BLUR)
"""The usual cramming and choice noise, and hardly any other uncertainty."""
NATURAL = lognorm(0.9, scale=np.exp(-0.5))
HARD = theory.Outlook(quota=1.0, uncertainty=1e-9, cramming=0.0, choice_noise=1e-6)


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
    """Of the single chance of C7."""
    return np.array([0.3 - 0.8 * (1.0 - x)])


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


def test_of_two_chances_one_is_enough():
    p = expit(np.array([-0.5, 0.2]) / 0.1)
    found = theory.logit_excess_mass(
        lambda x: 1.0, 0.0, 1.0, lambda x: np.array([-0.5, 0.2]), 0.1
    )
    assert found == pytest.approx(p[0] + p[1] - p[0] * p[1], rel=1e-9)


def test_the_largest_of_ten_tastes_is_worth_2_8_noises_more():
    tastes = np.arange(-60.0, 60.0, 0.001)
    mean = np.sum((tastes > 0.0) - expit(tastes) ** 10) * 0.001
    assert mean == pytest.approx(2.83, abs=0.005)


def hard(cramming):
    return HARD._replace(cramming=cramming)


@pytest.mark.parametrize("cramming", [0.0, 0.1, 0.2, 0.3, 0.4, 0.5])
@pytest.mark.parametrize("need", [0.2, 0.3, 0.45, 0.55, 0.8])
def test_the_recursion_without_noise_pads_as_the_bands_say(cramming, need):
    natural = np.linspace(0.0503, 1.2003, 116)
    found = theory.ends(people(natural, 0.6 / need), hard(cramming))
    most, extra = theory.farthest(cramming, need), 0.1875 - natural / 10.0
    expected = theory.padded_half_days(natural, extra, 1.0, most)
    np.testing.assert_allclose(found.padded, expected, atol=1e-6)
    assert set(expected) == set(range(int(np.ceil(most)) + 1))


@pytest.mark.parametrize(
    ("cramming", "times", "most"),
    [(0.0, 5.0, 1.0), (0.2, 2.0, 1.5), (0.2, 4.0, 2.6), (1.0, 2.5, 1.0)],
)
def test_how_far_people_fill_up_hangs_on_cramming_and_stake(cramming, times, most):
    assert theory.farthest(cramming, 1.0 / times) == pytest.approx(most, abs=0.05)


@pytest.mark.parametrize("need", [0.15, 1.0, 1.5])
def test_the_bands_say_nothing_where_safety_pays_or_nothing_does(need):
    with pytest.raises(ValueError, match="not between"):
        theory.farthest(0.2, need)


def test_with_full_cramming_and_a_large_stake_some_start_and_give_up():
    """Without noise: who lacks 2.2 padded half-days pads one and misses the quota."""
    with pytest.raises(ValueError, match="gaps between the bands"):
        theory.farthest(1.0, 0.25)
    lacks = 2.2
    natural = theory.marginal_by_half_days(1.0, 0.1875, lacks)
    found = theory.ends(people(natural, 4.0 * 0.6), hard(1.0))
    assert found.padded[0] == pytest.approx(1.0)
    assert found.met[0] == pytest.approx(0.0, abs=1e-9)


def test_a_half_day_before_the_last_gains_at_most_0_38_with_full_cramming():
    lacking = np.linspace(-3.0, 12.0, 1501)
    gained = np.array([theory.gained(lacks, 1.0) for lacks in lacking])
    assert gained[:, 1:].max() == pytest.approx(2.0 * norm.cdf(0.5) - 1.0, abs=1e-4)
    assert gained[:, 0].max() == 1.0


def test_without_cramming_every_half_day_gains_the_whole_stake_or_nothing():
    for lacking, whole in ((-0.1, 0.0), (0.4, 1.0), (1.0, 1.0), (1.1, 0.0)):
        assert (theory.gained(lacking, 0.0) == whole).all()


@pytest.mark.parametrize(("times", "pads"), [(6.0, False), (6.6, True)])
def test_who_gets_there_anyway_pads_for_safety_if_the_stake_is_large(times, pads):
    """Where it differs from C7: natural use is just above the quota, C7 asks none."""
    found = theory.ends(people(1.0001, times * 0.6), hard(0.2))
    assert found.padded[0] == pytest.approx(float(pads), abs=1e-6)


@pytest.mark.parametrize("cramming", [0.0, 0.2, 1.0])
def test_where_one_padded_half_day_meets_the_quota_cost_and_stake_decide(cramming):
    """C7 for tau -> 0, whatever the cramming: each half-day reaches the quota at once.

    Its cost falls with natural use, to that of the stake at the marginal buncher.
    """
    natural = np.linspace(0.0503, 1.2003, 116)
    cost = 1.2 - 0.8 * natural  # 0.7 at the marginal buncher, 0.625
    who = people(natural, 0.7, cost=cost, padding=1.25)
    found = theory.ends(who, hard(cramming))
    expected = (natural > 0.625) & (natural < 1.0)
    np.testing.assert_allclose(found.padded, expected.astype(float), atol=1e-6)


def test_a_week_ends_somehow():
    outlook = theory.Outlook(1.0, uncertainty=0.5, cramming=0.3, choice_noise=0.12)
    reached = theory.week(people([0.2, 0.7, 1.4], 1.2), outlook)
    np.testing.assert_allclose(reached.sum(axis=(0, 1)), 1.0, rtol=1e-12)
    used, padded = np.indices(reached.shape[:2])
    assert (reached[used + padded > 10] == 0.0).all()


@pytest.mark.parametrize("cramming", [0.0, 0.2, 1.0])
def test_once_the_quota_is_met_people_choose_as_if_there_were_none(cramming):
    """A quota of 0 is met from the start; without a stake it is none."""
    outlook = theory.Outlook(0.0, 1.0, cramming, choice_noise=0.12)
    met = theory.week(people([0.2, 0.7], 5.0), outlook)
    none = theory.week(people([0.2, 0.7], 0.0), outlook)
    np.testing.assert_allclose(met, none, rtol=1e-12)


def test_with_cramming_who_lacks_little_waits_for_the_last_half_days():
    """At a stake of twice the cost, padding is worth it in the last two alone."""
    gained = theory.gained(0.3, 0.2)
    assert (gained[:2] > 0.5).all()
    assert (gained[2:] < 0.5).all()


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
    right = theory.gained
    last = np.arange(10) == 0
    monkeypatch.setattr(
        theory, "gained", lambda *given: np.where(last, right(*given), 0.0)
    )
    larger = Trial(seed=1, people=600, replicates=8)
    assert reds(verification.itself(0.0, verification.SMALL, larger))


def test_another_reach_turns_the_check_of_bunching_red(monkeypatch):
    """As if people with cramming counted on no further padding."""
    monkeypatch.setattr(theory, "farthest", lambda *given: 1.0)
    assert reds(verification.bunching(0.2, 4.0, TRIAL))


@pytest.mark.parametrize(
    "wrong",
    [{"cramming": 0.3}, {"quota": 1.1}, {"choice_noise": 0.2}, {"uncertainty": 0.5}],
    ids=lambda wrong: next(iter(wrong)),
)
def test_an_outlook_that_differs_turns_the_recursion_red(monkeypatch, wrong):
    right = theory.ends
    monkeypatch.setattr(
        theory, "ends", lambda who, outlook: right(who, outlook._replace(**wrong))
    )
    assert reds(verification.recursion(*OWN, TRIAL))


def test_without_doubt_about_cramming_the_recursion_turns_red(monkeypatch):
    right = theory.doubt
    monkeypatch.setattr(
        theory, "doubt", lambda pace, hope, *more: right(pace, 0.0 * hope, *more)
    )
    assert reds(verification.recursion(*OWN, TRIAL))


def test_if_a_quota_that_is_met_still_counted_the_recursion_would_turn_red(monkeypatch):
    right = theory.chance
    monkeypatch.setattr(
        theory, "chance", lambda so_far, *more: right(0.0 * so_far, *more)
    )
    larger = Trial(seed=1, people=600, replicates=8)
    assert reds(
        verification.recursion(0.2, verification.USUAL, verification.WIDE, larger)
    )


@pytest.mark.parametrize("more", [-1, 1])
def test_half_a_day_less_or_more_turns_every_exact_outlook_red(monkeypatch, more):
    right = theory.worths
    monkeypatch.setattr(
        theory, "worths", lambda *given: right(*given[:3], given[3] + more)
    )
    checks = verification.outlooks(0.2, TRIAL)
    assert len(reds(checks)) == len(checks)


def test_without_patience_the_weeks_before_the_last_turn_red(monkeypatch):
    right = verification.longer(0.2)
    forgotten = right.people.model_copy(update={"patience": 1.0})
    monkeypatch.setattr(
        verification, "longer", lambda cramming: right.varied(people=forgotten)
    )
    checks = verification.outlooks(0.2, TRIAL)
    assert len(reds(checks)) == len(checks) - 2
