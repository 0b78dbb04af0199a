"""Charts of sensitivity: elementary effects, shares of variance, lines of effects."""

from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.transforms import Bbox

from experiments.figures.labels import POINTS, Floats, place
from experiments.figures.style import (
    DOWN,
    FAINT,
    INK,
    UP,
    chart,
    empty,
    panels,
)
from experiments.studies.sensitivity.indices import Analysis, Index
from experiments.studies.sensitivity.plan import SchemeResult
from experiments.studies.sensitivity.thresholds import MOST, Flip, Node
from model.parameters import declarations
from model.scenario import Scenario

NAMED = 10
"""Most parameters that are named among elementary effects."""
BARS = 20
PALE = "#9ecae1"
MARK = 3.0
"""Half the size of a mark [points]."""


@chart
def screening(analysis: Analysis, scheme: str, what: str) -> Figure:
    """Draw mu_star against sigma, a point a parameter; name those that matter most."""
    names = analysis.ranked
    if not names:
        return empty(f"{scheme}: {analysis.warnings[0].rstrip('.')}")
    stars, sigma = analysis.by_name("mu_star"), analysis.by_name("sigma")
    text = (
        f"{scheme}, {what}. Each point is an uncertainty: mu* is the mean size of the "
        "change over its whole range, sigma how much that change differs between "
        "worlds (interaction and curvature; luck is taken off). Lines: 95 % intervals "
        "of mu*. Hollow: not beyond what luck alone makes. Dashed: sigma = mu*. "
        f"{_luck(analysis)}"
    )
    figure, [[axes]] = panels(1, 1, height=4.2, left=0.75, top=0.15, text=text)
    x = np.array([stars[name].value or 0.0 for name in names])
    y = np.array([sigma[name].value or 0.0 for name in names])
    half = np.array([stars[name].half for name in names])
    axes.set_xlim(-0.06 * x.max(), 1.12 * (x + half).max())
    axes.set_ylim(-0.04 * max(y.max(), x.max()), 1.15 * max(y.max(), 0.3 * x.max()))
    axes.plot([0.0, 10.0 * x.max()], [0.0, 10.0 * x.max()], "--", color=FAINT, lw=0.8)
    axes.hlines(y, np.maximum(0.0, x - half), x + half, color=PALE, linewidth=1.0)
    for k, name in enumerate(names):
        colour = UP if _beyond(stars[name]) else "white"
        axes.plot(x[k], y[k], "o", markersize=5.0, mfc=colour, mec=UP, mew=0.9)
    axes.set_xlabel("mu*: mean size of the change over the range")
    axes.set_ylabel("sigma: how much it differs between worlds")
    axes.grid()
    spots = np.column_stack([x, y])
    marks = [Bbox.from_extents(*(s - MARK), *(s + MARK)) for s in _at(axes, spots)]
    ends = [np.column_stack([x + side * half, y]) for side in (-1.0, 1.0)]
    from_, to = (_at(axes, end) for end in ends)
    place(
        figure,
        axes,
        [(float(a), float(b)) for a, b in spots[:NAMED]],
        names[:NAMED],
        size=7.5,
        avoid=marks[NAMED:],
        rules=list(zip(from_[:NAMED], to[:NAMED], strict=True)),
    )
    return figure


def _at(axes: Axes, spots: Floats) -> Floats:
    """Convert places (n, 2) from data to the figure [points]."""
    figure = axes.get_figure(root=True)
    dpi = figure.dpi if figure else POINTS
    places: Floats = axes.transData.transform(spots) * POINTS / dpi
    return places


def _beyond(row: Index) -> bool:
    """Test whether the lower end of mu_star is above that of luck."""
    return row.low is not None and row.low > (row.noise or 0.0)


def _luck(analysis: Analysis) -> str:
    share = analysis.noise_share
    return "" if share is None else f"Luck: {100.0 * share:.2g} % of the variance."


@chart
def shares_of_variance(analysis: Analysis, scheme: str, what: str) -> Figure:
    """Draw first and total indices with their intervals, and the share of luck."""
    names = analysis.ranked[:BARS]
    if not names:
        return empty(f"{scheme}: {analysis.warnings[0].rstrip('.')}")
    first, total = analysis.by_name("S1"), analysis.by_name("ST")
    text = (
        f"{scheme}, {what}. Shares of the variance between worlds: of each uncertainty "
        "alone (dark) and with all its interactions (light), corrected for luck, with "
        "95 % intervals. Crosses: without the correction. The last bar is luck's share "
        "of the variance of the mean over replicates."
    )
    if len(analysis.ranked) > BARS:
        text += f" The {len(analysis.ranked) - BARS} others have smaller total shares."
    rows = len(names) + 1
    figure, [[axes]] = panels(
        1, 1, height=0.34 * rows + 0.1, left=2.2, top=0.3, text=text
    )
    for y, name in enumerate(names):
        _bar(axes, y - 0.19, total[name], PALE)
        _bar(axes, y + 0.19, first[name], UP)
    luck = analysis.noise_share or 0.0
    axes.barh(rows - 1, luck, height=0.36, color=DOWN)
    axes.annotate(
        f"{100.0 * luck:.2g} %",
        (luck, rows - 1),
        (4.0, 0.0),
        textcoords="offset points",
        va="center",
        fontsize=8.0,
    )
    axes.set_yticks(range(rows), [*names, "luck"])
    axes.set_ylim(rows - 0.4, -0.6)
    axes.axvline(0.0, color=INK, linewidth=0.8)
    axes.set_xlim(right=max(1.0, axes.get_xlim()[1]))
    axes.set_xlabel("share of the variance")
    axes.grid(axis="x")
    axes.tick_params(axis="y", length=0)
    return figure


def _bar(axes: Axes, y: float, row: Index, colour: str) -> None:
    if row.value is not None and row.low is not None and row.high is not None:
        axes.barh(y, row.value, height=0.36, color=colour)
        axes.hlines(y, row.low, row.high, color=INK, linewidth=1.0)
    if row.plain is not None:
        axes.plot(row.plain, y, "x", color=DOWN, markersize=4.0, mew=1.1)


@chart
def lines(result: SchemeResult, what: str) -> Figure:
    """Draw the effect along the parameters that flip it, or that move it most."""
    by_name: dict[str, list[Node]] = {}
    for node in result.nodes:
        by_name.setdefault(node.parameter, []).append(node)
    flips = {flip.parameter: flip for flip in result.flips}
    reach = {
        name: max(n.effect for n in line) - min(n.effect for n in line)
        for name, line in by_name.items()
    }
    others = sorted((n for n in by_name if n not in flips), key=lambda n: -reach[n])
    shown = [*flips, *others][:MOST]
    units = {row.key: row.unit for row in declarations(Scenario)}
    text = (
        f"Effect of {result.scheme}: {what}, along one uncertainty, all others as "
        "declared (the filled mark). Bars: 95 % intervals over replicates. "
    )
    if flips:
        text += "The band is the interval of the threshold at which the sign flips."
    else:
        text += "No uncertainty flips it; these move it most."
    figure, [row] = panels(
        1, len(shown), height=2.1, left=0.75, top=0.35, text=text, share_x=False
    )
    for axes, name in zip(row, shown, strict=True):
        _line(axes, sorted(by_name[name], key=lambda n: n.value), flips.get(name))
        axes.set_title(name, pad=6.0)
        axes.set_xlabel("" if units[name] == "-" else units[name])
    row[0].set_ylabel(f"effect [{what.rpartition(', ')[2]}]")
    return figure


def _line(axes: Axes, nodes: Sequence[Node], flip: Flip | None) -> None:
    x = np.array([node.value for node in nodes])
    y = np.array([node.effect for node in nodes])
    low, high = (np.array([getattr(n, end) for n in nodes]) for end in ("low", "high"))
    if flip is not None:
        axes.axvspan(flip.low, flip.high, color=PALE, alpha=0.5, linewidth=0.0)
        axes.axvline(flip.threshold, color=UP, linewidth=0.9)
    axes.axhline(0.0, color=INK, linewidth=0.9)
    axes.plot(x, y, color=UP, linewidth=1.2)
    axes.vlines(x, low, high, color=UP, linewidth=1.0)
    for node in nodes:
        face = UP if node.declared else "white"
        axes.plot(node.value, node.effect, "o", markersize=5.0, mfc=face, mec=UP)
    axes.grid()
