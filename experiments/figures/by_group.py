"""What a scheme does to each group, and what of it crosses the border between them."""

from collections.abc import Sequence

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from matplotlib.patheffects import withStroke

from experiments.figures.comparison import Chart, Drawn, StudyData
from experiments.figures.style import (
    DOWN,
    FAINT,
    INK,
    UP,
    chart,
    darker,
    nothing,
    panels,
    wrapped,
)
from experiments.statistics.groups import OfGroup, group_names, indexed
from experiments.statistics.paired import clear_sign
from experiments.words.groups import role_title
from experiments.words.screen import signed

SHOWN = {
    "reported_tokens": "reported usage, %",
    "output": "real output, %",
    "welfare": "welfare, %",
}
"""Outcomes that are drawn, with the names of their axes."""
HERE, THERE = -0.06, 0.28
"""Places of both effects within the row of a group."""
NOTE = (
    "Effects on the people of each group over the whole run, % of their mean under {}, "
    "with 95 % intervals. Filled: in the mixed organisation. Hollow: on the same "
    "people if all were under the schemes of their group. The bar between them is "
    "spill-over, blue up and orange down, with its size above. "
)
DOUBT = "A question mark: its 95 % interval holds 0."


@chart
def by_group(rows: Sequence[OfGroup]) -> Figure:
    """Draw the effects on each group, in the mixed organisation and if all were."""
    found, groups = indexed(rows), group_names(rows)
    drawn = [found[group, outcome] for group in groups for outcome in SHOWN]
    text = NOTE.format(rows[0].baseline) + (DOUBT if any(map(_unsure, drawn)) else "")
    figure, [line] = panels(
        1,
        len(SHOWN),
        height=0.62 * len(groups),
        left=1.25,
        top=0.12,
        bottom=0.48,
        across=0.2,
        text=text,
        share_x=False,
    )
    for axes, (outcome, name) in zip(line, SHOWN.items(), strict=True):
        of = [found[group, outcome] for group in groups]
        for y, row in enumerate(of):
            _effects(axes, y, row)
        if all(row.percent is None for row in of):
            nothing(axes, "the baseline has none")
        axes.set_xlabel(name)
        axes.axvline(0.0, color=INK, linewidth=0.8, zorder=0)
        axes.margins(x=0.12)
        axes.tick_params(axis="y", length=0)
        axes.spines["left"].set_visible(False)
    line[0].set_yticks(range(len(groups)), [_head(found[g, "output"]) for g in groups])
    line[0].set_ylim(len(groups) - 0.5, -0.5)
    return figure


def _head(row: OfGroup) -> str:
    return f"{wrapped(role_title(row.group), 16)}\n{row.people:,.0f} people"


def _effects(axes: Axes, y: int, row: OfGroup) -> None:
    """Draw both effects on a group, and what lies between them."""
    if row.percent is None or row.for_all_percent is None:
        return
    _mark(axes, y + THERE, row.for_all_percent, row.for_all_low, row.for_all_high)
    _mark(axes, y + HERE, row.percent, row.percent_low, row.percent_high, INK)
    spill = row.spill_over or 0.0
    colour = UP if spill > 0.0 else DOWN
    axes.add_patch(
        Rectangle(
            (row.for_all_percent, y + HERE),
            spill,
            THERE - HERE,
            color=colour,
            alpha=0.35,
            linewidth=0,
        )
    )
    axes.text(
        row.for_all_percent + 0.5 * spill,
        y + HERE - 0.13,
        f"{signed(spill)}{' ?' if _unsure(row) else ''}",
        ha="center",
        va="bottom",
        fontsize=7.5,
        color=darker(colour) if spill else FAINT,
        path_effects=[withStroke(linewidth=2.2, foreground="white")],
    )


def _mark(
    axes: Axes,
    y: float,
    value: float,
    low: float | None,
    high: float | None,
    filled: str = "white",
) -> None:
    if low is not None and high is not None:
        axes.plot((low, high), (y, y), color=INK, linewidth=1.0)
    axes.plot([value], [y], "o", ms=5.0, mfc=filled, mec=INK, mew=1.0)


def _unsure(row: OfGroup) -> bool:
    """Whether spill-over is not told from luck."""
    known = row.spill_low is not None and bool(row.spill_over)
    return known and clear_sign(row.spill_low, row.spill_high) == 0


def alternative(rows: Sequence[OfGroup]) -> str:
    """Say of each group both effects on real output, and what lies between them."""
    texts = [
        f"{role_title(row.group)} {signed(row.percent)} % in the mixed organisation, "
        f"{signed(row.for_all_percent)} % if all were under its schemes, spill-over "
        f"{signed(row.spill_over or 0.0)} %"
        for row in rows
        if row.outcome == "output"
        and row.percent is not None
        and row.for_all_percent is not None
    ]
    return f"Effects on real output by group: {'; '.join(texts)}."


def _draw(data: StudyData) -> Drawn:
    return Drawn(by_group(data.groups), alternative(data.groups))


CHART = Chart(
    "by_group",
    "What does it do to each group, and what of it spills over?",
    "groups",
    _draw,
)
