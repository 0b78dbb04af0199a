"""Components of a lesson: the question, the progress of its runs, what they say."""

import asyncio
from collections.abc import Callable
from contextlib import aclosing
from html import escape

import solara
from solara.lab import use_task
from solara.server.kernel_context import get_current_context

from app import visitor
from app.components import Chart, Paragraph, Refusal
from app.learn.charts import CHARTS, WEEKLY
from app.learn.lesson import Lesson, Prediction, Range, Results, Truth, run
from experiments.errors import UserError


@solara.component
def Question(
    lesson: Lesson,
    prediction: Prediction | None,
    on_prediction: Callable[[Prediction], None],
    *,
    is_over: bool = False,
) -> None:
    """Show the story and the question, and take a prediction until it is over."""
    Paragraph(lesson.story)
    solara.HTML(tag="h2", unsafe_innerHTML=escape(lesson.question))
    if isinstance(lesson.answers, Range):
        low, high, _ = lesson.answers
        # The slider needs a place even before anything is predicted.
        place = int(prediction) if isinstance(prediction, int | float) else max(low, 0)
        shown = "?" if prediction is None else lesson.as_text(place)
        solara.SliderInt(
            f"Your prediction: {shown}",
            place,
            low,
            high,
            on_value=lambda value: on_prediction(value),
            thumb_label=False,
            disabled=is_over,
        )
        Paragraph(
            "Move the slider to predict. A number within a quarter of the run's number "
            "is right; one within a factor of two is worth half a point.",
            "quiet",
        )
        return
    solara.v.RadioGroup(
        v_model=prediction,
        on_v_model=on_prediction,
        disabled=is_over,
        children=[
            solara.v.Radio(label=answer, value=answer) for answer in lesson.answers
        ],
        attributes={"aria-label": lesson.question},
    )


def use_run(
    lesson: Lesson | None, on_results: Callable[[Results], None]
) -> tuple[float, str, Callable[[], None]]:
    """Run a lesson as soon as one is given, and hand over its results.

    Returns the share of the runs that is done [0, 1], why the lesson was refused, and a
    function that cancels the runs.
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
                    set_state((step.done, ""))
                    if step.results is not None:
                        on_results(step.results)
        except UserError as error:
            set_state((0.0, str(error)))
        except asyncio.CancelledError:
            set_state((0.0, ""))
            raise

    task = use_task(work, dependencies=[lesson])
    return *state, task.cancel


@solara.component
def Working(done: float, refused: str, cancel: Callable[[], None]) -> None:
    """Show the progress of the runs, or why they were refused."""
    Refusal(refused)
    with solara.Row(style={"align-items": "center", "flex-wrap": "wrap"}):
        solara.ProgressLinear(100.0 * done)
        solara.Text(f"Simulating: {100.0 * done:.0f} % of the runs are done")
        solara.Button("Cancel", on_click=cancel, text=True, small=True)


def Ties(truth: Truth) -> None:
    """Name the other options that are right too, if there are any."""
    if truth.ties:
        options = " and ".join(truth.ties)
        Paragraph(f"The run cannot tell it from {options}: that is right too.")


@solara.component
def Evidence(lesson: Lesson, results: Results) -> None:
    """Show the charts of a lesson's run, and a button that opens it in Compare."""
    router = solara.use_router()
    pair = lesson.pairs()[lesson.schemes[0]]

    def compare() -> None:
        visitor.pair.value = pair
        router.push("/compare")

    first, second = pair.labels
    Paragraph(
        f"Grey is {first}, blue is {second}; 16 runs of each with the same people and "
        "luck, 104 weeks."
        if WEEKLY.intersection(lesson.charts)
        else "16 runs of every scheme with the same people and luck, 104 weeks.",
        "quiet",
    )
    with solara.Div(classes=["abreast"]):
        for name in lesson.charts:
            chart = CHARTS[name]
            Chart(
                chart.title,
                lambda dark, chart=chart: chart.option(results, dark),
                note=chart.note,
            )
    with solara.Row():
        solara.Button("Look at it in Compare", on_click=compare, outlined=True)
