"""The pages of the studio, their addresses, and the frame around them.

The server serves this module.
"""

from collections.abc import Sequence
from pathlib import Path

import solara
from solara.components.component_vue import component_vue

from app.classroom import page as classroom
from app.compare import page as compare
from app.front import page as front
from app.learn import page as learn
from app.live import page as live
from app.person import page as person
from app.theme import ThemeButton

STYLE = Path(__file__).with_suffix(".css").read_text(encoding="utf-8")

CONTENT = "content"
"""Where the content of a page begins, for who goes by keyboard."""


@component_vue("document.vue")
def Document() -> None:
    """Say the language of all pages, and let phones zoom."""


@solara.component
def Frame(children: Sequence[solara.Element] = ()) -> solara.Element:
    """Put the name of the studio and the links to its pages above a page."""
    router = solara.use_router()
    here = router.path.strip("/").partition("/")[0]
    with solara.Column(classes=["studio"], gap="14px") as frame:
        solara.Style(STYLE)
        solara.Title("tokenmaxxing studio")
        Document()
        solara.HTML(
            tag="a",
            unsafe_innerHTML="To the content",
            classes=["skip"],
            attributes={"href": f"#{CONTENT}"},
        )
        with solara.v.Html(tag="header", class_="studio-head"):
            solara.HTML(
                tag="span",
                unsafe_innerHTML="tokenmaxxing studio",
                classes=["studio-name"],
            )
            with solara.v.Html(
                tag="nav", class_="studio-pages", attributes={"aria-label": "pages"}
            ):
                for route in routes:
                    PageLink(route, is_here=route.path.strip("/") == here)
            solara.v.Spacer()
            ThemeButton()
        with solara.v.Html(tag="main", attributes={"id": CONTENT, "tabindex": "-1"}):
            solara.Column(children=[*children], gap="14px")
    return frame


@solara.component
def PageLink(route: solara.Route, *, is_here: bool) -> None:
    """Lead to a page."""
    location = solara.use_router()
    path = f"/{route.path.strip('/')}"
    attributes = {"href": path} | ({"aria-current": "page"} if is_here else {})
    link = solara.v.Html(tag="a", children=[route.label], attributes=attributes)
    solara.v.use_event(link, "click.prevent.stop", lambda *_: location.push(path))


routes = [
    solara.Route("/", component=front.Page, label="Map", layout=Frame),
    solara.Route("compare", component=compare.Page, label="Compare"),
    solara.Route("live", component=live.Page, label="Live"),
    solara.Route("person", component=person.Page, label="One employee"),
    solara.Route("learn", component=learn.Page, label="Learn"),
    solara.Route("class", component=classroom.Page, label="Class"),
]
