"""What decides the sign: where a scheme helps, and what flips it.

The eight corners are the edges of a cube, one direction an uncertainty. An edge joins
two worlds that differ in this uncertainty alone; it flips if the effect on output has
opposite signs at its ends.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd

from experiments.designs.design import RULE, WORLD_FACTORS
from experiments.statistics.checks import finite, need, need_schemes, order_of
from experiments.statistics.effects import WORLDS, interval
from experiments.words.screen import percent

COLUMN = "output_mean"
SHORT = {
    "people.belief_mean": "mean belief",
    "people.learning": "learning",
    "peers.rework_misuse": "rework",
}
WORDS = {
    "people.belief_mean": "what people believe of AI at the start",
    "people.learning": "how fast they learn",
    "peers.rework_misuse": "how much rework misuse makes",
}
EDGES = 4
"""Edges of the cube in each direction."""


def in_worlds(runs: pd.DataFrame) -> pd.DataFrame:
    """Rows in which people choose by the rule of the centre."""
    if RULE not in runs.columns:
        return runs
    return runs[runs[RULE] == _rule_here(runs)]


def by_rules(runs: pd.DataFrame) -> pd.DataFrame:
    """Rows of the centre, and those that differ from it in the rule of choice."""
    if RULE not in runs.columns:
        return runs[runs["point"] == 0]
    return runs[(runs["point"] == 0) | (runs[RULE] != _rule_here(runs))]


def _rule_here(runs: pd.DataFrame) -> float:
    return float(runs.loc[runs["point"] == 0, RULE].iloc[0])


def effect_by_point(runs: pd.DataFrame, baseline: str) -> pd.DataFrame:
    """Effect on whole-run output in % by scheme and point, with ``clear``.

    ``clear`` is whether the interval leaves out 0; None with a single replicate.
    """
    need(runs, ("scheme", "point", "replicate", COLUMN), "runs")
    need_schemes([baseline], runs, "runs")
    key = ["scheme", "point", "replicate"]
    if runs.duplicated(key).any():
        raise ValueError("runs has a scheme, point and replicate twice")
    finite(runs[COLUMN].to_numpy(float), COLUMN)
    base = runs[runs["scheme"] == baseline].set_index(key[1:])[COLUMN].astype(float)
    found = []
    for scheme in order_of(runs):
        if scheme == baseline:
            continue
        own = runs[runs["scheme"] == scheme].set_index(key[1:])[COLUMN].astype(float)
        pairs = pd.DataFrame({"own": own, "base": base}).dropna()
        for point, group in pairs.groupby(level="point"):
            difference = (group["own"] - group["base"]).to_numpy(float)
            mean, low, high = interval(difference)
            size = abs(float(group["base"].mean()))
            percent = 100.0 * mean / size if size else (0.0 if mean == 0 else np.nan)
            clear = None if low is None or high is None else low > 0.0 or high < 0.0
            found.append((scheme, point, percent, clear))
    return pd.DataFrame(found, columns=["scheme", "point", "percent", "clear"])


class Flip(NamedTuple):
    """How one uncertainty moves the effect of a scheme on output.

    Attributes
    ----------
    low, high : float
        Its ends; ``at_low`` and ``at_high`` are the mean effects there, over the four
        worlds at each end [% of the baseline's output].
    edges : int
        Edges, out of four, along which the sign flips.
    """

    scheme: str
    factor: str
    low: float
    high: float
    at_low: float
    at_high: float
    edges: int


def flips(runs: pd.DataFrame, baseline: str) -> list[Flip]:
    """Every scheme and uncertainty; empty if the eight corners were not run."""
    factors = [name for name in WORLD_FACTORS if name in runs.columns]
    runs = in_worlds(runs)
    table = effect_by_point(runs, baseline)
    levels = runs[runs["point"] > 0].drop_duplicates("point").set_index("point")
    if len(levels) != WORLDS - 1 or len(factors) != len(WORLD_FACTORS):
        return []
    found = []
    for scheme, group in table.groupby("scheme", sort=False):
        effect = group.set_index("point")["percent"].reindex(levels.index)
        if effect.isna().any():
            continue
        for factor in factors:
            low, high = levels[factor].min(), levels[factor].max()
            others = [name for name in factors if name != factor]
            ends = [
                levels[levels[factor] == end].sort_values(others).index
                for end in (low, high)
            ]
            first, second = (effect.loc[end].to_numpy(float) for end in ends)
            edges = int((np.sign(first) * np.sign(second) < 0).sum())
            found.append(
                Flip(
                    str(scheme),
                    factor,
                    float(low),
                    float(high),
                    float(first.mean()),
                    float(second.mean()),
                    edges,
                )
            )
    return found


def overall(found: Sequence[Flip]) -> list[str]:
    """Which uncertainty flips signs most often, over all schemes."""
    if not found:
        return []
    schemes = len({flip.scheme for flip in found})
    counts = {
        factor: sum(flip.edges for flip in found if flip.factor == factor)
        for factor in dict.fromkeys(flip.factor for flip in found)
    }
    total = EDGES * schemes
    parts = [
        f"{WORDS[factor]} ({factor}) flips {count}"
        for factor, count in sorted(counts.items(), key=lambda item: -item[1])
    ]
    return [
        f"Take two worlds that differ in one uncertainty alone: of {total} such pairs "
        f"for each uncertainty ({EDGES} for each of {schemes} "
        f"scheme{'s' * (schemes > 1)}), {'; '.join(parts)}."
    ]


def sentence(scheme: str, found: Sequence[Flip], agree: int | None) -> str:
    """What decides the sign of one scheme."""
    if agree is None:
        return "Only the world as given was run."
    own = [flip for flip in found if flip.scheme == scheme]
    start = f"Its sign holds in {agree} of {WORLDS} worlds"
    if not any(flip.edges for flip in own):
        return f"{start}; none of the three uncertainties flips it by itself."
    main = max(own, key=lambda flip: (flip.edges, abs(flip.at_high - flip.at_low)))
    return (
        f"{start}; most decided by {WORDS[main.factor]}: on average "
        f"{_signed(main.at_low)} % of output at {main.low:g} and "
        f"{_signed(main.at_high)} % at {main.high:g} "
        f"(flips along {main.edges} of {EDGES} edges)."
    )


def _signed(value: float) -> str:
    return ("+" if value > 0.0 else "−" if value < 0.0 else "") + percent(abs(value))
