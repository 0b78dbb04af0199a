"""Bootstrap intervals: always equal, and right where Student's are."""

import numpy as np
import pytest

from experiments.statistics.paired import interval
from experiments.statistics.resampling import LEAST, bootstrap_intervals


def draws(rows, n, seed=1):
    return np.random.default_rng(seed).normal(size=(rows, n))


def test_the_same_seed_gives_the_same_interval_and_another_one_another():
    values = draws(3, 20)
    first, again, other = (bootstrap_intervals(values, seed) for seed in (7, 7, 8))
    np.testing.assert_array_equal(first, again)
    assert (np.array(first) != np.array(other)).all()


def test_a_row_does_not_depend_on_the_rows_beside_it():
    values = draws(5, 20)
    together = np.array(bootstrap_intervals(values, 7))
    alone = np.array(bootstrap_intervals(values[3:4], 7))
    np.testing.assert_allclose(together[:, 3:4], alone, rtol=1e-12)


def test_normal_means_have_the_interval_of_student():
    [values] = draws(1, 200)
    (low,), (high,) = bootstrap_intervals(values[None, :], 7)
    _, t_low, t_high = interval(values)
    width = t_high - t_low
    assert low == pytest.approx(t_low, abs=0.05 * width)
    assert high == pytest.approx(t_high, abs=0.05 * width)


def test_a_skewed_mean_has_a_longer_upper_arm():
    values = np.random.default_rng(2).exponential(size=(1, 40))
    (low,), (high,) = bootstrap_intervals(values, 7)
    mean = values.mean()
    assert high - mean > 1.15 * (mean - low)


def test_a_row_without_any_difference_is_its_own_interval():
    values = np.vstack([np.full(20, 3.0), draws(1, 20)])
    low, high = bootstrap_intervals(values, 7)
    assert low[0] == high[0] == 3.0
    assert low[1] < high[1]
    low, high = bootstrap_intervals(np.zeros((2, 20)), 7)
    assert not low.any()
    assert not high.any()


def test_too_few_values_have_no_interval():
    low, high = bootstrap_intervals(draws(2, LEAST - 1), 7)
    assert np.isnan(low).all()
    assert np.isnan(high).all()


def test_one_value_that_differs_is_no_degenerate_case():
    values = np.zeros((1, 32))
    values[0, 5] = 1.0
    (low,), (high,) = bootstrap_intervals(values, 7)
    assert 0.0 <= low < 1 / 32 < high


def test_seeds_up_to_the_largest_are_taken():
    low, high = bootstrap_intervals(draws(1, 20), 2**63 - 1)
    assert low < high
