"""Lessons: what is right follows from the run."""

import pytest

from app.learn.lesson import Range
from app.learn.lessons import LESSONS, verdict
from experiments.store.dataset import SUFFIX


def test_there_are_seven_lessons():
    assert len(LESSONS) == 7


def test_numbers_are_guessed_in_the_first_two_lessons_only():
    kinds = [isinstance(lesson.answers, Range) for lesson in LESSONS]
    assert kinds == [True, True, False, False, False, False, False]


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda lesson: lesson.title)
def test_what_the_run_says_could_have_been_predicted(lesson, results):
    truth = lesson.truth(results[lesson.title])
    assert lesson.allows(truth.answer)
    assert all(lesson.allows(other) for other in truth.ties)


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda lesson: lesson.title)
def test_the_answer_of_the_run_scores_one_point(lesson, results):
    truth = lesson.truth(results[lesson.title])
    assert lesson.score(truth.answer, truth) == 1.0


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


def test_the_verdict_depends_on_the_points():
    assert len({verdict(7.0), verdict(4.0), verdict(1.0)}) == 3
