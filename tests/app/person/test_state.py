import pytest

from app.course_link import as_query
from app.person.life import moment
from app.person.state import Place, from_link, go, hire, place
from experiments.config.roles import mixes
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


def test_the_same_seat_in_another_workforce_has_a_role(course):
    place.value = Place(course(people=24), 3, 2)
    hire(mixes()["software_company"])
    here = place.value
    assert (here.employee, here.week) == (3, 2)
    told = moment(here.course, 3, 2).portrait
    assert told[0].startswith("Role: ")
    assert not moment(course(), 3, 2).portrait[0].startswith("Role: ")
    assert from_link(as_query(here.course, employee=3, week=2)) == here
    place.value = None
