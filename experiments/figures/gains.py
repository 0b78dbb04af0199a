"""Who gains and who loses: people who are worse off, by scheme and group."""

from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from experiments.figures.comparison import Chart, Drawn, StudyData
from experiments.figures.sign_map import COLOURS
from experiments.figures.style import FAINT, GRID, INK, chart, empty, panels, wrapped
from experiments.statistics.accounts import Told, WorseOff, apart, by_group
from experiments.words.groups import EVERYBODY, KINDS, Group, said, short

GAP = 0.35
"""Room between two kinds of groups, in columns."""
NOTE = (
    "People who are worse off than the same person with the same luck under {}, % of "
    "the group, by welfare over the whole run. Orange: more people lose than gain; "
    "blue: more gain. Bold: the 95 % interval over replicates leaves out the share of "
    "everybody."
)


@chart
def gains(told: Told, schemes: Sequence[str], baseline: str) -> Figure:
    """Draw shares of people who are worse off, a row a scheme, a column a group."""
    groups = _groups(told)
    if not groups:
        return empty("nobody was compared")
    lines = [wrapped(name, 22) for name in schemes]
    tall = sum(max(0.25, 0.15 * (line.count("\n") + 1)) for line in lines)
    at = _places(groups)
    heads = [short(group) for group in groups]
    above = 0.1 + 0.075 * max(map(len, heads))
    figure, [[axes]] = panels(
        1,
        1,
        height=tall,
        left=1.75,
        right=0.08,
        top=0.25 + above,
        bottom=0.1,
        text=NOTE.format(baseline),
    )
    for y, scheme in enumerate(schemes):
        for group, x in at.items():
            if (scheme, group) in told:
                _cell(axes, x, y, told[scheme, group], told[scheme, EVERYBODY])
    axes.set_yticks(np.arange(len(schemes)), lines)
    axes.set_xticks(list(at.values()), heads, fontsize=7.5, rotation=90)
    axes.tick_params(length=0, top=True, labeltop=True, bottom=False, labelbottom=False)
    for edge in axes.spines.values():
        edge.set_visible(False)
    axes.set_xlim(-0.5, max(at.values()) + 0.5)
    axes.set_ylim(len(schemes) - 0.5, -0.5)
    _kinds(axes, at, 1.0 + above / tall)
    return figure


def _groups(told: Told) -> list[Group]:
    """List all groups: kinds in their order, groups of a kind as they come."""
    there = dict.fromkeys(group for _, group in told)
    return [group for kind in KINDS for group in there if group.kind == kind]


def _places(groups: Sequence[Group]) -> dict[Group, float]:
    """Place columns side by side, with a gap before each kind."""
    kinds = list(dict.fromkeys(group.kind for group in groups))
    return {g: k + GAP * kinds.index(g.kind) for k, g in enumerate(groups)}


def _cell(axes: Axes, x: float, y: float, row: WorseOff, everybody: WorseOff) -> None:
    if row.worse_off is None or row.better_off is None:
        return
    colour = COLOURS(0.5 + 0.5 * (row.better_off - row.worse_off))
    axes.add_patch(
        Rectangle((x - 0.48, y - 0.46), 0.96, 0.92, color=colour, linewidth=0)
    )
    axes.text(
        x,
        y,
        f"{100.0 * row.worse_off:.0f}",
        ha="center",
        va="center",
        fontsize=7.5,
        fontweight="bold" if apart(row, everybody) else "normal",
        color=INK if sum(to_rgb(colour)) / 3.0 > 0.55 else "white",
    )


def _kinds(axes: Axes, at: dict[Group, float], height: float) -> None:
    """Name above the heads what people are divided by."""
    for kind, title in KINDS.items():
        there = [x for group, x in at.items() if group.kind == kind]
        if there and title:
            ends = (there[0] - 0.45, there[-1] + 0.45)
            where = axes.get_xaxis_transform()
            axes.plot(
                ends, (height, height), color=GRID, transform=where, clip_on=False
            )
            axes.annotate(
                title,
                (0.5 * sum(ends), height),
                xycoords=where,
                xytext=(0, 3),
                textcoords="offset points",
                ha="center",
                va="bottom",
                fontsize=7.5,
                color=FAINT,
            )


def alternative(told: Told, schemes: Sequence[str]) -> str:
    """Say of every scheme in which group most and fewest people are worse off."""
    texts = []
    for scheme in schemes:
        rows = [
            row
            for (name, _), row in told.items()
            if name == scheme and row.worse_off is not None
        ]
        if rows:
            low, high = (
                f"{100.0 * (row.worse_off or 0.0):.0f} % ({said(row.of)})"
                for row in (
                    f(rows, key=lambda r: r.worse_off or 0.0) for f in (min, max)
                )
            )
            texts.append(f"{scheme} from {low} to {high}")
    return f"Map of people who are worse off by scheme and group: {'; '.join(texts)}."


def _draw(data: StudyData) -> Drawn:
    told = by_group(data.fates)
    figure = gains(told, data.others, data.compared_with)
    return Drawn(figure, alternative(told, data.others))


CHART = Chart(
    "gains", "Whom does each scheme leave worse off?", "people", _draw, of_centre=False
)
