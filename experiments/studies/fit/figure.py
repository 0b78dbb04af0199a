"""Answers and unknowns of a fit: the prior in grey behind what the panel adds."""

from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from experiments.designs.factors import declared
from experiments.figures.style import (
    FAINT,
    GENUINE,
    GRID,
    INK,
    PADDING,
    chart,
    panels,
    wrapped,
)
from experiments.studies.fit.bank import DIFFERENCES
from experiments.studies.fit.kept import Told, Unknown
from experiments.studies.fit.words import SAID, is_assumed

NOTE = (
    "Dot: the middle; thick: half of the draws; thin: 90 %. Grey: 90 % of the "
    "simulated companies before your data. Orange: almost all of it comes from the "
    "assumptions. "
    "Axes are even near 0 and logarithmic further out."
)
OF_UNKNOWNS = (
    "Bar: 90 % of the draws, dot: the middle, between the 5 % and the 95 % of the "
    "simulated companies, or beyond. Orange: almost all of it comes from the "
    "assumptions."
)
EDGE = 0.25
TICKS = (0, 1, 3, 10, 30, 100, 300)


@chart
def answers(rows: Sequence[Told]) -> Figure:
    """Draw every difference, a panel for tokens, genuine tokens and output."""
    schemes = list(dict.fromkeys(row.scheme for row in rows if row.scheme))
    figure, [each] = panels(
        1,
        len(DIFFERENCES),
        height=0.42 * max(len(schemes), 2),
        left=1.25,
        top=0.3,
        bottom=0.5,
        across=0.2,
        text=NOTE,
        share_x=False,
    )
    for axes, what in zip(each, DIFFERENCES, strict=True):
        own = [row for row in rows if row.scheme and row.what == what]
        for y, row in enumerate(own):
            _line(axes, y, row)
        axes.axvline(0.0, color=INK, linewidth=0.8)
        axes.set_title(SAID[what])
        axes.set_xlabel("%")
        _ticks(axes, own)
    each[0].set_yticks(range(len(schemes)), [wrapped(x, 16) for x in schemes])
    each[0].set_ylim(len(schemes) - 0.5, -0.5)
    return figure


def _line(axes: Axes, y: int, row: Told) -> None:
    bent = np.arcsinh
    colour = PADDING if is_assumed(row) else GENUINE
    ends = bent([row.prior_low, row.prior_high])
    axes.plot(ends, [y, y], color=GRID, linewidth=9, solid_capstyle="butt")
    axes.plot(bent([row.low, row.high]), [y, y], color=colour, linewidth=1.2)
    axes.plot(bent([row.lower, row.upper]), [y, y], color=colour, linewidth=3.5)
    axes.plot(bent(row.middle), y, "o", color=colour, markersize=4.5)


def _ticks(axes: Axes, rows: Sequence[Told]) -> None:
    low = min(min(row.prior_low, row.low) for row in rows)
    high = max(max(row.prior_high, row.high) for row in rows)
    ticks = sorted({sign * tick for tick in TICKS for sign in (-1, 1)})
    there = [tick for tick in ticks if 1.3 * low - 0.5 <= tick <= 1.3 * high + 0.5]
    shown = [x for x in there if x == 0 or abs(x) in (3, 30, 300)] or there
    names = [f"{x:+g}".replace("-", "−") if x else "0" for x in shown]
    axes.set_xticks(np.arcsinh(shown), names)


@chart
def unknowns(rows: Sequence[Unknown]) -> Figure:
    """Draw what the panel says about numbers of the model."""
    figure, [[axes]] = panels(
        1,
        1,
        height=0.24 * len(rows),
        left=3.5,
        top=0.1,
        bottom=0.35,
        text=OF_UNKNOWNS,
    )
    for y, row in enumerate(rows):
        prior = (row.prior_low, row.prior_middle, row.prior_high)
        low, middle, high = (
            _between(x, prior) for x in (row.low, row.middle, row.high)
        )
        colour = PADDING if is_assumed(row) else GENUINE
        axes.plot([0.0, 1.0], [y, y], color=GRID, linewidth=8, solid_capstyle="butt")
        axes.plot([low, high], [y, y], color=colour, linewidth=2.5)
        axes.plot(middle, y, "o", color=colour, markersize=4.5)
    axes.set_yticks(
        range(len(rows)), [_short(declared()[row.key].description) for row in rows]
    )
    axes.set_ylim(len(rows) - 0.5, -0.5)
    axes.set_xticks([0.0, 0.5, 1.0], ["5 %", "middle", "95 %"])
    axes.tick_params(axis="x", labelcolor=FAINT)
    return figure


def _between(value: float, prior: tuple[float, float, float]) -> float:
    """Place a value between 5 % (0) and 95 % (1) of the prior, its middle at 0.5.

    A little beyond either end what lies further out is drawn at the edge.
    """
    low, middle, high = prior
    part = high - middle if value > middle else middle - low
    away = 0.5 * (value - middle) / part if part > 0.0 else 0.0
    return min(max(0.5 + away, -EDGE), 1.0 + EDGE)


def _short(text: str) -> str:
    return text if len(text) <= 50 else text[:49].rsplit(" ", 1)[0] + " ..."
