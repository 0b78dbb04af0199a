"""The list of worlds that is shipped, and reading of lists."""

import shutil

import pytest

from experiments.errors import UserError
from experiments.statistics.calibration import TARGETS
from experiments.worlds import load
from experiments.worlds.shipped import (
    ESTIMATES,
    FOLDER,
    LISTED,
    ORIGIN,
    Listed,
    model_digest,
    worlds_of,
)
from experiments.worlds.unknowns import STRUCTURES


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
