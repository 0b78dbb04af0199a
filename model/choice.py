"""The choice of a half-day: what each activity is worth, and which one is picked."""

import math
from collections.abc import Sequence
from typing import Annotated, NamedTuple

import numpy as np
from numpy.typing import NDArray

from model.compiled import rule
from model.incentive import Scope
from model.incentives import (
    audit,
    bonus,
    budget,
    leaderboard,
    participation,
    quota,
    review,
    top_board,
)
from model.measure import (
    CELLS,
    CUTS,
    Counters,
    Counting,
    counted,
    expect,
    look,
    standing,
)
from model.network import team_bounds
from model.normal import cdf
from model.outlook import GENUINE, MANUAL, PADDING, Outlook, Person
from model.record import record
from model.scenario import INCENTIVES, REVIEW_OUTPUT, ROWS, Scenario
from model.workforce import Employee, Floats, Scores, Staff

BONUS, REVIEW = INCENTIVES.index("bonus"), INCENTIVES.index("review")
LEADERBOARD = INCENTIVES.index("leaderboard")
TOP_BOARD, QUOTA = INCENTIVES.index("top_board"), INCENTIVES.index("quota")
PARTICIPATION = INCENTIVES.index("participation")
AUDIT, BUDGET = INCENTIVES.index("audit"), INCENTIVES.index("budget")

Table = Sequence[Counting]
"""How rules read the counting table."""

OWN_VALUE = len(INCENTIVES)
RELUCTANCE = len(INCENTIVES) + 1
CONSCIENCE = len(INCENTIVES) + 2
TERMS = (*INCENTIVES, "own_value", "reluctance", "conscience")
"""Names of the payoff terms, in the order of their rows."""

TEAM = int(Scope.TEAM)

Tables = Annotated[NDArray[np.float64], "f8", (ROWS, CELLS + 1)]
Cuts = Annotated[NDArray[np.float64], "f8", (ROWS, CUTS)]
Weeks = Annotated[NDArray[np.int64], "i8", (ROWS,)]


class Published:
    """What everybody can see: tables, cuts, targets and suspicion."""

    tables: Tables  # people below each node of the grid
    cut: Scores  # mean of the latest cuts [reference weeks]
    cut_sd: Scores  # their standard deviation
    cuts: Cuts  # the latest cuts themselves
    elapsed: Weeks  # weeks of the open window that are over
    quota: float  # the quota in force [reference weeks]
    participation: float  # the participation target in force
    suspicion: float  # how alive the suspicion of a linked review is, 0 to 1


PUBLISHED = record(Published)


class HalfDay(NamedTuple):
    """One half-day of one person, before they choose."""

    number: int  # 0 to 9
    manual: Counters  # expected counts of each activity
    genuine: Counters
    padding: Counters
    week: Counters  # counts of this week so far
    pace: Counters  # own pace per half-day
    may_pad: bool
    may_use: bool  # tokens are left
    pressed: float  # pressure of the participation target, 0 to 1


@rule
def expected(day: HalfDay, activity: int) -> Counters:
    """Expected counts of an activity."""
    if activity == MANUAL:
        return day.manual
    return day.genuine if activity == GENUINE else day.padding


@rule
def worth(
    part: int,
    activity: int,
    outlook: Outlook,
    output_outlook: Outlook,
    day: HalfDay,
    person: Person,
    i: int,
    staff: Staff,
    c: Table,
    published: Published,
    s: Scenario,
) -> float:
    """Worth of one activity under one incentive [half-days]."""
    if part == BONUS:
        return bonus.worth(s.bonus, outlook)
    if part == REVIEW:
        usage = 0.0
        if review.usage_weight(s.review, person) > 0.0:
            usage = everybody(REVIEW, outlook, staff[i], c, published)
        output = everybody(REVIEW_OUTPUT, output_outlook, staff[i], c, published)
        return review.worth(s.review, person, outlook, usage, output)
    if part == LEADERBOARD:
        if s.leaderboard.scope == TEAM:
            rank = among_mates(LEADERBOARD, outlook, i, staff, s)
        else:
            rank = everybody(LEADERBOARD, outlook, staff[i], c, published)
        return leaderboard.worth(s.leaderboard, person, outlook, rank)
    if part == TOP_BOARD:
        cut, sd = published.cut[TOP_BOARD], published.cut_sd[TOP_BOARD]
        return top_board.worth(s.top_board, person, outlook, cut, sd)
    if part == QUOTA:
        return quota.worth(s.quota, person, outlook, published.quota)
    if part == PARTICIPATION:
        chance = active_by_friday(activity, day)
        return participation.worth(s.participation, person, day.pressed, chance)
    if part == AUDIT:
        selected = selection(outlook, published, s)
        return audit.worth(s.audit, person, activity, selected)
    if part == BUDGET:
        tokens = expected(day, activity).genuine + expected(day, activity).padded
        return budget.worth(
            s.budget, tokens * s.technology.price, s.organisation.half_day_value
        )
    return 0.0


@rule
def everybody(
    row: int, outlook: Outlook, e: Employee, c: Table, published: Published
) -> float:
    """Expected standing in the whole organisation."""
    return standing(published.tables[row], e.place[row], c[row].scale, outlook)


@rule
def among_mates(row: int, outlook: Outlook, i: int, staff: Staff, s: Scenario) -> float:
    """Expected standing in the team: mean over mates of Phi((R - R_j) / s)."""
    first, after = team_bounds(i, s.organisation.team_size, s.organisation.employees)
    if after - first == 1:
        return 0.5
    total = 0.0
    for j in range(first, after):
        if j != i:
            ahead = outlook.score / outlook.half_days - staff[j].rate[row]
            total += cdf(ahead * outlook.half_days / outlook.sigma)
    return total / (after - first - 1)


@rule
def active_by_friday(activity: int, day: HalfDay) -> float:
    """Probability to count as active at the end of the week."""
    if activity != MANUAL or day.week.active > 0.0:
        return 1.0
    return min(1.0, (9.0 - day.number) * day.pace.active)


@rule
def selection(outlook: Outlook, published: Published, s: Scenario) -> float:
    """Probability that a half-day is audited."""
    return audit.selection(
        s.audit, outlook, published.cut[AUDIT], published.cut_sd[AUDIT]
    )


@rule
def best_increment(c: Counting, day: HalfDay) -> float:
    """Best expected increment among the activities this person would ever do."""
    best = max(counted(c, day.manual), counted(c, day.genuine))
    return max(best, counted(c, day.padding)) if day.may_pad else best


@rule
def weigh(
    terms: Floats,
    day: HalfDay,
    person: Person,
    i: int,
    staff: Staff,
    c: Table,
    published: Published,
    s: Scenario,
) -> None:
    """Fill in the worth of each activity under each incentive; terms (TERMS, 3)."""
    h, e = day.number, staff[i]
    for part in range(len(INCENTIVES)):
        if not c[part].on:
            continue
        best = 0.0
        if part == QUOTA or part == TOP_BOARD:
            best = best_increment(c[part], day)
        elapsed = published.elapsed[part]
        window = look(c[part], e.so_far[part], day.week, day.pace, best, elapsed, h, s)
        output_window = window
        if part == REVIEW:
            output_window = look(
                c[REVIEW_OUTPUT],
                e.so_far[REVIEW_OUTPUT],
                day.week,
                day.pace,
                0.0,
                elapsed,
                h,
                s,
            )
        for activity in range(3):
            counts = expected(day, activity)
            active_after = day.week.active + counts.active
            outlook = expect(window, counted(c[part], counts), active_after, h)
            output_outlook = outlook
            if part == REVIEW:
                output = counted(c[REVIEW_OUTPUT], counts)
                output_outlook = expect(output_window, output, active_after, h)
            terms[part, activity] = worth(
                part,
                activity,
                outlook,
                output_outlook,
                day,
                person,
                i,
                staff,
                c,
                published,
                s,
            )


@rule
def payoff(terms: Floats, activity: int) -> float:
    """Payoff of an activity: the sum of its terms [half-days]."""
    total = terms[OWN_VALUE, activity] + terms[RELUCTANCE, activity]
    total += terms[CONSCIENCE, activity]
    for part in range(len(INCENTIVES)):
        total += terms[part, activity]
    return total


@rule
def weights(
    u: tuple[float, float, float], may_use: bool, may_pad: bool, s: Scenario
) -> tuple[float, float, float]:
    """Weights proportional to the probabilities of manual, genuine and padding.

    Logit: P(activity) ~ exp(u / tau), the quantal response of McKelvey and Palfrey
    (1995); tau towards 0 is best response.
    """
    tau = s.people.choice_noise
    best = u[MANUAL]
    if may_use:
        best = max(best, u[GENUINE])
        if may_pad:
            best = max(best, u[PADDING])
    manual = math.exp((u[MANUAL] - best) / tau)
    genuine = math.exp((u[GENUINE] - best) / tau) if may_use else 0.0
    padding = math.exp((u[PADDING] - best) / tau) if may_use and may_pad else 0.0
    return manual, genuine, padding


@rule
def pick(chances: tuple[float, float, float], u: float) -> int:
    """The activity that a uniform draw picks."""
    mark = u * (chances[MANUAL] + chances[GENUINE] + chances[PADDING])
    if mark < chances[MANUAL]:
        return MANUAL
    return GENUINE if mark < chances[MANUAL] + chances[GENUINE] else PADDING


@rule
def needle(
    chances: tuple[float, float, float],
    outputs: tuple[float, float, float],
    worths: tuple[float, float, float],
    tau: float,
) -> float:
    """The compass needle dE[own output]/dw = Cov(output, W) / tau.

    The covariance is taken over the person's three options with their choice
    probabilities, for one half-day with state, task and tables frozen. It leaves out
    rework on mates, learning, norms and moving tables.
    """
    total = chances[0] + chances[1] + chances[2]
    output = worth_ = product = 0.0
    for a in range(3):
        p = chances[a] / total
        output += p * outputs[a]
        worth_ += p * worths[a]
        product += p * outputs[a] * worths[a]
    return (product - output * worth_) / tau
