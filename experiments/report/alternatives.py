"""What a chart shows, in words from the same data, for whoever cannot see it."""

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from experiments.figures.channels import CHANNELS
from experiments.figures.halfwidth import FEWEST, running, sample
from experiments.figures.trajectories import Event
from experiments.statistics.effects import Effect, Effects
from experiments.statistics.employees import Weeks
from experiments.statistics.signs import by_rules, effect_by_point, in_worlds
from experiments.words.screen import number, percent, signed

FEW = 3


def emblem(found: Effects, schemes: Sequence[str]) -> str:
    """Reported usage against real output."""
    counts = dict.fromkeys([(1, 1), (1, -1), (-1, 1), (-1, -1)], 0)
    for scheme in schemes:
        usage, output = _pair(found, scheme)
        key = (1 if usage > 0 else -1, 1 if output > 0 else -1)
        if usage != 0.0 and output != 0.0:
            counts[key] += 1
    ends = [*schemes[:FEW], *schemes[max(FEW, len(schemes) - FEW) :]]
    told = "; ".join(
        f"{scheme}: usage {signed(_pair(found, scheme)[0], number)} %, output "
        f"{signed(_pair(found, scheme)[1], number)} %"
        for scheme in ends
    )
    return (
        "Scatter of the change of reported usage (across) against the change of real "
        f"output (up), the baseline at 0/0. Schemes by quadrant: dashboard and work "
        f"both up {counts[1, 1]}, dashboard up and work down {counts[1, -1]}, "
        f"dashboard down and work up {counts[-1, 1]}, both down {counts[-1, -1]}. "
        f"By output, first and last: {told}."
    )


def trajectories(
    weeks: pd.DataFrame, schemes: Sequence[str], events: Sequence[Event]
) -> str:
    """Both series at their first and last week."""
    parts = []
    rows = weeks[weeks["point"] == 0]
    for scheme in schemes:
        own = rows[rows["scheme"] == scheme].groupby("week")
        usage, output = (own[name].mean() for name in ("reported_tokens", "output"))
        parts.append(
            f"{scheme}: usage {number(usage.iloc[0])} to {number(usage.iloc[-1])} M "
            f"tokens, output {number(output.iloc[0])} to {number(output.iloc[-1])} "
            "half-days"
        )
    said = "".join(f" In week {e.week}, {e.scheme}: {e.text}." for e in events)
    return (
        "Lines over the weeks of reported usage and real output per employee-week, "
        f"first to last week. {'; '.join(parts)}.{said}"
    )


def channels(found: Effects, schemes: Sequence[str]) -> str:
    """The largest channel of the schemes with the largest effects."""
    parts = []
    for scheme in _largest(found, schemes):
        values = {
            label: found[scheme, name, "whole"].effect or 0.0
            for name, (label, _) in CHANNELS.items()
        }
        terms = ", ".join(
            f"{label} {signed(x, number)}" for label, x in values.items() if x
        )
        net = found[scheme, "output", "whole"].effect or 0.0
        parts.append(
            f"{scheme}: {terms or 'nothing changes'}; net {signed(net, number)}"
        )
    return (
        "Stacked bars of the change of output by channel, in half-days per "
        f"employee-week, for every scheme. The largest: {'. '.join(parts)}."
    )


def worlds(runs: pd.DataFrame, baseline: str) -> str:
    """How many worlds have which sign."""
    return _signs(effect_by_point(in_worlds(runs), baseline), "worlds")


def rules(runs: pd.DataFrame, baseline: str) -> str:
    """How many rules of choice have which sign."""
    return _signs(effect_by_point(by_rules(runs), baseline), "rules of choice")


def _signs(table: pd.DataFrame, cases: str) -> str:
    parts = []
    for scheme, group in table.groupby("scheme", sort=False):
        up, down = (group["percent"] > 0).sum(), (group["percent"] < 0).sum()
        parts.append(f"{scheme} more in {up}, less in {down}")
    return (
        f"Grid of schemes by {cases} with the effect on real output in each: "
        f"{'; '.join(parts)} of {table['point'].nunique()} {cases}."
    )


def tokens(found: Mapping[str, Weeks]) -> str:
    """Medians and shares of weeks without tokens."""
    parts = [
        f"{scheme} median {number(float(np.median(weeks.all)))} M, "
        f"{percent(100.0 * float((weeks.all == 0.0).mean()))} % without tokens"
        for scheme, weeks in found.items()
    ]
    return f"Histograms of a person's tokens in a week, by scheme: {'; '.join(parts)}."


def validity(runs: pd.DataFrame) -> str:
    """Mean correlations."""
    rows = runs[runs["point"] == 0]
    means = rows.groupby("scheme", sort=False)["score_validity_mean"].mean()
    parts = [
        f"{name} {'no value' if np.isnan(value) else signed(float(value), number)}"
        for name, value in means.items()
    ]
    return (
        "Dots of the rank correlation between headline score and output, and of the "
        f"top tenth's precision, by scheme. Correlations: {'; '.join(parts)}."
    )


def shares(weeks: pd.DataFrame) -> str:
    """Mean shares of AI use and padding."""
    rows = weeks[weeks["point"] == 0].groupby("scheme", sort=False)
    means = 100.0 * rows[["genuine_share", "padding_share"]].mean()
    parts = [
        f"{name} {percent(float(row['genuine_share']))} % and "
        f"{percent(float(row['padding_share']))} %"
        for name, row in means.iterrows()
    ]
    return (
        "Stacked areas of half-days by activity over the weeks, by scheme. Genuine AI "
        f"use and padding, mean of all weeks: {'; '.join(parts)}."
    )


def needle(needles: pd.DataFrame) -> str:
    """Signs of all pushes, and the strongest ones."""
    known = needles.dropna(subset="push")
    if known.empty:
        return "No needle: no incentive is worth anything to anybody."
    first = known["push"].abs().sort_values(ascending=False).index[:FEW]
    parts = [
        f"{row['scheme']}, {row['incentive']}, {row['skill']} who "
        f"{'would pad' if row['pads'] else 'never pads'}: "
        f"{signed(1000.0 * float(row['push']), number)}"
        for row in known.loc[first].to_dict("records")
    ]
    return (
        "Grid of incentives by kinds of employee with the push on own real output in "
        f"thousandths of a half-day: {(known['push'] > 0).sum()} towards more, "
        f"{(known['push'] < 0).sum()} towards less. Strongest: {'; '.join(parts)}."
    )


def halfwidth(runs: pd.DataFrame, baseline: str | None, schemes: Sequence[str]) -> str:
    """Half-widths at a quarter of the replicates and in the end."""
    parts = []
    for scheme in schemes:
        values = sample(runs, baseline, scheme)
        if len(values) >= FEWEST:
            n, _, half = running(values)
            first = int(np.searchsorted(n, len(values) / 4))
            parts.append(
                f"{scheme} ±{number(float(half[first]))} % after {n[first]:.0f}, "
                f"±{number(float(half[-1]))} % after {n[-1]:.0f}"
            )
    if not parts:
        return f"No chart of intervals: there are fewer than {FEWEST} replicates."
    return (
        "Lines over the number of replicates of the effect on real output with its "
        "interval, and of half the width of the interval, in %: "
        f"{'; '.join(parts)}."
    )


def _pair(found: Effects, scheme: str) -> tuple[float, float]:
    usage, output = (
        found[scheme, name, "whole"].percent or 0.0
        for name in ("reported_tokens", "output")
    )
    return usage, output


def _largest(found: Effects, schemes: Sequence[str]) -> list[str]:
    def size(scheme: str) -> float:
        row: Effect = found[scheme, "output", "whole"]
        return -abs(row.effect or 0.0)

    return sorted(schemes, key=size)[:FEW]
