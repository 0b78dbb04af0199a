"""The address of a page: always that of the state that it shows.

A page takes its link over once, when it is opened; while it is there, only the
browser's *Back* and *Forward* change its state by an address. Every change of the state
replaces the address; a change of what ``steps`` names leaves the old one behind, for
*Back*. So a page that is opened again, or whose server has been started again, shows
what it showed.
"""

from collections.abc import Callable, Sequence
from html import escape

import solara
from solara.components.component_vue import component_vue

from app import visitor


@component_vue("address.vue")
def _Address(
    address: str,
    steps: list[str],
    event_came: Callable[[str], None],
    event_arrived: Callable[[str], None],
) -> None:
    """Write the address into the browser, and tell when it moves through its past."""


@component_vue("copy_link.vue")
def _CopyLink(address: str) -> None:
    """Offer to copy the address, with its host."""


@solara.component
def Heading(
    title: str, address: str, steps: Sequence[str], take: Callable[[str], None]
) -> None:
    """Write the title of a page beside *Copy link*, and keep the address the state's.

    Parameters
    ----------
    title : str
        Plain text.
    address : str
        Path and query of what the page shows.
    steps : sequence of str
        Names in the query whose change is a step back to which *Back* leads.
    take : function of str
        Takes over the state of a query, when the browser goes back or forward.
    """
    with solara.Div(classes=["heading"]):
        solara.HTML(tag="h1", unsafe_innerHTML=escape(title))
        _CopyLink(address=address)
        _Address(
            address=address,
            steps=[*steps],
            event_came=take,
            event_arrived=visitor.origin.set,
        )
