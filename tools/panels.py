"""Panels with lines, one below the other: how the drawing of an incentive looks."""

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import numpy as np
from matplotlib.figure import Figure
from numpy.typing import NDArray

from experiments.figures.style import FAINT, GRID, chart, note, note_height

Floats = NDArray[np.float64]

WIDTH = 5.6
"""Inches; narrower than other charts, so that letters can be read on a phone."""
HEIGHT = 1.75
"""Inches of a panel."""
POINTS = 241
"""Points of a line."""


class Curve(NamedTuple):
    """A line of a panel."""

    label: str
    colour: str
    x: Floats
    y: Floats
    style: str = "-"


class Panel(NamedTuple):
    """A panel: lines over one axis, and perhaps a dashed level."""

    title: str
    x: str
    y: str
    curves: Sequence[Curve]
    log: bool = False
    level: float | None = None
    mark: tuple[float, str] | None = None
    legend: str = "best"


class Drawing(NamedTuple):
    """The panels of an incentive, from above, and what stands below them."""

    panels: Sequence[Panel]
    text: str


@chart
def stacked(drawing: Drawing) -> Figure:
    """The panels of a drawing, and its text below them."""
    rows = len(drawing.panels)
    foot = 0.55 + note_height(drawing.text, WIDTH)
    tall = 0.3 + rows * HEIGHT + (rows - 1) * 0.85 + foot
    figure = Figure(figsize=(WIDTH, tall))
    for row, panel in enumerate(drawing.panels):
        bottom = foot + (rows - 1 - row) * (HEIGHT + 0.85)
        axes = figure.add_axes(
            (0.82 / WIDTH, bottom / tall, (WIDTH - 0.97) / WIDTH, HEIGHT / tall)
        )
        _draw(axes, panel)
    note(figure, drawing.text)
    return figure


def _draw(axes: Any, panel: Panel) -> None:
    for curve in panel.curves:
        axes.plot(
            curve.x, curve.y, curve.style, color=curve.colour, lw=1.8, label=curve.label
        )
    if panel.level is not None:
        axes.axhline(panel.level, color=FAINT, linestyle="--", linewidth=1.0)
    if panel.mark is not None:
        place, label = panel.mark
        axes.axvline(place, color=FAINT, linestyle=":", linewidth=1.0)
        axes.text(
            place,
            0.98,
            f" {label}",
            transform=axes.get_xaxis_transform(),
            va="top",
            fontsize=7.5,
            color=FAINT,
        )
    if panel.log:
        axes.set_xscale("log")
        axes.xaxis.set_major_formatter(lambda value, _: f"{value:g}")
    axes.set_title(panel.title)
    axes.set_xlabel(panel.x)
    axes.set_ylabel(panel.y)
    axes.grid(axis="y", color=GRID)
    axes.margins(x=0.0)
    low, high = axes.get_ylim()
    axes.set_ylim(low, high + 0.08 * (high - low))
    if len(panel.curves) > 1:
        axes.legend(loc=panel.legend, handlelength=1.6)


def over(x: Floats, y: Callable[[float], float]) -> Floats:
    """A function at each value, shape (n,)."""
    return np.array([y(float(value)) for value in x])
