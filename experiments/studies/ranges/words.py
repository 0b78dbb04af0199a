"""What moves the headline, in sentences and cells."""

from collections.abc import Sequence

from experiments.designs.design import Design
from experiments.statistics.ranges import End, Swing, swings
from experiments.words.screen import percent

HEADS = ("parameter", "range", "effect, %, at the lower end", "upper end")


def title(design: Design, baseline: str) -> str:
    """Say what was varied, and in which organisation."""
    return (
        f"What moves the effect on real output against {baseline}, one parameter at a "
        f"time over its range: {len(design.factors)} parameters, {design.employees:,} "
        f"people, {design.weeks} weeks, {design.points[0].replicates} replicates, seed "
        f"{design.seed}"
    )


def sentence(rows: Sequence[End], scheme: str) -> str:
    """Say how many parameters turn the effect of a scheme by themselves."""
    [default] = [end for end in rows if end.scheme == scheme and not end.parameter]
    every = swings(rows, scheme)
    flipping = sum(swing.flips for swing in every)
    return (
        f"Real output: {effect(default)} %, all as declared. {flipping or 'None'} of "
        f"{len(every)} parameters {'turns' if flipping == 1 else 'turn'} a clear "
        "effect into its opposite alone."
    )


def line(swing: Swing) -> tuple[str, str, str, str]:
    """Write the cells of a parameter; a star marks one that turns a clear effect."""
    low, high = swing.ends
    return (
        f"{swing.parameter}{' *' if swing.flips else ''}",
        f"{swing.range[0]:g} to {swing.range[1]:g}",
        effect(low),
        effect(high),
    )


def effect(end: End) -> str:
    """Write an effect [%] with its interval."""
    if end.percent is None:
        return "–"
    shown = f"{'+' if end.percent > 0 else ''}{percent(end.percent)}"
    if end.low is None or end.high is None:
        return shown
    return f"{shown} [{percent(end.low)}, {percent(end.high)}]"
