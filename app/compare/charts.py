"""Charts that only *Compare* draws: effects with intervals, shares of half-days."""

from app.activities import ACTIVITIES, told
from app.charts import SECOND, USAGE, Option, Theme, axis, base, significant
from app.comparison import Comparison
from app.comparison_charts import half_days
from experiments.statistics.effects import Effect

ROWS = {
    "reported_tokens": ("reported usage", USAGE),
    "output": ("real output", SECOND),
}
"""Outcomes of ``strip``, from the top, with their names and colours."""


def strip(comparison: Comparison, dark: bool) -> Option:
    """Draw the effects on reported usage and real output, each on an axis of its own.

    An outcome without an effect in % is left out.
    """
    second = comparison.pair.labels[1]
    option = base(dark, "")
    option |= {"grid": [], "xAxis": [], "yAxis": [], "series": []}
    option["tooltip"] = {"show": False}
    listed = []
    for row, (outcome, (name, colour)) in enumerate(ROWS.items()):
        interval = _interval(comparison.effects[second, outcome, "whole"])
        if interval is None:
            continue
        percent, low, high = interval
        _add_axes(option, row, name, max(abs(low), abs(high), 0.5) * 1.15, dark)
        option["series"] += _estimate(row, interval, colour, dark)
        listed.append(f"{name} {percent:+.2g} % ({low:+.2g} to {high:+.2g})")
    description = f"Effect of {second}: {'; '.join(listed)}."
    option["aria"]["label"]["description"] = description
    return option


def _interval(effect: Effect) -> tuple[float, float, float] | None:
    """Return an effect in % and the ends of its interval, itself if it has none."""
    percent = effect.percent
    if percent is None:
        return None
    low, high = effect.percent_low, effect.percent_high
    return percent, percent if low is None else low, percent if high is None else high


def _add_axes(option: Option, row: int, name: str, reach: float, dark: bool) -> None:
    theme = Theme.of(dark)
    option["grid"].append(
        {"left": 118, "right": 24, "top": 12 + 74 * row, "height": 34}
    )
    option["xAxis"].append(
        axis(
            dark,
            gridIndex=row,
            type="value",
            min=-significant(reach, 2),
            max=significant(reach, 2),
            axisLabel={"formatter": "{value} %", "color": theme.faint},
        )
    )
    option["yAxis"].append(
        axis(dark, gridIndex=row, type="category", data=[name], axisTick=None)
        | {"axisLabel": {"color": theme.ink}, "axisLine": {"show": False}}
    )


def _estimate(
    row: int, interval: tuple[float, float, float], colour: str, dark: bool
) -> list[Option]:
    """Return the interval as a bar, the estimate as a dot, and a line at zero."""
    percent, low, high = interval
    place = {"xAxisIndex": row, "yAxisIndex": row, "silent": True}
    return [
        {
            "type": "line",
            "data": [[low, 0], [high, 0]],
            "symbol": "none",
            "lineStyle": {"color": colour, "width": 5, "opacity": 0.6},
            **place,
        },
        {
            "type": "scatter",
            "data": [[percent, 0]],
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


def shares(comparison: Comparison, dark: bool) -> Option:
    """Draw what both sides spend their half-days on, in % of the whole run."""
    labels = comparison.pair.labels
    shares_of = {label: half_days(comparison, label) for label in labels}
    listed = "; ".join(
        f"{label}: {told(of, '{:.0%}'.format)}" for label, of in shares_of.items()
    )
    theme = Theme.of(dark)
    option = base(dark, f"Half-days by activity. {listed}.")
    option["tooltip"] |= {"trigger": "item", "formatter": "{b}, {a}: {c} %"}
    option["legend"] = {"show": True, "bottom": 0, "textStyle": {"color": theme.ink}}
    # Room for a legend of two lines, as on a phone.
    option["grid"] |= {"bottom": 64, "right": 24}
    option["xAxis"] = axis(
        dark,
        type="value",
        max=100,
        axisLabel={"formatter": "{value} %", "color": theme.faint},
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
            "name": activity.name,
            "barMaxWidth": 34,
            "itemStyle": {"color": activity.colour},
            "data": [significant(100.0 * of[kind], 3) for of in shares_of.values()],
        }
        for kind, activity in ACTIVITIES.items()
    ]
    return option
