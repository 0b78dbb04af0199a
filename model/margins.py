"""What a person sets once a week, by degrees: effort, and how much they dress up.

On Monday everybody sees what one more half-day of output in view would be worth,

    M = sum over the incentives that count output of
        [W(S + sigma) - W(S - sigma)] / (2 sigma)  x  score of a half-day of output,

with S and sigma the score that they expect at their pace, and its uncertainty. The
smooth slope, not that of a small step: tables of standings are steps to somebody near.
A half-day of real output is worth m = v + M to them, v its value in itself. Then

    effort        q = (m / m-bar)^eta within [1/2, 3/2], which multiplies theta
    dressing up   delta = (M - t m - s) / c within [0, most]: its worth in view, less
                  the time that it takes, less scruple, over how fast it gets hard

Whoever dresses up shows delta more in every half-day, and does t delta less; never-
gamers do not. A linear worth is exact: under a bonus on output alone M is the rate over
10.

Source: multitask agency (Holmström and Milgrom 1991; Baker 1992; docs/evidence.md,
sections 4, 10 and 11). Prediction: what is paid for output alone moves effort and
dressing up, and never padding.
"""

from model.block import ACTIVITIES, LANES, Block, half_day
from model.choice import compare, patience, worth
from model.compiled import rule
from model.elementary import exp, log
from model.measure import Counters, Counting, look
from model.outlook import GENUINE, MANUAL
from model.published import Published
from model.scenario import REVIEW_OUTPUT, ROW, Scenario, Technology

LESS, MORE = MANUAL, GENUINE
"""Places for the scores S - sigma and S + sigma, where activities have theirs."""
MINUTES = 240.0
"""Of a half-day."""
LEAST_EFFORT, MOST_EFFORT = 0.5, 1.5
LEAST_WORTH = 1e-9
"""Half-days; a worth below it asks for the least effort."""


@rule
def set_margins(block: Block, c: Counting, published: Published, s: Scenario) -> None:
    """Let everybody set effort and dressing up for the week."""
    people, tech = s.people, s.technology
    margins = people.effort > 0.0 or tech.dressing_most > 0.0
    if not (margins or tech.gesture_minutes > 0.0):
        return
    look_ahead(ROW.bonus, block, c, published, s)
    look_ahead(ROW.review, block, c, published, s)
    look_ahead(ROW.leaderboard, block, c, published, s)
    look_ahead(ROW.top_board, block, c, published, s)
    look_ahead(ROW.quota, block, c, published, s)
    look_ahead(REVIEW_OUTPUT, block, c, published, s)
    for k in range(LANES):
        real = block.value[k] + block.seen[k]
        if people.effort > 0.0:
            q = effort(real, people.effort, people.effort_reference)
            block.effort[k] = q
            block.theta[k] *= q
        scruple = people.dressing_scruple * block.conscience[k]
        delta = dressing(block.seen[k], real, scruple, tech)
        block.dressed[k] = delta if block.games[k] > 0 else 0.0
        block.wasted[k] = tech.dressing_time * block.dressed[k]
        lost = tech.gesture_minutes / MINUTES * (real * block.theta[k])
        block.prompt_cost[k] = lost + people.gesture_scruple * block.conscience[k]


@rule
def effort(real: float, elasticity: float, reference: float) -> float:
    """Effort q for what a half-day of real output is worth [half-days]."""
    q = exp(elasticity * log(max(real, LEAST_WORTH) / reference))
    return min(max(q, LEAST_EFFORT), MOST_EFFORT)


@rule
def dressing(seen: float, real: float, scruple: float, tech: Technology) -> float:
    """Output that a half-day is dressed up by, delta [half-days]."""
    worthwhile = seen - tech.dressing_time * real - scruple
    return min(max(worthwhile / tech.dressing_hardness, 0.0), tech.dressing_most)


@rule
def look_ahead(
    part: int, block: Block, c: Counting, published: Published, s: Scenario
) -> None:
    """Add what one more half-day of output in view is worth under one incentive."""
    if not c.weighed[part] or c.output[part] == 0.0:
        return
    elapsed = published.elapsed[part]
    nothing = Counters(0.0, 0.0, 0.0, 0.0, 0.0)
    for k in range(LANES):
        monday = half_day(block, k, 0)
        so_far = block.so_far[part, k]
        window = look(c, part, so_far, nothing, monday.pace, 0.0, elapsed, 0, s)
        expected = window.so_far + window.left * window.pace
        for a in range(ACTIVITIES):
            block.score[a, k] = min(expected, window.cap)
        block.score[LESS, k] = min(expected - window.sigma, window.cap)
        block.score[MORE, k] = min(expected + window.sigma, window.cap)
        block.sigma[k] = window.sigma
        block.settled[k] = min(window.so_far, window.cap)
    half_days = 10.0 * c.weeks[part]
    compare(part, block, c, published, s)
    discount = patience(part, c, published, s)
    for k in range(LANES):
        day = half_day(block, k, 0)
        less = worth(part, LESS, block, k, day, half_days, discount, published, s)
        more = worth(part, MORE, block, k, day, half_days, discount, published, s)
        slope = (more - less) / (2.0 * block.sigma[k])
        block.seen[k] += slope * c.output[part]
