from threading import Event

import pytest

from app.course import MOST_PEOPLE, Adopted, Course, NobodyWaitsError, first_course
from app.live.state import check_watched
from experiments.config.roles import mixes
from experiments.designs.pair import Pair
from experiments.errors import UserError


def test_later_adoptions_are_forgotten_when_an_earlier_week_changes(course):
    changed = course().adopting(10, "voluntary").adopting(4, "no_review")
    assert changed.adopted == (Adopted(4, "no_review"),)


def test_groups_adopt_schemes_of_their_own_in_one_week(course, pilot):
    changed = course(groups=pilot).adopting(4, "no_review", "pilot")
    changed = changed.adopting(4, "voluntary")
    assert changed.adopted == (
        Adopted(4, "no_review", "pilot"),
        Adopted(4, "voluntary", "everybody_else"),
    )
    again = changed.adopting(4, "quality_gated", "pilot")
    assert [a.scheme for a in again.adopted] == ["voluntary", "quality_gated"]
    assert changed.label(3) == "monthly minimum, changed"
    assert changed.label(4) == "voluntary"


def test_a_group_that_cannot_adopt_a_scheme_is_refused(course):
    same = course(groups="{pilot: {share: 0.4}}").adopting(4, "voluntary", "pilot")
    with pytest.raises(UserError, match="pilot and everybody_else are under the same"):
        same.check()


def test_a_large_pair_is_watched_with_fewer_people():
    assert Course(Pair()).people > MOST_PEOPLE
    check_watched(first_course(Pair()))


def test_a_replay_that_nobody_waits_for_ends(course):
    stop = Event()
    stop.set()
    with pytest.raises(NobodyWaitsError):
        course().at(5, stop)


@pytest.mark.parametrize("mix", mixes().values(), ids=mixes())
def test_every_role_has_a_team_where_an_organisation_is_watched(mix):
    course = first_course(Pair(workforce=mix))
    check_watched(course)
    assert course.at(1).week == 1
