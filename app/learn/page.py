"""*Learn*: seven lessons, each with a prediction before the run is revealed."""

from typing import NamedTuple

import solara

from app import visitor
from app.address import Heading
from app.components import Figure, Panel, Paragraph, Refusal
from app.learn.components import Evidence, Question, Ties, Working, use_run
from app.learn.lesson import Lesson, Prediction, Results, Truth
from app.learn.lessons import LESSONS, verdict
from app.link import value_of
from experiments.config import plain
from experiments.designs.pair import short
from experiments.errors import UserError

LESSON = "lesson"
"""What a link to a lesson says: its number from 1 on, or one more for the end."""
LIST_ITEM = {
    "justify-content": "flex-start",
    "text-transform": "none",
    "letter-spacing": "normal",
    "width": "100%",
    "white-space": "normal",
    "height": "auto",
    "min-height": "36px",
}
"""Style of a button that reads like a line of a list."""


class Done(NamedTuple):
    """A lesson whose run this visitor has seen."""

    prediction: Prediction
    truth: Truth
    points: float
    results: Results


at: solara.Reactive[int] = solara.reactive(0)
"""The number of the lesson that is open; the end counts as one lesson more."""
predictions: solara.Reactive[dict[int, Prediction]] = solara.reactive({})
done: solara.Reactive[dict[int, Done]] = solara.reactive({})
"""Predictions and finished lessons of this visitor, by number of the lesson."""

refused: solara.Reactive[str] = solara.reactive("")
"""Why a link was refused; empty if it was not."""


def take(search: str) -> None:
    """Open the lesson of a link."""
    visitor.follow_link(search, _open, refused, LESSON.__eq__)


def _open(query: str) -> None:
    text = value_of(query, LESSON)
    number, last = plain.number(text), len(LESSONS) + 1
    if text and not (isinstance(number, int) and 1 <= number <= last):
        raise UserError(f"{LESSON} is {short(text)}; choose 1 to {last}.")
    if text:
        at.value = int(text) - 1


def use_link() -> None:
    """Open the lesson of the link with which the page was opened."""
    search = solara.use_router().search or ""
    solara.use_memo(lambda: take(search), [])


@solara.component
def Page() -> None:
    """Learn by predicting."""
    use_link()
    number = at.value
    is_end = number == len(LESSONS)
    subject = "your score" if is_end else LESSONS[number].title
    solara.Title(f"Learn: {subject} - tokenmaxxing studio")
    Heading(
        "Predict first, then see the run",
        f"/learn?{LESSON}={number + 1}",
        (LESSON,),
        take,
    )
    Refusal(refused.value)
    Paragraph(
        "Seven short lessons, from one employee to designing a measure. Predict, "
        "reveal the run, and see how far off you were. Nothing is kept when you close "
        "this page."
    )
    with solara.Div(classes=["abreast"]):
        Contents()
        with Panel():
            if number < len(LESSONS):
                OneLesson(number, LESSONS[number]).key(f"lesson {number}")
            else:
                End()
    finished = done.value.get(number)
    if finished:
        Evidence(LESSONS[number], finished.results).key(f"evidence {number}")


@solara.component
def Contents() -> None:
    """List the lessons, with the points of those that are done."""
    with Panel("Lessons"):
        for number, lesson in enumerate(LESSONS):
            finished = done.value.get(number)
            points = f" – {in_points(finished.points)}" if finished else ""
            solara.Button(
                f"{number + 1}. {lesson.title}{points}",
                icon_name="mdi-check" if finished else "mdi-circle-outline",
                on_click=lambda number=number: at.set(number),
                text=True,
                color="primary" if number == at.value else None,
                attributes={"aria-current": "step" if number == at.value else "false"},
                style=LIST_ITEM,
            )
        Paragraph(
            f"{len(done.value)} of {len(LESSONS)} done, {in_points(total_points())}",
            "quiet",
        )


@solara.component
def OneLesson(number: int, lesson: Lesson) -> None:
    """Take a prediction, reveal the run, and compare both."""
    is_asked, set_asked = solara.use_state(False)
    finished = done.value.get(number)
    prediction = finished.prediction if finished else predictions.value.get(number)

    def predict(value: Prediction | None) -> None:
        if value is not None and not is_asked and number not in done.peek():
            predictions.value = {**predictions.peek(), number: value}

    def finish(results: Results) -> None:
        if prediction is not None:
            truth = lesson.truth(results)
            points = lesson.score(prediction, truth)
            one = Done(prediction, truth, points, results)
            done.value = {**done.peek(), number: one}

    progress, refused, cancel = use_run(
        lesson if is_asked and not finished else None, finish
    )

    def stop() -> None:
        cancel()
        set_asked(False)

    solara.HTML(
        tag="h2", unsafe_innerHTML=f"{number + 1}. {lesson.title}", classes=["says"]
    )
    Question(lesson, prediction, predict, is_over=is_asked or finished is not None)
    if finished:
        Answer(lesson, finished)
    elif is_asked:
        Working(progress, refused, stop)
    else:
        with solara.Row():
            solara.Button(
                "Reveal the run",
                on_click=lambda: set_asked(True),
                disabled=prediction is None,
                color="primary",
            )
    with solara.Row(style={"flex-wrap": "wrap"}):
        if number > 0:
            solara.Button("Back", on_click=lambda: at.set(number - 1), text=True)
        is_last = number + 1 == len(LESSONS)
        solara.Button(
            "Your score" if is_last else "Next lesson",
            on_click=lambda: at.set(number + 1),
            text=True,
        )


@solara.component
def Answer(lesson: Lesson, finished: Done) -> None:
    """Show the prediction beside what the run says."""
    with solara.Div(attributes={"aria-live": "polite"}):
        with solara.Div(classes=["figures"]):
            Figure("You said", lesson.as_text(finished.prediction))
            Figure("The run says", lesson.as_text(finished.truth.answer))
            Figure("Points", f"{finished.points:g}")
        Paragraph(finished.truth.sentence, "says")
        Ties(finished.truth)


@solara.component
def End() -> None:
    """Show the points of all lessons."""
    total = total_points()
    missing = len(LESSONS) - len(done.value)
    solara.HTML(tag="h2", unsafe_innerHTML="Your score", classes=["says"])
    solara.HTML(
        tag="div",
        unsafe_innerHTML=f"{total:g} of {len(LESSONS)}",
        classes=["figure-value"],
    )
    if missing:
        lessons = "lesson is" if missing == 1 else "lessons are"
        Paragraph(f"{missing} {lessons} still to be done.")
    else:
        Paragraph(verdict(total))
    with solara.Row():
        solara.Button("To the first lesson", on_click=lambda: at.set(0), text=True)


def total_points() -> float:
    """Return the points of the lessons that are done."""
    finished: dict[int, Done] = done.value
    return sum(one.points for one in finished.values())


def in_points(points: float) -> str:
    """Write a number of points."""
    return f"{points:g} point" if points == 1.0 else f"{points:g} points"
