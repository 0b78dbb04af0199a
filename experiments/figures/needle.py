"""The compass needle: where each incentive would push each kind of employee."""

from collections.abc import Callable, Hashable, Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from experiments.figures.comparison import FEW, Chart, Drawn, StudyData
from experiments.figures.sign_map import COLOURS
from experiments.figures.style import (
    FAINT,
    INK,
    chart,
    empty,
    panels,
    wrapped,
)
from experiments.statistics.employees import needles as needles_of
from experiments.statistics.frames import finite, need
from experiments.words.screen import number, signed

SKILLS = ("novice", "middle", "expert")
PADS = {True: "would pad", False: "never pads"}
SURE = 1.96
TEXT = (
    "In thousandths of a half-day: by how much the own real output of a half-day would "
    "move if the incentive were doubled, by its slope at the start of week 0 after the "
    "warm-up, before anything runs (covariance of output and worth over a person's "
    "options, over the choice noise; mean over the people of a kind). Blue: more real "
    "work, orange: less; a question mark: within two standard errors of 0. It leaves "
    "out effort, dressing up, rework for mates, learning, norms and moving ranks. "
)
BY_SKILL = "Kinds: thirds by skill. "


@chart
def needle(
    needles: pd.DataFrame, baseline: str | None, order: Sequence[str] = ()
) -> Figure:
    """Draw the push of every incentive on six kinds of employee."""
    heads = {
        (skill, pads): f"{skill}\n{PADS[pads]}" for pads in PADS for skill in SKILLS
    }
    return pushes(
        needles, ("skill", "pads"), heads, TEXT + BY_SKILL, baseline, order, 2.5
    )


def pushes(
    needles: pd.DataFrame,
    kinds: tuple[str, ...],
    heads: Mapping[tuple[Any, ...], str],
    text: str,
    baseline: str | None,
    order: Sequence[str],
    border: float | None = None,
) -> Figure:
    """Draw the push of every incentive on each kind of employee.

    ``kinds`` are the columns that tell kinds apart, ``heads`` names each of them, and a
    line is drawn at ``border``.
    """
    if not isinstance(needles, pd.DataFrame):
        raise ValueError("needles must be a pandas frame")
    columns = ("scheme", "incentive", *kinds, "push", "error", "people")
    lacking = [name for name in columns if name not in needles.columns]
    if lacking:
        raise ValueError(f"needles lacks the columns {', '.join(lacking)}")
    if needles.empty:
        return empty(
            "no scheme has an incentive that is worth anything to anybody who chooses "
            "by logit, the one rule for which the needle is known"
        )
    need(needles, columns, "needles")
    finite(needles["push"].to_numpy(float), "push")
    table = needles.set_index(["scheme", "incentive", *kinds])
    if table.index.duplicated().any():
        raise ValueError("needles has a scheme, incentive and kind twice")
    rows, same = _rows(needles, kinds, baseline, order)
    if same:
        text += f"Rows that are the same as under {baseline} are left out. "
    labels = [f"{wrapped(scheme, 26)} · {incentive}" for scheme, incentive in rows]
    labels = [
        wrapped(scheme, 40) + "\n" + incentive if len(scheme) > 24 else label
        for label, (scheme, incentive) in zip(labels, rows, strict=True)
    ]
    lines = max(label.count("\n") + 1 for label in labels)
    each = max(0.25 if len(rows) <= 30 else 0.19, 0.13 * lines)
    figure, [[axes]] = panels(
        1, 1, height=each * len(rows), left=3.0, top=0.5, bottom=0.12, text=text
    )
    largest = float(needles["push"].abs().quantile(0.95)) or 1.0
    for y, row in enumerate(rows):
        for x, kind in enumerate(heads):
            key = (*row, *kind)
            push = float(table["push"].get(key, np.nan))
            error = float(table["error"].get(key, np.nan))
            if np.isnan(push):
                axes.text(x, y, "nobody", ha="center", va="center", fontsize=7.0)
                continue
            depth = np.sign(push) * (0.12 + 0.88 * min(1.0, abs(push) / largest))
            axes.add_patch(
                Rectangle(
                    (x - 0.48, y - 0.46),
                    0.96,
                    0.92,
                    color=COLOURS(0.5 + 0.5 * depth if push else 0.5),
                    linewidth=0,
                )
            )
            doubt = " ?" if push and abs(push) < SURE * error else ""
            axes.text(
                x,
                y,
                _written(1000.0 * push) + doubt,
                ha="center",
                va="center",
                fontsize=7.5,
                color="white" if abs(depth) > 0.75 else INK,
            )
    axes.set_yticks(np.arange(len(rows)), labels)
    axes.set_xticks(np.arange(len(heads)), [*heads.values()], fontsize=7.5)
    axes.tick_params(length=0, top=True, labeltop=True, bottom=False, labelbottom=False)
    for side in axes.spines.values():
        side.set_visible(False)
    axes.set_xlim(-0.5, len(heads) - 0.5)
    axes.set_ylim(len(rows) - 0.5, -0.5)
    if border is not None:
        axes.axvline(border, color=FAINT, linewidth=1.0)
    previous = ""
    for y, (scheme, _) in enumerate(rows):
        if scheme != previous and y:
            axes.axhline(y - 0.5, color=FAINT, linewidth=0.7)
        previous = scheme
    return figure


def _rows(
    needles: pd.DataFrame,
    kinds: tuple[str, ...],
    baseline: str | None,
    order: Sequence[str],
) -> tuple[list[tuple[str, str]], bool]:
    """List scheme and incentive of each row; tell whether any were left out."""
    of_rows = {
        key: tuple(group.sort_values([*kinds])["push"].round(12))
        for key, group in needles.groupby(["scheme", "incentive"], sort=False)
    }
    schemes = list(dict.fromkeys(needles["scheme"]))
    chosen = [name for name in order or schemes if name in schemes]
    if baseline in schemes:
        chosen = [str(baseline), *(name for name in chosen if name != baseline)]
    rows, same = [], False
    for scheme in chosen:
        for key, values in of_rows.items():
            if key[0] != scheme:
                continue
            if scheme != baseline and of_rows.get((baseline, key[1])) == values:
                same = True
            else:
                rows.append((str(key[0]), str(key[1])))
    return rows, same


def _written(value: float) -> str:
    if value == 0.0:
        return "0"
    decimals = 0 if abs(value) >= 9.95 else 1
    return f"{value:+.{decimals}f}".replace("-", "−")


def alternative(needles: pd.DataFrame) -> str:
    """Describe the chart in words: pushes by sign, and the strongest ones."""
    return told(needles, lambda row: f"{row['skill']} who {PADS[row['pads']]}")


def told(needles: pd.DataFrame, kind: Callable[[Mapping[Hashable, Any]], str]) -> str:
    """Describe pushes in words; ``kind`` names the people of a row."""
    known = needles.dropna(subset="push")
    if known.empty:
        return "No needle: no incentive is worth anything to anybody."
    first = known["push"].abs().sort_values(ascending=False).index[:FEW]
    strongest = [
        f"{row['scheme']}, {row['incentive']}, {kind(row)}: "
        f"{signed(1000.0 * float(row['push']), number)}"
        for row in known.loc[first].to_dict("records")
    ]
    return (
        "Grid of incentives by kinds of employee with the push on own real output in "
        f"thousandths of a half-day: {(known['push'] > 0).sum()} towards more, "
        f"{(known['push'] < 0).sum()} towards less. Strongest: {'; '.join(strongest)}."
    )


def _draw(data: StudyData) -> Drawn:
    table = needles_of(data.schemes, data.design.seed)
    return Drawn(needle(table, data.baseline, data.others), alternative(table))


CHART = Chart(
    "needle",
    "The compass needle: where incentives push before anything runs",
    "ways",
    _draw,
    of_one_scheme=True,
)
