"""A block of people who live their half-days side by side.

Each quantity of a half-day is a column with a lane for every person of the block, so
that a rule is applied to all of them in one loop over the lanes. The compiler turns
such a loop into vector code, as long as no rule in it has an ``if`` with a side effect.
Nobody's numbers depend on who else is in the block.
"""

from typing import Annotated, NamedTuple

import numpy as np
from numpy.typing import NDArray

from model.compiled import COMPILES, rule
from model.measure import Counters
from model.outlook import GENUINE, MANUAL, PADDING, Person
from model.record import record
from model.scenario import INCENTIVES, MOST_MATES, ROWS

LANES = 32 if COMPILES else 4
"""People in a block; chosen by measuring (docs/decisions.md).

Without compilation they wait for each other in vain: the fewer the better.
"""
ACTIVITIES = 3
RATES = 3
"""Nodes at which an uncertain rate is looked up in a table of standings."""

OWN_VALUE = len(INCENTIVES) + 1
RELUCTANCE = len(INCENTIVES) + 2
CONSCIENCE = len(INCENTIVES) + 3
TERMS = (*INCENTIVES, "review_output", "own_value", "reluctance", "conscience")
"""Names of the payoff terms, in the order of their rows."""

Lanes = Annotated[NDArray[np.float64], "f8", (LANES,)]
WholeLanes = Annotated[NDArray[np.int64], "i8", (LANES,)]
ByActivity = Annotated[NDArray[np.float64], "f8", (ACTIVITIES, LANES)]
ByNode = Annotated[NDArray[np.float64], "f8", (ACTIVITIES * RATES, LANES)]
ByHalfDay = Annotated[NDArray[np.float64], "f8", (10, LANES)]
ByRow = Annotated[NDArray[np.float64], "f8", (ROWS, LANES)]
ByTerm = Annotated[NDArray[np.float64], "f8", (len(TERMS), ACTIVITIES, LANES)]
ByMate = Annotated[NDArray[np.float64], "f8", (MOST_MATES, LANES)]


class Block:
    """What the people of a block bring, meet and do in a week."""

    # Who they are this week
    theta: Lanes  # output of a manual half-day [half-days]
    keep: Lanes  # share of output that rework and strain leave
    ability: Lanes  # a gamma(z), gain on the most suitable task
    belief: Lanes  # error in the gain expected from AI
    value: Lanes  # of a half-day of own output [half-days]
    lost: Lanes  # share of a padded half-day lost to work
    looks_done: Lanes  # what looks like output after a padded half-day [half-days]
    intensity: Lanes  # tokens of a genuine half-day [M]
    padding_intensity: Lanes  # tokens of a padded half-day [M]
    reluctance: Lanes  # against a half-day with AI [half-days]
    cost: Lanes  # that conscience puts on a padded half-day [half-days]
    ambition: Lanes
    status: Lanes
    suspicion: Lanes  # weight they suspect usage to have in their review
    willing: WholeLanes  # how many activities, in order, they would ever do
    pressed: Lanes  # pressure of the participation target, 0 to 1
    pace_genuine: Lanes  # own pace per half-day
    pace_padded: Lanes
    pace_active: Lanes
    pace_output: Lanes
    habit_genuine: Lanes  # share of half-days
    habit_padding: Lanes

    # Their windows, by row of the counting table
    so_far: ByRow  # score of the open window before this week
    cell: ByRow  # of the own entry in the table of standings
    edge_low: ByRow  # how the own entry counts at the lower node of its cell
    edge_high: ByRow  # and at its upper node
    mates: WholeLanes  # people they see on the team's leaderboard
    mate_rate: ByMate  # their latest rates

    # Tasks and luck of the week
    suitability: ByHalfDay  # x, 0 to 1
    judgement: ByHalfDay  # error in judging x [sd]
    token_luck: ByHalfDay  # factor on tokens, mean 1
    choice_luck: ByHalfDay  # uniform

    # The half-day
    judged: Lanes  # how suitable the task looks
    gain: Lanes  # of genuine use
    hoped: Lanes  # the gain that they expect, belief included
    open_to: WholeLanes  # how many activities, in order, they would and may do
    score: ByActivity  # expected at the end of a window
    sigma: Lanes  # its uncertainty
    settled: Lanes  # score of that window that nobody can take away any more
    place: ByNode  # of the rates around that score on the grid of standings
    below: ByNode  # people below these places
    standing: ByActivity  # expected
    selected: ByActivity  # probability to be audited
    terms: ByTerm  # payoffs by term [half-days]
    payoffs: ByActivity  # their sum
    felt: ByActivity  # the payoffs, under prospect theory as gains and losses
    chances: ByActivity  # in proportion to the probabilities
    activity: WholeLanes  # chosen
    tokens: Lanes  # used [M]

    # The week so far
    manual: Lanes  # half-days
    genuine: Lanes
    padding: Lanes
    misuse: Lanes
    genuine_tokens: Lanes  # [M]
    padded_tokens: Lanes
    active: Lanes  # 1 once AI was used
    output: Lanes  # real output [half-days]
    fake: Lanes  # what only looks like output [half-days]
    gained: Lanes  # by genuine use, before rework and strain [half-days]
    misused: Lanes
    padded: Lanes
    hits: Lanes  # padded half-days found by audits
    false_hits: Lanes
    cases: Lanes  # half-days with AI that audits looked at
    advantage: Lanes  # of what was chosen over manual work [half-days]
    observation: Lanes  # factor on the week's output as others see it


BLOCK = record(Block)


class HalfDay(NamedTuple):
    """What one person knows before they choose: the activities, the week, the pace."""

    number: int  # 0 to 9
    manual: Counters  # expected counts of each activity
    genuine: Counters
    padding: Counters
    week: Counters  # counts of this week so far
    pace: Counters  # own pace per half-day
    open_to: int  # how many activities, in order, they would and may do
    pressed: float  # pressure of the participation target, 0 to 1


@rule
def half_day(block: Block, k: int, number: int) -> HalfDay:
    """The half-day as the person in lane k sees it."""
    by_hand = block.keep[k] * block.theta[k]
    starts = 1.0 - block.active[k]
    kappa, kappa_pad = block.intensity[k], block.padding_intensity[k]
    padded = by_hand * (1.0 - block.lost[k]) + block.looks_done[k]
    return HalfDay(
        number=number,
        manual=Counters(0.0, 0.0, 0.0, by_hand),
        genuine=Counters(kappa, 0.0, starts, by_hand * (1.0 + block.hoped[k])),
        padding=Counters(0.0, kappa_pad, starts, padded),
        week=Counters(
            block.genuine_tokens[k],
            block.padded_tokens[k],
            block.active[k],
            block.output[k] + block.fake[k],
        ),
        pace=Counters(
            block.pace_genuine[k],
            block.pace_padded[k],
            block.pace_active[k],
            block.pace_output[k],
        ),
        open_to=block.open_to[k],
        pressed=block.pressed[k],
    )


@rule
def person(block: Block, k: int) -> Person:
    """What the person in lane k brings to every incentive."""
    return Person(block.ambition[k], block.status[k], block.suspicion[k])


@rule
def by_activity(column: NDArray[np.float64], k: int) -> tuple[float, float, float]:
    """The three numbers of the person in lane k."""
    return column[MANUAL, k], column[GENUINE, k], column[PADDING, k]
