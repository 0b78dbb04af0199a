"""The effect in every world against what decides most."""

from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from experiments.designs.factors import declared
from experiments.figures.style import FAINT, INK, chart, empty, panels, wrapped
from experiments.figures.worlds import TICKS, bent, colour
from experiments.store.dataset import Floats
from experiments.studies.certificate.kept.deciders import Group
from experiments.studies.certificate.words import of_100
from experiments.words.structures import STRUCTURES

MOST = 3
JITTER = 0.3


@chart
def deciders(
    effects: Floats, columns: Sequence[tuple[str, Floats]], groups: Sequence[Group]
) -> Figure:
    """Draw effects (n,) [%] against unknowns (n,), with shares over their thirds."""
    shown = list(columns[:MOST])
    if not shown or np.isnan(effects).all():
        return empty("no effect is known in any world")
    text = (
        "A dot is a world: the effect on real output against the value of an unknown "
        "there. Dotted lines part its thirds; above them, in how many of 100 worlds "
        "output clearly rises and falls. Thirds hold on other worlds, thresholds do "
        "not. The axis of effects is even near 0 and logarithmic further out."
    )
    figure, [row] = panels(
        1, len(shown), height=2.9, left=0.6, top=0.45, bottom=0.75, text=text,
        share_x=False,
    )  # fmt: skip
    for axes, (key, values) in zip(row, shown, strict=True):
        own = [group for group in groups if group.key == key]
        _panel(axes, effects, key, values, own)
    row[0].set_ylabel("effect on real output, %")
    _ticks(row[0], effects)
    return figure


def _panel(
    axes: Axes, effects: Floats, key: str, values: Floats, groups: Sequence[Group]
) -> None:
    places = values.copy()
    structure = next((x for x in STRUCTURES if x.key == key), None)
    if structure:
        # Spread by the number of the world: the same picture every time.
        places += JITTER * (2.0 * (np.arange(len(values)) * 0.618 % 1.0) - 1.0)
    colours = [colour(effect) for effect in effects.tolist()]
    bended = np.arcsinh(effects / 0.5)
    axes.scatter(places, bended, s=5.0, c=colours, linewidths=0)
    axes.axhline(0.0, color=INK, linewidth=0.8)
    if structure:
        names = [name for _, name in sorted(structure.names.items())]
        axes.set_xticks(range(len(names)), [wrapped(name, 9) for name in names])
        axes.tick_params(axis="x", labelsize=6.5)
    for group, after in zip(groups, [*groups[1:], None], strict=True):
        if after and not structure:
            edge = (group.to_value + after.from_value) / 2.0
            axes.axvline(edge, color=FAINT, linewidth=0.7, linestyle=(0, (1, 2)))
        rises, falls = (of_100(x / group.worlds) for x in (group.rises, group.falls))
        axes.text(
            (group.from_value + group.to_value) / 2.0,
            1.02,
            f"↑ {rises}\n↓ {falls}",
            transform=axes.get_xaxis_transform(),
            ha="center",
            va="bottom",
            fontsize=7.0,
        )
    name = structure.one if structure else declared()[key].description
    axes.set_xlabel(wrapped(f"{name} ({key})", 34), fontsize=7.5)


def _ticks(axes: Axes, effects: Floats) -> None:
    low, high = (bent(float(x)) for x in (np.nanmin(effects), np.nanmax(effects)))
    ticks = sorted({sign * tick for tick in TICKS for sign in (-1, 1)})
    shown = [tick for tick in ticks if low - 0.2 <= bent(tick) <= high + 0.2]
    names = [f"{tick:+g}".replace("-", "−") if tick else "0" for tick in shown]
    axes.set_yticks([bent(tick) for tick in shown], names)
    axes.set_ylim(low - 0.3, high + 0.3)
