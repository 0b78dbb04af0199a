"""A small text file that is chosen, or dropped, in the browser."""

from collections.abc import Callable

import solara
from solara.components.component_vue import component_vue


@component_vue("file.vue")
def _File(
    label: str,
    accept: str,
    most: int,
    event_read: Callable[[tuple[str | None, str]], None],
) -> None:
    """Offer to choose a file; ``read`` gives its text, or why there is none."""


def FileChooser(
    label: str,
    accept: str,
    most: int,
    on_text: Callable[[str], None],
    on_refused: Callable[[str], None],
) -> solara.Element:
    """Offer to choose or drop a text file of at most so many bytes.

    ``accept`` are the endings that are offered first. ``on_refused`` is told why a file
    is no such file.
    """
    reasons = {
        "large": f"the file has more than {most:,} bytes.",
        "not text": "it is not a text file.",
    }

    def take(read: tuple[str | None, str]) -> None:
        text, wrong = read
        if text is None:
            on_refused(reasons.get(wrong, "it cannot be read."))
        else:
            on_text(text)

    return _File(label=label, accept=accept, most=most, event_read=take)
