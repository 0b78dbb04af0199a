"""Shares of worlds, their intervals, and the worst of them."""

import numpy as np
import pytest
from scipy.stats import binom

from experiments.statistics.worlds import (
    CLEAR,
    classes,
    in_worlds,
    overall,
    percents,
    share,
)


def counts(effects):
    found = classes(effects)
    return found.falls, found.little, found.rises


def test_worlds_are_counted_in_three_classes_with_ends_about_nothing():
    effects = np.array([-3.0, -CLEAR, 0.0, CLEAR, CLEAR + 1e-9, 5.0, np.nan])
    assert counts(effects) == (1, 3, 2)
    assert classes(effects).worlds == 6


def test_a_scheme_that_does_nothing_does_so_in_every_world():
    output = np.random.default_rng(1).uniform(5.0, 10.0, 50)
    effects = percents(output, output)
    assert (effects == 0.0).all()
    assert counts(effects) == (0, 50, 0)
    assert (classes(effects).middle, classes(effects).worst) == (0.0, 0.0)


def test_an_effect_over_an_output_of_nothing_is_unknown_unless_nothing_changes():
    with_it, without = np.array([1.0, 0.0, -3.0]), np.array([0.0, 0.0, -2.0])
    assert percents(with_it, without).tolist() == pytest.approx(
        [np.nan, 0.0, -50.0], nan_ok=True
    )


def test_an_interval_is_that_of_the_posterior_of_jeffreys_prior():
    # Brown, Cai and DasGupta 2001: for 5 of 10, [0.224, 0.776].
    half, low, high = share(5, 10)
    assert (half, low, high) == (0.5, pytest.approx(0.2235, abs=1e-3), 1 - low)
    assert share(0, 10).low == 0.0
    assert share(10, 10).high == 1.0
    with pytest.raises(ValueError, match="no worlds"):
        share(0, 0)


@pytest.mark.parametrize("worlds", [100, 200, 1000])
def test_intervals_hold_the_truth_as_often_as_they_say(worlds):
    every = np.arange(worlds + 1)
    _, low, high = np.array([share(k, worlds) for k in every.tolist()]).T
    held = [
        binom.pmf(every, worlds, true)[(low <= true) & (true <= high)].sum()
        for true in np.linspace(0.02, 0.98, 97)
    ]
    assert 0.93 <= np.mean(held) <= 0.97


def test_intervals_of_disjoint_sets_of_worlds_hold_the_share_of_all():
    rng = np.random.default_rng(1)
    effects = rng.standard_t(3, 400_000) * 2.0 - 0.5
    everywhere = np.array(counts(effects)) / len(effects)
    held = []
    for some in effects.reshape(-1, 200):
        for true, count in zip(everywhere, counts(some), strict=True):
            _, low, high = share(count, len(some))
            held.append(low <= true <= high)
    assert 0.93 <= np.mean(held) <= 0.97


def test_the_worst_twentieth_is_the_mean_of_the_lowest():
    assert classes(np.arange(100.0)[::-1]).worst == 2.0
    assert classes(np.array([3.0, -1.0])).worst == -1.0


def test_no_class_is_made_of_no_world():
    with pytest.raises(ValueError, match="no effect is known"):
        classes(np.full(3, np.nan))


def test_shares_are_told_by_rule_of_choice_and_by_law_of_rework():
    rules, laws = np.array([0, 0, 1, 1]), np.array([0, 1, 0, 1])
    effects = {"ours": np.array([-2.0, -2.0, 2.0, np.nan])}
    rows = {(row.among, row.structure): row for row in in_worlds(effects, rules, laws)}
    assert rows["all", ""] == overall(rows.values())["ours"]
    assert rows["all", ""].worlds == 3
    assert rows["all", ""].falls == pytest.approx(2 / 3)
    assert rows["rules", "logit"].falls == 1.0
    assert rows["rules", "best response"].rises == 1.0
    assert len(rows) == 5
