"""How a declared parameter becomes a control: its kind, name, steps, explanation."""

from collections.abc import Iterator, Mapping
from enum import IntEnum
from functools import cache
from math import floor, log10
from typing import Any, NamedTuple

import yaml

from experiments.config.catalogue import CONFIGS, SCENARIO_GROUPS, members
from experiments.designs.pair import Changes, Side, Value, changed, named
from model.parameters import Declaration, declarations
from model.scenario import INCENTIVES, Scenario, Scheme

OFF = "none"
"""Member of a group in which nothing of it is in force."""
STEPS = 100


class Key(NamedTuple):
    """One parameter as a control.

    Attributes
    ----------
    row : Declaration
        Description, unit, range, source.
    kind : type
        bool, int, float or an enumeration.
    """

    row: Declaration
    kind: type

    @property
    def name(self) -> str:
        """Its name without its group, in words."""
        return self.row.key.rpartition(".")[2].replace("_", " ")

    @property
    def unit(self) -> str:
        """Its unit after a blank; nothing for a plain number."""
        return "" if self.row.unit == "-" else f" {self.row.unit}"

    @property
    def choices(self) -> list[str]:
        """Names of the members, if it is an enumeration."""
        if not issubclass(self.kind, IntEnum):
            return []
        return [member.name.lower() for member in self.kind]

    @property
    def about(self) -> str:
        """Everything that is declared, for who hovers over it."""
        row = self.row
        low, high = row.span
        known = low is not None and high is not None
        shown = known and not self.choices
        ends = f" Usual range {low:g} to {high:g}." if shown else ""
        return (
            f"{row.description[:1].upper()}{row.description[1:]}.{ends} Source: "
            f"{row.source}. {row.key}"
        )

    def range(self, value: float) -> tuple[float, float, float]:
        """Ends and step of its slider; the value in force always fits on it."""
        low, high = (float(end) for end in self.row.span)
        low, high = min(low, value), max(high, value)
        exact = (high - low) / STEPS or 1.0
        step = 10.0 ** floor(log10(exact))
        step *= 1 if exact / step < 2 else 2 if exact / step < 5 else 5
        return low, high, max(1.0, step) if self.kind is int else step


@cache
def keys(group: str) -> tuple[Key, ...]:
    """The controls of a group, in the order of their declaration."""
    fields = SCENARIO_GROUPS[group].model_fields
    found = []
    for row in declarations(SCENARIO_GROUPS[group], f"{group}."):
        kind: Any = fields[row.key.rpartition(".")[2]].annotation
        if issubclass(kind, bool | int | float):
            found.append(Key(row, kind))
    return tuple(found)


def value_of(scenario: Scenario, key: str) -> Value:
    """The value of a parameter in a scenario; that of an enumeration is its name."""
    group, field = key.split(".")
    value: Value = getattr(getattr(scenario, group), field)
    return value.name.lower() if isinstance(value, IntEnum) else value


def set_value(side: Side, key: str, value: Value) -> Side:
    """The side with a lever set; the scheme's own value is no change."""
    own = value_of(named()[side.scheme], key) == value
    return Side(side.scheme, changed(side.changes, key, None if own else value))


def set_shared(shared: Changes, key: str, value: Value) -> Changes:
    """Shared changes with a parameter set; the declared value is no change."""
    own = value_of(named()["voluntary"], key) == value
    return changed(shared, key, None if own else value)


def in_force(scenario: Scheme) -> list[str]:
    """Groups of a scheme that do something, the measure first."""
    parts = scenario.incentives
    return ["measure", *(name for name in INCENTIVES if parts[name].has_weight())]


def absent(scenario: Scheme) -> list[str]:
    """Incentives that a scheme does without."""
    return [name for name in INCENTIVES if name not in in_force(scenario)]


@cache
def shipped(group: str) -> Mapping[str, Mapping[str, Value]]:
    """Shipped members of a group in full, that in which it is off among them."""
    declared = {key.row.key: key.row.default for key in keys(group)}
    found = {}
    for name in members(group):
        text = (CONFIGS / group / f"{name}.yaml").read_text(encoding="utf-8")
        content = yaml.safe_load(text) or {}
        own = {f"{group}.{field}": value for field, value in content.items()}
        found[name] = declared | own
    return found


def variants(group: str) -> Mapping[str, Mapping[str, Value]]:
    """Shipped members of a group in full, apart from that in which it is off."""
    return {name: own for name, own in shipped(group).items() if name != OFF}


def with_variant(side: Side, group: str, name: str | None) -> Side:
    """The side with a shipped member of a group, or, with None, without the group."""
    for key, value in shipped(group)[name or OFF].items():
        side = set_value(side, key, value)
    return side


def titles() -> Iterator[tuple[str, str]]:
    """Name and title of every group of a scheme."""
    yield "measure", "What is counted"
    for name, part in Scheme().incentives.items():
        yield name, part.title
