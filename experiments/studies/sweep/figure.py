"""A chart of a sweep: each point is a line through its factors to its effects."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.figure import Figure
from numpy.typing import NDArray

from experiments.figures.style import (
    DOWN,
    FAINT,
    GRID,
    INK,
    UP,
    chart,
    empty,
    panels,
    wrapped,
)

Floats = NDArray[np.float64]

MOST_AXES = 7
"""Most factors that are drawn."""
MOST_LINES = 2_000
SHADES = LinearSegmentedColormap.from_list("effect", [DOWN, GRID, UP])


class Axis(NamedTuple):
    """One upright axis: its name, its values, and its labels.

    Attributes
    ----------
    values : array, shape (P,)
        One a point; points with a NaN are left out and counted.
    """

    name: str
    values: Floats
    labels: Sequence[tuple[float, str]]


@chart
def parallel(
    factors: Sequence[Axis], outcomes: Sequence[Axis], scheme: str, baseline: str
) -> Figure:
    """Draw the points of a sweep of one scheme.

    ``factors`` come by importance; the last of ``outcomes`` gives the colour: blue
    above 0, orange below.
    """
    axes = [*factors[:MOST_AXES], *outcomes]
    table = np.column_stack([axis.values for axis in axes])
    known = np.asarray(np.isfinite(table).all(axis=1), np.bool_)
    if not known.any():
        return empty("no point has an effect in per cent")
    text = _text(scheme, baseline, len(factors), int((~known).sum()), int(known.sum()))
    picked = _spread(np.flatnonzero(known))
    figure, [[panel]] = panels(
        1, 1, height=3.2, left=0.55, right=0.75, top=0.75, bottom=0.1, text=text
    )
    panel.set_axis_off()
    scaled = np.column_stack([_scaled(axis, known) for axis in axes])
    _lines(panel, scaled[picked], outcomes[-1].values[picked])
    for x, axis in enumerate(axes):
        _upright(panel, x, axis, known, is_outcome=x >= len(axes) - len(outcomes))
    panel.set_xlim(-0.02, len(axes) - 0.98)
    panel.set_ylim(-0.03, 1.03)
    return figure


def _text(scheme: str, baseline: str, factors: int, unknown: int, known: int) -> str:
    text = (
        f"Each line is one point of the sweep of {scheme}, from the levels of its "
        f"factors to the effects over the whole run, % of {baseline}'s in the same "
        "world. Blue lines end in more real output, orange ones in less, grey ones "
        "near 0. "
    )
    if factors > MOST_AXES:
        text += f"Of {factors} factors the {MOST_AXES} that matter most are drawn. "
    if known > MOST_LINES:
        text += f"{MOST_LINES:,} of {known:,} points are drawn, evenly chosen. "
    if unknown:
        text += f"{unknown:,} points without an effect in per cent are left out."
    return text


def _spread(points: NDArray[np.int64]) -> NDArray[np.int64]:
    """Choose points evenly, at most as many as can be told apart."""
    if len(points) <= MOST_LINES:
        return points
    return points[np.linspace(0, len(points) - 1, MOST_LINES).astype(np.int64)]


def _ends(axis: Axis, known: NDArray[np.bool_]) -> tuple[float, float]:
    values = [*axis.values[known].tolist(), *(value for value, _ in axis.labels)]
    return min(values), max(values)


def _scaled(axis: Axis, known: NDArray[np.bool_]) -> Floats:
    low, high = _ends(axis, known)
    if low == high:
        return np.full(len(axis.values), 0.5)
    return (axis.values - low) / (high - low)


def _lines(panel: Axes, heights: Floats, effect: Floats) -> None:
    """Draw the lines, the largest effects on top."""
    most = float(np.abs(effect).max()) or 1.0
    order = np.argsort(np.abs(effect), kind="stable")
    x = np.arange(heights.shape[1], dtype=float)
    lines = [np.column_stack([x, heights[k]]) for k in order]
    panel.add_collection(
        LineCollection(
            lines,
            colors=SHADES(0.5 + 0.5 * effect[order] / most),
            linewidths=1.1 if len(lines) <= 300 else 0.6,
            alpha=0.85 if len(lines) <= 300 else 0.5,
        )
    )


def _upright(
    panel: Axes, x: int, axis: Axis, known: NDArray[np.bool_], *, is_outcome: bool
) -> None:
    """Draw an axis with its labels and its name above."""
    low, high = _ends(axis, known)
    panel.axvline(x, color=INK if is_outcome else FAINT, linewidth=0.9, zorder=3)
    for value, label in axis.labels:
        panel.annotate(
            label.replace("-", "−"),
            (x, 0.5 if low == high else (value - low) / (high - low)),
            xytext=(4, 0),
            textcoords="offset points",
            fontsize=7.0,
            va="center",
            zorder=5,
            bbox={"boxstyle": "square,pad=0.12", "fc": "white", "ec": "none"},
        )
    panel.annotate(
        "\n".join(wrapped(line, 13) for line in axis.name.split("\n")),
        (x, 1.03),
        xytext=(0, 6),
        textcoords="offset points",
        fontsize=7.5,
        fontweight="bold" if is_outcome else "normal",
        ha="center",
        va="bottom",
        annotation_clip=False,
    )
