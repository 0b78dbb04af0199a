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
from model.outlook import GENUINE, MANUAL, PADDING, TRIVIAL, Person
from model.record import record
from model.scenario import INCENTIVES, MOST_MATES, ROWS

LANES = 32 if COMPILES else 4
"""People in a block; chosen by measuring (docs/decisions.md).

Without compilation they wait for each other in vain: the fewer the better.
"""
ACTIVITIES = 4
WORDS = 16
"""Uniform draws of a week."""
EVENINGS, DEFECTS = 10, 15
"""Those for the luck of its evenings, from Monday on, and in finding spoilt work."""
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
ByWord = Annotated[NDArray[np.float64], "f8", (WORDS, LANES)]
ByHalfDay = Annotated[NDArray[np.float64], "f8", (10, LANES)]
ByRow = Annotated[NDArray[np.float64], "f8", (ROWS, LANES)]
ByTerm = Annotated[NDArray[np.float64], "f8", (len(TERMS), ACTIVITIES, LANES)]
ByMate = Annotated[NDArray[np.float64], "f8", (MOST_MATES, LANES)]


class Block:
    """What the people of a block bring, meet and do in a week."""

    # Who they are this week
    row: WholeLanes  # of the staff
    role: WholeLanes  # row of the role in the workforce
    theta: Lanes  # output of a manual half-day of usual worth [half-days]
    effort: Lanes  # part of it, 1 is usual
    dressed: Lanes  # output that a half-day is dressed up by [half-days]
    wasted: Lanes  # time that this takes of it [half-days]
    keep: Lanes  # share of output that rework and strain leave
    ability: Lanes  # a gamma, gain on the most suitable task this week
    lacking: Lanes  # what tasks lack to be fully suitable, over that of week 0
    belief: Lanes  # error in the gain expected from AI
    value: Lanes  # of a half-day of own output [half-days]
    lost: Lanes  # share of a padded half-day lost to work
    chore_gain: Lanes  # of trivial use
    chore_hoped: Lanes  # the gain that they expect of it, belief included
    chore_decay: Lanes  # worth of a chore over that of the one before
    intensity: Lanes  # tokens of a genuine half-day [M]
    trivial_intensity: Lanes  # tokens of a trivial half-day [M]
    padding_intensity: Lanes  # tokens of a padded half-day [M]
    reluctance: Lanes  # against a half-day with AI [half-days]
    cost: Lanes  # that conscience puts on a padded half-day [half-days]
    conscience: Lanes  # h, without guidance and norm [half-days]
    games: WholeLanes  # 1 if they would ever game a measure, else 0
    prompt_cost: Lanes  # of a gesture [half-days]
    seen: Lanes  # worth of one more half-day of output in view [half-days]
    quick: Lanes  # and of one less that waits [half-days]
    telling: Lanes  # worth of a reference week more of time saved, as reported
    found: Lanes  # worth of a reference week less of spoilt work found [half-days]
    overstated: Lanes  # time saved that a half-day is overstated by [half-days]
    hidden: Lanes  # spoilt work that a half-day hides [half-days]
    bias: Lanes  # time that people feel saved and is not, of the work that AI did
    spoilt_before: Lanes  # spoilt work of the week before [half-days]
    ambition: Lanes
    status: Lanes
    suspicion: Lanes  # weight they suspect usage to have in their review
    willing: WholeLanes  # mask of the activities that they would ever do
    pressed: Lanes  # pressure of the participation target, 0 to 1
    pace_genuine: Lanes  # own pace per half-day
    pace_padded: Lanes
    pace_active: Lanes
    pace_output: Lanes
    pace_days: Lanes
    pace_saved: Lanes
    pace_defects: Lanes
    pace_backlog: Lanes
    pace_automated: Lanes
    habit_genuine: Lanes  # share of half-days
    habit_trivial: Lanes
    habit_padding: Lanes

    # Their windows, by row of the counting table
    so_far: ByRow  # score of the open window before this week
    cell: ByRow  # of the own entry in the table of standings
    edge_low: ByRow  # how the own entry counts at the lower node of its cell
    edge_high: ByRow  # and at its upper node
    mates: WholeLanes  # people they see on the team's leaderboard
    mate_rate: ByMate  # their latest rates

    # Tasks and luck of the week
    task: ByHalfDay  # worth y of the core task, mean 1 [half-days]
    suitability: ByHalfDay  # x, 0 to 1, to the technology of week 0
    judgement: ByHalfDay  # error in judging x [sd]
    token_luck: ByHalfDay  # factor on tokens, mean 1
    words: ByWord  # uniform; the first ten are for the worth of core tasks
    defect_luck: Lanes  # factor on the spoilt work found, mean 1
    choice_luck: ByHalfDay  # uniform

    # The half-day
    core: Lanes  # worth of the core task [half-days]
    beside: Lanes  # worth of the chore beside it, at most that [half-days]
    judged: Lanes  # how suitable the task would look in week 0: its place among tasks
    gain: Lanes  # of genuine use
    hoped: Lanes  # the gain that they expect, belief included
    open_to: WholeLanes  # mask of the activities that they would and may do
    earlier: Lanes  # score of a window before this week
    best: Lanes  # best increment that they would make of it, if they strive for one
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
    trivial: Lanes
    padding: Lanes
    misuse: Lanes
    botched: Lanes  # worth of the misused tasks [half-days]
    chore: Lanes  # worth of the next chore [half-days]
    came: Lanes  # worth of the core tasks [half-days]
    genuine_tokens: Lanes  # [M]
    trivial_tokens: Lanes
    padded_tokens: Lanes
    active: Lanes  # 1 once they count as active
    today: Lanes  # 1 once they do so today
    days: Lanes  # with any use
    gestures: Lanes
    saved: Lanes  # time that AI saved [half-days]
    ai_work: Lanes  # worth of what it did [half-days]
    sooner: Lanes  # backlog against manual work [weeks]
    rise: Lanes  # of worth between two scores [half-days]
    prompting: Lanes  # worth of being active over not being it, at the last moment
    output: Lanes  # real output [half-days]
    gained: Lanes  # by genuine use, before rework and strain [half-days]
    misused: Lanes
    by_chores: Lanes
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
    trivial: Counters
    padding: Counters
    week: Counters  # counts of this week so far
    pace: Counters  # own pace per half-day
    today: float  # 1 once they count as active today
    open_to: int  # mask of the activities that they would and may do
    pressed: float  # pressure of the participation target, 0 to 1


@rule
def half_day(block: Block, k: int, number: int) -> HalfDay:
    """The half-day as the person in lane k sees it."""
    task, kept = block.core[k], block.keep[k] * block.theta[k]
    by_hand, chore = kept * task, kept * block.beside[k]
    starts, dawns = 1.0 - block.active[k], 1.0 - block.today[k]
    kappa, kappa_pad = block.intensity[k], block.padding_intensity[k]
    kappa_trivial = block.trivial_intensity[k]
    dressed = block.dressed[k] - block.keep[k] * block.wasted[k]
    by_ai = by_hand * (1.0 + block.hoped[k]) + dressed
    chore_done = chore * (1.0 + block.chore_hoped[k]) + dressed
    padded = by_hand * (1.0 - block.lost[k]) + dressed
    # Time saved as they feel it, spoilt work as they fear it, and what waits.
    bias, told = block.bias[k], block.overstated[k]
    saved, chore_saved = block.hoped[k] + bias, block.chore_hoped[k] + bias
    usual = block.dressed[k] - block.hidden[k]
    feared = task if block.hoped[k] < 0.0 else 0.0
    waits, beside = block.pace_backlog[k], block.beside[k]
    # What would wait at the week's end: nobody catches up on more than there is.
    due = max(block.sooner[k] + 10.0 * waits, 0.0)
    caught_up = min(task * block.hoped[k] / 10.0, due)
    chore_put_off = task - beside * (1.0 + block.chore_hoped[k])
    return HalfDay(
        number=number,
        manual=Counters(0.0, 0.0, 0.0, by_hand + dressed, 0.0, told, usual, waits, 0.0),
        genuine=Counters(
            kappa,
            0.0,
            starts,
            by_ai,
            dawns,
            told + task * saved,
            usual + feared,
            waits - caught_up,
            0.0,
        ),
        trivial=Counters(
            kappa_trivial,
            0.0,
            starts,
            chore_done,
            dawns,
            told + beside * chore_saved,
            usual,
            waits + max(chore_put_off / 10.0, -due),
            1.0,
        ),
        padding=Counters(
            0.0,
            kappa_pad,
            starts,
            padded,
            dawns,
            told,
            usual,
            waits + task * block.lost[k] / 10.0,
            0.0,
        ),
        week=Counters(
            block.genuine_tokens[k] + block.trivial_tokens[k],
            block.padded_tokens[k],
            block.active[k],
            block.output[k] + number * block.dressed[k],
            block.days[k] + block.gestures[k],
            block.saved[k] + bias * block.ai_work[k] + number * told,
            block.botched[k] + number * usual,
            due - (10.0 - number) * waits,
            block.trivial[k],
        ),
        pace=Counters(
            block.pace_genuine[k],
            block.pace_padded[k],
            block.pace_active[k],
            block.pace_output[k],
            block.pace_days[k],
            block.pace_saved[k],
            block.pace_defects[k],
            block.pace_backlog[k],
            block.pace_automated[k],
        ),
        today=block.today[k],
        open_to=block.open_to[k],
        pressed=block.pressed[k],
    )


@rule
def person(block: Block, k: int) -> Person:
    """What the person in lane k brings to every incentive."""
    return Person(block.ambition[k], block.status[k], block.suspicion[k])


@rule
def by_activity(
    column: NDArray[np.float64], k: int
) -> tuple[float, float, float, float]:
    """The numbers of the person in lane k, one for each activity."""
    return column[MANUAL, k], column[GENUINE, k], column[TRIVIAL, k], column[PADDING, k]
