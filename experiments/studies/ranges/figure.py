"""What moves the headline: each parameter over its range, one at a time."""

from collections.abc import Sequence

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from experiments.figures.style import DOWN, FAINT, INK, UP, chart, empty, panels
from experiments.statistics.ranges import End, Swing, swings

MOST = 20
"""Most parameters that are drawn: those that move the headline most."""


@chart
def ranges(ends: Sequence[End], scheme: str, baseline: str) -> Figure:
    """Draw the effect of a scheme at both ends of the range of each parameter."""
    [default] = [e for e in ends if e.scheme == scheme and not e.parameter]
    if default.percent is None:
        return empty(f"the effect of {scheme} as declared is not known")
    every = swings(ends, scheme)
    shown = every[:MOST]
    text = (
        f"Effect of {scheme} on real output over the whole run, % of {baseline}'s "
        "under the same parameters. A bar runs from the lower end of a parameter's "
        "range (orange) to the upper one (blue), which its label gives; the line is "
        f"the effect as declared, {default.percent:+.2f} %. All others stay as they "
        "are. "
    )
    if len(every) > MOST:
        text += f"The {len(every) - MOST} others move it by less. "
    text += "An asterisk: a clear effect changes its sign."
    figure, [[axes]] = panels(
        1, 1, height=0.24 * len(shown) + 0.1, left=2.75, top=0.15, text=text
    )
    for y, swing in enumerate(shown):
        _bar(axes, y, swing, default.percent)
    axes.set_yticks(range(len(shown)), [_label(swing) for swing in shown])
    axes.set_ylim(len(shown) - 0.4, -0.6)
    axes.axvline(default.percent, color=INK, linewidth=1.0)
    axes.axvline(0.0, color=FAINT, linewidth=0.8, linestyle=(0, (2, 2)))
    axes.set_xlabel("effect on real output [%]")
    axes.grid(axis="x")
    axes.tick_params(axis="y", length=0)
    return figure


def _bar(axes: Axes, y: int, swing: Swing, default: float) -> None:
    for end, colour in zip(swing.ends, (DOWN, UP), strict=True):
        if end.percent is not None:
            axes.barh(y, end.percent - default, left=default, height=0.62, color=colour)


def _label(swing: Swing) -> str:
    low, high = (f"{value:g}".replace("-", "−") for value in swing.range)
    star = " *" if swing.flips else ""
    return f"{swing.parameter}  {low} to {high}{star}"
