import ipyvuetify as vue
import pytest
import solara

from app import visitor
from app.course import Adopted
from app.live.page import Page
from app.live.state import begin, runner_of
from experiments.designs.pair import Side


@pytest.fixture
def watching(course):
    """A visitor who watches 40 people for 30 weeks."""
    visitor.start.value = None
    visitor.reached.value = (0, 0)
    begin(course())
    yield
    visitor.start.value = None


def rendered():
    _, tree = solara.render(Page(), handle_error=False)
    return tree


def button(tree, text):
    return next(b for b in tree.find(vue.Btn).widgets if text in str(b.children))


def choose(tree, label, key):
    tree.find(vue.VuetifyTemplate, label=label).widget.vue_chose(key)


def test_a_step_lets_a_week_pass(watching):
    tree = rendered()
    button(tree, "Step").click()
    button(tree, "Step").click()
    assert visitor.reached.value[1] == 2
    shown = [str(h.unsafe_innerHTML) for h in tree.find(solara.widgets.HTML).widgets]
    assert any("Week 2 of 30" in html for html in shown)


def test_coming_back_finds_the_week_that_was_left(watching):
    tree = rendered()
    button(tree, "Step").click()
    tree.close()
    runner = runner_of(visitor.current_start())
    assert runner.latest.week == 1


def test_the_scheme_changes_from_this_week_on(watching):
    tree = rendered()
    button(tree, "Step").click()
    choose(tree, "scheme", "full_rank_board")
    button(tree, "From week 1 on").click()
    start = visitor.start.value
    assert start.course.adopted == (Adopted(1, "full_rank_board"),)
    assert start.week == 1


def test_a_group_adopts_a_scheme_from_this_week_on(watching, course, pilot):
    begin(course(groups=pilot))
    tree = rendered()
    shown = str([h.unsafe_innerHTML for h in tree.find(solara.widgets.HTML).widgets])
    assert "Group pilot: 40 % of the teams, drawn by lot." in shown
    button(tree, "Step").click()
    choose(tree, "scheme", "voluntary")
    choose(tree, "for", "pilot")
    button(tree, "From week 1 on").click()
    assert visitor.start.value.course.adopted == (Adopted(1, "voluntary", "pilot"),)
    button(tree, "Restart with it for all").click()
    assert visitor.start.value.course.pair.second == Side("voluntary")


def test_without_groups_nobody_is_asked_whose_scheme_changes(watching):
    assert not rendered().find(vue.VuetifyTemplate, label="for").widgets


def test_restarting_puts_the_scheme_in_force_from_the_start(watching):
    tree = rendered()
    button(tree, "Step").click()
    choose(tree, "scheme", "full_rank_board")
    button(tree, "Restart with it").click()
    start = visitor.start.value
    assert start.course.pair.second == Side("full_rank_board")
    assert (start.week, start.course.adopted) == (0, ())


def test_reset_goes_back_to_week_0(watching):
    tree = rendered()
    button(tree, "Step").click()
    button(tree, "Reset").click()
    assert runner_of(visitor.start.value).latest.week == 0
