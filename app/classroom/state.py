"""The class that one visitor is in, and how they see it change."""

import asyncio
import re
from collections.abc import Callable

import solara
from solara.lab import use_task
from solara.server.kernel_context import get_current_context

from app import visitor
from app.classroom.classes import CLASSES, View
from app.link import value_of
from experiments.errors import UserError

CODE = re.compile("(?:^|[?&])code=[^&]")
"""A link that names a class."""
LOOK = 0.4
"""Seconds between two looks at a class."""

code: solara.Reactive[str] = solara.reactive("")
"""The class in which this visitor is; empty for none."""
refused: solara.Reactive[str] = solara.reactive("")
"""Why a code or an action was refused; empty if nothing was."""


def use_link() -> None:
    """Join the class of a link, once, when the page is opened."""
    search = solara.use_router().search or ""

    def take() -> None:
        if CODE.search(search):
            enter(lambda: CLASSES.join(value_of(search, "code"), me()))

    solara.use_memo(take, [search])


def me() -> str:
    """Return the random identifier of this browser; reloading the page keeps it."""
    return str(solara.get_session_id())


def enter(join_or_open: Callable[[], str]) -> None:
    """Go into the class whose code is returned, or say why that was refused."""
    try:
        code.value = join_or_open()
        refused.value = ""
    except UserError as error:
        refused.value = f"You are in no class: {error}"


def attempt(action: Callable[[], None]) -> None:
    """Do something in a class, or say that the class has been forgotten meanwhile."""
    try:
        action()
    except UserError as error:
        refused.value = str(error)


def use_view(of: str) -> tuple[View | None, Callable[[], None]]:
    """Look at a class again and again; it is None once it is over.

    Returns what this member sees, and a function that looks at once. Closing the tab
    ends the looking; nothing is looked at while a phone sleeps.
    """
    _, redraw = solara.use_state(-1)

    def look() -> None:
        redraw(_version(of))

    async def watch() -> None:
        context = get_current_context()
        while not context.closed_event.is_set():
            if visitor.is_watched(context):
                look()
            await asyncio.sleep(LOOK)

    use_task(watch, dependencies=[of])
    return _view(of), look


def _version(of: str) -> int:
    """Return a number that changes with the class; -2 once the class is over."""
    try:
        return CLASSES.version(of)
    except UserError:
        return -2


def _view(of: str) -> View | None:
    try:
        return CLASSES.look(of, me())
    except UserError:
        return None
