"""What the author of a brief says in their own words: title, name, date, decision."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

import solara

MOST = 200
"""Most characters of an entry."""


@dataclass(frozen=True)
class Cover:
    """The author's own words; what is empty is left out, or said by the brief."""

    title: str = ""
    author: str = ""
    date: str = ""
    decision: str = ""


cover: solara.Reactive[Cover] = solara.reactive(Cover())
"""What this visitor has written so far."""
ENTRIES = {
    "title": "title of the brief",
    "author": "author",
    "date": "date",
    "decision": "the decision, in one line",
}


def today() -> str:
    """Write the date of today, such as 1 December 2026."""
    now = date.today()
    return f"{now.day} {now:%B %Y}"


def tidied(text: str) -> str:
    """Keep one line of an entry, and no more of it than is allowed."""
    return " ".join(text.split())[:MOST]


@solara.component
def CoverFields() -> None:
    """Take the author's own words for the brief."""
    said = cover.value

    def put(name: str) -> Callable[[str], None]:
        return lambda text: cover.set(replace(cover.value, **{name: tidied(text)}))

    with solara.Div(classes=["abreast"]):
        for name, label in ENTRIES.items():
            shown = getattr(said, name) or (today() if name == "date" else "")
            solara.InputText(label, shown, on_value=put(name))
