"""A map of signs: every scheme in each of some cases, as colour and number."""

from collections.abc import Sequence

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap, to_rgb
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from experiments.figures.style import DOWN, FAINT, INK, UP, panels, wrapped

COLOURS = LinearSegmentedColormap.from_list("sign", [DOWN, "#ffffff", UP])
"""Orange for less, blue for more output; zero is white."""


def sign_map(
    table: pd.DataFrame,
    order: Sequence[str],
    heads: Sequence[str],
    side: str,
    caption: str,
) -> Figure:
    """Draw effects by scheme and point.

    ``table`` has the columns scheme, point, percent and clear; ``heads`` are the
    titles of its points in rising order, ``side`` names their lines.
    """
    points = sorted(int(point) for point in table["point"].unique())
    there = list(dict.fromkeys(table["scheme"]))
    schemes = [name for name in order or there if name in there]
    lines = [wrapped(name, 26) for name in schemes]
    each = 0.27 if len(schemes) <= 20 else 0.21
    tall = max(each, 0.14 * max(line.count("\n") + 1 for line in lines)) * len(schemes)
    above = 0.28 + 0.14 * max(head.count("\n") + 1 for head in heads)
    figure, [[axes]] = panels(
        1, 1, height=tall, left=2.05, top=above, bottom=0.12, text=caption
    )
    _cells(axes, table, schemes, points)
    axes.set_yticks(np.arange(len(schemes)), lines)
    axes.set_xticks(np.arange(len(points)), heads, fontsize=7.0)
    axes.tick_params(length=0, top=True, labeltop=True, bottom=False, labelbottom=False)
    for edge in axes.spines.values():
        edge.set_visible(False)
    axes.set_xlim(-0.5, len(points) - 0.5)
    axes.set_ylim(len(schemes) - 0.5, -0.5)
    axes.axvline(0.5, color=INK, linewidth=1.2)
    axes.annotate(
        side,
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
            depth = 0.0
            if percent and np.isfinite(percent) and largest:
                # The palest tint is still visible: the sign matters more than the size.
                strength = 0.18 + 0.82 * min(1.0, abs(percent) / largest)
                depth = float(np.sign(percent)) * strength
            colour = COLOURS(0.5 + 0.5 * depth)
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


def reading(table: pd.DataFrame, where: str) -> str:
    """Say what colours and question marks mean; ``where`` names a point."""
    text = (
        "Effect on real output over the whole run, % of the baseline's in the same "
        f"{where}. Blue: more output; orange: less; white: exactly the same (+0 and "
        "−0: less than 0.05 %). "
    )
    doubt = "A question mark: the 95 % interval over replicates holds 0. "
    return text + (doubt if (table["clear"] == False).any() else "")  # noqa: E712
