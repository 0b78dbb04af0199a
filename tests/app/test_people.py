"""Who gains and who loses in the studio, counted by hand and against the tables."""

import numpy as np
import pytest

from app.people import MUCH, OF_A_WEEK, spread
from experiments.statistics.accounts import WORSE_OFF, by_group
from experiments.store import dataset
from experiments.words.groups import EVERYBODY, Group
from model import simulate


def test_changes_are_counted_by_their_size():
    moves = np.array([-MUCH - 0.1, -MUCH, -0.1, 0.0, 0.1, MUCH, MUCH + 0.1, 9.0])
    assert spread(moves) == (1 / 8, 2 / 8, 1 / 8, 2 / 8, 2 / 8)


def test_the_parts_of_a_spread_are_the_shares_of_the_table(comparison):
    fates = comparison.fates
    assert fates.overall == fates.rows[0]
    assert (fates.overall.of, fates.overall.outcome) == (EVERYBODY, "welfare")
    for row in fates.rows:
        of = fates.spreads[row.of, row.outcome]
        assert sum(of) == pytest.approx(1.0)
        assert of.loses_much + of.loses == pytest.approx(row.worse_off)
        assert of.gains_much + of.gains == pytest.approx(row.better_off)


def test_a_person_changes_as_their_two_lives_say(comparison):
    pair, staff = comparison.pair, comparison.fates.staff
    before, after = (
        dataset.account(simulate(pair.scenario(side), pair.seed, 0))
        for side in (pair.first, pair.second)
    )
    for outcome, move in staff.moves.items():
        change = (after[outcome] - before[outcome])[staff.slots]
        np.testing.assert_allclose(move, OF_A_WEEK[outcome] * change, atol=1e-12)
    np.testing.assert_array_equal(
        staff.groups[Group("scruple", "never")], before["never_gamer"][staff.slots]
    )


def test_a_fifth_of_those_who_are_drawn_are_the_least_skilled(comparison):
    staff = comparison.fates.staff
    assert staff.groups[Group("skill", "1")].sum() == pytest.approx(
        len(staff.slots) / 5, abs=1
    )
    assert by_group(comparison.fates.rows).keys() >= {
        (comparison.pair.labels[1], group) for group in staff.groups
    }
    assert WORSE_OFF.text(comparison.fates.rows).startswith("scheme,")
