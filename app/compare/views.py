"""The views of a comparison, one at a time: over time, in money."""

from collections.abc import Callable

import solara

from app.compare.choices import Choices
from app.compare.money_view import Money
from app.comparison import Comparison
from app.components import Slot

OVER_TIME, MONEY = "Over time", "Money"


@solara.component
def Views(comparison: Comparison, over_time: Callable[[Comparison], None]) -> None:
    """Show one view of a comparison; ``over_time`` draws the first."""
    shown, show = solara.use_state(OVER_TIME)
    Choices("view", (OVER_TIME, MONEY), shown, show)
    with Slot():
        if shown == OVER_TIME:
            over_time(comparison)
        else:
            Money(comparison)
