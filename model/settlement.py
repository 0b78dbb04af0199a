"""What the end of a window settles, and what is published for everybody to see.

Tables of standings, cuts of boards, smoothed shares of active people, targets.
People are counted side by side, chunk by chunk (``count_week``); what chunks sum up to
is put together in their order (``close``).
"""

import math
from collections.abc import Sequence
from typing import Annotated

import numpy as np
from numpy.typing import NDArray

from model.compiled import entry, rule
from model.incentive import Counted
from model.incentives import dismissal
from model.measure import (
    CUTS,
    NODES,
    REFERENCE_AUTOMATED,
    REFERENCE_DAYS,
    REFERENCE_OUTPUT,
    REFERENCE_SAVED,
    REFERENCE_TOKENS,
    Counters,
    Counting,
    Wholes,
    counted,
    enter,
    scoring_of,
    sum_up,
)
from model.network import team_bounds
from model.order import ordered
from model.principal import raised
from model.published import Published
from model.record import record
from model.regimes import Bounds, in_chunk, members_of
from model.scenario import HEADLINE, ROW, ROWS, Scenario
from model.welfare import settled
from model.workforce import (
    Employee,
    Floats,
    Ints,
    Scores,
    Staff,
    counts_as_active,
)

TOKENS, SPEND = int(Counted.TOKENS), int(Counted.SPEND)
OUTPUT, DAYS = int(Counted.OUTPUT), int(Counted.DAYS)
SAVED, AUTOMATED = int(Counted.SAVED), int(Counted.AUTOMATED)
BOARDS = (ROW.top_board, ROW.audit, ROW.dismissal)
"""Rows with a cut."""
FORGOTTEN = 0.01
"""Suspicion below which nobody thinks of it any more."""


class Tally:
    """What a chunk of employees adds to the windows that end, and to the forum."""

    scores: Scores  # sum of final scores
    on_show: float  # sum of savvy padding on show in the week
    padding: float  # sum of padded half-days, in weeks
    practice: float  # sum of proficient use of AI on show
    use: float  # sum of half-days with genuine use, in weeks
    tables: Annotated[NDArray[np.float64], "f8", (ROWS, NODES)]  # not yet summed up


TALLY = record(Tally)


@rule
def count_week(
    members: Ints,
    staff: Staff,
    c: Counting,
    published: Published,
    s: Scenario,
    tally: Tally,
) -> None:
    """Count the week of some people; settle the windows that end with it.

    The tally takes what they add to these windows, and to what a forum shows.
    """
    elapsed = published.elapsed
    for row in range(ROWS):
        if ends(row, elapsed, c):
            tally.scores[row] = 0.0
            clear(tally.tables[row])
    tally.on_show = tally.padding = tally.practice = tally.use = 0.0
    for k in range(len(members)):
        e = staff[members[k]]
        tally.on_show += e.on_show
        tally.padding += e.padding / 10.0
        tally.practice += e.practice
        tally.use += e.genuine / 10.0
        tokens = e.genuine_tokens + e.trivial_tokens
        active = 1.0 if counts_as_active(e) else 0.0
        days = float(e.days + e.gestures)
        counts = Counters(
            tokens,
            e.padded_tokens,
            active,
            e.observed,
            days,
            e.reported_saved,
            e.defects,
            e.backlog,
            float(e.trivial),
        )
        for row in range(ROWS):
            if c.on[row]:
                scoring = scoring_of(c, row, c.soft[row] > 0, s)
                e.so_far[row] += counted(scoring, counts)
                if ends(row, elapsed, c):
                    score = settle(row, e, c, tally)
                    half_days = 10.0 * c.weeks[row]
                    came = settled(row, e, score, half_days, published.quota, s)
                    e.reward += came
                    e.welfare += came
        e.output_sum += e.output
        e.reward_sum += e.reward
        e.welfare_sum += e.welfare


@rule
def ends(row: int, elapsed: Wholes, c: Counting) -> bool:
    """Whether a window ends with the week that is being counted."""
    return bool(c.on[row]) and elapsed[row] + 1 == c.weeks[row]


@rule
def settle(row: int, e: Employee, c: Counting, tally: Tally) -> float:
    """Settle a window of a person: an entry in the new table, and the final score."""
    score = min(e.so_far[row], c.cap[row])
    e.rate[row] = score * c.per_half_day[row]
    e.so_far[row] = 0.0
    tally.scores[row] += score
    if row == HEADLINE:
        e.score = score
    else:
        enter_rate(row, e, c, tally)
    return score


@entry
def close(
    staff: Staff,
    order: Ints,
    bounds: Bounds,
    counting: Sequence[Counting],
    published: Sequence[Published],
    shares: Sequence[Floats],
    scenario: Sequence[Scenario],
    tallies: Sequence[Sequence[Tally]],
) -> None:
    """Publish what a counted week brings; cuts of boards apart (``settle_cut``).

    For the arrays that say who is under which regime, see ``model.regimes``.
    """
    for regime in range(len(published)):
        close_windows(
            members_of(regime, order, bounds),
            staff,
            counting[regime],
            published[regime],
            shares[regime],
            scenario[regime],
            tallies[regime],
        )
    publish_forum(published, tallies)


@rule
def close_windows(
    members: Ints,
    staff: Staff,
    c: Counting,
    public: Published,
    share: Floats,
    s: Scenario,
    tallies: Sequence[Tally],
) -> None:
    """Publish what a counted week brings to the people under one regime."""
    for row in range(ROWS):
        if ends(row, public.elapsed, c):
            public.elapsed[row] = 0
            if row != HEADLINE:
                publish_table(row, public, tallies)
            if row == ROW.quota:
                total = 0.0
                for chunk in range(len(tallies)):
                    total += tallies[chunk].scores[row]
                public.quota = raised(
                    public.quota,
                    total / len(members),
                    quota_score(s),
                    math.inf,
                    s.principal,
                )
        elif c.on[row]:
            public.elapsed[row] += 1
    if c.on[ROW.participation]:
        publish_shares(members, staff, public, share, s)
    if not s.review.visible:
        public.suspicion *= 1.0 - s.people.suspicion_fading
        if public.suspicion < FORGOTTEN:
            public.suspicion = 0.0


@entry
def settle_cut(
    regime: int,
    row: int,
    staff: Staff,
    order: Ints,
    bounds: Bounds,
    counting: Sequence[Counting],
    published: Sequence[Published],
    scenario: Sequence[Scenario],
) -> None:
    """Publish the cut of a board whose window was settled."""
    public, members = published[regime], members_of(regime, order, bounds)
    for k in range(CUTS - 1):
        public.cuts[row, k] = public.cuts[row, k + 1]
    latest = latest_cut(row, members, staff, counting[regime], scenario[regime])
    public.cuts[row, CUTS - 1] = latest
    publish_cut(row, public)


@entry
def open_window(
    regime: int,
    row: int,
    staff: Staff,
    order: Ints,
    bounds: Bounds,
    counting: Sequence[Counting],
    published: Sequence[Published],
    shares: Sequence[Floats],
    scenario: Sequence[Scenario],
    tallies: Sequence[Sequence[Tally]],
) -> None:
    """Open the window of an incentive that starts; its first table is that of paces."""
    c, public, s = counting[regime], published[regime], scenario[regime]
    members = members_of(regime, order, bounds)
    scoring = scoring_of(c, row, c.soft[row] > 0, s)
    highest = c.cap[row] * c.per_half_day[row]
    for chunk in range(len(tallies[regime])):
        tally = tallies[regime][chunk]
        clear(tally.tables[row])
        for i in in_chunk(regime, chunk, order, bounds):
            e = staff[i]
            pace = Counters(
                e.pace_genuine,
                e.pace_padded,
                e.pace_active,
                e.pace_output,
                e.pace_days,
                e.pace_saved,
                e.pace_defects,
                e.pace_backlog,
                e.pace_automated,
            )
            e.rate[row] = min(counted(scoring, pace), highest)
            e.so_far[row] = 0.0
            enter_rate(row, e, c, tally)
    public.elapsed[row] = 0
    publish_table(row, public, tallies[regime])
    if row in BOARDS:
        cut = latest_cut(row, members, staff, c, s)
        for k in range(CUTS):
            public.cuts[row, k] = cut
        publish_cut(row, public)
    if row == ROW.quota:
        public.quota = quota_score(s)
    if row == ROW.participation:
        public.participation = s.participation.target
        publish_first_shares(members, staff, shares[regime], s)


@rule
def enter_rate(row: int, e: Employee, c: Counting, tally: Tally) -> None:
    """Enter the latest rate of a person into the table of their chunk."""
    rate, scale = e.rate[row] + c.lift[row], c.scale[row]
    e.cell[row] = enter(tally.tables[row], rate, scale, e.edges[row])


@rule
def clear(table: Floats) -> None:
    """Empty a table."""
    for node in range(NODES):
        table[node] = 0.0


@rule
def publish_table(row: int, published: Published, tallies: Sequence[Tally]) -> None:
    """Publish how the latest rates of a row are distributed."""
    table = published.tables[row]
    clear(table)
    for chunk in range(len(tallies)):
        for node in range(NODES):
            table[node] += tallies[chunk].tables[row, node]
    sum_up(table)


@rule
def publish_forum(
    published: Sequence[Published], tallies: Sequence[Sequence[Tally]]
) -> None:
    """Publish what a forum has on show of the week: tricks, and good practice.

    It is everybody's, whatever their scheme.
    """
    on_show = padding = practice = use = 0.0
    for regime in range(len(published)):
        for chunk in range(len(tallies[regime])):
            tally = tallies[regime][chunk]
            on_show += tally.on_show
            padding += tally.padding
            practice += tally.practice
            use += tally.use
    for regime in range(len(published)):
        public = published[regime]
        public.tricks = on_show / padding if padding > 0.0 else 0.0
        public.practice = practice / use if use > 0.0 else 0.0


@rule
def latest_cut(
    row: int, members: Ints, staff: Staff, c: Counting, s: Scenario
) -> float:
    """Score of the last place listed, between two places by interpolation."""
    n = len(members)
    share = s.top_board.share if row == ROW.top_board else s.audit.top_share
    listed = min(max(1.0, share * n), float(n))
    if row == ROW.dismissal:
        listed = float(max(n - dismissal.places(s.dismissal.share, n), 1))
    rates = np.empty(n)
    for k in range(n):
        rates[k] = staff[members[k]].rate[row]
    upwards, _ = ordered(rates)
    place = int(listed)
    cut = upwards[n - place]
    if place < n:
        cut += (listed - place) * (upwards[n - place - 1] - cut)
    return cut * 10.0 * c.weeks[row]


@rule
def publish_cut(row: int, published: Published) -> None:
    """Publish mean and standard deviation of the latest cuts."""
    mean = variance = 0.0
    for k in range(CUTS):
        mean += published.cuts[row, k] / CUTS
    for k in range(CUTS):
        away = published.cuts[row, k] - mean
        variance += away * away / CUTS
    published.cut[row], published.cut_sd[row] = mean, math.sqrt(variance)


@rule
def publish_first_shares(
    members: Ints, staff: Staff, share: Floats, s: Scenario
) -> None:
    """Shares of active people to start from, of teams and at last of all: paces."""
    size = s.organisation
    in_all = 0.0
    for k in range(len(members)):
        in_all += 10.0 * staff[members[k]].pace_active
        first, after = team_bounds(members[k], size.team_size, size.employees)
        if members[k] == first:
            in_team = 0.0
            for i in range(first, after):
                in_team += 10.0 * staff[i].pace_active
            share[first // size.team_size] = in_team / (after - first)
    share[len(share) - 1] = in_all / len(members)


@rule
def publish_shares(
    members: Ints, staff: Staff, published: Published, share: Floats, s: Scenario
) -> None:
    """Smooth the shares of active people; perhaps raise their target."""
    size, everybody = s.organisation, len(share) - 1
    active = 0.0
    for k in range(len(members)):
        first, after = team_bounds(members[k], size.team_size, size.employees)
        if members[k] == first:
            in_team = 0.0
            for i in range(first, after):
                in_team += 1.0 if counts_as_active(staff[i]) else 0.0
            smooth(share, first // size.team_size, in_team / (after - first), s)
            active += in_team
    smooth(share, everybody, active / len(members), s)
    published.participation = raised(
        published.participation,
        share[everybody],
        s.participation.target,
        1.0,
        s.principal,
    )


@rule
def smooth(share: Floats, row: int, latest: float, s: Scenario) -> None:
    """Move the share of a team, or of all, towards its latest one."""
    share[row] += s.participation.smoothing * (latest - share[row])


@rule
def quota_score(s: Scenario) -> float:
    """The declared quota in reference weeks, whatever the unit of its measure."""
    unit = 1.0
    if s.quota.measure == TOKENS:
        unit = REFERENCE_TOKENS
    elif s.quota.measure == SPEND:
        unit = REFERENCE_TOKENS * s.technology.price
    elif s.quota.measure == OUTPUT:
        unit = REFERENCE_OUTPUT
    elif s.quota.measure == DAYS:
        unit = REFERENCE_DAYS
    elif s.quota.measure == SAVED:
        unit = REFERENCE_SAVED
    elif s.quota.measure == AUTOMATED:
        unit = REFERENCE_AUTOMATED
    return s.quota.amount / unit if s.quota.amount > 0.0 else 0.0
