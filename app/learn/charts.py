"""Charts of the lessons: what the runs say, and what a class predicted."""

from collections import Counter
from collections.abc import Callable, Sequence
from typing import NamedTuple

from app import charts
from app.charts import (
    ACTIVITIES,
    SECOND,
    Option,
    Theme,
    axis,
    base,
    half_days,
    significant,
)
from app.learn.lessons import DESIGNS, Lesson, Range, Results, Said, Truth, effect

RIGHT = "#009e73"
"""What the run says, in light and in dark."""
BINS = 15
"""Bars of a histogram of guessed numbers."""


class Drawn(NamedTuple):
    """A chart of the runs of a lesson: its title, what it shows, and how it is made."""

    title: str
    note: str
    option: Callable[[Results, bool], Option]


def _weekly(outcome: str, unit: str) -> Callable[[Results, bool], Option]:
    def made(results: Results, dark: bool) -> Option:
        found = next(iter(results.values()))
        return charts.trajectories(found, outcome, unit, dark)

    return made


def _channels(results: Results, dark: bool) -> Option:
    return charts.channels(next(iter(results.values())), dark)


def _half_days(results: Results, dark: bool) -> Option:
    """What people do without any scheme, in % of their half-days."""
    found = next(iter(results.values()))
    own = half_days(found, found.pair.labels[0])
    shown = {name: 100.0 * share for name, share in own.items()}
    said = ", ".join(f"{ACTIVITIES[n][0]} {v:.0f} %" for n, v in shown.items())
    option = base(dark, f"Half-days under voluntary use: {said}.")
    rows = [ACTIVITIES[name][0] for name in shown]
    _as_rows(option, rows, 0.0, 1.15 * max(shown.values()), dark)
    option["series"] = [_bars([(v, ACTIVITIES[n][1]) for n, v in shown.items()], dark)]
    return option


def _designs(results: Results, dark: bool) -> Option:
    """Effects on real output of every design, with 95 % intervals."""
    found = {DESIGNS[name]: effect(c, "output") for name, c in results.items()}
    values = {name: e.percent or 0.0 for name, e in found.items()}
    said = "; ".join(f"{name} {value:+.2g} %" for name, value in values.items())
    option = base(dark, f"Effect on real output: {said}.")
    least, most = min(values.values()), max(values.values())
    reach = 1.3 * max(abs(least), abs(most), 0.1)
    _as_rows(option, [*values], -reach if least < 0.0 else 0.0, reach, dark)
    ink = Theme.of(dark).ink
    option["series"] = [
        _bars([(value, SECOND) for value in values.values()], dark),
        *(
            {
                "type": "line",
                "data": [[e.percent_low, row], [e.percent_high, row]],
                "symbol": "none",
                "silent": True,
                "lineStyle": {"color": ink, "width": 2},
                "tooltip": {"show": False},
            }
            for row, e in enumerate(found.values())
        ),
    ]
    return option


DRAWN = {
    "usage": Drawn(
        "What the dashboard reports",
        "M tokens per employee and week.",
        _weekly("reported_tokens", "M tokens"),
    ),
    "output": Drawn(
        "What is really done",
        "Half-days of average manual work per employee and week.",
        _weekly("output", "half-days"),
    ),
    "validity": Drawn(
        "Does the measure tell who gets more done?",
        "Rank correlation of tokens with real output, week by week.",
        _weekly("score_validity", "rank correlation"),
    ),
    "channels": Drawn(
        "Through which channels output changes",
        "In % of the output of the first scheme; the parts sum to the last.",
        _channels,
    ),
    "half_days": Drawn(
        "What people spend their half-days on",
        "In % of all half-days under voluntary use.",
        _half_days,
    ),
    "designs": Drawn(
        "What each adds to real output",
        "In % against voluntary use, with 95 % intervals.",
        _designs,
    ),
}
"""Charts by the names that lessons use."""


def histogram(
    lesson: Lesson, predictions: Sequence[Said], truth: Truth, dark: bool
) -> Option:
    """How often each was predicted, with the truth marked."""
    if isinstance(lesson.answers, Range):
        return _of_numbers(lesson, lesson.answers, predictions, truth, dark)
    counts = Counter(predictions)
    right = {truth.answer, *truth.alike}
    said = "; ".join(f"{answer}: {counts[answer]}" for answer in lesson.answers)
    option = base(dark, f"Predictions. {said}. The run says: {truth.answer}.")
    rows = [f"{'✓ ' if a in right else ''}{a}" for a in lesson.answers]
    most = max(counts.values(), default=0) or 1
    _as_rows(option, rows, 0.0, 1.15 * most, dark, unit="")
    option["xAxis"] |= {"minInterval": 1, "max": most}
    option["series"] = [
        _bars(
            [(counts[a], RIGHT if a in right else SECOND) for a in lesson.answers],
            dark,
            unit="",
        )
    ]
    return option


def _of_numbers(
    lesson: Lesson, span: Range, predictions: Sequence[Said], truth: Truth, dark: bool
) -> Option:
    width = (span.high - span.low) / BINS
    counts = Counter(
        min(BINS - 1, int((float(said) - span.low) / width)) for said in predictions
    )
    told = lesson.told(truth.answer)
    said = "; ".join(
        f"{span.low + width * k:.0f} to {span.low + width * (k + 1):.0f}: {counts[k]}"
        for k in sorted(counts)
    )
    option = base(dark, f"Predictions in {span.unit}. {said}. The run says {told}.")
    option["tooltip"] = {"show": False}
    option["grid"] |= {"top": 36, "right": 28}
    option["xAxis"] = axis(
        dark,
        type="value",
        min=span.low,
        max=span.high,
        splitLine={"show": False},
        axisLabel={"formatter": "{value}", "hideOverlap": True},
    )
    option["yAxis"] = axis(
        dark, type="value", minInterval=1, axisLine={"show": False, "onZero": False}
    )
    ink = Theme.of(dark).ink
    option["series"] = [
        {
            # Steps from edge to edge: bars have no width on an axis of values.
            "type": "line",
            "step": "end",
            "symbol": "none",
            "silent": True,
            "lineStyle": {"color": SECOND, "width": 1},
            "areaStyle": {"color": SECOND, "opacity": 0.6},
            "data": [
                [significant(span.low + width * k), counts[min(k, BINS - 1)]]
                for k in range(BINS + 1)
            ],
            "markLine": {
                "symbol": "none",
                "silent": True,
                "lineStyle": {"color": RIGHT, "width": 3, "type": "solid"},
                "label": {"formatter": f"the run: {told}", "color": ink},
                "data": [{"xAxis": significant(float(truth.answer))}],
            },
        }
    ]
    return option


def _as_rows(
    option: Option,
    rows: Sequence[str],
    low: float,
    high: float,
    dark: bool,
    unit: str = " %",
) -> None:
    """Named rows from the top down, and an axis of values below them."""
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
        axisLabel={"color": theme.ink, "width": 130, "overflow": "break"},
    )


def _bars(values: Sequence[tuple[float, str]], dark: bool, unit: str = " %") -> Option:
    """One bar a row, in its colour, with its number."""
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
                    "formatter": "{c}" + unit,
                    "color": Theme.of(dark).ink,
                },
            }
            for value, colour in values
        ],
    }
