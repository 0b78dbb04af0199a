"""The state of one visitor that several pages share.

*Compare* and *Learn* show the visitor's pair. *Live* and *One employee* show the same
organisation, which starts as the second side of that pair.
"""

from collections.abc import Callable
from dataclasses import dataclass

import solara
from solara.server.kernel_context import PageStatus, VirtualKernelContext

from app.course import Course, first_course
from app.link import left_aside, sifted
from experiments.designs.pair import Pair
from experiments.errors import UserError


def _is_same(one: Pair, other: Pair) -> bool:
    """Return whether two pairs are equal and were made with the same model."""
    return one == other and one.version == other.version


pair: solara.Reactive[Pair] = solara.reactive(Pair(), equals=_is_same)
"""The pair of this visitor."""


@dataclass(frozen=True)
class Start:
    """Where an organisation starts to be played.

    Attributes
    ----------
    week : int
        Week to which it is replayed first.
    number : int
        How many starts this visitor has had before.
    """

    course: Course
    week: int = 0
    number: int = 0


start: solara.Reactive[Start | None] = solara.reactive(None)
"""None until the visitor opens *Live* or *One employee*."""
reached: solara.Reactive[tuple[int, int]] = solara.reactive((0, 0))
"""The number of the latest start, and the week to which it has been played."""
origin: solara.Reactive[str] = solara.reactive("")
"""Where this visitor's browser reaches the studio, such as ``http://127.0.0.1:8765``."""


def current_start() -> Start:
    """Return the start of this visitor, at first the second side of their pair."""
    return start.peek() or Start(first_course(pair.peek()))


def week_reached(of: Start) -> int:
    """Return the week to which a start has been played."""
    number, week = reached.peek()
    return week if number == of.number else of.week


def follow_link(
    search: str,
    take: Callable[[str], None],
    refused: solara.Reactive[str],
    is_known: Callable[[str], bool],
) -> None:
    """Take over the state in a link, or set ``refused`` to what is wrong with it.

    Names that are not known are left aside, which ``refused`` says, too.
    """
    if not search:
        return
    try:
        query, aside = sifted(search, is_known)
        take(query)
        refused.value = left_aside(aside)
    except UserError as wrong:
        refused.value = f"The link cannot be used: {wrong}"


def is_watched(context: VirtualKernelContext) -> bool:
    """Return whether a browser tab still shows this visitor's pages."""
    states = context.page_status.values()
    return not states or any(state is PageStatus.CONNECTED for state in states)
