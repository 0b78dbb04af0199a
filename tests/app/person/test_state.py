import pytest

from app.course_link import as_query
from app.person.life import moment
from app.person.state import Place, from_link, go, place
from experiments.errors import UserError

ROW, WEEK = 7, 12


def test_a_link_restores_person_week_and_half_day(course):
    sent = Place(course().adopting(4, "voluntary"), ROW, WEEK, 3)
    query = as_query(sent.course, employee=ROW, week=WEEK, half_day=3)
    again = from_link(query)
    assert again == sent
    assert moment(again.course, ROW, WEEK) == moment(sent.course, ROW, WEEK)


def test_an_organisation_that_is_too_large_is_not_replayed():
    with pytest.raises(UserError, match="employee-weeks"):
        from_link("second=voluntary&organisation.employees=5000")


def test_nobody_outside_the_organisation_is_shown(course):
    place.value = Place(course())
    go(employee=40)
    go(week=30)
    go(half_day=-1)
    assert place.value == Place(course())
    go(employee=39, week=29, half_day=9)
    assert place.value == Place(course(), 39, 29, 9)
    place.value = None
