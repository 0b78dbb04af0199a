"""The list of worlds that is shipped, and reading of lists."""

import shutil

import numpy as np
import pytest

from experiments.errors import UserError
from experiments.statistics.calibration import TARGETS
from experiments.worlds import load, plausible
from experiments.worlds.search import voluntary_use
from experiments.worlds.shipped import (
    ESTIMATES,
    FOLDER,
    LISTED,
    ORIGIN,
    Listed,
    model_digest,
    worlds_of,
)
from experiments.worlds.tolerances import estimates
from experiments.worlds.unknowns import BY_DEFINITION, STRUCTURES, drawn

SAMPLE = 20
"""Worlds that are run again: one of every structure."""


def test_estimates_are_listed_under_the_names_of_their_estimators():
    assert tuple(target.estimate.__name__ for target in TARGETS) == ESTIMATES


def test_structures_are_in_equal_numbers_in_any_first_few():
    worlds = load()
    assert len(worlds) >= 20
    assert len(worlds) % len(STRUCTURES) == 0
    for first in range(0, len(worlds), len(STRUCTURES)):
        turn = [worlds[k] for k in range(first, first + len(STRUCTURES))]
        assert {(w.rule, w.law) for w in turn} == {*STRUCTURES}
    assert [world.number for world in worlds] == list(range(len(worlds)))
    assert worlds.first(3) == [worlds[0], worlds[1], worlds[2]]
    assert len(worlds.first(10**6)) == len(worlds)


def test_every_listed_world_is_plausible_and_inside_its_spans():
    worlds = load()
    assert all(plausible(values) for values in worlds.estimates)
    spans = {row.key: row.span for row in drawn()}
    for key, column in zip(worlds.keys, worlds.values.T, strict=True):
        if key != BY_DEFINITION:
            low, high = spans[key]
            assert low <= column.min() <= column.max() <= high, key


@pytest.mark.slow
def test_the_list_is_that_of_the_model():
    worlds = load()
    assert worlds.is_of_this_model()
    assert {*worlds.keys} == {BY_DEFINITION, *(row.key for row in drawn())}


@pytest.mark.slow
def test_worlds_are_found_again():
    worlds = load()
    some = worlds.first(SAMPLE)
    found = [w._replace(number=int(worlds.luck[w.number])) for w in some]
    for world, run in zip(
        some, voluntary_use(found, worlds.origin.seed, 0), strict=True
    ):
        listed = worlds.estimates[world.number]
        assert estimates(run) == pytest.approx(listed, rel=1e-5, abs=1e-9)


@pytest.mark.slow
def test_most_worlds_are_plausible_with_other_luck_too():
    some = load().first(SAMPLE)
    again = [plausible(estimates(run)) for run in voluntary_use(some, 77, 0)]
    assert np.mean(again) >= 0.6


def test_another_model_has_another_digest(monkeypatch):
    assert model_digest() != model_digest("uniform")
    worlds = load()
    other = worlds.origin._replace(digest="0" * 12)
    rows = LISTED.read(FOLDER / LISTED.name)[:2]
    assert not worlds_of(rows, other).is_of_this_model()
    own = worlds.origin._replace(digest=model_digest())
    assert worlds_of(rows, own).is_of_this_model()


def test_a_list_that_cannot_be_read_is_named(tmp_path):
    with pytest.raises(UserError, match=r"cannot read .*plausible.csv.*make worlds"):
        load(tmp_path)
    for table in (LISTED, ORIGIN):
        shutil.copy(FOLDER / table.name, tmp_path)
    rows = LISTED.read(FOLDER / LISTED.name)
    assert isinstance(rows[0], Listed)
    damaged = (tmp_path / LISTED.name).read_text().replace("people.skill_sd", "x.y")
    (tmp_path / LISTED.name).write_text(damaged)
    with pytest.raises(UserError, match="make it anew with make worlds"):
        load(tmp_path)
