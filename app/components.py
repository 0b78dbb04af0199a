"""Components that several pages use: panels, charts and messages.

Text is plain unless a docstring says that it is HTML.
"""

import re
from collections.abc import Callable
from html import escape

import solara

from app.charts import Clicked, Option
from app.theme import is_dark

MINUS = re.compile(r"(?<![\w-])-(?=[\d.])")
"""A hyphen that stands for the sign of a number."""


def Slot() -> solara.Element:
    """Keep a place for content that may be absent: ``with Slot(): if ...``.

    Without it, everything that follows would move when the content comes or goes.
    Solara makes a component anew when it moves: clicks are lost, open sections close.
    """
    return solara.Div(classes=["slot"])


def Panel(title: str = "", *, is_announced: bool = False) -> solara.Element:
    """Draw a box with a heading in HTML: ``with Panel("What changed"): ...``.

    A screen reader reads an announced panel aloud whenever it changes.
    """
    attributes = {"aria-live": "polite"} if is_announced else {}
    panel = solara.Div(classes=["panel"], attributes=attributes)
    with panel:
        if title:
            solara.HTML(tag="h2", unsafe_innerHTML=title)
    return panel


def typeset(text: str) -> str:
    """Write text as HTML, with the sign of a minus before numbers."""
    return MINUS.sub("\N{MINUS SIGN}", escape(text))


def Paragraph(text: str, *classes: str) -> None:
    """Write a paragraph."""
    solara.HTML(tag="p", unsafe_innerHTML=typeset(text), classes=[*classes])


def Figure(name: str, value: str, about: str = "") -> None:
    """Show a number in large type, with its name above and more about it below."""
    with solara.Div():
        solara.HTML(tag="div", unsafe_innerHTML=escape(name), classes=["quiet"])
        solara.HTML(
            tag="div", unsafe_innerHTML=typeset(value), classes=["figure-value"]
        )
        if about:
            solara.HTML(tag="div", unsafe_innerHTML=typeset(about), classes=["quiet"])


@solara.component
def Chart(
    title: str,
    option: Callable[[bool], Option],
    *,
    note: str = "",
    height: int = 260,
    on_click: Callable[[Clicked], None] | None = None,
) -> None:
    """Draw a chart below its title and note, both in HTML.

    ``option`` makes the chart for the dark theme (True) or the light one.
    """
    chart = option(is_dark.value)
    description = chart.get("aria", {}).get("label", {}).get("description", title)
    with Panel(title):
        if note:
            solara.HTML(tag="p", unsafe_innerHTML=note, classes=["quiet"])
        solara.FigureEcharts(
            option=chart,
            on_click=on_click,
            responsive=True,
            attributes={
                "style": f"height: {height}px; width: 100%",
                "role": "img",
                "aria-label": description,
            },
        )


@solara.component
def Refusal(reason: str) -> None:
    """Show why something was refused; nothing for an empty reason."""
    with Slot():
        if reason:
            solara.Warning(reason, dense=True)
