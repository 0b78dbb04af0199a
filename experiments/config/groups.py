"""Groups of people under schemes of their own, as they are written.

    {pilot: {share: 0.5, change: ["quota=monthly"]}}
    {engineers: {roles: [developer], scheme: amazon_2026}}

Who is in a group: everybody of some ``roles``, or a ``share`` of the teams. What
differs for them, on top of what holds for everybody else: another ``scheme``, shipped
or a file of the reader's; a list of changes (``change``); a ``timeline`` of their own.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from pydantic import ValidationError

from experiments.config import grammar, scheme_file, timeline, yaml_file
from experiments.config.catalogue import suggestion
from experiments.config.composed import raw
from experiments.config.messages import refusal, shown
from experiments.config.overrides import Override, check, check_once, literal, merged
from experiments.errors import UserError
from model.parameters import declarations
from model.scenario import Group, Phase

FORM = """{pilot: {share: 0.5, change: ["quota=monthly"]}}"""
KEYS = ("share", "roles", "scheme", "change", "timeline")


def read(overrides: Sequence[Override], given: Any) -> Iterator[Group]:
    """Make the groups of composed values; None is nobody apart.

    ``overrides`` are those of the organisation, which a group changes. Raises
    ``UserError`` with the place in a file where the groups stand.
    """
    if given is None:
        return
    said = [o for o in overrides if o.key == "groups"]
    where = said[-1].where if said else ""
    if not isinstance(given, Mapping):
        raise UserError(
            f"{where}groups is {shown(given)}; names are needed with who is in each "
            f"group and what differs, such as {FORM}."
        )
    for name, content in given.items():
        yield _group(str(name), content, overrides, where)


def _group(name: str, content: Any, overrides: Sequence[Override], where: str) -> Group:
    place = f"{where}groups, {name}: "
    if not isinstance(content, Mapping):
        raise UserError(
            f"{place}it is {shown(content)}; keys are needed, such as {FORM}."
        )
    for key in content:
        if key not in KEYS:
            raise UserError(
                f"{place}there is no key {key}{suggestion(str(key), KEYS)}\n"
                f"A group has {', '.join(KEYS)}."
            )
    if "share" not in content and "roles" not in content:
        raise UserError(
            f"{place}nobody is in it; give a share of the teams, share: 0.5, or roles, "
            "roles: [developer]."
        )
    own = merged(timeline.without_groups(overrides), _changes(content, place))
    values = raw(own)
    phases = timeline.phases(own, values["timeline"], place)
    roles = content.get("roles", ())
    given: dict[str, Any] = {
        "roles": (roles,) if isinstance(roles, str) else roles,
        "share": content.get("share", 0.0),
        "scheme": timeline.scheme_of(values, place),
        "timeline": tuple(_schemes(phases, own_one="timeline" in content)),
    }
    try:
        return Group(name=name, **given)
    except ValidationError as error:
        rows = {row.key: row for row in declarations(Group, f"groups.{name}.")}
        raise refusal(error, f"groups.{name}", where, rows) from None


def _changes(content: Mapping[str, Any], place: str) -> list[Override]:
    """Read what differs for a group, as overrides."""
    changed: list[Override] = []
    if "scheme" in content:
        named = str(content["scheme"])
        if yaml_file.is_path(named):
            changed += scheme_file.read(named)
        else:
            changed.append(Override("scheme", named, place))
            check(changed[0])
    texts = content.get("change", [])
    if not (isinstance(texts, list) and all(isinstance(text, str) for text in texts)):
        raise UserError(
            f"{place}change is {shown(texts)}; a list of levers is needed, such as "
            '["quota=monthly"].'
        )
    alone = "cannot differ between groups; a group"
    levers = [timeline.change(text, place, alone) for text in texts]
    check_once(levers)
    changed = merged(changed, levers)
    if "timeline" in content:
        own = Override("timeline", literal(content["timeline"]), place)
        check(own)
        changed = merged(changed, [own])
    return changed


def _schemes(phases: Iterator[Phase], own_one: bool) -> Iterator[Phase]:
    """Keep the phases that change schemes.

    New models of the organisation's timeline are everybody's. In a timeline of the
    group's own they are kept, for the model to refuse.
    """
    for phase in phases:
        if own_one:
            yield phase
        elif phase.scheme is not None:
            yield Phase(week=phase.week, scheme=phase.scheme)


def check_names(overrides: Sequence[Override]) -> None:
    """Refuse a key of a group that is not there; raises ``UserError``."""
    names = [name for o in overrides if o.key == "groups" for name in _named(o)]
    for override in overrides:
        if override.root != "groups" or override.key == "groups":
            continue
        _, name, *rest = override.key.split(".")
        field = ".".join(rest)
        if name not in names:
            there = f"\nGroups are {', '.join(names)}." if names else ""
            raise UserError(
                f"{override.where}there is no group {name} to change"
                f"{suggestion(name, names) if names else ''}{there}"
                + ("" if names else f"; declare it first, groups={FORM}.")
            )
        if field not in KEYS:
            raise UserError(
                f"{override.where}there is no key {override.key}"
                f"{suggestion(field, KEYS)}\nA group has {', '.join(KEYS)}."
            )


def _named(override: Override) -> list[str]:
    """List the names of the groups that an override declares."""
    given = grammar.read(override.text).value()
    return [str(name) for name in given] if isinstance(given, Mapping) else []
