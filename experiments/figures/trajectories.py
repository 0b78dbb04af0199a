"""Reported usage and real output week by week, with what happens on the way."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import NamedTuple

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from numpy.typing import NDArray
from scipy.special import stdtrit

from experiments.figures.comparison import Chart, Drawn, StudyData
from experiments.figures.style import (
    FAINT,
    chart,
    darker,
    nothing,
    panels,
    styles,
    wrapped,
)
from experiments.statistics.frames import centre, finite, need, need_schemes
from experiments.statistics.power import CONFIDENCE
from experiments.words.schemes import timeline
from experiments.words.screen import number
from model.scenario import Scenario

Floats = NDArray[np.float64]

SERIES = {
    "reported_tokens": "Reported usage,\nM tokens per employee-week",
    "output": "Real output,\nhalf-days per employee-week",
}
MOST = 8
"""Most schemes in one chart; more lines cannot be told apart."""
NOTABLE = 5
"""Most schemes that the chart of a comparison shows beside the baseline."""


class Event(NamedTuple):
    """Something that changes in a scheme at the beginning of a week."""

    week: int
    scheme: str
    text: str


class Band(NamedTuple):
    """Mean over replicates by week, and the ends of its interval (NaN without one)."""

    weeks: Floats
    mean: Floats
    low: Floats
    high: Floats
    replicates: int


def band(weeks: pd.DataFrame, scheme: str, column: str) -> Band:
    """Give a scheme's mean by week with Student's 95 % interval over replicates."""
    rows = centre(weeks)
    rows = rows[rows["scheme"] == scheme]
    table = rows.pivot(index="week", columns="replicate", values=column).astype(float)
    finite(table.to_numpy(), f"{column} of {scheme}")
    n = table.notna().sum(axis=1).to_numpy(float)
    mean = table.mean(axis=1).to_numpy(float)
    half = np.full(len(table), np.nan)
    if table.shape[1] > 1:
        some = n > 1
        sd = table.std(axis=1, ddof=1).to_numpy(float)
        reach = stdtrit(np.maximum(n - 1.0, 1.0), 0.5 + CONFIDENCE / 2.0)
        half[some] = (reach * sd / np.sqrt(np.maximum(n, 1.0)))[some]
    number = table.index.to_numpy(float)
    return Band(number, mean, mean - half, mean + half, table.shape[1])


def against(weeks: pd.DataFrame, baseline: str, column: str) -> pd.DataFrame:
    """Subtract from a column the baseline's value in the same replicate and week."""
    rows = centre(weeks)
    key = ["replicate", "week"]
    base = rows[rows["scheme"] == baseline].set_index(key)[column].astype(float)
    if base.index.duplicated().any():
        raise ValueError(f"weeks has a replicate and week of {baseline} twice")
    own = rows[column].astype(float).to_numpy()
    same = base.reindex(pd.MultiIndex.from_frame(rows[key])).to_numpy()
    return rows.assign(**{column: own - same})


@chart
def trajectories(
    weeks: pd.DataFrame,
    schemes: Sequence[str],
    baseline: str | None,
    events: Sequence[Event] = (),
    *,
    known: Sequence[str] = (),
) -> Figure:
    """Draw weekly means of chosen schemes, and of the baseline, at the centre.

    Output is shown as the paired difference from the baseline, if there is one.
    ``known`` are all schemes of the study in order, which decides colours.
    """
    need(weeks, ("scheme", "replicate", "week", *SERIES), "weeks")
    named = list(dict.fromkeys([*([baseline] if baseline else []), *schemes]))
    need_schemes(named, weeks, "weeks")
    if len(named) > MOST:
        raise ValueError(f"{len(named)} schemes, but at most {MOST} can be told apart")
    shown_events = sorted(event for event in events if event.scheme in named)
    direct = len(shown_events) <= 3 and all(
        len(event.scheme + event.text) <= 50 for event in shown_events
    )
    if not direct:  # one mark a week, and the words below
        weeks_of = dict.fromkeys(event.week for event in shown_events)
        marks = [Event(week, "", "") for week in weeks_of]
    else:
        marks = shown_events
    names = {name: wrapped(name, 26) for name in named}
    columns = 3 if max(len(n.split("\n")[0]) for n in names.values()) < 24 else 2
    lines = max(name.count("\n") + 1 for name in names.values())
    rows = -(-len(named) // columns)
    replicates = int(centre(weeks)["replicate"].nunique())
    text = _caption(named, baseline, replicates)
    if not direct:
        said = (f"week {e.week}: {e.scheme}, {e.text}" for e in shown_events)
        text += f" Dotted: {'; '.join(said)}."
    legend = 0.12 + (0.13 * lines + 0.06) * rows
    figure, grid = panels(
        2,
        1,
        height=2.05,
        top=0.1 + legend + 0.18 * (len(marks) if direct else bool(marks)),
        down=0.25,
        left=0.85,
        bottom=0.5,
        text=text,
        share_y=False,
    )
    style = styles(known or named)
    for (column, label), [axes] in zip(SERIES.items(), grid, strict=True):
        shown = weeks
        if baseline and column == "output":
            shown = against(weeks, baseline, column)
            label = f"Change of {label[0].lower()}{label[1:]}"
        _panel(axes, shown, named, column, style, baseline)
        axes.set_ylabel(label)
    grid[1][0].set_xlabel("Week after the warm-up")
    _mark(grid, marks, style, direct)
    handles, labels = grid[0][0].get_legend_handles_labels()
    if handles:
        figure.legend(
            handles,
            [names[label] for label in labels],
            loc="upper left",
            ncols=columns,
            bbox_to_anchor=(0.05, 1.0 - 0.05 / figure.get_figheight()),
            borderaxespad=0.0,
            handlelength=1.6,
        )
    return figure


def _panel(
    axes: Axes,
    weeks: pd.DataFrame,
    schemes: Sequence[str],
    column: str,
    style: Mapping[str, tuple[str, str]],
    baseline: str | None,
) -> None:
    if weeks[weeks["scheme"].isin(schemes)][column].isna().all():
        nothing(axes, f"{column} is null in every week")
        return
    for scheme in schemes:
        series = band(weeks, scheme, column)
        colour, marker = style[scheme]
        step = max(1, len(series.weeks) // 8)
        axes.fill_between(
            series.weeks, series.low, series.high, color=colour, alpha=0.16, linewidth=0
        )
        axes.plot(
            series.weeks,
            series.mean,
            color=colour,
            linewidth=1.8 if scheme == baseline else 1.2,
            linestyle="--" if scheme == baseline else "-",
            marker=marker,
            markersize=6.5 if marker == "*" else 4.0,
            markevery=(step // 2, step),
            label=scheme,
            zorder=4 if scheme == baseline else 3,
        )
    axes.grid(True, axis="y")
    axes.margins(x=0.01)
    if weeks["week"].nunique() == 1:
        axes.set_xlim(-1, 1)
        axes.set_xticks([float(weeks["week"].iloc[0])])


def _mark(
    grid: Sequence[Sequence[Axes]],
    events: Sequence[Event],
    style: Mapping[str, tuple[str, str]],
    direct: bool,
) -> None:
    """Draw a line through both panels at each event, and name the event above it."""
    ordered = sorted(events)
    level = 0
    for week, group in groupby(ordered, key=lambda event: event.week):
        for row in grid:
            row[0].axvline(week, color=FAINT, linewidth=0.9, linestyle=":")
        axes = grid[0][0]
        low, high = axes.get_xlim()
        for event in group:
            left = week < 0.55 * (low + high)
            said = f"{event.scheme}, {event.text}" if direct else f"week {week}"
            axes.annotate(
                said,
                (week, 1.0),
                xycoords=("data", "axes fraction"),
                xytext=(3 if left else -3, 4 + 13 * level),
                textcoords="offset points",
                ha="left" if left else "right",
                fontsize=7.5,
                color=darker(style[event.scheme][0]) if direct else FAINT,
            )
            level += direct


def _caption(schemes: Sequence[str], baseline: str | None, replicates: int) -> str:
    beside = (
        f"Dashed: the baseline {baseline}. "
        if baseline
        else f"Of {schemes[0]} alone: this study has no baseline. "
    )
    if replicates > 1:
        return (
            f"Means over {replicates} replicates at the world as given. {beside}"
            "Bands: 95 % interval of the mean over replicates (Student's t)"
            + ("; of output, of the paired difference." if baseline else ".")
        )
    return f"One replicate at the world as given: no bands. {beside}"


def events(schemes: Mapping[str, Scenario]) -> Iterator[Event]:
    """List what the timelines of schemes change, and when."""
    for name, scenario in schemes.items():
        for week, said in timeline(scenario):
            for text in said:
                short = text.partition(":")[0].rstrip(".")
                yield Event(week, name, short[:1].lower() + short[1:])


def notable(data: StudyData) -> list[str]:
    """Choose schemes worth a line: best, worst, most used, with a timeline."""
    others = data.others
    if data.baseline is None or not others:
        return others[:NOTABLE]

    def effect(scheme: str, outcome: str) -> float:
        return data.effects[scheme, outcome, "whole"].effect or 0.0

    most_used = max(others, key=lambda name: effect(name, "reported_tokens"))
    changing = [name for name in others if data.schemes[name].phases[1:]]
    by_size = sorted(others, key=lambda name: -abs(effect(name, "output")))
    wanted = [others[0], others[-1], most_used, *changing[:2], *by_size]
    return list(dict.fromkeys(wanted))[:NOTABLE]


def alternative(
    weeks: pd.DataFrame, schemes: Sequence[str], happening: Sequence[Event]
) -> str:
    """Describe the chart in words: first and last week of both series, and events."""
    texts = []
    rows = weeks[weeks["point"] == 0]
    for scheme in schemes:
        own = rows[rows["scheme"] == scheme].groupby("week")
        usage, output = (own[name].mean() for name in SERIES)
        texts.append(
            f"{scheme}: usage {number(usage.iloc[0])} to {number(usage.iloc[-1])} M "
            f"tokens, output {number(output.iloc[0])} to {number(output.iloc[-1])} "
            "half-days"
        )
    said = "".join(f" In week {e.week}, {e.scheme}: {e.text}." for e in happening)
    return (
        "Lines over the weeks of reported usage and real output per employee-week, "
        f"first to last week. {'; '.join(texts)}.{said}"
    )


def _draw(data: StudyData) -> Drawn:
    chosen = notable(data)
    shown = [*([data.baseline] if data.baseline else []), *chosen]
    told = [event for event in events(data.schemes) if event.scheme in shown]
    figure = trajectories(
        data.weeks, chosen, data.baseline, told, known=list(data.schemes)
    )
    return Drawn(figure, alternative(data.weeks, shown, told))


CHART = Chart("trajectories", "Week by week", "ways", _draw, of_one_scheme=True)
