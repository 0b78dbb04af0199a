"""The chart of a norm's hysteresis: theory's roots and folds, a simulated loop."""

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from experiments.figures.style import DOWN, FAINT, INK, UP, chart, panels
from experiments.studies.verification.results.norm import Sweep
from model.theory import norm

EDGE = 0.001
"""Lowest share of the curve; the highest is its complement."""
ROOM = 0.06
"""Margin beyond the outermost step [half-days]."""


@chart
def hysteresis(up: Sweep, down: Sweep, pull: float, noise: float, weeks: int) -> Figure:
    """Padding as its payoff is raised and lowered again, beside the roots of theory.

    ``pull`` is that on the share of those who may pad, and ``weeks`` how long each
    payoff was held. Raises ``ValueError`` without folds, without steps and for values
    that are no numbers.
    """
    loop = norm.loop(pull, noise)
    for name, sweep in (("up", up), ("down", down)):
        if not len(sweep.payoff):
            raise ValueError(f"the sweep {name} has no steps")
        if not np.isfinite(np.concatenate(sweep)).all():
            raise ValueError(f"the sweep {name} holds values that are no numbers")
    figure, [[axes]] = panels(1, 1, height=3.4, top=0.15, text=_caption(weeks))
    axes.grid(True)
    _theory(axes, loop, pull, noise)
    _points(axes, up, UP, "^", "payoff raised")
    _points(axes, down, DOWN, "v", "payoff lowered")
    ends = np.concatenate([up.payoff, down.payoff])
    axes.set_xlim(ends.min() - ROOM, ends.max() + ROOM)
    axes.set_ylim(-0.03, 1.03)
    axes.set_xlabel("Payoff of padding over other work, where nobody pads (half-days)")
    axes.set_ylabel("Padded half-days of those who may (share)")
    axes.legend(loc="lower right", bbox_to_anchor=(1.0, 0.12))
    return figure


def _theory(axes: Axes, loop: norm.Loop, pull: float, noise: float) -> None:
    """Draw the curve of roots, broken where they repel, and its two folds."""
    low, high = loop.up.share, loop.down.share
    stretches = ((EDGE, low, "-"), (low, high, "--"), (high, 1.0 - EDGE, "-"))
    for start, end, line in stretches:
        share = np.linspace(start, end, 200)
        label = "theory: sustains itself" if start == EDGE else None
        label = "theory: repels" if line == "--" else label
        payoff = norm.payoff_at(share, pull, noise)
        axes.plot(payoff, share, line, color=INK, linewidth=1.2, label=label)
    for fold, y, side in ((loop.up, 0.02, 1.0), (loop.down, 0.98, -1.0)):
        axes.plot(fold.payoff, fold.share, "o", color=INK, markersize=5.5, zorder=4)
        axes.axvline(fold.payoff, color=FAINT, linewidth=0.7, linestyle=":")
        axes.annotate(
            f"fold at {fold.payoff:.3f}".replace("-", "−"),
            (fold.payoff, y),
            xytext=(5.0 * side, 0.0),
            textcoords="offset points",
            ha="left" if side > 0.0 else "right",
            va="center",
            fontsize=8.0,
        )


def _points(axes: Axes, sweep: Sweep, colour: str, marker: str, label: str) -> None:
    """Draw a sweep, with the range of most organisations."""
    axes.vlines(sweep.payoff, sweep.low, sweep.high, color=colour, linewidth=1.1)
    axes.plot(
        sweep.payoff, sweep.share, marker, color=colour, markersize=4.2, label=label
    )


def _caption(weeks: int) -> str:
    return (
        "Line: shares at which a norm of padding sustains itself in theory (many "
        "people, all seeing each other), and where it repels instead. Triangles: mean "
        f"over simulated organisations after {weeks} weeks at each payoff, with the "
        "range of the middle 80 %. They jump beyond a fold, since a norm that has lost "
        "its hold takes weeks to go and the payoff moves on meanwhile."
    )
