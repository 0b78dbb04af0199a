"""The chart of convergence: simulation nears theory as its size grows."""

from collections.abc import Mapping, Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from experiments.figures.style import (
    FAINT,
    INK,
    UP,
    chart,
    empty,
    nothing,
    panels,
    wrapped,
)
from experiments.statistics.check import Gap

COLUMNS = 3
SMALL = 7.0
LINE = 8.6
"""Size of letters and height of their lines above a panel, in points."""
TEXT = (
    "Root mean square difference of simulation and theory over replicates, against the "
    "size. Dashed: the slope −1/2 of what is left to luck alone; dotted: −1, of what a "
    "limit leaves out."
)


@chart
def convergence(by_title: Mapping[str, Sequence[Gap]]) -> Figure:
    """Draw the gaps of every quantity by the title of its result, a panel each."""
    rows = [
        (title, quantity, [gap for gap in gaps if gap.quantity == quantity])
        for title, gaps in by_title.items()
        for quantity in dict.fromkeys(gap.quantity for gap in gaps)
    ]
    if not rows:
        return empty("none of the results chosen has a limit to converge to")
    figure, grid = panels(
        -(-len(rows) // COLUMNS),
        COLUMNS,
        height=1.5,
        left=0.6,
        top=0.75,
        across=0.55,
        down=1.25,
        text=TEXT,
        share_x=False,
        share_y=False,
    )
    places = [axes for line in grid for axes in line]
    for axes in places[len(rows) :]:
        axes.set_visible(False)
    for axes, (title, quantity, own) in zip(places, rows, strict=False):
        unit = "" if own[0].unit == "-" else f" [{own[0].unit}]"
        _head(axes, wrapped(title, 32), wrapped(quantity + unit, 38))
        axes.set_xlabel(own[0].what, fontsize=8.0)
        _gaps(axes, sorted(own, key=lambda gap: gap.size))
    return figure


def _head(axes: Axes, title: str, quantity: str) -> None:
    """Write the quantity above a panel, and above it the title of its result."""
    axes.set_title(quantity, fontsize=SMALL, fontweight="normal", pad=4.0)
    lines = quantity.count("\n") + 1
    axes.annotate(
        title,
        (0.0, 1.0),
        (0.0, 5.0 + LINE * lines),
        xycoords="axes fraction",
        textcoords="offset points",
        fontsize=SMALL,
        fontweight="bold",
        va="bottom",
    )


def _gaps(axes: Axes, own: Sequence[Gap]) -> None:
    seen = [row for row in own if row.gap > 0.0]
    if not seen:
        nothing(axes, "simulation and theory are equal at every size")
        return
    sizes = np.array([row.size for row in seen], float)
    gaps = np.array([row.gap for row in seen])
    axes.set_xlim(sizes.min() / 1.2, sizes.max() * 1.2)
    axes.set_ylim(gaps.min() / 2.0, gaps.max() * 2.0)
    axes.loglog(sizes, gaps, "o-", color=UP, markersize=4.0)
    # Lines go through the mean of the points, so that only slopes differ.
    middle = np.exp(np.log(gaps).mean())
    centre = np.exp(np.log(sizes).mean())
    for slope, style, colour in ((-0.5, "--", INK), (-1.0, ":", FAINT)):
        line = middle * (sizes / centre) ** slope
        axes.loglog(sizes, line, linestyle=style, color=colour, linewidth=0.9)
    axes.set_xticks(sizes, [f"{size:,.0f}" for size in sizes], fontsize=7.0)
    ends = sorted({gaps.min(), gaps.max()})
    axes.set_yticks(ends, [f"{end:.2g}" for end in ends], fontsize=7.0)
    axes.minorticks_off()
