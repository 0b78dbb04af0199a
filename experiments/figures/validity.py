"""The validity of the headline measure by scheme: whether it tells who produces."""

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from experiments.figures.comparison import Chart, Drawn, StudyData
from experiments.figures.style import FAINT, INK, chart, panels, styles, wrapped
from experiments.statistics.frames import by_replicate, finite, need, order_of
from experiments.statistics.paired import interval
from experiments.words.screen import number, signed

MEASURES = {
    "score_validity_mean": "Rank correlation of score and output\n(Spearman, −1 to 1)",
    "top_decile_precision_mean": "Top tenth by score that is so by output\n(share)",
}


@chart
def validity(
    runs: pd.DataFrame, baseline: str | None, order: Sequence[str] = ()
) -> Figure:
    """Draw the validity of the headline measure over the whole run, as given."""
    need(runs, ("scheme", "replicate", *MEASURES), "runs")
    there = order_of(runs)
    chosen = [name for name in order or there if name in there]
    if baseline is not None:
        if baseline not in there:
            raise ValueError(f"runs has no rows of the baseline {baseline}")
        chosen = [baseline, *(name for name in chosen if name != baseline)]
    lines = [wrapped(name, 26) for name in chosen]
    each = 0.25 if len(chosen) <= 20 else 0.19
    tall = max(each, 0.14 * max(n.count("\n") + 1 for n in lines)) * len(chosen) + 0.1
    replicates = max(
        len(by_replicate(runs, name, next(iter(MEASURES)))) for name in chosen
    )
    figure, [row] = panels(
        1,
        2,
        height=tall,
        left=2.05,
        top=0.15,
        bottom=0.7,
        text=_caption(replicates, baseline),
        share_x=False,
    )
    style = styles(there)
    for axes, (column, label) in zip(row, MEASURES.items(), strict=True):
        _panel(axes, runs, chosen, column, style, baseline)
        axes.set_xlabel(label)
    row[0].set_yticks(np.arange(len(chosen)), lines)
    row[0].tick_params(axis="y", length=0)
    row[1].tick_params(axis="y", length=0)
    row[0].set_ylim(len(chosen) - 0.5, -0.6)
    return figure


def _panel(
    axes: Axes,
    runs: pd.DataFrame,
    schemes: Sequence[str],
    column: str,
    style: Mapping[str, tuple[str, str]],
    baseline: str | None,
) -> None:
    axes.grid(True, axis="x")
    blank = []
    for y, scheme in enumerate(schemes):
        values = by_replicate(runs, scheme, column).dropna().to_numpy(float)
        finite(values, f"{column} of {scheme}")
        if not len(values):
            blank.append(y)
            continue
        mean, low, high = interval(values)
        colour, marker = style[scheme]
        if low is not None and high is not None:
            axes.hlines(y, low, high, color=colour, linewidth=1.6)
            if scheme == baseline:
                axes.axvspan(low, high, color=INK, alpha=0.08, linewidth=0)
        if scheme == baseline:
            axes.axvline(mean, color=INK, linewidth=0.9, linestyle="--")
        size = 9 if marker == "*" else 5.5
        axes.plot(mean, y, marker, color=colour, markersize=size)
    axes.axvline(0.0, color=FAINT, linewidth=0.7)
    axes.margins(x=0.08)
    for y in blank:
        axes.text(
            0.03,
            y,
            "no value: the same score for everybody",
            transform=axes.get_yaxis_transform(),
            va="center",
            fontsize=7.0,
            color=FAINT,
        )


def _caption(replicates: int, baseline: str | None) -> str:
    beside = f" Dashed line and band: the same of {baseline}." if baseline else ""
    if replicates > 1:
        return (
            f"Means over the whole run and {replicates} replicates, with 95 % "
            f"intervals of the mean (Student's t).{beside} Chance would give a "
            "correlation of 0 and a share of 0.1. A scheme may count something "
            "else than tokens: its own headline measure is meant."
        )
    return f"One replicate over the whole run: there are no intervals.{beside}"


def alternative(runs: pd.DataFrame) -> str:
    """Say the mean correlation of every scheme."""
    rows = runs[runs["point"] == 0]
    means = rows.groupby("scheme", sort=False)["score_validity_mean"].mean()
    texts = [
        f"{name} {'no value' if np.isnan(value) else signed(float(value), number)}"
        for name, value in means.items()
    ]
    return (
        "Dots of the rank correlation between headline score and output, and of the "
        f"top tenth's precision, by scheme. Correlations: {'; '.join(texts)}."
    )


def _draw(data: StudyData) -> Drawn:
    return Drawn(
        validity(data.runs, data.baseline, data.others), alternative(data.runs)
    )


CHART = Chart(
    "validity", "Does the headline measure still tell who produces?", "ways", _draw
)
