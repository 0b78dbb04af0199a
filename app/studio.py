"""The pages of the studio and where they are: what the server serves."""

import solara

from app.classroom import page as classroom
from app.compare import page as compare
from app.learn import page as learn
from app.live import page as live
from app.parts import Frame
from app.person import page as person

routes = [
    solara.Route("/", component=compare.Page, label="Compare", layout=Frame),
    solara.Route("live", component=live.Page, label="Live"),
    solara.Route("person", component=person.Page, label="One employee"),
    solara.Route("learn", component=learn.Page, label="Learn"),
    solara.Route("class", component=classroom.Page, label="Class"),
]
