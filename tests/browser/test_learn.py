"""Learn in a browser: predict, reveal, points, and the way to Compare."""

RUNS = 300_000
"""Milliseconds that the runs of a lesson may take on a busy machine."""


def test_a_run_is_revealed_only_after_a_prediction_and_scores_it(page, predict):
    page.goto("/learn")
    # The runs of the third lesson are those of Compare as it opens, made at start.
    page.get_by_role("button", name="3. And the work?").click()
    reveal = page.get_by_role("button", name="Reveal the run")
    assert reveal.is_disabled()
    predict(page, "no clear change")
    page.wait_for_function(
        "() => [...document.querySelectorAll('button')].some(b => "
        "b.innerText.toLowerCase().includes('reveal') && !b.disabled)"
    )
    reveal.click()
    page.get_by_text("The run says").wait_for(timeout=RUNS)
    assert page.get_by_text("1 of 7 done, 1 point", exact=True).is_visible()
    drawn = page.get_by_role("img", name="output by week").locator("canvas")
    # Solara's chart complains in the console if it is left before it is drawn.
    drawn.first.wait_for()
    page.get_by_role("button", name="Look at it in Compare").click()
    page.get_by_role("heading", name="What monthly minimum does").wait_for(timeout=RUNS)


def test_a_number_is_predicted_with_the_keyboard(page):
    page.goto("/learn")
    slider = page.get_by_role("slider")
    slider.focus()
    for _ in range(3):
        slider.press("ArrowRight")
    page.get_by_text("Your prediction: 3 of 100").wait_for()


def test_scores_of_two_visitors_are_their_own(visit):
    one, other = visit("/learn"), visit("/learn")
    one.get_by_role("button", name="4. Where did it go?").click()
    one.get_by_text("Usage now counts in the half-yearly review").wait_for()
    assert other.get_by_text("Every half-day brings a task").is_visible()


def test_a_phone_shows_learn_without_scrolling_sideways(visit):
    page = visit("/learn", width=390)
    page.get_by_role("button", name="Reveal the run").wait_for()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
