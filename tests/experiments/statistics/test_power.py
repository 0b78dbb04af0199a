"""Sizes of studies: what can be found, and what a precision takes."""

import numpy as np
import pytest
from scipy.special import stdtrit
from scipy.stats import nct

from experiments.statistics.power import MOST, detectable, half, needed, rounder


@pytest.mark.parametrize("n", [2, 5, 32, 500])
def test_the_detectable_effect_is_found_in_four_of_five_studies(n):
    effect = detectable(2.0, n)
    critical = stdtrit(n - 1, 0.975)
    shift = effect / 2.0 * n**0.5
    power = nct.sf(critical, n - 1, shift) + nct.cdf(-critical, n - 1, shift)
    assert power == pytest.approx(0.8, abs=1e-4)


def test_the_detectable_effect_is_found_in_four_of_five_simulated_studies():
    n, studies = 20, 20_000
    draws = np.random.default_rng(1).normal(detectable(1.0, n), 1.0, (studies, n))
    t = draws.mean(axis=1) / draws.std(axis=1, ddof=1) * n**0.5
    found = (np.abs(t) > stdtrit(n - 1, 0.975)).mean()
    assert found == pytest.approx(0.8, abs=4 * (0.16 / studies) ** 0.5)


def test_many_replicates_detect_2_8_standard_errors():
    assert detectable(1.0, 10_000) == pytest.approx(2.80 / 100, rel=0.002)


@pytest.mark.parametrize("target", [3.0, 0.9, 0.5, 0.1, 0.013])
def test_the_number_needed_is_the_smallest_that_is_enough(target):
    n = needed(1.0, target)
    assert half(1.0, n) <= target
    assert n == 2 or half(1.0, n - 1) > target


def test_a_difference_that_never_varies_needs_two_replicates():
    assert needed(0.0, 0.1) == 2


def test_what_cannot_be_reached_is_refused_or_cut_off():
    with pytest.raises(ValueError, match="cannot be reached"):
        needed(1.0, 0.0)
    assert needed(1.0, 1e-9) == MOST


@pytest.mark.parametrize(
    ("value", "below"),
    [(0.31, 0.2), (0.2, 0.1), (0.1, 0.05), (0.012, 0.01), (7.0, 5.0), (1.0, 0.5)],
)
def test_the_next_rounder_half_width_is_1_2_or_5(value, below):
    assert rounder(value) == below


def test_nothing_round_is_below_0():
    with pytest.raises(ValueError, match="nothing round"):
        rounder(0.0)
