"""Play, pause, step and speed: how weeks pass on *Live*."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from html import escape
from threading import Event
from typing import NamedTuple

import solara
from solara.lab import use_task
from solara.server.kernel_context import get_current_context

from app import visitor
from app.background import in_background
from app.choice import Choice
from app.live.run import Runner, Snapshot
from app.live.state import begin, runner_of
from app.visitor import Start

SPEEDS = {"1 week a second": 1, "4 weeks a second": 4, "12 weeks a second": 12}
FRAMES = 4
"""Pictures a second at most."""


class Player(NamedTuple):
    """An organisation, whether it plays, how fast, and how to change that."""

    runner: Runner
    is_playing: bool
    speed: str
    set_playing: Callable[[bool], None]
    set_speed: Callable[[str], None]
    show: Callable[[Snapshot], None]

    def step(self) -> None:
        """Play one week."""
        self.show(self.runner.step())

    def reset(self) -> None:
        """Stop, and start again without the schemes adopted since."""
        self.set_playing(False)
        begin(replace(self.runner.course, adopted=()))


def use_player(start: Start) -> Player:
    """Play an organisation while it is watched, up to the end of its course."""
    runner = solara.use_memo(lambda: runner_of(start), [start])
    is_playing, set_playing = solara.use_state(False)
    speed, set_speed = solara.use_state("4 weeks a second")
    _, redraw = solara.use_state((0, 0))
    # Whoever leaves the page comes back to the week that they left.
    left = solara.use_memo(Event, [])

    def show(snapshot: Snapshot) -> None:
        visitor.reached.value = (start.number, snapshot.week)
        redraw((start.number, snapshot.week))

    async def play() -> None:
        if not is_playing:
            return
        context, clock = get_current_context(), asyncio.get_running_loop().time
        weeks = SPEEDS[speed]
        frames = min(weeks, FRAMES)
        while not (left.is_set() or runner.is_over) and visitor.is_watched(context):
            due = clock() + 1.0 / frames
            show(await in_background(lambda _: runner.step(weeks // frames)))
            # Rest in any case, so that a click on Pause is heard.
            await asyncio.sleep(max(0.05, due - clock()))
        set_playing(False)

    use_task(play, dependencies=[runner, is_playing, speed])
    solara.use_effect(lambda: left.set, [])
    return Player(runner, is_playing, speed, set_playing, set_speed, show)


@solara.component
def PlayerControls(player: Player, week: int) -> None:
    """Offer play, pause, step, reset and speed, and tell the week and the scheme."""
    is_over = player.runner.is_over
    with solara.Div(classes=["live-head"]):
        solara.Button(
            "Pause" if player.is_playing else "Play",
            icon_name="mdi-pause" if player.is_playing else "mdi-play",
            on_click=lambda: player.set_playing(not player.is_playing),
            color="primary",
            disabled=is_over,
        )
        solara.Button(
            "Step",
            icon_name="mdi-skip-next",
            on_click=player.step,
            disabled=player.is_playing or is_over,
        )
        solara.Button("Reset", icon_name="mdi-restart", on_click=player.reset)
        with solara.Div(style={"width": "190px"}):
            Choice(
                "speed", {name: name for name in SPEEDS}, player.speed, player.set_speed
            )
        solara.HTML(tag="div", unsafe_innerHTML=_now(player.runner, week))


def _now(runner: Runner, week: int) -> str:
    """Return the week and the scheme of an organisation, as HTML."""
    course = runner.course
    end = " The end." if runner.is_over else ""
    return (
        f"<b>Week {week} of {course.pair.weeks}</b> under "
        f"<b>{escape(course.label(week))}</b>.{end}"
    )
