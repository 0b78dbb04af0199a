"""A declared parameter as a control: its name, unit, choices, range and explanation."""

from enum import IntEnum
from functools import cache
from math import floor, log10
from typing import NamedTuple

from experiments.config.catalogue import SCENARIO_GROUPS
from model.parameters import Declaration, declarations

STEPS = 100
"""Steps of a slider, about."""


class Key(NamedTuple):
    """One parameter.

    Attributes
    ----------
    row : Declaration
        Its description, unit, range and source.
    kind : type
        bool, int, float or an enumeration.
    """

    row: Declaration
    kind: type

    @property
    def name(self) -> str:
        """Its name in words, without its group."""
        return self.row.key.rpartition(".")[2].replace("_", " ")

    @property
    def unit(self) -> str:
        """Its unit after a blank; empty for a plain number."""
        return "" if self.row.unit == "-" else f" {self.row.unit}"

    @property
    def choices(self) -> list[str]:
        """Names of the members of an enumeration; empty for other kinds."""
        if not issubclass(self.kind, IntEnum):
            return []
        return [member.name.lower() for member in self.kind]

    @property
    def about(self) -> str:
        """Everything that is declared of it, for a tooltip."""
        row = self.row
        low, high = row.span
        has_range = low is not None and high is not None and not self.choices
        usual = f" Usual range {low:g} to {high:g}." if has_range else ""
        return (
            f"{row.description[:1].upper()}{row.description[1:]}.{usual} Source: "
            f"{row.source}. {row.key}"
        )

    def range(self, value: float) -> tuple[float, float, float]:
        """Return low end, high end and step of a slider that can show a value."""
        low, high = (float(end) for end in self.row.span)
        low, high = min(low, value), max(high, value)
        exact = (high - low) / STEPS or 1.0
        step = 10.0 ** floor(log10(exact))
        step *= 1 if exact / step < 2 else 2 if exact / step < 5 else 5
        return low, high, max(1.0, step) if self.kind is int else step


@cache
def keys(group: str) -> tuple[Key, ...]:
    """Return the parameters of a group that have a control, as declared in order."""
    fields = SCENARIO_GROUPS[group].model_fields
    controlled = []
    for row in declarations(SCENARIO_GROUPS[group], f"{group}."):
        kind = fields[row.key.rpartition(".")[2]].annotation
        if isinstance(kind, type) and issubclass(kind, bool | int | float):
            controlled.append(Key(row, kind))
    return tuple(controlled)


def key_of(name: str) -> Key:
    """Return the parameter of a dotted name such as ``people.learning``."""
    [key] = [key for key in keys(name.partition(".")[0]) if key.row.key == name]
    return key
