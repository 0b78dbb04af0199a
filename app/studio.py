"""The pages of the studio, their addresses, and the frame around them.

The server serves this module.
"""

from collections.abc import Sequence
from pathlib import Path

import solara

from app.classroom import page as classroom
from app.compare import page as compare
from app.learn import page as learn
from app.live import page as live
from app.person import page as person
from app.theme import ThemeButton

STYLE = Path(__file__).with_suffix(".css").read_text(encoding="utf-8")


@solara.component
def Frame(children: Sequence[solara.Element] = ()) -> solara.Element:
    """Put the name of the studio and the links to its pages above a page."""
    router = solara.use_router()
    here = router.path.strip("/").partition("/")[0]
    with solara.Column(classes=["studio"], gap="14px") as frame:
        solara.Style(STYLE)
        solara.Title("tokenmaxxing studio")
        with solara.Div(classes=["studio-head"]):
            solara.HTML(
                tag="span",
                unsafe_innerHTML="tokenmaxxing studio",
                classes=["studio-name"],
            )
            for route in routes:
                path = route.path.strip("/")
                current = {"aria-current": "page"} if path == here else {}
                with solara.Link(f"/{path}"):
                    solara.HTML(
                        tag="a", unsafe_innerHTML=route.label, attributes=current
                    )
            solara.v.Spacer()
            ThemeButton()
        solara.Column(children=[*children], gap="14px")
    return frame


routes = [
    solara.Route("/", component=compare.Page, label="Compare", layout=Frame),
    solara.Route("live", component=live.Page, label="Live"),
    solara.Route("person", component=person.Page, label="One employee"),
    solara.Route("learn", component=learn.Page, label="Learn"),
    solara.Route("class", component=classroom.Page, label="Class"),
]
