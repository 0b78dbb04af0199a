"""One employee in a browser: a link restores them, and controls move through time."""

import re
from html import unescape

from app.components import typeset
from app.course_link import from_query
from app.person.life import moment
from app.person.words import why

QUERY = (
    "first=voluntary&second=monthly_minimum&organisation.employees=24&seed=5"
    "&adopt=4:full_rank_board&employee=7&week=10&half_day=3"
)


def opened(page, query=QUERY):
    page.goto(f"/person?{query}")
    page.wait_for_selector("text=What would have changed their mind")


def test_a_link_shows_what_the_engine_explains(page):
    opened(page)
    course, _ = from_query(QUERY)
    explained = moment(course, 7, 10).half_days[3]
    assert page.inner_text("h1") == "Employee 7, week 10"
    assert page.locator("p.says").inner_text() == unescape(typeset(why(explained)))
    assert "full rank board" in page.inner_text(".studio")


def test_the_copied_link_restores_the_state(page, visit, copied):
    opened(page)
    again = visit(copied(page))
    again.wait_for_selector("text=What would have changed their mind")
    assert again.inner_text("h1") == page.inner_text("h1")
    assert again.inner_text("p.says") == page.inner_text("p.says")


def test_an_arrow_key_moves_a_week_on(page):
    opened(page)
    page.get_by_role("slider", name="week").focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_selector("h1:has-text('Employee 7, week 11')")
    page.wait_for_selector("h2:has-text('of week 11?')")


def test_a_wrong_link_is_refused_and_the_page_works(page):
    page.goto("/person?employee=500&week=1")
    page.wait_for_selector("text=The link cannot be used")
    page.wait_for_selector("text=What would have changed their mind")


def test_the_page_fits_on_a_phone(visit):
    page = visit(f"/person?{QUERY}", width=390, dark=True)
    page.wait_for_selector("text=What would have changed their mind")
    page.wait_for_timeout(500)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_a_workforce_gives_the_person_a_role(page, copied):
    opened(page)
    page.get_by_label("workforce").select_option("support centre")
    page.get_by_text(re.compile(r"^Role: .* Tasks suit AI by")).wait_for()
    assert page.inner_text("h1") == "Employee 7, week 10"
    assert "workforce=support_centre" in copied(page)


def test_somebody_who_does_not_exist_is_refused_and_the_field_goes_back(page):
    opened(page)
    field = page.get_by_role("textbox", name="employee")
    field.fill("24")
    field.press("Enter")
    page.get_by_text("employee is 24; choose 0 to 23.").wait_for()
    page.wait_for_function("field => field.value === '7'", arg=field.element_handle())
    assert page.inner_text("h1") == "Employee 7, week 10"
