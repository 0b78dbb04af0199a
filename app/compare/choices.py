"""A choice of one among a few, as buttons side by side."""

from collections.abc import Callable, Sequence

import solara


@solara.component
def Choices(
    name: str, options: Sequence[str], chosen: str, on_value: Callable[[str], None]
) -> None:
    """Offer a few options; ``name`` says to a screen reader what is chosen."""
    with solara.Div(
        classes=["choices"], attributes={"role": "group", "aria-label": name}
    ):
        for option in options:
            Choice(option, option == chosen, on_value).key(option)


@solara.component
def Choice(option: str, is_chosen: bool, on_value: Callable[[str], None]) -> None:
    """Offer one option."""
    button = solara.v.Html(
        tag="button",
        children=[option],
        class_="choice",
        attributes={"type": "button", "aria-pressed": str(is_chosen).lower()},
    )
    solara.v.use_event(button, "click", lambda *_: on_value(option))
