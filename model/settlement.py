"""What the end of a window settles, and what is published for everybody to see.

Tables of standings, cuts of boards, smoothed shares of active people, targets.
"""

import math

import numpy as np

from model.compiled import entry, rule
from model.incentive import Counted
from model.measure import (
    CUTS,
    REFERENCE_OUTPUT,
    REFERENCE_TOKENS,
    Counters,
    Counting,
    counted,
    enter,
    sum_up,
)
from model.network import team_bounds
from model.principal import raised
from model.published import Published
from model.scenario import HEADLINE, ROW, Scenario
from model.workforce import Floats, Staff

TOKENS, SPEND, OUTPUT = int(Counted.TOKENS), int(Counted.SPEND), int(Counted.OUTPUT)


@rule
def settle(
    row: int, staff: Staff, c: Counting, published: Published, s: Scenario
) -> None:
    """Settle a window: final scores, new tables and cuts, perhaps a raised quota."""
    n = len(staff)
    total = 0.0
    for i in range(n):
        e = staff[i]
        score = min(e.so_far[row], c.cap[row])
        e.rate[row] = score * c.per_half_day[row]
        e.so_far[row] = 0.0
        total += score
    published.elapsed[row] = 0
    if row != HEADLINE:
        publish_table(row, staff, c, published)
    if row in (ROW.top_board, ROW.audit):
        for k in range(CUTS - 1):
            published.cuts[row, k] = published.cuts[row, k + 1]
        published.cuts[row, CUTS - 1] = latest_cut(row, staff, c, s)
        publish_cut(row, published)
    if row == ROW.quota:
        published.quota = raised(
            published.quota,
            total / n,
            quota_score(s),
            math.inf,
            s.principal,
        )


@entry
def open_window(
    row: int,
    staff: Staff,
    c: Counting,
    published: Published,
    share: Floats,
    s: Scenario,
) -> None:
    """Open the window of an incentive that starts; its first table is that of paces."""
    for i in range(len(staff)):
        e = staff[i]
        pace = Counters(e.pace_genuine, e.pace_padded, e.pace_active, e.pace_output)
        highest = c.cap[row] * c.per_half_day[row]
        e.rate[row] = min(counted(c, row, pace), highest)
        e.so_far[row] = 0.0
    published.elapsed[row] = 0
    publish_table(row, staff, c, published)
    if row in (ROW.top_board, ROW.audit):
        published.cuts[row, :] = latest_cut(row, staff, c, s)
        publish_cut(row, published)
    if row == ROW.quota:
        published.quota = quota_score(s)
    if row == ROW.participation:
        published.participation = s.participation.target
        publish_first_shares(staff, share, s)


@rule
def publish_table(row: int, staff: Staff, c: Counting, published: Published) -> None:
    """Publish how the latest rates of a row are distributed."""
    table = published.tables[row]
    table[:] = 0.0
    for i in range(len(staff)):
        e = staff[i]
        e.cell[row] = enter(table, e.rate[row], c.scale[row], e.edges[row])
    sum_up(table)


@rule
def latest_cut(row: int, staff: Staff, c: Counting, s: Scenario) -> float:
    """Score of the last place listed, between two places by interpolation."""
    n = len(staff)
    share = s.top_board.share if row == ROW.top_board else s.audit.top_share
    listed = min(max(1.0, share * n), float(n))
    rates = np.empty(n)
    for i in range(n):
        rates[i] = staff[i].rate[row]
    rates.sort()
    place = int(listed)
    cut = rates[n - place]
    if place < n:
        cut += (listed - place) * (rates[n - place - 1] - cut)
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
def publish_first_shares(staff: Staff, share: Floats, s: Scenario) -> None:
    """Shares of active people to start from: their paces."""
    groups = len(share)
    for group in range(groups):
        first, after = members(group, groups, s)
        total = 0.0
        for i in range(first, after):
            total += 10.0 * staff[i].pace_active
        share[group] = total / (after - first)


@rule
def publish_shares(
    staff: Staff, published: Published, share: Floats, s: Scenario
) -> None:
    """Smooth the shares of active people; perhaps raise their target."""
    groups = len(share)
    for group in range(groups):
        first, after = members(group, groups, s)
        active = 0.0
        for i in range(first, after):
            active += 1.0 if staff[i].genuine + staff[i].padding > 0 else 0.0
        latest = active / (after - first)
        share[group] += s.participation.smoothing * (latest - share[group])
    published.participation = raised(
        published.participation,
        share[groups - 1],
        s.participation.target,
        1.0,
        s.principal,
    )


@rule
def members(group: int, groups: int, s: Scenario) -> tuple[int, int]:
    """First row of a group, and the row after its last; the last group is everybody."""
    n = s.organisation.employees
    if group == groups - 1:
        return 0, n
    return team_bounds(group * s.organisation.team_size, s.organisation.team_size, n)


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
    return s.quota.amount / unit if s.quota.amount > 0.0 else 0.0
