"""A phase map: the effect on output over two factors, with the line where it is 0."""

from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.cm import ScalarMappable
from matplotlib.colors import CenteredNorm
from matplotlib.figure import Figure
from matplotlib.patches import Patch, Rectangle
from numpy.typing import NDArray

from experiments.figures.sign_map import COLOURS
from experiments.figures.style import (
    FAINT,
    INK,
    WIDTH,
    axes_at,
    chart,
    note,
    note_height,
)
from experiments.studies.phase_map.cells import MapCell, versus

Floats = NDArray[np.float64]

SIDE = 4.3
"""Inches of the map."""
MOST_NUMBERS = 150
"""Most cells of a map in which the effect is written."""


@chart
def phase_map(cells: Sequence[MapCell]) -> Figure:
    """Draw the map of one scheme. Raises ``ValueError`` if a cell is missing."""
    x, y, percent, sign = grid(cells)
    first = cells[0]
    text = (
        f"Effect on real output over the whole run, in %: {versus(first)}, in the same "
        "world; blue more, orange less. Each cell: the "
        f"mean of {first.replicates} paired replicates. Hatched: the 95 % interval "
        "holds 0. Line: where the mean effect is 0, between cells by interpolation."
    )
    bottom = 0.62 + note_height(text)
    left, top, tall = 1.0, 0.3, SIDE * 0.86
    figure = Figure(figsize=(WIDTH, top + tall + bottom))
    axes = axes_at(figure, left, bottom, SIDE * 1.2, tall)
    bar = axes_at(figure, left + SIDE * 1.2 + 0.2, bottom, 0.16, tall)
    norm = CenteredNorm(0.0, float(np.nanmax(np.abs(percent))) or 1.0)
    edges = _edges(x), _edges(y)
    axes.pcolormesh(*edges, percent, cmap=COLOURS, norm=norm, linewidth=0)
    _hatch(axes, *edges, sign)
    _zero(axes, x, y, percent)
    if percent.size <= MOST_NUMBERS:
        _write(axes, x, y, percent, norm.halfrange or 1.0)
    axes.set_xlabel(first.x)
    axes.set_ylabel(first.y)
    axes.set_xlim(edges[0][0], edges[0][-1])
    axes.set_ylim(edges[1][0], edges[1][-1])
    scale = figure.colorbar(ScalarMappable(norm, COLOURS), cax=bar)
    scale.set_label("effect on real output [%]")
    scale.outline.set_visible(False)
    axes.legend(
        handles=[Patch(facecolor="white", edgecolor=FAINT, hatch="////")],
        labels=["not clearly different from 0"],
        loc="lower right",
        bbox_to_anchor=(1.0, 1.0),
        borderaxespad=0.2,
    )
    note(figure, text)
    return figure


def grid(cells: Sequence[MapCell]) -> tuple[Floats, Floats, Floats, NDArray[np.int64]]:
    """Arrange levels of x and y, and effects [%] and signs of shape (y, x)."""
    x = np.unique([cell.x_level for cell in cells])
    y = np.unique([cell.y_level for cell in cells])
    percent = np.full((len(y), len(x)), np.nan)
    sign = np.zeros(percent.shape, np.int64)
    for cell in cells:
        place = np.searchsorted(y, cell.y_level), np.searchsorted(x, cell.x_level)
        percent[place] = np.nan if cell.percent is None else cell.percent
        sign[place] = cell.sign
    if len(cells) != percent.size:
        raise ValueError(f"{len(cells)} cells do not fill {percent.shape}")
    return x, y, percent, sign


def _edges(levels: Floats) -> Floats:
    """Put edges half-way between the levels, and as far beyond the ends."""
    middle = (levels[1:] + levels[:-1]) / 2.0
    first, last = 2.0 * levels[0] - middle[0], 2.0 * levels[-1] - middle[-1]
    return np.concatenate([[first], middle, [last]])


def _hatch(axes: Axes, x: Floats, y: Floats, sign: NDArray[np.int64]) -> None:
    for row, column in np.argwhere(sign == 0):
        axes.add_patch(
            Rectangle(
                (x[column], y[row]),
                x[column + 1] - x[column],
                y[row + 1] - y[row],
                fill=False,
                hatch="////",
                edgecolor=FAINT,
                alpha=0.45,
                linewidth=0,
            )
        )


def _zero(axes: Axes, x: Floats, y: Floats, percent: Floats) -> None:
    """Draw the zero contour, if the mean effect has both signs."""
    if np.nanmin(percent) < 0.0 < np.nanmax(percent):
        axes.contour(x, y, percent, levels=[0.0], colors=[INK], linewidths=1.8)


def _write(axes: Axes, x: Floats, y: Floats, percent: Floats, most: float) -> None:
    for (row, column), value in np.ndenumerate(percent):
        if np.isnan(value):
            continue
        text = f"{value:+.1f}".replace("-", "−")
        axes.text(
            float(x[column]),
            float(y[row]),
            "0" if text in ("+0.0", "−0.0") else text,
            ha="center",
            va="center",
            fontsize=6.5,
            color="white" if abs(value) > 0.65 * most else INK,
        )
