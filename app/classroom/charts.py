"""The predictions of a class as a histogram, with the truth marked."""

from collections import Counter
from collections.abc import Sequence

from app.charts import (
    SECOND,
    Option,
    Theme,
    axis,
    bars,
    base,
    set_rows,
    significant,
)
from app.learn.lesson import Lesson, Prediction, Range, Truth

RIGHT = "#009e73"
"""Colour of what the run says, in both themes."""
BINS = 15
"""Bars of a histogram of numbers."""


def histogram(
    lesson: Lesson, predictions: Sequence[Prediction], truth: Truth, dark: bool
) -> Option:
    """Draw how often each option or number was predicted, and mark the truth."""
    if isinstance(lesson.answers, Range):
        return _of_numbers(lesson, lesson.answers, predictions, truth, dark)
    return _of_options(lesson.answers, predictions, truth, dark)


def _of_options(
    options: Sequence[str], predictions: Sequence[Prediction], truth: Truth, dark: bool
) -> Option:
    counts = Counter(predictions)
    right = {truth.answer, *truth.ties}
    listed = "; ".join(f"{answer}: {counts[answer]}" for answer in options)
    option = base(dark, f"Predictions. {listed}. The run says: {truth.answer}.")
    rows = [f"{'✓ ' if answer in right else ''}{answer}" for answer in options]
    most = max(counts.values(), default=0) or 1
    set_rows(option, rows, 0.0, 1.15 * most, dark, unit="")
    option["xAxis"] |= {"minInterval": 1, "max": most}
    values = [(counts[a], RIGHT if a in right else SECOND) for a in options]
    option["series"] = [bars(values, dark, unit="")]
    return option


def _of_numbers(
    lesson: Lesson,
    span: Range,
    predictions: Sequence[Prediction],
    truth: Truth,
    dark: bool,
) -> Option:
    width = (span.high - span.low) / BINS
    counts = Counter(
        min(BINS - 1, int((float(number) - span.low) / width)) for number in predictions
    )
    edges = [span.low + width * k for k in range(BINS + 1)]
    answer = lesson.as_text(truth.answer)
    listed = "; ".join(
        f"{edges[k]:.0f} to {edges[k + 1]:.0f}: {counts[k]}" for k in sorted(counts)
    )
    option = base(dark, f"Predictions in {span.unit}. {listed}. The run says {answer}.")
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
                [significant(edge), counts[min(k, BINS - 1)]]
                for k, edge in enumerate(edges)
            ],
            "markLine": {
                "symbol": "none",
                "silent": True,
                "lineStyle": {"color": RIGHT, "width": 3, "type": "solid"},
                "label": {
                    "formatter": f"the run: {answer}",
                    "color": Theme.of(dark).ink,
                },
                "data": [{"xAxis": significant(float(truth.answer))}],
            },
        }
    ]
    return option
