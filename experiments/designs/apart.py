"""Organisations beside one with groups: all people under the schemes of one of them.

What a scheme does to a group in a mixed organisation is what it would do if all were
under it, and what crosses the border: spill-over. So beside the mixed organisation
stands one for each part of it, groups and everybody else, in which all are under the
schemes of that part. People keep the names of their groups in all of them, so that the
same people with the same luck are compared.
"""

from collections.abc import Mapping
from typing import NamedTuple

from model.scenario import Group, Phase, Regime, Scenario, Scheme


class Apart(NamedTuple):
    """The rows of a comparison with groups.

    Attributes
    ----------
    mixed : str
        Name of the row whose organisation has groups.
    whole : dict of str to str
        For each group, and for ``everybody_else``, the row in which all people are
        under its schemes: the baseline, if these are the baseline's.
    """

    mixed: str
    whole: Mapping[str, str]


def with_wholes(
    rows: Mapping[str, Scenario], mixed: str, baseline: str
) -> dict[str, Scenario]:
    """Add the rows of the parts of a mixed one, if it or the baseline has groups.

    If one of the two has none, its people get the names of their groups in the other.
    Groups of other people on both sides can be compared with nothing: then rows stay.
    """
    changed, usual = rows[mixed], rows[baseline]
    if not (changed.groups or usual.groups):
        return dict(rows)
    if not usual.groups:
        usual = under_one(changed, usual.phases)
    if not changed.groups:
        changed = under_one(usual, changed.phases)
    if _members(changed) != _members(usual):
        return dict(rows)
    every = {**rows, mixed: changed, baseline: usual}
    for part, regime in zip(changed.parts, changed.regimes, strict=True):
        if _whole(every, (baseline, mixed), regime) is None:
            every[_for_all(part)] = under_one(changed, regime)
    return every


def apart_of(rows: Mapping[str, Scenario], mixed: str, baseline: str) -> Apart | None:
    """Name the rows of the parts of a mixed one, among those of ``with_wholes``.

    None if it has no groups, or the baseline has groups of other people.
    """
    scenario = rows[mixed]
    if not scenario.groups or _members(scenario) != _members(rows[baseline]):
        return None
    parts = zip(scenario.parts, scenario.regimes, strict=True)
    whole = {
        part: _whole(rows, (baseline, mixed), regime) or _for_all(part)
        for part, regime in parts
    }
    return Apart(mixed, whole)


def _whole(
    rows: Mapping[str, Scenario], names: tuple[str, ...], regime: Regime
) -> str | None:
    """Name the first of some rows in which all people are under these schemes."""
    there = (name for name in names if set(rows[name].regimes) == {regime})
    return next(there, None)


def _members(scenario: Scenario) -> list[tuple[str, tuple[str, ...], float]]:
    """Say who is in the groups of an organisation."""
    return [(group.name, group.roles, group.share) for group in scenario.groups]


def _for_all(part: str) -> str:
    return f"{part}_for_all"


def under_one(scenario: Scenario, regime: Regime) -> Scenario:
    """All people under the same schemes; groups keep their names and their people."""
    (_, scheme), *later = regime
    timeline = tuple(Phase(week=week, scheme=new) for week, new in later)
    groups = tuple(
        Group(
            name=group.name,
            roles=group.roles,
            share=group.share,
            scheme=scheme,
            timeline=timeline,
        )
        for group in scenario.groups
    )
    levers = {name: getattr(scheme, name) for name in Scheme.model_fields}
    plain = scenario.varied(**levers, timeline=timeline, groups=groups)
    return plain.released(scenario.releases)
