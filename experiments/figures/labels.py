"""Names beside points, placed one by one where there is room."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.patheffects import withStroke
from matplotlib.transforms import Bbox
from numpy.typing import NDArray

from experiments.figures.style import FAINT

Floats = NDArray[np.float64]

ANGLES = np.linspace(0.0, 2.0 * np.pi, 24, endpoint=False)
DISTANCES = np.array([6.0, 10, 15, 21, 28, 36, 46, 58, 72, 90, 110, 135, 165, 200, 240])
"""Distance from a mark to the nearest edge of its name [points]."""
GAP = 1.5
MARK = 4.0
FAR = 11.0
POINTS = 72.0


def place(
    figure: Figure,
    axes: Axes,
    points: Sequence[tuple[float, float]],
    names: Sequence[str],
    *,
    size: float = 8.0,
    colours: Sequence[str] | None = None,
    avoid: Sequence[Bbox] = (),
    rules: Sequence[tuple[Floats, Floats]] = (),
) -> list[Bbox]:
    """Write a name beside each point, without overlaps; return the boxes [points].

    The most crowded point comes first; a name goes to the nearest place that is free
    of marks, of other names and lines, and of the edges. The axes must have their
    final limits and their final place in the figure. ``rules`` are lines [points]
    that names should avoid.
    """
    if len(points) != len(names):
        raise ValueError(f"{len(points)} points but {len(names)} names")
    if not points:
        return []
    renderer: Any = FigureCanvasAgg(figure).get_renderer()  # type: ignore[no-untyped-call]
    to_points = POINTS / figure.dpi
    spots: Floats = np.asarray(axes.transData.transform(points), float) * to_points
    edge = axes.get_window_extent(renderer)
    frame = np.array([edge.x0, edge.y0, edge.x1, edge.y1]) * to_points
    gaps = spots[:, None] - spots[None]
    crowd = np.sort(np.hypot(gaps[..., 0], gaps[..., 1]), axis=1)[:, :4].sum(axis=1)
    taken = [np.array(box.extents, float) for box in avoid]
    lines: list[tuple[Floats, Floats]] = []
    boxes: dict[int, Bbox] = {}
    for k in map(int, np.argsort(crowd, kind="stable")):
        probe = axes.text(0, 0, names[k], fontsize=size, linespacing=1.05)
        extent = probe.get_window_extent(renderer)
        probe.remove()
        half = np.array([extent.width, extent.height]) * to_points / 2.0 + GAP
        middle = _best(spots, k, half, frame, taken, lines, rules)
        box = np.concatenate([middle - half, middle + half])
        taken.append(box)
        boxes[k] = Bbox.from_extents(*box)
        near = np.clip(spots[k], middle - half, middle + half)
        is_far = np.hypot(*(near - spots[k])) > FAR
        if is_far:
            lines.append((spots[k], near))
        axes.annotate(
            names[k],
            points[k],
            xytext=tuple(middle - spots[k]),
            textcoords="offset points",
            fontsize=size,
            color=colours[k] if colours else None,
            ha="center",
            va="center",
            linespacing=1.05,
            zorder=6,
            path_effects=[withStroke(linewidth=2.2, foreground="white", alpha=0.85)],
            arrowprops={
                "arrowstyle": "-",
                "lw": 0.6,
                "color": FAINT,
                "shrinkA": 0.0,
                "shrinkB": MARK,
            }
            if is_far
            else None,
        )
    return [boxes[k] for k in range(len(points))]


def _best(
    spots: Floats,
    k: int,
    half: Floats,
    frame: Floats,
    taken: Sequence[Floats],
    lines: Sequence[tuple[Floats, Floats]],
    rules: Sequence[tuple[Floats, Floats]],
) -> Floats:
    """Return the middle of the cheapest place for a name around a point."""
    around = np.column_stack([np.cos(ANGLES), np.sin(ANGLES)])
    # The distance is measured from the edge of the name, not from its middle.
    reach = np.minimum(
        half[0] / np.maximum(np.abs(around[:, 0]), 1e-9),
        half[1] / np.maximum(np.abs(around[:, 1]), 1e-9),
    )
    away = reach[None, :] + DISTANCES[:, None]
    middles = (spots[k] + away[..., None] * around).reshape(-1, 2)
    low, high = middles - half, middles + half
    cost = np.repeat(DISTANCES, len(ANGLES)).astype(float)
    cost += 0.5 * np.abs(middles[:, 1] - spots[k][1]) / 10.0
    for box in taken:
        width = np.minimum(high[:, 0], box[2]) - np.maximum(low[:, 0], box[0])
        height = np.minimum(high[:, 1], box[3]) - np.maximum(low[:, 1], box[1])
        both = np.clip(width, 0.0, None) * np.clip(height, 0.0, None)
        cost += np.where(both > 0.0, 500.0 + 5.0 * both, 0.0)
    inside = np.all(
        (spots[None] > (low - MARK)[:, None]) & (spots[None] < (high + MARK)[:, None]),
        axis=2,
    )
    cost += 250.0 * inside.sum(axis=1)
    gaps = np.clip(spots[None], low[:, None], high[:, None]) - spots[None]
    apart = np.hypot(gaps[..., 0], gaps[..., 1])
    own = apart[:, k].copy()
    apart[:, k] = np.inf
    # A name that is nearer to another mark would be taken for that mark's.
    cost += 18.0 * (apart.min(axis=1) < own)
    beyond = np.clip(frame[:2] - low, 0.0, None) + np.clip(high - frame[2:], 0.0, None)
    cost += 1e4 * beyond.sum(axis=1)
    near = np.clip(spots[k], low, high)
    for other in np.delete(spots, k, axis=0):
        if np.hypot(*(other - spots[k])) > MARK:
            mark = np.concatenate([other - MARK, other + MARK])
            cost += 60.0 * _passes(spots[k], near, mark)
    for a, b in lines:
        cost += 300.0 * _hits(a, b, low, high)
        cost += 120.0 * _crosses(a, b, spots[k], near)
    for a, b in rules:
        flat = np.minimum(a, b) < high, np.maximum(a, b) > low
        cost += 30.0 * (flat[0] & flat[1]).all(axis=1)
    for box in taken:
        cost += 120.0 * _passes(spots[k], near, box)
    best: Floats = middles[int(np.argmin(cost))]
    return best


def _along(a: Floats, b: Floats) -> Floats:
    """Give twenty-one points from a to b, shape (..., 21, 2)."""
    steps = np.linspace(0.0, 1.0, 21)[:, None]
    line: Floats = a[..., None, :] + steps * (b - a)[..., None, :]
    return line


def _hits(a: Floats, b: Floats, low: Floats, high: Floats) -> NDArray[np.bool_]:
    """Tell which boxes a line runs through."""
    line = _along(a, b)[None]
    within = (line > low[:, None]) & (line < high[:, None])
    return np.asarray(np.any(np.all(within, axis=2), axis=1))


def _passes(a: Floats, ends: Floats, box: Floats) -> NDArray[np.bool_]:
    """Tell which lines from a point run through a box."""
    lines = _along(np.broadcast_to(a, ends.shape), ends)
    within = (lines > box[:2]) & (lines < box[2:])
    return np.asarray(np.any(np.all(within, axis=2), axis=1))


def _crosses(a: Floats, b: Floats, c: Floats, ends: Floats) -> NDArray[np.bool_]:
    """Tell which lines from c cross the line from a to b."""

    def side(p: Floats, q: Floats, r: Floats) -> Floats:
        one, two = q - p, r - p
        cross: Floats = one[..., 0] * two[..., 1] - one[..., 1] * two[..., 0]
        return cross

    apart = side(a, b, c) * side(a, b, ends) < 0.0
    return np.asarray(apart & (side(c, ends, a) * side(c, ends, b) < 0.0))
