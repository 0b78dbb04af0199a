"""Through which channels a scheme changes real output."""

from collections.abc import Sequence

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from experiments.figures.comparison import FEW, Chart, Drawn, StudyData
from experiments.figures.style import (
    DRESSING,
    GENUINE,
    INK,
    MANUAL,
    MISUSE,
    PADDING,
    REWORK,
    STRAIN,
    TRIVIAL,
    chart,
    empty,
    panels,
    wrapped,
)
from experiments.statistics.effects import Effect, Effects
from experiments.statistics.frames import finite, need, order_of
from experiments.words.screen import number, signed

CHANNELS = {
    "output_manual": ("effort", MANUAL),
    "output_gain": ("what AI adds", GENUINE),
    "output_misuse": ("AI where it harms", MISUSE),
    "output_trivial": ("trivial use", TRIVIAL),
    "output_padding": ("time spent padding", PADDING),
    "output_dressing": ("dressing up, gestures", DRESSING),
    "output_rework": ("rework, sign-off", REWORK),
    "output_strain": ("strain", STRAIN),
}
TEXT = (
    "Bars to the right add output, bars to the left cost output; together they make "
    "the net effect (diamond; line: its 95 % interval, paired t over replicates). "
    "Channels are accounting, not causes: learning shows up as gain. Those that "
    "nothing moves are left out. Whole run, the world as given."
)


@chart
def channels(effects: pd.DataFrame, order: Sequence[str] = ()) -> Figure:
    """Draw the effect on output by channel, over the whole run, and the net effect."""
    need(effects, ("scheme", "outcome", "period", "effect", "low", "high"), "effects")
    whole = effects[effects["period"] == "whole"]
    if whole.empty:
        return empty("effects holds no effect over the whole run")
    table = whole.pivot(index="scheme", columns="outcome", values="effect")
    lacking = [name for name in ("output", *CHANNELS) if name not in table.columns]
    if lacking:
        raise ValueError(f"effects lacks the outcomes {', '.join(lacking)}")
    net_of = table["output"].dropna()
    known = [name for name in order_of(whole) if name in net_of.index]
    schemes = [name for name in order or known if name in known]
    if not schemes:
        return empty("the effect on output is null for every scheme")
    changes = table.loc[schemes, list(CHANNELS)].astype(float).fillna(0.0)
    finite(changes.to_numpy(), "a channel")
    lines = [wrapped(name, 26) for name in schemes]
    each = 0.27 if len(schemes) <= 20 else 0.2
    tall = sum(max(each, 0.14 * (line.count("\n") + 1)) for line in lines) + 0.2
    baseline = str(whole["baseline"].iloc[0]) if "baseline" in whole else "the baseline"
    no_interval = whole["low"].isna().all()
    text = TEXT.replace("; line: its 95 % interval, paired t over replicates", "")
    figure, [[axes]] = panels(
        1,
        1,
        height=tall,
        left=2.05,
        top=0.55,
        text=text + " One replicate: no intervals." if no_interval else TEXT,
    )
    rows = np.arange(len(schemes))[::-1]
    up, down = np.zeros(len(schemes)), np.zeros(len(schemes))
    for name, (label, colour) in CHANNELS.items():
        values = changes[name].to_numpy(float)
        if not values.any():
            continue
        start = np.where(values >= 0.0, up, down)
        axes.barh(rows, values, left=start, height=0.68, color=colour, label=label)
        up += np.clip(values, 0.0, None)
        down += np.clip(values, None, 0.0)
    net = whole[whole["outcome"] == "output"].set_index("scheme").loc[schemes]
    middle = net["effect"].to_numpy(float)
    ends = net["low"].to_numpy(float), net["high"].to_numpy(float)
    axes.hlines(rows, *ends, color=INK, linewidth=1.0, zorder=4)
    axes.plot(
        middle,
        rows,
        "D",
        color=INK,
        markersize=4.5,
        markeredgecolor="white",
        markeredgewidth=0.6,
        label="net",
        zorder=5,
    )
    axes.axvline(0.0, color=INK, linewidth=0.9)
    axes.set_yticks(rows, lines)
    axes.tick_params(axis="y", length=0)
    axes.set_ylim(-0.6, len(schemes) - 0.4)
    low, high = axes.get_xlim()
    if not (changes.to_numpy().any() or middle.any()):
        low, high = -1.0, 1.0
    axes.set_xlim(low, high)
    axes.grid(True, axis="x")
    axes.set_xlabel(f"Change against {baseline}, half-days per employee-week")
    figure.legend(
        loc="upper left",
        ncols=6,
        bbox_to_anchor=(0.01, 1.0 - 0.06 / figure.get_figheight()),
        borderaxespad=0.0,
        columnspacing=1.1,
        handlelength=1.1,
        handletextpad=0.5,
    )
    return figure


def alternative(effects: Effects, schemes: Sequence[str]) -> str:
    """Say every channel of the schemes with the largest effects."""
    texts = []
    largest = sorted(schemes, key=lambda scheme: -abs(_net(effects, scheme)))[:FEW]
    for scheme in largest:
        values = {
            label: effects[scheme, name, "whole"].effect or 0.0
            for name, (label, _) in CHANNELS.items()
        }
        terms = ", ".join(
            f"{label} {signed(x, number)}" for label, x in values.items() if x
        )
        net = signed(_net(effects, scheme), number)
        texts.append(f"{scheme}: {terms or 'nothing changes'}; net {net}")
    return (
        "Stacked bars of the change of output by channel, in half-days per "
        f"employee-week, for every scheme. The largest: {'. '.join(texts)}."
    )


def _net(effects: Effects, scheme: str) -> float:
    return effects[scheme, "output", "whole"].effect or 0.0


def _draw(data: StudyData) -> Drawn:
    rows = pd.DataFrame(list(data.effects.values()), columns=list(Effect._fields))
    return Drawn(channels(rows, data.others), alternative(data.effects, data.others))


CHART = Chart("channels", "Through which channels output changes", "ways", _draw)
