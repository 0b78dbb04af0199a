"""Who gains and who loses in the studio, counted by hand and against the tables."""

import numpy as np
import pytest

from app.people import MUCH, OF_A_WEEK, fates, spread
from experiments.config.roles import workforce
from experiments.designs.pair import Pair, Side
from experiments.statistics.accounts import WORSE_OFF, by_group
from experiments.store import dataset
from experiments.words.groups import EVERYBODY, Group
from model import simulate

SMALL = (("organisation.employees", 30),)


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


def test_people_are_divided_by_their_roles():
    pair = Pair(
        shared=(("organisation.employees", 24),),
        workforce=workforce({"developer": 0.5, "clerk": 0.5}),
        weeks=26,
        replicates=2,
    )
    design = pair.design()
    staff = fates(design, [simulate(*design.job(plan)) for plan in design.runs]).staff
    size = pair.scenario(pair.first).organisation
    names = np.array(pair.workforce.names)
    roles = names[pair.workforce.of_people(size.employees, size.team_size)]
    for role in ("developer", "clerk"):
        np.testing.assert_array_equal(
            staff.groups[Group("role", role)], roles[staff.slots] == role
        )


def test_the_same_scheme_twice_changes_nobody():
    same = Pair(Side("voluntary"), Side("voluntary"), SMALL, weeks=26, replicates=2)
    design = same.design()
    found = fates(design, [simulate(*design.job(plan)) for plan in design.runs])
    assert set(found.spreads.values()) == {(0.0, 0.0, 1.0, 0.0, 0.0)}
    assert all((move == 0.0).all() for move in found.staff.moves.values())
