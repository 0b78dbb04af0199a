"""The chart of Proxyeconomics: our means over competition, beside the reference."""

import math

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from scipy.stats import t as student

from experiments.figures.style import COLOURS, FAINT, chart, panels
from experiments.statistics.check import TOLERANCE
from experiments.studies.proxyeconomics.reference import (
    COMPETITIONS,
    CONFIDENCE,
    GRID,
    Place,
    Summaries,
    cells,
)
from experiments.studies.proxyeconomics.rules import STATISTICS

LABELS = {
    "proxy": "Proxy: what is counted",
    "goal": "Goal: what society wants",
    "effort": "Effort",
    "angle": "Practice angle, degrees\n(0: proxy alone, 45: goal)",
}
CONSCIENCE = {
    0.0: ("without conscience (g = 0)", COLOURS[1], 0.022),
    1.0: ("with conscience (g = 1)", COLOURS[2], -0.022),
}
"""By moral weight: name, colour, and the offset at which the reference is drawn."""


@chart
def proxyeconomics(summaries: Summaries) -> Figure:
    """Draw four statistics over competition, with and without conscience.

    Raises ``ValueError`` if a place of the grid is missing.
    """
    wanted = {(place, name) for place in GRID for name in STATISTICS}
    if not wanted <= summaries.keys():
        raise ValueError(f"the grid lacks {len(wanted - summaries.keys())} estimates")
    runs = sorted({summaries[key].runs for key in wanted})
    figure, grid = panels(
        2,
        2,
        height=2.0,
        left=0.75,
        across=0.75,
        top=0.45,
        down=0.3,
        share_y=False,
        text=_text(" or ".join(map(str, runs))),
    )
    axes = [panel for row in grid for panel in row]
    for panel, (statistic, label) in zip(axes, LABELS.items(), strict=True):
        _ours(panel, summaries, statistic)
        _theirs(panel, summaries, statistic)
        panel.set_ylabel(label)
        panel.set_xticks([0.1, 0.3, 0.5, 0.7, 0.9])
        panel.grid(True, axis="y")
    for panel in grid[-1]:
        panel.set_xlabel("Competition c (share that falls short)")
    axes[-1].axhline(0.0, color=FAINT, linewidth=0.7)
    _legend(figure, axes[0])
    return figure


def _ours(axes: Axes, summaries: Summaries, statistic: str) -> None:
    for weight, (name, colour, _) in CONSCIENCE.items():
        rows = [summaries[Place(weight, c), statistic] for c in COMPETITIONS]
        halves = [
            row.sd
            / math.sqrt(row.runs)
            * float(student.ppf((1.0 + CONFIDENCE) / 2.0, row.runs - 1))
            for row in rows
        ]
        axes.errorbar(
            COMPETITIONS,
            [row.mean for row in rows],
            halves,
            color=colour,
            marker="o",
            markersize=3.5,
            linewidth=1.2,
            label=name,
        )


def _theirs(axes: Axes, summaries: Summaries, statistic: str) -> None:
    for cell in cells(summaries):
        if cell.statistic == statistic:
            _, colour, shift = CONSCIENCE[cell.place.moral_weight]
            axes.errorbar(
                cell.place.competition + shift,
                cell.printed.mean,
                TOLERANCE * cell.error,
                color=colour,
                marker="D",
                markersize=5.0,
                markerfacecolor="white",
                elinewidth=0.7,
                zorder=3,
            )


def _legend(figure: Figure, axes: Axes) -> None:
    handles, names = axes.get_legend_handles_labels()
    hollow = Line2D([], [], color=FAINT, marker="D", markerfacecolor="white")
    hollow.set_linewidth(0.7)
    figure.legend(
        [*handles, hollow],
        [*names, "reference"],
        loc="upper left",
        ncols=3,
        bbox_to_anchor=(0.01, 1.0 - 0.06 / float(figure.get_figheight())),
        borderaxespad=0.0,
    )


def _text(runs: str) -> str:
    return (
        f"Points and lines: ours, means over {runs} runs of the second half of each, "
        "with 95 % intervals (Student's t). Diamonds beside them: the reference, with "
        f"bars of {TOLERANCE:g} standard errors of the difference, within which ours "
        "must lie. Society wants the goal; the proxy stands in for it."
    )
