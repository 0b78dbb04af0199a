"""Gestures: one prompt of a minute or two, so as to count as active.

At the last moment, at the end of Friday where weeks count and of each day where days
do, whoever is not active yet, and gains by it, makes a gesture with the logit

    P = 1 / (1 + exp(-(D - k) / tau_g)),

D the worth of being active over staying inactive, summed over all incentives that count
it, and k its cost: the minutes, at what a half-day of real output is worth to them, and
a scruple. A gesture is foreseen in the choices before (``model.choice``). Never-gamers
make gestures too: they do not pretend to have worked.

Source: "active" is one action in 28 days at Microsoft (docs/evidence.md, section 12).
Prediction: a participation target costs a minute where it does in life; active people
rise and work does not.
"""

from model.block import ACTIVITIES, EVENINGS, LANES, Block, half_day
from model.choice import difference
from model.compiled import stage
from model.elementary import exp
from model.margins import MINUTES
from model.measure import NO_ROOM, Counting, expect, look, scoring_of
from model.outlook import GENUINE
from model.published import Published
from model.scenario import REVIEW_OUTPUT, Scenario

ACTIVE = GENUINE
"""Place for the score of who does not stay inactive; of the others, manual work's."""


@stage
def make_gestures(
    block: Block, number: int, c: Counting, published: Published, s: Scenario
) -> None:
    """Let who is inactive at the end of a day, half-day ``number``, perhaps prompt."""
    for k in range(LANES):
        block.prompting[k] = 0.0
    for part in range(REVIEW_OUTPUT):
        at_stake = c.days[part] > 0.0 or (c.active[part] > 0.0 and number == 9)
        if c.weighed[part] and at_stake:
            look_at_both(part, block, number, c, published, s)
            difference(part, block, number, c, published, s)
            for k in range(LANES):
                block.prompting[k] += block.rise[k]
    tau, evening = s.people.gesture_noise, EVENINGS + number // 2
    minutes = s.technology.gesture_minutes
    for k in range(LANES):
        ahead = (block.prompting[k] - block.prompt_cost[k]) / tau
        chance = 1.0 / (1.0 + exp(-ahead))
        asked = block.prompting[k] > 0.0 and block.today[k] == 0.0
        made = 1.0 if asked and block.words[evening, k] < chance else 0.0
        block.gestures[k] += made
        block.today[k] = max(block.today[k], made)
        block.active[k] = max(block.active[k], made)
        lost = minutes / MINUTES * block.theta[k]
        block.output[k] -= made * (block.keep[k] * lost)


@stage
def look_at_both(
    part: int,
    block: Block,
    number: int,
    c: Counting,
    published: Published,
    s: Scenario,
) -> None:
    """Find the scores of who stays inactive and of who makes a gesture."""
    elapsed = published.elapsed[part]
    scoring = scoring_of(c, part, c.soft[part] > 0, s)
    for k in range(LANES):
        day = half_day(block, k, number)
        so_far = block.so_far[part, k]
        window = look(scoring, so_far, day.week, day.pace, NO_ROOM, elapsed, number)
        active, today = day.week.active, day.today
        gesture = scoring.active * (1.0 - active) + scoring.days * (1.0 - today)
        inactive = expect(window, 0.0, active, today, number)
        for a in range(ACTIVITIES):
            block.score[a, k] = inactive
        block.score[ACTIVE, k] = expect(window, gesture, 1.0, 1.0, number)
        block.sigma[k] = window.sigma
        block.settled[k] = min(window.so_far, window.cap)
