"""Counters, measures, the outlook on a window, and standings.

A score is a weighted blend of four counters, each over a fixed published reference, so
that 1 is the reference week of every measure. Rates are scores per half-day.
"""

import math
from typing import Annotated, Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from model.compiled import rule
from model.elementary import index
from model.incentive import Counted
from model.record import record
from model.scenario import ROW, ROWS, Measure, Scenario, Scheme
from model.workforce import Floats, Scores

REFERENCE_TOKENS = 32.0
"""M tokens a week (median developer at Jellyfish; docs/evidence.md, section 1.2)."""
REFERENCE_OUTPUT = 10.0
"""Half-days a week. The reference of active weeks is 1 a week."""
REFERENCE_DAYS = 5.0
"""Active days a week."""
REFERENCE_SAVED = 1.0
"""Half-days a week, the four hours that users report (docs/evidence.md, section 14)."""
REFERENCE_DEFECTS = 0.5
"""Half-days of spoilt work a week, about those of voluntary use (assumption)."""
REFERENCE_BACKLOG = 1.0
"""Weeks of work that waits, every week."""
REFERENCE_AUTOMATED = 1.0
"""Half-days of chores given to AI a week (assumption)."""
DEEPEST = 3.0
"""Reference weeks a week of what counts against people that a standing tells apart.

All of a backlog: it never exceeds three weeks.
"""

CELLS = 256
"""Cells of the grid on which tables hold the distribution of rates."""
NODES = CELLS + 2
"""Nodes of the grid, and one beyond it at which everybody is below."""
CUTS = 4
"""Settled windows from which a cut is averaged."""
NO_ROOM = -math.inf
"""Best increment where no threshold is at stake."""
SQRT_3 = 1.7320508075688772


Wholes = Annotated[NDArray[np.int64], "i8", (ROWS,)]


class Counters(NamedTuple):
    """What is counted of a week.

    Tokens (genuine, padded, M), active weeks, observed output (half-days), active days,
    time saved as reported (half-days), spoilt work found (half-days), backlog (weeks),
    chores given to AI (half-days).

    Nobody who counts can tell trivial from genuine use: its tokens count as genuine.
    """

    genuine: float
    padded: float
    active: float
    output: float
    days: float
    saved: float
    defects: float
    backlog: float
    automated: float


class Counting:
    """How the rows score: the incentives, the review's output, and the headline."""

    on: Wholes  # 1 if it has weight, else 0
    weeks: Wholes  # window
    genuine: Scores  # score of a genuine M tokens
    padded: Scores  # score of a padded M tokens, after the filter
    active: Scores  # score of an active week
    output: Scores  # score of an observed half-day of output
    days: Scores  # score of an active day
    soft: Wholes  # 1 if one of the following counts, else 0
    saved: Scores  # score of a half-day saved, as reported
    defects: Scores  # score of a half-day of spoilt work that is found
    backlog: Scores  # score of a week of backlog
    automated: Scores  # score of a half-day of chores given to AI
    cap: Scores  # highest score of a window, infinite without a cap
    per_half_day: Scores  # 1 / T, turns the score of a window into a rate
    lift: Scores  # what is added to rates below 0 that the grid is to hold
    scale: Scores  # lifted rate at the middle of the grid of standings
    floor: Scores  # a tenth of the reference rate, the least pace for uncertainty
    weighed: Wholes  # 1 if it is worth something, else 0


COUNTING = record(Counting)


def counting(scheme: Scheme, suspicion: bool) -> Any:
    """The rows of a scheme: its incentives in order, observed output, the headline.

    Usage has its row in the review only if it has a formal weight, or if there is
    suspicion that it has one.
    """
    named = {
        Counted.TOKENS: Measure(),
        Counted.SPEND: Measure(),
        Counted.ACTIVE: Measure(tokens=0.0, active=1.0),
        Counted.OUTPUT: Measure(tokens=0.0, output=1.0),
        Counted.DAYS: Measure(tokens=0.0, days=1.0),
        Counted.SAVED: Measure(tokens=0.0, saved=1.0),
        Counted.AUTOMATED: Measure(tokens=0.0, automated=1.0),
    }
    headline = scheme.measure
    rows = [
        (part.has_weight(), part.window(), part.counts())
        for part in scheme.incentives.values()
    ]
    on, weeks, usage = rows[ROW.review]
    rows[ROW.review] = (on and (suspicion or scheme.review.weight > 0), weeks, usage)
    rows.append((on, weeks, Counted.OUTPUT))
    rows.append((True, 1, Counted.HEADLINE))

    c: Any = np.zeros(1, COUNTING)[0]
    for row, (on, weeks, counted_thing) in enumerate(rows):
        is_headline = counted_thing is Counted.HEADLINE
        m = headline if is_headline else named[counted_thing]
        c["on"][row], c["weeks"][row] = on, weeks
        c["per_half_day"][row] = 1.0 / (10.0 * weeks)
        c["genuine"][row] = c["padded"][row] = m.tokens / REFERENCE_TOKENS
        c["active"][row], c["output"][row] = m.active, m.output / REFERENCE_OUTPUT
        c["days"][row] = m.days / REFERENCE_DAYS
        c["saved"][row] = m.saved / REFERENCE_SAVED
        c["defects"][row] = m.defects / REFERENCE_DEFECTS
        c["backlog"][row] = m.backlog / REFERENCE_BACKLOG
        c["automated"][row] = m.automated / REFERENCE_AUTOMATED
        soft = m.saved, m.defects, m.backlog, m.automated
        c["soft"][row] = any(weight != 0.0 for weight in soft)
        c["cap"][row] = math.inf
        at_reference = m.tokens + m.active + m.output + m.days
        at_reference += sum(max(weight, 0.0) for weight in soft)
        against = sum(max(-weight, 0.0) for weight in soft)
        c["lift"][row] = DEEPEST * against / 10.0
        c["scale"][row] = at_reference / 10.0 + c["lift"][row] or 1.0 / 10.0
        c["floor"][row] = 0.1 * ((at_reference + against) / 10.0)
        if is_headline:
            c["padded"][row] *= 1.0 - headline.filter
            if headline.cap > 0:
                c["cap"][row] = headline.cap * weeks
    worths = [part.has_worth() for part in scheme.incentives.values()]
    c["weighed"] = c["on"] * [*worths, True, False]
    return c


def count_spend(c: Any, scheme: Scheme, price: float) -> None:
    """Let rows that count spend do so at a price, over that of week 0.

    A reference week of spend is 32 M tokens at the price of week 0, whatever the week:
    what was spent stays spent at its own price.
    """
    for row, part in enumerate(scheme.incentives.values()):
        if part.counts() is Counted.SPEND:
            c["genuine"][row] = c["padded"][row] = price / REFERENCE_TOKENS


class Scoring(NamedTuple):
    """How one row scores, and how people look ahead; fields are those of ``Counting``.

    It is read before a loop over people: a loop that looks nothing up in tables becomes
    vector code whatever the row.
    """

    weeks: int
    genuine: float
    padded: float
    active: float
    output: float
    days: float
    soft: bool
    saved: float
    defects: float
    backlog: float
    automated: float
    cap: float
    floor: float
    uncertainty: float
    cramming: float


@rule
def scoring_of(c: Counting, row: int, soft: bool, s: Scenario) -> Scoring:
    """How a row scores; ``soft`` is whether one of its soft counters counts."""
    return Scoring(
        weeks=c.weeks[row],
        genuine=c.genuine[row],
        padded=c.padded[row],
        active=c.active[row],
        output=c.output[row],
        days=c.days[row],
        soft=soft,
        saved=c.saved[row],
        defects=c.defects[row],
        backlog=c.backlog[row],
        automated=c.automated[row],
        cap=c.cap[row],
        floor=c.floor[row],
        uncertainty=s.people.uncertainty,
        cramming=s.people.cramming,
    )


@rule
def counted(scoring: Scoring, n: Counters) -> float:
    """Score of some counts [reference weeks]."""
    usage = scoring.genuine * n.genuine + scoring.padded * n.padded
    score = usage + scoring.active * n.active + scoring.output * n.output
    score += scoring.days * n.days
    if scoring.soft:
        score += scoring.saved * n.saved + scoring.defects * n.defects
        score += scoring.backlog * n.backlog + scoring.automated * n.automated
    return score


@rule
def counts_activity(c: Counting, row: int) -> bool:
    """Whether being active counts in a row, by weeks or by days."""
    return c.active[row] > 0.0 or c.days[row] > 0.0


class Window(NamedTuple):
    """An open window as one person sees it before a half-day."""

    so_far: float  # score so far, this week's included
    pace: float  # score per half-day that they count on for the rest
    active_pace: float  # the part of it that stops once they are active this week
    days_pace: float  # and once they are active today
    sigma: float  # uncertainty of the score
    left: float  # half-days left, this one included
    cap: float


@rule
def look(
    scoring: Scoring,
    so_far: float,
    week: Counters,
    pace: Counters,
    best: float,
    elapsed: int,
    half_day: int,
) -> Window:
    """Look at an open window before a half-day.

    ``best`` is the best increment the person would ever make where a threshold is at
    stake, else ``NO_ROOM``: "I usually do so much, and at a pinch could do so much
    more. I count on a part of that room, give or take as much again." So p = own pace +
    zeta room, and the uncertainty of the score is

        sigma = sqrt((c sqrt(r) max(|p|, a tenth of the reference))^2
                     + (zeta (r - 1) room)^2)

    Without the second part people give up a threshold far above their pace, although
    starting would pay (model/theory/planning.py).
    """
    left = 10.0 * (scoring.weeks - elapsed) - half_day
    room = max(best - counted(scoring, pace), 0.0)
    own = counted(scoring, pace) + scoring.cramming * room
    sigma = scoring.uncertainty * math.sqrt(left) * max(abs(own), scoring.floor)
    crammed = scoring.cramming * (left - 1.0) * room
    sigma = math.sqrt(sigma * sigma + crammed * crammed) if room > 0.0 else sigma
    return Window(
        so_far=so_far + counted(scoring, week),
        pace=own,
        active_pace=scoring.active * pace.active,
        days_pace=scoring.days * pace.days,
        sigma=sigma,
        left=left,
        cap=scoring.cap,
    )


@rule
def expect(
    window: Window,
    increment: float,
    active_after: float,
    today_after: float,
    half_day: int,
) -> float:
    """Score with which the window is expected to end, cap(so far + D + (r - 1) p).

    Once somebody is active, the rest of the week adds no further active week, and the
    rest of today no further active day.
    """
    rest = (window.left - 1.0) * window.pace
    rest -= active_after * (9.0 - half_day) * window.active_pace
    rest -= today_after * (1.0 - half_day % 2) * window.days_pace
    return min(window.so_far + increment + rest, window.cap)


@rule
def position(rate: float, scale: float) -> float:
    """Where a lifted rate lies on the grid, 0 to CELLS; the scale is the middle."""
    rate = max(rate, 0.0)
    return CELLS * (rate / (rate + scale))


@rule
def cell(place: float) -> int:
    """The cell that a position lies in."""
    return min(int(place), CELLS - 1)


@rule
def enter(table: Floats, rate: float, scale: float, edges: Floats) -> int:
    """Enter a lifted rate into a table that is not yet summed up; give its cell.

    The entry counts nothing below its cell, ``edges[0]`` at the cell's lower node,
    ``edges[1]`` at its upper node and 1 above, such that by linear interpolation it
    counts exactly 1/2 at its own place: people who are tied count half.
    """
    place = position(rate, scale)
    k = cell(place)
    part = place - k
    low = (0.5 - part) / (1.0 - part) if part < 0.5 else 0.0
    high = 1.0 if part < 0.5 else 0.5 / part
    edges[0], edges[1] = low, high
    table[k] += low
    table[k + 1] += high - low
    table[k + 2] += 1.0 - high
    return k


@rule
def sum_up(table: Floats) -> None:
    """Turn entries into the number of people below each node."""
    for node in range(1, NODES):
        table[node] += table[node - 1]


@rule
def below(table: Floats, place: float) -> float:
    """People below a position on the grid, half of those tied.

    Linear between the nodes of the grid.
    """
    k = index(place)
    left, right = table[k], table[k + np.uint64(1)]
    return left + (place - np.floor(place)) * (right - left)


@rule
def own_entry(steps: float, low: float, high: float) -> float:
    """How much of it the own entry is, so many cells from the lower node of its cell.

    Linear between 0 at the node before that cell, ``low`` and ``high`` at its own two
    nodes, and 1 at the one after it.
    """
    before, within = min(max(steps + 1.0, 0.0), 1.0), min(max(steps, 0.0), 1.0)
    after = min(max(steps - 1.0, 0.0), 1.0)
    return low * before + (high - low) * within + (1.0 - high) * after
