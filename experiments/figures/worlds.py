"""The map of signs: every scheme in each of the nine worlds."""

from collections.abc import Sequence

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap, to_rgb
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from experiments.design import WORLD_FACTORS
from experiments.figures.style import (
    DOWN,
    FAINT,
    INK,
    UP,
    chart,
    empty,
    panels,
    wrapped,
)
from experiments.signs import SHORT, effect_by_world

COLOURS = LinearSegmentedColormap.from_list("sign", [DOWN, "#ffffff", UP])
"""Orange for less, blue for more output; zero is white."""


@chart
def worlds(runs: pd.DataFrame, baseline: str, order: Sequence[str] = ()) -> Figure:
    """Effect on real output by scheme and world, as colour and number."""
    table = effect_by_world(runs, baseline)
    if table.empty:
        return empty("no scheme has output that can be compared with the baseline's")
    points = sorted(int(point) for point in table["point"].unique())
    if len(points) == 1:
        return empty(
            "only the world as given was run (study.world_replicates=0): nothing says "
            "whether the signs hold elsewhere"
        )
    there = list(dict.fromkeys(table["scheme"]))
    schemes = [name for name in order or there if name in there]
    lines = [wrapped(name, 26) for name in schemes]
    each = 0.27 if len(schemes) <= 20 else 0.21
    tall = max(each, 0.14 * max(line.count("\n") + 1 for line in lines)) * len(schemes)
    figure, [[axes]] = panels(
        1, 1, height=tall, left=2.05, top=0.85, bottom=0.12, text=_caption(table)
    )
    _cells(axes, table, schemes, points)
    axes.set_yticks(np.arange(len(schemes)), lines)
    axes.set_xticks(np.arange(len(points)), _heads(runs, points), fontsize=7.0)
    axes.tick_params(length=0, top=True, labeltop=True, bottom=False, labelbottom=False)
    for side in axes.spines.values():
        side.set_visible(False)
    axes.set_xlim(-0.5, len(points) - 0.5)
    axes.set_ylim(len(schemes) - 0.5, -0.5)
    axes.axvline(0.5, color=INK, linewidth=1.2)
    rows = [SHORT.get(n, n.split(".")[-1]) for n in _factors(runs)]
    axes.annotate(
        "world\n" + "\n".join(rows),
        (0, 1),
        xycoords="axes fraction",
        xytext=(-5, 3.5),
        textcoords="offset points",
        ha="right",
        va="bottom",
        fontsize=7.0,
        color=FAINT,
    )
    return figure


def _cells(
    axes: Axes, table: pd.DataFrame, schemes: Sequence[str], points: Sequence[int]
) -> None:
    cells = table.set_index(["scheme", "point"])
    sizes = table["percent"].abs().dropna()
    largest = float(sizes.quantile(0.9)) if len(sizes) else 0.0
    for y, scheme in enumerate(schemes):
        for x, point in enumerate(points):
            if (scheme, point) not in cells.index:
                axes.text(x, y, "null", ha="center", va="center", fontsize=7.0)
                continue
            percent = float(cells.loc[(scheme, point), "percent"])  # type: ignore[arg-type]
            clear = cells.loc[(scheme, point), "clear"]
            part = 0.0
            if percent and np.isfinite(percent) and largest:
                # From a tint that can be seen on; the sign matters more than the size.
                strength = 0.18 + 0.82 * min(1.0, abs(percent) / largest)
                part = float(np.sign(percent)) * strength
            colour = COLOURS(0.5 + 0.5 * part)
            axes.add_patch(
                Rectangle((x - 0.48, y - 0.46), 0.96, 0.92, color=colour, linewidth=0)
            )
            bright = sum(to_rgb(colour)) / 3.0 > 0.55
            axes.text(
                x,
                y,
                _written(percent) + ("" if clear is None or clear else " ?"),
                ha="center",
                va="center",
                fontsize=7.5,
                color=INK if bright else "white",
            )


def _written(percent: float) -> str:
    if not np.isfinite(percent):
        return "null"
    if percent == 0.0:
        return "0"
    text = f"{percent:+.1f}" if abs(percent) < 99.5 else f"{percent:+.0f}"
    return text.replace("+0.0", "+0").replace("-0.0", "-0").replace("-", "−")


def _factors(runs: pd.DataFrame) -> list[str]:
    return [name for name in WORLD_FACTORS if name in runs.columns]


def _heads(runs: pd.DataFrame, points: Sequence[int]) -> list[str]:
    levels = runs.drop_duplicates("point").set_index("point")
    heads = []
    for point in points:
        values = [f"{float(levels[name][point]):g}" for name in _factors(runs)]
        title = "as given" if point == 0 else str(point)
        heads.append("\n".join([title, *values]).replace("-", "−"))
    return heads


def _caption(table: pd.DataFrame) -> str:
    text = (
        "Effect on real output over the whole run, % of the baseline's in the same "
        "world. Blue: more output; orange: less; white: exactly the same (+0 and −0: "
        "less than 0.05 %). "
    )
    doubt = "A question mark: the 95 % interval over replicates holds 0. "
    text += doubt if (table["clear"] == False).any() else ""  # noqa: E712 - not None
    if table[table["point"] > 0]["clear"].isna().all():
        text += "The eight corners were run once each: they have no intervals."
    return text.strip()
