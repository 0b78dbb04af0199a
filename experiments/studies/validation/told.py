"""What facts elsewhere mean, in words: over worlds, and under null models."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from experiments.statistics.finding import Fact, Finding, Verdict
from experiments.studies.validation.elsewhere import HeldRow, NullRow
from experiments.studies.validation.kept import Findings
from experiments.studies.validation.nulls import NULLS
from experiments.words.screen import joined

MOSTLY, HALF = 0.9, 0.5
"""Shares of worlds that are told apart."""
Place = tuple[str, str]
"""A finding: the module of its fact, and its quantity."""


class Elsewhere(NamedTuple):
    """Findings elsewhere, by place; empty where they were not looked for.

    Attributes
    ----------
    held : dict
        Over worlds.
    passed : dict
        Names of the null models under which they hold, too.
    """

    held: Mapping[Place, HeldRow]
    passed: Mapping[Place, Sequence[str]]


def found_elsewhere(held: Iterable[HeldRow], nulls: Iterable[NullRow]) -> Elsewhere:
    """Index what was found elsewhere."""
    passed: dict[Place, list[str]] = {}
    for row in nulls:
        names = passed.setdefault((row.module, row.quantity), [])
        if row.verdict is Verdict.HOLDS:
            names.append(row.null)
    return Elsewhere({(row.module, row.quantity): row for row in held}, passed)


def title(null: str) -> str:
    """Write the name of a null model as people read it."""
    return null.replace("_", " ")


def of_worlds(row: HeldRow | None) -> str:
    """Write in how many worlds a finding holds."""
    if row is None:
        return ""
    return f"{row.holds} of {row.known}" if row.known else "–"


def ends(row: HeldRow | None) -> str:
    """Write the interval of the share of worlds [%]."""
    if row is None or row.low is None or row.high is None:
        return ""
    return f"[{100.0 * row.low:.0f}, {100.0 * row.high:.0f}] %"


def answer(
    facts: Mapping[str, Fact], counting: Findings, found: Elsewhere
) -> list[str]:
    """Say how far findings that count hold over worlds, and which prove something."""
    places = [(name, f) for name, own in counting.items() for f in own]
    said = []
    if found.held:
        said.append(_over_worlds([found.held.get((n, f.quantity)) for n, f in places]))
    if found.passed:
        said += _under_nulls(facts, places, found.passed)
    return said


def _over_worlds(rows: Sequence[HeldRow | None]) -> str:
    shares = [row.holds / row.known for row in rows if row and row.known]
    worlds = max(row.worlds for row in rows if row)
    most = sum(share >= MOSTLY for share in shares)
    few = sum(share < HALF for share in shares)
    return (
        f"In {worlds} plausible worlds, one organisation each, {most} of {len(shares)} "
        f"findings hold in nine of ten or more, and {few} in fewer than half. Such "
        "worlds are as voluntary use is known to be; the luck of one organisation is "
        "in these counts."
    )


def _under_nulls(
    facts: Mapping[str, Fact],
    places: Sequence[tuple[str, Finding]],
    passed: Mapping[Place, Sequence[str]],
) -> list[str]:
    holding = [
        (name, passed.get((name, finding.quantity), ()))
        for name, finding in places
        if finding.verdict is Verdict.HOLDS
    ]
    alone = sum(not names for _, names in holding)
    by_null = joined(
        [
            f"{title(null.name)} {sum(null.name in names for _, names in holding)}"
            for null in NULLS
        ],
        "and",
    )
    said = [
        f"Of the {len(holding)} findings that hold, {alone} can be told from all "
        f"{len(NULLS)} null models. The others hold where something is switched off, "
        f"too, and prove nothing about that ({by_null})."
    ]
    idle = []
    for name, fact in facts.items():
        own = [set(names) for module, names in holding if module == name]
        common = set.intersection(*own) if own else set()
        if common:
            which = joined([title(n.name) for n in NULLS if n.name in common], "and")
            idle.append(f"{fact.name} ({which})")
    if idle:
        said.append(
            "Facts of which every finding that holds passes the same null model, so "
            f"that the fact proves nothing about it: {'; '.join(idle)}."
        )
    return said
