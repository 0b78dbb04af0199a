"""*Compare* in a browser: what it shows is what ``simulate`` says."""

import re

import numpy as np
import pytest

from app.pair_link import as_query
from experiments.designs.pair import Pair
from experiments.statistics.roles import ROLES
from experiments.words.groups import role_title
from model import simulate

DONE = re.compile(r"^\d+ replicates of each side")
SMALL = Pair(shared=(("organisation.employees", 60),), weeks=26, seed=5, replicates=4)
LINK = f"/compare?{as_query(SMALL)}"
SHOWN = "document.querySelector('.figures').innerText"
"""All numbers of the answer, in JavaScript."""


def figures(page):
    """Reported usage, real output and net value, once all replicates are there."""
    page.get_by_text(DONE).wait_for()
    return [
        number.replace(" %", "").replace("−", "-").replace(",", "")
        for number in page.locator(".figure-value").all_inner_texts()
    ]


def move(page, name, key="ArrowRight", times=1):
    """Move a slider by its keys, and wait until the numbers of it are there."""
    slider = page.get_by_role("slider", name=re.compile(f"^{name}"))
    slider.focus()
    for _ in range(times):
        slider.press(key)


def test_it_shows_both_sides_at_once(page):
    page.goto("/compare")
    page.get_by_role("heading", name="What monthly minimum does").wait_for()
    assert len(figures(page)) == 4
    for title in ("What the dashboard reports", "What is really done", "How sure"):
        assert page.get_by_role("heading", name=title).is_visible()
    page.wait_for_function(
        "() => document.querySelectorAll('[role=img] :is(canvas, svg)').length >= 5"
    )


def test_the_numbers_are_those_of_simulate(page):
    page.goto(LINK)
    shown = figures(page)
    for text, outcome in zip(shown, ("reported_tokens", "output"), strict=False):
        first, second = (
            np.mean(
                [
                    simulate(SMALL.scenario(side), SMALL.seed, r).weeks[outcome]
                    for r in range(SMALL.replicates)
                ]
            )
            for side in (SMALL.first, SMALL.second)
        )
        decimals = len(text.partition(".")[2])
        percent = 100.0 * (second - first) / first
        assert float(text) == pytest.approx(percent, abs=0.501 * 10**-decimals)


def test_moving_a_control_changes_the_numbers(page):
    page.goto(LINK)
    figures(page)
    before = page.evaluate(SHOWN)
    page.get_by_text("Minimum", exact=True).click()
    move(page, "amount", times=10)
    page.get_by_role("heading", name="monthly minimum, changed").wait_for()
    page.wait_for_function(f"before => {SHOWN} !== before", arg=before)
    figures(page)


def choose(page, scheme):
    """Choose another second scheme."""
    page.get_by_label("named scheme").nth(1).select_option(scheme)


def test_choosing_another_scheme_changes_the_numbers(page):
    page.goto(LINK.replace("weeks=26", "weeks=52"))
    figures(page)
    before = page.evaluate(SHOWN)
    choose(page, "amazon_2026")
    page.get_by_role("heading", name="What amazon 2026 does").wait_for()
    page.wait_for_function(f"before => {SHOWN} !== before", arg=before)
    figures(page)


def test_a_scheme_that_does_not_fit_is_refused_and_the_page_goes_on(page):
    page.goto(LINK)
    before = figures(page)
    choose(page, "amazon_2026")  # its timeline goes on after half a year
    page.get_by_text("timeline has week 40, but the run ends after 26").wait_for()
    assert figures(page) == before


SECTION = ".folded-head"


def test_controls_stay_while_the_first_numbers_come(page, stay):
    page.goto(LINK.replace("employees=60", "employees=6000"))  # takes some seconds
    page.get_by_text("Keep and open files").wait_for()
    stayed = stay(page, SECTION)
    assert page.locator(".figure-value").count() == 0
    figures(page)
    assert stayed()


def test_controls_stay_when_something_is_refused(page, stay):
    page.goto(LINK)
    figures(page)
    stayed = stay(page, f"{SECTION}, [role=img]")
    choose(page, "amazon_2026")
    page.get_by_text("timeline has week 40, but the run ends after 26").wait_for()
    assert stayed()


def test_an_open_section_stays_open_when_an_incentive_is_added_before_it(page):
    page.goto(LINK)
    page.get_by_text("Minimum", exact=True).click()
    amount = page.get_by_role("slider", name=re.compile("^amount"))
    amount.wait_for(state="attached")
    adds = page.get_by_label("add an incentive").nth(1)
    adds.select_option("Leaderboard: full")
    page.get_by_text("Leaderboard", exact=True).wait_for()
    assert amount.count() == 1


def test_two_visitors_do_not_disturb_each_other(visit):
    one, other = visit(LINK), visit(LINK)
    before = figures(one)
    assert figures(other) == before
    at_first = one.evaluate(SHOWN)
    one.get_by_text("Minimum", exact=True).click()
    move(one, "amount", times=10)
    one.get_by_role("heading", name="monthly minimum, changed").wait_for()
    one.wait_for_function(f"before => {SHOWN} !== before", arg=at_first)
    figures(one)
    assert figures(other) == before
    other.reload()
    assert figures(other) == before


@pytest.mark.parametrize("dark", [False, True])
def test_light_and_dark_are_what_was_chosen(visit, dark):
    page = visit(LINK, dark=dark)
    figures(page)
    theme = "theme--dark" if dark else "theme--light"
    assert theme in page.locator(".v-application").get_attribute("class")


def test_charts_follow_the_theme_that_is_chosen_in_the_page(page):
    page.goto(LINK)
    figures(page)
    page.locator("[role=img] canvas").first.wait_for()
    page.wait_for_timeout(500)
    drawn = "document.querySelector('[role=img] canvas').toDataURL()"
    before = page.evaluate(drawn)
    page.get_by_role("button", name="Colours").click(click_count=2)
    page.locator(".v-application.theme--dark").wait_for()
    page.wait_for_function(f"before => {drawn} !== before", arg=before)


def test_a_phone_shows_it_without_scrolling_sideways(visit):
    page = visit(LINK, width=390)
    figures(page)
    for name in ("What both share", "Keep and open files"):
        page.get_by_text(name).first.click()
    page.get_by_role("button", name="YAML for the command line").wait_for()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_every_control_and_chart_has_a_name(page):
    page.goto(LINK)
    figures(page)
    page.get_by_text("What both share").first.click()
    page.get_by_role("heading", name="Time and luck").wait_for()
    nameless = page.evaluate(
        """() => [...document.querySelectorAll(
             '[role=slider], [role=img], .studio button, .studio input')]
           .filter(e => e.offsetParent !== null)
           .filter(e => !(e.ariaLabel || e.innerText || e.labels?.length
             || e.closest('[aria-label]')))
           .map(e => e.outerHTML.slice(0, 120))"""
    )
    assert nameless == []


def pick(page, label, name):
    """Choose another item of a select."""
    page.get_by_label(label).select_option(name)


def test_a_workforce_is_chosen_and_its_link_and_file_give_the_same_numbers(
    visit, copied, by_command
):
    page = visit(LINK.replace("employees=60", "employees=200"))
    before = figures(page)
    page.get_by_text("What both share").first.click()
    pick(page, "workforce", "software company")
    page.get_by_role("heading", name="Whom does it hit?").wait_for()
    after = figures(page)
    assert after != before
    chart = page.get_by_role("img", name=re.compile("on real output by role"))
    said = chart.get_attribute("aria-label")
    assert all(name in said for name in ("everybody", "developer", "manager"))
    address = copied(page)
    assert "workforce=software_company" in address
    again = visit(address)
    assert figures(again) == after
    for row in ROLES.read(by_command(page) / ROLES.name):
        if row.outcome == "output" and row.percent is not None:
            assert f"{role_title(row.role)} {row.percent:+.2g} %" in said


def test_a_workforce_that_does_not_fit_is_refused_in_words(page):
    page.goto(LINK.replace("employees=60", "employees=130"))
    before = figures(page)
    page.get_by_text("What both share").first.click()
    pick(page, "workforce", "bank")
    page.get_by_text("which gets no team: 130 people are 17 teams of 8").wait_for()
    assert figures(page) == before


def test_a_named_pair_says_at_once_in_how_many_worlds_it_is_so(page):
    page.goto("/compare?second=review_linked&replicates=2&weeks=26")
    page.get_by_text("Of 100 plausible worlds real output clearly falls").wait_for()
    bars = page.locator(".worlds .worlds-bar")
    assert bars.count() == 5 + 4
    assert all("Of 100 worlds" in b.get_attribute("aria-label") for b in bars.all())


def test_a_draft_is_looked_at_in_worlds_after_its_runs(page):
    page.goto(f"{LINK}&second.quota.amount=160")
    page.get_by_text("comes after these runs").first.wait_for()
    figures(page)
    page.get_by_text(re.compile("^Of 100 plausible worlds")).wait_for()
    page.get_by_text(re.compile("^40 worlds that reproduce")).wait_for()
