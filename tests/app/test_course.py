from threading import Event

import pytest

from app.course import MOST_PEOPLE, Adopted, Course, NobodyWaitsError, first_course
from app.live.state import check_watched
from experiments.config.roles import mixes
from experiments.designs.pair import Pair


def test_later_adoptions_are_forgotten_when_an_earlier_week_changes(course):
    changed = course().adopting(10, "voluntary").adopting(4, "no_review")
    assert changed.adopted == (Adopted(4, "no_review"),)


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
