"""A section that opens and closes."""

from collections.abc import Callable

import solara

from app.components import Slot


@solara.component
def Folded(title: str, content: Callable[[], None]) -> None:
    """Show a title that opens the section; ``content`` runs only while it is open.

    ``solara.Details`` also makes and updates what is closed, which would be most of the
    work of the page.
    """
    is_open, set_open = solara.use_state(False)
    with solara.Div(classes=["folded"]):
        head = solara.v.Html(
            tag="button",
            class_="folded-head",
            children=[title],
            attributes={"type": "button", "aria-expanded": str(is_open).lower()},
        )
        solara.v.use_event(head, "click", lambda *_: set_open(not is_open))
        with Slot():
            if is_open:
                with solara.Div(classes=["folded-body"]):
                    content()
