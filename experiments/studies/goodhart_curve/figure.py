"""Charts of Goodhart curves: usage, output and validity against pressure.

A cell holds two strips on one pressure axis: reported usage above, real output below.
Cells of a row share their axes, so that workforces can be compared; rows do not.
"""

from collections.abc import Iterable, Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from experiments.figures.style import (
    FAINT,
    GENUINE,
    INK,
    PADDING,
    WIDTH,
    axes_at,
    chart,
    note,
    note_height,
    panels,
    wrapped,
)
from experiments.studies.goodhart_curve.curves import (
    OUTPUT,
    USAGE,
    VALIDITY,
    CurvePoint,
    TurningPoint,
)
from experiments.studies.goodhart_curve.turning import Shape

USAGE_COLOUR, OUTPUT_COLOUR = PADDING, GENUINE
SAID = {
    Shape.RISES: "output rises, no turning point",
    Shape.FALLS: "output falls, no turning point",
    Shape.FLAT: "output flat, no turning point",
}
WORKFORCES = (("#0072b2", "o"), ("#b8860b", "s"), ("#882255", "^"))
"""Colour and marker of each workforce; a fourth one has those of the first again."""
FEW = 3
"""Most families that are drawn large."""
ACROSS = 4
"""Panels in a row of the chart of validity."""


@chart
def goodhart_curve(rows: Sequence[CurvePoint], turns: Sequence[TurningPoint]) -> Figure:
    """Draw families by workforces, with the turning point of every curve."""
    families = list(dict.fromkeys(turn.family for turn in turns))
    workforces = list(dict.fromkeys(turn.workforce for turn in turns))
    text = _caption(turns)
    large = 1.9 if len(families) <= FEW else 1.0
    figure, strips = _strips(len(families), len(workforces), large, text)
    by_curve = {(turn.family, turn.workforce): turn for turn in turns}
    for row, family in enumerate(families):
        for column, workforce in enumerate(workforces):
            upper, lower = strips[row][column]
            turn = by_curve.get((family, workforce))
            if turn is None:  # too few of its runs came to their end
                upper.set_axis_off()
                lower.set_axis_off()
                continue
            own = [r for r in rows if (r.family, r.workforce) == (family, workforce)]
            _line(upper, [r for r in own if r.outcome == USAGE], USAGE_COLOUR)
            _line(lower, [r for r in own if r.outcome == OUTPUT], OUTPUT_COLOUR)
            _turn(upper, lower, turn)
            _dress(upper, lower, turn, is_first=column == 0)
        _share(strips[row])
        _name(strips[row][0][0], families[row], turns)
    for column, workforce in enumerate(workforces):
        strips[0][column][0].annotate(
            wrapped(workforce, 26),
            (0.5, 1.0),
            xycoords="axes fraction",
            xytext=(0, 28),
            textcoords="offset points",
            ha="center",
            va="bottom",
            fontweight="bold",
        )
    return figure


Strips = Sequence[Sequence[tuple[Axes, Axes]]]


def _strips(rows: int, columns: int, large: float, text: str) -> tuple[Figure, Strips]:
    """Make two strips for each cell, by row and column; sizes in inches."""
    left, right, top, across = 0.84, 0.14, 0.66, 0.24
    bottom = 0.42 + note_height(text)
    usage, output, gap, between = 0.32 * large, 0.54 * large, 0.05, 0.54
    cell = usage + gap + output
    tall = top + rows * cell + (rows - 1) * between + bottom
    figure = Figure(figsize=(WIDTH, tall))
    wide = (WIDTH - left - right - (columns - 1) * across) / columns

    def axes(x: float, y: float, height: float) -> Axes:
        return axes_at(figure, x, y, wide, height)

    strips = []
    for row in range(rows):
        foot = tall - top - (row + 1) * cell - row * between
        places = [left + column * (wide + across) for column in range(columns)]
        strips.append(
            [
                (axes(x, foot + output + gap, usage), axes(x, foot, output))
                for x in places
            ]
        )
    note(figure, text)
    return figure, strips


def _line(axes: Axes, rows: Sequence[CurvePoint], colour: str) -> None:
    pressure = [row.pressure for row in rows]
    axes.fill_between(
        pressure,
        _numbers(row.percent_low for row in rows),
        _numbers(row.percent_high for row in rows),
        color=colour,
        alpha=0.22,
        linewidth=0,
    )
    values = _numbers(row.percent for row in rows)
    axes.plot(pressure, values, color=colour, linewidth=1.4, marker="o", markersize=2.2)


def _numbers(values: Iterable[float | None]) -> list[float]:
    return [np.nan if value is None else value for value in values]


def _turn(upper: Axes, lower: Axes, turn: TurningPoint) -> None:
    """Mark the turning point with its interval, or say that there is none."""
    upper.annotate(
        SAID.get(turn.shape) or f"output turns at {turn.turning_point:.2g}",
        (0.0, 1.0),
        xycoords="axes fraction",
        xytext=(0, 3),
        textcoords="offset points",
        va="bottom",
        fontsize=7.0,
        color=INK if turn.shape is Shape.TURNS else FAINT,
        fontweight="bold" if turn.shape is Shape.TURNS else "normal",
    )
    if turn.turning_point is not None:
        for axes in (upper, lower):
            axes.axvspan(turn.low, turn.high, color=INK, alpha=0.09, linewidth=0)
            axes.axvline(turn.turning_point, color=INK, linewidth=1.0, linestyle="--")


def _dress(upper: Axes, lower: Axes, turn: TurningPoint, *, is_first: bool) -> None:
    for axes in (upper, lower):
        axes.axhline(0.0, color=FAINT, linewidth=0.7)
        axes.set_xlim(0.0, turn.end)
        axes.margins(y=0.1)
        axes.locator_params(axis="y", nbins=3)
        axes.tick_params(labelsize=6.8, labelleft=is_first, length=2.5, pad=2)
        axes.grid(axis="y")
    upper.tick_params(labelbottom=False, bottom=False)
    upper.spines["bottom"].set_visible(False)
    lower.locator_params(axis="x", nbins=4)
    lower.xaxis.set_major_formatter(lambda level, _: f"{level:.3g}")
    if is_first:
        for axes, name, colour in (
            (upper, "usage", USAGE_COLOUR),
            (lower, "output", OUTPUT_COLOUR),
        ):
            axes.annotate(
                f"{name}\n[%]",
                (0.0, 0.5),
                xycoords="axes fraction",
                xytext=(-44, 0),
                textcoords="offset points",
                ha="center",
                va="center",
                fontsize=7.0,
                color=colour,
            )


def _share(cells: Sequence[tuple[Axes, Axes]]) -> None:
    """Give all workforces of a family one scale."""
    for strips in zip(*cells, strict=True):
        ends = [axes.get_ylim() for axes in strips]
        for axes in strips:
            axes.set_ylim(min(low for low, _ in ends), max(high for _, high in ends))


def _name(axes: Axes, family: str, turns: Sequence[TurningPoint]) -> None:
    lever = next(turn.lever for turn in turns if turn.family == family)
    text = family if family == lever else f"{family}  ({lever})"
    axes.annotate(
        text,
        (0.0, 1.0),
        xycoords="axes fraction",
        xytext=(-54, 14),
        textcoords="offset points",
        ha="left",
        va="bottom",
        fontsize=8.0,
        fontweight="bold",
    )


def _caption(turns: Sequence[TurningPoint]) -> str:
    return (
        "Change of reported usage (orange) and of real output (blue) from pressure 0, "
        "in %, over the whole run, as the pressure of one lever grows to the right: "
        f"same people and luck at every pressure, {turns[0].replicates} replicates. "
        "Bands: 95 % intervals at each pressure. Dashed: the turning point, at which "
        "output is highest; grey: its interval (at least 95 %). Kinds of people "
        "share the scales of a row; the scales of rows differ."
    )


@chart
def goodhart_validity(rows: Sequence[CurvePoint]) -> Figure:
    """Draw the validity of the score against pressure, a panel a family."""
    families = list(dict.fromkeys(row.family for row in rows))
    workforces = list(dict.fromkeys(row.workforce for row in rows))
    columns = min(ACROSS, len(families))
    text = (
        "Rank correlation of score and real output over people (Spearman, 1: the score "
        "tells who produces, 0: it tells nothing), mean over the whole run and "
        "replicates, as the pressure of one lever grows to the right."
    )
    figure, grid = panels(
        -(-len(families) // columns),
        columns,
        height=1.25 if columns == ACROSS else 2.2,
        left=0.62,
        top=0.72,
        bottom=0.5,
        down=0.62,
        text=text,
        share_x=False,
    )
    places = [axes for line in grid for axes in line]
    for axes, family in zip(places, families, strict=False):
        _validity(axes, [r for r in rows if r.family == family], workforces)
    for axes in places[len(families) :]:
        axes.set_visible(False)
    for line in grid:
        line[0].set_ylabel("validity")
    handles, labels = places[0].get_legend_handles_labels()
    figure.legend(handles, labels, loc="upper center", ncols=len(labels))
    return figure


def _validity(
    axes: Axes, rows: Sequence[CurvePoint], workforces: Sequence[str]
) -> None:
    axes.axhline(0.0, color=FAINT, linewidth=0.7)
    axes.grid(axis="y")
    for number, workforce in enumerate(workforces):
        colour, marker = WORKFORCES[number % len(WORKFORCES)]
        own = [r for r in rows if (r.workforce, r.outcome) == (workforce, VALIDITY)]
        axes.plot(
            [row.pressure for row in own],
            _numbers(row.mean for row in own),
            color=colour,
            marker=marker,
            markersize=3.0,
            linewidth=1.2,
            label=workforce,
        )
    axes.set_title(rows[0].family, fontsize=8.0)
    axes.set_xlabel(rows[0].lever, fontsize=7.0, labelpad=2)
    axes.tick_params(labelsize=7.0)
    axes.locator_params(axis="x", nbins=4)
    axes.xaxis.set_major_formatter(lambda level, _: f"{level:.3g}")
