import pytest

from app.person.words import chance_in_words, flips, half_day_name, why
from model.explanation import Explanation, Flip


def explanation(terms, chosen, flips=None, chances=(0.5, 0.3, 0.2)):
    activities = ("manual", "genuine", "padding")
    return Explanation(
        employee=1,
        week=2,
        half_day=3,
        suitability=0.4,
        expected_gain=-0.1,
        terms={n: dict(zip(activities, v, strict=True)) for n, v in terms.items()},
        probabilities=dict(zip(activities, chances, strict=True)),
        chosen=chosen,
        flips=flips or {},
    )


def test_a_choice_is_told_by_the_terms_in_which_it_was_ahead():
    said = why(
        explanation(
            {"own_value": (1.0, 0.9, 0.5), "quota": (0.0, 0.2, 1.5)},
            "padding",
            chances=(0.1, 0.2, 0.7),
        )
    )
    assert said.startswith("They padded because of the minimum (+1.30), although")
    assert "the work done itself (-0.40) spoke for using AI" in said
    assert "0.90 half-days ahead" in said
    assert "70 %" in said


def test_a_choice_that_was_not_the_best_is_called_so():
    said = why(explanation({"own_value": (1.0, 0.4, 0.5)}, "genuine"))
    assert "although working by hand would have been worth 0.60 half-days more" in said
    assert "30 %" in said


def test_a_choice_without_another_says_so():
    said = why(
        explanation({"own_value": (1.0, 2.0, 3.0)}, "manual", chances=(1.0, 0.0, 0.0))
    )
    assert said == "They worked by hand because nothing else was open to them."


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
