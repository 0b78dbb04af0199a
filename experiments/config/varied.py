"""Change parameters of a scenario as the command line would, without composing it.

There are three ways to change a scenario, and they differ in its timeline.
``Scenario.varied`` replaces whole fields and leaves later phases alone. ``varied``
gives what the same overrides compose to. ``experiments.designs.design.at`` sets the
levels of a design, in every phase in which a lever works: a treatment, not a config.
"""

from collections.abc import Iterator, Mapping
from typing import Any, TypeVar

from pydantic import ValidationError

from experiments.config.messages import refusal
from model.parameters import Parameters
from model.scenario import Phase, Scenario, Scheme

Group = TypeVar("Group", bound=Parameters)


def varied(scenario: Scenario, changes: Mapping[str, Any]) -> Scenario:
    """Set parameters of a scenario by dotted key, or ``weeks``; validate it anew.

    As on the command line, a change of a group of the scheme also holds in later
    phases, up to the phase that replaces the group. Raises ``UserError`` for a value
    that is not allowed; the keys must be declared.
    """
    by_group: dict[str, dict[str, Any]] = {}
    whole: dict[str, Any] = {}
    for key, value in changes.items():
        group, _, field = key.rpartition(".")
        if group:
            by_group.setdefault(group, {})[field] = value
        else:
            whole[key] = value
    for group, fields in by_group.items():
        whole[group] = _changed(getattr(scenario, group), fields, group)
    levers = {name: fields for name, fields in by_group.items() if _is_lever(name)}
    if scenario.timeline and levers:
        whole["timeline"] = tuple(_phases(scenario, levers))
    try:
        return scenario.varied(**whole) if whole else scenario
    except ValidationError as error:
        raise refusal(error) from None


def _is_lever(group: str) -> bool:
    return group in Scheme.model_fields


def replaced(group: Group, changes: Mapping[str, Any]) -> Group:
    """Replace fields of a group; raise ``ValidationError`` for values not allowed."""
    values = {name: getattr(group, name) for name in type(group).model_fields}
    return type(group)(**(values | dict(changes)))


def _changed(old: Parameters, fields: Mapping[str, Any], group: str) -> Parameters:
    try:
        return replaced(old, fields)
    except ValidationError as error:
        raise refusal(error, group) from None


def _phases(
    scenario: Scenario, levers: Mapping[str, Mapping[str, Any]]
) -> Iterator[Phase]:
    in_force = dict(levers)
    for phase in scenario.timeline:
        if phase.scheme is None:
            yield phase
            continue
        for group in list(in_force):
            if getattr(phase.scheme, group) != getattr(scenario, group):
                del in_force[group]
        groups = {name: getattr(phase.scheme, name) for name in Scheme.model_fields}
        for group, fields in in_force.items():
            groups[group] = _changed(groups[group], fields, group)
        yield replaced(phase, {"scheme": Scheme(**groups)})
