"""Class in a browser: ten visitors predict, see each other's number and the result."""

import pytest

RUNS = 300_000
"""Milliseconds that the runs of a lesson may take on a busy machine."""
VISITORS = 10
LIVE = 5_000
"""Milliseconds in which a change reaches everybody, on a machine that is busy."""


def opened(page):
    """Open a class, turn to its third lesson, and give its code."""
    page.goto("/class")
    page.get_by_role("button", name="Open a class").click()
    code = page.locator(".class-code").inner_text()
    for number in (2, 3):
        page.get_by_role("button", name="Next lesson").click()
        page.get_by_text(f"Lesson {number} of 7").wait_for()
    return code


@pytest.mark.long
def test_ten_visitors_predict_and_see_the_result(visit, predict):
    host = visit()
    code = opened(host)
    members = [visit(f"/class?code={code}") for _ in range(VISITORS - 1)]
    host.get_by_text(f"0 of {VISITORS} have predicted").wait_for()
    for number, page in enumerate(members):
        answer = ("it rises", "no clear change", "it falls")[number % 3]
        predict(page, answer)
    for page in (host, *members):
        page.get_by_text(f"{VISITORS - 1} of {VISITORS} have predicted").wait_for(
            timeout=LIVE
        )
        assert page.get_by_text("The run says").count() == 0
    host.get_by_role("button", name="Reveal the run").click()
    for page in (host, *members):
        page.get_by_text("3 of 9 predicted it right").wait_for(timeout=RUNS)
        page.get_by_role("img", name="Predictions. it rises: 3").wait_for()


def test_the_buttons_of_a_host_stay_while_a_run_is_revealed(page, stay, predict):
    opened(page)
    predict(page, "it rises")
    page.get_by_text("1 of 1 have predicted").wait_for()
    stayed = stay(page, ".studio button")
    page.get_by_role("button", name="Reveal the run").click()
    page.get_by_text("The run says", exact=True).wait_for(timeout=RUNS)
    assert stayed()


def test_a_wrong_code_is_refused_politely(page):
    page.goto("/class?code=%3Cscript%3E")
    page.get_by_text("there is no class of this code").wait_for()
    assert page.get_by_text("<script>").count() == 0


def test_a_code_is_typed_to_join(visit):
    host, member = visit("/class"), visit("/class")
    host.get_by_role("button", name="Open a class").click()
    code = host.locator(".class-code").inner_text()
    member.get_by_label("Code").fill(code.lower())
    member.get_by_role("button", name="Join", exact=True).click()
    assert member.locator(".class-code").inner_text() == code
    host.get_by_text("0 of 2 have predicted").wait_for(timeout=LIVE)
    assert member.get_by_role("button", name="Reveal the run").count() == 0


def test_who_reloads_the_page_is_the_same_member(page):
    page.goto("/class")
    page.get_by_role("button", name="Open a class").click()
    page.locator(".class-code").wait_for()
    page.wait_for_url("**/class?code=*")
    page.reload()
    page.get_by_text("0 of 1 have predicted").wait_for()
    page.get_by_role("button", name="Reveal the run").wait_for()


def test_a_phone_shows_a_class_without_scrolling_sideways(visit):
    page = visit("/class", width=390)
    page.get_by_role("button", name="Open a class").click()
    page.locator(".class-code").wait_for()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
