"""A choice among a few, by the browser's own select."""

from collections.abc import Callable, Mapping

import solara
from solara.components.component_vue import component_vue


@component_vue("choice.vue")
def _Choice(
    label: str,
    options: list[tuple[str, str]],
    value: str,
    answered: int,
    event_chose: Callable[[str], None],
) -> None:
    """Draw the select; ``chose`` gives the key of an option."""


@solara.component
def Choice(
    label: str,
    options: Mapping[str, str],
    value: str,
    on_value: Callable[[str], None],
) -> None:
    """Offer keys by their texts; a choice that changes nothing is undone."""
    answered, set_answered = solara.use_state(0)

    def choose(key: str) -> None:
        if key in options:
            on_value(key)
        set_answered(answered + 1)

    _Choice(
        label=label,
        options=[*options.items()],
        value=value,
        answered=answered,
        event_chose=choose,
    )
