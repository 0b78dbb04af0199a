"""The map of signs over what nobody knows: every scheme in each of nine worlds."""

from collections.abc import Sequence

import pandas as pd
from matplotlib.figure import Figure

from experiments.designs.design import WORLD_FACTORS
from experiments.figures.sign_map import reading, sign_map
from experiments.figures.style import chart, empty
from experiments.statistics.signs import effect_by_point, in_worlds

SHORT = {
    "people.belief_mean": "mean belief",
    "people.learning": "learning",
    "peers.rework_misuse": "rework",
}
"""Names of uncertainties, short enough for the side of a chart."""


@chart
def worlds(runs: pd.DataFrame, baseline: str, order: Sequence[str] = ()) -> Figure:
    """Effect on real output by scheme and world, as colour and number."""
    runs = in_worlds(runs)
    table = effect_by_point(runs, baseline)
    if table.empty:
        return empty("no scheme has output that can be compared with the baseline's")
    if table["point"].nunique() == 1:
        return empty(
            "only the world as given was run (study.world_replicates=0): nothing says "
            "whether the signs hold elsewhere"
        )
    rows = [SHORT.get(n, n.split(".")[-1]) for n in _factors(runs)]
    side = "world\n" + "\n".join(rows)
    return sign_map(table, order, _heads(runs, table), side, _caption(table))


def _factors(runs: pd.DataFrame) -> list[str]:
    return [name for name in WORLD_FACTORS if name in runs.columns]


def _heads(runs: pd.DataFrame, table: pd.DataFrame) -> list[str]:
    levels = runs.drop_duplicates("point").set_index("point")
    heads = []
    for point in sorted(table["point"].unique()):
        values = [f"{float(levels[name][point]):g}" for name in _factors(runs)]
        title = "as given" if point == 0 else str(point)
        heads.append("\n".join([title, *values]).replace("-", "−"))
    return heads


def _caption(table: pd.DataFrame) -> str:
    text = reading(table, "world")
    if table[table["point"] > 0]["clear"].isna().all():
        text += "The eight corners were run once each: they have no intervals."
    return text.strip()
