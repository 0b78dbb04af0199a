"""Light or dark: what the visitor chose, or what their system says."""

from collections.abc import Callable

import solara
from solara.components.component_vue import component_vue

is_dark: solara.Reactive[bool] = solara.reactive(False)
"""Whether this visitor's page is dark; charts are drawn to match."""


@component_vue("theme.vue")
def _Theme(event_drawn: Callable[[bool], None]) -> None:
    """Offer light, dark and the system's choice; ``drawn`` tells what came of it."""


def ThemeButton() -> solara.Element:
    """Offer light, dark and the system's choice."""
    return _Theme(event_drawn=is_dark.set)
