"""*One employee*: who they are, what they saw and did, and why they chose it."""

from html import escape

import solara

from app.activities import legend
from app.address import Heading
from app.charts import Clicked
from app.choice import Choice
from app.components import Chart, Panel, Paragraph, Refusal, Slot
from app.course_link import as_query
from app.number import NumberControl
from app.person import charts, state, words
from app.person.life import Life, Moment, life, moment
from app.person.state import Place, go, hire, use_replay
from app.workforce import WorkforceSelect
from model.explanation import Explanation


@solara.component
def Page() -> None:
    """Ask one employee."""
    state.use_link()
    here = state.current_place()
    lived = use_replay(life, here.course, here.employee)
    seen = use_replay(moment, here.course, here.employee, here.week)
    now = seen[1] if seen else None
    title = f"Employee {here.employee}, week {here.week}"
    whom = {"employee": here.employee, "week": here.week, "half_day": here.half_day}
    solara.Title(f"{title} - tokenmaxxing studio")
    Heading(
        title, f"/person?{as_query(here.course, **whom)}", ("employee",), state.take
    )
    Refusal(state.refused.value)
    Whom(here)
    with solara.Div(classes=["abreast"]):
        Portrait(now)
        Sights(now)
    if lived and lived[0] == (here.course, here.employee):
        History(lived[1], here)
    else:
        solara.Text("Replaying the run ...", classes=["quiet"])
    with Slot():
        if now:
            Why(now.half_days[here.half_day])


@solara.component
def Whom(here: Place) -> None:
    """Choose the employee, the week, the half-day and the workforce."""
    course = here.course
    with Panel():
        with solara.Div(classes=["abreast"]):
            NumberControl(
                "employee",
                here.employee,
                (0, course.people - 1, 1),
                lambda employee: go(employee=int(employee)),
                state.refused.set,
                is_whole=True,
            )
            NumberControl(
                "week",
                here.week,
                (0, course.pair.weeks - 1, 1),
                lambda week: go(week=int(week)),
                state.refused.set,
                is_whole=True,
            )
            Choice(
                "half-day",
                {str(k): name for k, name in enumerate(charts.HALF_DAYS)},
                str(here.half_day),
                lambda number: go(half_day=int(number)),
            )
            WorkforceSelect("workforce", course.pair.workforce, hire)
        Paragraph(
            f"{course.people} people, seed {course.pair.seed}, under "
            f"{course.label(here.week)}. The past is replayed from the seed.",
            "quiet",
        )


@solara.component
def Portrait(now: Moment | None) -> None:
    """Tell the traits of the employee."""
    with Panel("Who they are"):
        for sentence in now.portrait if now else ():
            Paragraph(sentence)


@solara.component
def Sights(now: Moment | None) -> None:
    """List what the employee sees as the week starts."""
    items = "".join(
        f"<dt>{escape(name)}</dt><dd>{escape(sentence)}</dd>"
        for name, sentence in (now.sights if now else ())
    )
    with Panel("What they see as the week starts"):
        solara.HTML(tag="dl", unsafe_innerHTML=items, classes=["sights"])


@solara.component
def History(lived: Life, here: Place) -> None:
    """Draw every half-day of the run, and each week's sums; a click goes there."""

    def to_half_day(event: Clicked) -> None:
        value = event.get("value")
        if isinstance(value, list) and len(value) >= 2:
            go(week=int(value[0]), half_day=int(value[1]))

    def to_week(event: Clicked) -> None:
        week = event.get("dataIndex")
        if isinstance(week, int):
            go(week=week)

    Chart(
        "What they did, half-day by half-day",
        lambda dark: charts.strip(lived, here.week, here.half_day, dark),
        note="A column is a week, of the whole run; the diamond is where you are. "
        f"Click to go elsewhere. {legend()}",
        height=230,
        on_click=to_half_day,
    )
    Chart(
        "Week by week",
        lambda dark: charts.weekly(lived, here.week, dark),
        note=f"Half-days of ten. In week {here.week} they used "
        f"{lived.tokens[here.week]:.3g} M tokens, and their real output was "
        f"{lived.output[here.week]:.3g} half-days of average manual work. "
        f"{lived.by_degrees[here.week]}",
        height=170,
        on_click=to_week,
    )


@solara.component
def Why(choice: Explanation) -> None:
    """Explain the choice of a half-day in words and by its payoff terms."""
    when = f"{words.half_day_name(choice.half_day)} of week {choice.week}"
    flips = "".join(f"<li>{escape(text)}</li>" for text in words.flips(choice))
    with solara.Div(classes=["abreast"]):
        with Panel(f"Why, on {when}?", is_announced=True):
            Paragraph(words.why(choice), "says")
            Paragraph(words.task(choice))
            solara.HTML(tag="h2", unsafe_innerHTML="What would have changed their mind")
            solara.HTML(tag="ul", unsafe_innerHTML=flips, classes=["minds"])
        Chart(
            "What each activity was worth to them",
            lambda dark: charts.payoffs(choice, dark),
            note="Half-days of average manual work, over working by hand; the diamond "
            "is the sum. Below each name is its chance.",
            height=440,
        )
