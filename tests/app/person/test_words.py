import pytest

from app.person.words import chance_in_words, flips, half_day_name, task, why
from model.explanation import Explanation, Flip

ALL = ("manual", "genuine", "trivial", "padding")


def explanation(terms, chosen, flips=None, chances=(0.5, 0.3, 0.0, 0.2), open_to=ALL):
    return Explanation(
        employee=1,
        week=2,
        half_day=3,
        suitability=0.4,
        worth=1.2,
        chore=0.3,
        expected_gain=-0.1,
        expected_chore_gain=0.25,
        open_to=open_to,
        terms={n: dict(zip(ALL, v, strict=True)) for n, v in terms.items()},
        probabilities=dict(zip(ALL, chances, strict=True)),
        chosen=chosen,
        flips=flips or {},
    )


def test_a_choice_is_told_by_the_terms_in_which_it_was_ahead():
    said = why(
        explanation(
            {"own_value": (1.0, 0.9, 0.3, 0.5), "quota": (0.0, 0.2, 0.2, 1.5)},
            "padding",
            chances=(0.1, 0.2, 0.0, 0.7),
        )
    )
    assert said.startswith("They padded because of the minimum (+1.30), although")
    assert "the work done itself (-0.40) spoke for using AI" in said
    assert "0.90 half-days ahead" in said
    assert "70 %" in said


def test_a_choice_that_was_not_the_best_is_called_so():
    said = why(explanation({"own_value": (1.0, 0.4, 0.2, 0.5)}, "genuine"))
    assert "although working by hand would have been worth 0.60 half-days more" in said
    assert "30 %" in said


def test_a_choice_without_another_says_so():
    said = why(
        explanation({"own_value": (1.0, 2.0, 0.2, 3.0)}, "manual", open_to=("manual",))
    )
    assert said == "They worked by hand because nothing else was open to them."


def test_somebody_who_always_takes_the_best_is_compared_with_what_else_was_open():
    told = explanation(
        {"own_value": (1.0, 0.4, 0.2, 0.5)}, "manual", chances=(1.0, 0.0, 0.0, 0.0)
    )
    assert "0.50 half-days ahead of padding" in why(told)


def test_why_the_status_report_was_automated():
    terms = {"own_value": (0.4, 0.4, 0.4, -0.2), "participation": (0.0, 0.3, 0.3, 0.3)}
    told = explanation({**terms, "reluctance": (0.0, -0.2, -0.1, 0.0)}, "trivial")
    said = why(told)
    assert said.startswith("They gave a chore to AI because of taste for or against AI")
    assert "ahead of using AI for the task" in said
    assert task(told) == (
        "The task was worth 1.20 half-days and suited to AI at 0.40 on a scale from 0 "
        "to 1; they expected to be 10% slower with it. The best chore left was worth "
        "0.30; there they expected to be 25% faster. It puts off the task, and no "
        "filter or audit tells it from work that matters."
    )


def test_a_chore_that_was_not_open_is_not_told():
    told = explanation({}, "manual", open_to=("manual", "genuine", "padding"))
    assert "chore" not in task(told)


@pytest.mark.parametrize(
    ("flip", "said"),
    [
        (Flip(0.0, "manual"), "Had the minimum been worth nothing, working by hand"),
        (Flip(0.4, "manual"), "worth less than 40 % of what it was, working by hand"),
        (Flip(2.5, "padding"), "worth more than 2.5 times as much, padding would"),
        (None, "A change of the minimum alone"),
    ],
)
def test_what_would_have_changed_their_mind_is_a_sentence(flip, said):
    [sentence] = flips(explanation({}, "manual", {"quota": flip}))
    assert said in sentence


def test_half_days_have_the_names_of_the_week():
    assert half_day_name(0) == "Monday morning"
    assert half_day_name(9) == "Friday afternoon"


@pytest.mark.parametrize(
    ("chance", "said"),
    [(0.0, "0 %"), (0.004, "less than 1 %"), (0.5, "50 %"), (0.999, "more than 99 %")],
)
def test_small_chances_are_not_rounded_to_nothing(chance, said):
    assert chance_in_words(chance) == said
