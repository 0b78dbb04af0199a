import json

import numpy as np
import pytest

from app.compare.people_charts import dots, part_of, rows_of, shares
from app.compare.people_view import why_not
from app.compare.people_words import said, whom
from app.course import Course
from app.people import MUCH
from experiments.designs.pair import Pair
from experiments.words.groups import EVERYBODY

KINDS = ["everybody", "skill", "scruple", "use"]


@pytest.mark.parametrize("kind", KINDS)
def test_everybody_stands_above_the_groups_of_a_kind(comparison, kind):
    rows = rows_of(comparison.fates, kind)
    assert rows[0] == EVERYBODY
    assert {group.kind for group in rows[1:]} <= {kind}
    assert len(rows) == {"everybody": 1, "scruple": 3}.get(kind, 6)


@pytest.mark.parametrize("kind", KINDS)
def test_every_person_is_a_dot_in_the_row_of_their_group(comparison, kind):
    staff, rows = comparison.fates.staff, rows_of(comparison.fates, kind)
    option = dots(staff, rows, "output", False)
    json.dumps(option, allow_nan=False)
    *parts, medians = (series["data"] for series in option["series"])
    everybody = {
        slot: x for part in parts for x, height, slot in part if 0 <= height < 1
    }
    assert everybody.keys() == set(staff.slots.tolist())
    for k, slot in enumerate(staff.slots.tolist()):
        assert everybody[slot] == pytest.approx(staff.moves["output"][k], rel=6e-3)
    for row, group in enumerate(rows):
        drawn = [
            slot for part in parts for _, height, slot in part if int(height) == row
        ]
        assert sorted(drawn) == staff.slots[staff.groups[group]].tolist()
    assert len(medians) == len(rows)


def test_a_change_is_in_the_part_of_its_size():
    moves = (-MUCH - 1, -MUCH, 0.0, MUCH, MUCH + 1)
    assert [part_of(x) for x in moves] == [0, 1, 2, 3, 4]


@pytest.mark.parametrize("outcome", ["output", "welfare", "reward"])
def test_bars_hold_everybody_of_a_group(comparison, outcome):
    fates = comparison.fates
    option = shares(fates.spreads, rows_of(fates, "skill"), outcome, True)
    json.dumps(option, allow_nan=False)
    heights = np.array(
        [[bar["value"] for bar in series["data"]] for series in option["series"]]
    )
    np.testing.assert_allclose(heights.sum(axis=0), 100.0, atol=0.5)
    loses = 100.0 * fates.spreads[EVERYBODY, outcome].loses_much
    assert f"{loses:.0f} % lose more than 2 %" in option["aria"]["label"]["description"]
    assert f"{loses:.0f} % lose more than 2 % of a week" in said(fates, outcome)


def test_it_says_whom_it_draws(comparison):
    staff = comparison.fates.staff
    text = f"{len(staff.slots)} of 30 people of the first replicate."
    assert whom(staff, comparison) == text


def test_people_of_an_organisation_too_large_to_replay_cannot_be_asked():
    large = Pair(shared=(("organisation.employees", 5000),))
    assert "Nobody can be asked: this would replay" in why_not(Course(large))
    assert why_not(Course(Pair())) == ""
