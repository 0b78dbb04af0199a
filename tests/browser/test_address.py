"""The address is the state: *Back*, a reload, another server give what was shown."""

import re

import pytest

from app.pair_link import as_query
from experiments.designs.pair import Pair

DONE = re.compile(r"^\d+ replicates of each side")
SMALL = Pair(shared=(("organisation.employees", 60),), weeks=52, seed=5, replicates=2)
LINK = f"/compare?{as_query(SMALL)}"
STUDIO = ("-m", "experiments", "app", "port=PORT", "open=false")
LIVE = "/live?first=voluntary&second=full_rank_board&organisation.employees=24&seed=5"


def until_address(page, part):
    """Wait until the address says something."""
    page.wait_for_function("part => location.href.includes(part)", arg=part)


def choose(page, scheme):
    page.get_by_label("named scheme").nth(1).select_option(scheme)


def shared(page):
    page.get_by_text("What both share").first.click()
    page.get_by_role("heading", name="Time and luck").wait_for()


def field(page, name):
    return page.get_by_role("textbox", name=re.compile(f"^{name}"))


def write(page, name, text):
    field(page, name).fill(text)
    field(page, name).press("Enter")


def test_a_change_is_in_the_address_and_a_reload_keeps_it(page):
    page.goto("/compare")
    page.get_by_text(DONE).wait_for()
    until_address(page, "second=monthly_minimum")
    shared(page)
    write(page, "employees", "60")
    until_address(page, "organisation.employees=60")
    page.reload()
    page.get_by_text(re.compile("60 people, 104 weeks")).wait_for()


def test_back_undoes_the_choice_of_a_scheme_and_keeps_what_was_set_before_it(page):
    page.goto(LINK)
    page.get_by_text(DONE).wait_for()
    shared(page)
    write(page, "seed", "7")
    until_address(page, "seed=7")
    choose(page, "full_rank_board")
    until_address(page, "second=full_rank_board")
    page.get_by_role("heading", name="What full rank board does").wait_for()
    page.go_back()
    page.get_by_role("heading", name="What monthly minimum does").wait_for()
    until_address(page, "seed=7")
    page.get_by_text(re.compile("seed 7")).wait_for()
    page.go_forward()
    page.get_by_role("heading", name="What full rank board does").wait_for()


def test_another_page_and_back_loses_nothing(page):
    page.goto(LINK)
    page.get_by_text(DONE).wait_for()
    choose(page, "full_rank_board")
    until_address(page, "second=full_rank_board")
    page.get_by_role("link", name="Learn").click()
    until_address(page, "/learn?lesson=1")
    page.go_back()
    page.get_by_role("heading", name="What full rank board does").wait_for()
    page.get_by_role("link", name="Compare").click()
    until_address(page, "second=full_rank_board")


@pytest.mark.parametrize("path", ["/compare", "/live", "/person"])
def test_unknown_parts_of_a_link_are_left_aside_with_a_note(visit, path):
    query = "second=full_rank_board&organisation.employees=60"
    page = visit(f"{path}?{query}&utm_source=mail&ref=newsletter")
    page.get_by_text("The link says 'ref', which this studio does not know").wait_for()
    until_address(page, "second=full_rank_board")
    page.wait_for_function("() => !location.href.includes('newsletter')")


def test_opening_a_section_changes_nothing_and_whole_numbers_can_be_typed(page):
    page.goto(f"/compare?{as_query(Pair(weeks=26, replicates=2))}")
    page.get_by_text(re.compile("500 people")).wait_for()
    address = page.url
    shared(page)
    assert field(page, "employees").input_value() == "500"
    for slider in page.get_by_role("slider").all():
        slider.focus()
    page.wait_for_timeout(1_000)
    assert page.url == address
    write(page, "employees", "1200")
    page.get_by_text(re.compile("1,200 people")).wait_for()
    until_address(page, "organisation.employees=1200")


def test_what_is_no_number_is_refused_and_the_field_goes_back(page):
    page.goto(LINK)
    page.get_by_text(DONE).wait_for()
    shared(page)
    for text in ("abc", "abc", "12.5"):
        write(page, "employees", text)
        page.get_by_text(re.compile("employees is '?(abc|12.5)'?; a whole")).wait_for()
        page.wait_for_function(
            "field => field.value === '60'",
            arg=field(page, "employees").element_handle(),
        )
    write(page, "employees", "61")
    page.get_by_text(re.compile("61 people")).wait_for()
    page.locator(".v-alert").first.wait_for(state="detached")


def test_an_answer_that_comes_late_takes_nothing_away_from_somebody_who_types(page):
    page.goto(LINK)
    page.get_by_text(DONE).wait_for()
    shared(page)
    write(page, "employees", "61")
    field(page, "employees").fill("62")
    until_address(page, "organisation.employees=61")
    page.get_by_text(re.compile("61 people, 52 weeks")).wait_for()
    page.wait_for_timeout(500)
    assert field(page, "employees").input_value() == "62"
    field(page, "employees").press("Enter")
    page.get_by_text(re.compile("62 people, 52 weeks")).wait_for()


def test_large_organisations_just_work_with_fewer_replicates(page):
    page.goto("/compare?organisation.employees=5000&weeks=104")
    said = page.get_by_text("2 replicates of each side (not 16, which would be more")
    said.wait_for()


def test_numbers_of_an_earlier_pair_are_marked(page):
    page.goto(LINK)
    page.get_by_text(DONE).wait_for()
    shared(page)
    write(page, "employees", "60000")
    page.get_by_text("one visitor may ask for").first.wait_for()
    said = page.get_by_text(re.compile("not yet those of your change.*60 people, 52"))
    said.wait_for()
    page.locator(".earlier .figure-value").nth(3).wait_for()
    write(page, "employees", "60")
    page.get_by_text(DONE).wait_for()
    page.locator(".earlier").first.wait_for(state="detached")


def test_a_link_that_asks_for_too_much_does_not_wait_for_ever(visit):
    page = visit("/compare?organisation.employees=1000000")
    page.get_by_text("Nothing to show yet.").wait_for()


def test_pages_come_back_after_a_restart_of_the_server(serve, visit):
    studio = serve(*STUDIO)
    port = studio.address.rpartition(":")[2]
    pages = [visit(LINK, at=studio.address, ends=True) for _ in range(3)]
    pages.append(visit(f"{LIVE}&week=6", at=studio.address, ends=True))
    for page in pages[:3]:
        page.get_by_text(DONE).wait_for()
    shared(pages[0])
    write(pages[0], "seed", "7")
    until_address(pages[0], "seed=7")
    pages[3].get_by_text("Week 6 of").wait_for()
    studio.end()
    pages[0].get_by_text("disconnected").first.wait_for()
    serve(*STUDIO, at=port)
    pages[0].get_by_text(re.compile("seed 7")).wait_for(timeout=120_000)
    for page in pages[1:3]:
        page.get_by_text(re.compile("seed 5")).wait_for(timeout=120_000)
    pages[3].get_by_text("Week 6 of").wait_for(timeout=120_000)


def test_live_stops_when_one_leaves_and_its_week_is_in_the_address(page):
    page.goto(LIVE)
    # ECharts fails if its page is left while it is loaded.
    page.locator("[role=img] canvas").nth(1).wait_for()
    page.get_by_role("button", name="Play").click()
    page.wait_for_function("() => /week=[2-9]/.test(location.href)")
    page.get_by_role("link", name="Learn").click()
    until_address(page, "lesson=1")
    page.wait_for_timeout(2_000)
    page.get_by_role("link", name="Live").click()
    page.get_by_role("button", name="Play").wait_for()
    week = int(re.search(r"Week (\d+) of", page.inner_text(".live-head")).group(1))
    page.wait_for_timeout(1_000)
    assert week < 20
    until_address(page, f"week={week}")
    page.reload()
    page.get_by_text(f"Week {week} of").wait_for()


@pytest.mark.parametrize("system_is_dark", [False, True])
def test_charts_have_the_colours_of_the_system_at_the_first_visit(
    visit, system_is_dark
):
    page = visit(LINK, system_is_dark=system_is_dark)
    page.get_by_text(DONE).wait_for()
    theme = "dark" if system_is_dark else "light"
    page.locator(f".v-application.theme--{theme}").first.wait_for()
    ink = {"dark": [228, 231, 235], "light": [31, 41, 51]}[theme]
    page.wait_for_function(HAS_COLOUR, arg=ink)


HAS_COLOUR = """
([r, g, b]) => [...document.querySelectorAll('[role=img] canvas')].some(canvas => {
  const {width, height} = canvas;
  const {data} = canvas.getContext('2d').getImageData(0, 0, width, height);
  for (let k = 0; k < data.length; k += 4)
    if (data[k] === r && data[k + 1] === g && data[k + 2] === b && data[k + 3] === 255)
      return true;
  return false;
})
"""
