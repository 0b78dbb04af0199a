"""What people spend their half-days on, week by week, a panel a scheme."""

from collections.abc import Sequence

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Patch
from numpy.typing import NDArray

from experiments.figures.comparison import Chart, Drawn, StudyData
from experiments.figures.style import (
    GENUINE,
    INK,
    MANUAL,
    MISUSE,
    PADDING,
    TRIVIAL,
    chart,
    note_height,
    nothing,
    panels,
    wrapped,
)
from experiments.statistics.frames import centre, finite, need, need_schemes, order_of
from experiments.words.screen import percent

Floats = NDArray[np.float64]

COLUMNS = (
    "manual_share",
    "genuine_share",
    "misuse_share",
    "trivial_share",
    "padding_share",
)
LAYERS = {
    "padding": PADDING,
    "AI below break-even": MISUSE,
    "AI on core work": GENUINE,
    "trivial use": TRIVIAL,
    "manual work": MANUAL,
}
"""From the bottom upwards; between padding and manual work is genuine AI use."""


@chart
def shares(
    weeks: pd.DataFrame, baseline: str | None, order: Sequence[str] = ()
) -> Figure:
    """Draw mean shares of half-days by activity over the weeks."""
    need(weeks, ("scheme", "replicate", "week", *COLUMNS), "weeks")
    there = order_of(weeks)
    if baseline is not None:
        need_schemes([baseline], weeks, "weeks")
    chosen = [name for name in order or there if name in there]
    if baseline is not None:
        chosen = [baseline, *(name for name in chosen if name != baseline)]
    columns = min(len(chosen), 3 if len(chosen) <= 15 else 5)
    rows = -(-len(chosen) // columns)
    width = {1: 80, 2: 46, 3: 28, 4: 22, 5: 17}[columns]
    names = [wrapped(name, width) for name in chosen]
    lines = max(name.count("\n") + 1 for name in names)
    figure, grid = panels(
        rows,
        columns,
        height=1.05 if rows > 1 else 2.2,
        top=0.4 + 0.15 * lines,
        down=0.17 + 0.15 * lines,
        bottom=0.5,
        left=0.6,
        across=0.15,
        text=_caption(baseline),
    )
    flat = [axes for row in grid for axes in row]
    base = _stack(weeks, baseline) if baseline else None
    for axes, scheme, name in zip(flat, chosen, names, strict=False):
        axes.set_title(name, fontsize=8.5 if columns < 5 else 7.5)
        _panel(axes, _stack(weeks, scheme), base if scheme != baseline else None)
    for k, axes in enumerate(flat):
        if k >= len(chosen):
            axes.set_visible(False)
        elif k + columns >= len(chosen):
            axes.tick_params(labelbottom=True)
    figure.supxlabel(
        "Week after the warm-up", fontsize=9.0, y=_above_note(figure, baseline)
    )
    figure.supylabel("Share of half-days, %", fontsize=9.0, x=0.008)
    figure.legend(
        handles=[Patch(color=c, label=name) for name, c in reversed(LAYERS.items())],
        loc="upper left",
        ncols=5,
        columnspacing=1.4,
        bbox_to_anchor=(0.07, 1.0 - 0.05 / figure.get_figheight()),
        borderaxespad=0.0,
        handlelength=1.1,
    )
    return figure


def _above_note(figure: Figure, baseline: str | None) -> float:
    return (note_height(_caption(baseline)) + 0.03) / float(figure.get_figheight())


def _stack(weeks: pd.DataFrame, scheme: str) -> tuple[Floats, Floats]:
    """Give the weeks, and the shares of the layers [%], shape (5, T)."""
    rows = centre(weeks)
    rows = rows[rows["scheme"] == scheme]
    means = 100.0 * rows.groupby("week")[list(COLUMNS)].mean().astype(float)
    finite(means.to_numpy(), f"shares of {scheme}")
    padding, misuse = means["padding_share"], means["misuse_share"]
    sound, manual = means["genuine_share"] - misuse, means["manual_share"]
    layers = np.array([padding, misuse, sound, means["trivial_share"], manual])
    return means.index.to_numpy(float), layers


def _panel(
    axes: Axes,
    stack: tuple[Floats, Floats],
    base: tuple[Floats, Floats] | None,
) -> None:
    weeks, layers = stack
    if np.isnan(layers).all():
        nothing(axes, "the shares are null")
        return
    if len(weeks) == 1:  # a bar instead of an area without width
        start = 0.0
        for height, colour in zip(layers[:, 0], LAYERS.values(), strict=True):
            axes.bar(weeks, height, bottom=start, width=0.6, color=colour)
            start += height
        axes.set_xlim(weeks[0] - 1, weeks[0] + 1)
        axes.set_xticks(weeks)
    else:
        axes.stackplot(weeks, layers, colors=list(LAYERS.values()), linewidth=0)
        axes.set_xlim(weeks[0], weeks[-1])
    if base is not None:
        for boundary in np.cumsum(base[1], axis=0)[[0, 3]]:
            if len(base[0]) == 1:
                axes.axhline(boundary[0], color=INK, linewidth=0.9, linestyle="--")
            else:
                axes.plot(base[0], boundary, color=INK, linewidth=0.9, linestyle="--")
    axes.set_ylim(0.0, 100.0)
    axes.set_yticks([0, 50, 100])


def _caption(baseline: str | None) -> str:
    text = (
        "Blue: genuine AI use, in three shades. Means over people and replicates at "
        "the world as given; no bands, as shares differ little between replicates. "
    )
    if baseline:
        return (
            f"{text}Dashed: the upper edges of padding and of all AI use under "
            f"{baseline}."
        )
    return f"{text}This study has no baseline."


def alternative(weeks: pd.DataFrame) -> str:
    """Say the mean shares of genuine AI use, whole and trivial, and of padding."""
    rows = weeks[weeks["point"] == 0].groupby("scheme", sort=False)
    means = 100.0 * rows[["genuine_share", "trivial_share", "padding_share"]].mean()
    texts = [
        f"{name} {percent(float(row['genuine_share'] + row['trivial_share']))} %, "
        f"{percent(float(row['trivial_share']))} % and "
        f"{percent(float(row['padding_share']))} %"
        for name, row in means.iterrows()
    ]
    return (
        "Stacked areas of half-days by activity over the weeks, by scheme. Genuine AI "
        "use as a whole, trivial use in it, and padding, mean of all weeks: "
        f"{'; '.join(texts)}."
    )


def _draw(data: StudyData) -> Drawn:
    return Drawn(
        shares(data.weeks, data.baseline, data.others), alternative(data.weeks)
    )


CHART = Chart(
    "shares", "What people spend their half-days on", "ways", _draw, of_one_scheme=True
)
