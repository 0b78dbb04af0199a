"""Keep what every scheme does in plausible worlds of other priors.

    python -m tools.priors build/recommended [worlds]

The first ``worlds`` plausible worlds as declared, those of them that are plausible by
the middle tolerances, and as many of the list whose numbers are even over their spans.
Runs in declared worlds are those of ``tools.recommended`` in the same folder. The
result stands in ``docs/results/``, and ``python -m tools.documents`` puts it into
``docs/certificate.md``.
"""

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np

from experiments.statistics.worlds import IN_WORLDS, classes
from experiments.store.dataset import Floats
from experiments.store.table import Table
from experiments.worlds.shipped import FOLDER, current
from experiments.worlds.tolerances import within
from tools.recommended import (
    BASELINE,
    CHOOSING,
    WORLDS,
    candidates,
    effects_on_output,
    run,
)
from tools.results import RESULTS, stored

DECLARED, MIDDLE, UNIFORM = "declared", "middle tolerances", "all uniform"
PRIORS = (DECLARED, MIDDLE, UNIFORM)


class UnderPrior(NamedTuple):
    """A scheme in the worlds of one prior: a row of its table."""

    scheme: str
    prior: str
    worlds: int
    falls: float
    falls_low: float
    falls_high: float
    rises: float
    rises_low: float
    rises_high: float
    middle: float


UNDER_PRIORS = Table(
    "scheme_priors.csv",
    UnderPrior,
    "a scheme in the plausible worlds of one prior",
    {
        "prior": ("", "declared; by middle tolerances; all numbers uniform"),
        "worlds": ("worlds", "plausible worlds"),
        **{name: IN_WORLDS.meanings[name] for name in UnderPrior._fields[3:]},
    },
)


def tabulated(prior: str, effects: Floats) -> Iterator[UnderPrior]:
    """Tabulate effects (worlds, schemes) [%] of all but the baseline by one prior."""
    names = [name for name in candidates() if name != BASELINE]
    for name, own in zip(names, effects.T, strict=True):
        found = classes(own)
        yield UnderPrior(
            name, prior, found.worlds, **found.columns(UnderPrior._fields[3:])
        )


def hangs(one: UnderPrior, other: UnderPrior) -> bool:
    """Tell whether the intervals of a share do not meet."""
    return (
        one.falls_low > other.falls_high
        or other.falls_low > one.falls_high
        or one.rises_low > other.rises_high
        or other.rises_low > one.rises_high
    )


def by_scheme(rows: Sequence[UnderPrior]) -> dict[str, dict[str, UnderPrior]]:
    """Sort rows by scheme and prior."""
    found: dict[str, dict[str, UnderPrior]] = {}
    for row in rows:
        found.setdefault(row.scheme, {})[row.prior] = row
    return found


def table_of_priors(rows: Sequence[UnderPrior]) -> Iterator[list[str]]:
    """Tabulate shares of clear falls and rises, prior by prior; heads first."""
    yield ["scheme", *(f"{prior}: falls / rises, of 100" for prior in PRIORS)]
    for scheme, own in by_scheme(rows).items():
        cells = (own[prior] for prior in PRIORS if prior in own)
        shares = (f"{100 * x.falls:.0f} / {100 * x.rises:.0f}" for x in cells)
        yield [f"`{scheme}`", *shares]


def sentence(rows: Sequence[UnderPrior]) -> str:
    """Say for which schemes the answer hangs on the prior."""
    found = by_scheme(rows)
    counts = {prior: next(iter(found.values()))[prior].worlds for prior in PRIORS}
    hanging = [
        f"`{scheme}`"
        for scheme, own in found.items()
        if any(hangs(own[DECLARED], own[other]) for other in (MIDDLE, UNIFORM))
    ]
    told = ", ".join(f"{number} ({prior})" for prior, number in counts.items())
    text = f"Worlds: {told}, with seed {CHOOSING}. "
    if not hanging:
        return f"{text}For no scheme does the answer hang on the prior."
    return f"{text}The answer hangs on the prior for {', '.join(hanging)}."


def kept() -> list[UnderPrior]:
    """Read what is stored with the documents."""
    return stored(UNDER_PRIORS)


def main(arguments: Sequence[str]) -> None:
    """Run the candidates, and write the shares into ``docs/results/``."""
    folder = Path(arguments[0])
    folder.mkdir(parents=True, exist_ok=True)
    most = int(arguments[1]) if arguments[1:] else WORLDS
    worlds, even = current(), current(FOLDER / "uniform")
    count = min(most, len(worlds) // 2)
    declared = effects_on_output(run(folder, worlds, 0, count, CHOOSING))
    middle = np.all(within(worlds.estimates[:count], "middle"), axis=1)
    uniform = effects_on_output(run(folder, even, 0, min(most, len(even)), CHOOSING))
    rows = [
        *tabulated(DECLARED, declared),
        *tabulated(MIDDLE, declared[middle]),
        *tabulated(UNIFORM, uniform),
    ]
    UNDER_PRIORS.write(RESULTS / UNDER_PRIORS.name, rows)


if __name__ == "__main__":
    main(sys.argv[1:])
