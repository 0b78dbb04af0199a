"""The lab's emblem: reported usage against real output, a point a scheme."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Polygon
from matplotlib.transforms import Bbox
from numpy.typing import NDArray

from experiments.figures.comparison import FEW, Chart, Drawn, StudyData
from experiments.figures.labels import POINTS, place
from experiments.figures.regions import LEAST
from experiments.figures.spots import Spot, spots
from experiments.figures.style import (
    FAINT,
    GRID,
    INK,
    WIDTH,
    axes_at,
    chart,
    darker,
    empty,
    note,
    note_height,
    styles,
    wrapped,
)
from experiments.statistics.effects import Effects
from experiments.statistics.frames import centre
from experiments.statistics.paired import interval
from experiments.words.screen import number, signed

Floats = NDArray[np.float64]

NAMED = 16
"""Most schemes with names beside the points; with more there are numbers and a key."""
MOST_LINES = 32
"""Most lines of text for all names; if they need more, numbers replace them."""
QUADRANTS = {
    (1, 1): "dashboard up, work up",
    (1, -1): "dashboard up, work down",
    (-1, 1): "dashboard down, work up",
    (-1, -1): "dashboard down, work down",
}


@chart
def emblem(runs: pd.DataFrame, baseline: str, *, height: float = 5.4) -> Figure:
    """Draw each scheme by its effects on reported usage and on real output."""
    shown = spots(runs, baseline)
    if not shown:
        others = centre(runs)["scheme"].nunique() - 1
        reason = (
            "no scheme was compared with it"
            if others < 1
            else ("usage or output of the baseline is null or 0")
        )
        return empty(f"{reason} ({baseline})")
    text = _caption(shown, baseline)
    lines = sum(wrapped(spot.scheme, 22).count("\n") + 1 for spot in shown)
    numbered = len(shown) > NAMED or lines > MOST_LINES
    keys = _key_rows(shown) if numbered else []
    foot = 0.5 + note_height(text) + 0.15 * len(keys) + (0.12 if keys else 0.0)
    figure = Figure(figsize=(WIDTH, height + foot))
    axes = axes_at(figure, 0.72, foot, WIDTH - 0.87, height - 0.15)
    _frame(axes, shown, baseline)
    corners = _quadrants(figure, axes)
    style = styles([spot.scheme for spot in shown])
    for spot in shown:
        _mark(axes, spot, style[spot.scheme])
    axes.plot(0, 0, "o", color=INK, markersize=7, zorder=5)
    names = [
        str(k) if numbered else wrapped(spot.scheme, 22)
        for k, spot in enumerate(shown, start=1)
    ]
    place(
        figure,
        axes,
        [(0.0, 0.0), *(spot.middle for spot in shown)],
        [wrapped(baseline, 22), *names],
        size=8.0 if len(shown) <= NAMED else 7.5,
        colours=[INK, *(darker(style[spot.scheme].colour) for spot in shown)],
        avoid=corners,
        rules=_zeros(figure, axes),
    )
    _write_key(figure, keys, note_height(text) + 0.06)
    note(figure, text)
    return figure


def _frame(axes: Axes, shown: Sequence[Spot], baseline: str) -> None:
    """Set limits and scales so that every region fits, and draw the lines at 0."""
    ends = np.concatenate([_extent(spot) for spot in shown] + [np.zeros((1, 2))])
    means = np.array([spot.middle for spot in shown])
    labels = [
        f"Change of reported usage, % of that under {baseline}",
        f"Change of real output, % of that under {baseline}",
    ]
    ways: list[tuple[Any, Any]] = [
        (axes.set_xscale, axes.set_xlim),
        (axes.set_yscale, axes.set_ylim),
    ]
    for k, (scale, limit) in enumerate(ways):
        low, high = ends[:, k].min(), ends[:, k].max()
        linear = _threshold(means[:, k])
        if linear is not None:
            scale("symlog", linthresh=linear, linscale=1.4)
            labels[k] += f"  (logarithmic beyond ±{linear:g} %)"
            limit(low * 1.6 - 0.25 * linear, high * 1.6 + 0.25 * linear)
            axis = axes.xaxis if k == 0 else axes.yaxis
            axis.set_ticks(_ticks(low, high, linear))
            axis.minorticks_off()
        else:
            room = 0.14 * ((high - low) or 1.0)
            limit(low - room, high + room)
    for axis in (axes.xaxis, axes.yaxis):
        axis.set_major_formatter(_percent)
    axes.set_xlabel(labels[0])
    axes.set_ylabel(labels[1])
    axes.grid(True, color=GRID)
    axes.axhline(0.0, color=INK, linewidth=0.9, zorder=2)
    axes.axvline(0.0, color=INK, linewidth=0.9, zorder=2)


def _percent(value: float, _: float = 0.0) -> str:
    return f"{value:+g}".replace("-", "−") if value else "0"


def _threshold(means: Floats) -> float | None:
    """Find where a logarithmic scale begins, if one scheme dwarfs all the others."""
    sizes = np.sort(np.abs(means))
    usual = float(np.quantile(sizes, 0.75))
    if len(sizes) < 4 or usual <= 0.0 or sizes[-1] < 4.0 * usual:
        return None
    widest = 1.15 * float(sizes[sizes < 4.0 * usual][-1])
    power = 10.0 ** np.floor(np.log10(widest))
    return float(power * np.ceil(widest / power))


def _ticks(low: float, high: float, linear: float) -> list[float]:
    ticks = [0.0, linear / 2.0, -linear / 2.0]
    step = linear
    while step < 1.3 * max(abs(low), abs(high)):
        ticks += [step, -step]
        step *= 2.0 if step < 4 * linear else 2.5
    return sorted(t for t in ticks if 1.5 * low - linear <= t <= 1.5 * high + linear)


def _extent(spot: Spot) -> Floats:
    outline = spot.outline
    if outline is not None:
        return outline
    sides = [_ends(values) for values in (spot.x, spot.y)]
    return np.array(sides).T


def _ends(values: Floats) -> tuple[float, float]:
    mean, low, high = interval(values)
    return (mean, mean) if low is None or high is None else (low, high)


def _mark(axes: Axes, spot: Spot, style: tuple[str, str]) -> None:
    colour, marker = style
    x, y = spot.middle
    outline = spot.outline
    if outline is not None:
        axes.add_patch(
            Polygon(outline, facecolor=colour, alpha=0.18, linewidth=0, zorder=3)
        )
        axes.add_patch(
            Polygon(outline, fill=False, edgecolor=colour, linewidth=0.8, zorder=3)
        )
    else:
        for values, line in ((spot.x, axes.hlines), (spot.y, axes.vlines)):
            low, high = _ends(values)
            line(y if values is spot.x else x, low, high, color=colour, lw=0.9)
    axes.plot(
        x,
        y,
        marker,
        color=colour,
        markersize=8 if marker == "*" else 5.5,
        markeredgecolor="white",
        markeredgewidth=0.5,
        zorder=5,
    )


def _quadrants(figure: Figure, axes: Axes) -> list[Bbox]:
    """Name the quadrants in their outer corners; return the names' boxes [points]."""
    x0, x1 = axes.get_xlim()
    y0, y1 = axes.get_ylim()
    boxes = []
    for (right, up), name in QUADRANTS.items():
        x, y = (x1 if right > 0 else x0), (y1 if up > 0 else y0)
        wide = abs(
            axes.transData.transform((x, 0.0)) - axes.transData.transform((0, 0))
        )
        if wide[0] < 1.1 * figure.dpi:  # a narrow quadrant: in two lines
            name = name.replace(", ", ",\n")
        text = axes.annotate(
            name,
            (x, y),
            xytext=(-5 * right, -5 * up),
            textcoords="offset points",
            ha="right" if right > 0 else "left",
            va="top" if up > 0 else "bottom",
            color=FAINT,
            style="italic",
            fontsize=8.0,
        )
        extent = text.get_window_extent()
        boxes.append(Bbox(extent.get_points() * POINTS / figure.dpi))
    return boxes


def _zeros(figure: Figure, axes: Axes) -> list[tuple[Floats, Floats]]:
    """Give the ends of the lines through 0 [points]."""
    (x0, x1), (y0, y1) = axes.get_xlim(), axes.get_ylim()
    ends = axes.transData.transform([(x0, 0), (x1, 0), (0, y0), (0, y1)])
    a, b, c, d = np.asarray(ends, float) * POINTS / figure.dpi
    return [(a, b), (c, d)]


def _key_rows(shown: Sequence[Spot]) -> list[list[str]]:
    """Arrange numbers and names in as many columns as the longest name allows."""
    names = [f"{k}  {spot.scheme}" for k, spot in enumerate(shown, start=1)]
    longest = max(map(len, names))
    columns = max(1, min(4, 105 // (longest + 2)))
    rows = -(-len(names) // columns)
    return [names[k::rows] for k in range(rows)]


def _write_key(figure: Figure, rows: Sequence[Sequence[str]], bottom: float) -> None:
    if not rows:
        return
    tall, columns = figure.get_figheight(), len(rows[0])
    for k, row in enumerate(rows):
        y = (bottom + 0.15 * (len(rows) - 1 - k)) / tall
        for c, name in enumerate(row):
            figure.text(0.012 + c * 0.98 / columns, y, name, fontsize=7.0)


def _caption(shown: Sequence[Spot], baseline: str) -> str:
    n = min(len(spot.x) for spot in shown)
    start = (
        f"Each point is a scheme: its mean effect over the whole run, against "
        f"{baseline} (at 0/0) with the same people, tasks and luck. "
    )
    if n >= LEAST:
        return (
            f"{start}Shaded: 95 % confidence region of both effects together "
            f"(Hotelling, {n} paired replicates)."
        )
    if n > 1:
        return (
            f"{start}Crosses: 95 % intervals of each effect (paired t, {n} replicates; "
            f"a joint region needs {LEAST})."
        )
    return f"{start}One replicate: there is no interval."


def alternative(effects: Effects, schemes: Sequence[str]) -> str:
    """Describe the chart in words: schemes by quadrant, and the outermost ones."""
    counts = dict.fromkeys(QUADRANTS, 0)
    for scheme in schemes:
        usage, output = _pair(effects, scheme)
        key = (1 if usage > 0 else -1, 1 if output > 0 else -1)
        if usage != 0.0 and output != 0.0:
            counts[key] += 1
    ends = [*schemes[:FEW], *schemes[max(FEW, len(schemes) - FEW) :]]
    told = "; ".join(
        f"{scheme}: usage {signed(_pair(effects, scheme)[0], number)} %, output "
        f"{signed(_pair(effects, scheme)[1], number)} %"
        for scheme in ends
    )
    return (
        "Scatter of the change of reported usage (across) against the change of real "
        f"output (up), the baseline at 0/0. Schemes by quadrant: dashboard and work "
        f"both up {counts[1, 1]}, dashboard up and work down {counts[1, -1]}, "
        f"dashboard down and work up {counts[-1, 1]}, both down {counts[-1, -1]}. "
        f"By output, first and last: {told}."
    )


def _pair(effects: Effects, scheme: str) -> tuple[float, float]:
    """Give the effects on reported usage and on real output [%]."""
    usage, output = (
        effects[scheme, name, "whole"].percent or 0.0
        for name in ("reported_tokens", "output")
    )
    return usage, output


def _draw(data: StudyData) -> Drawn:
    return Drawn(
        emblem(data.runs, data.compared_with), alternative(data.effects, data.others)
    )


CHART = Chart("emblem", "Reported usage against real output", "answer", _draw)
