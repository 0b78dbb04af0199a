"""Counters, measures, the outlook on a window, and standings.

A score is a weighted blend of four counters, each over a fixed published reference, so
that 1 is the reference week of every measure. Rates are scores per half-day.
"""

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from model.compiled import rule
from model.incentive import Counted
from model.outlook import Outlook
from model.record import record
from model.scenario import Scenario, Scheme
from model.workforce import Floats

REFERENCE_TOKENS = 32.0
"""M tokens a week (median developer at Jellyfish; docs/evidence.md, section 1.2)."""
REFERENCE_OUTPUT = 10.0
"""Half-days a week. The reference of active weeks is 1 a week."""

CELLS = 256
"""Cells of the grid on which tables hold the distribution of rates."""
CUTS = 4
"""Settled windows from which a cut is averaged."""
SQRT_3 = 1.7320508075688772


class Counters(NamedTuple):
    """Tokens (genuine and padded, M), active weeks, observed output (half-days)."""

    genuine: float
    padded: float
    active: float
    output: float


class Counting:
    """How one row scores: an incentive, the review's output, or the headline."""

    on: bool  # has weight
    weeks: int  # window
    genuine: float  # score of a genuine M tokens
    padded: float  # score of a padded M tokens, after the filter
    active: float  # score of an active week
    output: float  # score of an observed half-day of output
    cap: float  # highest score of a window, infinite without a cap
    scale: float  # rate at the middle of the grid of standings


COUNTING = record(Counting)


def counting(scheme: Scheme) -> NDArray[np.void]:
    """The rows of a scheme: its incentives in order, observed output, the headline."""
    named = {
        Counted.TOKENS: (1.0, 0.0, 0.0),
        Counted.SPEND: (1.0, 0.0, 0.0),
        Counted.ACTIVE: (0.0, 1.0, 0.0),
        Counted.OUTPUT: (0.0, 0.0, 1.0),
    }
    headline = scheme.measure
    rows = [
        (part.has_weight(), part.window(), part.counts())
        for part in scheme.incentives.values()
    ]
    rows.append((scheme.review.has_weight(), scheme.review.window(), Counted.OUTPUT))
    rows.append((True, 1, Counted.HEADLINE))

    table = []
    for on, weeks, counted_thing in rows:
        is_headline = counted_thing is Counted.HEADLINE
        tokens, active, output = (
            (headline.tokens, headline.active, headline.output)
            if is_headline
            else named[counted_thing]
        )
        kept = 1.0 - headline.filter if is_headline else 1.0
        capped = is_headline and headline.cap > 0
        cap = headline.cap * weeks if capped else math.inf
        scale = (cap if capped else (tokens + active + output) * weeks) / (10.0 * weeks)
        table.append(
            (
                on,
                weeks,
                tokens / REFERENCE_TOKENS,
                tokens * kept / REFERENCE_TOKENS,
                active,
                output / REFERENCE_OUTPUT,
                cap,
                scale,
            )
        )
    return np.array(table, COUNTING)


@rule
def counted(c: Counting, n: Counters) -> float:
    """Score of some counts [reference weeks]."""
    usage = c.genuine * n.genuine + c.padded * n.padded
    return usage + c.active * n.active + c.output * n.output


class Window(NamedTuple):
    """An open window as one person sees it before a half-day."""

    so_far: float  # score so far, this week's included
    pace: float  # score per half-day that they count on for the rest
    active_pace: float  # the part of it that stops once they are active this week
    sigma: float  # uncertainty of the score
    left: float  # half-days left, this one included
    half_days: float  # length T
    discount: float  # 1 if settled this week, else the patience
    cap: float


@rule
def look(
    c: Counting,
    so_far: float,
    week: Counters,
    pace: Counters,
    best: float,
    elapsed: int,
    half_day: int,
    s: Scenario,
) -> Window:
    """Look at an open window before a half-day.

    ``best`` is the best increment the person would ever make where a threshold is at
    stake, else 0: "I usually do so much; at a pinch I can cram". The uncertainty of
    the score is sigma = c sqrt(r) max(p, a tenth of the reference).
    """
    half_days = 10.0 * c.weeks
    left = half_days - 10.0 * elapsed - half_day
    own = counted(c, pace)
    if best > own:
        own = (1.0 - s.people.cramming) * own + s.people.cramming * best
    floor = 0.1 * reference_rate(c)
    return Window(
        so_far=so_far + counted(c, week),
        pace=own,
        active_pace=c.active * pace.active,
        sigma=s.people.uncertainty * math.sqrt(left) * max(own, floor),
        left=left,
        half_days=half_days,
        discount=1.0 if elapsed == c.weeks - 1 else s.people.patience,
        cap=c.cap,
    )


@rule
def reference_rate(c: Counting) -> float:
    """Rate of somebody at the reference of every counter in the blend."""
    tokens = c.genuine * REFERENCE_TOKENS
    return (tokens + c.active + c.output * REFERENCE_OUTPUT) / 10.0


@rule
def expect(
    window: Window, increment: float, active_after: float, half_day: int
) -> Outlook:
    """How the window is expected to end: S = cap(so far + D + (r - 1) p).

    Once somebody is active, the rest of the week adds no further active week.
    """
    rest = (window.left - 1.0) * window.pace
    rest -= active_after * (9.0 - half_day) * window.active_pace
    score = min(window.so_far + increment + rest, window.cap)
    return Outlook(score, window.sigma, window.half_days, window.discount)


@rule
def position(rate: float, scale: float) -> float:
    """Where a rate lies on the grid, 0 to CELLS; the scale lies in the middle."""
    return CELLS * (rate / (rate + scale)) if rate > 0.0 else 0.0


@rule
def cell(place: float) -> int:
    """The cell that a position lies in."""
    return min(int(place), CELLS - 1)


@rule
def below(place: float, node: int) -> float:
    """Whether somebody counts as below a node of the grid: 1, tied 1/2, above 0."""
    return 1.0 if place < node else (0.5 if place == node else 0.0)


@rule
def fill_table(table: Floats, places: Floats) -> None:
    """Count at each node of the grid the people below it, and half of those tied."""
    table[:] = 0.0
    for place in places:
        k = cell(place)
        tied = below(place, k)
        table[k] += tied
        table[k + 1] += 1.0 - tied
    for node in range(1, CELLS + 1):
        table[node] += table[node - 1]


@rule
def share_below(table: Floats, own: float, rate: float, scale: float) -> float:
    """F(x): share of the others below a rate, half of those tied; self excluded.

    Linear between the nodes of the grid. The share is 1/2 where there are no others.
    """
    others = table[CELLS] - 1.0
    if others <= 0.0:
        return 0.5
    place = position(rate, scale)
    k = cell(place)
    part = place - k
    low = table[k] - below(own, k)
    high = table[k + 1] - below(own, k + 1)
    return (low + part * (high - low)) / others


@rule
def standing(table: Floats, own: float, scale: float, outlook: Outlook) -> float:
    """Expected standing F(R - sqrt(3) s)/6 + 2 F(R)/3 + F(R + sqrt(3) s)/6.

    Gauss-Hermite quadrature with three nodes over the uncertainty of the own rate.
    """
    rate = outlook.score / outlook.half_days
    spread = SQRT_3 * outlook.sigma / outlook.half_days
    lower = share_below(table, own, rate - spread, scale)
    middle = share_below(table, own, rate, scale)
    upper = share_below(table, own, rate + spread, scale)
    return lower / 6.0 + 2.0 * middle / 3.0 + upper / 6.0
