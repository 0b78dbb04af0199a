"""The page of ``study=sweep``: the effects of every scheme over all points."""

from collections.abc import Sequence
from pathlib import Path
from statistics import median
from typing import NamedTuple

import numpy as np

from experiments.designs.factors import name_of
from experiments.designs.sweep import Sweep
from experiments.report.page import (
    Cell,
    Grid,
    Page,
    Row,
    Section,
    Subsection,
    Text,
    main_table,
)
from experiments.report.picture import Picture, picture
from experiments.statistics.point_effects import (
    FEWEST,
    PointEffect,
    Weight,
    chance,
    weights,
)
from experiments.studies.sweep import expectation
from experiments.studies.sweep.figure import Axis, Floats, parallel
from experiments.words.screen import Rounded, percent, rounded, signed

USAGE, OUTPUT = "reported_tokens", "output"
ENDS = 3
"""Points that a table shows at either end."""
MOST_FACTORS = 4
"""Most factors whose levels that table shows."""
LUCK = (
    "The best and the worst of many points are so in part by luck: run them again with "
    "another seed before you rely on them."
)
BY_LEVEL = "mean effect by level"
MOST_WEIGHTS = 12
"""Most factors of which a sentence says how much they move the effect."""


class Findings(NamedTuple):
    """The results of one scheme.

    Attributes
    ----------
    output, usage : list of PointEffect
        Effects by point, both in the same order.
    """

    scheme: str
    baseline: str
    output: Sequence[PointEffect]
    usage: Sequence[PointEffect]
    weights: Sequence[Weight]
    sentences: Sequence[str]
    tables: Sequence[Grid]


def findings(rows: Sequence[PointEffect], sweep: Sweep, scheme: str) -> Findings:
    """Make sentences and tables of one scheme from all effects of the sweep."""
    own = [row for row in rows if row.scheme == scheme]
    output = [row for row in own if row.outcome == OUTPUT]
    usage = [row for row in own if row.outcome == USAGE]
    hangs = weights(output, sweep)
    return Findings(
        scheme,
        sweep.baseline,
        output,
        usage,
        hangs,
        list(_sentences(scheme, sweep, output, usage, hangs)),
        [t for t in (_ends(output, usage, hangs, sweep), _hanging(hangs)) if t.rows],
    )


def _sentences(
    scheme: str,
    sweep: Sweep,
    output: Sequence[PointEffect],
    usage: Sequence[PointEffect],
    hangs: Sequence[Weight],
) -> Sequence[str]:
    known = [row for row in output if row.percent is not None]
    if not known:
        return [f"The effect of {scheme} on real output is not known at any point."]
    versus = f"{scheme} against {sweep.baseline}"
    if scheme == sweep.baseline:
        versus = f"{scheme} with the levers against {scheme} without them"
    said = [
        f"{versus}: over {_points(len(known))}, real output "
        f"changes by {_spread(known)}, reported usage by {_spread(usage)}."
    ]
    if any(row.low is not None for row in known):
        less, more = (sum(row.sign == sign for row in known) for sign in (-1, 1))
        said.append(
            f"Real output is clearly lower at {less} of them and clearly higher at "
            f"{more}; at {len(known) - less - more} the 95 % interval holds 0."
        )
    else:
        said.append(
            "With one replicate a point no interval is known (study.replicates=4)."
        )
    if len(known) >= FEWEST and hangs and hangs[0].swing > 0.0:
        said.append(_most(hangs[0], len(known), sweep.kind == "one_at_a_time"))
    if len(known) > 2 * ENDS:
        said.append(LUCK)
    return said


def _most(weight: Weight, points: int, alone: bool) -> str:
    first = min(weight.steps, key=lambda step: step[1])
    last = max(weight.steps, key=lambda step: step[1])
    text = (
        f"Most hangs on {weight.factor}: the mean effect on real output is "
        f"{signed(first[1])} % at {first[0]} and {signed(last[1])} % at {last[0]}"
    )
    if weight.correlation is None:
        return text + "."
    text += f", rank correlation {weight.correlation:+.2f}".replace("-", "−")
    return text + (
        "."
        if alone
        else f" (beyond ±{chance(points):.2f} only one unrelated factor in twenty)."
    )


def _ends(
    output: Sequence[PointEffect],
    usage: Sequence[PointEffect],
    hangs: Sequence[Weight],
    sweep: Sweep,
) -> Grid:
    """Tabulate the points at which real output gains and loses most."""
    by_point = {row.point: row for row in usage}
    ranked = sorted(
        (row for row in output if row.percent is not None),
        key=lambda row: -(row.percent or 0.0),
    )
    shown = ranked
    if len(ranked) > 2 * ENDS:
        shown = [*ranked[:ENDS], *ranked[-ENDS:]]
    first = [weight.factor for weight in hangs]
    keys = [*first, *(key for key in sweep.keys if key not in first)][:MOST_FACTORS]
    rows = [
        Row(
            f"point {row.point}",
            [
                *(Cell(name_of(key, _rounded(row.levels[key]))) for key in keys),
                _cell(by_point[row.point]),
                _cell(row),
            ],
        )
        for row in shown
    ]
    return Grid(
        "Points by their effect on real output, the best and the worst"
        if shown is not ranked
        else "Points by their effect on real output, the best first",
        "Effects over the whole run in % of the baseline in the same world, with 95 % "
        "intervals.",
        ("point", *keys, "reported usage", "real output"),
        rows,
    )


def _hanging(hangs: Sequence[Weight]) -> Grid:
    return Grid(
        "What the effect on real output hangs on",
        "Mean effect [%] at the levels of each factor (or in four parts of its range), "
        "whatever the others do; swing: the largest less the smallest of them.",
        ("factor", "rank correlation", "swing", BY_LEVEL),
        [
            Row(
                weight.factor,
                [
                    Cell(
                        "–"
                        if weight.correlation is None
                        else f"{weight.correlation:+.2f}".replace("-", "−")
                    ),
                    Cell(percent(weight.swing)),
                    Cell("; ".join(f"{n}: {signed(x)}" for n, x in weight.steps)),
                ],
            )
            for weight in hangs[:MOST_WEIGHTS]
        ],
    )


def charts(sweep: Sweep) -> list[str]:
    """Name the charts that ``page`` draws."""
    return [_chart(scheme) for scheme in sweep.swept]


def _chart(scheme: str) -> str:
    return f"parallel_{scheme}"


def page(rows: Sequence[PointEffect], sweep: Sweep, folder: Path) -> Page:
    """Draw the charts into the folder and make the page."""
    every = [findings(rows, sweep, scheme) for scheme in sweep.swept]
    first, *others = expectation.lines(sweep)
    said = [text for findings in every for text in findings.sentences]
    once = [LUCK] if LUCK in said else []
    return Page(
        title="What happens over a sweep of levers and uncertainties?",
        question=(
            f"{', '.join(sweep.swept)} against {sweep.baseline}: at which levels of "
            "the factors does real work gain or lose, and what does that hang on?"
        ),
        about=first.removeprefix("Plan: "),
        answer=[*(text for text in said if text != LUCK), *once],
        pictures=[_picture(findings, sweep, folder) for findings in every],
        sections=[
            main_table(_overview(every)),
            Section("plan", "The factors", [Text(" ".join(others))]),
            *(_scheme(findings) for findings in every),
        ],
    )


def _scheme(findings: Findings) -> Section:
    subsections = [
        Subsection(f"{findings.scheme}-{number}", grid.title, [grid])
        for number, grid in enumerate(findings.tables)
    ]
    return Section(f"scheme-{findings.scheme}", findings.scheme, subsections)


def _overview(every: Sequence[Findings]) -> Grid:
    rows = []
    for findings in every:
        signs = [row.sign for row in findings.output]
        rows.append(
            Row(
                findings.scheme,
                [
                    Cell(str(len(signs))),
                    Cell(_spread(findings.usage)),
                    Cell(_spread(findings.output)),
                    Cell(str(signs.count(-1))),
                    Cell(str(signs.count(1))),
                ],
            )
        )
    heads = ("scheme", "points", "reported usage", "real output")
    return Grid(
        "The schemes",
        "Lowest, middle and highest effect over all points, in % of the baseline; at "
        "how many points real output is clearly lower or higher.",
        (*heads, "clearly lower", "clearly higher"),
        rows,
    )


def _picture(findings: Findings, sweep: Sweep, folder: Path) -> Picture:
    order = [weight.factor for weight in findings.weights]
    axes = [
        _factor_axis(key, np.array([row.levels[key] for row in findings.output]))
        for key in order or sweep.keys
    ]
    outcomes = [
        _outcome_axis("reported usage\n[%]", findings.usage),
        _outcome_axis("real output\n[%]", findings.output),
    ]
    figure = parallel(axes, outcomes, findings.scheme, findings.baseline)
    points = f"Parallel coordinates of {len(findings.output)} points."
    alt = f"{points} {findings.sentences[0]}"
    caption = f"{findings.scheme}: every point of the sweep"
    return picture(figure, folder, _chart(findings.scheme), caption, alt)


MOST_LABELS = 6


def _factor_axis(key: str, levels: Floats) -> Axis:
    shown = np.unique(levels)
    if len(shown) > MOST_LABELS:
        shown = shown[[0, -1]]
    labels = [(x, name_of(key, _rounded(x))) for x in shown.tolist()]
    return Axis(key.replace(".", ".\n"), levels, labels)


def _outcome_axis(name: str, rows: Sequence[PointEffect]) -> Axis:
    values = np.array(
        [np.nan if row.percent is None else row.percent for row in rows], np.float64
    )
    known = values[~np.isnan(values)]
    ends = (float(known.min()), float(known.max())) if len(known) else (0.0, 0.0)
    near = 0.06 * (max(*ends, 0.0) - min(*ends, 0.0))
    shown = [0.0, *(x for x in dict.fromkeys(ends) if abs(x) > near)]
    return Axis(name, values, [(x, signed(x)) for x in shown])


def _spread(rows: Sequence[PointEffect]) -> str:
    """Write the lowest, the highest and the median effect."""
    known = [row.percent for row in rows if row.percent is not None]
    if not known:
        return "an unknown amount"
    if len(known) == 1:
        return f"{signed(known[0])} %"
    return (
        f"{signed(min(known))} to {signed(max(known))} % "
        f"(median {signed(median(known))} %)"
    )


def _cell(row: PointEffect) -> Cell:
    shown: Rounded = rounded(row.percent, row.percent_low, row.percent_high, sign=True)
    return Cell(f"{shown.value} %" if shown.value else "–", shown.ends)


def _rounded(level: float) -> float:
    """Round a sampled level to the digits that a table has room for."""
    return float(f"{level:.3g}")


def _points(number: int) -> str:
    return f"{number:,} point{'s' * (number != 1)}"
