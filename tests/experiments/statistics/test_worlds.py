"""Shares of worlds, their intervals, and the worst of them."""

import numpy as np
import pytest
from scipy.stats import binom

from experiments.statistics.worlds import CLEAR, classes, jeffreys, worst_twentieth


def test_worlds_are_counted_in_three_classes_with_ends_about_nothing():
    effects = np.array([-3.0, -CLEAR, 0.0, CLEAR, CLEAR + 1e-9, 5.0])
    found = classes(effects)
    assert found == (1, 3, 2)
    assert found.worlds == 6


def test_a_scheme_that_does_nothing_does_so_in_every_world():
    assert classes(np.zeros(50)) == (0, 50, 0)


def test_an_interval_is_that_of_the_posterior_of_jeffreys_prior():
    # Brown, Cai and DasGupta 2001: for 5 of 10, [0.224, 0.776].
    low, high = jeffreys(5, 10)
    assert (low, high) == (pytest.approx(0.2235, abs=1e-3), pytest.approx(1 - low))
    assert jeffreys(0, 10)[0] == 0.0
    assert jeffreys(10, 10)[1] == 1.0


@pytest.mark.parametrize("worlds", [100, 200, 1000])
def test_intervals_hold_the_truth_as_often_as_they_say(worlds):
    counts = np.arange(worlds + 1)
    low, high = np.array([jeffreys(k, worlds) for k in counts.tolist()]).T
    held = [
        binom.pmf(counts, worlds, share)[(low <= share) & (share <= high)].sum()
        for share in np.linspace(0.02, 0.98, 97)
    ]
    assert 0.93 <= np.mean(held) <= 0.97


def test_intervals_of_disjoint_sets_of_worlds_hold_the_share_of_all():
    rng = np.random.default_rng(1)
    effects = rng.standard_t(3, 400_000) * 2.0 - 0.5
    everywhere = np.array(classes(effects)) / len(effects)
    held = []
    for some in effects.reshape(-1, 200):
        for share, count in zip(everywhere, classes(some), strict=True):
            low, high = jeffreys(count, len(some))
            held.append(low <= share <= high)
    assert 0.93 <= np.mean(held) <= 0.97


def test_the_worst_twentieth_is_the_mean_of_the_lowest():
    effects = np.arange(100.0)[::-1]
    assert worst_twentieth(effects) == 2.0
    assert worst_twentieth(np.array([3.0, -1.0])) == -1.0
