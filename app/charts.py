"""What all charts of the studio share: theme, axes, rows of bars, rounding.

A chart is a function that takes data and returns an option of ECharts, the dictionary
that describes the chart to the browser.
"""

from collections.abc import Iterable, Sequence
from math import isfinite
from typing import Any, NamedTuple

Option = dict[str, Any]
"""A chart, or one component of a chart, for ECharts."""
Clicked = dict[str, Any]
"""What ECharts reports of a click: ``value``, ``dataIndex``, ``dataType`` and more."""

FIRST, SECOND = "#7b8794", "#0072b2"
"""Colours of the first and the second side of a pair, in both themes."""
USAGE = "#8a63b8"
"""Colour of reported usage, which is no activity."""


class Theme(NamedTuple):
    """Colours of the light or the dark theme."""

    ink: str
    faint: str
    grid: str

    @classmethod
    def of(cls, dark: bool) -> "Theme":
        """Return the colours of a theme."""
        if dark:
            return cls("#e4e7eb", "#9aa5b1", "#3e4c59")
        return cls("#1f2933", "#52606d", "#d9dee3")


def base(dark: bool, description: str) -> Option:
    """Return what all charts share; a screen reader reads the description."""
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
    """Return an axis in the colours of the theme."""
    theme = Theme.of(dark)
    return {
        "axisLabel": {"color": theme.faint},
        "axisLine": {"lineStyle": {"color": theme.faint}},
        "splitLine": {"lineStyle": {"color": theme.grid}},
        "nameTextStyle": {"color": theme.faint},
        **more,
    }


def set_rows(
    option: Option,
    rows: Sequence[str],
    low: float,
    high: float,
    dark: bool,
    unit: str = " %",
) -> None:
    """Give a chart named rows from the top down, and an axis of values below them."""
    theme = Theme.of(dark)
    option["tooltip"] = {"show": False}
    option["grid"] |= {"right": 28}
    option["xAxis"] = axis(
        dark,
        type="value",
        min=significant(low, 2),
        max=significant(high, 2),
        splitNumber=4,
        axisLabel={"formatter": "{value}" + unit, "color": theme.faint},
    )
    option["yAxis"] = axis(
        dark,
        type="category",
        data=[*rows],
        inverse=True,
        axisLine={"onZero": False, "show": False},
        axisTick={"show": False},
        axisLabel={
            "color": theme.ink,
            "width": 130,
            "overflow": "break",
            "lineHeight": 14,
        },
    )


def bars(
    values: Sequence[tuple[float, str]],
    dark: bool,
    unit: str = " %",
    distance: int = 5,
) -> Option:
    """Return one bar a row from values and colours, each with its number.

    ``distance`` is that of the number from the end of its bar, in pixels.
    """
    return {
        "type": "bar",
        "barMaxWidth": 24,
        "data": [
            {
                "value": significant(value, 2),
                "itemStyle": {"color": colour},
                "label": {
                    "show": True,
                    "position": "right" if value >= 0.0 else "left",
                    "distance": distance,
                    "formatter": "{c}" + unit,
                    "color": Theme.of(dark).ink,
                },
            }
            for value, colour in values
        ],
    }


def legend_entry(colour: str, name: str) -> str:
    """Return a coloured dot and a name, as HTML; the name must be HTML already."""
    dot = f'<span class="dot" style="background:{colour}"></span>'
    return f'<span class="key">{dot}{name}</span>'


def numbers(values: Iterable[float]) -> list[float | None]:
    """Return values as JSON can hold them: five digits, None for NaN and infinity."""
    return [significant(float(value)) if isfinite(value) else None for value in values]


def significant(value: float, digits: int = 5) -> float:
    """Round a number to significant digits."""
    return float(f"{value:.{digits}g}")
