"""Effects over plausible worlds: a dot a world, stacked, with counts beside it."""

import math
from collections.abc import Iterator, Mapping

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from experiments.figures.comparison import Chart, Drawn, StudyData
from experiments.figures.style import (
    DOWN,
    FAINT,
    INK,
    UP,
    WIDTH,
    axes_at,
    chart,
    empty,
    note,
    note_height,
    wrapped,
)
from experiments.statistics.worlds import CLEAR, Classes, classes
from experiments.store.dataset import Floats
from experiments.words.screen import count

LITTLE = "#8d979f"
"""Colour of worlds in which output hardly moves."""
BENT = 0.5
"""Effect [%] from which the axis turns from even to logarithmic."""
BINS = 5
"""Stacks between no effect and a clear one: no stack holds worlds of two classes."""
TICKS = (0, 1, 2, 5, 10, 20, 50, 200)
DOT = 3.1
"""Room of a dot [points]; dots of a stack that is too tall for its row overlap."""
POINTS = 72.0
ROW, TALLEST = 0.42, 0.36
"""Height of a row and of its tallest stack [inches]."""
LEFT, RIGHT, TOP, BOTTOM = 1.55, 1.75, 0.34, 0.55
COLUMNS = (0.42, 1.0, 1.58)
"""Places of the counts, right of the axes [inches]."""


@chart
def dots(effects: Mapping[str, Floats], baseline: str) -> Figure:
    """Draw the effects (n,) [%] of schemes on real output, a row a scheme.

    The axis is even near 0 and logarithmic further out.
    """
    if not effects:
        return empty("no other worlds were run (study.worlds=0)")
    worlds = max(map(len, effects.values()))
    text = (
        f"A dot is a world ({count(worlds, 'world')} that reproduce what is known of "
        f"voluntary use): the effect on real output over the whole run in % of "
        f"{baseline}'s there. Grey: within {CLEAR} %. The axis is even near 0 and "
        "logarithmic further out."
    )
    foot = BOTTOM + note_height(text)
    tall = TOP + ROW * len(effects) + foot
    figure = Figure(figsize=(WIDTH, tall))
    wide = WIDTH - LEFT - RIGHT
    axes = axes_at(figure, LEFT, foot, wide, ROW * len(effects))
    stacks = {name: list(_stacks(values)) for name, values in effects.items()}
    for row, (name, own) in enumerate(stacks.items()):
        highest = max((len(colours) for _, colours in own), default=1)
        apart = min(DOT, POINTS * TALLEST / highest)
        for middle, colours in own:
            heights = np.arange(len(colours)) - 0.5 * (len(colours) - 1)
            axes.scatter(
                np.full(len(colours), middle),
                row + heights * apart / (POINTS * ROW),
                s=(0.85 * DOT) ** 2,
                c=colours,
                linewidths=0,
            )
        _counts(axes, row, effects[name], wide)
    _finish(axes, effects, wide)
    note(figure, text)
    return figure


def _finish(axes: Axes, effects: Mapping[str, Floats], wide: float) -> None:
    every = np.concatenate(list(effects.values()))
    ends = np.nanmin(every, initial=-1.0), np.nanmax(every, initial=1.0)
    low, high = (bent(end) for end in ends)
    axes.set_xlim(low - 0.2, high + 0.2)
    axes.set_ylim(len(effects) - 0.5, -0.5)
    ticks = sorted({sign * tick for tick in TICKS for sign in (-1, 1)})
    shown = [tick for tick in ticks if low - 0.2 <= bent(tick) <= high + 0.2]
    names = [f"{tick:+g}".replace("-", "−") if tick else "0" for tick in shown]
    axes.set_xticks([bent(tick) for tick in shown], names)
    axes.set_yticks(range(len(effects)), [wrapped(name, 22) for name in effects])
    axes.tick_params(axis="y", length=0)
    axes.spines["left"].set_visible(False)
    axes.axvline(0.0, color=INK, linewidth=0.8, zorder=0)
    axes.set_xlabel("effect on real output, %")
    for place, head, colour in zip(
        COLUMNS, ("falls", "little", "rises"), (DOWN, FAINT, UP), strict=True
    ):
        axes.text(
            1.0 + place / wide,
            1.0 + 0.08 / (ROW * len(effects)),
            head,
            transform=axes.transAxes,
            ha="right",
            va="bottom",
            fontsize=8.0,
            color=colour,
        )


def _counts(axes: Axes, row: int, values: Floats, wide: float) -> None:
    if np.isnan(values).all():
        return
    found = classes(values)
    for place, number, colour in zip(
        COLUMNS,
        (found.falls, found.little, found.rises),
        (DOWN, FAINT, UP),
        strict=True,
    ):
        axes.text(
            1.0 + place / wide,
            row,
            f"{number}",
            transform=axes.get_yaxis_transform(),
            ha="right",
            va="center",
            fontsize=8.5,
            color=colour,
            fontweight="bold" if number == max(found[1:4]) else "normal",
        )


def bent(effect: float) -> float:
    """Give the place of an effect [%] on the axis."""
    return math.asinh(effect / BENT)


def _stacks(values: Floats) -> Iterator[tuple[float, list[str]]]:
    """Yield the place of every stack, and the colours of its dots from below."""
    step = bent(CLEAR) / BINS
    known = np.sort(values[~np.isnan(values)])
    bins = np.floor(np.arcsinh(known / BENT) / step)
    for place in np.unique(bins):
        own = known[bins == place]
        yield (place + 0.5) * step, [colour(value) for value in own.tolist()]


def colour(value: float) -> str:
    """Give the colour of a world by its effect [%]."""
    if abs(value) <= CLEAR:
        return LITTLE
    return UP if value > 0.0 else DOWN


def described(effects: Mapping[str, Floats]) -> str:
    """Describe the chart: of every scheme the counts of the three classes."""
    told = {n: classes(x) for n, x in effects.items() if not np.isnan(x).all()}
    texts = (f"{name} {_counted(found)}" for name, found in told.items())
    return (
        "Rows of stacked dots, a dot a world, by the effect on real output. Clearly "
        f"falls, hardly moves, clearly rises: {'; '.join(texts)}."
    )


def _counted(found: Classes) -> str:
    return f"{found.falls}, {found.little}, {found.rises} of {found.worlds}"


def _draw(data: StudyData) -> Drawn:
    found = dict(data.in_worlds)
    effects = {name: found[name] for name in data.others if name in found}
    return Drawn(dots(effects, data.compared_with), described(effects))


CHART = Chart(
    "worlds",
    "The effect on real output in every plausible world",
    "worlds",
    _draw,
    of_centre=False,
)
