"""What a person sets once a week, by degrees: effort, and how much they dress up.

On Monday everybody sees what one more half-day of output in view would be worth,

    M = sum over the incentives that count output of
        [W(S + sigma) - W(S - sigma)] / (2 sigma)  x  score of a half-day of output,

with S and sigma the score that they expect at their pace, and its uncertainty. The
smooth slope, not that of a small step: tables of standings are steps to somebody near.
A half-day of real output is worth m = v + M + B to them, v its value in itself and B
that of work that waits no longer, where that counts. Then

    effort        q = (m / m-bar)^eta within [1/2, 3/2], which multiplies theta
    dressing up   delta = (M - F - t m - s) / c within [0, most]: its worth in view,
                  less F, what it costs where it is found as spoilt work, less the
                  time that it takes, less scruple, over how fast it gets hard

    overstating   of time saved, in what is reported, the same without its time
    hiding        of spoilt work, at most what there was last week: the same

The last two are in reference weeks of what is counted. Whoever dresses up shows delta
more in every half-day, and does t delta less; never-gamers do none of it. A linear
worth is exact: under a bonus on output alone M is the rate over 10.

Source: multitask agency (Holmström and Milgrom 1991; Baker 1992; docs/evidence.md,
sections 4, 10 and 11). Prediction: what is paid for output alone moves effort and
dressing up, and never padding.
"""

from model.block import ACTIVITIES, LANES, Block, half_day
from model.choice import difference
from model.compiled import rule, stage
from model.elementary import exp, log
from model.measure import (
    NO_ROOM,
    REFERENCE_DEFECTS,
    REFERENCE_SAVED,
    Counters,
    Counting,
    look,
    scoring_of,
)
from model.outlook import GENUINE, MANUAL
from model.published import Published
from model.scenario import REVIEW_OUTPUT, ROWS, Scenario

LESS, MORE = MANUAL, GENUINE
"""Places for the scores S - sigma and S + sigma, where activities have theirs."""
MINUTES = 240.0
"""Of a half-day."""
LEAST_EFFORT, MOST_EFFORT = 0.5, 1.5
LEAST_WORTH = 1e-9
"""Half-days; a worth below it asks for the least effort."""


@stage
def set_margins(block: Block, c: Counting, published: Published, s: Scenario) -> None:
    """Let everybody set effort and dressing up for the week."""
    people, tech = s.people, s.technology
    margins = people.effort > 0.0 or tech.dressing_most > 0.0
    soft = False
    for row in range(ROWS):
        soft |= c.soft[row] > 0
    if not (margins or soft or tech.gesture_minutes > 0.0):
        return
    for part in range(REVIEW_OUTPUT + 1):
        if c.weighed[part] and (c.output[part] != 0.0 or c.soft[part]):
            look_ahead(part, block, c, published, s)
            difference(part, block, 0, c, published, s)
            add_slope(part, block, c)
    for k in range(LANES):
        real = block.value[k] + block.seen[k] + block.quick[k]
        if people.effort > 0.0:
            q = effort(real, people.effort, people.effort_reference)
            block.effort[k] = q
            block.theta[k] *= q
        scruple = people.dressing_scruple * block.conscience[k]
        time, hardness = tech.dressing_time, tech.dressing_hardness
        most = tech.dressing_most
        shown = block.seen[k] - block.found[k] / REFERENCE_DEFECTS
        delta = gamed(shown, time * real, scruple, hardness, most)
        block.dressed[k] = delta if block.games[k] > 0 else 0.0
        scruple = people.overstating_scruple * block.conscience[k]
        hardness, most = tech.overstating_hardness, tech.overstating_most
        delta = gamed(block.telling[k], 0.0, scruple, hardness, most)
        told = delta * (REFERENCE_SAVED / 10.0)
        block.overstated[k] = told if block.games[k] > 0 else 0.0
        scruple = people.hiding_scruple * block.conscience[k]
        time, hardness = tech.hiding_time * REFERENCE_DEFECTS, tech.hiding_hardness
        most = block.spoilt_before[k] / REFERENCE_DEFECTS
        delta = gamed(block.found[k], time * real, scruple, hardness, most)
        hidden = delta * (REFERENCE_DEFECTS / 10.0)
        block.hidden[k] = hidden if block.games[k] > 0 else 0.0
        block.wasted[k] = tech.dressing_time * block.dressed[k]
        block.wasted[k] += tech.hiding_time * block.hidden[k]
        lost = tech.gesture_minutes / MINUTES * (real * block.theta[k])
        block.prompt_cost[k] = lost + people.gesture_scruple * block.conscience[k]


@rule
def effort(real: float, elasticity: float, reference: float) -> float:
    """Effort q for what a half-day of real output is worth [half-days]."""
    q = exp(elasticity * log(max(real, LEAST_WORTH) / reference))
    return min(max(q, LEAST_EFFORT), MOST_EFFORT)


@rule
def gamed(
    worth: float, time: float, scruple: float, hardness: float, most: float
) -> float:
    """How far a counter is gamed, delta: its worth less time and scruple, over c."""
    return min(max((worth - time - scruple) / hardness, 0.0), most)


@rule
def cost_of_margins(block: Block, k: int, s: Scenario) -> float:
    """What margins and gestures cost the person in lane k in a week [half-days].

    Effort costs m-bar theta q^(1 + 1/eta) / (1 + 1/eta) a half-day, theta without it:
    so that q is the best answer to m. Gaming a counter costs s delta + c delta^2 / 2.
    The time that they take is in the output.
    """
    people, tech, h = s.people, s.technology, block.conscience[k]
    cost = people.gesture_scruple * h * block.gestures[k]
    if people.effort > 0.0:
        q, power = block.effort[k], 1.0 + 1.0 / people.effort
        pains = people.effort_reference * (block.theta[k] / q) / power
        cost += 10.0 * (pains * exp(power * log(q)))
    d = block.dressed[k]
    cost += 10.0 * gaming(people.dressing_scruple * h, tech.dressing_hardness, d)
    d = 10.0 * block.overstated[k] / REFERENCE_SAVED
    cost += gaming(people.overstating_scruple * h, tech.overstating_hardness, d)
    d = 10.0 * block.hidden[k] / REFERENCE_DEFECTS
    return cost + gaming(people.hiding_scruple * h, tech.hiding_hardness, d)


@rule
def gaming(scruple: float, hardness: float, delta: float) -> float:
    """What it costs to game a counter that far [half-days]."""
    return scruple * delta + 0.5 * hardness * (delta * delta)


@stage
def look_ahead(
    part: int, block: Block, c: Counting, published: Published, s: Scenario
) -> None:
    """Find the scores S - sigma and S + sigma under one incentive."""
    elapsed = published.elapsed[part]
    scoring = scoring_of(c, part, c.soft[part] > 0, s)
    nothing = Counters(0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0)
    for k in range(LANES):
        monday = half_day(block, k, 0)
        so_far = block.so_far[part, k]
        window = look(scoring, so_far, nothing, monday.pace, NO_ROOM, elapsed, 0)
        expected = window.so_far + window.left * window.pace
        for a in range(ACTIVITIES):
            block.score[a, k] = min(expected, window.cap)
        block.score[LESS, k] = min(expected - window.sigma, window.cap)
        block.score[MORE, k] = min(expected + window.sigma, window.cap)
        block.sigma[k] = window.sigma
        block.settled[k] = min(window.so_far, window.cap)


@rule
def add_slope(part: int, block: Block, c: Counting) -> None:
    """Add what a little more of each counter is worth under one incentive."""
    for k in range(LANES):
        slope = block.rise[k] / (2.0 * block.sigma[k])
        block.seen[k] += slope * c.output[part]
        # A half-day more in each would clear a week of backlog, if that much waits.
        waits = min(10.0 * block.pace_backlog[k], 1.0)
        block.quick[k] -= slope * (c.backlog[part] / 10.0) * waits
        block.telling[k] += slope * (c.saved[part] * REFERENCE_SAVED)
        block.found[k] -= slope * (c.defects[part] * REFERENCE_DEFECTS)
