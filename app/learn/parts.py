"""Parts that Learn and Class share: the question, the run, and what it says."""

import asyncio
from collections.abc import Callable
from contextlib import aclosing

import solara
from solara.lab import use_task
from solara.server.kernel_context import get_current_context

from app import visitor
from app.compare.page import escaped
from app.learn.charts import DRAWN
from app.learn.lessons import Lesson, Range, Results, Said, run
from app.parts import Chart, Refusal
from experiments.errors import UserError


@solara.component
def Question(
    lesson: Lesson,
    said: Said | None,
    on_said: Callable[[Said], None],
    *,
    is_over: bool = False,
) -> None:
    """The story, the question, and the options or the numbers to predict."""
    paragraph(lesson.story)
    solara.HTML(tag="h2", unsafe_innerHTML=escaped(lesson.question))
    if isinstance(lesson.answers, Range):
        low, high, _ = lesson.answers
        # The slider stands somewhere before anything is predicted.
        place = int(said) if isinstance(said, int | float) else max(low, 0)
        label = "?" if said is None else lesson.told(place)
        solara.SliderInt(
            f"Your prediction: {label}",
            place,
            low,
            high,
            on_value=lambda value: on_said(value),
            thumb_label=False,
            disabled=is_over,
        )
        paragraph(
            "Move the slider to predict. Right is what is within a quarter of the "
            "run's number; within a factor of two is worth half a point.",
            "quiet",
        )
        return
    solara.v.RadioGroup(
        v_model=said,
        on_v_model=on_said,
        disabled=is_over,
        children=[
            solara.v.Radio(label=answer, value=answer) for answer in lesson.answers
        ],
        attributes={"aria-label": lesson.question},
    )


def use_run(
    lesson: Lesson | None, on_results: Callable[[Results], None]
) -> tuple[float, str, Callable[[], None]]:
    """Run a lesson once it is given, and hand over the results.

    Returns the part that is done [0, 1], why it was refused, and a function that
    cancels the runs.
    """
    state, set_state = solara.use_state((0.0, ""))

    async def work() -> None:
        set_state((0.0, ""))
        if lesson is None:
            return
        context = get_current_context()
        try:
            async with aclosing(run(lesson, context.id)) as steps:
                async for step in steps:
                    if not visitor.is_watched(context):
                        return
                    set_state((step.part, ""))
                    if step.results is not None:
                        on_results(step.results)
        except UserError as wrong:
            set_state((0.0, str(wrong)))
        except asyncio.CancelledError:
            set_state((0.0, ""))
            raise

    task = use_task(work, dependencies=[lesson])
    return *state, task.cancel


@solara.component
def Working(part: float, refused: str, cancel: Callable[[], None]) -> None:
    """How far the runs of a lesson are."""
    Refusal(refused)
    with solara.Row(style={"align-items": "center", "flex-wrap": "wrap"}):
        solara.ProgressLinear(100.0 * part)
        solara.Text(f"Simulating: {100.0 * part:.0f} % of the runs are done")
        solara.Button("Cancel", on_click=cancel, text=True, small=True)


@solara.component
def Evidence(lesson: Lesson, results: Results) -> None:
    """The charts of a lesson's run, and the way to all of it."""
    router = solara.use_router()
    pair = lesson.pairs()[lesson.schemes[0]]

    def look() -> None:
        visitor.pair.value = pair
        router.push("/")

    solara.HTML(
        tag="p",
        unsafe_innerHTML=(
            "Grey is "
            f"{escaped(pair.labels[0])}, blue is {escaped(pair.labels[1])}; 16 runs of "
            "each with the same people and luck, 104 weeks."
            if set(lesson.draws) & {"usage", "output", "validity"}
            else "16 runs of every scheme with the same people and luck, 104 weeks."
        ),
        classes=["quiet"],
    )
    with solara.Div(classes=["abreast"]):
        for name in lesson.draws:
            drawn = DRAWN[name]
            Chart(
                drawn.title,
                lambda dark, drawn=drawn: drawn.option(results, dark),
                note=drawn.note,
            )
    with solara.Row():
        solara.Button("Look at it in Compare", on_click=look, outlined=True)


def paragraph(text: str, *classes: str) -> None:
    """A paragraph of plain text."""
    solara.HTML(tag="p", unsafe_innerHTML=escaped(text), classes=[*classes])
