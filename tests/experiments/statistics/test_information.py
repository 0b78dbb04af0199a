"""The value of information: a closed form, and nothing for what tells nothing."""

import numpy as np
import pytest

from experiments.statistics.information import (
    CLIP,
    of_structure,
    of_unknown,
    perfect,
    today,
    worth,
)

WORLDS = 1000


def toy(seed, worlds=WORLDS):
    """Effects a x + b y + c of two uniform unknowns on [-1, 1], and an inert one."""
    rng = np.random.default_rng(seed)
    x, y, inert = rng.uniform(-1.0, 1.0, (3, worlds))
    return rng, x, y, inert, 2.0 * x + 1.0 * y + 0.5


def positive_part(slope, mean):
    """E max(0, slope x + mean) for uniform x on [-1, 1], where it crosses 0."""
    return (slope + mean) ** 2 / (4.0 * slope)


@pytest.mark.parametrize("seed", range(3))
def test_the_value_of_an_unknown_is_that_of_the_closed_form(seed):
    rng, x, y, _, effect = toy(seed, 4000)
    options = effect[:, None]
    of_x = worth(options, of_unknown(x), rng).value
    of_y = worth(options, of_unknown(y), rng).value
    # Choosing by x alone: E max(0, 2 x + 0.5) - 0.5; by y: E max(0, y + 0.5) - 0.5.
    assert of_x == pytest.approx(positive_part(2.0, 0.5) - 0.5, abs=0.03)
    assert of_y == pytest.approx(positive_part(1.0, 0.5) - 0.5, abs=0.03)


def test_both_unknowns_together_are_worth_what_perfect_knowledge_is():
    rng, x, y, _, effect = toy(5, 4000)
    options = effect[:, None]
    both = np.hstack([of_unknown(x), of_unknown(y)])
    assert worth(options, both, rng).value == pytest.approx(perfect(options), abs=0.02)


def test_an_inert_unknown_is_worth_about_nothing():
    for seed in range(20):
        rng, *_, inert, effect = toy(100 + seed)
        heavy = effect + rng.standard_t(2, WORLDS)
        assert worth(heavy[:, None], of_unknown(inert), rng).value <= 0.02


def test_inert_unknowns_do_not_tell_the_direction():
    told = []
    for seed in range(20):
        rng, *_, inert, effect = toy(200 + seed)
        found = worth(effect[:, None], of_unknown(inert), rng)
        told.append(found.right - today(effect))
    assert max(told) <= 0.02


def test_the_direction_is_told_by_who_knows_what_decides_it():
    rng, x, *_, effect = toy(6, 4000)
    sure = 2.0 * x + 0.5
    assert today(sure) == pytest.approx(0.625, abs=0.02)
    assert worth(sure[:, None], of_unknown(x), rng).right > 0.97
    assert worth(effect[:, None], of_unknown(x), rng).right == pytest.approx(
        np.mean((effect > 0.0) == (sure > 0.0)), abs=0.02
    )


def test_a_structure_is_worth_what_its_alternatives_are():
    rng = np.random.default_rng(7)
    rule = rng.integers(0, 4, WORLDS)
    effect = np.where(rule == 0, -3.0, 1.0)
    gain = worth(effect[:, None], of_structure(rule), rng).value
    # Without it: 0.25 (-3) + 0.75 = 0, as no scheme; with it: 1 in three of four.
    assert gain == pytest.approx(np.mean(effect == 1.0) - max(0.0, effect.mean()))


def test_among_many_schemes_the_best_for_each_world_is_chosen():
    rng, x, *_ = toy(8, 4000)
    options = np.column_stack([x, -x])
    # E |x| = 1/2 with x known; without it, nothing is better than none.
    assert worth(options, of_unknown(x), rng).value == pytest.approx(0.5, abs=0.02)
    assert perfect(options) == pytest.approx(0.5, abs=0.03)


def test_a_few_extreme_worlds_do_not_decide_what_is_worth_measuring():
    effect = np.full(WORLDS, -1.0)
    effect[0] = 1e9
    assert perfect(effect[:, None]) <= 2.0 * CLIP / WORLDS


def test_of_a_scheme_that_does_nothing_there_is_nothing_to_learn():
    rng, x, *_ = toy(9)
    nothing = np.zeros((WORLDS, 1))
    assert worth(nothing, of_unknown(x), rng) == (0.0, 1.0)
    assert perfect(nothing) == 0.0
