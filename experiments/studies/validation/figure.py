"""The chart of stylised facts: estimates with intervals beside expected ranges."""

from collections.abc import Sequence
from itertools import accumulate
from typing import NamedTuple

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from experiments.figures.style import (
    DOWN,
    FAINT,
    INK,
    UP,
    WIDTH,
    chart,
    panels,
    wrapped,
)
from experiments.statistics.finding import Finding, Verdict
from experiments.studies.validation.words import shown, unit

STYLES = {
    Verdict.HOLDS: ("o", UP),
    Verdict.FAILS: ("X", DOWN),
    Verdict.UNKNOWN: ("s", FAINT),
}
TEXT = (
    "Each line has a scale of its own: the estimate (written at the right) with its "
    "95 % interval over replicates, and, shaded, the range that the evidence asks for, "
    "set before looking; the thin upright line is 0. Blue circle: holds; orange cross: "
    "does not hold; grey square: cannot say."
)
LETTERS = 58
"""Most letters in a line of a label."""
LEFT, RIGHT = 3.75, 0.75
EACH, MARGIN = 0.125, 0.1
"""Height of a label's line, and distance between two labels [inches]."""


class NamedFinding(NamedTuple):
    """A finding and the name of its fact."""

    fact: str
    finding: Finding


@chart
def facts(findings: Sequence[NamedFinding]) -> Figure:
    """Draw every finding on a scale of its own, grouped by fact."""
    labels = [
        wrapped(named.finding.quantity + unit(named.finding), LETTERS)
        for named in findings
    ]
    heights = [EACH * (label.count("\n") + 1) + MARGIN for label in labels]
    ends = list(accumulate(heights))
    figure, [[axes]] = panels(
        1, 1, height=ends[-1], left=LEFT, right=RIGHT, top=0.1, bottom=0.15, text=TEXT
    )
    axes.set_axis_off()
    axes.set_xlim(-0.02, 1.02)
    axes.set_ylim(ends[-1], 0.0)
    before = ""
    for named, label, height, end in zip(findings, labels, heights, ends, strict=True):
        middle = end - height / 2.0
        _label(axes, middle, label)
        if named.fact != before:
            _head(axes, end - height, middle, named.fact)
        before = named.fact
        _draw(axes, middle, named.finding)
    return figure


def _label(axes: Axes, middle: float, text: str) -> None:
    axes.text(
        -0.02,
        middle,
        text,
        transform=axes.get_yaxis_transform(),
        ha="right",
        va="center",
        fontsize=7.0,
        linespacing=1.1,
    )


def _head(axes: Axes, top: float, middle: float, fact: str) -> None:
    """Write the name of a fact at its first finding, below a line."""
    left = (0.06 - LEFT) / (WIDTH - LEFT - RIGHT)
    across = axes.get_yaxis_transform()
    axes.plot(
        [left, 1.0 + 0.8 * RIGHT / (WIDTH - LEFT - RIGHT)],
        [top, top],
        transform=across,
        color=FAINT,
        linewidth=0.6,
        clip_on=False,
    )
    axes.text(
        left,
        middle,
        wrapped(fact, 9),
        transform=across,
        va="center",
        fontsize=7.0,
        fontweight="bold",
    )


def _draw(axes: Axes, y: float, finding: Finding) -> None:
    """Draw the estimate and its interval over the expected range."""
    marker, colour = STYLES[finding.verdict]
    estimate, *ends = finding.estimate, finding.low, finding.high
    known = [
        x for x in (estimate, *ends, finding.least, finding.most, 0.0) if np.isfinite(x)
    ]
    margin = 0.12 * ((max(known) - min(known)) or 1.0)
    low, high = min(known) - margin, max(known) + margin

    def place(value: float) -> float:
        return float(np.clip((value - low) / (high - low), 0.0, 1.0))

    least, most = place(finding.least), place(finding.most)
    axes.barh(y, most - least, 0.15, least, color=UP, alpha=0.12, linewidth=0)
    axes.plot([place(0.0)] * 2, [y - 0.09, y + 0.09], color=FAINT, linewidth=0.7)
    if np.isfinite(ends).all():
        axes.plot([place(end) for end in ends], [y, y], color=colour, linewidth=1.4)
    if np.isfinite(estimate):
        axes.plot(
            place(estimate),
            y,
            marker=marker,
            color=colour,
            markersize=5.0,
            markeredgewidth=0,
        )
    text = shown(finding).estimate.replace("-", "−")
    axes.text(1.03, y, text, va="center", fontsize=7.0, color=INK)
