"""Classes: who may do what, what is seen, and what is refused."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from app.classroom import classes as classroom
from app.classroom.classes import ALPHABET, LETTERS, Classes, Result
from app.learn.lesson import Truth
from app.learn.lessons import LESSONS
from app.learn.truths import FALLS, RISES, STAYS
from experiments.errors import UserError

SECOND = 1  # a lesson with numbers
THIRD = 2  # a lesson with options
IT_FALLS = Result(Truth(FALLS, "It falls."), {})


@pytest.fixture
def classes():
    return Classes()


@pytest.fixture
def code(classes):
    """A class at its third lesson, with two members beside the host."""
    found = classes.open("host")
    for name in ("ann", "ben"):
        classes.join(found, name)
    classes.turn_to(found, "host", THIRD)
    return found


def test_a_code_has_six_letters_that_are_not_mistaken(classes):
    code = classes.open("host")
    assert len(code) == LETTERS
    assert set(code) <= set(ALPHABET)


def test_a_code_may_be_written_in_small_letters_with_spaces(classes, code):
    assert classes.join(f"  {code.lower()} ", "cleo") == code


@pytest.mark.parametrize("wrong", ["", "AAAAAA", "../../etc", "x" * 10_000, "<b>"])
def test_a_wrong_code_is_refused_without_repeating_it(classes, code, wrong):
    with pytest.raises(UserError, match="there is no class of this code"):
        classes.join(wrong, "cleo")


def test_a_longer_word_that_begins_with_a_code_is_refused(classes, code):
    with pytest.raises(UserError):
        classes.join(code + "7", "cleo")


def test_everybody_sees_how_many_have_predicted(classes, code):
    classes.predict(code, "ann", THIRD, FALLS)
    view = classes.look(code, "ben")
    assert (view.predicted, view.members) == (1, 3)


def test_nobody_sees_predictions_before_the_result(classes, code):
    classes.predict(code, "ann", THIRD, FALLS)
    view = classes.look(code, "host")
    assert view.predictions == ()
    assert view.prediction is None


def test_a_prediction_can_be_changed_until_the_result(classes, code):
    classes.predict(code, "ann", THIRD, FALLS)
    classes.predict(code, "ann", THIRD, RISES)
    assert classes.look(code, "ann").prediction == RISES
    assert classes.look(code, "ann").predicted == 1


def test_a_prediction_cannot_be_changed_after_the_result(classes, code):
    classes.predict(code, "ann", THIRD, RISES)
    classes.reveal(code, "host", THIRD, IT_FALLS)
    classes.predict(code, "ann", THIRD, FALLS)
    assert classes.look(code, "ann").prediction == RISES


def test_a_revealed_lesson_stays_so_after_turning_away_and_back(classes, code):
    classes.predict(code, "ann", THIRD, RISES)
    classes.reveal(code, "host", THIRD, IT_FALLS)
    classes.turn_to(code, "host", THIRD + 1)
    classes.turn_to(code, "host", THIRD)
    classes.predict(code, "ann", THIRD, FALLS)
    assert classes.look(code, "ann").prediction == RISES


def test_only_the_host_reveals(classes, code):
    classes.reveal(code, "ann", THIRD, IT_FALLS)
    assert classes.look(code, "ann").result is None


def test_only_the_host_turns_lessons(classes, code):
    classes.turn_to(code, "ann", THIRD + 1)
    assert classes.look(code, "ann").lesson == THIRD


def test_a_result_of_a_lesson_left_meanwhile_is_dropped(classes, code):
    classes.turn_to(code, "host", THIRD + 1)
    classes.reveal(code, "host", THIRD, IT_FALLS)
    classes.turn_to(code, "host", THIRD)
    assert classes.look(code, "ann").result is None


@pytest.mark.parametrize("lesson", [-1, len(LESSONS)])
def test_there_is_no_lesson_before_the_first_or_after_the_last(classes, code, lesson):
    classes.turn_to(code, "host", lesson)
    assert classes.look(code, "host").lesson == THIRD


def test_who_has_not_joined_cannot_predict(classes, code):
    classes.predict(code, "stranger", THIRD, FALLS)
    assert classes.look(code, "ann").predicted == 0


@pytest.mark.parametrize("said", ["it explodes", 3.0, "<script>"])
def test_what_is_no_prediction_of_the_lesson_is_dropped(classes, code, said):
    classes.predict(code, "ann", THIRD, said)
    assert classes.look(code, "ann").predicted == 0


def test_a_prediction_of_the_lesson_before_is_dropped(classes, code):
    classes.predict(code, "ann", SECOND, 20)
    assert classes.look(code, "ann").predicted == 0


def test_how_many_were_right_is_counted(classes, code):
    for name, said in (("ann", FALLS), ("ben", RISES), ("host", FALLS)):
        classes.predict(code, name, THIRD, said)
    classes.reveal(code, "host", THIRD, IT_FALLS)
    assert classes.look(code, "ann").right == 2


def test_predictions_are_sorted_whoever_gave_them_first(classes, code):
    classes.turn_to(code, "host", SECOND)
    for name, said in (("ann", 40), ("ben", -3), ("host", 7)):
        classes.predict(code, name, SECOND, said)
    classes.reveal(code, "host", SECOND, Result(Truth(20.0, ""), {}))
    assert classes.look(code, "ann").predictions == (-3, 7, 40)


def test_everything_new_changes_the_version(classes, code):
    seen = [classes.version(code)]
    classes.join(code, "cleo")
    seen.append(classes.version(code))
    classes.predict(code, "cleo", THIRD, FALLS)
    seen.append(classes.version(code))
    classes.reveal(code, "host", THIRD, IT_FALLS)
    seen.append(classes.version(code))
    classes.turn_to(code, "host", SECOND)
    seen.append(classes.version(code))
    assert len(set(seen)) == len(seen)


def test_a_class_is_forgotten_half_a_day_after_its_last_use(classes, code, monkeypatch):
    now = classroom.time.monotonic()
    monkeypatch.setattr(classroom.time, "monotonic", lambda: now + 13 * 3600)
    with pytest.raises(UserError, match="there is no class"):
        classes.version(code)


def test_a_full_class_refuses_newcomers_but_not_its_members(classes, code, monkeypatch):
    monkeypatch.setattr(classroom, "MOST_MEMBERS", 3)
    with pytest.raises(UserError, match="full"):
        classes.join(code, "cleo")
    assert classes.join(code, "ann") == code


def test_a_server_has_room_for_so_many_classes(classes, monkeypatch):
    monkeypatch.setattr(classroom, "MOST_CLASSES", 2)
    classes.open("one")
    classes.open("two")
    with pytest.raises(UserError, match="no room"):
        classes.open("three")


def test_a_hundred_at_once_are_all_counted(classes, code):
    def come(number):
        name = f"member {number}"
        classes.join(code, name)
        classes.predict(code, name, THIRD, (RISES, STAYS, FALLS)[number % 3])
        classes.look(code, name)

    with ThreadPoolExecutor(16) as pool:
        list(pool.map(come, range(100)))
    assert classes.look(code, "host").predicted == 100
