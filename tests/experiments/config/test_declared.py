"""The defaults stand in Hydra's store only while the lab composes."""

import pytest
from hydra.core.config_store import ConfigStore

from experiments import UserError, compose
from experiments.config import declared


def test_an_import_stores_nothing():
    stored = [
        node for node in ConfigStore.instance().repo.values() if hasattr(node, "node")
    ]
    assert {node.provider for node in stored} <= {"hydra"}


def test_a_composition_leaves_the_store_as_it_was():
    repo = ConfigStore.instance().repo
    before = dict(repo)
    assert compose(["weeks=60"]).weeks == 60
    with pytest.raises(UserError):
        compose(["weeks=0"])
    assert repo == before


def test_a_config_of_somebody_else_is_left_alone():
    store = ConfigStore.instance()
    store.store(name="declared", node={"theirs": 1})
    theirs = store.repo["declared.yaml"]
    try:
        assert compose(["weeks=60"]).weeks == 60
        assert store.repo["declared.yaml"] is theirs
    finally:
        del store.repo["declared.yaml"]


def test_an_offer_within_an_offer_does_not_end_it():
    repo = ConfigStore.instance().repo
    with declared.offered():
        with declared.offered():
            pass
        assert declared.NAME in repo
    assert declared.NAME not in repo
