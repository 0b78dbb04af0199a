from dataclasses import dataclass

import pytest

from app.learn.lessons import LESSONS
from app.learn.truths import (
    DESIGNS,
    FALLS,
    LOSSES,
    RISES,
    STAYS,
    direction,
    trivial_token_shares,
)
from experiments.report.sentences import CHANNELS
from experiments.statistics.effects import Effect


@dataclass(frozen=True)
class Told:
    """Stands for a comparison with given effects on output by scheme."""

    of_output: Effect

    def effect(self, outcome):
        assert outcome == "output"
        return self.of_output


def an_effect(effect, low, high):
    return Effect(
        "recommended", "output", "whole", "voluntary", "half-days",
        10.0, effect, low, high, 10.0 * effect,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("effect", "low", "high", "expected"),
    [(0.2, 0.1, 0.3, RISES), (-0.2, -0.3, -0.1, FALLS), (0.2, -0.1, 0.5, STAYS)],
)
def test_an_interval_with_nothing_in_it_is_no_clear_change(effect, low, high, expected):
    assert direction(an_effect(effect, low, high)) == expected


def test_the_fourth_lesson_names_the_largest_loss(results):
    [found] = results[LESSONS[3].title].values()
    losses = {
        words: found.effects["review linked", name, "whole"].effect
        for name, words in LOSSES.items()
    }
    truth = LESSONS[3].truth(results[LESSONS[3].title])
    assert losses[truth.answer] == min(losses.values())


def test_every_channel_but_the_gain_is_an_option():
    assert {*LOSSES} == {*CHANNELS} - {"output_gain"}


def test_the_share_of_trivial_tokens_is_that_of_all_tokens():
    tokens = {"genuine": (30.0, 30.0), "trivial": (8.0, 10.0), "padded": (2.0, 0.0)}

    class Panel:
        def mean(self, label, column):
            return tokens[column.partition("_")[0]][label]

    class Sides:
        panel = Panel()
        pair = type("Pair", (), {"labels": (0, 1)})

    assert trivial_token_shares(Sides()) == (8.0 / 40.0, 10.0 / 40.0)


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
