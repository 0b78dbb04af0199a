"""The views of a comparison, one at a time: over time, in money, person by person."""

from collections.abc import Callable

import solara

from app.compare.choices import Choices
from app.compare.money_view import Money
from app.compare.people_view import People
from app.comparison import Comparison
from app.components import Slot

OVER_TIME, PEOPLE, MONEY = "Over time", "People", "Money"


@solara.component
def Views(comparison: Comparison, over_time: Callable[[Comparison], None]) -> None:
    """Show one view of a comparison; ``over_time`` draws the first."""
    shown, show = solara.use_state(OVER_TIME)
    Choices("view", (OVER_TIME, PEOPLE, MONEY), shown, show)
    with Slot():
        if shown == OVER_TIME:
            over_time(comparison)
        elif shown == PEOPLE:
            People(comparison)
        else:
            Money(comparison)
