"""The root of every composition: declared defaults, which no file repeats.

Hydra finds a config that is no file in a store that all programs of a process share. It
stands there under a name of its own, and only while the lab composes.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

from hydra.core.config_store import ConfigNode, ConfigStore
from omegaconf import OmegaConf

from model.scenario import Scenario

NAME = "tokenmaxxing_declared.yaml"
"""As ``configs/config.yaml`` names it."""


@contextmanager
def offered() -> Iterator[None]:
    """Offer the declared defaults to Hydra; may stand within itself, as in a sweep."""
    store = ConfigStore.instance()
    known = NAME in store.repo
    if not known:
        store.repo[NAME] = _defaults()
    try:
        yield
    finally:
        if not known:
            del store.repo[NAME]


@cache
def _defaults() -> ConfigNode:
    """Make the node once; the store gives out copies of it."""
    # A mix of roles would be merged with the declared one; each member has its own.
    values = Scenario().model_dump(exclude={"workforce", "groups"})
    node = OmegaConf.create({**values, "groups": None})
    return ConfigNode(NAME, node, group=None, package=None, provider=None)
