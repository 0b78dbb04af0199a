"""The choice of a half-day: what each activity is worth, and which one is picked."""

from typing import Annotated, NamedTuple

import numpy as np
from numpy.typing import NDArray

from model import incentives
from model.behaviour import (
    best_response,
    habit,
    imitation,
    logit,
    prospect,
    satisficing,
)
from model.compiled import rule
from model.incentive import Scope
from model.measure import (
    CUTS,
    NODES,
    Counters,
    Counting,
    Rank,
    Wholes,
    counted,
    expect,
    look,
    standing,
)
from model.normal import cdf
from model.outlook import GENUINE, MANUAL, PADDING, Outlook, Person
from model.people import People, Rule
from model.record import record
from model.scenario import INCENTIVES, MOST_MATES, REVIEW_OUTPUT, ROW, ROWS, Scenario
from model.workforce import Employee, Floats, Scores

OWN_VALUE = len(INCENTIVES) + 1
RELUCTANCE = len(INCENTIVES) + 2
CONSCIENCE = len(INCENTIVES) + 3
TERMS = (*INCENTIVES, "review_output", "own_value", "reluctance", "conscience")
"""Names of the payoff terms, in the order of their rows."""

TEAM = int(Scope.TEAM)
LOGIT, BEST_RESPONSE = int(Rule.LOGIT), int(Rule.BEST_RESPONSE)
SATISFICING, IMITATION = int(Rule.SATISFICING), int(Rule.IMITATION)

Tables = Annotated[NDArray[np.float64], "f8", (ROWS, NODES)]
Cuts = Annotated[NDArray[np.float64], "f8", (ROWS, CUTS)]

Rates = Annotated[NDArray[np.float64], "f8", (MOST_MATES,)]


class Published:
    """What everybody can see: tables, cuts, targets and suspicion."""

    tables: Tables  # people below each node of the grid
    per_other: float  # 1 / (employees - 1)
    cut: Scores  # mean of the latest cuts [reference weeks]
    cut_sd: Scores  # their standard deviation
    cuts: Cuts  # the latest cuts themselves
    elapsed: Wholes  # weeks of the open window that are over
    quota: float  # the quota in force [reference weeks]
    participation: float  # the participation target in force
    suspicion: float  # how alive the suspicion of a linked review is, 0 to 1


PUBLISHED = record(Published)


class Mates:
    """What a person sees of their team on its leaderboard."""

    count: int
    rate: Rates  # latest rates of the mates


MATES = record(Mates)


class HalfDay(NamedTuple):
    """One half-day of one person, before they choose."""

    number: int  # 0 to 9
    manual: Counters  # expected counts of each activity
    genuine: Counters
    padding: Counters
    week: Counters  # counts of this week so far
    pace: Counters  # own pace per half-day
    open_to: int  # how many activities, in order, they would and may do
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
    day: HalfDay,
    person: Person,
    mates: Mates,
    e: Employee,
    c: Counting,
    published: Published,
    s: Scenario,
) -> float:
    """Worth of one activity under one incentive [half-days]."""
    if part == ROW.bonus:
        return incentives.bonus.worth(s.bonus, outlook)
    if part == ROW.review:
        by_usage = everybody(ROW.review, outlook, e, c, published)
        return incentives.review.worth(s.review, person, outlook, by_usage)
    if part == REVIEW_OUTPUT:
        by_output = everybody(REVIEW_OUTPUT, outlook, e, c, published)
        return incentives.review.worth_of_output(s.review, person, outlook, by_output)
    if part == ROW.leaderboard:
        if s.leaderboard.scope == TEAM:
            rank = among_mates(mates, outlook)
        else:
            rank = everybody(ROW.leaderboard, outlook, e, c, published)
        return incentives.leaderboard.worth(s.leaderboard, person, outlook, rank)
    if part == ROW.top_board:
        cut, sd = published.cut[ROW.top_board], published.cut_sd[ROW.top_board]
        return incentives.top_board.worth(s.top_board, person, outlook, cut, sd)
    if part == ROW.quota:
        return incentives.quota.worth(s.quota, person, outlook, published.quota)
    if part == ROW.participation:
        chance = active_by_friday(activity, day)
        return incentives.participation.worth(
            s.participation, person, day.pressed, chance
        )
    if part == ROW.audit:
        selected = selection(outlook, published, s)
        return incentives.audit.worth(s.audit, person, activity, selected)
    if part == ROW.budget:
        tokens = expected(day, activity).genuine + expected(day, activity).padded
        return incentives.budget.worth(
            s.budget, tokens * s.technology.price, s.organisation.half_day_value
        )
    return 0.0


@rule
def everybody(
    row: int, outlook: Outlook, e: Employee, c: Counting, published: Published
) -> float:
    """Expected standing in the whole organisation."""
    table = published.tables[row]
    rank = Rank(table, published.per_other, e.cell[row], e.edges[row], c.scale[row])
    per_half_day = c.per_half_day[row]
    return standing(rank, outlook.score * per_half_day, outlook.sigma * per_half_day)


@rule
def among_mates(mates: Mates, outlook: Outlook) -> float:
    """Expected standing in the team: mean over mates of Phi((R - R_j) / s)."""
    if mates.count == 0:
        return 0.5
    per_sigma = 1.0 / outlook.sigma
    ahead = outlook.score * per_sigma
    per_rate = outlook.half_days * per_sigma
    total = 0.0
    for k in range(mates.count):
        total += cdf(ahead - mates.rate[k] * per_rate)
    return total / mates.count


@rule
def active_by_friday(activity: int, day: HalfDay) -> float:
    """Probability to count as active at the end of the week."""
    if activity != MANUAL or day.week.active > 0.0:
        return 1.0
    return min(1.0, (9.0 - day.number) * day.pace.active)


@rule
def selection(outlook: Outlook, published: Published, s: Scenario) -> float:
    """Probability that a half-day is audited."""
    return incentives.audit.selection(
        s.audit, outlook, published.cut[ROW.audit], published.cut_sd[ROW.audit]
    )


@rule
def best_increment(row: int, day: HalfDay, c: Counting) -> float:
    """Best expected increment among the activities this person would ever do.

    Tokens and output can be crammed; active weeks come no faster than usual.
    """
    best = crammed(row, day.manual, day, c)
    if day.open_to > GENUINE:
        best = max(best, crammed(row, day.genuine, day, c))
        if day.open_to > PADDING:
            best = max(best, crammed(row, day.padding, day, c))
    return best


@rule
def crammed(row: int, counts: Counters, day: HalfDay, c: Counting) -> float:
    """Score of a half-day that is repeated until the window ends."""
    usual = day.pace.active
    return counted(
        c, row, Counters(counts.genuine, counts.padded, usual, counts.output)
    )


@rule
def weigh(
    terms: Floats,
    day: HalfDay,
    person: Person,
    mates: Mates,
    e: Employee,
    c: Counting,
    published: Published,
    s: Scenario,
) -> tuple[float, float, float]:
    """Payoffs of the three activities [half-days]: own terms plus all incentives.

    The rows of ``terms`` (TERMS, 3) that belong to the person are given; those of the
    incentives are filled in.
    """
    manual = terms[OWN_VALUE, MANUAL]
    genuine = terms[OWN_VALUE, GENUINE] + terms[RELUCTANCE, GENUINE]
    padding = terms[OWN_VALUE, PADDING] + terms[CONSCIENCE, PADDING]
    # A line for each, no loop: code that knows its incentive leaves out what that one
    # does not ask for.
    u = manual, genuine, padding
    u = plus(ROW.bonus, u, terms, day, person, mates, e, c, published, s)
    u = plus(ROW.review, u, terms, day, person, mates, e, c, published, s)
    u = plus(ROW.leaderboard, u, terms, day, person, mates, e, c, published, s)
    u = plus(ROW.top_board, u, terms, day, person, mates, e, c, published, s)
    u = plus(ROW.quota, u, terms, day, person, mates, e, c, published, s)
    u = plus(ROW.participation, u, terms, day, person, mates, e, c, published, s)
    u = plus(ROW.audit, u, terms, day, person, mates, e, c, published, s)
    u = plus(ROW.budget, u, terms, day, person, mates, e, c, published, s)
    return plus(REVIEW_OUTPUT, u, terms, day, person, mates, e, c, published, s)


@rule
def plus(
    part: int,
    u: tuple[float, float, float],
    terms: Floats,
    day: HalfDay,
    person: Person,
    mates: Mates,
    e: Employee,
    c: Counting,
    published: Published,
    s: Scenario,
) -> tuple[float, float, float]:
    """Payoffs with the worth of one incentive, which is noted in the terms."""
    if not c.weighed[part]:
        return u
    h = day.number
    best = best_increment(part, day, c) if part in (ROW.quota, ROW.top_board) else 0.0
    elapsed = published.elapsed[part]
    window = look(c, part, e.so_far[part], day.week, day.pace, best, elapsed, h, s)
    x = counted(c, part, day.manual)
    y = counted(c, part, day.genuine)
    z = counted(c, part, day.padding)
    active = day.week.active
    manual = expect(window, x, active + day.manual.active, h)
    genuine = expect(window, y, active + day.genuine.active, h)
    padding = expect(window, z, active + day.padding.active, h)
    x = worth(part, MANUAL, manual, day, person, mates, e, c, published, s)
    y = worth(part, GENUINE, genuine, day, person, mates, e, c, published, s)
    z = worth(part, PADDING, padding, day, person, mates, e, c, published, s)
    terms[part, MANUAL], terms[part, GENUINE], terms[part, PADDING] = x, y, z
    return u[MANUAL] + x, u[GENUINE] + y, u[PADDING] + z


@rule
def weights(
    u: tuple[float, float, float],
    terms: Floats,
    open_to: int,
    judged: float,
    noise: float,
    week: int,
    precision: float,
    e: Employee,
    p: People,
) -> tuple[float, float, float]:
    """Weights proportional to the probabilities, by the rule that people choose by.

    ``judged`` is how suitable the task looks, with an error of sd ``noise``;
    ``week`` counts from hiring: whoever has no habit yet, experiments or looks for the
    best.
    """
    if p.rule == LOGIT:
        return logit.weights(u, open_to, precision)
    if p.rule == BEST_RESPONSE:
        return best_response.weights(u, open_to)
    genuine, padding = e.habit_genuine, e.habit_padding
    if p.rule == SATISFICING:
        content = week > 0 and e.advantage >= e.aspiration
        return satisficing.weights(u, open_to, content, genuine, padding, judged, noise)
    if p.rule == IMITATION:
        usual = habit.weights(open_to, genuine, padding, judged, noise)
        tried = logit.weights(u, open_to, precision)
        experimenting = max(p.experimenting, 1.0 / (week + 1.0))
        return imitation.weights(usual, tried, experimenting)
    return logit.weights(valued(terms, e, p), open_to, precision)


@rule
def valued(terms: Floats, e: Employee, p: People) -> tuple[float, float, float]:
    """Values of the activities as gains and losses, term by term."""
    manual = genuine = padding = 0.0
    for n in range(len(TERMS)):
        x, y, z = terms[n, MANUAL], terms[n, GENUINE], terms[n, PADDING]
        usual = prospect.usual((x, y, z), e.habit_genuine, e.habit_padding)
        manual += prospect.value(x - usual, p.loss_aversion, p.curvature)
        genuine += prospect.value(y - usual, p.loss_aversion, p.curvature)
        padding += prospect.value(z - usual, p.loss_aversion, p.curvature)
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
    """The compass needle of logit choice, dE[own output]/dw = Cov(output, W) / tau.

    The covariance is taken over the person's three options with their choice
    probabilities, for one half-day with state, task and tables frozen. It leaves out
    rework on mates, learning, norms and moving tables.
    """
    total = chances[0] + chances[1] + chances[2]
    mean = covariance = 0.0
    for a in range(3):
        mean += chances[a] / total * outputs[a]
    for a in range(3):
        covariance += chances[a] / total * (outputs[a] - mean) * worths[a]
    return covariance / tau
