import solara

from app.person.page import Page
from app.person.state import Place, place

ROW, WEEK = 7, 12


def test_the_page_shows_whom_it_is_asked_about(course):
    place.value = Place(course(), ROW, WEEK)
    _, tree = solara.render(Page(), handle_error=False)
    heads = [
        html.unsafe_innerHTML
        for html in tree.find(solara.widgets.HTML).widgets
        if html.tag == "h1"
    ]
    tree.close()
    place.value = None
    assert heads == ["Employee 7, week 12"]
