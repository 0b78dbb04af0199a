"""*Live*: one organisation week by week; its scheme can be changed while it plays."""

from html import escape

import solara

from app import visitor
from app.activities import legend
from app.address import Heading
from app.charts import Clicked
from app.components import Chart, Panel, Paragraph, Refusal
from app.course import Course
from app.course_link import ADOPT, as_query, person_address
from app.live import charts, state
from app.live.board import Board
from app.live.player import PlayerControls, use_player
from app.live.run import Change, Runner, Snapshot
from app.live.setup import Setup
from experiments.words.schemes import of_groups

MOST_CHANGES = 40
"""Changes that are listed, the latest ones."""


@solara.component
def Page() -> None:
    """Watch one organisation."""
    state.use_link()
    start = visitor.start.value or visitor.current_start()
    player = use_player(start)
    runner, course = player.runner, start.course
    now = runner.latest

    week = state.last_week(course, now.week)
    solara.Title(f"{course.label(week)}, week {week} - tokenmaxxing studio")
    Heading(
        "One organisation, week by week",
        f"/live?{as_query(course, week=week)}",
        ("second", ADOPT),
        state.take,
    )
    Refusal(state.refused.value)
    with Panel():
        PlayerControls(player, now.week)
        for name, text in of_groups(course.scenario):
            Paragraph(f"Group {name}: {text}", "quiet")
    with solara.Div(classes=["abreast"]):
        People(runner, now)
        Chart(
            "What the dashboard reports, and what is really done",
            lambda dark: charts.trend(now, course.pair.weeks, dark),
            note="Per employee and week. The scales do not begin at zero.",
            height=410,
        )
        Rankings(now.board, course, latest_week(now.week))
        Changes(now.changes)
    # The key: another first scheme, as of a link, is offered anew.
    second = course.pair.second
    Setup(course, now.week, runner.is_over).key(f"{second.scheme} {second.groups}")


def latest_week(over: int) -> int:
    """Return the latest of the weeks that are over, or week 0."""
    return max(0, over - 1)


@solara.component
def People(runner: Runner, now: Snapshot) -> None:
    """Show everybody in their teams; a click or a number opens one of them."""
    router = solara.use_router()
    number, set_number = solara.use_state(0)
    week = latest_week(now.week)

    def visit(employee: int) -> None:
        if 0 <= employee < len(now.half_days):
            router.push(person_address(runner.course, employee, week))

    def on_click(event: Clicked) -> None:
        employee = event.get("value")
        if event.get("dataType") == "node" and isinstance(employee, int):
            visit(employee)

    team_size = runner.organisation.simulation.scenario.organisation.team_size
    when = f"week {week}" if now.week else "the last week before the scheme starts"
    with solara.Div():
        Chart(
            "Who does what",
            lambda dark: charts.network(now, team_size, dark),
            note=f"Rings are teams; colours say what most half-days of {when} went "
            f"into. Click somebody to ask why. {legend()}",
            height=400,
            on_click=on_click,
        )
        with solara.Row(style={"align-items": "center", "gap": "10px"}):
            with solara.Div(style={"width": "140px"}):
                solara.InputInt("employee number", number, on_value=set_number)
            solara.Button("Ask them why", on_click=lambda: visit(number), text=True)


@solara.component
def Rankings(board: Board, course: Course, week: int) -> None:
    """Show the ranking that staff see beside the one by real output."""

    def ranking(
        title: str, employees: tuple[int, ...], values: tuple[float, ...]
    ) -> str:
        items = []
        for employee, value in zip(employees, values, strict=True):
            address = escape(person_address(course, employee, week))
            name = f'<a href="{address}">No. {employee}</a>'
            name = f"<b>{name} ●</b>" if employee in board.both else name
            items.append(f"<li>{name}, {value:.3g}</li>")
        return f"<div>{title} ({covered})<ol>{''.join(items)}</ol></div>"

    covered = "a week" if board.weeks == 1 else f"mean of {board.weeks} weeks"
    head = f"The {board.name}" if board.name else "The ranking by score"
    with Panel(f"{head}, and who really does most"):
        Paragraph(
            f"{board.note} {len(board.both)} of {len(board.by_score)} are in both (●).",
            "quiet",
        )
        solara.HTML(
            tag="div",
            classes=["board"],
            unsafe_innerHTML=ranking("By score, points", board.by_score, board.scores)
            + ranking("By real output, half-days", board.by_output, board.outputs),
        )


@solara.component
def Changes(changes: tuple[Change, ...]) -> None:
    """Tell what changed, the latest first."""
    items = [
        f"<li><b>Week {change.week}: {escape(change.label)}.</b> "
        f"{escape(' '.join(change.sentences))}</li>"
        for change in reversed(changes)
    ]
    with Panel("What changed"):
        if items:
            solara.HTML(
                tag="ul",
                unsafe_innerHTML="".join(items[:MOST_CHANGES]),
                classes=["events"],
            )
        else:
            Paragraph("Nothing yet: the scheme is what it was at the start.", "quiet")
