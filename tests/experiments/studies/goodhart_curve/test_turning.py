"""The estimator of turning points, on curves whose peak is known."""

import numpy as np
import pytest

from experiments.studies.goodhart_curve.turning import (
    Shape,
    clearly_below,
    turning,
    vertex,
)

LEVELS = np.linspace(0.0, 1.0, 9)
STUDIES = 400
CURVES = {
    "even": (lambda p: -((p - 0.37) ** 2), 0.37),
    "steep before, long after": (lambda p: p * np.exp(-p / 0.23), 0.23),
    "late": (lambda p: p - p**4 / (4 * 0.7**3), 0.7),
    "broad": (lambda p: -4.0 * (p - 0.45) ** 4, 0.45),
}


def studies(curve, noise, replicates, rng):
    """Noisy studies of a curve, shape (STUDIES, R, K).

    Luck is shared along a curve: it drifts with pressure, and there is none at 0.
    """
    size = STUDIES, replicates, len(LEVELS)
    step = np.append(0.0, np.diff(LEVELS)) ** 0.5
    drift = np.cumsum(rng.normal(size=size) * step, axis=2)
    apart = rng.normal(size=size) * (LEVELS > 0.0)
    return curve(LEVELS) - curve(0.0) + noise * (0.8 * drift + 0.4 * apart)


@pytest.mark.parametrize("name", CURVES)
@pytest.mark.parametrize("noise", [0.02, 0.1, 0.3])
def test_the_interval_holds_a_known_peak_in_95_of_100_studies(name, noise):
    curve, peak = CURVES[name]
    rng = np.random.default_rng(11)
    found = [turning(LEVELS, study) for study in studies(curve, noise, 8, rng)]
    held = np.mean([turn.low <= peak <= turn.high for turn in found])
    assert held >= 0.95


@pytest.mark.parametrize("name", CURVES)
def test_the_interval_leaves_out_what_is_far_from_the_peak(name):
    curve, peak = CURVES[name]
    rng = np.random.default_rng(12)
    found = [turning(LEVELS, study) for study in studies(curve, 0.02, 8, rng)]
    wrong = peak + 0.5 if peak < 0.5 else peak - 0.5
    assert np.mean([turn.low <= wrong <= turn.high for turn in found]) <= 0.05


@pytest.mark.parametrize("name", CURVES)
def test_a_known_peak_is_found_when_there_is_little_noise(name):
    curve, peak = CURVES[name]
    rng = np.random.default_rng(13)
    found = [turning(LEVELS, study) for study in studies(curve, 0.01, 8, rng)]
    assert {turn.shape for turn in found} == {Shape.TURNS}
    # Three levels cannot tell a peak between them better than to half a step.
    assert np.median([turn.point for turn in found]) == pytest.approx(peak, abs=0.0625)


@pytest.mark.parametrize(
    "curve",
    [
        lambda p: 0.3 * p,
        lambda p: -0.3 * p,
        lambda p: 0.3 * (1.0 - np.exp(-8.0 * p)),  # levels off
        lambda p: 0.0 * p,
    ],
    ids=["rises", "falls", "levels off", "flat"],
)
@pytest.mark.parametrize("noise", [0.02, 0.3])
def test_a_curve_without_a_peak_turns_in_5_of_100_studies_at_most(curve, noise):
    rng = np.random.default_rng(14)
    found = [turning(LEVELS, study) for study in studies(curve, noise, 8, rng)]
    share = np.mean([turn.shape is Shape.TURNS for turn in found])
    # Three standard errors of a share of 5 % over the studies.
    assert share <= 0.05 + 3.0 * (0.05 * 0.95 / STUDIES) ** 0.5


@pytest.mark.parametrize(
    ("curve", "shape"),
    [(lambda p: p, Shape.RISES), (lambda p: -p, Shape.FALLS)],
    ids=["rises", "falls"],
)
def test_a_clear_slope_is_seen_and_has_no_turning_point(curve, shape):
    rng = np.random.default_rng(15)
    for study in studies(curve, 0.05, 6, rng)[:40]:
        found = turning(LEVELS, study)
        assert found.shape is shape
        assert found.point is None


def test_curves_that_never_change_are_flat_over_the_whole_range():
    found = turning(LEVELS, np.ones((5, 9)))
    assert found == (Shape.FLAT, 0, None, 0.0, 1.0)


def test_a_parabola_is_found_exactly_between_uneven_levels():
    levels = np.array([0.0, 0.1, 0.4, 0.5, 1.0])
    assert vertex(levels, -((levels - 0.33) ** 2)) == pytest.approx(0.33, abs=1e-12)


def test_an_end_is_its_own_peak():
    assert vertex(LEVELS, LEVELS) == 1.0
    assert vertex(LEVELS, -LEVELS) == 0.0


def test_the_interval_ends_at_the_nearest_levels_that_are_clearly_lower():
    rng = np.random.default_rng(16)
    curves = -((LEVELS - 0.5) ** 2) + 1e-4 * rng.normal(size=(6, 9))
    found = turning(LEVELS, curves)
    assert (found.low, found.high) == (0.375, 0.625)
    assert clearly_below(curves, 4).tolist() == [True] * 4 + [False] + [True] * 4


@pytest.mark.parametrize(
    ("levels", "curves"),
    [
        ([0.0, 1.0], np.zeros((4, 2))),
        ([0.0, 1.0, 2.0], np.zeros((1, 3))),
        ([0.0, 1.0, 1.0], np.zeros((4, 3))),
        ([0.0, 1.0, 2.0], np.full((4, 3), np.nan)),
        ([0.0, 1.0, 2.0], np.zeros((4, 4))),
    ],
    ids=["two levels", "one replicate", "equal levels", "no numbers", "misfit"],
)
def test_what_is_no_curve_is_refused(levels, curves):
    with pytest.raises(ValueError, match=r"level|finite"):
        turning(np.array(levels), curves)
