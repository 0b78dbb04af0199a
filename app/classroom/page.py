"""*Class*: everybody who joins by a code predicts, then all see the result."""

from collections.abc import Callable

import solara

from app.classroom import state
from app.classroom.charts import histogram
from app.classroom.classes import (
    CLASSES,
    LETTERS,
    MOST_CLASSES,
    MOST_MEMBERS,
    Result,
    View,
)
from app.classroom.state import attempt, code, enter, me, use_view
from app.components import Chart, Figure, Panel, Paragraph, Refusal, Slot
from app.learn.components import Evidence, Question, Ties, Working, use_run
from app.learn.lesson import Prediction, Results
from app.learn.lessons import LESSONS


@solara.component
def Page() -> None:
    """Open a class, join one, or take part in it."""
    state.use_link()
    solara.HTML(tag="h1", unsafe_innerHTML="Predict together")
    Refusal(state.refused.value)
    if code.value:
        Room(code.value).key(code.value)
    else:
        Door()


@solara.component
def Door() -> None:
    """Offer to join a class or to open one."""
    given, set_given = solara.use_state("")
    router = solara.use_router()

    def go(join_or_open: Callable[[], str]) -> None:
        enter(join_or_open)
        if code.peek():
            # The address of the page becomes the link of the class.
            router.push(f"/class?code={code.peek()}")

    Paragraph(
        "Everybody predicts how a lesson ends, then the run is revealed to all at once."
    )
    with solara.Div(classes=["abreast"]):
        with Panel("Join a class"):
            solara.InputText(
                f"Code ({LETTERS} letters and digits)",
                given,
                on_value=set_given,
                continuous_update=True,
            )
            solara.Button(
                "Join",
                on_click=lambda: go(lambda: CLASSES.join(given, me())),
                disabled=not given.strip(),
                color="primary",
            )
        with Panel("Open a class"):
            Paragraph(
                "You get a code to show. You turn the lessons and reveal the results."
            )
            solara.Button(
                "Open a class",
                on_click=lambda: go(lambda: CLASSES.open(me())),
                color="primary",
            )
    Paragraph(
        "No names are asked for and nothing is stored: a class lives in the memory of "
        "this server and is forgotten half a day after its last use, or when the "
        f"server ends. At most {MOST_MEMBERS} people can be in a class, and "
        f"{MOST_CLASSES} classes on a server; one browser counts as one person.",
        "quiet",
    )


@solara.component
def Room(of: str) -> None:
    """Show a class as it is now."""
    view, look = use_view(of)

    def leave() -> None:
        code.value = ""

    if view is None:
        Refusal("This class is over: it was forgotten.")
        solara.Button("Back", on_click=leave, text=True)
        return
    Head(view)
    with Panel():
        PresentLesson(view, look)
        if view.is_host:
            HostControls(view, look)
    with Slot():
        if view.result:
            Outcome(view, view.result)
    with solara.Row():
        solara.Button("Leave this class", on_click=leave, text=True, small=True)


@solara.component
def Head(view: View) -> None:
    """Show the code, the link, and how many have predicted."""
    with Panel():
        solara.HTML(tag="div", unsafe_innerHTML="Code of this class", classes=["quiet"])
        solara.HTML(tag="div", unsafe_innerHTML=view.code, classes=["class-code"])
        solara.HTML(
            tag="p",
            unsafe_innerHTML=f'<a href="/class?code={view.code}">Link to this class</a>'
            " (copy its address)",
        )
        solara.HTML(
            tag="p",
            unsafe_innerHTML=f"{view.predicted} of {view.members} have predicted",
            classes=["says"],
            attributes={"aria-live": "polite"},
        )
        if view.is_host:
            Paragraph("You count as one of the class.", "quiet")


@solara.component
def PresentLesson(view: View, look: Callable[[], None]) -> None:
    """Ask for this member's prediction until the result is revealed."""
    lesson = LESSONS[view.lesson]

    def predict(value: Prediction | None) -> None:
        if value is not None:
            attempt(lambda: CLASSES.predict(view.code, me(), view.lesson, value))
            look()

    solara.HTML(
        tag="h2",
        unsafe_innerHTML=f"Lesson {view.lesson + 1} of {len(LESSONS)}: {lesson.title}",
        classes=["says"],
    )
    is_over = view.result is not None
    question = Question(lesson, view.prediction, predict, is_over=is_over)
    question.key(f"asks {view.lesson}")
    if is_over:
        return
    if view.prediction is None:
        Paragraph("Nobody sees who predicts what.", "quiet")
    else:
        Paragraph("Sent. You may change it until the result is revealed.", "quiet")


@solara.component
def HostControls(view: View, look: Callable[[], None]) -> None:
    """Let the host reveal results and turn lessons.

    The buttons stay the same while lessons turn: a click that arrives in the middle of
    a turn would be lost with a button that is replaced.
    """
    asked_for, ask_for = solara.use_state(-1)
    lesson = LESSONS[view.lesson]
    is_running = asked_for == view.lesson and view.result is None

    def show(results: Results) -> None:
        result = Result(lesson.truth(results), results)
        attempt(lambda: CLASSES.reveal(view.code, me(), view.lesson, result))
        look()

    progress, refused, cancel = use_run(lesson if is_running else None, show)

    def stop() -> None:
        cancel()
        ask_for(-1)

    def turn(step: int) -> None:
        def from_present() -> None:
            present = CLASSES.look(view.code, me()).lesson
            CLASSES.turn_to(view.code, me(), present + step)

        ask_for(-1)
        attempt(from_present)
        look()

    with Slot():
        if is_running:
            Working(progress, refused, stop)
    with solara.Row(style={"flex-wrap": "wrap", "gap": "8px"}):
        solara.Button(
            "Reveal the run",
            on_click=lambda: ask_for(view.lesson),
            disabled=is_running or view.result is not None or view.predicted == 0,
            color="primary",
        )
        solara.Button(
            "Lesson before", on_click=lambda: turn(-1), disabled=view.lesson == 0
        )
        solara.Button(
            "Next lesson",
            on_click=lambda: turn(1),
            disabled=view.lesson + 1 == len(LESSONS),
        )


@solara.component
def Outcome(view: View, result: Result) -> None:
    """Show what the run says, and what everybody predicted."""
    lesson, truth = LESSONS[view.lesson], result.truth
    with Panel(is_announced=True):
        Figure("The run says", lesson.as_text(truth.answer))
        Paragraph(truth.sentence, "says")
        Ties(truth)
        Paragraph(f"{view.right} of {view.predicted} predicted it right.")
        if view.prediction is not None:
            points = lesson.score(view.prediction, truth)
            said = lesson.as_text(view.prediction)
            Paragraph(f"You said {said}: {points:g} of 1 point.")
    Chart(
        "What everybody predicted",
        lambda dark: histogram(lesson, view.predictions, truth, dark),
        note="Number of predictions; green is what the run says.",
    )
    Evidence(lesson, result.results)
