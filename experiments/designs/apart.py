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
    """Add the rows of the parts of a mixed one, if it has groups."""
    scenario = rows[mixed]
    if not scenario.groups:
        return dict(rows)
    usual = rows[baseline].phases
    wholes = {
        _for_all(part): under_one(scenario, regime)
        for part, regime in zip(scenario.parts, scenario.regimes, strict=True)
        if regime != usual
    }
    return {**rows, baseline: under_one(scenario, usual), **wholes}


def apart_of(rows: Mapping[str, Scenario], mixed: str, baseline: str) -> Apart | None:
    """Name the rows of the parts of a mixed one; None if it has no groups."""
    scenario = rows[mixed]
    if not scenario.groups:
        return None
    named = {part: _for_all(part) for part in scenario.parts}
    whole = {part: row if row in rows else baseline for part, row in named.items()}
    return Apart(mixed, whole)


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
