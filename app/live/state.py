"""What one visitor watches; Live and One employee show the same organisation."""

from dataclasses import dataclass

import solara

from app import visitor
from app.live.course import Course, check_watched, first_course, from_query
from app.live.run import Runner


@dataclass(frozen=True)
class Start:
    """Where playing begins: a course, a week to replay to, and which time this is."""

    course: Course
    week: int = 0
    number: int = 0


start: solara.Reactive[Start | None] = solara.reactive(None)
"""None until this visitor first looks at an organisation."""
reached: solara.Reactive[tuple[int, int]] = solara.reactive((0, 0))
"""The number of the latest start, and the week to which it has been played."""
refused: solara.Reactive[str] = solara.reactive("")


def begun() -> Start:
    """The start of this visitor, at first the second side of their pair."""
    return start.peek() or Start(first_course(visitor.pair.peek()))


def begin(course: Course, week: int = 0) -> None:
    """Play a course from a week on; what was played before is forgotten."""
    number = begun().number + 1
    reached.value = (number, week)
    start.value = Start(course, week, number)


def runner_of(now: Start) -> Runner:
    """The organisation, replayed to where this visitor had come with it."""
    number, week = reached.peek()
    return Runner(now.course, week if number == now.number else now.week)


def use_link() -> None:
    """Take over the course that a link names, once, when the page is opened."""
    search = solara.use_router().search or ""

    def take() -> None:
        course, place = from_query(search)
        check_watched(course)
        begin(course, place.get("week", 0))

    # After the page is drawn: to begin while it is drawn would begin more than once.
    solara.use_effect(lambda: visitor.follow(search, take, refused), [search])
