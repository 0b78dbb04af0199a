"""The page scores predictions, and reveals nothing before them."""

import ipyvuetify as v
import pytest
import solara

from app.learn import page as learn
from app.learn.lessons import LESSONS


@pytest.fixture
def rc(monkeypatch, results):
    """The page of a visitor who has done nothing yet; runs are there at once."""

    def at_once(lesson, on_results):
        solara.use_effect(
            lambda: on_results(results[lesson.title]) if lesson else None, [lesson]
        )
        return 0.0, "", lambda: None

    monkeypatch.setattr(learn, "use_run", at_once)
    for state, value in ((learn.at, 0), (learn.predictions, {}), (learn.done, {})):
        state.value = value
    _, rendered = solara.render(learn.Page(), handle_error=False)
    yield rendered
    rendered.close()


def button(rc, label):
    return rc.find(v.Btn, children=[label])


def said_on(rc):
    return [html.unsafe_innerHTML for html in rc.find(solara.widgets.HTML).widgets]


def test_nothing_is_revealed_before_a_prediction(rc):
    assert button(rc, "Reveal the run").widget.disabled
    rc.find(v.Slider).widget.v_model = 20
    assert not button(rc, "Reveal the run").widget.disabled


def test_points_are_counted_once_the_run_is_revealed(rc, results):
    rc.find(v.Slider).widget.v_model = 20
    button(rc, "Reveal the run").widget.click()
    truth = LESSONS[0].truth(results[LESSONS[0].title])
    assert learn.done.value[0].points == LESSONS[0].score(20, truth)
    assert truth.sentence in said_on(rc)


def test_a_prediction_cannot_be_changed_after_the_run_is_revealed(rc):
    rc.find(v.Slider).widget.v_model = 20
    button(rc, "Reveal the run").widget.click()
    rc.find(v.Slider).widget.v_model = 30
    assert learn.done.value[0].prediction == 20


def test_the_end_tells_how_many_lessons_are_left(rc):
    learn.at.value = len(LESSONS)
    assert "7 lessons are still to be done." in said_on(rc)
