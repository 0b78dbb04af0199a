"""Ten half-days of everybody; the process overview, to be read from top to bottom.

A block of people lives them side by side: on Monday they set how hard they work; then,
half-day by half-day, the tasks look so suitable; each incentive weighs for everybody in
the block; everybody chooses; books are kept; who was not active may make a gesture at
the end of the day. What follows the half-days: everybody changes by what they and their
peers did (``model.adaptation``), and the organisation closes the week
(``model.settlement``): scores are counted, windows that have ended are settled, tables,
cuts and shares are published.

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
    DEFECTS,
    LANES,
    OWN_VALUE,
    RELUCTANCE,
    TERMS,
    Block,
)
from model.choice import TEAM, choose, weigh
from model.compiled import entry, rule, stage
from model.draws import Purpose, uniforms
from model.gesture import make_gestures
from model.incentives import audit, budget, guidance, participation
from model.margins import MINUTES, set_margins
from model.measure import REFERENCE_TOKENS, Counting
from model.network import team_bounds
from model.normal import quantile
from model.outlook import (
    GENUINE,
    MANUAL,
    ONLY_MANUAL,
    PADDING,
    TRIVIAL,
    WITH_GENUINE,
    WITH_PADDING,
    WITH_TRIVIAL,
)
from model.progress import suited
from model.published import Published
from model.record import record
from model.roles import chore_decay, chore_suitability
from model.scenario import ROW, ROWS, Scenario
from model.suitability import drawn
from model.welfare import lived, rewarded
from model.work import (
    genuine_gain,
    noise_factor,
    padding_loss,
    padding_tokens,
)
from model.workforce import Floats, Ints, Staff, work_done

DECISION, OBSERVATION = int(Purpose.DECISION), int(Purpose.OBSERVATION)
AUDITED, WEEK = int(Purpose.AUDIT), int(Purpose.WEEK)

Tasks = Annotated[NDArray[np.float64], "f8", (10, 4)]
HalfDays = Annotated[NDArray[np.float64], "f8", (10,)]
Options = Annotated[NDArray[np.float64], "f8", (10, ACTIVITIES)]
Terms = Annotated[NDArray[np.float64], "f8", (10, len(TERMS), ACTIVITIES)]
Activities = Annotated[NDArray[np.int8], "i1", (10,)]


class Notes:
    """Notes on the ten half-days of one person."""

    tasks: Tasks  # suitability, error of judgement [sd], factor on tokens, choice luck
    worth: HalfDays  # of the core task, mean 1 [half-days]
    chore: HalfDays  # worth of the chore beside it, at most that [half-days]
    hoped: HalfDays  # expected gain of genuine use, belief included
    chore_hoped: HalfDays  # that of trivial use
    terms: Terms  # payoff terms by activity [half-days]
    chances: Options  # probabilities of the activities
    outputs: Options  # real output of each activity [half-days]
    tokens: HalfDays  # used [M]
    activities: Activities
    open_to: Activities  # mask of the activities that were open to them


NOTES = record(Notes)


@entry
def advance(
    regime: int,
    members: Ints,
    week: int,
    staff: Staff,
    counting: Sequence[Counting],
    published: Sequence[Published],
    shares: Sequence[Floats],
    scenario: Sequence[Scenario],
    seed: int,
    replicate: int,
    blocks: Sequence[Block],
    noted: int,
    notebook: Sequence[Notes],
    activities: NDArray[np.int8],
) -> None:
    """Let members of a regime live a week; of the staff it writes only that week.

    They live it in one block, zero at the start, that nobody else uses meanwhile. The
    notebook keeps the notes of as many employees as it has pages, from row ``noted``
    on. Activities (n, 10) are kept if the array has rows.
    """
    c, public, share = counting[regime], published[regime], shares[regime]
    s = scenario[regime]
    block = blocks[0]
    noise = guidance.noise(s.guidance, s.people.judgement_noise)
    for first in range(0, len(members), LANES):
        seated = min(len(members) - first, LANES)
        seat(block, members, first)
        arrive(block, staff, c, public, share, s)
        draw_tasks(block, week, seed, replicate, s)
        weigh_tasks(block, week, seed, replicate, s)
        set_margins(block, c, public, s)
        for half_day in range(10):
            look_at_tasks(block, half_day, noise, c, public, s)
            weigh(block, half_day, c, public, s)
            choose(block, half_day, noise, staff, s)
            keep_books(block, half_day)
            if c.on[ROW.audit]:
                check(block, half_day, week, s, seed, replicate)
            if half_day % 2 == 1 and s.technology.gesture_minutes > 0.0:
                make_gestures(block, half_day, c, public, s)
            for k in range(seated):
                i = block.row[k]
                if 0 <= i - noted < len(notebook):
                    note(notebook[i - noted], block, k, half_day)
                if len(activities) > 0:
                    activities[i, half_day] = block.activity[k]
        leave(block, seated, staff, public, s)


@rule
def seat(block: Block, members: Ints, first: int) -> None:
    """Give the lanes to members from ``first`` on.

    The last one takes the lanes that stay empty, too; nobody reads those.
    """
    for k in range(LANES):
        block.row[k] = members[min(first + k, len(members) - 1)]


@stage
def arrive(
    block: Block,
    staff: Staff,
    c: Counting,
    published: Published,
    share: Floats,
    s: Scenario,
) -> None:
    """Bring what holds for the whole week of those who are seated."""
    people, tech, w = s.people, s.technology, s.workforce
    for k in range(LANES):
        i = block.row[k]
        e = staff[i]
        savvy, role = e.savvy, e.role
        block.role[k] = role
        block.theta[k] = e.productivity * (1.0 + e.spill)
        block.keep[k] = 1.0 - e.rework - e.strain
        block.ability[k] = e.proficiency * e.gain * published.gain
        block.lacking[k] = published.lacking
        block.belief[k] = e.belief
        block.value[k] = people.own_value * (1.0 + people.urgency * e.backlog)
        block.lost[k] = padding_loss(tech.padding_time, tech.automation, savvy)
        suits = chore_suitability(tech.chore_suitability, w.chore_suitability[role])
        suitability = suited(suits, published.lacking)
        chore = genuine_gain(block.ability[k], suitability, tech.loss)
        block.chore_gain[k], block.chore_hoped[k] = chore, chore + e.belief
        block.chore[k] = tech.chore_worth * w.chore_worth[role]
        block.chore_decay[k] = chore_decay(tech.chore_decay, w.chores[role])
        block.intensity[k] = e.intensity * published.tokens
        block.trivial_intensity[k] = tech.trivial_intensity * block.intensity[k]
        padding_intensity = padding_tokens(e.padding_intensity, tech.scripting, savvy)
        block.padding_intensity[k] = padding_intensity * published.tokens
        block.reluctance[k] = e.reluctance
        scruple = e.conscience + s.guidance.conscience
        cost = scruple * (1.0 - s.peers.norm_relief * e.norm)
        block.cost[k] = cost - s.peers.norm_pull * e.norm
        block.conscience[k] = e.conscience
        block.games[k] = 0 if e.never_gamer else 1
        block.ambition[k], block.status[k] = e.ambition, e.status
        suspects = people.suspected_weight * published.suspicion
        block.suspicion[k] = suspects if e.suspicious else 0.0
        honest = ONLY_MANUAL + WITH_GENUINE
        honest += WITH_TRIVIAL if block.chore[k] > 0.0 else 0
        block.willing[k] = honest if e.never_gamer else honest + WITH_PADDING
        block.pace_genuine[k], block.pace_padded[k] = e.pace_genuine, e.pace_padded
        block.pace_active[k], block.pace_output[k] = e.pace_active, e.pace_output
        block.pace_days[k], block.pace_saved[k] = e.pace_days, e.pace_saved
        block.pace_defects[k] = e.pace_defects
        block.pace_backlog[k] = e.pace_backlog
        block.pace_automated[k] = e.pace_automated
        block.bias[k], block.spoilt_before[k] = people.perception_bias, e.spoilt
        block.habit_genuine[k] = e.habit_genuine
        block.habit_trivial[k] = e.habit_trivial
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
        block.effort[k], block.seen[k] = 1.0, 0.0
        block.dressed[k] = block.wasted[k] = 0.0
        block.quick[k] = block.telling[k] = block.found[k] = 0.0
        block.overstated[k] = block.hidden[k] = 0.0
        block.saved[k] = block.ai_work[k] = block.sooner[k] = 0.0
        block.manual[k] = block.genuine[k] = block.trivial[k] = block.padding[k] = 0.0
        block.misuse[k] = block.botched[k] = block.came[k] = block.active[k] = 0.0
        block.genuine_tokens[k] = block.trivial_tokens[k] = 0.0
        block.padded_tokens[k] = block.output[k] = block.gained[k] = 0.0
        block.misused[k] = block.by_chores[k] = block.padded[k] = 0.0
        block.days[k] = block.gestures[k] = block.today[k] = 0.0
        block.hits[k] = block.false_hits[k] = block.cases[k] = 0.0
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


@stage
def draw_tasks(block: Block, week: int, seed: int, replicate: int, s: Scenario) -> None:
    """Draw the tasks and the luck of the week."""
    tech = s.technology
    for h in range(10):
        for k in range(LANES):
            x, judgement, tokens, choice = uniforms(
                seed, replicate, block.row[k], week, h, DECISION
            )
            block.suitability[h, k], block.judgement[h, k] = x, judgement
            block.token_luck[h, k], block.choice_luck[h, k] = tokens, choice
    for h in range(10):
        for k in range(LANES):
            block.judgement[h, k] = quantile(block.judgement[h, k])
        for k in range(LANES):
            u = block.suitability[h, k]
            block.suitability[h, k] = drawn(s.workforce.tasks, block.role[k], u)
        for k in range(LANES):
            luck = noise_factor(block.token_luck[h, k], tech.token_noise)
            block.token_luck[h, k] = luck
    for k in range(LANES):
        u = uniforms(seed, replicate, block.row[k], week, 0, OBSERVATION)[0]
        block.observation[k] = noise_factor(u, tech.observation_noise)


@stage
def weigh_tasks(
    block: Block, week: int, seed: int, replicate: int, s: Scenario
) -> None:
    """Draw what the core tasks of the week are worth, and the luck of its evenings.

    They are words 0 to 9 and 10 to 14 of the week's own draws; word 15 is the luck in
    finding spoilt work.
    """
    sd, noise = s.technology.task_sd, s.technology.defect_noise
    if sd > 0.0 or noise > 0.0 or s.technology.gesture_minutes > 0.0:
        for part in range(4):
            for k in range(LANES):
                a, b, c, d = uniforms(seed, replicate, block.row[k], week, part, WEEK)
                block.words[4 * part, k], block.words[4 * part + 1, k] = a, b
                block.words[4 * part + 2, k], block.words[4 * part + 3, k] = c, d
    for k in range(LANES):
        luck = noise_factor(block.words[DEFECTS, k], noise) if noise > 0.0 else 1.0
        block.defect_luck[k] = luck
    for h in range(10):
        for k in range(LANES):
            block.task[h, k] = noise_factor(block.words[h, k], sd) if sd > 0.0 else 1.0


@rule
def look_at_tasks(
    block: Block,
    half_day: int,
    noise: float,
    c: Counting,
    published: Published,
    s: Scenario,
) -> None:
    """Judge the task of a half-day; payoff terms without any incentive [half-days].

    ``noise`` is the sd of the error in judging how suitable it is, to the technology of
    week 0; progress lifts what the task looks like as it lifts what it is.
    """
    loss = s.technology.loss
    for k in range(LANES):
        if half_day % 2 == 0:
            block.today[k] = 0.0
        x = block.suitability[half_day, k]
        judged = x + noise * block.judgement[half_day, k]
        ability, lacking = block.ability[k], block.lacking[k]
        hoped = genuine_gain(ability, suited(judged, lacking), loss) + block.belief[k]
        block.judged[k], block.hoped[k] = judged, hoped
        block.gain[k] = genuine_gain(ability, suited(x, lacking), loss)
        task = block.task[half_day, k]
        block.core[k] = task
        usual = block.value[k] * block.keep[k] * block.theta[k]
        block.beside[k] = min(block.chore[k], task)
        output, chore = usual * task, usual * block.beside[k]
        block.terms[OWN_VALUE, MANUAL, k] = output
        block.terms[OWN_VALUE, GENUINE, k] = output * (1.0 + hoped)
        block.terms[OWN_VALUE, TRIVIAL, k] = chore * (1.0 + block.chore_hoped[k])
        block.terms[OWN_VALUE, PADDING, k] = output * (1.0 - block.lost[k])
        block.terms[RELUCTANCE, GENUINE, k] = -block.reluctance[k]
        block.terms[RELUCTANCE, TRIVIAL, k] = -block.reluctance[k]
        block.terms[CONSCIENCE, PADDING, k] = -block.cost[k]
        block.open_to[k] = block.willing[k]
    if c.on[ROW.budget]:
        for k in range(LANES):
            earlier = block.so_far[ROW.budget, k] * REFERENCE_TOKENS
            honest = block.genuine_tokens[k] + block.trivial_tokens[k]
            # At the price of week 0, as the score of earlier weeks.
            used = earlier + (honest + block.padded_tokens[k]) * published.price
            spent = used * s.technology.price
            out_of_tokens = budget.exhausted(s.budget, spent)
            block.open_to[k] = ONLY_MANUAL if out_of_tokens else block.willing[k]


@rule
def keep_books(block: Block, half_day: int) -> None:
    """Do what was chosen: output and tokens.

    Of ``by_hand``, ``by_ai``, ``chore`` and ``pads`` one is 1 and the others are 0:
    products instead of branches.
    """
    for k in range(LANES):
        activity = block.activity[k]
        by_hand = 1.0 if activity == MANUAL else 0.0
        by_ai = 1.0 if activity == GENUINE else 0.0
        chore = 1.0 if activity == TRIVIAL else 0.0
        pads = 1.0 if activity == PADDING else 0.0
        theta, gain, lost = block.theta[k], block.gain[k], block.lost[k]
        luck, task = block.token_luck[half_day, k], block.task[half_day, k]
        genuine_tokens = by_ai * (block.intensity[k] * luck)
        trivial_tokens = chore * (block.trivial_intensity[k] * luck)
        padded_tokens = pads * (block.padding_intensity[k] * luck)

        block.tokens[k] = genuine_tokens + trivial_tokens + padded_tokens
        block.manual[k] += by_hand
        block.genuine[k] += by_ai
        block.trivial[k] += chore
        block.padding[k] += pads
        with_ai = by_ai + chore + pads
        block.days[k] += with_ai * (1.0 - block.today[k])
        block.today[k] = max(block.today[k], with_ai)
        block.active[k] = max(block.active[k], with_ai)
        block.genuine_tokens[k] += genuine_tokens
        block.trivial_tokens[k] += trivial_tokens
        block.padded_tokens[k] += padded_tokens
        core = task * (1.0 + by_ai * gain - pads * lost)
        done = block.beside[k] * (1.0 + block.chore_gain[k])
        yields = done if activity == TRIVIAL else core
        block.output[k] += block.keep[k] * theta * yields
        block.output[k] -= block.keep[k] * block.wasted[k]
        block.came[k] += task
        block.gained[k] += by_ai * (theta * (task * max(gain, 0.0)))
        block.misused[k] += by_ai * (theta * (task * min(gain, 0.0)))
        block.misuse[k] += by_ai if gain < 0.0 else 0.0
        block.botched[k] += by_ai * task if gain < 0.0 else 0.0
        gain_done = task * gain if activity == GENUINE else done - block.beside[k]
        used = by_ai + chore
        block.saved[k] += used * gain_done
        block.ai_work[k] += by_ai * task + chore * block.beside[k]
        block.sooner[k] -= (yields - task) / 10.0
        block.by_chores[k] += chore * (theta * (done - task))
        block.padded[k] -= pads * (theta * (task * lost))
        block.chore[k] *= block.chore_decay[k] if activity == TRIVIAL else 1.0
        manual, genuine = block.payoffs[MANUAL, k], block.payoffs[GENUINE, k]
        trivial, padding = block.payoffs[TRIVIAL, k], block.payoffs[PADDING, k]
        beyond = trivial if activity == TRIVIAL else padding
        other = genuine if activity == GENUINE else beyond
        chosen = manual if activity == MANUAL else other
        block.advantage[k] += chosen - manual


@rule
def check(
    block: Block,
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
        trivial = block.selected[TRIVIAL, k]
        honest = use if activity == GENUINE else trivial
        looked = padding if activity == PADDING else honest
        by_ai = use * audit.finding(s.audit, GENUINE)
        chore = trivial * audit.finding(s.audit, TRIVIAL)
        pads = padding * audit.finding(s.audit, PADDING)
        u = uniforms(seed, replicate, block.row[k], week, half_day, AUDITED)[0]
        block.cases[k] += 1.0 if activity != MANUAL and u < looked else 0.0
        block.hits[k] += 1.0 if activity == PADDING and u < pads else 0.0
        block.false_hits[k] += 1.0 if activity == GENUINE and u < by_ai else 0.0
        block.false_hits[k] += 1.0 if activity == TRIVIAL and u < chore else 0.0


@stage
def note(page: Notes, block: Block, k: int, half_day: int) -> None:
    """Note the half-day of the person in lane k."""
    task = block.task[half_day, k]
    x = suited(block.suitability[half_day, k], block.lacking[k])
    page.tasks[half_day, 0] = x
    page.tasks[half_day, 1] = block.judgement[half_day, k]
    page.tasks[half_day, 2] = block.token_luck[half_day, k]
    page.tasks[half_day, 3] = block.choice_luck[half_day, k]
    page.worth[half_day], page.chore[half_day] = task, block.beside[k]
    page.hoped[half_day], page.tokens[half_day] = block.hoped[k], block.tokens[k]
    page.chore_hoped[half_day] = block.chore_hoped[k]
    page.activities[half_day] = block.activity[k]
    page.open_to[half_day] = block.open_to[k]
    total = 0.0
    for a in range(ACTIVITIES):
        total += block.chances[a, k]
        for term in range(len(TERMS)):
            page.terms[half_day, term, a] = block.terms[term, a, k]
    for a in range(ACTIVITIES):
        page.chances[half_day, a] = block.chances[a, k] * (1.0 / total)
    usual = block.keep[k] * block.theta[k]
    by_hand, chore = usual * task, usual * block.beside[k]
    page.outputs[half_day, MANUAL] = by_hand
    page.outputs[half_day, GENUINE] = by_hand * (1.0 + block.gain[k])
    page.outputs[half_day, TRIVIAL] = chore * (1.0 + block.chore_gain[k])
    page.outputs[half_day, PADDING] = by_hand * (1.0 - block.lost[k])


@stage
def leave(
    block: Block,
    seated: int,
    staff: Staff,
    published: Published,
    s: Scenario,
) -> None:
    """Write down the week of those in the first lanes."""
    for k in range(seated):
        e = staff[block.row[k]]
        e.manual, e.genuine = int(block.manual[k]), int(block.genuine[k])
        e.trivial = int(block.trivial[k])
        e.padding, e.misuse = int(block.padding[k]), int(block.misuse[k])
        e.botched, e.tasks = block.botched[k], block.came[k]
        e.genuine_tokens = block.genuine_tokens[k]
        e.trivial_tokens = block.trivial_tokens[k]
        e.padded_tokens = block.padded_tokens[k]
        e.effort, e.dressing = block.effort[k], 10.0 * block.dressed[k]
        e.by_hand = block.came[k] * block.theta[k]
        e.gained, e.misused = block.gained[k], block.misused[k]
        e.by_chores, e.padded = block.by_chores[k], block.padded[k]
        e.days, e.gestures = int(block.days[k]), int(block.gestures[k])
        minutes = block.gestures[k] * s.technology.gesture_minutes
        prompting = minutes / MINUTES * block.theta[k]
        e.wasted = -(10.0 * block.wasted[k] + prompting)
        e.output = work_done(e) * block.keep[k]
        e.lost_to_rework, e.lost_to_strain = e.rework, e.strain
        e.observed = e.output * block.observation[k] + e.dressing
        e.ai_work, e.saved = block.ai_work[k], block.saved[k]
        e.overstating = 10.0 * block.overstated[k]
        e.reported_saved = e.saved + block.bias[k] * e.ai_work + e.overstating
        e.spoilt, e.hiding = e.botched + e.dressing, 10.0 * block.hidden[k]
        e.defects = max(e.spoilt * block.defect_luck[k] - e.hiding, 0.0)
        e.on_show = e.savvy * block.padding[k] / 10.0
        e.practice = e.proficiency * block.genuine[k] / 10.0
        e.hits, e.false_hits = block.hits[k], block.false_hits[k]
        e.cases = block.cases[k]
        e.reward = rewarded(block, k, published, s)
        e.welfare = lived(block, k, e.output, e.reward, s)
        e.advantage = block.advantage[k] / 10.0
