"""The map of signs over how people choose: every scheme under five rules."""

from collections.abc import Sequence

import pandas as pd
from matplotlib.figure import Figure

from experiments.designs.design import RULE
from experiments.figures.sign_map import reading, sign_map
from experiments.figures.style import chart, empty
from experiments.statistics.signs import by_rules, effect_by_point
from experiments.words.schemes import RULES
from model.people import Rule


@chart
def rules(runs: pd.DataFrame, baseline: str, order: Sequence[str] = ()) -> Figure:
    """Effect on real output by scheme and rule of choice, as colour and number."""
    runs = by_rules(runs)
    table = effect_by_point(runs, baseline)
    if table.empty:
        return empty("no scheme has output that can be compared with the baseline's")
    if table["point"].nunique() == 1:
        return empty(
            "only one rule of choice was run (study.rule_replicates=0): nothing says "
            "whether the signs hold if people choose otherwise"
        )
    codes = runs.drop_duplicates("point").set_index("point")[RULE]
    heads = [
        RULES[Rule(codes[point])].replace(" ", "\n")
        + ("\n(as given)" if point == 0 else "")
        for point in sorted(table["point"].unique())
    ]
    return sign_map(table, order, heads, "rule of choice", _caption(table))


def _caption(table: pd.DataFrame) -> str:
    text = reading(table, "organisation under the same rule")
    if table[table["point"] > 0]["clear"].isna().all():
        text += "The other rules were run once each: they have no intervals."
    return text.strip()
