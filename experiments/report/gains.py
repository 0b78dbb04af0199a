"""The part of a page about who gains and who loses under a scheme."""

from collections.abc import Sequence

from experiments.report.charts import Pictures
from experiments.report.page import Block, Items, Subsection, Text
from experiments.statistics.accounts import Told, WorseOff, apart
from experiments.words.groups import EVERYBODY, said

ABOUT = (
    "The same people, divided by what no scheme changes: their role where there are "
    "several, skill, whether they would ever pad, since when they have been there, and "
    "how much AI they used at the end of the warm-up, before any scheme began. Asked "
    "are those who lived the same weeks under both schemes; who left under one of them "
    "alone is told apart. A sentence names a group if its 95 % "
    "interval leaves out the share of everybody; of so many groups a few do so by "
    "chance. worse_off.csv has the intervals, the mean change of welfare, and the same "
    "for output and for what incentives paid."
)


FEW = 0.0005
"""Share of people who are too few to be told."""


def who(schemes: Sequence[str], told: Told, pictures: Pictures) -> Subsection:
    """Show by group who is worse off under each scheme, and say it in a sentence."""
    sentences = Items([sentence(name, told) for name in schemes])
    blocks: list[Block] = [Text(ABOUT), *pictures["people"], sentences]
    return Subsection("gains", "Who gains, who loses", blocks)


def sentence(scheme: str, told: Told) -> str:
    """Say how many are worse off under a scheme, and who most and least of all."""
    everybody = told[scheme, EVERYBODY]
    if everybody.worse_off is None:
        return f"Under {scheme} nobody can be compared."
    if not everybody.worse_off and not everybody.better_off:
        return f"Under {scheme} everybody fares exactly the same."
    text = f"Under {scheme} {_share(everybody)} are worse off"
    most, least = _ends(scheme, told)
    gone = _gone(everybody)
    if most is None and least is None:
        return f"{text}, in no group clearly more or fewer.{gone}"
    named = (
        f"{words} {said(row.of)} ({_share(row)})"
        for words, row in (("most of all", most), ("least of all", least))
        if row is not None
    )
    return f"{text}; {', '.join(named)}.{gone}"


def _gone(everybody: WorseOff) -> str:
    """Say who left under one of two schemes alone; nothing if hardly anybody did."""
    left, stayed = everybody.left_alone or 0.0, everybody.stayed_alone or 0.0
    if max(left, stayed) < FEW:
        return ""
    return (
        f" Of those who were there at first {100.0 * left:.1f} % left under it alone, "
        f"{100.0 * stayed:.1f} % under {everybody.baseline} alone."
    )


def span(schemes: Sequence[str], told: Told, baseline: str) -> str:
    """Say how many people are worse off, from fewest to most; empty if unknown."""
    every = [told[name, EVERYBODY] for name in schemes if (name, EVERYBODY) in told]
    known = [row for row in every if row.worse_off is not None]
    if not known:
        return ""
    ends = dict.fromkeys(end(known, key=_size) for end in (min, max))
    shares = " to ".join(f"{_share(row)} under {row.scheme}" for row in ends)
    return f"Worse off by their own account than under {baseline}: {shares}."


def most_uneven(schemes: Sequence[str], told: Told) -> str:
    """Name the scheme whose groups differ most; empty if none clearly differ."""
    found = {}
    for name in schemes:
        most, least = _ends(name, told) if (name, EVERYBODY) in told else (None, None)
        if most and least:
            found[_size(most) - _size(least)] = (name, most, least)
    if not found:
        return ""
    name, most, least = found[max(found)]
    return (
        f"Most uneven: under {name} {_share(most)} of {said(most.of)} are worse off, "
        f"{_share(least)} of {said(least.of)}."
    )


def _ends(scheme: str, told: Told) -> tuple[WorseOff | None, WorseOff | None]:
    """Find the groups of which clearly most, and clearly fewest, are worse off."""
    everybody = told[scheme, EVERYBODY]
    rows = [row for (name, _), row in told.items() if name == scheme]
    more, fewer = (
        [row for row in rows if apart(row, everybody) == sign] for sign in (1, -1)
    )
    return (
        max(more, key=_size) if more else None,
        min(fewer, key=_size) if fewer else None,
    )


def _size(row: WorseOff) -> float:
    return row.worse_off or 0.0


def _share(row: WorseOff) -> str:
    return f"{100.0 * _size(row):.0f} %"
