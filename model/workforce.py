"""Columns of people: row i is a slot, and its n-th person the same in every scheme."""

import math
from collections.abc import Sequence
from typing import Annotated

import numpy as np
from numpy.typing import NDArray

from model.compiled import entry, rule
from model.draws import Purpose, beta, gamma, normal, trait
from model.elementary import exp, log
from model.network import outside_peer
from model.normal import quantile
from model.order import Rows
from model.record import record
from model.scenario import ROWS, Scenario

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Scores = Annotated[NDArray[np.float64], "f8", (ROWS,)]
"""One number for each row of the counting table."""
Cells = Annotated[NDArray[np.int64], "i8", (ROWS,)]
Edges = Annotated[NDArray[np.float64], "f8", (ROWS, 2)]

SKILL, AMBITION, STATUS = int(Purpose.SKILL), int(Purpose.AMBITION), int(Purpose.STATUS)
CONSCIENCE, CHARACTER = int(Purpose.CONSCIENCE), int(Purpose.CHARACTER)
CEILING, START, SAVVY = int(Purpose.CEILING), int(Purpose.START), int(Purpose.SAVVY)
INTENSITY = int(Purpose.INTENSITY)


class Employee:
    """Traits, state, pace, windows and latest week of one employee, and of their slot.

    The annotations are the columns of the staff, a structured array with a row for
    each person: ``staff["savvy"]`` is a column, ``staff[i]`` a person.
    """

    # Traits, drawn once
    role: int  # row of the role in the workforce; teams have one
    group: int  # place of the team's group in ``Scenario.parts``
    skill: float  # z, standard normal
    productivity: float  # theta, output of a manual half-day [half-days]
    ambition: float  # weight on career consequences, mean 1
    status: float  # weight on visible rank, mean 1
    conscience: float  # h, cost of a padded half-day [half-days]
    reluctance: float  # taste against a half-day with AI [half-days]
    ceiling: float  # highest proficiency
    gain: float  # gamma, gain of full proficiency on the most suitable task in week 0
    intensity: float  # kappa, tokens of a genuine half-day [M]
    padding_intensity: float  # kappa_pad, of a padded one without savvy [M]
    never_gamer: bool  # would never pad
    suspicious: bool  # suspects a review where managers see usage

    # The person in the slot
    generation: int  # people who had the slot before
    tenure: int  # weeks in the job, those of the warm-up included
    vacant: bool  # nobody in it, until somebody is hired before the next week

    # State
    proficiency: float  # a, 0 to the ceiling
    belief: float  # b, error in the gain expected from AI
    savvy: float  # s, knowing how to pad cheaply, 0 to 1
    norm: float  # n, padding seen among peers, 0 to 1
    backlog: float  # own work that waits [weeks], 0 to 3
    exhaustion: float  # built up by backlog and effort above the usual, 0 to 1
    strain: float  # share of output lost to exhaustion
    rework: float  # share of output lost to others' use of AI, padding, dressing up
    queue: float  # AI output of the team that waits for review [half-days of review]
    spill: float  # relative change of productivity by the mates' output

    # Habit and aspiration, slow averages
    habit_genuine: float  # share of half-days with genuine use, own or copied
    habit_trivial: float  # share of half-days with trivial use, own or copied
    habit_padding: float  # share of padded half-days, own or copied
    aspiration: float  # advantage over manual work usual in the team [half-days]

    # Welfare that decides who leaves [half-days per half-day]
    welfare_late: float  # of late, a slow average
    welfare_usual: float  # mean of the first twelve weeks in the job

    # Own pace, a slow average per half-day of each counter
    pace_genuine: float  # of genuine and trivial use [M tokens]
    pace_padded: float  # [M tokens]
    pace_active: float  # without gestures [active weeks]
    pace_output: float  # observed [half-days]
    pace_days: float  # without gestures [active days]
    pace_saved: float  # as reported [half-days]
    pace_defects: float  # as found [half-days]
    pace_backlog: float  # [weeks]
    pace_automated: float  # [half-days]

    # Windows; an entry for each row of the counting table
    so_far: Scores  # score of the open window [reference weeks]
    rate: Scores  # score per half-day in the last settled window
    cell: Cells  # where that rate lies on the grid of standings
    edges: Edges  # how the own entry counts at the two nodes of that cell

    # The latest week
    manual: int  # half-days
    genuine: int  # half-days
    trivial: int  # half-days
    padding: int  # half-days
    days: int  # with any AI use
    gestures: int  # made on other days
    misuse: int  # genuine half-days below break-even
    botched: float  # worth of the tasks in these [half-days]
    genuine_tokens: float  # [M]
    trivial_tokens: float  # [M]
    padded_tokens: float  # [M]
    tasks: float  # worth of the core tasks that came [half-days]
    effort: float  # q, 1 is usual
    dressing: float  # output that is only dressed up [half-days]
    by_hand: float  # output if all had been manual [half-days]
    gained: float  # added by genuine use [half-days]
    misused: float  # lost by genuine use below break-even [half-days], negative
    by_chores: float  # added by trivial use, less the tasks put off [half-days]
    padded: float  # lost by padding [half-days], negative
    wasted: float  # lost by dressing up, hiding, gestures [half-days], negative
    output: float  # real output, after rework and strain [half-days]
    lost_to_rework: float  # share of that week's output lost to rework
    lost_to_strain: float  # share of that week's output lost to exhaustion
    observed: float  # output as observed [half-days]
    ai_work: float  # worth of the work that AI did [half-days]
    saved: float  # time that AI saved [half-days]
    overstating: float  # time that they say was saved besides [half-days]
    reported_saved: float  # time saved as they report it [half-days]
    spoilt: float  # work that mates would have to do again [half-days]
    hiding: float  # spoilt work that they try to hide [half-days]
    defects: float  # spoilt work that is found [half-days]
    score: float  # headline measure [reference weeks]
    on_show: float  # savvy padding that peers can see
    practice: float  # proficient use of AI that peers can see
    advantage: float  # mean payoff of what was chosen over manual work [half-days]
    hits: float  # padded half-days found by audits
    false_hits: float  # genuine and trivial half-days taken for padding
    cases: float  # half-days with AI that audits looked at
    reward: float  # what incentives paid, less what they took [half-days per half-day]
    welfare: float  # what the week was worth to them [half-days per half-day]

    # The whole run
    usual_use: float  # pace_genuine at the end of the warm-up [M tokens]
    output_sum: float  # real output over the reported weeks so far [half-days]
    reward_sum: float  # reward over the reported weeks so far
    welfare_sum: float  # welfare over the reported weeks so far


EMPLOYEE = record(Employee)
Staff = Sequence[Employee]
"""How rules read a structured array of employees."""
CHUNK = 4096
"""Employees over whom sums are formed first, so that threads do not change them."""


@rule
def counts_as_active(e: Employee) -> bool:
    """Whether a person counted as active in the latest week, be it by a gesture."""
    return e.days + e.gestures > 0


@rule
def work_done(e: Employee) -> float:
    """Output of the latest week before rework and strain, the sum of its channels."""
    by_ai = e.by_hand + e.gained + e.misused
    return by_ai + e.padded + e.by_chores + e.wasted


@rule
def chunk_bounds(chunk: int, employees: int) -> tuple[int, int]:
    """First row of a chunk, and the row after its last."""
    return chunk * CHUNK, min((chunk + 1) * CHUNK, employees)


@rule
def productivity(skill: float, sd: float) -> float:
    """Output of a manual half-day, theta = exp(sd z - sd^2 / 2), with mean 1."""
    return exp(sd * skill - 0.5 * sd * sd)


@rule
def gain(skill: float, highest: float, gradient: float) -> float:
    """Gain of full proficiency, gamma_0 exp(-gamma_1 z): novices gain more."""
    return highest * exp(-gradient * skill)


@rule
def token_yield(intensity: float, median: float, power: float) -> float:
    """Factor on the gain of who uses many tokens, (kappa / median)^power; 1 for 0."""
    return exp(power * log(intensity / median))


@rule
def lognormal_trait(z: float, skill: float, correlation: float, sd: float) -> float:
    """Lognormal factor with median 1, whose log is correlated with skill."""
    mixed = correlation * skill + math.sqrt(1.0 - correlation * correlation) * z
    return exp(sd * mixed)


@rule
def gamma_factor(
    cv: float, seed: int, replicate: int, employee: int, generation: int, purpose: int
) -> float:
    """Gamma factor with mean 1 and coefficient of variation cv (at most 1)."""
    shape = 1.0 / (cv * cv)
    return gamma(shape, seed, replicate, employee, generation, 0, purpose) / shape


@rule
def hire(
    i: int, e: Employee, peers: Rows, s: Scenario, seed: int, replicate: int
) -> None:
    """Let the next person begin in slot i: traits, and a state without habits.

    Mates, peers, work that waits, windows, the role and the latest week are the slot's.
    """
    p, tech, w = s.people, s.technology, s.workforce
    e.generation += 1
    e.tenure, e.vacant = 0, False
    nth = e.generation
    z = normal(seed, replicate, i, nth, SKILL)
    e.skill = z
    e.productivity = productivity(z, p.skill_sd)
    e.ambition = gamma_factor(p.ambition_cv, seed, replicate, i, nth, AMBITION)
    e.status = gamma_factor(p.status_cv, seed, replicate, i, nth, STATUS)
    e.conscience = p.conscience_floor + p.conscience_scale * gamma(
        p.conscience_shape, seed, replicate, i, nth, 0, CONSCIENCE
    )

    never, suspects, taste, error = trait(seed, replicate, i, nth, CHARACTER)
    e.never_gamer = never < p.never_gamers
    e.suspicious = suspects < p.suspicious
    e.reluctance = p.reluctance_mean + p.reluctance_sd * quantile(taste)
    e.belief = p.belief_mean + p.belief_sd * quantile(error)

    e.ceiling = beta(p.ceiling_a, p.ceiling_b, seed, replicate, i, nth, 0, CEILING)
    known = beta(p.start_a, p.start_b, seed, replicate, i, nth, 0, START)
    e.proficiency = e.ceiling * known
    e.savvy = beta(p.savvy_a, p.savvy_b, seed, replicate, i, nth, 0, SAVVY)

    genuine, padding, _, _ = trait(seed, replicate, i, nth, INTENSITY)
    usual = p.intensity * w.intensity[e.role]
    e.intensity = usual * lognormal_trait(
        quantile(genuine), z, p.intensity_skill, p.intensity_sd
    )
    highest = tech.gain * w.gain[e.role]
    e.gain = gain(z, highest, tech.skill_gradient) * token_yield(
        e.intensity, usual, tech.token_yield
    )
    usual = p.padding_intensity * w.intensity[e.role]
    e.padding_intensity = usual * lognormal_trait(
        quantile(padding), z, p.padding_skill, p.padding_sd
    )

    e.norm = e.exhaustion = e.strain = 0.0
    e.habit_genuine = e.habit_trivial = e.habit_padding = e.aspiration = 0.0
    e.welfare_late = e.welfare_usual = 0.0
    e.usual_use = e.output_sum = e.reward_sum = e.welfare_sum = 0.0
    e.pace_genuine = e.pace_padded = e.pace_active = e.pace_output = 0.0
    e.pace_days = e.pace_saved = e.pace_defects = 0.0
    e.pace_backlog = e.pace_automated = 0.0
    if p.effort > 0.0 or s.technology.dressing_most > 0.0:
        # What is at stake in a first review is there before anybody has a pace.
        e.pace_output = e.productivity
    if nth == 0:
        meet(i, peers, s, seed, replicate)


@rule
def meet(i: int, peers: Rows, s: Scenario, seed: int, replicate: int) -> None:
    """Draw the peers outside the team whom the people of slot i know."""
    size = s.organisation
    for n in range(s.peers.outside):
        peers[i, n] = outside_peer(
            i, n, size.team_size, size.employees, seed, replicate
        )


@entry
def hire_all(
    first: int,
    last: int,
    staff: Staff,
    peers: Rows,
    scenario: Sequence[Scenario],
    seed: int,
    replicate: int,
) -> None:
    """Hire somebody for each of the slots first..last-1 that is vacant."""
    for i in range(first, last):
        if staff[i].vacant:
            hire(i, staff[i], peers, scenario[0], seed, replicate)
