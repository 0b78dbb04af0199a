"""Live in a browser: it plays, pauses, changes the scheme, and opens an employee."""

import re

from app.course import Course, with_people
from experiments.designs.pair import Pair, Side
from model import simulate

SMALL = "/live?first=voluntary&second=full_rank_board&organisation.employees=24&seed=5"


def week(page):
    """The week that the page says it is."""
    return int(re.search(r"Week (\d+) of", page.inner_text(".live-head")).group(1))


def press(page, name):
    page.get_by_role("button", name=re.compile(name, re.I)).first.click()


def until_week(page, number):
    page.wait_for_function(
        "n => Number((/Week (\\d+) of/.exec(document.body.innerText) || [0, -1])[1])"
        " >= n",
        arg=number,
    )


def test_a_step_shows_the_numbers_of_simulate(page):
    page.goto(SMALL)
    page.wait_for_selector(".live-head")
    press(page, "Step")
    until_week(page, 1)
    pair = Pair(second=Side("full_rank_board"), seed=5)
    expected = simulate(Course(with_people(pair, 24)).scenario, 5).weeks
    tokens = f"{expected['reported_tokens'][0]:.3g} M tokens"
    output = f"{expected['output'][0]:.3g} half-days"
    chart = page.get_by_role("img", name=re.compile("Reported usage and real output"))
    page.wait_for_function(
        "([c, t]) => c.getAttribute('aria-label').includes(t)",
        arg=[chart.element_handle(), tokens],
    )
    assert output in chart.get_attribute("aria-label")


def test_it_plays_until_it_is_paused(page):
    page.goto(SMALL)
    page.wait_for_selector(".live-head")
    press(page, "Play")
    until_week(page, 3)
    press(page, "Pause")
    page.get_by_role("button", name=re.compile("Play", re.I)).wait_for()
    page.wait_for_timeout(1000)
    stood = week(page)
    page.wait_for_timeout(1500)
    assert week(page) == stood


def test_a_scheme_that_is_adopted_is_marked(page):
    page.goto(f"{SMALL}&week=6")
    until_week(page, 6)
    page.get_by_label("scheme", exact=True).select_option("voluntary")
    press(page, "From week 6 on")
    page.wait_for_selector("text=Week 6: voluntary.")
    assert "Leaderboard ends." in page.inner_text(".events")
    assert "under voluntary" in page.inner_text(".live-head")


def test_a_name_on_the_board_opens_that_employee(page):
    page.goto(f"{SMALL}&week=6")
    until_week(page, 6)
    name = page.locator(".board a").first
    number = re.search(r"\d+", name.inner_text()).group()
    name.click()
    page.wait_for_selector(f"h1:has-text('Employee {number}, week 5')")


def test_a_click_in_the_network_opens_an_employee(page):
    page.goto(f"{SMALL}&week=6")
    until_week(page, 6)
    chart = page.get_by_role("img", name=re.compile("24 people in teams"))
    chart.locator("canvas").wait_for()
    box = chart.bounding_box()
    # Three teams abreast; the middle one is in the middle, its first member on top.
    for up in range(0, int(box["height"] / 2), 6):
        page.mouse.click(box["x"] + box["width"] / 2, box["y"] + up)
        page.wait_for_timeout(60)
        if "/person" in page.url:
            break
    page.wait_for_selector("h1:has-text('Employee')")


def test_two_visitors_play_two_organisations(visit):
    one, other = visit(SMALL), visit(SMALL)
    for tab in (one, other):
        tab.wait_for_selector(".live-head")
    for _ in range(3):
        before = week(one)
        press(one, "Step")
        until_week(one, before + 1)
    assert (week(one), week(other)) == (3, 0)


def test_a_wrong_link_is_refused_and_the_page_works(page):
    page.goto("/live?adopt=7:<script>alert(1)</script>")
    page.wait_for_selector("text=The link cannot be used")
    assert week(page) == 0


def test_live_fits_on_a_phone(visit):
    page = visit(SMALL, width=390, dark=True)
    page.wait_for_selector("text=Who does what")
    page.wait_for_timeout(500)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_a_workforce_restarts_with_enough_people_for_its_roles(page, copied):
    page.goto(SMALL)
    page.wait_for_selector(".live-head")
    page.get_by_label("workforce").select_option("bank")
    people = page.get_by_role("textbox", name="people (restarts)")
    page.wait_for_function(
        "field => field.value === '144'", arg=people.element_handle()
    )
    assert "workforce=bank" in copied(page)
