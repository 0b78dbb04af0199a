"""What a measure counts, and how each counter is gamed, in words."""

import pytest

from experiments import compose
from experiments.config.catalogue import members
from experiments.words import gaming, schemes
from model import Measure, Scheme
from model.incentive import Counted
from model.wording import COUNTS


@pytest.mark.parametrize(
    ("weights", "said"),
    [
        ({}, "Tokens (32 M a week make one point)."),
        ({"tokens": 0.0}, "Nothing is counted."),
        (
            {"tokens": 0.0, "saved": 1.0},
            "Time saved, as people report it (a half-day a week makes one point).",
        ),
        (
            {"tokens": 0.0, "output": 1.0, "defects": -0.05},
            "1 x observed output (10 half-days a week make one point) less 0.05 x "
            "spoilt work that is found (half a half-day a week makes one point).",
        ),
        (
            {"tokens": 0.0, "backlog": -1.0},
            "Against people, work that waits (a week of it makes one point every "
            "week).",
        ),
        (
            {"tokens": 0.0, "backlog": -1.0, "defects": -0.5},
            "Against people, 0.5 x spoilt work that is found (half a half-day a week "
            "makes one point) plus 1 x work that waits (a week of it makes one point "
            "every week).",
        ),
    ],
)
def test_a_measure_in_words(weights, said):
    assert schemes.measure(Measure(**weights)) == said


def test_every_counter_has_words_and_a_way_to_be_gamed():
    assert [*schemes.COUNTERS] == [*gaming.COUNTING] == [*Measure().weights]
    assert {*COUNTS} == {*Counted}


@pytest.mark.parametrize("name", members("scheme"))
def test_the_games_of_a_scheme_are_those_of_what_it_counts(name):
    scenario = compose([f"scheme={name}"])
    for part in scenario.incentives.values():
        if part.has_weight() and "measure" in type(part).model_fields:
            text = gaming.game(part, scenario.scheme)
            for counter in gaming.counters(part, scenario.measure):
                assert gaming.COUNTING[counter] in text


def test_what_counts_against_people_is_gamed_too():
    scheme = Scheme(measure=Measure(output=1.0, defects=-0.1), bonus={"rate": 1.0})
    assert gaming.COUNTING["defects"] in gaming.game(scheme.bonus, scheme)
