"""How cost grows with employees, weeks and runs, as one chart."""

from collections.abc import Sequence
from itertools import groupby
from pathlib import Path
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure as Chart
from matplotlib.ticker import FuncFormatter, LogLocator, NullFormatter

from benchmarks.figure import Figure
from experiments.figures.style import COLOURS, FAINT, INK, WIDTH, house

MARKERS = "osD^vP*X"
SMALL: dict[str, Any] = {
    "fontsize": 7.5,
    "color": FAINT,
    "horizontalalignment": "right",
}


def draw(figures: Sequence[Figure], folder: Path) -> list[Path]:
    """Draw the chart, and save it as PNG and SVG; the files."""
    with house():
        chart = Chart(figsize=(WIDTH, 3.8), layout="constrained")
        left, middle, right = chart.subplots(1, 3, width_ratios=[1.5, 1, 1])
        employees(left, figures)
        weeks = [f for f in figures if f.part == "growth" and f.threads == 1]
        runs = [f for f in figures if f.part == "growth" and f.threads > 1]
        along(middle, weeks, "weeks", "One run", "weeks, of 500 employees")
        along(right, runs, "runs", "Many runs, all cores", _runs_label(runs))
        handles, labels = left.get_legend_handles_labels()
        chart.legend(handles, labels, loc="outside lower center", ncols=4)
        files = [folder / "growth.png", folder / "growth.svg"]
        for file in files:
            chart.savefig(file, dpi=200, metadata=_no_date(file))
    return files


def employees(axes: Axes, figures: Sequence[Figure]) -> None:
    """Seconds of a week by employees, a line a framework."""
    chosen = [f for f in figures if f.part == "decisions" and f.quantity == "week"]
    chosen.sort(key=_line)
    for n, (line, group) in enumerate(groupby(chosen, key=_line)):
        points = sorted(group, key=lambda f: f.employees)
        look: dict[str, Any] = {
            "color": INK if line == _line(chosen[0]) else COLOURS[n % len(COLOURS)],
            "marker": MARKERS[n % len(MARKERS)],
            "markersize": 4.0,
        }
        measured = [f for f in points if f.how == "measured"]
        axes.plot(
            [f.employees for f in measured],
            [f.value for f in measured],
            label=_name(measured[0]),
            **look,
        )
        rest = [f for f in points if f.employees >= measured[-1].employees]
        look |= {"linestyle": ":", "markerfacecolor": "white"}
        axes.plot(
            [f.employees for f in rest], [f.value for f in rest], zorder=1, **look
        )
    _logarithmic(axes, "A week (dotted: extrapolated)", "employees")
    axes.set_ylabel("time [s]")


def along(
    axes: Axes, figures: Sequence[Figure], along: str, title: str, label: str
) -> None:
    """Seconds along one dimension, beside growth in proportion."""
    x = [getattr(f, along) for f in figures]
    y = [f.value for f in figures]
    axes.plot(x, y, color=INK, marker="o", markersize=4.0)
    proportional = [y[-1] * at / x[-1] for at in x]
    axes.plot(x, proportional, color=FAINT, linestyle="--", linewidth=0.8)
    axes.text(0.97, 0.05, "dashed: in proportion", transform=axes.transAxes, **SMALL)
    _logarithmic(axes, title, label)


def _logarithmic(axes: Axes, title: str, label: str) -> None:
    axes.set_xscale("log")
    axes.set_yscale("log")
    for axis in (axes.xaxis, axes.yaxis):
        # The house style sets text as it is, and so cannot show powers of ten.
        axis.set_major_locator(LogLocator(base=10.0, numticks=8))
        axis.set_major_formatter(FuncFormatter(_tick))
        axis.set_minor_formatter(NullFormatter())
    axes.grid(True)
    axes.set_title(title)
    axes.set_xlabel(label)


def _tick(value: float, position: int | None = None) -> str:
    for size, letter in ((1e6, "M"), (1e3, "k")):
        if value >= size:
            return f"{value / size:g} {letter}"
    return f"{value:g}"


def _line(figure: Figure) -> tuple[int, str, str, int]:
    ours = 0 if figure.what == "this engine" else 1
    return ours, figure.what, figure.rules, figure.threads


def _name(figure: Figure) -> str:
    if figure.what != "this engine":
        return figure.what
    rules = figure.rules.replace("_", " ")
    name = f"engine, {rules}"
    return name if figure.threads == 1 else f"{name}, {figure.threads} threads"


def _runs_label(figures: Sequence[Figure]) -> str:
    return f"runs of 500 × {figures[0].weeks} weeks"


def _no_date(file: Path) -> dict[str, None] | None:
    return {"Date": None} if file.suffix == ".svg" else None
