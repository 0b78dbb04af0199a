"""The sign of an effect: where a scheme helps, and what flips the sign.

The eight corner worlds are the corners of a cube, with a direction for each
uncertainty. An edge joins two worlds that differ in one uncertainty; it flips if the
effect on output has opposite signs at its ends.
"""

from typing import NamedTuple

import numpy as np
import pandas as pd

from experiments.designs.design import WORLD_FACTORS
from experiments.statistics.effects import WORLDS
from experiments.statistics.frames import finite, need, need_schemes, order_of
from experiments.statistics.paired import paired
from experiments.words.structures import STRUCTURES, Structure

COLUMN = "output_mean"
EDGES = 4
"""Edges of the cube in each direction."""


def in_worlds(runs: pd.DataFrame) -> pd.DataFrame:
    """Select the rows with the structures of the centre."""
    for structure in STRUCTURES:
        runs = runs[~_differs(runs, structure)]
    return runs


def by_structure(runs: pd.DataFrame, structure: Structure) -> pd.DataFrame:
    """Select the centre and the points with another rule of choice, or another law."""
    return runs[(runs["point"] == 0) | _differs(runs, structure)]


def _differs(runs: pd.DataFrame, structure: Structure) -> "pd.Series[bool]":
    """Tell which rows have another alternative of a structure than the centre."""
    if structure.key not in runs.columns:
        return pd.Series(False, runs.index)
    here = runs.loc[runs["point"] == 0, structure.key].iloc[0]
    return runs[structure.key].ne(here)


def effect_by_point(runs: pd.DataFrame, baseline: str) -> pd.DataFrame:
    """Estimate effects on whole-run output in % by scheme and point, with ``clear``.

    ``clear`` is whether the interval leaves out 0; None with a single replicate.
    """
    need(runs, ("scheme", "point", "replicate", COLUMN), "runs")
    need_schemes([baseline], runs, "runs")
    key = ["scheme", "point", "replicate"]
    if runs.duplicated(key).any():
        raise ValueError("runs has a scheme, point and replicate twice")
    finite(runs[COLUMN].to_numpy(float), COLUMN)
    base = runs[runs["scheme"] == baseline].set_index(key[1:])[COLUMN].astype(float)
    rows = []
    for scheme in order_of(runs):
        if scheme == baseline:
            continue
        own = runs[runs["scheme"] == scheme].set_index(key[1:])[COLUMN].astype(float)
        pairs = pd.DataFrame({"own": own, "base": base}).dropna()
        for point, group in pairs.groupby(level="point"):
            effect = paired(group["own"].to_numpy(float), group["base"].to_numpy(float))
            percent = np.nan if effect.percent is None else effect.percent
            clear = None if effect.low is None else effect.sign != 0
            rows.append((scheme, point, percent, clear))
    return pd.DataFrame(rows, columns=["scheme", "point", "percent", "clear"])


class Flip(NamedTuple):
    """How one uncertainty moves the effect of a scheme on output.

    Attributes
    ----------
    low, high : float
        Ends of its range.
    at_low, at_high : float
        Mean effects over the four worlds at each end [% of the baseline's output].
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
    """List the flips by scheme and uncertainty; none without the eight corners."""
    factors = [name for name in WORLD_FACTORS if name in runs.columns]
    runs = in_worlds(runs)
    table = effect_by_point(runs, baseline)
    levels = runs[runs["point"] > 0].drop_duplicates("point").set_index("point")
    if len(levels) != WORLDS - 1 or len(factors) != len(WORLD_FACTORS):
        return []
    rows = []
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
            rows.append(
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
    return rows
