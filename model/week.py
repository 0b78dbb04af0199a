"""A week of the organisation; the process overview, to be read from top to bottom.

1. Everybody lives ten half-days (``advance``): a task arrives, they judge it, weigh
   the three activities, choose, and it yields output and tokens.
2. Everybody changes by what they and their peers did (``adapt_all``).
3. The organisation closes the week (``close``): scores are counted, windows that have
   ended are settled, tables, cuts and shares are published, targets may be raised.

1 and 2 read of other people only what was known before, so that slices of employees
may run side by side.
"""

from collections.abc import Sequence
from typing import Annotated

import numpy as np
from numpy.typing import NDArray

from model.adaptation import adapt
from model.choice import (
    CONSCIENCE,
    MATES,
    OWN_VALUE,
    RELUCTANCE,
    TEAM,
    TERMS,
    HalfDay,
    Mates,
    Published,
    pick,
    selection,
    weigh,
    weights,
)
from model.compiled import rule
from model.draws import Purpose, uniforms
from model.incentives import audit, budget, guidance, participation
from model.measure import (
    REFERENCE_TOKENS,
    Counters,
    Counting,
    counted,
    expect,
    look,
)
from model.network import team_bounds
from model.normal import quantile
from model.outlook import GENUINE, MANUAL, PADDING, Person
from model.record import record
from model.scenario import HEADLINE, ROW, ROWS, Scenario
from model.settlement import publish_shares, settle
from model.work import (
    fake_output,
    genuine_gain,
    noise_factor,
    padding_loss,
    padding_tokens,
)
from model.workforce import Employee, Floats, Ints, Staff

DECISION, OBSERVATION = int(Purpose.DECISION), int(Purpose.OBSERVATION)
AUDITED = int(Purpose.AUDIT)
FORGOTTEN = 0.01
"""Suspicion below which nobody thinks of it any more."""


Activities = Annotated[NDArray[np.int8], "i1", (10,)]
Tasks = Annotated[NDArray[np.float64], "f8", (10, 4)]
Options = Annotated[NDArray[np.float64], "f8", (10, 3)]
Terms = Annotated[NDArray[np.float64], "f8", (10, len(TERMS), 3)]
Board = Annotated[Mates, MATES]
HalfDays = Annotated[NDArray[np.float64], "f8", (10,)]


class Notes:
    """Notes on the ten half-days of one person."""

    tasks: Tasks  # suitability, error of judgement [sd], luck with tokens, of choice
    hoped: HalfDays  # expected gain of genuine use, belief included
    terms: Terms  # payoff terms by activity [half-days]
    chances: Options  # probabilities of the activities
    outputs: Options  # real output of each activity [half-days]
    tokens: HalfDays  # used [M]
    activities: Activities
    open_to: Activities  # how many of the activities, in order, were open to them
    mates: Board  # of the team leaderboard, if there is one


NOTES = record(Notes)


@rule
def live(
    i: int,
    week: int,
    pressed: float,
    staff: Staff,
    c: Counting,
    published: Published,
    s: Scenario,
    seed: int,
    replicate: int,
    notes: Notes,
) -> None:
    """Let employee i live a week; of the staff it writes only their latest week.

    ``pressed`` is the pressure of the participation target on them, 0 to 1.
    """
    e, people, tech = staff[i], s.people, s.technology

    # What holds for the whole week
    theta = e.productivity * (1.0 + e.spill)
    keep = 1.0 - e.rework - e.strain
    savvy = e.savvy
    lost = padding_loss(tech.padding_time, tech.automation, savvy)
    looks_done = theta * fake_output(tech.fake_output, tech.fake_savvy, savvy)
    kappa = e.intensity
    kappa_pad = padding_tokens(e.padding_intensity, tech.scripting, savvy)
    sigma_x = guidance.noise(s.guidance, people.judgement_noise)
    value = people.own_value * (1.0 + people.urgency * e.backlog)
    scruple = e.conscience + s.guidance.conscience
    cost = scruple * (1.0 - s.peers.norm_relief * e.norm)
    cost -= s.peers.norm_pull * e.norm
    suspects = people.suspected_weight * published.suspicion
    person = Person(e.ambition, e.status, suspects if e.suspicious else 0.0)
    pace = Counters(e.pace_genuine, e.pace_padded, e.pace_active, e.pace_output)
    willing = 2 if e.never_gamer else 3
    precision = 1.0 / people.choice_noise
    if c.on[ROW.leaderboard] and s.leaderboard.scope == TEAM:
        see_mates(notes.mates, i, staff, s)

    manual = genuine = padding = misuse = 0
    genuine_tokens = padded_tokens = active = output = fake = 0.0
    gained = misused = padded = hits = false_hits = advantage = 0.0
    draw_tasks(notes.tasks, i, week, seed, replicate)
    for h in range(10):
        x = notes.tasks[h, 0]
        judged = x + sigma_x * notes.tasks[h, 1]
        gain = genuine_gain(e.proficiency, e.gain, x, tech.loss)
        hoped = genuine_gain(e.proficiency, e.gain, judged, tech.loss) + e.belief

        starts = 1.0 - active
        used = genuine_tokens + padded_tokens
        terms = notes.terms[h]
        day = HalfDay(
            number=h,
            manual=Counters(0.0, 0.0, 0.0, keep * theta),
            genuine=Counters(kappa, 0.0, starts, keep * theta * (1.0 + hoped)),
            padding=Counters(
                0.0, kappa_pad, starts, keep * theta * (1.0 - lost) + looks_done
            ),
            week=Counters(genuine_tokens, padded_tokens, active, output + fake),
            pace=pace,
            open_to=willing if has_tokens(used, e, c, s) else 1,
            pressed=pressed,
        )
        terms[OWN_VALUE, MANUAL] = value * keep * theta
        terms[OWN_VALUE, GENUINE] = value * keep * theta * (1.0 + hoped)
        terms[OWN_VALUE, PADDING] = value * keep * theta * (1.0 - lost)
        terms[RELUCTANCE, GENUINE] = -e.reluctance
        terms[CONSCIENCE, PADDING] = -cost
        u = weigh(terms, day, person, notes.mates, e, c, published, s)
        chances = weights(
            u, terms, day.open_to, judged, sigma_x, week, precision, e, people
        )
        activity = pick(chances, notes.tasks[h, 3])
        advantage += u[activity] - u[MANUAL]

        tokens = 0.0
        if activity == MANUAL:
            manual += 1
            output += keep * theta
        elif activity == GENUINE:
            genuine += 1
            active = 1.0
            tokens = kappa * noise_factor(notes.tasks[h, 2], tech.token_noise)
            genuine_tokens += tokens
            output += keep * theta * (1.0 + gain)
            gained += theta * max(gain, 0.0)
            misused += theta * min(gain, 0.0)
            misuse += gain < 0.0
        else:
            padding += 1
            active = 1.0
            tokens = kappa_pad * noise_factor(notes.tasks[h, 2], tech.token_noise)
            padded_tokens += tokens
            output += keep * theta * (1.0 - lost)
            padded -= theta * lost
            fake += looks_done

        if c.on[ROW.audit] and activity != MANUAL:
            found = audited(activity, day, i, week, e, c, published, s, seed, replicate)
            hits += found if activity == PADDING else 0.0
            false_hits += found if activity == GENUINE else 0.0
        per_total = 1.0 / (chances[MANUAL] + chances[GENUINE] + chances[PADDING])
        notes.hoped[h], notes.tokens[h], notes.activities[h] = hoped, tokens, activity
        notes.open_to[h] = day.open_to
        for a in range(3):
            notes.chances[h, a] = chances[a] * per_total
        notes.outputs[h, MANUAL] = keep * theta
        notes.outputs[h, GENUINE] = keep * theta * (1.0 + gain)
        notes.outputs[h, PADDING] = keep * theta * (1.0 - lost)

    e.manual, e.genuine, e.padding = manual, genuine, padding
    e.misuse = misuse
    e.genuine_tokens, e.padded_tokens = genuine_tokens, padded_tokens
    e.by_hand = 10.0 * theta
    e.gained, e.misused, e.padded = gained, misused, padded
    e.output = (e.by_hand + gained + misused + padded) * keep
    e.lost_to_rework, e.lost_to_strain = e.rework, e.strain
    e.fake = fake
    u_observed = uniforms(seed, replicate, i, week, 0, OBSERVATION)[0]
    noise = noise_factor(u_observed, tech.observation_noise)
    e.observed = e.output * noise + fake
    e.on_show = savvy * padding / 10.0
    e.hits, e.false_hits = hits, false_hits
    e.advantage = advantage / 10.0


@rule
def draw_tasks(tasks: Floats, i: int, week: int, seed: int, replicate: int) -> None:
    """Draw the tasks and the luck of a week into (10, 4), a row a half-day.

    Suitability, error of judgement [sd], luck with tokens, luck of the choice.
    """
    for h in range(10):
        x, judgement, tokens, choice = uniforms(seed, replicate, i, week, h, DECISION)
        tasks[h, 0], tasks[h, 1] = x, quantile(judgement)
        tasks[h, 2], tasks[h, 3] = tokens, choice


@rule
def see_mates(mates: Mates, i: int, staff: Staff, s: Scenario) -> None:
    """See where the mates stand on the team's leaderboard."""
    first, after = team_bounds(i, s.organisation.team_size, s.organisation.employees)
    mates.count = 0
    for j in range(first, after):
        if j != i:
            mates.rate[mates.count] = staff[j].rate[ROW.leaderboard]
            mates.count += 1


@rule
def has_tokens(tokens: float, e: Employee, c: Counting, s: Scenario) -> bool:
    """Whether the budget of the window leaves tokens to use."""
    if not c.on[ROW.budget]:
        return True
    earlier = e.so_far[ROW.budget] * REFERENCE_TOKENS
    return not budget.exhausted(s.budget, (earlier + tokens) * s.technology.price)


@rule
def audited(
    activity: int,
    day: HalfDay,
    i: int,
    week: int,
    e: Employee,
    c: Counting,
    published: Published,
    s: Scenario,
    seed: int,
    replicate: int,
) -> float:
    """1 if this half-day is looked at and called padding, else 0."""
    selected = s.audit.probability
    if s.audit.top_share > 0.0:
        elapsed = published.elapsed[ROW.audit]
        window = look(
            c,
            ROW.audit,
            e.so_far[ROW.audit],
            day.week,
            day.pace,
            0.0,
            elapsed,
            day.number,
            s,
        )
        counts = day.genuine if activity == GENUINE else day.padding
        outlook = expect(window, counted(c, ROW.audit, counts), 1.0, day.number)
        selected = selection(outlook, published, s)
    chance = selected * audit.finding(s.audit, activity)
    u = uniforms(seed, replicate, i, week, day.number, AUDITED)[0]
    return 1.0 if u < chance else 0.0


@rule
def advance(
    first: int,
    last: int,
    week: int,
    staff: Staff,
    c: Counting,
    published: Published,
    share: Floats,
    s: Scenario,
    seed: int,
    replicate: int,
    notebook: Sequence[Notes],
    activities: NDArray[np.int8],
) -> None:
    """Let employees first..last-1 live a week.

    The notebook keeps the notes of as many employees as it has pages; the last page is
    used again and again. Activities (n, 10) are kept if the array has rows.
    """
    for i in range(first, last):
        group = len(share) - 1
        if s.participation.scope == TEAM:
            group = i // s.organisation.team_size
        pressed = participation.pressure(
            published.participation, s.participation.softness, share[group]
        )
        notes = notebook[min(i - first, len(notebook) - 1)]
        live(i, week, pressed, staff, c, published, s, seed, replicate, notes)
        if len(activities) > 0:
            for h in range(10):
                activities[i, h] = notes.activities[h]


@rule
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


@rule
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
