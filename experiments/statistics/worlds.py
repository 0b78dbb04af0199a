"""An effect over many worlds: where it clearly falls, hardly moves, clearly rises.

Worlds are draws, so that a share of them is known to a binomial interval (Jeffreys').
That is luck of the draw alone. It is no interval for a firm, and no probability of one:
the worlds are those in which voluntary use is as it is known to be.
"""

import math
from collections.abc import Iterable, Iterator, Mapping
from typing import Literal, NamedTuple

import numpy as np
from scipy.special import betaincinv

from experiments.store.dataset import Floats
from experiments.store.table import Table
from experiments.words.structures import STRUCTURES
from model.workforce import Ints

CLEAR = 0.25
"""Effects within so many % of the baseline are called about nothing."""
WORST = 20
"""The worst twentieth of the worlds is looked at by itself."""
LEVEL = 0.95


def percents(with_scheme: Floats, without: Floats) -> Floats:
    """Express differences in % of the baseline's size, world by world.

    Exactly 0 where nothing differs; NaN over a baseline of 0.
    """
    difference = with_scheme - without
    found = np.full(difference.shape, np.nan)
    np.divide(100.0 * difference, np.abs(without), out=found, where=without != 0.0)
    found[difference == 0.0] = 0.0
    return found


class Share(NamedTuple):
    """A share of worlds [0 to 1], with its 95 % interval."""

    share: float
    low: float
    high: float


def share(count: int, of: int) -> Share:
    """Give a share with Jeffreys' interval: Beta(k + 1/2, n - k + 1/2).

    Closed at 0 and at n (Brown, Cai and DasGupta 2001, Statistical Science 16, 101).
    Raises ``ValueError`` without any world.
    """
    if of < 1:
        raise ValueError("a share of no worlds is unknown")
    a, b, tail = count + 0.5, of - count + 0.5, (1.0 - LEVEL) / 2.0
    low = 0.0 if count == 0 else float(betaincinv(a, b, tail))
    high = 1.0 if count == of else float(betaincinv(a, b, 1.0 - tail))
    return Share(count / of, low, high)


class Classes(NamedTuple):
    """An effect over worlds: counts of three classes, the middle, the worst.

    Attributes
    ----------
    worlds : int
        Worlds with a known effect.
    falls, little, rises : int
        In how many it is below -CLEAR, within, above CLEAR.
    middle : float
        The median [%].
    worst : float
        Mean over the worst twentieth, at least one world [%].
    """

    worlds: int
    falls: int
    little: int
    rises: int
    middle: float
    worst: float

    def columns(self, names: Iterable[str]) -> dict[str, float]:
        """Give columns of ``InWorlds`` by name: shares, their intervals, effects."""
        found = {"middle": self.middle, "worst": self.worst}
        for name in ("falls", "little", "rises"):
            of = share(getattr(self, name), self.worlds)
            found |= {name: of.share, f"{name}_low": of.low, f"{name}_high": of.high}
        return {name: found[name] for name in names}


def classes(effects: Floats) -> Classes:
    """Sort effects (n,) [%] into classes; NaN is left out.

    Raises ``ValueError`` if no effect is known.
    """
    known = np.sort(effects[~np.isnan(effects)])
    if not len(known):
        raise ValueError("no effect is known in any world")
    falls, rises = int((known < -CLEAR).sum()), int((known > CLEAR).sum())
    worst = known[: max(1, math.ceil(len(known) / WORST))]
    return Classes(
        len(known),
        falls,
        len(known) - falls - rises,
        rises,
        float(np.median(known)),
        float(worst.mean()),
    )


class InWorlds(NamedTuple):
    """A row of ``in_worlds.csv``: the effect of a scheme on output over worlds.

    Attributes
    ----------
    among : str
        Which worlds: ``all``, those of one rule of choice (``rules``), or those of one
        law of rework (``laws``).
    structure : str
        That rule or law in words; empty for all.
    """

    scheme: str
    among: Literal["all", "rules", "laws"]
    structure: str
    worlds: int
    falls: float
    falls_low: float
    falls_high: float
    little: float
    little_low: float
    little_high: float
    rises: float
    rises_low: float
    rises_high: float
    middle: float
    worst: float


IN_WORLDS = Table(
    "in_worlds.csv",
    InWorlds,
    "the effect of a scheme on whole-run output over plausible worlds",
    {
        "among": ("", "all worlds, or those of one rule of choice or law of rework"),
        "structure": ("", "that rule or law"),
        "worlds": ("worlds", "with a known effect"),
        "falls": ("share", f"worlds in which output falls by more than {CLEAR} %"),
        "falls_low": ("share", "lower end of its 95 % interval (Jeffreys)"),
        "falls_high": ("share", "upper end"),
        "little": ("share", f"worlds in which it moves by at most {CLEAR} %"),
        "little_low": ("share", "lower end of its 95 % interval (Jeffreys)"),
        "little_high": ("share", "upper end"),
        "rises": ("share", f"worlds in which it rises by more than {CLEAR} %"),
        "rises_low": ("share", "lower end of its 95 % interval (Jeffreys)"),
        "rises_high": ("share", "upper end"),
        "middle": ("%", "effect in the middle world, in % of the baseline"),
        "worst": ("%", "mean effect in the worst twentieth of the worlds"),
    },
)


def in_worlds(
    effects: Mapping[str, Floats], rules: Ints, laws: Ints
) -> Iterator[InWorlds]:
    """Tabulate effects (n,) [%] of schemes in worlds with these structures (n,).

    Cells without a known effect are left out.
    """
    everywhere = np.ones(len(rules), bool)
    groups = [("all", "", everywhere)]
    for structure, codes in zip(STRUCTURES, (rules, laws), strict=True):
        groups += [
            (structure.short, name, codes == code)
            for code, name in structure.names.items()
        ]
    for scheme, values in effects.items():
        for among, name, where in groups:
            if not np.isnan(values[where]).all():
                yield _row(scheme, among, name, classes(values[where]))


def _row(scheme: str, among: str, structure: str, found: Classes) -> InWorlds:
    return InWorlds(
        scheme,
        among,  # type: ignore[arg-type]  # one of those of the row
        structure,
        found.worlds,
        **found.columns(InWorlds._fields[4:]),
    )


def overall(rows: Iterable[InWorlds]) -> dict[str, InWorlds]:
    """Pick the rows over all worlds, by scheme."""
    return {row.scheme: row for row in rows if row.among == "all"}
