"""*Money* in a browser: amounts of a head and a company are those of ``study=pair``."""

import re

import pytest

from app.pair_link import as_query
from experiments.designs.pair import Pair
from experiments.statistics.effects import EFFECTS, lookup

DONE = re.compile(r"^\d+ replicates of each side")
SMALL = Pair(shared=(("organisation.employees", 60),), weeks=26, seed=5, replicates=4)
LINK = f"/compare?{as_query(SMALL)}"
OUTCOMES = {"Running the scheme": "running_cost", "Net value": "net_value"}


@pytest.fixture
def money(visit, drawn):
    """Opens the view of money at a width."""

    def opened(**size):
        page = visit(LINK, **size)
        page.get_by_text(DONE).wait_for()
        drawn(page)
        page.get_by_role("button", name="Money", exact=True).click()
        page.get_by_role("heading", name="From output to net value").wait_for()
        return page

    return opened


def amount(page, name):
    """The difference in a row of the table, in $."""
    row = page.locator("table.money tr").filter(has_text=name)
    text = row.locator("td").last.inner_text().split("\n")[0]
    return float(re.sub(r"[$,+]", "", text).replace("−", "-"))


def test_the_file_that_the_page_offers_gives_the_same_money(money, by_command):
    page = money()
    shown = {name: amount(page, name) for name in OUTCOMES}
    rows = lookup(EFFECTS.read(by_command(page) / EFFECTS.name))
    for name, outcome in OUTCOMES.items():
        effect = 52.0 * rows["monthly minimum", outcome, "whole"].effect
        sign = -1.0 if outcome == "running_cost" else 1.0
        assert shown[name] == pytest.approx(sign * effect, abs=0.51)


def test_a_company_that_is_typed_has_the_money_of_its_people(money):
    page = money()
    a_head = amount(page, "Net value")
    field = page.get_by_role("textbox", name="people in your company")
    field.fill("1200")
    field.press("Enter")
    page.get_by_role("columnheader", name="$ for 1,200 people and year").wait_for()
    assert amount(page, "Net value") == pytest.approx(1200 * a_head, rel=0.01)
    page.get_by_text("60 people are simulated; money for 1,200").wait_for()
    page.get_by_role("button", name="a head").click()
    page.get_by_role("columnheader", name="$ per employee and year").wait_for()
    assert amount(page, "Net value") == a_head


def test_the_run_of_half_a_year_is_half_of_a_year(money):
    page = money()
    a_year = amount(page, "Net value")
    page.get_by_role("button", name="the whole run").click()
    page.get_by_role("columnheader", name="and run of 26 weeks").wait_for()
    assert amount(page, "Net value") == pytest.approx(a_year / 2, abs=0.51)


def test_tokens_at_twice_the_price_cost_twice(money):
    page = money()
    before = amount(page, "Tokens for work")
    field = page.get_by_role("textbox", name="price")
    price = float(field.input_value())
    field.fill(str(2 * price))
    field.press("Enter")
    page.wait_for_function(
        "said => ![...document.querySelectorAll('table.money tr')]"
        ".find(row => row.innerText.includes('Tokens for work'))"
        ".innerText.includes(said)",
        arg=page.locator("table.money tr")
        .filter(has_text="Tokens for work")
        .locator("td")
        .last.inner_text()
        .split("\n")[0],
    )
    page.get_by_text(DONE).wait_for()
    assert amount(page, "Tokens for work") == pytest.approx(2 * before, abs=1.5)


def test_a_company_of_nobody_is_refused(money):
    page = money()
    field = page.get_by_role("textbox", name="people in your company")
    field.fill("0")
    field.press("Enter")
    page.get_by_text("people in your company is 0; choose 1 to 10,000,000").wait_for()


def test_it_fits_on_a_phone(money):
    page = money(width=390, dark=True)
    page.wait_for_timeout(500)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
