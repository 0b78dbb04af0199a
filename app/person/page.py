"""One employee: who they are, what they did, what they saw, and why they chose."""

from dataclasses import dataclass, replace
from typing import Any

import solara
from solara.lab import use_task

from app import visitor
from app.compare.page import escaped
from app.compare.share import escaped_link
from app.live import charts as live_charts
from app.live import state as live_state
from app.live.course import Course, as_query, check_asked, from_query
from app.live.run import aside
from app.parts import Chart, Refusal, Slot
from app.person import charts as person_charts
from app.person import words as person_words
from app.person.life import Life, Moment, life, moment
from experiments.errors import UserError

STYLE = """
.sights { display: grid; grid-template-columns: max-content 1fr; gap: 4px 14px;
  margin: 4px 0 0; }
.sights dt { font-weight: 600; } .sights dd { margin: 0; }
@media (max-width: 600px) { .sights { grid-template-columns: 1fr; gap: 0; }
  .sights dd { margin-bottom: 6px; } }
.minds { margin: 4px 0 0; padding-left: 1.2em; }
"""


@dataclass(frozen=True)
class Place:
    """Whom the page shows, and when."""

    course: Course
    employee: int = 0
    week: int = 0
    half_day: int = 0


place: solara.Reactive[Place | None] = solara.reactive(None)
"""None until this visitor first asks somebody."""
refused: solara.Reactive[str] = solara.reactive("")


@solara.component
def Page() -> None:
    """Ask one employee."""
    use_link()
    now = place.value or first_place()
    whose, lived = use_replay(life, now.course, now.employee)
    _, asked = use_replay(moment, now.course, now.employee, now.week)
    solara.Style(STYLE)
    Refusal(refused.value)
    solara.HTML(tag="h1", unsafe_innerHTML=f"Employee {now.employee}, week {now.week}")
    Choice(now)
    with solara.Div(classes=["abreast"]):
        Who(asked)
        Seen(asked, now)
    if whose != (now.course, now.employee):
        solara.Text("Replaying the run ...", classes=["quiet"])
    else:
        History(lived, now)
    with Slot():
        if asked is not None:
            Why(asked, now)
    Keep(now)


def first_place() -> Place:
    """Somebody in the organisation that this visitor watches."""
    start = live_state.begun()
    number, week = live_state.reached.peek()
    reached = week if number == start.number else start.week
    return Place(start.course, week=max(0, reached - 1))


def use_link() -> None:
    """Take over whom a link names, once, when the page is opened."""
    search = solara.use_router().search or ""

    def take() -> None:
        place.value = from_link(search)

    solara.use_memo(lambda: visitor.follow(search, take, refused), [search])


def from_link(query: str) -> Place:
    """Whom a link names; raises ``UserError``."""
    course, numbers = from_query(query)
    check_asked(course)
    return Place(course, **numbers)


def use_replay(replay: Any, *what: Any) -> tuple[Any, Any]:
    """Replay off the loop whenever something changes.

    Returns what was replayed last and its result, (None, None) at first.
    """
    nothing: tuple[Any, Any] = (None, None)
    state: tuple[tuple[Any, Any], Any] = solara.use_state(nothing)
    found, set_found = state

    async def work() -> None:
        try:
            set_found((what, await aside(lambda stop: replay(*what, stop))))
        except UserError as wrong:
            refused.value = str(wrong)

    use_task(work, dependencies=[what])
    return found


def go(**more: int) -> None:
    """Look at somebody else, another week or another half-day, if there is one."""
    now = place.peek() or first_place()
    moved = replace(now, **more)
    within = (
        0 <= moved.employee < now.course.people
        and 0 <= moved.week < now.course.pair.weeks
        and 0 <= moved.half_day < 10
    )
    if within:
        place.value = moved
        refused.value = ""


@solara.component
def Choice(now: Place) -> None:
    """Who, which week and which half-day."""
    course = now.course
    with solara.Div(classes=["panel"]):
        with solara.Div(classes=["abreast"]):
            solara.InputInt(
                f"employee, 0 to {course.people - 1}",
                now.employee,
                on_value=lambda n: go(employee=n),
            )
            solara.SliderInt(
                f"week: {now.week}",
                now.week,
                0,
                course.pair.weeks - 1,
                on_value=lambda week: go(week=week),
                thumb_label=False,
            )
            solara.Select(
                "half-day",
                [*person_charts.HALF_DAYS],
                person_charts.HALF_DAYS[now.half_day],
                on_value=lambda name: go(half_day=person_charts.HALF_DAYS.index(name)),
            )
        solara.HTML(
            tag="p",
            classes=["quiet"],
            unsafe_innerHTML=f"{course.people} people, seed {course.pair.seed}, under "
            f"{escaped(course.label(now.week))}. The past is replayed from the seed.",
        )


@solara.component
def Who(asked: Moment | None) -> None:
    """Traits in plain words."""
    with solara.Div(classes=["panel"]):
        solara.HTML(tag="h2", unsafe_innerHTML="Who they are")
        for sentence in asked.portrait if asked else ():
            solara.HTML(tag="p", unsafe_innerHTML=escaped(sentence))


@solara.component
def Seen(asked: Moment | None, now: Place) -> None:
    """What they saw at the start of the week."""
    items = "".join(
        f"<dt>{escaped(name)}</dt><dd>{escaped(text)}</dd>"
        for name, text in (asked.sights if asked else ())
    )
    with solara.Div(classes=["panel"]):
        solara.HTML(tag="h2", unsafe_innerHTML="What they see as the week starts")
        solara.HTML(tag="dl", unsafe_innerHTML=items, classes=["sights"])


@solara.component
def History(lived: Life, now: Place) -> None:
    """Every half-day of the run, and each week's sums; a click goes there."""

    def to_half_day(event: dict[str, Any]) -> None:
        value = event.get("value")
        if isinstance(value, list) and len(value) >= 2:
            go(week=int(value[0]), half_day=int(value[1]))

    def to_week(event: dict[str, Any]) -> None:
        number = event.get("dataIndex")
        if isinstance(number, int):
            go(week=number)

    Chart(
        "What they did, half-day by half-day",
        lambda dark: person_charts.strip(lived, now.week, now.half_day, dark),
        note="A column is a week, of the whole run; the diamond is where you are. "
        f"Click to go elsewhere. {live_charts.key()}",
        height=230,
        on_click=to_half_day,
    )
    Chart(
        "Week by week",
        lambda dark: person_charts.weekly(lived, now.week, dark),
        note=f"Half-days of ten. In week {now.week} they used "
        f"{lived.tokens[now.week]:.3g} M tokens, and their real output was "
        f"{lived.output[now.week]:.3g} half-days of average manual work.",
        height=170,
        on_click=to_week,
    )


@solara.component
def Why(asked: Moment, now: Place) -> None:
    """The payoff terms of the half-day, and the same in words."""
    explanation = asked.half_days[now.half_day]
    name = person_words.half_day_name(now.half_day)
    when = f"{name} of week {explanation.week}"
    minds = "".join(f"<li>{escaped(s)}</li>" for s in person_words.flips(explanation))
    with solara.Div(classes=["abreast"]):
        with solara.Div(classes=["panel"], attributes={"aria-live": "polite"}):
            solara.HTML(tag="h2", unsafe_innerHTML=f"Why, on {when}?")
            solara.HTML(
                tag="p",
                unsafe_innerHTML=escaped(person_words.why(explanation)),
                classes=["says"],
            )
            solara.HTML(
                tag="p", unsafe_innerHTML=escaped(person_words.task(explanation))
            )
            solara.HTML(tag="h2", unsafe_innerHTML="What would have changed their mind")
            solara.HTML(tag="ul", unsafe_innerHTML=minds, classes=["minds"])
        Chart(
            "What each activity was worth to them",
            lambda dark: person_charts.payoffs(explanation, dark),
            note="Half-days of average manual work, over working by hand; the diamond "
            "is the sum. Below each name is its chance.",
            height=380,
        )


@solara.component
def Keep(now: Place) -> None:
    """The link to exactly this person, week and half-day."""
    whom = {"employee": now.employee, "week": now.week, "half_day": now.half_day}
    link = f"/person?{as_query(now.course, **whom)}"
    solara.HTML(
        tag="p",
        classes=["quiet"],
        unsafe_innerHTML=f'<a href="{escaped_link(link)}">Link to exactly this '
        "state</a>.",
    )
