"""Ten half-days of everybody; the process overview, to be read from top to bottom.

A block of people lives them side by side: the tasks look so suitable; each incentive
weighs for everybody in the block; everybody chooses; books are kept. What follows the
half-days: everybody changes by what they and their peers did (``model.adaptation``),
and the organisation closes the week (``model.settlement``): scores are counted, windows
that have ended are settled, tables, cuts and shares are published.

People read of others only what was known before the week, so that slices of employees
may run side by side.
"""

from collections.abc import Sequence
from typing import Annotated

import numpy as np
from numpy.typing import NDArray

from model.block import (
    ACTIVITIES,
    CONSCIENCE,
    LANES,
    OWN_VALUE,
    RELUCTANCE,
    TERMS,
    Block,
)
from model.choice import TEAM, choose, weigh
from model.compiled import entry, rule
from model.draws import Purpose, uniforms
from model.incentives import audit, budget, guidance, participation
from model.measure import REFERENCE_TOKENS, Counting
from model.network import team_bounds
from model.normal import quantile
from model.outlook import GENUINE, MANUAL, PADDING
from model.published import Published
from model.record import record
from model.scenario import ROW, ROWS, Scenario
from model.welfare import lived
from model.work import (
    fake_output,
    genuine_gain,
    noise_factor,
    padding_loss,
    padding_tokens,
)
from model.workforce import Floats, Staff

DECISION, OBSERVATION = int(Purpose.DECISION), int(Purpose.OBSERVATION)
AUDITED = int(Purpose.AUDIT)

Tasks = Annotated[NDArray[np.float64], "f8", (10, 4)]
HalfDays = Annotated[NDArray[np.float64], "f8", (10,)]
Options = Annotated[NDArray[np.float64], "f8", (10, ACTIVITIES)]
Terms = Annotated[NDArray[np.float64], "f8", (10, len(TERMS), ACTIVITIES)]
Activities = Annotated[NDArray[np.int8], "i1", (10,)]


class Notes:
    """Notes on the ten half-days of one person."""

    tasks: Tasks  # suitability, error of judgement [sd], factor on tokens, choice luck
    hoped: HalfDays  # expected gain of genuine use, belief included
    terms: Terms  # payoff terms by activity [half-days]
    chances: Options  # probabilities of the activities
    outputs: Options  # real output of each activity [half-days]
    tokens: HalfDays  # used [M]
    activities: Activities
    open_to: Activities  # how many of the activities, in order, were open to them


NOTES = record(Notes)


@entry
def advance(
    first: int,
    last: int,
    week: int,
    staff: Staff,
    counting: Sequence[Counting],
    published: Sequence[Published],
    share: Floats,
    scenario: Sequence[Scenario],
    seed: int,
    replicate: int,
    blocks: Sequence[Block],
    notebook: Sequence[Notes],
    activities: NDArray[np.int8],
) -> None:
    """Let employees first..last-1 live a week; of the staff it writes only that week.

    They live it in one block, zero at the start, that nobody else uses meanwhile. The
    notebook keeps the notes of as many employees as it has pages, from ``first``
    on. Activities (n, 10) are kept if the array has rows.
    """
    c, public, s = counting[0], published[0], scenario[0]
    block = blocks[0]
    noise = guidance.noise(s.guidance, s.people.judgement_noise)
    for start in range(first, last, LANES):
        arrive(block, start, last, staff, c, public, share, s)
        draw_tasks(block, start, week, seed, replicate, s)
        for half_day in range(10):
            look_at_tasks(block, half_day, noise, c, s)
            weigh(block, half_day, c, public, s)
            choose(block, start, last, half_day, noise, week, staff, s.people)
            keep_books(block, half_day)
            if c.on[ROW.audit]:
                check(block, start, half_day, week, s, seed, replicate)
            for i in range(start, min(start + LANES, last)):
                if i - first < len(notebook):
                    note(notebook[i - first], block, i - start, half_day)
                if len(activities) > 0:
                    activities[i, half_day] = block.activity[i - start]
        leave(block, start, last, staff, s)


@rule
def arrive(
    block: Block,
    first: int,
    last: int,
    staff: Staff,
    c: Counting,
    published: Published,
    share: Floats,
    s: Scenario,
) -> None:
    """Seat employees from ``first`` on, with what holds for their whole week.

    The last one takes the lanes that stay empty, too; nobody reads those.
    """
    people, tech = s.people, s.technology
    for k in range(LANES):
        i = min(first + k, last - 1)
        e = staff[i]
        savvy = e.savvy
        block.theta[k] = e.productivity * (1.0 + e.spill)
        block.keep[k] = 1.0 - e.rework - e.strain
        block.ability[k] = e.proficiency * e.gain
        block.belief[k] = e.belief
        block.value[k] = people.own_value * (1.0 + people.urgency * e.backlog)
        block.lost[k] = padding_loss(tech.padding_time, tech.automation, savvy)
        looks_done = fake_output(tech.fake_output, tech.fake_savvy, savvy)
        block.looks_done[k] = block.theta[k] * looks_done
        block.intensity[k] = e.intensity
        block.padding_intensity[k] = padding_tokens(
            e.padding_intensity, tech.scripting, savvy
        )
        block.reluctance[k] = e.reluctance
        scruple = e.conscience + s.guidance.conscience
        cost = scruple * (1.0 - s.peers.norm_relief * e.norm)
        block.cost[k] = cost - s.peers.norm_pull * e.norm
        block.ambition[k], block.status[k] = e.ambition, e.status
        suspects = people.suspected_weight * published.suspicion
        block.suspicion[k] = suspects if e.suspicious else 0.0
        block.willing[k] = PADDING if e.never_gamer else PADDING + 1
        block.pace_genuine[k], block.pace_padded[k] = e.pace_genuine, e.pace_padded
        block.pace_active[k], block.pace_output[k] = e.pace_active, e.pace_output
        block.habit_genuine[k] = e.habit_genuine
        block.habit_padding[k] = e.habit_padding
        group = len(share) - 1
        if s.participation.scope == TEAM:
            group = i // s.organisation.team_size
        block.pressed[k] = participation.pressure(
            published.participation, s.participation.softness, share[group]
        )
        for row in range(ROWS):
            if c.on[row]:
                block.so_far[row, k], block.cell[row, k] = e.so_far[row], e.cell[row]
                block.edge_low[row, k] = e.edges[row, 0]
                block.edge_high[row, k] = e.edges[row, 1]
        if c.on[ROW.leaderboard] and s.leaderboard.scope == TEAM:
            see_mates(block, k, i, staff, s)
    for k in range(LANES):
        block.manual[k] = block.genuine[k] = block.padding[k] = block.misuse[k] = 0.0
        block.genuine_tokens[k] = block.padded_tokens[k] = block.active[k] = 0.0
        block.output[k] = block.fake[k] = block.gained[k] = block.misused[k] = 0.0
        block.padded[k] = block.hits[k] = block.false_hits[k] = 0.0
        block.cases[k] = 0.0
        block.advantage[k] = 0.0


@rule
def see_mates(block: Block, k: int, i: int, staff: Staff, s: Scenario) -> None:
    """See where the mates stand on the team's leaderboard."""
    first, after = team_bounds(i, s.organisation.team_size, s.organisation.employees)
    block.mates[k] = after - first - 1
    seat = 0
    for j in range(first, after):
        if j != i:
            block.mate_rate[seat, k] = staff[j].rate[ROW.leaderboard]
            seat += 1


@rule
def draw_tasks(
    block: Block, first: int, week: int, seed: int, replicate: int, s: Scenario
) -> None:
    """Draw the tasks and the luck of the week."""
    tech = s.technology
    for h in range(10):
        for k in range(LANES):
            x, judgement, tokens, choice = uniforms(
                seed, replicate, first + k, week, h, DECISION
            )
            block.suitability[h, k], block.judgement[h, k] = x, judgement
            block.token_luck[h, k], block.choice_luck[h, k] = tokens, choice
    for h in range(10):
        for k in range(LANES):
            block.judgement[h, k] = quantile(block.judgement[h, k])
        for k in range(LANES):
            luck = noise_factor(block.token_luck[h, k], tech.token_noise)
            block.token_luck[h, k] = luck
    for k in range(LANES):
        u = uniforms(seed, replicate, first + k, week, 0, OBSERVATION)[0]
        block.observation[k] = noise_factor(u, tech.observation_noise)


@rule
def look_at_tasks(
    block: Block, half_day: int, noise: float, c: Counting, s: Scenario
) -> None:
    """Judge the task of a half-day; payoff terms without any incentive [half-days].

    ``noise`` is the sd of the error in judging how suitable it is.
    """
    loss = s.technology.loss
    for k in range(LANES):
        x = block.suitability[half_day, k]
        judged = x + noise * block.judgement[half_day, k]
        hoped = genuine_gain(block.ability[k], judged, loss) + block.belief[k]
        block.judged[k], block.hoped[k] = judged, hoped
        block.gain[k] = genuine_gain(block.ability[k], x, loss)
        output = block.value[k] * block.keep[k] * block.theta[k]
        block.terms[OWN_VALUE, MANUAL, k] = output
        block.terms[OWN_VALUE, GENUINE, k] = output * (1.0 + hoped)
        block.terms[OWN_VALUE, PADDING, k] = output * (1.0 - block.lost[k])
        block.terms[RELUCTANCE, GENUINE, k] = -block.reluctance[k]
        block.terms[CONSCIENCE, PADDING, k] = -block.cost[k]
        block.open_to[k] = block.willing[k]
    if c.on[ROW.budget]:
        for k in range(LANES):
            earlier = block.so_far[ROW.budget, k] * REFERENCE_TOKENS
            used = earlier + (block.genuine_tokens[k] + block.padded_tokens[k])
            spent = used * s.technology.price
            out_of_tokens = budget.exhausted(s.budget, spent)
            block.open_to[k] = 1 if out_of_tokens else block.willing[k]


@rule
def keep_books(block: Block, half_day: int) -> None:
    """Do what was chosen: output, tokens, and what only looks like output.

    Of ``by_hand``, ``by_ai`` and ``pads`` one is 1 and the others are 0: products
    instead of branches.
    """
    for k in range(LANES):
        activity = block.activity[k]
        by_hand = 1.0 if activity == MANUAL else 0.0
        by_ai = 1.0 if activity == GENUINE else 0.0
        pads = 1.0 if activity == PADDING else 0.0
        theta, gain, lost = block.theta[k], block.gain[k], block.lost[k]
        luck = block.token_luck[half_day, k]
        genuine_tokens = by_ai * (block.intensity[k] * luck)
        padded_tokens = pads * (block.padding_intensity[k] * luck)

        block.tokens[k] = genuine_tokens + padded_tokens
        block.manual[k] += by_hand
        block.genuine[k] += by_ai
        block.padding[k] += pads
        block.active[k] = max(block.active[k], by_ai + pads)
        block.genuine_tokens[k] += genuine_tokens
        block.padded_tokens[k] += padded_tokens
        yields = 1.0 + by_ai * gain - pads * lost
        block.output[k] += block.keep[k] * theta * yields
        block.gained[k] += by_ai * (theta * max(gain, 0.0))
        block.misused[k] += by_ai * (theta * min(gain, 0.0))
        block.misuse[k] += by_ai if gain < 0.0 else 0.0
        block.padded[k] -= pads * (theta * lost)
        block.fake[k] += pads * block.looks_done[k]
        manual, genuine = block.payoffs[MANUAL, k], block.payoffs[GENUINE, k]
        with_ai = genuine if activity == GENUINE else block.payoffs[PADDING, k]
        chosen = manual if activity == MANUAL else with_ai
        block.advantage[k] += chosen - manual


@rule
def check(
    block: Block,
    first: int,
    half_day: int,
    week: int,
    s: Scenario,
    seed: int,
    replicate: int,
) -> None:
    """Audit the half-day: look at it, and perhaps call it padding.

    There is nothing to look at in a half-day without tokens.
    """
    for k in range(LANES):
        activity = block.activity[k]
        use, padding = block.selected[GENUINE, k], block.selected[PADDING, k]
        looked = use if activity == GENUINE else padding
        by_ai = use * audit.finding(s.audit, GENUINE)
        pads = padding * audit.finding(s.audit, PADDING)
        u = uniforms(seed, replicate, first + k, week, half_day, AUDITED)[0]
        block.cases[k] += 1.0 if activity != MANUAL and u < looked else 0.0
        block.hits[k] += 1.0 if activity == PADDING and u < pads else 0.0
        block.false_hits[k] += 1.0 if activity == GENUINE and u < by_ai else 0.0


@rule
def note(page: Notes, block: Block, k: int, half_day: int) -> None:
    """Note the half-day of the person in lane k."""
    page.tasks[half_day, 0] = block.suitability[half_day, k]
    page.tasks[half_day, 1] = block.judgement[half_day, k]
    page.tasks[half_day, 2] = block.token_luck[half_day, k]
    page.tasks[half_day, 3] = block.choice_luck[half_day, k]
    page.hoped[half_day], page.tokens[half_day] = block.hoped[k], block.tokens[k]
    page.activities[half_day] = block.activity[k]
    page.open_to[half_day] = block.open_to[k]
    total = 0.0
    for a in range(ACTIVITIES):
        total += block.chances[a, k]
        for term in range(len(TERMS)):
            page.terms[half_day, term, a] = block.terms[term, a, k]
    for a in range(ACTIVITIES):
        page.chances[half_day, a] = block.chances[a, k] * (1.0 / total)
    by_hand = block.keep[k] * block.theta[k]
    page.outputs[half_day, MANUAL] = by_hand
    page.outputs[half_day, GENUINE] = by_hand * (1.0 + block.gain[k])
    page.outputs[half_day, PADDING] = by_hand * (1.0 - block.lost[k])


@rule
def leave(block: Block, first: int, last: int, staff: Staff, s: Scenario) -> None:
    """Write down everybody's week."""
    for k in range(min(LANES, last - first)):
        e = staff[first + k]
        e.manual, e.genuine = int(block.manual[k]), int(block.genuine[k])
        e.padding, e.misuse = int(block.padding[k]), int(block.misuse[k])
        e.genuine_tokens = block.genuine_tokens[k]
        e.padded_tokens = block.padded_tokens[k]
        e.by_hand = 10.0 * block.theta[k]
        e.gained, e.misused = block.gained[k], block.misused[k]
        e.padded = block.padded[k]
        e.output = (e.by_hand + e.gained + e.misused + e.padded) * block.keep[k]
        e.lost_to_rework, e.lost_to_strain = e.rework, e.strain
        e.fake = block.fake[k]
        e.observed = e.output * block.observation[k] + block.fake[k]
        e.on_show = e.savvy * block.padding[k] / 10.0
        e.hits, e.false_hits = block.hits[k], block.false_hits[k]
        e.cases = block.cases[k]
        e.welfare = lived(block, k, e.output, s)
        e.advantage = block.advantage[k] / 10.0
