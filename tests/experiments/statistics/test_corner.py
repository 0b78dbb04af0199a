"""Corners: a planted pair is found; one unknown, or none, makes no corner."""

import numpy as np
import pytest

from experiments.statistics.corner import corner, correlation

WORLDS, UNKNOWNS = 400, 60
KEYS = [f"x{k}" for k in range(UNKNOWNS)]


def draw(seed):
    rng = np.random.default_rng(seed)
    return rng.random((WORLDS, UNKNOWNS)), rng


@pytest.mark.parametrize("seed", range(4))
def test_a_planted_pair_is_found_as_a_corner(seed):
    values, rng = draw(seed)
    inside = (values[:, 4] > 0.4) & (values[:, 11] <= 0.6)
    bad = rng.random(WORLDS) < np.where(inside, 0.95, 0.05)
    found = corner(bad, values, KEYS)
    assert {(side.key, side.is_above) for side in found.sides} == {
        ("x4", True),
        ("x11", False),
    }
    thresholds = {side.key: side.threshold for side in found.sides}
    assert thresholds["x4"] == pytest.approx(0.4, abs=0.07)
    assert thresholds["x11"] == pytest.approx(0.6, abs=0.07)
    assert found.fresh > 0.85
    assert found.outside < 0.2


def test_one_decider_alone_makes_no_corner():
    corners = 0
    for seed in range(20):
        values, rng = draw(100 + seed)
        bad = values[:, 7] + 0.3 * rng.standard_normal(WORLDS) > 0.6
        corners += corner(bad, values, KEYS) is not None
    assert corners <= 1


def test_with_none_planted_no_corner_is_found_in_nineteen_of_twenty_tries():
    corners = 0
    for seed in range(40):
        values, rng = draw(200 + seed)
        corners += corner(rng.random(WORLDS) < 0.38, values, KEYS) is not None
    assert corners <= 2


def test_worlds_that_are_all_alike_have_no_corner():
    values, _ = draw(1)
    assert corner(np.zeros(WORLDS, bool), values, KEYS) is None
    assert corner(np.ones(WORLDS, bool), values, KEYS) is None
    assert corner(np.array([True, False]), values[:2], KEYS) is None


def test_corners_are_ranked_by_the_correlation_of_inside_and_bad():
    rng = np.random.default_rng(1)
    inside, bad = rng.random(50) < 0.3, rng.random(50) < 0.6
    counts = (float(x) for x in ((inside & bad).sum(), inside.sum(), bad.sum()))
    assert correlation(*map(np.array, counts), 50) == pytest.approx(
        np.corrcoef(inside, bad)[0, 1]
    )
