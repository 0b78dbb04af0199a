"""Learn: seven lessons, each with a prediction before the run is revealed."""

from typing import NamedTuple

import solara

from app.learn.lessons import LESSONS, Lesson, Results, Said, Truth, verdict
from app.learn.parts import Evidence, Question, Working, paragraph, use_run


class Done(NamedTuple):
    """A lesson whose run this visitor has seen."""

    said: Said
    truth: Truth
    points: float
    results: Results


at: solara.Reactive[int] = solara.reactive(0)
"""The lesson that this visitor is at; as many as there are lessons is the end."""
said: solara.Reactive[dict[int, Said]] = solara.reactive({})
done: solara.Reactive[dict[int, Done]] = solara.reactive({})
"""Predictions and finished lessons of this visitor, by lesson."""


@solara.component
def Page() -> None:
    """Learn by predicting."""
    number = at.value
    solara.HTML(tag="h1", unsafe_innerHTML="Predict first, then see the run")
    paragraph(
        "Seven short lessons, from one employee to designing a measure. Predict, "
        "reveal the run, and see how far off you were. Nothing is kept when you close "
        "this page."
    )
    with solara.Div(classes=["abreast"]):
        Contents()
        with solara.Div(classes=["panel"]):
            if number < len(LESSONS):
                One(number, LESSONS[number]).key(f"lesson {number}")
            else:
                End()
    finished = done.value.get(number)
    if finished:
        Evidence(LESSONS[number], finished.results).key(f"evidence {number}")


@solara.component
def Contents() -> None:
    """All lessons, which are done and with how many points."""
    with solara.Div(classes=["panel"]):
        solara.HTML(tag="h2", unsafe_innerHTML="Lessons")
        for number, lesson in enumerate(LESSONS):
            finished = done.value.get(number)
            scored = f" – {points_of(finished.points)}" if finished else ""
            solara.Button(
                f"{number + 1}. {lesson.title}{scored}",
                icon_name="mdi-check" if finished else "mdi-circle-outline",
                on_click=lambda number=number: at.set(number),
                text=True,
                color="primary" if number == at.value else None,
                attributes={"aria-current": "step" if number == at.value else "false"},
                style=LEFT,
            )
        total = sum(one.points for one in done.value.values())
        paragraph(
            f"{len(done.value)} of {len(LESSONS)} done, {points_of(total)}", "quiet"
        )


LEFT = {
    "justify-content": "flex-start",
    "text-transform": "none",
    "letter-spacing": "normal",
    "width": "100%",
    "white-space": "normal",
    "height": "auto",
    "min-height": "36px",
}
"""A button that reads like a line of a list."""


@solara.component
def One(number: int, lesson: Lesson) -> None:
    """One lesson: a prediction, the run, and what it says."""
    asked, set_asked = solara.use_state(False)
    finished = done.value.get(number)
    guess = finished.said if finished else said.value.get(number)

    def predict(value: Said | None) -> None:
        if value is not None and not asked and number not in done.peek():
            said.value = {**said.peek(), number: value}

    def finish(results: Results) -> None:
        if guess is not None:
            truth = lesson.truth(results)
            points = lesson.score(guess, truth)
            done.value = {**done.peek(), number: Done(guess, truth, points, results)}

    part, refused, cancel = use_run(lesson if asked and not finished else None, finish)

    def stop() -> None:
        cancel()
        set_asked(False)

    solara.HTML(
        tag="h2", unsafe_innerHTML=f"{number + 1}. {lesson.title}", classes=["says"]
    )
    Question(lesson, guess, predict, is_over=asked or finished is not None)
    if finished:
        Answer(lesson, finished)
    elif asked:
        Working(part, refused, stop)
    else:
        with solara.Row():
            solara.Button(
                "Reveal the run",
                on_click=lambda: set_asked(True),
                disabled=guess is None,
                color="primary",
            )
    with solara.Row(style={"flex-wrap": "wrap"}):
        if number > 0:
            solara.Button("Back", on_click=lambda: at.set(number - 1), text=True)
        last = number + 1 == len(LESSONS)
        solara.Button(
            "Your score" if last else "Next lesson",
            on_click=lambda: at.set(number + 1),
            text=True,
        )


@solara.component
def Answer(lesson: Lesson, finished: Done) -> None:
    """What was said beside what the run says."""
    with solara.Div(attributes={"aria-live": "polite"}):
        with solara.Div(classes=["figures"]):
            for name, value in (
                ("You said", lesson.told(finished.said)),
                ("The run says", lesson.told(finished.truth.answer)),
                ("Points", f"{finished.points:g}"),
            ):
                with solara.Div():
                    solara.HTML(tag="div", unsafe_innerHTML=name, classes=["quiet"])
                    solara.HTML(
                        tag="div", unsafe_innerHTML=value, classes=["figure-value"]
                    )
        paragraph(finished.truth.sentence, "says")
        if finished.truth.alike:
            alike = " and ".join(finished.truth.alike)
            paragraph(f"The run cannot tell it from {alike}: that is right too.")


@solara.component
def End() -> None:
    """The score of all lessons."""
    total = sum(one.points for one in done.value.values())
    missing = len(LESSONS) - len(done.value)
    solara.HTML(tag="h2", unsafe_innerHTML="Your score", classes=["says"])
    solara.HTML(
        tag="div",
        unsafe_innerHTML=f"{total:g} of {len(LESSONS)}",
        classes=["figure-value"],
    )
    if missing:
        left = "lesson is" if missing == 1 else "lessons are"
        paragraph(f"{missing} {left} still to be done.")
    else:
        paragraph(verdict(total))
    with solara.Row():
        solara.Button("To the first lesson", on_click=lambda: at.set(0), text=True)


def points_of(points: float) -> str:
    """Points in words."""
    return f"{points:g} point" if points == 1.0 else f"{points:g} points"
