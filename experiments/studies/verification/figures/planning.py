"""The chart of the rule of thumb's loss before a quota."""

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from experiments.figures.style import DOWN, FAINT, GRID, INK, chart, panels
from experiments.statistics.frames import finite, need

COLOURS = LinearSegmentedColormap.from_list("loss", ["#ffffff", DOWN])
"""White for no loss, full orange for all that is attainable."""
COLUMNS = ("kind", "weeks", "penalty", "multiple", "loss")
TEXT = (
    "Loss of the rule of thumb, % of what the quota offers a perfect planner: the "
    "payoff of the best plan less that of a person who ignores the quota. Rule and "
    "best plan have the same choice noise, which counts as tastes on both sides. "
    "White: none; full orange: all of it; above 100: worse than ignoring the quota; a "
    "dash: the quota offers less than 1 % of the stake, being met anyway or out of "
    "reach."
)


@chart
def planning(losses: pd.DataFrame) -> Figure:
    """Draw the loss by quota and window; columns are kinds, rows are penalties.

    ``losses`` comes from ``experiments.studies.verification.results.planning.losses``.
    """
    need(losses, COLUMNS, "losses")
    finite(losses["loss"].to_numpy(float), "loss")
    if losses.duplicated(["kind", "weeks", "penalty", "multiple"]).any():
        raise ValueError("losses has a kind and quota twice")
    kinds = list(dict.fromkeys(losses["kind"]))
    penalties = sorted(losses["penalty"].unique())
    lengths = sorted(losses["weeks"].unique())
    figure, axes = panels(
        len(penalties),
        len(kinds),
        height=0.24 * len(lengths) + 0.1,
        left=1.0,
        down=0.32,
        across=0.12,
        text=TEXT,
    )
    for row, penalty in zip(axes, penalties, strict=True):
        for axis, kind in zip(row, kinds, strict=True):
            these = (losses["kind"] == kind) & (losses["penalty"] == penalty)
            table = losses[these].pivot(
                index="weeks", columns="multiple", values="loss"
            )
            _panel(axis, table)
            axis.set_title(f"{kind}, penalty {penalty:g}", fontsize=8.0)
    for row in axes:
        row[0].set_ylabel("Window [weeks]")
    for axis in axes[-1]:
        axis.set_xlabel("Quota [voluntary paces]")
    return figure


def _panel(axes: Axes, table: pd.DataFrame) -> None:
    for y in range(len(table.index)):
        for x in range(len(table.columns)):
            value = float(table.to_numpy(float)[y, x])
            known = np.isfinite(value)
            depth = min(max(value, 0.0), 1.0) if known else 0.0
            colour = COLOURS(depth) if known else GRID
            axes.add_patch(
                Rectangle((x - 0.48, y - 0.46), 0.96, 0.92, color=colour, linewidth=0)
            )
            axes.text(
                x,
                y,
                f"{100.0 * value:.0f}".replace("-", "−") if known else "–",
                ha="center",
                va="center",
                fontsize=7.0,
                color="white" if depth > 0.6 else INK if known else FAINT,
            )
    axes.set_xticks(np.arange(len(table.columns)), [f"{m:g}" for m in table.columns])
    axes.set_yticks(np.arange(len(table.index)), [f"{w:g}" for w in table.index])
    axes.tick_params(length=0, labelsize=7.0)
    for side in axes.spines.values():
        side.set_visible(False)
    axes.set_xlim(-0.5, len(table.columns) - 0.5)
    axes.set_ylim(len(table.index) - 0.5, -0.5)
