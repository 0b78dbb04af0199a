"""Spread by contact: growth, decay and what remains, on the actual network."""

import numpy as np
import pytest

from experiments.runs.trial import Trial
from experiments.studies.verification.results import spread as verification
from model.theory import spread

TRIAL = Trial(seed=11, people=400, replicates=4)
TEAM = np.array([0, 0, 0, 1, 1, 1])
OUTSIDE = np.array([[3, 3], [4, 5], [5, 3], [0, 1], [2, 2], [1, 0]])


@pytest.fixture(scope="module")
def checks():
    return verification.RESULT.check(TRIAL)


@pytest.fixture
def attention():
    return spread.attention(TEAM, OUTSIDE, 0.7)


def test_weekly_epidemic_has_its_golden_value():
    assert spread.endemic(0.05, 0.1, 8) == pytest.approx(0.71692, abs=5e-6)


def test_epidemic_stays_below_that_of_continuous_time():
    assert spread.endemic(0.05, 0.1, 8) < 1.0 - 0.1 / (0.05 * 8)


def test_epidemic_dies_at_its_threshold():
    assert spread.endemic(0.05, 0.4, 8) == 0.0
    assert spread.endemic(0.05, 0.399, 8) > 0.0


def test_savvy_of_equals_is_an_epidemic_with_one_contact(attention):
    padding, contact, decay = 0.5, 0.4, 0.05
    m = spread.shown(attention, np.full(6, padding))
    after = spread.next_week(np.full(6, 0.3), m, contact, decay)
    alike = spread.infected_next(0.3, contact * padding, decay, k=1)
    np.testing.assert_allclose(after, alike, rtol=1e-14)


def test_attention_sums_to_one(attention):
    np.testing.assert_allclose(attention.sum(axis=1), 1.0, rtol=1e-14)


def test_attention_goes_to_mates_and_to_peers(attention):
    row = [0.0, 0.35, 0.35, 0.3, 0.0, 0.0]  # who sees person 3 twice
    np.testing.assert_allclose(attention.toarray()[0], row, rtol=1e-14)


def test_without_peers_outside_the_team_is_all_there_is():
    alone = spread.attention(TEAM, np.zeros((6, 0), int), 0.7).toarray()
    np.testing.assert_allclose(alone[0], [0.0, 0.5, 0.5, 0.0, 0.0, 0.0])


def test_leading_mode_is_that_of_dense_algebra(attention):
    m = spread.shown(attention, np.array([0.5, 0.0, 0.4, 0.3, 0.5, 0.2]))
    mode = spread.leading(m)
    values = np.linalg.eigvals(m.toarray())
    assert mode.radius == pytest.approx(np.abs(values).max(), rel=1e-10)
    np.testing.assert_allclose(m.T @ mode.left, mode.radius * mode.left, atol=1e-12)


def test_equals_keep_the_share_of_the_closed_form(attention):
    m = spread.shown(attention, np.full(6, 0.5))
    steady = spread.remains(m, contact=0.4, decay=0.05)
    np.testing.assert_allclose(steady, 1.0 - 0.05 / (0.4 * 0.5), rtol=1e-9)


def test_nothing_remains_below_the_threshold(attention):
    m = spread.shown(attention, np.full(6, 0.5))
    assert spread.remains(m, contact=0.4, decay=0.25).max() < 1e-9


def test_what_remains_stays(attention):
    m = spread.shown(attention, np.array([0.5, 0.0, 0.4, 0.3, 0.5, 0.2]))
    steady = spread.remains(m, contact=0.9, decay=0.1)
    after = spread.next_week(steady, m, contact=0.9, decay=0.1)
    np.testing.assert_allclose(after, steady, rtol=1e-10)


def test_shares_wander_as_stated(attention):
    padding, sd = np.array([0.5, 0.0, 0.4, 0.3, 0.5, 0.2]), 0.02
    rates = {"contact": 0.9, "decay": 0.1}
    m = spread.shown(attention, padding)
    steady = spread.remains(m, **rates)
    of = np.full(6, 1.0 / 6.0)
    stated = spread.wander(steady, attention, padding, np.full(6, sd), of, **rates)
    rng = np.random.default_rng(7)
    shares, weeks = np.repeat(steady[:, None], 500, axis=1), 400
    total = np.zeros(500)
    for _ in range(weeks):
        shown = padding[:, None] + sd * rng.standard_normal(shares.shape)
        learnt = rates["contact"] * (attention @ (shown * shares))
        shares = (1.0 - rates["decay"]) * shares + (1.0 - shares) * learnt
        total += of @ shares
    means = total / weeks
    assert means.std(ddof=1) * weeks**0.5 == pytest.approx(stated.sd, rel=0.12)
    below = of @ steady - means.mean()
    assert below < stated.below + 4.0 * means.std(ddof=1) / 500**0.5


def test_simulation_agrees(checks):
    assert [check for check in checks if not check.holds] == []


def test_theory_without_the_network_would_be_noticed(checks):
    growing, _, steady, *_ = checks
    radius = verification.PADDING * 0.6  # everybody meets everybody, .4 never pad
    rates = verification.GROWING
    assert not growing._replace(theory=spread.growth(radius, *rates)).holds
    contact, decay = verification.LASTING
    assert not steady._replace(theory=1.0 - decay / (contact * radius)).holds


def test_contact_that_is_five_per_cent_stronger_would_be_noticed(checks):
    growing, fading, *_ = checks
    for check, rates in (
        (growing, verification.GROWING),
        (fading, verification.FADING),
    ):
        stronger = check.theory + 0.05 * (check.theory - (1.0 - rates.decay))
        assert not check._replace(theory=stronger).holds
