"""Charts of a comparison that several pages draw."""

from collections.abc import Sequence
from itertools import groupby

from app.activities import ACTIVITIES
from app.charts import (
    FIRST,
    SECOND,
    Option,
    Theme,
    axis,
    base,
    numbers,
    significant,
)
from app.comparison import Band, Comparison
from experiments.figures.channels import CHANNELS as BY_CHANNEL
from experiments.figures.trajectories import Event
from experiments.store.dataset import SUFFIX

CHANNELS = {**BY_CHANNEL, "output": ("real output", SECOND)}
"""Names and colours of the channels through which output changes, and of their sum."""


def trajectories(comparison: Comparison, outcome: str, unit: str, dark: bool) -> Option:
    """Draw an outcome of both sides by week, with 95 % intervals of the mean.

    Vertical lines mark the weeks in which a scheme changes.
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
        name="week",
        nameLocation="middle",
        nameGap=26,
        boundaryGap=False,
    )
    option["yAxis"] = axis(dark, type="value", scale=True)
    option["grid"] |= {"bottom": 30}
    option["series"] = series
    return option


def banded(band: Band, label: str, colour: str) -> list[Option]:
    """Return a line with its band: an invisible foot, the band on it, the line."""
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
    """Return vertical lines with texts at weeks (from 0) of a timeline."""
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


def channels(comparison: Comparison, dark: bool) -> Option:
    """Draw the change of output by channel, in % of the first side's output.

    A channel that does not move at all is left out.
    """
    first, second = comparison.pair.labels
    whole = comparison.panel.mean(first, "output" + SUFFIX["whole"]) or 1.0
    values: dict[str, float] = {}
    for name in reversed(CHANNELS):
        effect = comparison.effects[second, name, "whole"].effect or 0.0
        if effect or name == "output":
            values[name] = 100.0 * effect / whole
    listed = "; ".join(f"{CHANNELS[n][0]} {v:+.2g} %" for n, v in values.items())
    option = base(dark, f"Change of output through each channel: {listed}.")
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


def half_days(comparison: Comparison, label: str) -> dict[str, float]:
    """Return the share of each kind of activity; genuine is what does no harm."""
    shares = {
        name: comparison.panel.mean(label, f"{name}_share" + SUFFIX["whole"]) or 0.0
        for name in ACTIVITIES
    }
    return shares | {"genuine": shares["genuine"] - shares["misuse"]}
