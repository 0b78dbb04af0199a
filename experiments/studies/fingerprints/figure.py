"""Fingerprints of gaming in a panel: around the quota, before deadlines, over people.

Bins of fewer people than a crowd are drawn empty.
"""

from collections.abc import Mapping
from textwrap import fill
from typing import NamedTuple

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from experiments.figures.style import (
    BASELINE,
    FAINT,
    GENUINE,
    INK,
    MANUAL,
    PADDING,
    chart,
    nothing,
    panels,
)
from experiments.statistics.estimators.bunching import Bunching
from experiments.statistics.estimators.deadline import Deadline
from experiments.statistics.estimators.estimate import Floats
from experiments.words.screen import number

NARROW = 28
"""Most letters in a line of a panel."""


class Lines(NamedTuple):
    """Data of the chart; None where there is nothing to draw, with the reason.

    Attributes
    ----------
    scores : float
        Number of periods over all people; bins are shares of it.
    lorenz : array
        Share of all tokens that the lightest people use, by even steps of people.
    """

    bunching: Bunching | None
    quota: float
    scores: float
    tokens: Deadline | None
    output: Deadline | None
    lorenz: Floats
    reasons: Mapping[str, str]  # why there is no Bunching or no Deadline to draw
    crowd: int


@chart
def fingerprints(lines: Lines) -> Figure:
    """Draw density around the quota, profile before deadlines and Lorenz curve."""
    figure, [[around, before, over]] = panels(
        1,
        3,
        height=2.5,
        left=0.6,
        across=0.62,
        bottom=0.5,
        text=_caption(lines.crowd),
        share_x=False,
        share_y=False,
    )
    around.set_title("Around the quota")
    if lines.bunching is None:
        _nothing(around, lines.reasons["Bunching"])
    else:
        _density(around, lines.bunching, lines)
    before.set_title("Before the deadline")
    if lines.tokens is None:
        _nothing(before, lines.reasons["Deadline"])
    else:
        _profile(before, lines.tokens, lines.output)
    over.set_title("Over people")
    _lorenz(over, lines.lorenz)
    return figure


def _nothing(axes: Axes, reason: str) -> None:
    """Say why a panel is empty, in lines that fit a third of the width."""
    nothing(axes, reason)
    [said] = axes.texts
    said.set_text(fill(reason, NARROW))


def _density(axes: Axes, bunching: Bunching, lines: Lines) -> None:
    edges = bunching.edges
    scale = 100.0 / lines.scores
    crowded = bunching.people >= lines.crowd
    observed = np.where(crowded, scale * bunching.observed, 0.0)
    expected = scale * bunching.expected
    axes.stairs(observed, edges, fill=True, color=MANUAL, alpha=0.55)
    middles = np.sqrt(edges[1:] * edges[:-1])
    for side, colour in ((middles > 1.0, PADDING), (middles < 1.0, GENUINE)):
        axes.stairs(
            np.where(bunching.region & side, observed, expected),
            edges,
            baseline=expected,
            fill=True,
            color=colour,
            alpha=0.75,
        )
    axes.plot(middles, expected, color=INK, linewidth=1.1)
    axes.axvline(1.0, color=INK, linewidth=0.9, linestyle=(0, (3, 1.5)))
    axes.set_xscale("log")
    axes.set_xlim(edges[0], edges[-1])
    axes.minorticks_off()
    axes.set_xticks([0.1, 0.5, 1, 2, 10], ["0.1", "0.5", "1", "2", "10"])
    axes.set_ylim(bottom=0.0)
    axes.set_xlabel(f"Tokens of a period over the quota\nof {number(lines.quota)} M")
    axes.set_ylabel("Periods in a bin, %")


def _profile(axes: Axes, tokens: Deadline, output: Deadline | None) -> None:
    axes.axhline(1.0, color=FAINT, linewidth=0.8)
    rows = [("tokens", tokens, PADDING, "o")]
    if output is not None:
        rows.append(("output", output, BASELINE.colour, "s"))
    for k, (name, deadline, colour, marker) in enumerate(rows):
        left = np.arange(len(deadline.profile))[::-1] - 0.12 * k
        values = np.array([one.value for one in deadline.profile])
        ends = np.array([one.interval for one in deadline.profile]).T
        axes.errorbar(
            -left,
            values,
            yerr=np.abs(ends - values),
            color=colour,
            marker=marker,
            markersize=4.0,
            linewidth=1.1,
            elinewidth=0.9,
            label=name,
        )
    axes.xaxis.set_major_locator(MaxNLocator(integer=True))
    axes.legend(loc="best")
    axes.set_xlabel("Weeks to the end of the period\n(0: its last week)")
    axes.set_ylabel("Use over its mean")


def _lorenz(axes: Axes, lorenz: Floats) -> None:
    people = np.linspace(0.0, 100.0, len(lorenz))
    axes.plot([0.0, 100.0], [0.0, 100.0], color=FAINT, linewidth=0.8)
    axes.plot(people, 100.0 * lorenz, color=INK, marker=".", linewidth=1.1)
    axes.fill_between(people, people, 100.0 * lorenz, color=MANUAL, alpha=0.3)
    axes.set_xlim(0.0, 100.0)
    axes.set_ylim(0.0, 100.0)
    axes.set_xlabel("People, the lightest users first, %")
    axes.set_ylabel("Part of all tokens, %")


def _caption(crowd: int) -> str:
    return (
        "Left: line: what is expected without bunching; orange: more than expected at "
        "and above the quota; blue: missing below it; grey: all other periods. Bins "
        f"with fewer than {crowd} people are drawn empty. Middle: use of a person over "
        "their own mean, 95 % intervals. Right: the further below the straight line, "
        "the fewer people use most of the tokens."
    )
