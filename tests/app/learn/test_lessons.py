"""Lessons: what is right follows from the run; the page scores predictions."""

import asyncio
from dataclasses import dataclass

import ipyvuetify as v
import pytest
import solara

from app.comparison import compare
from app.learn import charts as lesson_charts
from app.learn import page as learn
from app.learn.lessons import (
    DESIGNS,
    FALLS,
    LESSONS,
    LOSSES,
    RISES,
    STAYS,
    Range,
    Truth,
    run,
    verdict,
    way,
)
from experiments.designs.pair import Pair, Side
from experiments.statistics.effects import Effect
from experiments.store.dataset import SUFFIX

WEEKS, REPLICATES, SEED = 30, 3, 11


async def finished(pair):
    found = None
    async for step in compare(pair, "tests"):
        found = step.comparison or found
    return found


def small(lesson):
    """The pairs of a lesson in 100 people over a few weeks."""
    return {
        name: Pair(
            Side(lesson.baseline),
            Side(name),
            (("organisation.employees", 100),),
            WEEKS,
            SEED,
            REPLICATES,
        )
        for name in lesson.schemes
    }


@pytest.fixture(scope="module")
def results():
    """Small runs of all lessons, by title."""

    async def all_of_them():
        return {
            lesson.title: {n: await finished(p) for n, p in small(lesson).items()}
            for lesson in LESSONS
        }

    return asyncio.run(all_of_them())


@dataclass(frozen=True)
class Told:
    """Stands for a comparison with given effects on output by scheme."""

    found: Effect

    @property
    def pair(self):
        return Pair(second=Side("recommended"))

    @property
    def effects(self):
        return {("recommended", "output", "whole"): self.found}


def an_effect(effect, low, high):
    return Effect(
        "recommended", "output", "whole", "voluntary", "half-days",
        10.0, effect, low, high, 10.0 * effect,
    )  # fmt: skip


def test_there_are_seven_lessons():
    assert len(LESSONS) == 7


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda lesson: lesson.title)
def test_what_the_run_says_could_have_been_predicted(lesson, results):
    truth = lesson.truth(results[lesson.title])
    assert lesson.allows(truth.answer)
    assert all(lesson.allows(other) for other in truth.alike)


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda lesson: lesson.title)
def test_the_answer_of_the_run_scores_one_point(lesson, results):
    truth = lesson.truth(results[lesson.title])
    assert lesson.score(truth.answer, truth) == 1.0


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda lesson: lesson.title)
@pytest.mark.parametrize("dark", [False, True])
def test_every_chart_of_a_lesson_says_what_it_shows(lesson, results, dark):
    for name in lesson.draws:
        option = lesson_charts.DRAWN[name].option(results[lesson.title], dark)
        assert option["aria"]["label"]["description"]
        assert option["series"]


def test_the_first_lesson_is_about_the_side_without_any_reward(results):
    [found] = results[LESSONS[0].title].values()
    harmful, used = (
        found.panel.mean("voluntary", name + SUFFIX["whole"])
        for name in ("misuse_share", "genuine_share")
    )
    assert LESSONS[0].truth({"no_review": found}).answer == pytest.approx(
        100 * harmful / used
    )


def test_the_second_lesson_gives_the_effect_on_reported_usage(results):
    [found] = results[LESSONS[1].title].values()
    effect = found.effects["monthly minimum", "reported_tokens", "whole"]
    answer = LESSONS[1].truth(results[LESSONS[1].title]).answer
    assert answer == effect.percent


def test_the_sixth_lesson_compares_with_the_review_alone():
    [pair] = LESSONS[5].pairs().values()
    assert pair.first.scheme == "review_linked"


def test_the_fourth_lesson_names_the_largest_loss(results):
    [found] = results[LESSONS[3].title].values()
    losses = {
        words: found.effects["review linked", name, "whole"].effect
        for name, words in LOSSES.items()
    }
    truth = LESSONS[3].truth(results[LESSONS[3].title])
    assert losses[truth.answer] == min(losses.values())


@pytest.mark.parametrize(
    ("effect", "low", "high", "expected"),
    [(0.2, 0.1, 0.3, RISES), (-0.2, -0.3, -0.1, FALLS), (0.2, -0.1, 0.5, STAYS)],
)
def test_an_interval_with_nothing_in_it_is_no_clear_change(effect, low, high, expected):
    assert way(an_effect(effect, low, high)) == expected


def test_designs_that_cannot_be_told_apart_are_all_right():
    lesson = LESSONS[6]
    names = [*DESIGNS]
    found = {
        names[0]: Told(an_effect(0.1, 0.0, 0.2)),
        names[1]: Told(an_effect(-0.5, -0.6, -0.4)),
        names[2]: Told(an_effect(0.3, 0.2, 0.4)),
        names[3]: Told(an_effect(0.35, 0.25, 0.45)),
    }
    truth = lesson.truth(found)
    scores = {n: lesson.score(DESIGNS[n], truth) for n in names}
    assert scores == {names[0]: 0.0, names[1]: 0.0, names[2]: 1.0, names[3]: 1.0}


@pytest.mark.parametrize(
    ("said", "true", "points"),
    [
        (20, 22.4, 1.0),
        (12, 22.4, 0.5),
        (45, 22.4, 0.0),
        (-22, 22.4, 0.0),
        (0, 22.4, 0.0),
        (0, 0.6, 1.0),
        (-20, -30.0, 0.5),
    ],
)
def test_a_number_scores_by_the_factor_that_it_is_off(said, true, points):
    assert LESSONS[1].score(said, Truth(true, "")) == points


@pytest.mark.parametrize("said", ["it explodes", 3.0, None])
def test_what_is_no_option_is_not_allowed(said):
    assert not LESSONS[2].allows(said)


@pytest.mark.parametrize("said", ["12", 101, -1])
def test_what_is_out_of_range_is_not_allowed(said):
    assert not LESSONS[0].allows(said)


def test_a_run_ends_with_the_results_of_all_schemes(monkeypatch):
    lesson = LESSONS[6]
    monkeypatch.setattr(type(lesson), "pairs", small)

    async def steps():
        return [step async for step in run(lesson, "tests")]

    seen = asyncio.run(steps())
    assert [*seen[-1].results] == [*DESIGNS]
    assert seen[-1].part == 1.0
    assert [s.part for s in seen] == sorted(s.part for s in seen)


def test_the_verdict_depends_on_the_points():
    assert len({verdict(7.0), verdict(4.0), verdict(1.0)}) == 3


@pytest.fixture
def rc(monkeypatch, results):
    """The page of a visitor who has done nothing yet; runs are there at once."""

    def at_once(lesson, on_results):
        solara.use_effect(
            lambda: on_results(results[lesson.title]) if lesson else None, [lesson]
        )
        return 0.0, "", lambda: None

    monkeypatch.setattr(learn, "use_run", at_once)
    for state, value in ((learn.at, 0), (learn.said, {}), (learn.done, {})):
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
    assert learn.done.value[0].said == 20


def test_the_end_tells_how_many_lessons_are_left(rc):
    learn.at.value = len(LESSONS)
    assert "7 lessons are still to be done." in said_on(rc)


def test_numbers_are_guessed_in_the_first_two_lessons_only():
    kinds = [isinstance(lesson.answers, Range) for lesson in LESSONS]
    assert kinds == [True, True, False, False, False, False, False]
