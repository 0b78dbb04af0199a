"""How an estimate settles, and its interval narrows, as replicates are added."""

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import LogLocator, NullLocator
from scipy.special import stdtrit

from experiments.figures.comparison import Chart, Drawn, StudyData
from experiments.figures.style import (
    FAINT,
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
from experiments.statistics.frames import Floats, by_replicate, need, need_schemes
from experiments.statistics.power import CONFIDENCE
from experiments.words.screen import number

COLUMN = "output_mean"
SHOWN = 3
"""Most schemes whose estimate is drawn."""
FEWEST = 4
"""Fewest replicates for a chart: with fewer, an interval is all noise."""
TOP, MIDDLE, BOTTOM, LINE = 0.15, 0.45, 0.5, 0.14
ESTIMATES, HALVES = 1.5, 2.0
"""Inches: margins, a line of a title, and the heights of both rows of panels."""


@chart
def halfwidth(
    runs: pd.DataFrame,
    baseline: str | None,
    schemes: Sequence[str],
    aim: float | None = None,
) -> Figure:
    """Draw effects on output in % of the baseline's, or output in % of its own mean.

    Above the estimates with their intervals, below the half-widths and, if there is
    one, the half-width that is aimed at.
    """
    need(runs, ("scheme", "replicate", COLUMN), "runs")
    if not schemes:
        return empty("no scheme was compared with the baseline")
    need_schemes([*schemes, *([baseline] if baseline else [])], runs, "runs")
    samples = {name: sample(runs, baseline, name) for name in schemes}
    drawn = {name: values for name, values in samples.items() if len(values) >= FEWEST}
    if not drawn:
        return empty(f"there are fewer than {FEWEST} replicates")
    chosen = shown(drawn)
    text = _text(baseline, len(drawn) > len(chosen), aim)
    foot = BOTTOM + note_height(text)
    titles = {name: wrapped(name, 24) for name in chosen}
    top = TOP + LINE * max(title.count("\n") + 1 for title in titles.values())
    tall = top + ESTIMATES + MIDDLE + HALVES + foot
    figure = Figure(figsize=(WIDTH, tall))
    each = (WIDTH - 0.7 - 0.15 - 0.55 * (len(chosen) - 1)) / len(chosen)
    style = styles(schemes)
    what = "effect on output, %" if baseline else "output, % of its mean"
    for k, name in enumerate(chosen):
        left = 0.7 + k * (each + 0.55)
        axes = axes_at(figure, left, foot + HALVES + MIDDLE, each, ESTIMATES)
        _estimate(axes, drawn[name], style[name].colour, what if k == 0 else "")
        colour = darker(style[name].colour)
        axes.set_title(titles[name], fontsize=8.0, color=colour)
    axes = axes_at(figure, 0.7, foot, WIDTH - 0.7 - 0.15, HALVES)
    colours = {n: style[n].colour if n in chosen else FAINT for n in drawn}
    _halves(axes, drawn, colours, chosen, aim)
    note(figure, text)
    return figure


def sample(runs: pd.DataFrame, baseline: str | None, scheme: str) -> Floats:
    """Give effects, or levels, by replicate in % of a mean, shape (R,)."""
    own = by_replicate(runs, scheme, COLUMN)
    base = own if baseline is None else by_replicate(runs, baseline, COLUMN)
    pairs = pd.DataFrame({"own": own, "base": base}).dropna().sort_index()
    mean = abs(float(pairs["base"].mean())) if len(pairs) else 0.0
    if mean == 0.0:
        return np.empty(0)
    level = pairs["own"] if baseline is None else pairs["own"] - pairs["base"]
    percents: Floats = 100.0 * level.to_numpy(float) / mean
    return percents


def shown(samples: Mapping[str, Floats]) -> list[str]:
    """Choose the first scheme, the last, and those with the widest intervals."""
    names = list(samples)
    widest = sorted(names, key=lambda name: -running(samples[name])[2][-1])
    chosen = list(dict.fromkeys([names[0], names[-1], *widest]))[:SHOWN]
    return sorted(chosen, key=names.index)


def running(values: Floats) -> tuple[Floats, Floats, Floats]:
    """Give counts, means and half-widths of t intervals from the fourth value on."""
    n: Floats = np.arange(1.0, len(values) + 1.0)
    mean = np.cumsum(values) / n
    # Sums are taken about the mean to keep precision where values hardly differ.
    apart = values - values.mean()
    square = np.cumsum(apart**2) - np.cumsum(apart) ** 2 / n
    n, mean, square = n[FEWEST - 1 :], mean[FEWEST - 1 :], square[FEWEST - 1 :]
    deviation = np.sqrt(np.maximum(square, 0.0) / (n - 1))
    half = stdtrit(n - 1, 0.5 + CONFIDENCE / 2) * deviation / np.sqrt(n)
    return n, mean, half


def _estimate(axes: Axes, values: Floats, colour: str, what: str) -> None:
    n, mean, half = running(values)
    axes.fill_between(n, mean - half, mean + half, color=colour, alpha=0.2, lw=0.0)
    axes.plot(n, mean, color=colour, linewidth=1.3)
    axes.axhline(float(mean[-1]), color=INK, linewidth=0.7, linestyle=":")
    _replicates(axes, n)
    axes.set_ylabel(what, fontsize=8.0)
    axes.tick_params(labelsize=7.0)
    axes.locator_params(axis="y", nbins=5)


def _halves(
    axes: Axes,
    samples: Mapping[str, Floats],
    colours: Mapping[str, str],
    chosen: Sequence[str],
    aim: float | None,
) -> None:
    lines = {name: running(values) for name, values in samples.items()}
    for name in sorted(lines, key=lambda name: name in chosen):
        n, _, half = lines[name]
        known = half > 0.0
        strong = name in chosen
        axes.plot(
            n[known],
            half[known],
            color=colours[name],
            linewidth=1.4 if strong else 0.7,
            alpha=1.0 if strong else 0.5,
        )
    if aim is not None:
        axes.axhline(
            aim, color=INK, linewidth=1.0, linestyle="--", label=f"aim: ±{aim:g} %"
        )
    if any((half > 0.0).any() for _, _, half in lines.values()):
        axes.set_yscale("log")
        axes.yaxis.set_major_locator(LogLocator(subs=(1.0, 2.0, 5.0)))
        axes.yaxis.set_major_formatter(lambda value, _: f"{value:g}")
        axes.yaxis.set_minor_locator(NullLocator())
    _replicates(axes, max((n for n, _, _ in lines.values()), key=len))
    axes.grid(axis="y")
    axes.set_xlabel("replicates")
    axes.set_ylabel("half of the interval, %", fontsize=8.0)
    if aim is not None:
        axes.legend(loc="upper right")


def _replicates(axes: Axes, n: Floats) -> None:
    """Make the axis of replicates logarithmic, with a few whole numbers."""
    last = int(n[-1])
    marks = [mark for k in range(9) if (mark := FEWEST * 4**k) * 2 <= last]
    marks = [*(marks or [FEWEST] * (last > FEWEST)), last]
    axes.set_xscale("log")
    axes.set_xlim(FEWEST * 0.97, max(last, FEWEST + 1) * 1.03)
    axes.set_xticks(marks, [f"{mark:,}" for mark in marks], fontsize=7.0)
    axes.set_xticks([], minor=True)


def _text(baseline: str | None, has_others: bool, aim: float | None) -> str:
    of = f"the output of {baseline}" if baseline else "its own mean"
    said = (
        f"Whole run, the world as given, in % of {of}: estimates and Student's 95 % "
        "intervals of the first replicates, above; half of these intervals, below, in "
        "the same colours."
    )
    if has_others:
        said += " Grey: all other schemes."
    if aim is not None:
        said += f" Dashed: the half-width aimed at, {aim:g} %."
    return said


def alternative(
    runs: pd.DataFrame, baseline: str | None, schemes: Sequence[str]
) -> str:
    """Describe the chart in words: half-widths after a quarter and all of them."""
    texts = []
    for scheme in schemes:
        values = sample(runs, baseline, scheme)
        if len(values) >= FEWEST:
            n, _, half = running(values)
            first = int(np.searchsorted(n, len(values) / 4))
            texts.append(
                f"{scheme} ±{number(float(half[first]))} % after {n[first]:.0f}, "
                f"±{number(float(half[-1]))} % after {n[-1]:.0f}"
            )
    if not texts:
        return f"No chart of intervals: there are fewer than {FEWEST} replicates."
    return (
        "Lines over the number of replicates of the effect on real output with its "
        "interval, and of half the width of the interval, in %: "
        f"{'; '.join(texts)}."
    )


def _draw(data: StudyData) -> Drawn:
    aim = data.aim.halfwidth if data.aim else None
    return Drawn(
        halfwidth(data.runs, data.baseline, data.others, aim),
        alternative(data.runs, data.baseline, data.others),
    )


CHART = Chart(
    "halfwidth",
    "How far replicates have settled the numbers",
    "precision",
    _draw,
    of_one_scheme=True,
)
