"""Every page for everybody: axe finds nothing serious, in both themes."""

import re

import pytest

PAGES = {
    "/": "Amazon 2026",
    "/compare": "How sure is that?",
    "/live?second=full_rank_board&organisation.employees=24": "Who does what",
    "/person?organisation.employees=24": "What each activity was worth to them",
    "/learn": "Lessons",
    "/class": "Open a class",
}
"""A heading of each page that says that it is there."""
SMALL = "/compare?organisation.employees=60&weeks=26&replicates=2"
GRAVE = ("serious", "critical")


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("path", PAGES)
def test_axe_finds_nothing_serious(visit, path, dark):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    page = visit(path, system_is_dark=dark)
    page.get_by_role("heading", name=PAGES[path], exact=True).first.wait_for()
    if path == "/compare":
        for section in page.locator(".folded-head").all():
            section.click()
        page.get_by_role("heading", name="Time and luck").wait_for()
    found = axe.run(page).response["violations"]
    grave = [(v["id"], v["nodes"][0]["html"]) for v in found if v["impact"] in GRAVE]
    assert grave == []


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize(
    ("view", "heading"),
    [("People", "A dot is a person"), ("Money", "From output to net value")],
)
def test_axe_finds_nothing_serious_in_a_view(visit, drawn, view, heading, dark):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    page = visit(SMALL, width=390, system_is_dark=dark)
    page.get_by_text(re.compile(r"^2 replicates of each side")).wait_for()
    drawn(page)
    page.get_by_role("button", name=view, exact=True).click()
    page.get_by_role("heading", name=heading).wait_for()
    found = axe.run(page).response["violations"]
    grave = [(v["id"], v["nodes"][0]["html"]) for v in found if v["impact"] in GRAVE]
    assert grave == []


def test_the_keyboard_leads_past_the_pages_to_the_content(page):
    page.goto("/")
    page.get_by_role("heading", name="Amazon 2026").wait_for()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.innerText") == "To the content"
    page.keyboard.press("Enter")
    page.wait_for_function("() => document.activeElement.id === 'content'")


def test_the_keyboard_opens_the_card_of_a_scheme(page):
    page.goto("/")
    row = page.get_by_role("button", name="Risk gate")
    row.focus()
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Risk gate").wait_for()
