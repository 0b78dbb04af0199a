"""The paired effect of two samples, and what it is where something is missing."""

import numpy as np
import pytest
from scipy.stats import ttest_1samp

from experiments.designs.design import one_at_a_time
from experiments.statistics.effects import Panel
from experiments.statistics.paired import (
    Paired,
    clear_sign,
    paired,
    percent,
    percents,
)
from experiments.statistics.ranges import ends, swings
from experiments.studies.sensitivity.plan import quantity
from model import Scenario

NAN = np.nan


def of(with_scheme, without):
    return paired(np.array(with_scheme, float), np.array(without, float))


def test_an_effect_is_the_mean_difference_with_student_s_interval():
    with_scheme, without = [3.0, 5.0, 4.5], [2.0, 2.0, 4.0]
    found = of(with_scheme, without)
    test = ttest_1samp(np.subtract(with_scheme, without), 0.0)
    assert (found.low, found.high) == pytest.approx(test.confidence_interval())
    assert found.effect == 1.5
    assert found.percent == pytest.approx(100.0 * 1.5 / (8.0 / 3.0))
    assert (found.same_sign, found.replicates) == (1.0, 3)


def test_a_pair_counts_if_both_values_are_known():
    assert of([NAN, 4.0, 6.0, 8.0], [1.0, NAN, 4.0, 4.0]) == of([6.0, 8.0], [4.0, 4.0])
    assert of([NAN, 1.0], [1.0, NAN]) == Paired()


def test_a_single_pair_has_an_effect_and_no_interval():
    found = of([3.0], [2.0])
    assert (found.effect, found.percent, found.replicates) == (1.0, 50.0, 1)
    assert (found.low, found.percent_low, found.sign) == (None, None, 0)


def test_over_nothing_there_is_no_percentage_unless_nothing_changes():
    assert of([1.0, 2.0], [0.0, 0.0]).percent is None
    same = of([0.0, 0.0], [0.0, 0.0])
    assert (same.percent, same.percent_low, same.percent_high) == (0.0, 0.0, 0.0)
    assert percent(-1.0, -4.0) == -25.0
    assert percent(None, 4.0) is None


def test_the_percentages_of_replicates_follow_the_same_rule():
    base = np.array([[2.0, 6.0], [-4.0, -4.0], [0.0, 0.0], [0.0, 0.0], [NAN, 1.0]])
    with_scheme = base + np.array([[1.0, 2.0], [-1.0, 1.0], [0.0, 1.0], [0, 0], [1, 1]])
    found = percents(with_scheme, base)
    assert found[:2].tolist() == [[25.0, 50.0], [-25.0, 25.0]]
    assert np.isnan(found[2]).all(), "over 0 not even for the replicate that stays"
    assert found[3].tolist() == [0.0, 0.0]
    assert np.isnan(found[4]).all()
    assert quantity("percent", with_scheme, base)[0].tolist() == [25.0, 50.0]


@pytest.mark.parametrize(
    ("low", "high", "sign"),
    [
        (0.1, 0.2, 1),
        (-0.2, -0.1, -1),
        (-0.1, 0.1, 0),
        (0.0, 0.1, 0),
        (-0.1, 0.0, 0),
        (None, None, 0),
        (NAN, NAN, 0),
    ],
)
def test_a_sign_is_clear_if_the_interval_leaves_out_0(low, high, sign):
    assert clear_sign(low, high) == sign


def headlines(with_scheme, without):
    """The rows of study=ranges at three points, from whole-run output."""
    import pyarrow as pa

    levels = {"people.learning": (0.02, 0.2)}
    design = one_at_a_time({"before": Scenario(), "s": Scenario()}, levels, 2, seed=1)
    output = [*without, *with_scheme]
    runs = pa.table(
        {
            "scheme": ["before"] * 6 + ["s"] * 6,
            "point": [0, 0, 1, 1, 2, 2] * 2,
            "output_mean": pa.array(output, pa.float64()),
        }
    )
    return list(ends(Panel(runs), design, "before"))


def test_a_failed_run_leaves_the_other_replicates_of_a_headline():
    declared, low, high = headlines([2, 2, 3, None, None, 1], [1, 1, 2, 2, 1, None])
    assert (declared.percent, declared.sign) == (100.0, 1)
    assert (low.percent, low.low, low.sign) == (50.0, None, 0)
    assert (high.percent, high.low, high.high) == (None, None, None)
    [swing] = swings([declared, low, high], "s")
    assert (swing.size, swing.flips) == (50.0, False)


def test_a_headline_over_no_output_is_not_known_unless_nothing_changes():
    declared, low, high = headlines([0, 0, 1, 0, 2, 2], [0, 0, 0, 0, 1, 1])
    assert (declared.percent, declared.low, declared.high) == (0.0, 0.0, 0.0)
    assert (low.percent, low.low, low.high) == (None, None, None)
    assert high.percent == 100.0
