"""*People* in a browser: who gains, who loses, and the way to each of them."""

import re

import pytest

from app.pair_link import as_query
from experiments.designs.pair import Pair
from experiments.report.gains import sentence
from experiments.statistics.accounts import WORSE_OFF, by_group

DONE = re.compile(r"^\d+ replicates of each side")
SMALL = Pair(shared=(("organisation.employees", 60),), weeks=26, seed=5, replicates=4)
LINK = f"/compare?{as_query(SMALL)}"


@pytest.fixture
def people(visit, drawn):
    """Opens the view of people at a width."""

    def opened(**size):
        page = visit(LINK, **size)
        page.get_by_text(DONE).wait_for()
        drawn(page)
        page.get_by_role("button", name="People", exact=True).click()
        page.get_by_role("heading", name="A dot is a person").wait_for()
        drawn(page)
        return page

    return opened


def test_the_file_that_the_page_offers_gives_the_same_people(people, by_command):
    page = people()
    told = by_group(WORSE_OFF.read(by_command(page) / WORSE_OFF.name))
    said = sentence("monthly minimum", told)
    assert page.get_by_text(said).is_visible()


def test_people_are_cut_by_skill_and_by_what_they_gain(people):
    page = people()
    page.get_by_role("button", name="skill, in fifths").click()
    bars = page.get_by_role("img", name=re.compile("Change of output by group"))
    page.wait_for_function(
        "bars => bars.ariaLabel.includes('least')", arg=bars.element_handle()
    )
    page.get_by_role("button", name="reward", exact=True).click()
    page.get_by_role("img", name=re.compile("Change of reward by group")).wait_for()
    assert page.get_by_text("It is no wage").is_visible()


def test_a_dot_leads_to_its_person(people):
    page = people()
    chart = page.get_by_role("img", name=re.compile("a dot for each of"))
    chart.scroll_into_view_if_needed()
    # Where the first dot is drawn, only the chart knows.
    box = chart.bounding_box()
    for k in range(40):
        x = box["x"] + box["width"] * (0.35 + 0.015 * k)
        page.mouse.click(x, box["y"] + 50)
        if page.url.partition("?")[0].endswith("/person"):
            break
    page.wait_for_selector("h1:has-text('Employee')")
    page.wait_for_selector("text=What would have changed their mind")


def test_a_number_leads_to_its_person_by_keyboard(people):
    page = people()
    most = page.get_by_role("link", name="Loses most: person").inner_text()
    number = re.search(r"person (\d+)", most)[1]
    field = page.get_by_label("person number")
    field.focus()
    field.fill(number)
    field.press("Enter")
    link = page.get_by_role("link", name=f"Ask person {number} ")
    link.focus()
    page.keyboard.press("Enter")
    page.wait_for_selector(f"h1:has-text('Employee {number}, week 25')")
    page.wait_for_selector("text=What would have changed their mind")


def test_it_fits_on_a_phone(people):
    page = people(width=390, dark=True)
    page.wait_for_timeout(500)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
