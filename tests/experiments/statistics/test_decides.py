"""What decides: planted deciders are found, and nothing is named where nothing is."""

import numpy as np
import pytest

from experiments.statistics.decides import (
    HIGH,
    LOW,
    Candidate,
    alternatives,
    bars,
    named,
    ranking,
    thirds,
)

WORLDS, UNKNOWNS = 400, 60


def draw(seed, worlds=WORLDS):
    """Worlds of uniform unknowns, and what shuffles."""
    rng = np.random.default_rng(seed)
    return rng.random((worlds, UNKNOWNS)), rng


def candidates(values):
    return [thirds(f"x{k}", column) for k, column in enumerate(values.T)]


def deciders(bad, every, inert, rng):
    return named(ranking(bad, every), bars(bad, every, inert, rng))


def found(bad, values, rng, inert=()):
    return [one.key for one in deciders(bad, candidates(values), inert, rng)]


def test_a_planted_decider_is_found_and_its_worse_third_named():
    values, rng = draw(1)
    bad = values[:, 7] + 0.3 * rng.standard_normal(WORLDS) > 0.6
    [decider] = deciders(bad, candidates(values), (), rng)
    assert (decider.key, decider.worse, decider.better) == ("x7", HIGH, LOW)
    assert min(decider.contrasts) > 0.4


def test_two_planted_deciders_are_both_found():
    values, rng = draw(2)
    bad = values[:, 3] - values[:, 9] + 0.2 * rng.standard_normal(WORLDS) > 0.0
    assert sorted(found(bad, values, rng)) == ["x3", "x9"]


@pytest.mark.parametrize("share", [0.1, 0.35, 0.5])
def test_with_none_planted_none_is_named_in_nineteen_of_twenty_tries(share):
    tries = 0
    for seed in range(40):
        values, rng = draw(100 + seed)
        tries += bool(found(rng.random(WORLDS) < share, values, rng))
    assert tries <= 2


def test_a_planted_structure_is_found():
    values, rng = draw(3)
    rule = rng.integers(0, 5, WORLDS)
    bad = rng.random(WORLDS) < np.where(rule == 2, 0.8, 0.3)
    every = [*candidates(values), alternatives("people.rule", rule)]
    [decider] = deciders(bad, every, (), rng)
    assert (decider.key, decider.worse) == ("people.rule", 2)


def test_a_structure_without_effect_is_not_named():
    tries = 0
    for seed in range(40):
        _, rng = draw(200 + seed)
        rule = alternatives("people.rule", rng.integers(0, 5, WORLDS))
        tries += bool(deciders(rng.random(WORLDS) < 0.4, [rule], (), rng))
    assert tries <= 2


def test_what_an_inert_unknown_does_as_well_decides_nothing():
    values, rng = draw(4)
    bad = values[:, 5] + 0.6 * rng.standard_normal(WORLDS) > 0.6
    assert found(bad, values, rng) == ["x5"]
    twin = thirds("strength of a part that is off", values[:, 5])
    assert found(bad, values, rng, [twin]) == []


def test_a_scheme_that_is_never_or_always_bad_has_no_decider():
    values, rng = draw(5)
    for bad in (np.zeros(WORLDS, bool), np.ones(WORLDS, bool)):
        assert found(bad, values, rng) == []


def test_thirds_of_whole_numbers_part_equal_numbers_together():
    team = thirds("team", np.repeat([4.0, 5.0, 6.0, 7.0], 25))
    groups = {x: set(team.groups[k * 25 : k * 25 + 25].tolist()) for k, x in
              enumerate((4, 5, 6, 7))}  # fmt: skip
    assert all(len(own) == 1 for own in groups.values())
    assert groups[4] == {LOW}
    assert groups[7] == {HIGH}


def test_of_one_world_nothing_is_said():
    one = Candidate("x", np.zeros(1, np.int64), (LOW, HIGH))
    assert deciders(np.ones(1, bool), [one], (), np.random.default_rng(1)) == []


def test_what_decides_least_ranks_last():
    values, rng = draw(6)
    bad = values[:, 0] > 0.5
    every = [thirds("noise", rng.random(WORLDS)), thirds("x", values[:, 0])]
    assert [one.key for one in ranking(bad, every)] == ["x", "noise"]
