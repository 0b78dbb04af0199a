"""The organisation that one visitor plays: where it starts, and how it begins anew."""

import solara

from app import visitor
from app.course import LEAST_PEOPLE, MOST_PEOPLE, MOST_WEEKS, Course
from app.course_link import from_query, is_known
from app.live.run import Runner
from app.visitor import Start, current_start
from experiments.errors import UserError

refused: solara.Reactive[str] = solara.reactive("")
"""Why a link or a change was refused; empty if nothing was."""


def begin(course: Course, week: int = 0) -> None:
    """Play a course from a week on, and forget what was played before."""
    number = current_start().number + 1
    visitor.reached.value = (number, week)
    visitor.start.value = Start(course, week, number)


def runner_of(start: Start) -> Runner:
    """Replay the organisation to the week that this visitor has reached."""
    return Runner(start.course, visitor.week_reached(start))


def take(search: str) -> None:
    """Take over the course of a link, unless it is just what is played."""
    visitor.follow_link(search, _play, refused, is_known)


def _play(query: str) -> None:
    course, place = from_query(query)
    check_watched(course)
    course.check()
    start, week = current_start(), place.get("week", 0)
    if (course, week) != (start.course, last_week(course, visitor.week_reached(start))):
        begin(course, week)


def last_week(course: Course, over: int) -> int:
    """Return the week that a link names after so many weeks: one of the course."""
    return min(over, course.pair.weeks - 1)


def use_link() -> None:
    """Take over the course of the link with which the page was opened."""
    search = solara.use_router().search or ""
    # An effect: to begin while the page is being drawn would begin more than once.
    solara.use_effect(lambda: take(search), [])


def check_watched(course: Course) -> None:
    """Raise ``UserError`` for an organisation that is too large or long to watch."""
    if not LEAST_PEOPLE <= course.people <= MOST_PEOPLE:
        raise UserError(
            f"there are {course.people:,} people; Live shows {LEAST_PEOPLE} to "
            f"{MOST_PEOPLE}."
        )
    if course.pair.weeks > MOST_WEEKS:
        raise UserError(
            f"this takes {course.pair.weeks:,} weeks; Live shows {MOST_WEEKS}."
        )
