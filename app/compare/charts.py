"""Charts that only *Compare* draws: effects with intervals, by role, half-days."""

from app.activities import ACTIVITIES, told
from app.charts import (
    SECOND,
    USAGE,
    Option,
    Theme,
    axis,
    base,
    set_rows,
    significant,
)
from app.comparison import Comparison
from app.comparison_charts import half_days
from experiments.statistics.effects import Effect
from experiments.statistics.roles import OfRole
from experiments.words.groups import role_title

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
        place = {"xAxisIndex": row, "yAxisIndex": row}
        option["series"] += _estimate(0, interval, colour, dark, place)
        listed.append(f"{name} {percent:+.2g} % ({low:+.2g} to {high:+.2g})")
    description = f"Effect of {second}: {'; '.join(listed)}."
    option["aria"]["label"]["description"] = description
    return option


def _interval(effect: Effect | OfRole) -> tuple[float, float, float] | None:
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
    row: int,
    interval: tuple[float, float, float],
    colour: str,
    dark: bool,
    axes: Option | None = None,
) -> list[Option]:
    """Return the interval as a bar, the estimate as a dot, and a line at zero.

    ``row`` is that of the category; ``axes`` are theirs, unless they are the first.
    """
    percent, low, high = interval
    place = (axes or {}) | {"silent": True}
    return [
        {
            "type": "line",
            "data": [[low, row], [high, row]],
            "symbol": "none",
            "lineStyle": {"color": colour, "width": 5, "opacity": 0.6},
            **place,
        },
        {
            "type": "scatter",
            "data": [[percent, row]],
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


def by_role(comparison: Comparison, dark: bool) -> Option:
    """Draw the effect on real output of each role, with its interval.

    A role without an effect in % is left out; everybody comes first.
    """
    second = comparison.pair.labels[1]
    found: list[tuple[str, Effect | OfRole]] = [
        ("everybody", comparison.effects[second, "output", "whole"])
    ]
    found += [
        (role_title(row.role), row)
        for row in comparison.roles
        if (row.scheme, row.outcome) == (second, "output")
    ]
    rows = {name: x for name, of in found if (x := _interval(of)) is not None}
    ends = [0.0, *(x for interval in rows.values() for x in interval)]
    listed = (
        f"{name} {percent:+.2g} % ({low:+.2g} to {high:+.2g})"
        for name, (percent, low, high) in rows.items()
    )
    option = base(
        dark, f"Effect of {second} on real output by role: {'; '.join(listed)}."
    )
    room = 0.08 * (max(ends) - min(ends))
    set_rows(option, [*rows], min(ends) - room, max(ends) + room, dark)
    option["series"] = [
        part
        for row, interval in enumerate(rows.values())
        for part in _estimate(row, interval, SECOND, dark)
    ]
    return option


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
