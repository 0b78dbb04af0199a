"""The pages of the studio and where they are: what the server serves."""

import solara

from app.pages import classroom, compare, learn, live, person
from app.parts import Frame

routes = [
    solara.Route("/", component=compare.Page, label="Compare", layout=Frame),
    solara.Route("live", component=live.Page, label="Live"),
    solara.Route("person", component=person.Page, label="One employee"),
    solara.Route("learn", component=learn.Page, label="Learn"),
    solara.Route("class", component=classroom.Page, label="Class"),
]
