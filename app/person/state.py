"""Whom *One employee* shows, and when; and how that is replayed."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from threading import Event
from typing import TypeVar, TypeVarTuple

import solara
from solara.lab import use_task

from app import visitor
from app.background import in_background
from app.course import Course, check_replayed, with_people
from app.course_link import HALF_DAYS, from_query, is_known
from experiments.errors import UserError
from model.roles import Workforce

Asked = TypeVarTuple("Asked")
Answer = TypeVar("Answer")


@dataclass(frozen=True)
class Place:
    """A person, a week and a half-day of a course."""

    course: Course
    employee: int = 0
    week: int = 0
    half_day: int = 0


place: solara.Reactive[Place | None] = solara.reactive(None)
"""None until this visitor chooses somebody."""
refused: solara.Reactive[str] = solara.reactive("")
"""Why a link or a replay was refused; empty if nothing was."""


def current_place() -> Place:
    """Return what to show: at first somebody in the organisation of *Live*."""
    return place.value or _first_place()


def _first_place() -> Place:
    start = visitor.current_start()
    return Place(start.course, week=max(0, visitor.week_reached(start) - 1))


def take(search: str) -> None:
    """Take over the place of a link."""
    visitor.follow_link(search, _show, refused, is_known)


def _show(query: str) -> None:
    place.value = from_link(query)


def use_link() -> None:
    """Take over the place of the link with which the page was opened."""
    search = solara.use_router().search or ""
    solara.use_memo(lambda: take(search), [])


def from_link(query: str) -> Place:
    """Read a place from the query of a link; raises ``UserError``."""
    course, numbers = from_query(query)
    check_replayed(course)
    return Place(course, **numbers)


def go(**more: int) -> None:
    """Show another person, week or half-day, or say which there are."""
    here = place.peek() or _first_place()
    course = here.course
    ends = {
        "employee": course.people,
        "week": course.pair.weeks,
        "half_day": HALF_DAYS,
    }
    for name, value in more.items():
        if not 0 <= value < ends[name]:
            refused.value = f"{name} is {value}; choose 0 to {ends[name] - 1}."
            return
    place.value = replace(here, **more)
    refused.value = ""


def hire(workforce: Workforce) -> None:
    """Show the same seat in an organisation with other roles, or say why not."""
    here = place.peek() or _first_place()
    pair = replace(here.course.pair, workforce=workforce)
    try:
        course = replace(here.course, pair=with_people(pair, here.course.people))
        check_replayed(course)
        place.value = replace(here, course=course)
        refused.value = ""
    except UserError as wrong:
        refused.value = str(wrong)


def use_replay(
    replay: Callable[[*Asked, Event], Answer], *asked: *Asked
) -> tuple[tuple[*Asked], Answer] | None:
    """Replay in the background whenever something else is asked.

    Returns what was asked and the answer, None before the first answer. Until a new
    answer arrives they are those of before.
    """
    first: tuple[tuple[*Asked], Answer] | None = None
    latest, set_latest = solara.use_state(first)

    async def work() -> None:
        try:
            answer = await in_background(lambda stop: replay(*asked, stop))
            set_latest((asked, answer))
        except UserError as error:
            refused.value = str(error)

    use_task(work, dependencies=[asked])
    result: tuple[tuple[*Asked], Answer] | None = latest
    return result
