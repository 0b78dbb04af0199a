"""The front page in a browser: the map, the card of a scheme, the same as a table."""

import re

from app import shipped
from experiments.config.about import about

DONE = re.compile(r"^\d+ replicates of each side")
HEADING = "What counting AI use does"


def until_address(page, part):
    page.wait_for_function("part => location.href.includes(part)", arg=part)


def table_row(page, name):
    return page.get_by_role("row", name=re.compile(f"^{name}"))


def names(page):
    return page.locator(".sorted tbody button").all_inner_texts()


def test_it_says_what_this_is_and_shows_the_map(page):
    page.goto("/")
    page.get_by_role("heading", name=HEADING).wait_for()
    chart = page.get_by_role("img", name=re.compile("Amazon 2026: usage"))
    chart.locator("canvas").wait_for()
    page.get_by_role("heading", name="Amazon 2026").wait_for()
    for door in ("I design a scheme", "I want to understand", "I teach"):
        assert page.get_by_role("link", name=door).is_visible()


def test_a_row_opens_the_card_and_the_address_keeps_it(page):
    page.goto("/")
    page.get_by_role("button", name="Monthly minimum").click()
    page.get_by_role("heading", name="Monthly minimum").wait_for()
    until_address(page, "scheme=monthly_minimum")
    page.reload()
    page.get_by_role("heading", name="Monthly minimum").wait_for()


def test_compare_shows_the_numbers_of_the_card(page):
    page.goto("/?scheme=monthly_minimum")
    page.get_by_role("heading", name="Monthly minimum").wait_for()
    card = page.locator(".figure-value").all_inner_texts()
    page.get_by_role("button", name="Compare", exact=True).click()
    page.get_by_role("heading", name="What monthly minimum does").wait_for()
    page.get_by_text(DONE).wait_for()
    shown = page.locator(".figure-value").all_inner_texts()
    assert [text.replace("$", "") for text in shown[:3]] == card[:3]
    bar = page.locator(".verdict .worlds-bar")
    assert "Of 100 worlds output clearly falls in" in bar.get_attribute("aria-label")


def test_a_scheme_is_played_live(page):
    page.goto("/?scheme=full_rank_board")
    page.get_by_role("button", name="Play it live").click()
    page.get_by_text("under full rank board").wait_for()


def test_the_table_is_sorted_and_filtered(page):
    page.goto("/")
    page.get_by_role("heading", name=HEADING).wait_for()
    listed = names(page)
    page.get_by_role("button", name="reported usage, %").click()
    page.wait_for_function(
        "() => document.querySelector('[aria-sort=descending]') !== null"
    )
    rows = sorted(shipped.schemes().values(), key=lambda row: -row.usage)
    assert names(page) == [about(row.scheme).title for row in rows]
    page.get_by_role("textbox", name="Show only").fill("meta")
    page.wait_for_function(
        "n => document.querySelectorAll('.sorted tbody tr').length < n",
        arg=len(listed),
    )
    assert "Top-250 board" in names(page)


def test_a_wrong_link_is_refused_and_the_page_works(page):
    page.goto("/?scheme=nonsense")
    page.get_by_text("scheme is 'nonsense', which is not on the map").wait_for()
    page.get_by_role("heading", name="Amazon 2026").wait_for()


def test_an_address_that_is_no_page_leads_home(page):
    answer = page.request.get("/nosuch")
    assert answer.status == 404
    assert "There is no such page" in answer.text()


def test_it_fits_on_a_phone(visit):
    page = visit("/", width=390, dark=True)
    page.get_by_role("heading", name=HEADING).wait_for()
    page.wait_for_timeout(500)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
