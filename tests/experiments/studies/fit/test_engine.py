"""The engine that infers, on problems whose answer is known in closed form."""

import numpy as np
import pytest

from experiments.studies.fit.bank import Bank
from experiments.studies.fit.held_out import held_out
from experiments.studies.fit.learning import learn
from experiments.studies.fit.misfit import Cloud
from experiments.studies.fit.posterior import Engine, quantiles

WEIGHTS = np.array([[1.0, 0.5, -0.5, 0.0], [0.0, 1.0, 1.0, 0.5]])
NOISE = 0.7


def companies(count, seed, extra=0):
    """Two normal unknowns, and summaries that are linear in them with noise."""
    luck = np.random.default_rng(seed)
    truth = luck.standard_normal((count, 2))
    told = truth @ WEIGHTS + NOISE * luck.standard_normal((count, 4))
    return truth, np.hstack([told, luck.standard_normal((count, extra))])


def nothing(count):
    return np.zeros((count, 1))


def exact(told):
    """Mean and standard deviations of the posterior, by the formula for normals."""
    precision = np.eye(2) + WEIGHTS @ WEIGHTS.T / NOISE**2
    covariance = np.linalg.inv(precision)
    return covariance @ WEIGHTS @ told / NOISE**2, np.sqrt(np.diag(covariance))


def test_a_normal_posterior_has_its_mean_and_sd_within_five_per_cent():
    truth, told = companies(16_000, 1)
    family = np.arange(len(truth))
    engine = Engine.of(told, truth, nothing(len(truth)), family, 1)
    _, panels = companies(40, 2)
    means, spreads = [], []
    for panel in panels:
        draws = engine.draws(panel)
        mean = draws.weights @ draws.values
        spread = np.sqrt(draws.weights @ (draws.values - mean) ** 2)
        expected, sd = exact(panel)
        means.append((mean - expected) / sd)
        spreads.append(spread / sd)
    # The prior's sd is 1: errors of the mean are held against what there is to learn.
    assert np.sqrt(np.mean(np.square(means))) < 0.25
    assert np.abs(np.mean(means, axis=0)).max() < 0.05
    np.testing.assert_allclose(np.mean(spreads, axis=0), 1.0, atol=0.05)


def bank(count, seed, extra):
    truth, told = companies(count, seed, extra)
    numbers = np.repeat(told, 2, axis=0)
    number = np.repeat(np.arange(count), 2)
    names = [f"s{k}" for k in range(numbers.shape[1])]
    made = Bank(names, names, numbers, nothing(0)[:, 0], nothing(0), number, number)
    return made, np.repeat(truth, 2, axis=0)


def coverage(crossed, shares=(0.5, 0.9)):
    within = []
    for seed in range(3):
        made, truth = bank(400, seed, extra=60)
        held = held_out(made, truth, nothing(len(truth)), seed, crossed=crossed)
        within.append([held.within(share).mean() for share in shares])
    return np.mean(within, axis=0)


def test_intervals_hold_the_truth_as_often_as_they_say():
    half, most = coverage(crossed=True)
    assert 0.4 <= half <= 0.6
    assert 0.85 <= most <= 0.95


def test_letting_networks_speak_about_their_teachers_is_noticed():
    _, most = coverage(crossed=False)
    assert most < 0.85


def test_the_same_bank_gives_the_same_draws():
    truth, told = companies(300, 4)
    family = np.arange(len(truth)) // 2
    one, other = (
        Engine.of(told, truth, nothing(300), family, 7).draws(told[0]) for _ in range(2)
    )
    assert np.array_equal(one.values, other.values)
    assert np.array_equal(one.places, other.places)


def test_no_family_teaches_what_is_said_of_it():
    truth, told = companies(200, 5, extra=5)
    family = np.arange(200) % 40
    there = family == 3
    changed = truth + 100.0 * there[:, None]
    one, other = (learn(told, targets, family, 1) for targets in (truth, changed))
    assert np.array_equal(one.said[there], other.said[there])
    assert not np.array_equal(one.said[~there], other.said[~there])


def test_draws_stay_inside_what_the_bank_has_seen():
    truth, told = companies(300, 6)
    engine = Engine.of(told, truth, nothing(300), np.arange(300), 1)
    draws = engine.draws(np.array([50.0, -50.0, 50.0, 0.0]))
    assert draws.values.min() >= truth.min()
    assert draws.values.max() <= truth.max()


def test_weighted_quantiles_are_those_of_repeated_draws():
    values = np.array([[1.0], [2.0], [5.0]])
    [middle] = quantiles(values, np.array([0.1, 0.8, 0.1]), np.array([0.5]))
    assert middle == pytest.approx(2.0)


def test_a_panel_far_from_all_others_is_far_from_the_cloud():
    truth, told = companies(500, 8)
    engine = Engine.of(told, truth, nothing(500), np.arange(500), 1)
    cloud = Cloud.of(told)
    near, far = told[3], told[3] + np.array([6.0, -6.0, 6.0, 6.0])
    inside, outside = (cloud.misfit(x, engine.draws(x)) for x in (near, far))
    assert outside.cloud > 3.0 * inside.cloud
    assert outside.draws > 3.0 * inside.draws
