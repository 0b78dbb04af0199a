"""What follows the half-days: everybody changes, and the organisation closes the week.

Scores are counted, windows that have ended are settled, tables, cuts and shares are
published, targets may be raised.
"""

from model.adaptation import adapt
from model.compiled import entry
from model.measure import Counters, Counting, counted
from model.published import Published
from model.scenario import HEADLINE, ROW, ROWS, Scenario
from model.settlement import publish_shares, settle
from model.workforce import Floats, Ints, Staff

FORGOTTEN = 0.01
"""Suspicion below which nobody thinks of it any more."""


@entry
def adapt_all(
    first: int,
    last: int,
    week: int,
    staff: Staff,
    outside: Ints,
    s: Scenario,
    seed: int,
    replicate: int,
) -> None:
    """Change employees first..last-1 by what happened in the week."""
    for i in range(first, last):
        adapt(i, week, staff, outside, s, seed, replicate)


@entry
def close(
    staff: Staff, c: Counting, published: Published, share: Floats, s: Scenario
) -> None:
    """Count the week, settle the windows that end with it, and publish."""
    for i in range(len(staff)):
        e = staff[i]
        active = 1.0 if e.genuine + e.padding > 0 else 0.0
        counts = Counters(e.genuine_tokens, e.padded_tokens, active, e.observed)
        for row in range(ROWS):
            if c.on[row]:
                e.so_far[row] += counted(c, row, counts)
        e.score = min(e.so_far[HEADLINE], c.cap[HEADLINE])

    for row in range(ROWS):
        if c.on[row]:
            published.elapsed[row] += 1
            if published.elapsed[row] == c.weeks[row]:
                settle(row, staff, c, published, s)
    if c.on[ROW.participation]:
        publish_shares(staff, published, share, s)
    if not s.review.visible:
        published.suspicion *= 1.0 - s.people.suspicion_fading
        if published.suspicion < FORGOTTEN:
            published.suspicion = 0.0
