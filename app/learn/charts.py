"""Charts of the runs of a lesson."""

from collections.abc import Callable
from typing import NamedTuple

from app import comparison_charts
from app.activities import ACTIVITIES, told
from app.charts import SECOND, Option, Theme, bars, base, set_rows
from app.comparison import Comparison
from app.learn.lesson import Results
from app.learn.truths import DESIGNS


class LessonChart(NamedTuple):
    """A chart of the runs of a lesson: its title, its note, and how it is made."""

    title: str
    note: str
    option: Callable[[Results, bool], Option]


def _first(results: Results) -> Comparison:
    return next(iter(results.values()))


def _weekly(outcome: str, unit: str) -> Callable[[Results, bool], Option]:
    def option(results: Results, dark: bool) -> Option:
        return comparison_charts.trajectories(_first(results), outcome, unit, dark)

    return option


def _channels(results: Results, dark: bool) -> Option:
    return comparison_charts.channels(_first(results), dark)


def _half_days(results: Results, dark: bool) -> Option:
    """Draw what people do without any scheme, in % of their half-days."""
    comparison = _first(results)
    shares = comparison_charts.half_days(comparison, comparison.pair.labels[0])
    rows = [(ACTIVITIES[kind], 100.0 * share) for kind, share in shares.items()]
    listed = told(shares, "{:.0%}".format)
    option = base(dark, f"Half-days under voluntary use: {listed}.")
    reach = 1.15 * max(share for _, share in rows)
    set_rows(option, [activity.name for activity, _ in rows], 0.0, reach, dark)
    option["series"] = [bars([(share, a.colour) for a, share in rows], dark)]
    return option


BEYOND = 28
"""Pixels from a bar to its number, so that its interval has room between them."""


def _designs(results: Results, dark: bool) -> Option:
    """Draw the effects of every design on real output, with 95 % intervals."""
    effects = {DESIGNS[name]: of.effect("output") for name, of in results.items()}
    values = {name: effect.percent or 0.0 for name, effect in effects.items()}
    listed = "; ".join(f"{name} {value:+.2g} %" for name, value in values.items())
    option = base(dark, f"Effect on real output: {listed}.")
    least, most = min(values.values()), max(values.values())
    reach = 1.3 * max(abs(least), abs(most), 0.1)
    set_rows(option, [*values], -reach if least < 0.0 else 0.0, reach, dark)
    ink = Theme.of(dark).ink
    option["series"] = [
        bars([(value, SECOND) for value in values.values()], dark, distance=BEYOND),
        *(
            {
                "type": "line",
                "data": [[effect.percent_low, row], [effect.percent_high, row]],
                "symbol": "none",
                "silent": True,
                "lineStyle": {"color": ink, "width": 2},
                "tooltip": {"show": False},
            }
            for row, effect in enumerate(effects.values())
        ),
    ]
    return option


CHARTS = {
    "usage": LessonChart(
        "What the dashboard reports",
        "M tokens per employee and week.",
        _weekly("reported_tokens", "M tokens"),
    ),
    "output": LessonChart(
        "What is really done",
        "Half-days of average manual work per employee and week.",
        _weekly("output", "half-days"),
    ),
    "validity": LessonChart(
        "Does the measure tell who gets more done?",
        "Rank correlation of tokens with real output, week by week.",
        _weekly("score_validity", "rank correlation"),
    ),
    "channels": LessonChart(
        "Through which channels output changes",
        "In % of the output of the first scheme; the others sum to the last.",
        _channels,
    ),
    "half_days": LessonChart(
        "What people spend their half-days on",
        "In % of all half-days under voluntary use.",
        _half_days,
    ),
    "designs": LessonChart(
        "What each adds to real output",
        "In % against voluntary use, with 95 % intervals.",
        _designs,
    ),
}
"""Charts by the names that lessons use."""
WEEKLY = {"usage", "output", "validity"}
"""Charts that show both sides of a comparison by week."""
