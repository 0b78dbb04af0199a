"""The chart of deviations from theory: every check in units of its tolerance."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from matplotlib.figure import Figure

from experiments.figures.style import DOWN, FAINT, UP, chart, panels, wrapped

LIMIT = 2.0
"""Largest deviation [tolerances]; a larger one is drawn at the edge."""
TEXT = (
    "Each point is a check: simulated less theoretical value, over the tolerance "
    "stated beforehand (four standard errors and, where theory leaves something out, "
    "a stated allowance). Within the band, −1 to 1, a check holds; beyond it the point "
    "is a cross."
)


class Deviation(NamedTuple):
    """One check of a result, in units of its tolerance."""

    result: str
    size: float
    holds: bool


@chart
def deviations(rows: Sequence[Deviation]) -> Figure:
    """Draw all checks, a line for each result."""
    names = list(dict.fromkeys(row.result for row in rows))
    labels = [_label([row for row in rows if row.result == name]) for name in names]
    lines = 1 + max(label.count("\n") for label in labels)
    figure, [[axes]] = panels(
        1,
        1,
        height=max(0.34, 0.14 * lines + 0.08) * len(names),
        left=3.05,
        top=0.15,
        text=TEXT,
    )
    axes.axvspan(-1.0, 1.0, color=UP, alpha=0.08, linewidth=0)
    axes.axvline(0.0, color=FAINT, linewidth=0.8)
    for y, name in enumerate(names):
        own = [row for row in rows if row.result == name]
        # Points are spread over the line in the order of the checks.
        places = y + np.linspace(-0.27, 0.27, len(own)) if len(own) > 1 else [float(y)]
        for place, row in zip(places, own, strict=True):
            size = row.size if np.isfinite(row.size) else LIMIT
            axes.plot(
                np.clip(size, -LIMIT, LIMIT),
                place,
                marker="o" if row.holds else "X",
                markersize=4.0 if row.holds else 7.0,
                color=UP if row.holds else DOWN,
                markeredgewidth=0,
            )
    axes.set_yticks(range(len(names)), labels)
    axes.tick_params(axis="y", length=0)
    axes.set_ylim(len(names) - 0.5, -0.5)
    axes.set_xlim(-LIMIT - 0.1, LIMIT + 0.1)
    axes.set_xlabel("simulated − theory [tolerances]")
    axes.grid(axis="x")
    return figure


def _label(own: Sequence[Deviation]) -> str:
    """Write the title of a result, and how many of its checks hold."""
    return wrapped(f"{own[0].result}: {sum(r.holds for r in own)}/{len(own)}", 44)
