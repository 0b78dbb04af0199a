"""Stylised facts: each estimate with its interval beside the range expected."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from experiments.facts.finding import Finding, Verdict
from experiments.figures.style import DOWN, FAINT, GRID, INK, UP, chart, panels, wrapped

LOOKS = {
    Verdict.HOLDS: ("o", UP),
    Verdict.FAILS: ("X", DOWN),
    Verdict.UNKNOWN: ("s", FAINT),
}
TEXT = (
    "Each line has a scale of its own: the estimate (written at the right) with its "
    "95 % interval over replicates, and, shaded, the range that the evidence asks for, "
    "set before looking; the thin line is 0. Blue circle: holds; orange cross: does "
    "not; grey square: cannot say. Pale marks are inputs and do not count."
)


class Shown(NamedTuple):
    """A finding as a line of the chart."""

    fact: str
    finding: Finding
    is_given: bool


@chart
def facts(found: Sequence[Shown]) -> Figure:
    """Draw every finding on a scale of its own."""
    each = 0.34
    figure, [[axes]] = panels(
        1, 1, height=each * len(found), left=3.6, right=0.9, top=0.1, bottom=0.15,
        text=TEXT,
    )  # fmt: skip
    for y, shown in enumerate(found):
        _line(axes, y, shown)
    labels = [f"{shown.fact}  {wrapped(shown.finding.quantity, 50)}" for shown in found]
    axes.set_yticks(range(len(found)), labels, fontsize=7.0)
    axes.tick_params(axis="y", length=0)
    axes.set_xticks([])
    axes.set_xlim(-0.02, 1.02)
    axes.set_ylim(len(found) - 0.5, -0.5)
    for side in axes.spines.values():
        side.set_visible(False)
    return figure


def _line(draw: Axes, y: int, shown: Shown) -> None:
    finding = shown.finding
    marker, colour = LOOKS[finding.verdict]
    alpha = 0.45 if shown.is_given else 1.0
    values = [finding.estimate, finding.low, finding.high, 0.0]
    ends = [end for end in (finding.least, finding.most) if np.isfinite(end)]
    known = [value for value in (*values, *ends) if np.isfinite(value)]
    low, high = min(known), max(known)
    width = (high - low) or 1.0
    low, high = low - 0.12 * width, high + 0.12 * width

    def place(value: float) -> float:
        return float(np.clip((value - low) / (high - low), 0.0, 1.0))

    draw.axhline(y + 0.5, color=GRID, linewidth=0.5)
    draw.barh(
        y,
        place(finding.most) - place(finding.least),
        left=place(finding.least),
        height=0.7,
        color=UP,
        alpha=0.10,
        linewidth=0,
    )
    draw.plot([place(0.0)] * 2, [y - 0.38, y + 0.38], color=FAINT, linewidth=0.7)
    if np.isfinite(finding.low + finding.high):
        draw.plot(
            [place(finding.low), place(finding.high)],
            [y, y],
            color=colour,
            linewidth=1.6,
            alpha=alpha,
        )
    if np.isfinite(finding.estimate):
        draw.plot(
            place(finding.estimate),
            y,
            marker=marker,
            color=colour,
            markersize=5.5,
            markeredgewidth=0,
            alpha=alpha,
        )
    draw.text(
        1.03, y, f"{finding.estimate:+.3g}".replace("-", "−"),
        va="center", fontsize=7.0, color=INK, clip_on=False,
    )  # fmt: skip
