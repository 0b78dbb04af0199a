"""Mesa's own front end opens the organisation: ``solara run app/mesa_view.py``."""

from importlib.util import find_spec

import pytest

pytestmark = pytest.mark.skipif(
    find_spec("altair") is None,
    reason="mesa.visualization needs Altair: pip install -e '.[mesa]'",
)


@pytest.fixture(scope="module")
def mesa(serve):
    return serve(
        *("-m", "solara", "run", "app/mesa_view.py", "--port", "PORT"),
        *("--production", "--no-open"),
        SOLARA_TELEMETRY_MIXPANEL_ENABLE="False",
        SOLARA_ASSETS_FONTAWESOME_ENABLED="False",
    ).address


@pytest.fixture
def opened(visit, mesa):
    page = visit(at=mesa)
    page.goto("/")
    page.get_by_text("Step: 0").wait_for()
    return page


def test_it_steps_and_is_reset(opened):
    for week in (1, 2):
        opened.get_by_role("button", name="Step").click()
        opened.get_by_text(f"Step: {week}").wait_for()
    opened.get_by_role("button", name="Reset").click()
    opened.get_by_text("Step: 0").wait_for()


def test_it_draws_the_teams_and_two_lines(opened):
    opened.get_by_role("button", name="Step").click()
    opened.get_by_text("Step: 1").wait_for()
    opened.wait_for_function("() => document.querySelectorAll('img').length >= 3")


def test_two_visitors_have_organisations_of_their_own(opened, visit, mesa):
    opened.get_by_role("button", name="Step").click()
    opened.get_by_text("Step: 1").wait_for()
    other = visit(at=mesa)
    other.goto("/")
    other.get_by_text("Step: 0").wait_for()
    assert opened.get_by_text("Step: 1").is_visible()
