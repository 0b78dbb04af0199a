"""Live: one organisation, week by week; its scheme can be changed while it runs."""

import asyncio
from collections.abc import Callable
from dataclasses import replace

import solara
from solara.lab import use_task
from solara.server.kernel_context import get_current_context

from app import visitor
from app.compare.page import escaped
from app.compare.share import escaped_link
from app.live import charts as live_charts
from app.live import state as live_state
from app.live.course import (
    LEAST_PEOPLE,
    MOST_PEOPLE,
    Course,
    as_query,
    check_watched,
    with_people,
)
from app.live.run import Board, Runner, Snapshot, aside
from app.live.state import begin, begun, reached, refused
from app.parts import Chart, Refusal
from experiments.config.catalogue import members
from experiments.designs.pair import Side
from experiments.errors import UserError

SPEEDS = {"1 week a second": 1, "4 weeks a second": 4, "12 weeks a second": 12}
FRAMES = 4
"""Pictures a second at most."""
NARROW = """
.live-head { display: flex; flex-wrap: wrap; gap: 8px 14px; align-items: center; }
.board { display: grid; grid-template-columns: 1fr 1fr; gap: 4px 18px; }
.board ol { margin: 4px 0 0; padding-left: 1.6em; }
.board li { font-variant-numeric: tabular-nums; padding: 1px 0; }
.board a { color: inherit; }
.events { margin: 0; padding-left: 1.2em; max-height: 180px; overflow-y: auto; }
"""


@solara.component
def Page() -> None:
    """Watch one organisation."""
    live_state.use_link()
    start = live_state.start.value or begun()
    runner = solara.use_memo(lambda: live_state.runner_of(start), [start])
    is_playing, set_playing = solara.use_state(False)
    speed, set_speed = solara.use_state("4 weeks a second")
    _, redraw = solara.use_state((0, 0))
    now = runner.latest

    def show(snapshot: Snapshot) -> None:
        reached.value = (start.number, snapshot.week)
        redraw((start.number, snapshot.week))

    use_playing(runner, is_playing, SPEEDS[speed], show, set_playing)

    solara.Style(NARROW)
    Refusal(refused.value)
    solara.HTML(tag="h1", unsafe_innerHTML="One organisation, week by week")
    Head(runner, now, is_playing, set_playing, speed, set_speed, show)
    with solara.Div(classes=["abreast"]):
        People(runner, now)
        Chart(
            "What the dashboard reports, and what is really done",
            lambda dark: live_charts.trend(now, start.course.pair.weeks, dark),
            note="Per employee and week. The scales do not begin at zero.",
            height=410,
        )
        Boards(now.board, start.course, now.week)
        Story(now)
    # Another first scheme, as of a link, is offered anew.
    Setup(start.course, now.week, runner.is_over).key(start.course.pair.second.scheme)
    Keep(start.course, now.week)


def use_playing(
    runner: Runner,
    is_playing: bool,
    speed: int,
    show: Callable[[Snapshot], None],
    set_playing: Callable[[bool], None],
) -> None:
    """Let weeks pass while somebody watches, up to the horizon."""

    async def play() -> None:
        if not is_playing:
            return
        context, clock = get_current_context(), asyncio.get_running_loop().time
        frames = min(speed, FRAMES)
        while not runner.is_over and visitor.is_watched(context):
            due = clock() + 1.0 / frames
            show(await aside(lambda _: runner.step(speed // frames)))
            # A rest in any case, so that a click on Pause is heard.
            await asyncio.sleep(max(0.05, due - clock()))
        set_playing(False)

    use_task(play, dependencies=[runner, is_playing, speed])


@solara.component
def Head(
    runner: Runner,
    now: Snapshot,
    is_playing: bool,
    set_playing: Callable[[bool], None],
    speed: str,
    set_speed: Callable[[str], None],
    show: Callable[[Snapshot], None],
) -> None:
    """Play, step, pause, reset and speed, and the week that it is."""
    course, week = runner.course, now.week

    def reset() -> None:
        set_playing(False)
        begin(replace(course, adopted=()))

    with solara.Div(classes=["panel"]):
        with solara.Div(classes=["live-head"]):
            solara.Button(
                "Pause" if is_playing else "Play",
                icon_name="mdi-pause" if is_playing else "mdi-play",
                on_click=lambda: set_playing(not is_playing),
                color="primary",
                disabled=runner.is_over,
            )
            solara.Button(
                "Step",
                icon_name="mdi-skip-next",
                on_click=lambda: show(runner.step()),
                disabled=is_playing or runner.is_over,
            )
            solara.Button("Reset", icon_name="mdi-restart", on_click=reset)
            with solara.Div(style={"width": "190px"}):
                solara.Select("speed", [*SPEEDS], speed, on_value=set_speed)
            over = " The end." if runner.is_over else ""
            solara.HTML(
                tag="div",
                unsafe_innerHTML=f"<b>Week {week} of {course.pair.weeks}</b> under "
                f"<b>{escaped(course.label(week))}</b>.{over}",
            )


@solara.component
def People(runner: Runner, now: Snapshot) -> None:
    """The network of teams; a click, or a number, opens somebody."""
    router = solara.use_router()
    course = runner.course
    number, set_number = solara.use_state(0)
    lived = max(0, now.week - 1)

    def visit(row: int) -> None:
        if 0 <= row < len(now.did):
            router.push(f"/person?{as_query(course, employee=row, week=lived)}")

    def clicked(event: dict[str, object]) -> None:
        row = event.get("value")
        if event.get("dataType") == "node" and isinstance(row, int):
            visit(row)

    size = runner.organisation.simulation.scenario.organisation.team_size
    when = f"week {lived}" if now.week else "the last week before the scheme starts"
    with solara.Div():
        Chart(
            "Who does what",
            lambda dark: live_charts.network(now, size, dark),
            note=f"Rings are teams; colours say what most half-days of {when} went "
            f"into. Click somebody to ask why. {live_charts.key()}",
            height=400,
            on_click=clicked,
        )
        with solara.Row(style={"align-items": "center", "gap": "10px"}):
            with solara.Div(style={"width": "140px"}):
                solara.InputInt("employee number", number, on_value=set_number)
            solara.Button("Ask them why", on_click=lambda: visit(number), text=True)


@solara.component
def Boards(board: Board, course: Course, week: int) -> None:
    """The ranking that staff see beside the one by what is really done."""
    lived = max(0, week - 1)

    def items(rows: tuple[int, ...], values: tuple[float, ...], unit: str) -> str:
        made = []
        for row, value in zip(rows, values, strict=True):
            link = f"/person?{as_query(course, employee=row, week=lived)}"
            name = f'<a href="{escaped_link(link)}">No. {row}</a>'
            name = f"<b>{name} ●</b>" if row in board.both else name
            made.append(f"<li>{name}, {value:.3g}{unit}</li>")
        return f"<ol>{''.join(made)}</ol>"

    both = len(board.both)
    with solara.Div(classes=["panel"]):
        head = f"The {board.name}" if board.name else "The ranking by score"
        solara.HTML(tag="h2", unsafe_innerHTML=f"{head}, and who really does most")
        solara.HTML(
            tag="p",
            classes=["quiet"],
            unsafe_innerHTML=f"{board.note} {both} of {len(board.by_score)} are in "
            "both (●).",
        )
        covered = "a week" if board.weeks == 1 else f"mean of {board.weeks} weeks"
        solara.HTML(
            tag="div",
            classes=["board"],
            unsafe_innerHTML=f"<div>By score, points ({covered})"
            f"{items(board.by_score, board.scores, '')}</div>"
            f"<div>By real output, half-days ({covered})"
            f"{items(board.by_output, board.outputs, '')}</div>",
        )


@solara.component
def Story(now: Snapshot) -> None:
    """What changed, in words, the latest first."""
    items = [
        f"<li><b>Week {event.week}: {escaped(event.label)}.</b> "
        f"{escaped(' '.join(event.said))}</li>"
        for event in reversed(now.events)
    ]
    with solara.Div(classes=["panel"]):
        solara.HTML(tag="h2", unsafe_innerHTML="What changed")
        if items:
            solara.HTML(
                tag="ul", unsafe_innerHTML="".join(items[:40]), classes=["events"]
            )
        else:
            solara.HTML(
                tag="p",
                classes=["quiet"],
                unsafe_innerHTML="Nothing yet: the scheme is what it was at the start.",
            )


@solara.component
def Setup(course: Course, week: int, is_over: bool) -> None:
    """Another scheme from this week on or from the start; people and luck."""
    chosen, set_chosen = solara.use_state(course.pair.second.scheme)

    def attempt(make: Callable[[], Course], week: int = 0) -> None:
        try:
            made = make()
            check_watched(made)
            made.at(0)
            begin(made, week)
            refused.value = ""
        except (UserError, ValueError) as wrong:
            refused.value = str(wrong)

    def varied(**more: object) -> Course:
        return Course(replace(course.pair, **more))  # type: ignore[arg-type]

    with solara.Div(classes=["panel"]):
        solara.HTML(tag="h2", unsafe_innerHTML="Change the scheme")
        with solara.Div(classes=["live-head"]):
            with solara.Div(style={"width": "240px"}):
                solara.Select("scheme", members("scheme"), chosen, on_value=set_chosen)
            solara.Button(
                f"From week {week} on",
                on_click=lambda: attempt(lambda: course.adopting(week, chosen), week),
                color="primary",
                disabled=is_over,
            )
            solara.Button(
                "Restart with it",
                on_click=lambda: attempt(lambda: varied(second=Side(chosen))),
            )
        with solara.Div(classes=["abreast"]):
            solara.SliderInt(
                f"people: {course.people} (restarts)",
                course.people,
                LEAST_PEOPLE,
                MOST_PEOPLE,
                8,
                on_value=lambda n: attempt(lambda: Course(with_people(course.pair, n))),
                thumb_label=False,
            )
            solara.InputInt(
                "seed (restarts)",
                course.pair.seed,
                on_value=lambda seed: attempt(lambda: varied(seed=seed)),
            )


@solara.component
def Keep(course: Course, week: int) -> None:
    """The link to this organisation in this week."""
    within = min(week, course.pair.weeks - 1)
    link = escaped_link(f"/live?{as_query(course, week=within)}")
    solara.HTML(
        tag="p",
        classes=["quiet"],
        unsafe_innerHTML=f'<a href="{link}">Link to exactly this state</a>: the same '
        "people and luck, played to this week.",
    )
