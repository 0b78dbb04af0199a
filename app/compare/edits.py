"""Edits of a pair: parameters set, incentives added to a scheme or removed from it."""

from collections.abc import Mapping
from dataclasses import replace
from enum import IntEnum
from functools import cache

from app.compare.keys import keys
from experiments.config import yaml_file
from experiments.config.catalogue import CONFIGS, members
from experiments.designs.pair import Changes, Side, Value, changed, named
from model.scenario import INCENTIVES, Scenario, Scheme

OFF = "none"
"""Member of the group of an incentive that switches it off."""
TITLES = {"measure": "What is counted"} | {
    name: part.title for name, part in Scheme().incentives.items()
}
"""Titles of the groups of a scheme."""


def value_of(scenario: Scenario, key: str) -> Value:
    """Return the value of a parameter; for an enumeration the name of the member."""
    group, field = key.split(".")
    value: Value = getattr(getattr(scenario, group), field)
    return value.name.lower() if isinstance(value, IntEnum) else value


def set_value(side: Side, key: str, value: Value) -> Side:
    """Set a parameter of a side; the value of its named scheme undoes the change."""
    is_unchanged = value_of(named()[side.scheme], key) == value
    changes = changed(side.changes, key, None if is_unchanged else value)
    return replace(side, changes=changes)


def set_shared(shared: Changes, key: str, value: Value) -> Changes:
    """Set a parameter of both sides; the declared value undoes the change."""
    is_unchanged = value_of(named()["voluntary"], key) == value
    return changed(shared, key, None if is_unchanged else value)


def in_force(scheme: Scheme) -> list[str]:
    """Return the measure and the incentives that have weight in a scheme."""
    incentives = scheme.incentives
    return ["measure", *(name for name in INCENTIVES if incentives[name].has_weight())]


def absent(scheme: Scheme) -> list[str]:
    """Return the incentives that have no weight in a scheme."""
    return [name for name in INCENTIVES if name not in in_force(scheme)]


@cache
def shipped(group: str) -> Mapping[str, Mapping[str, Value]]:
    """Return all members of a group, ``none`` included, with a value for every key."""
    declared = {key.row.key: key.row.default for key in keys(group)}
    variants_of = {}
    for name in members(group):
        content = yaml_file.shipped(CONFIGS / group / f"{name}.yaml")
        set_here = {f"{group}.{field}": value for field, value in content.items()}
        variants_of[name] = declared | set_here
    return variants_of


def variants(group: str) -> Mapping[str, Mapping[str, Value]]:
    """Return the members of a group without ``none``, as ``shipped`` gives them."""
    return {name: values for name, values in shipped(group).items() if name != OFF}


def with_variant(side: Side, group: str, name: str | None) -> Side:
    """Set a group of a side to one of its variants; None switches the group off."""
    for key, value in shipped(group)[name or OFF].items():
        side = set_value(side, key, value)
    return side
