"""The comparison that one visitor sees, and changes of their pair."""

import asyncio
from collections.abc import Callable
from contextlib import aclosing
from dataclasses import dataclass, replace

import solara
from solara.lab import use_task
from solara.server.kernel_context import get_current_context

from app import visitor
from app.comparison import Comparison, compare, fitted
from app.pair_link import from_query, is_known
from experiments.designs.pair import SIDES, Pair
from experiments.errors import UserError

refused: solara.Reactive[str] = solara.reactive("")
"""Why a link, a file or a value was refused; empty if nothing was."""


@dataclass(frozen=True)
class Shown:
    """What the page shows of the visitor's pair.

    Attributes
    ----------
    comparison : Comparison or None
        The latest results; those of an earlier pair until the first ones arrive.
    done, total : int
        Runs of the present pair; equal if nothing is under way.
    refused : str
        Why the pair cannot be compared; empty if it can.
    """

    comparison: Comparison | None = None
    done: int = 0
    total: int = 0
    refused: str = ""

    @property
    def is_working(self) -> bool:
        """Whether runs are under way."""
        return self.done < self.total

    def is_of(self, pair: Pair) -> bool:
        """Whether the results are those of a pair."""
        if self.comparison is None:
            return False
        try:
            return self.comparison.pair == fitted(pair)
        except UserError:  # nothing can be compared, so these are of an earlier pair
            return False


def take(search: str) -> None:
    """Take over the pair of a link."""
    visitor.follow_link(search, _show, refused, is_known)


def _show(query: str) -> None:
    visitor.pair.value = from_query(query)


def use_link() -> None:
    """Take over the pair of the link with which the page was opened."""
    search = solara.use_router().search or ""
    solara.use_memo(lambda: take(search), [])


def use_comparison(pair: Pair) -> tuple[Shown, Callable[[], None]]:
    """Compare a pair whenever it changes; a new pair cancels the runs of the old one.

    Returns what to show, and a function that cancels the runs under way.
    """
    shown, set_shown = solara.use_state(Shown())
    latest = solara.use_ref(shown)
    latest.current = shown

    def show(now: Shown) -> None:
        latest.current = now
        set_shown(now)

    async def work() -> None:
        context = get_current_context()
        before = latest.current.comparison
        try:
            # A generator that is only left behind may never free its work.
            async with aclosing(compare(pair, context.id)) as steps:
                async for step in steps:
                    if not visitor.is_watched(context):
                        show(Shown(before))
                        return
                    before = step.comparison or before
                    show(Shown(before, step.done, step.total))
        except UserError as error:
            show(Shown(before, refused=str(error)))
        except asyncio.CancelledError:
            show(replace(latest.current, done=0, total=0))
            raise

    task = use_task(work, dependencies=[pair])
    return shown, task.cancel


def put(pair: Pair) -> None:
    """Show another pair; raises ``UserError`` if its values do not fit together."""
    for name in SIDES:
        pair.scenario(getattr(pair, name))
    visitor.pair.value = pair


def attempt(make: Callable[[], Pair]) -> None:
    """Show the pair that ``make`` returns, or say why it was refused."""
    try:
        put(make())
        refused.value = ""
    except Exception as error:
        refused.value = str(error)
