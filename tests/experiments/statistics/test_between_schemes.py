"""Schemes held against each other in the same worlds."""

import numpy as np
import pytest

from experiments.statistics.between_schemes import regrets, rivals, standings

NAMES = ("none", "good", "bad")
EFFECTS = np.column_stack([np.zeros(40), np.full(40, 2.0), np.full(40, -3.0)])
EFFECTS[0] = [0.0, -1.0, 4.0]


def test_regret_is_what_a_scheme_yields_less_than_the_best_in_the_same_world():
    assert regrets(EFFECTS)[0].tolist() == [4.0, 5.0, 0.0]
    assert regrets(EFFECTS)[1].tolist() == [2.0, 0.0, 5.0]
    assert (regrets(EFFECTS).min(axis=1) == 0.0).all()


def test_schemes_are_ranked_by_their_mean_regret():
    first, *_, last = standings(NAMES, EFFECTS)
    assert (first.scheme, first.best, first.worlds) == ("good", 39, 40)
    assert first.regret == pytest.approx(5.0 / 40)
    assert first.worst_regret == pytest.approx(2.5)  # two worlds: 5 and 0
    assert (first.median, first.worst) == (2.0, pytest.approx(0.5))
    assert last.scheme == "bad"


def test_worlds_are_counted_in_which_a_scheme_is_worse_than_another():
    by_pair = {(row.scheme, row.other): row for row in rivals(NAMES, EFFECTS)}
    assert len(by_pair) == 6
    pair = by_pair["bad", "good"]
    assert (pair.worse, pair.better) == (39, 1)
    assert pair.low < 39 / 40 < pair.high
    assert pair.is_sure
    assert not by_pair["good", "bad"].is_sure


def test_a_scheme_is_never_in_doubt_against_its_twin():
    effects = np.column_stack([EFFECTS[:, 1], EFFECTS[:, 1]])
    assert {(row.worse, row.better) for row in rivals("ab", effects)} == {(0, 0)}
    assert [row.best for row in standings("ab", effects)] == [40, 40]


def test_within_a_quarter_of_a_per_cent_no_scheme_is_the_worse():
    effects = np.array([[0.0, 0.2]] * 5)
    assert {(row.worse, row.better) for row in rivals("ab", effects)} == {(0, 0)}
