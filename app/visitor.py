"""What one visitor looks at, and the comparison that belongs to it."""

import asyncio
from collections.abc import Callable
from contextlib import aclosing
from dataclasses import dataclass, replace
from typing import Any

import solara
from solara.lab import use_task
from solara.server.kernel_context import PageStatus, get_current_context

from app.comparison import Comparison, compare
from app.pair_link import from_query
from experiments.designs.pair import Pair
from experiments.errors import UserError


def is_same(one: Pair, other: Pair) -> bool:
    """Whether two pairs are equal and made with the same model, which pages tell."""
    return one == other and one.version == other.version


pair: solara.Reactive[Pair] = solara.reactive(Pair(), equals=is_same)
"""The pair of this visitor; every visitor has one of their own."""
refused: solara.Reactive[str] = solara.reactive("")
"""Why a link, a file or a value was refused."""


@dataclass(frozen=True)
class Shown:
    """What there is of the pair at the moment.

    Attributes
    ----------
    comparison : Comparison or None
        That of an earlier pair as long as there is nothing of the present one.
    done, total : int
        Runs of the present pair; equal if nothing is under way.
    """

    comparison: Comparison | None = None
    done: int = 0
    total: int = 0
    refused: str = ""

    @property
    def is_working(self) -> bool:
        """Whether runs are under way."""
        return self.done < self.total


def use_link() -> None:
    """Take over the pair that a link names, once, when a page is opened."""
    search = solara.use_router().search or ""

    def take() -> None:
        pair.value = from_query(search)

    solara.use_memo(lambda: follow(search, take, refused), [search])


def follow(
    search: str, take: Callable[[], None], refused: solara.Reactive[str]
) -> None:
    """Take over what a link names, if it names anything; say why it was refused."""
    if not search:
        return
    try:
        take()
        refused.value = ""
    except UserError as wrong:
        refused.value = f"The link cannot be used: {wrong}"


def use_comparison(of: Pair) -> tuple[Shown, Any]:
    """Compare a pair anew whenever it changes; newer input cancels older work.

    Returns what there is so far, and a function that cancels what is under way.
    """
    shown, set_shown = solara.use_state(Shown())
    latest = solara.use_ref(shown)
    latest.current = shown

    def put(now: Shown) -> None:
        latest.current = now
        set_shown(now)

    async def work() -> None:
        context = get_current_context()
        before = latest.current.comparison
        try:
            # A generator that is only left behind may never free its work.
            async with aclosing(compare(of, context.id)) as steps:
                async for step in steps:
                    if not is_watched(context):
                        put(Shown(before))
                        return
                    before = step.comparison or before
                    put(Shown(before, step.done, step.total))
        except UserError as wrong:
            put(Shown(before, refused=str(wrong)))
        except asyncio.CancelledError:
            put(replace(latest.current, done=0, total=0))
            raise

    task = use_task(work, dependencies=[of])
    return shown, task.cancel


def is_watched(context: Any) -> bool:
    """Whether some tab still shows this visitor's pages."""
    states = context.page_status.values()
    return not states or any(state is PageStatus.CONNECTED for state in states)
