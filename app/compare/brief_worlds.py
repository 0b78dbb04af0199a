"""What a brief says of other worlds: how sure the answer is, and what decides it."""

from collections.abc import Iterator, Sequence

from app.certificate import Certificate
from app.compare.worlds import said
from app.worlds_bar import UNKNOWN
from experiments.report.worlds import NOT_YOURS, WHICH, hundred
from experiments.statistics.worlds import InWorlds
from experiments.words.structures import STRUCTURES


def in_worlds(certificate: Certificate | None) -> Iterator[str]:
    """Yield in how many worlds output falls and rises, by each structure, too."""
    rows = certificate.rows() if certificate else []
    if not certificate or not rows:
        yield UNKNOWN
        return
    yield (
        f"{said(certificate)} These are {WHICH}; {len(certificate.effects)} were run."
    )
    for structure in STRUCTURES:
        own = [row for row in rows if row.among == structure.short]
        if own:
            each = "; ".join(
                f"{row.structure} {hundred(row.falls)} / {hundred(row.rises)}"
                for row in own
            )
            yield (
                f"By {structure.doubt}, of 100 worlds each, clearly falls / clearly "
                f"rises: {each}."
            )
    yield what_decides(rows)
    yield NOT_YOURS


def what_decides(rows: Sequence[InWorlds]) -> str:
    """Say under which of the structures output falls and rises most often."""
    parts = [row for row in rows if row.among != "all"]
    if len(parts) < 2:
        return "What would change our mind was not looked at: the structure is set."
    worst, best = (f(parts, key=lambda row: row.falls - row.rises) for f in (max, min))
    return (
        "What would change our mind: to learn how people here choose, and what others' "
        f"use of AI costs them. Of 100 worlds with {worst.structure} output clearly "
        f"falls in {hundred(worst.falls)} and clearly rises in {hundred(worst.rises)}; "
        f"with {best.structure} in {hundred(best.falls)} and {hundred(best.rises)}. "
        f"That is known from {min(worst.worlds, best.worlds)} worlds or more of each, "
        "so roughly."
    )
