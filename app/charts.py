"""Charts as options of ECharts: data in, a dictionary out, one function a chart."""

from collections.abc import Sequence
from itertools import groupby
from math import isfinite
from typing import Any, NamedTuple

from app.comparison import Band, Comparison
from experiments.figures.style import (
    GENUINE,
    MANUAL,
    MISUSE,
    PADDING,
    REWORK,
    STRAIN,
)
from experiments.figures.trajectories import Event
from experiments.store.dataset import SUFFIX

Option = dict[str, Any]

FIRST, SECOND = "#7b8794", "#0072b2"
"""Colours of the two sides, in light and in dark."""
WEEKS = "week"
ACTIVITIES = {
    "manual": ("manual work", MANUAL),
    "genuine": ("genuine use", GENUINE),
    "misuse": ("genuine use that does harm", MISUSE),
    "padding": ("padding", PADDING),
}
CHANNELS = {
    "output_gain": ("what AI adds", GENUINE),
    "output_misuse": ("AI where it harms", MISUSE),
    "output_padding": ("time spent padding", PADDING),
    "output_rework": ("rework for others", REWORK),
    "output_strain": ("strain", STRAIN),
    "output": ("real output", SECOND),
}


class Theme(NamedTuple):
    """Colours that depend on light and dark."""

    ink: str
    faint: str
    grid: str

    @classmethod
    def of(cls, dark: bool) -> "Theme":
        """The colours of a theme."""
        if dark:
            return cls("#e4e7eb", "#9aa5b1", "#3e4c59")
        return cls("#1f2933", "#52606d", "#d9dee3")


def base(dark: bool, description: str) -> Option:
    """What all charts share; the description is read aloud to who cannot see it."""
    theme = Theme.of(dark)
    return {
        "animation": False,
        "aria": {"enabled": True, "label": {"description": description}},
        "textStyle": {"color": theme.ink, "fontFamily": "inherit"},
        "tooltip": {"trigger": "axis", "confine": True},
        "legend": {"show": False},
        "grid": {"left": 8, "right": 16, "top": 24, "bottom": 8, "containLabel": True},
    }


def axis(dark: bool, **more: Any) -> Option:
    """An axis with the colours of the theme."""
    theme = Theme.of(dark)
    return {
        "axisLabel": {"color": theme.faint},
        "axisLine": {"lineStyle": {"color": theme.faint}},
        "splitLine": {"lineStyle": {"color": theme.grid}},
        "nameTextStyle": {"color": theme.faint},
        **more,
    }


def trajectories(
    comparison: Comparison,
    outcome: str,
    unit: str,
    dark: bool,
) -> Option:
    """An outcome of both sides week by week, with 95 % intervals of the mean.

    Upright lines stand at weeks in which a scheme changes.
    """
    labels = comparison.pair.labels
    series: list[Option] = []
    for label, colour in zip(labels, (FIRST, SECOND), strict=True):
        series += banded(comparison.weeks[label][outcome], label, colour)
    series[-1]["markLine"] = marks(comparison.events, dark)
    ends = [f"{comparison.weeks[n][outcome].mean[-4:].mean():.3g}" for n in labels]
    option = base(
        dark,
        f"{outcome} by week in {unit}: in the last month {ends[0]} under {labels[0]} "
        f"and {ends[1]} under {labels[1]}.",
    )
    weeks = len(comparison.weeks[labels[0]][outcome].mean)
    option["xAxis"] = axis(
        dark,
        type="category",
        data=[*range(weeks)],
        name=WEEKS,
        nameLocation="middle",
        nameGap=26,
        boundaryGap=False,
    )
    option["yAxis"] = axis(dark, type="value", scale=True)
    option["grid"] |= {"bottom": 30}
    option["series"] = series
    return option


def banded(band: Band, label: str, colour: str) -> list[Option]:
    """A line with its band: the foot of the band, the band, the line."""
    foot = numbers(band.low)
    height = numbers(band.high - band.low)
    hidden = {
        "type": "line",
        "stack": f"band of {label}",
        "symbol": "none",
        "lineStyle": {"opacity": 0},
        "silent": True,
        "tooltip": {"show": False},
        "emphasis": {"disabled": True},
    }
    return [
        {**hidden, "data": foot},
        {**hidden, "data": height, "areaStyle": {"color": colour, "opacity": 0.22}},
        {
            "type": "line",
            "name": label,
            "data": numbers(band.mean),
            "symbol": "none",
            "lineStyle": {"color": colour, "width": 2},
            "itemStyle": {"color": colour},
        },
    ]


def marks(events: Sequence[Event], dark: bool) -> Option:
    """Upright lines at weeks (from 0) in which something changes, with words."""
    theme = Theme.of(dark)
    return {
        "symbol": "none",
        "silent": True,
        "lineStyle": {"color": theme.faint, "type": "dashed"},
        "data": [
            {
                "xAxis": week,
                "label": {
                    "formatter": "\n".join(
                        dict.fromkeys(event.text for event in together)
                    ),
                    "color": theme.ink,
                    "position": "end",
                },
            }
            for week, together in groupby(events, lambda event: event.week)
        ],
    }


def strip(comparison: Comparison, dark: bool) -> Option:
    """The effects on reported usage and on real output, each on an axis of its own."""
    second = comparison.pair.labels[1]
    rows = {"reported_tokens": "reported usage", "output": "real output"}
    said = []
    option = base(dark, "")
    option |= {"grid": [], "xAxis": [], "yAxis": [], "series": []}
    option["tooltip"] = {"show": False}
    for k, (name, words) in enumerate(rows.items()):
        effect = comparison.effects[second, name, "whole"]
        if effect.percent is None:
            continue
        low = effect.percent if effect.percent_low is None else effect.percent_low
        high = effect.percent if effect.percent_high is None else effect.percent_high
        reach = max(abs(low), abs(high), 0.5) * 1.15
        option["grid"].append(
            {"left": 118, "right": 24, "top": 12 + 74 * k, "height": 34}
        )
        option["xAxis"].append(
            axis(
                dark,
                gridIndex=k,
                type="value",
                min=-significant(reach, 2),
                max=significant(reach, 2),
                axisLabel={"formatter": "{value} %", "color": Theme.of(dark).faint},
            )
        )
        option["yAxis"].append(
            axis(dark, gridIndex=k, type="category", data=[words], axisTick=None)
            | {"axisLabel": {"color": Theme.of(dark).ink}, "axisLine": {"show": False}}
        )
        place = {"xAxisIndex": k, "yAxisIndex": k, "silent": True}
        colour = PADDING if name == "reported_tokens" else SECOND
        option["series"] += [
            {
                "type": "line",
                "data": [[low, 0], [high, 0]],
                "symbol": "none",
                "lineStyle": {"color": colour, "width": 5, "opacity": 0.6},
                **place,
            },
            {
                "type": "scatter",
                "data": [[effect.percent, 0]],
                "symbolSize": 13,
                "itemStyle": {"color": colour},
                "markLine": {
                    "symbol": "none",
                    "label": {"show": False},
                    "lineStyle": {"color": Theme.of(dark).ink, "type": "solid"},
                    "data": [{"xAxis": 0}],
                },
                **place,
            },
        ]
        said.append(f"{words} {effect.percent:+.2g} % ({low:+.2g} to {high:+.2g})")
    option["aria"]["label"]["description"] = f"Effect of {second}: {'; '.join(said)}."
    return option


def channels(comparison: Comparison, dark: bool) -> Option:
    """Through which channels output changes, in % of the first side's output."""
    first, second = comparison.pair.labels
    whole = comparison.panel.mean(first, "output" + SUFFIX["whole"]) or 1.0
    values = {}
    for name in reversed(CHANNELS):
        effect = comparison.effects[second, name, "whole"].effect or 0.0
        values[name] = 100.0 * effect / whole
    said = "; ".join(f"{CHANNELS[n][0]} {v:+.2g} %" for n, v in values.items())
    option = base(dark, f"Change of output through each channel: {said}.")
    option["tooltip"] |= {"trigger": "item", "formatter": "{b}: {c} %"}
    # Room for the numbers beside the bars.
    reach = 1.45 * max(map(abs, values.values())) or 1.0
    option["xAxis"] = axis(
        dark,
        type="value",
        min=-significant(reach, 2) if min(values.values()) < 0.0 else 0,
        max=significant(reach, 2) if max(values.values()) > 0.0 else 0,
        splitNumber=4,
        axisLabel={"formatter": "{value} %", "color": Theme.of(dark).faint},
    )
    option["yAxis"] = axis(
        dark,
        type="category",
        data=[CHANNELS[name][0] for name in values],
        axisLine={"onZero": False, "show": False},
        axisTick={"show": False},
    )
    option["series"] = [
        {
            "type": "bar",
            "barMaxWidth": 22,
            "label": {
                "show": True,
                "position": "right",
                "formatter": "{c} %",
                "color": Theme.of(dark).ink,
            },
            "data": [
                {
                    "value": significant(value, 2),
                    "itemStyle": {"color": CHANNELS[name][1]},
                    "label": {"position": "right" if value >= 0 else "left"},
                }
                for name, value in values.items()
            ],
        }
    ]
    return option


def shares(comparison: Comparison, dark: bool) -> Option:
    """What people spend their half-days on, as shares of the whole run."""
    labels = comparison.pair.labels
    found = [half_days(comparison, label) for label in labels]
    said = "; ".join(
        f"{label}: " + ", ".join(f"{ACTIVITIES[n][0]} {v:.0%}" for n, v in own.items())
        for label, own in zip(labels, found, strict=True)
    )
    option = base(dark, f"Half-days by activity. {said}.")
    option["tooltip"] |= {"trigger": "item", "formatter": "{b}, {a}: {c} %"}
    option["legend"] = {
        "show": True,
        "bottom": 0,
        "textStyle": {"color": Theme.of(dark).ink},
    }
    option["grid"] |= {"bottom": 48, "right": 24}
    option["xAxis"] = axis(
        dark,
        type="value",
        max=100,
        axisLabel={"formatter": "{value} %", "color": Theme.of(dark).faint},
    )
    option["yAxis"] = axis(dark, type="category", data=[*labels], inverse=True)
    option["yAxis"]["axisLabel"] |= {
        "width": 110,
        "overflow": "break",
        "lineHeight": 14,
    }
    option["series"] = [
        {
            "type": "bar",
            "stack": "half-days",
            "name": words,
            "barMaxWidth": 34,
            "itemStyle": {"color": colour},
            "data": [significant(100.0 * own[name], 3) for own in found],
        }
        for name, (words, colour) in ACTIVITIES.items()
    ]
    return option


def half_days(comparison: Comparison, label: str) -> dict[str, float]:
    """Shares of half-days over the whole run; misuse is taken out of genuine use."""
    share = {
        name: comparison.panel.mean(label, f"{name}_share" + SUFFIX["whole"]) or 0.0
        for name in ACTIVITIES
    }
    return share | {"genuine": share["genuine"] - share["misuse"]}


def keyed(colour: str, words: str) -> str:
    """An entry of what colours mean, as HTML; the words are escaped already."""
    dot = f'<span class="dot" style="background:{colour}"></span>'
    return f'<span class="key">{dot}{words}</span>'


def numbers(values: Sequence[float] | Any) -> list[float | None]:
    """Numbers for a browser: five significant digits, None for what is not known."""
    return [significant(float(value)) if isfinite(value) else None for value in values]


def significant(value: float, digits: int = 5) -> float:
    """A number with so many significant digits."""
    return float(f"{value:.{digits}g}")
