"""The distribution of weekly tokens over people, with the thresholds of incentives."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patheffects import withStroke
from numpy.typing import NDArray

from experiments.figures.comparison import Chart, Drawn, StudyData
from experiments.figures.reference_lines import ReferenceLine, reference_lines
from experiments.figures.style import (
    FAINT,
    GENUINE,
    INK,
    PADDING,
    TRIVIAL,
    WIDTH,
    axes_at,
    chart,
    empty,
    note,
    note_height,
    wrapped,
)
from experiments.statistics.employees import Weeks, smaller, weekly_tokens
from experiments.statistics.frames import finite
from experiments.words.screen import number, percent
from model.scenario import Scenario

Floats = NDArray[np.float64]

PER_DECADE = 10
LOWEST = 0.1
"""Lower end of the bins [M tokens a week]; smaller values count in the first one."""
LETTER = 3.9
"""Width of a letter in a line's name [points], chosen generously."""


class Sample(NamedTuple):
    """Weekly tokens of people of one scheme [M], by what they were spent on.

    All three are equally long.
    """

    genuine: Floats
    trivial: Floats
    padded: Floats
    lines: Sequence[ReferenceLine] = ()

    @property
    def all(self) -> Floats:
        """All tokens."""
        total: Floats = self.genuine + self.trivial + self.padded
        return total


@chart
def tokens(samples: Mapping[str, Sample], baseline: str | None, about: str) -> Figure:
    """Draw the distribution of weekly tokens by scheme, on a logarithmic axis.

    ``about`` says in the note whose weeks these are.
    """
    if not samples:
        raise ValueError("no scheme was given")
    for name, sample in samples.items():
        kinds = sample.genuine, sample.trivial, sample.padded
        if len({len(values) for values in kinds}) > 1:
            raise ValueError(f"{name}: the kinds of tokens differ in length")
        for values in kinds:
            if np.isnan(values).any() or (values < 0.0).any():
                raise ValueError(f"{name}: tokens must not be null or negative")
            finite(values, f"tokens of {name}")
    if baseline is not None and baseline not in samples:
        raise ValueError(f"there are no tokens of the baseline {baseline}")
    total = {name: sample.all for name, sample in samples.items()}
    used = np.concatenate([values[values > 0.0] for values in total.values()])
    if not len(used):
        return empty("nobody used any tokens")
    edges = _edges(used, [line for s in samples.values() for line in s.lines])
    text = _caption(baseline, about)
    names = {name: wrapped(name, 24) for name in samples}
    each = 0.46 if len(samples) <= 20 else 0.36
    row = max(each, 0.14 * max(n.count("\n") + 1 for n in names.values()) + 0.06)
    foot, top = 0.5 + note_height(text), 0.32
    figure = Figure(figsize=(WIDTH, top + row * len(samples) + foot))
    left, right = 1.95, 0.95
    under = _heights(total[baseline], edges) if baseline else None
    highest = max(_heights(values, edges).max() for values in total.values())
    for k, (name, sample) in enumerate(samples.items()):
        bottom = foot + (len(samples) - 1 - k) * row
        axes = axes_at(figure, left, bottom, WIDTH - left - right, 0.93 * row)
        _row(axes, sample, edges, None if name == baseline else under)
        axes.set_ylim(0.0, 1.3 * highest)
        lines = [line for line in sample.lines if line.tokens > 0.0]
        _lines(axes, lines, edges, (WIDTH - left - right) * 72.0)
        axes.set_ylabel(
            names[name], rotation=0, ha="right", va="center", fontsize=8.0, labelpad=6
        )
        axes.tick_params(
            labelbottom=k == len(samples) - 1, bottom=k == len(samples) - 1
        )
        idle = float((total[name] == 0.0).mean())
        median = float(np.median(total[name]))
        axes.annotate(
            f"{100 * idle:.0f} %, {number(median)} M",
            (1, 0.5),
            xycoords="axes fraction",
            xytext=(5, 0),
            textcoords="offset points",
            va="center",
            fontsize=7.5,
        )
        if k == 0:
            axes.annotate(
                "no tokens,\nmedian",
                (1, 1),
                xycoords="axes fraction",
                xytext=(5, 2),
                textcoords="offset points",
                va="bottom",
                fontsize=7.0,
                color=FAINT,
            )
    axes.set_xlabel("Tokens of a person in a week, M (logarithmic)")
    _key(figure, baseline, left)
    note(figure, text)
    return figure


def _edges(used: Floats, lines: Sequence[ReferenceLine]) -> Floats:
    values = [*(line.tokens for line in lines if line.tokens > 0.0), float(used.max())]
    low = max(LOWEST, min(float(np.quantile(used, 0.005)), *values))
    start = np.floor(np.log10(low) * 2.0) / 2.0
    end = np.ceil(np.log10(max(values)) * 5.0 + 0.01) / 5.0
    count = max(1, round((end - start) * PER_DECADE))
    edges: Floats = np.logspace(start, end, count + 1)
    return edges


def _heights(values: Floats, edges: Floats, of: Floats | None = None) -> Floats:
    """Give the percentage of all person-weeks in each bin, weighted if asked."""
    some = values > 0.0
    inside = np.clip(values[some], edges[0], edges[-1] * 0.999999)
    weights = None if of is None else of[some]
    counts = np.histogram(inside, edges, weights=weights)[0]
    percents: Floats = 100.0 * counts / max(1, len(values))
    return percents


def _row(axes: Axes, sample: Sample, edges: Floats, under: Floats | None) -> None:
    total = sample.all

    def share(part: Floats) -> Floats:
        return np.divide(part, total, out=np.zeros_like(total), where=total > 0.0)

    beyond = sample.trivial + sample.padded
    for heights, colour, alpha in (
        (_heights(total, edges), GENUINE, 0.75),  # the outline must show on it
        (_heights(total, edges, share(beyond)), TRIVIAL, 1.0),
        (_heights(total, edges, share(sample.padded)), PADDING, 0.95),
    ):
        axes.stairs(heights, edges, fill=True, color=colour, alpha=alpha)
    if under is not None:
        axes.stairs(under, edges, color=INK, linewidth=0.8)
    axes.set_xscale("log")
    axes.set_xlim(edges[0], edges[-1])
    axes.xaxis.set_major_formatter(lambda value, _: f"{value:g}")
    axes.minorticks_off()
    axes.set_yticks([])
    axes.spines["left"].set_visible(False)


def _lines(
    axes: Axes, lines: Sequence[ReferenceLine], edges: Floats, wide: float
) -> None:
    """Draw the reference lines, with names where a row of ``wide`` points has room."""
    decades = np.log10(edges[-1] / edges[0])
    at = [wide * np.log10(line.tokens / edges[0]) / decades for line in lines]
    taken: list[tuple[int, float, float]] = []
    for line, x in zip(lines, at, strict=True):
        axes.axvline(line.tokens, color=INK, linewidth=1.1, linestyle=(0, (3, 1.5)))
        text = f"{line.name} {number(line.tokens)}"
        long = LETTER * len(text)
        level, start = min(
            ((n, a) for n in range(3) for a in (x + 3.0, x - 3.0 - long)),
            key=lambda spot: _cost(spot, long, wide, taken, at),
        )
        taken.append((level, start, start + long))
        axes.annotate(
            text,
            (0.0, 1.0),
            xycoords="axes fraction",
            xytext=(start if start > x else x - 3.0, -9.0 * level),
            textcoords="offset points",
            ha="left" if start > x else "right",
            va="top",
            fontsize=7.0,
            path_effects=[withStroke(linewidth=2.0, foreground="white", alpha=0.85)],
            zorder=6,
        )


def _cost(
    spot: tuple[int, float],
    long: float,
    wide: float,
    taken: Sequence[tuple[int, float, float]],
    at: Sequence[float],
) -> float:
    """Rate a place for a name: worse off the row, on a name, on a line, or low."""
    level, start = spot
    end = start + long
    beyond = max(0.0, -start) + max(0.0, end - wide)
    on_names = sum(n == level and a < end and start < b for n, a, b in taken)
    on_lines = sum(start < x < end for x in at)
    return 100.0 * beyond + 1000.0 * on_names + 5.0 * on_lines + level


def _key(figure: Figure, baseline: str | None, left: float) -> None:
    y = 1.0 - 0.13 / figure.get_figheight()
    entries = [
        ("■", "core work", GENUINE),
        ("■", "trivial use", TRIVIAL),
        ("■", "padding", PADDING),
    ]
    if baseline:
        entries.append(("▁", baseline[:40], INK))
    for k, (mark, text, colour) in enumerate(entries):
        x = (left + (0.0, 0.85, 1.7, 2.4)[k]) / WIDTH
        figure.text(x, y, mark, color=colour, fontsize=8.0, va="center")
        figure.text(x + 0.12 / WIDTH, y, text, fontsize=8.0, va="center")


def _caption(baseline: str | None, about: str) -> str:
    outline = f"Outline: {baseline}. " if baseline else "No baseline in this study. "
    return (
        f"{about} Blue: genuine AI use, on core work and trivial. "
        "Height: share of person-weeks in each bin, the same scale in every "
        f"row; weeks without tokens are not drawn, their share stands at the right "
        f"with the median of all weeks. {outline}Dashed: what incentives declare, "
        "in M tokens a week."
    )


def alternative(weeks: Mapping[str, Weeks]) -> str:
    """Say the median and the share of weeks without tokens of every scheme."""
    texts = [
        f"{scheme} median {number(float(np.median(own.all)))} M, "
        f"{percent(100.0 * float((own.all == 0.0).mean()))} % without tokens"
        for scheme, own in weeks.items()
    ]
    return f"Histograms of a person's tokens in a week, by scheme: {'; '.join(texts)}."


def _draw(data: StudyData) -> Drawn:
    by_scheme = weekly_tokens(data.schemes, data.design.seed, data.threads)
    first = [data.baseline] if data.baseline else []
    weeks = {name: by_scheme[name] for name in (*first, *data.others)}
    samples = {name: _sample(data.schemes[name], own) for name, own in weeks.items()}
    about = _about(next(iter(data.schemes.values())))
    return Drawn(tokens(samples, data.baseline, about), alternative(weeks))


def _sample(scenario: Scenario, weeks: Weeks) -> Sample:
    first = scenario.weeks - len(weeks.genuine)
    lines = reference_lines(scenario, weeks.all, first)
    genuine, trivial, padded = (np.ravel(kind) for kind in weeks)
    return Sample(genuine, trivial, padded, lines)


def _about(scenario: Scenario) -> str:
    """Say whose weeks are drawn: a large organisation is simulated smaller."""
    people = smaller(scenario).organisation.employees
    whom = f"{people:,} people"
    if people < scenario.organisation.employees:
        whom = f"An organisation of {people:,} instead of "
        whom += f"{scenario.organisation.employees:,} people"
    return f"{whom}, the weeks of the last quarter of replicate 0."


CHART = Chart(
    "tokens", "How tokens are spread over people", "ways", _draw, of_one_scheme=True
)
