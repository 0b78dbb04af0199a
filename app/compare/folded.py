"""A section that opens and closes."""

from collections.abc import Callable

import solara


@solara.component
def Folded(title: str, content: Callable[[], None]) -> None:
    """Show a title that opens the section; ``content`` runs only while it is open.

    ``solara.Details`` also makes and updates what is closed, which would be most of the
    work of the page.
    """
    is_open, set_open = solara.use_state(False)
    with solara.v.ExpansionPanels(
        v_model=0 if is_open else None, on_v_model=lambda v: set_open(v == 0)
    ):
        with solara.v.ExpansionPanel():
            solara.v.ExpansionPanelHeader(children=[title])
            with solara.v.ExpansionPanelContent():
                if is_open:
                    content()
