"""Class: predictions of everybody who joined by a code, against the result."""

import asyncio
from collections.abc import Callable
from urllib.parse import parse_qs

import solara
from solara.lab import use_task
from solara.server.kernel_context import get_current_context

from app import visitor
from app.classroom.classes import (
    CLASSES,
    LETTERS,
    MOST_CLASSES,
    MOST_MEMBERS,
    Result,
    View,
)
from app.compare.page import escaped
from app.learn.charts import histogram
from app.learn.lessons import LESSONS, Results, Said
from app.learn.parts import Evidence, Question, Working, paragraph, use_run
from app.parts import Chart, Refusal, Slot
from experiments.errors import UserError

LOOK = 0.4
"""Seconds between looks at the class."""
CODE_STYLE = """
.class-code { font-size: clamp(2.2rem, 9vw, 4rem); font-weight: 700; line-height: 1.1;
  letter-spacing: .12em; font-variant-numeric: tabular-nums; overflow-wrap: anywhere; }
"""

code: solara.Reactive[str] = solara.reactive("")
"""The class in which this visitor is; empty for none."""
refused: solara.Reactive[str] = solara.reactive("")


@solara.component
def Page() -> None:
    """Open a class, join one, or take part in it."""
    use_link()
    solara.Style(CODE_STYLE)
    solara.HTML(tag="h1", unsafe_innerHTML="Predict together")
    Refusal(refused.value)
    if code.value:
        Room(code.value).key(code.value)
    else:
        Door()


def use_link() -> None:
    """Join the class that a link names, once, when the page is opened."""
    search = solara.use_router().search or ""

    def take() -> None:
        named = parse_qs(search[:200].removeprefix("?")).get("code", [""])[0]
        if named:
            enter(lambda: CLASSES.join(named, me()))

    solara.use_memo(take, [search])


def me() -> str:
    """The random mark of this browser: who reloads the page is the same member."""
    return str(solara.get_session_id())


def enter(way: Callable[[], str]) -> None:
    """Open or join a class; why it was refused is said."""
    try:
        code.value = way()
        refused.value = ""
    except UserError as wrong:
        refused.value = f"You are in no class: {wrong}"


@solara.component
def Door() -> None:
    """Ways into a class."""
    given, set_given = solara.use_state("")
    router = solara.use_router()

    def go(way: Callable[[], str]) -> None:
        enter(way)
        if code.peek():
            # The address of the page becomes the link of the class.
            router.push(f"/class?code={code.peek()}")

    paragraph(
        "Everybody predicts how a lesson ends, then the run is revealed to all at once."
    )
    with solara.Div(classes=["abreast"]):
        with solara.Div(classes=["panel"]):
            solara.HTML(tag="h2", unsafe_innerHTML="Join a class")
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
        with solara.Div(classes=["panel"]):
            solara.HTML(tag="h2", unsafe_innerHTML="Open a class")
            paragraph(
                "You get a code to show. You turn the lessons and reveal the results."
            )
            solara.Button(
                "Open a class",
                on_click=lambda: go(lambda: CLASSES.open(me())),
                color="primary",
            )
    paragraph(
        "No names are asked for and nothing is stored: a class lives in the memory of "
        "this server and is forgotten half a day after its last use, or when the "
        f"server ends. At most {MOST_MEMBERS} people can be in a class, and "
        f"{MOST_CLASSES} classes on a server; one browser counts as one person.",
        "quiet",
    )


@solara.component
def Room(of: str) -> None:
    """A class as it is now; looks again when something has changed."""
    view, look = use_view(of)

    def leave() -> None:
        code.value = ""

    if view is None:
        Refusal("This class is over: it was forgotten.")
        solara.Button("Back", on_click=leave, text=True)
        return
    Head(view)
    with solara.Div(classes=["panel"]):
        Lesson(view, look)
        if view.is_host:
            Host(view, look)
    with Slot():
        if view.result:
            Outcome(view, view.result)
    with solara.Row():
        solara.Button("Leave this class", on_click=leave, text=True, small=True)


def use_view(of: str) -> tuple[View | None, Callable[[], None]]:
    """What a member sees, and a function that looks at once.

    Ends with the page: closing a tab ends its tasks. While a phone sleeps, nothing is
    looked at.
    """
    _, redraw = solara.use_state(-1)

    def look() -> None:
        redraw(version(of))

    async def watch() -> None:
        context = get_current_context()
        while not context.closed_event.is_set():
            if visitor.is_watched(context):
                look()
            await asyncio.sleep(LOOK)

    use_task(watch, dependencies=[of])
    return seen(of), look


def version(of: str) -> int:
    """Changes whenever there is something new to see; -2 once the class is over."""
    try:
        return CLASSES.version(of)
    except UserError:
        return -2


def seen(of: str) -> View | None:
    """The class as this visitor sees it, or None if it is over."""
    try:
        return CLASSES.look(of, me())
    except UserError:
        return None


@solara.component
def Head(view: View) -> None:
    """The code, the link, and how many there are."""
    with solara.Div(classes=["panel"]):
        solara.HTML(tag="div", unsafe_innerHTML="Code of this class", classes=["quiet"])
        solara.HTML(tag="div", unsafe_innerHTML=view.code, classes=["class-code"])
        solara.HTML(
            tag="p",
            unsafe_innerHTML=f'<a href="/class?code={view.code}">Link to this class</a>'
            " (copy its address)",
        )
        said = f"{view.predicted} of {view.members} have predicted"
        solara.HTML(
            tag="p",
            unsafe_innerHTML=said,
            classes=["says"],
            attributes={"aria-live": "polite"},
        )
        if view.is_host:
            paragraph("You count as one of the class.", "quiet")


@solara.component
def Lesson(view: View, look: Callable[[], None]) -> None:
    """The present lesson and this member's prediction."""
    lesson = LESSONS[view.lesson]

    def predict(value: Said | None) -> None:
        if value is not None:
            attempt(lambda: CLASSES.predict(view.code, me(), view.lesson, value))
            look()

    solara.HTML(
        tag="h2",
        unsafe_innerHTML=f"Lesson {view.lesson + 1} of {len(LESSONS)}: {lesson.title}",
        classes=["says"],
    )
    is_over = view.result is not None
    Question(lesson, view.said, predict, is_over=is_over).key(f"asks {view.lesson}")
    if is_over:
        return
    if view.said is None:
        paragraph("Nobody sees who predicts what.", "quiet")
    else:
        paragraph("Sent. You may change it until the result is revealed.", "quiet")


@solara.component
def Host(view: View, look: Callable[[], None]) -> None:
    """Reveals results and turns lessons.

    The buttons stay what they are while lessons turn: a click that arrives in the
    middle of a turn must not be lost with a button that is being replaced.
    """
    asked_for, ask_for = solara.use_state(-1)
    lesson = LESSONS[view.lesson]
    is_running = asked_for == view.lesson and view.result is None

    def show(results: Results) -> None:
        result = Result(lesson.truth(results), results)
        attempt(lambda: CLASSES.reveal(view.code, me(), view.lesson, result))
        look()

    part, refused_run, cancel = use_run(lesson if is_running else None, show)

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
            Working(part, refused_run, stop)
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
    """What the run says, and what everybody predicted."""
    lesson = LESSONS[view.lesson]
    with solara.Div(classes=["panel"], attributes={"aria-live": "polite"}):
        solara.HTML(tag="div", unsafe_innerHTML="The run says", classes=["quiet"])
        solara.HTML(
            tag="div",
            unsafe_innerHTML=escaped(lesson.told(result.truth.answer)),
            classes=["figure-value"],
        )
        paragraph(result.truth.sentence, "says")
        if result.truth.alike:
            alike = " and ".join(result.truth.alike)
            paragraph(f"The run cannot tell it from {alike}: that is right too.")
        paragraph(f"{view.right} of {view.predicted} predicted it right.")
        if view.said is not None:
            points = lesson.score(view.said, result.truth)
            paragraph(f"You said {lesson.told(view.said)}: {points:g} of 1 point.")
    Chart(
        "What everybody predicted",
        lambda dark: histogram(lesson, view.predictions, result.truth, dark),
        note="Number of predictions; green is what the run says.",
    )
    Evidence(lesson, result.results)


def attempt(change: Callable[[], None]) -> None:
    """Do something in a class that may have been forgotten meanwhile."""
    try:
        change()
    except UserError as wrong:
        refused.value = str(wrong)
