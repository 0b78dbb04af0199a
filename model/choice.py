"""The choice of a half-day: what each activity is worth, and which one is picked."""

import math

from model import incentives
from model.behaviour import (
    best_response,
    habit,
    imitation,
    logit,
    prospect,
    satisficing,
)
from model.block import (
    ACTIVITIES,
    CONSCIENCE,
    LANES,
    OWN_VALUE,
    RATES,
    RELUCTANCE,
    TERMS,
    Block,
    HalfDay,
    by_activity,
    half_day,
    person,
)
from model.compiled import rule, stage
from model.elementary import softplus
from model.incentive import Scope
from model.measure import (
    NO_ROOM,
    REFERENCE_DAYS,
    SQRT_3,
    Counters,
    Counting,
    Scoring,
    below,
    counted,
    counts_activity,
    expect,
    look,
    own_entry,
    position,
    scoring_of,
)
from model.normal import cdf
from model.outlook import GENUINE, MANUAL, PADDING, TRIVIAL, Outlook, is_open
from model.people import People, Rule
from model.published import Published
from model.scenario import REVIEW_OUTPUT, ROW, Scenario
from model.suitability import share_below
from model.workforce import Employee, Staff

WEIGHTS = (1.0 / 6.0, 4.0 / 6.0, 1.0 / 6.0)
"""Of the three nodes of an uncertain rate."""
TEAM = int(Scope.TEAM)
LOGIT, BEST_RESPONSE = int(Rule.LOGIT), int(Rule.BEST_RESPONSE)
SATISFICING, PROSPECT = int(Rule.SATISFICING), int(Rule.PROSPECT)


@rule
def worth(
    part: int,
    activity: int,
    block: Block,
    k: int,
    day: HalfDay,
    half_days: float,
    discount: float,
    published: Published,
    s: Scenario,
) -> float:
    """Worth of one activity under one incentive to the person in lane k [half-days]."""
    who = person(block, k)
    score, standing = block.score[activity, k], block.standing[activity, k]
    outlook = Outlook(score, block.sigma[k], half_days, discount, block.settled[k])
    if part == ROW.bonus:
        return incentives.bonus.worth(s.bonus, outlook)
    if part == ROW.review:
        return incentives.review.worth(s.review, who, outlook, standing)
    if part == REVIEW_OUTPUT:
        return incentives.review.worth_of_output(s.review, who, outlook, standing)
    if part == ROW.leaderboard:
        return incentives.leaderboard.worth(s.leaderboard, who, outlook, standing)
    if part == ROW.top_board:
        cut, sd = published.cut[ROW.top_board], published.cut_sd[ROW.top_board]
        return incentives.top_board.worth(s.top_board, who, outlook, cut, sd)
    if part == ROW.quota:
        return incentives.quota.worth(s.quota, who, outlook, published.quota)
    if part == ROW.participation:
        chance = active_by_friday(activity, day)
        return incentives.participation.worth(s.participation, who, day.pressed, chance)
    if part == ROW.audit:
        selected = block.selected[activity, k]
        return incentives.audit.worth(s.audit, who, activity, selected)
    if part == ROW.dismissal:
        cut, sd = published.cut[ROW.dismissal], published.cut_sd[ROW.dismissal]
        return incentives.dismissal.worth(s.dismissal, who, outlook, cut, sd)
    if part == ROW.budget:
        tokens = expected(day, activity).genuine + expected(day, activity).padded
        dollars = tokens * (s.technology.price * published.price)
        return incentives.budget.worth(s.budget, dollars, s.organisation.half_day_value)
    return 0.0


@rule
def expected(day: HalfDay, activity: int) -> Counters:
    """Expected counts of an activity."""
    if activity == MANUAL:
        return day.manual
    if activity == GENUINE:
        return day.genuine
    return day.trivial if activity == TRIVIAL else day.padding


@rule
def active_by_friday(activity: int, day: HalfDay) -> float:
    """Probability to count as active at the end of the week."""
    if activity != MANUAL or day.week.active > 0.0:
        return 1.0
    return min(1.0, (9.0 - day.number) * day.pace.active)


@rule
def active_by_night(day: HalfDay) -> float:
    """Probability to count as active today after manual work, without a gesture."""
    if day.today > 0.0:
        return 1.0
    return min(1.0, (1.0 - day.number % 2) * day.pace.days)


@rule
def best_increment(scoring: Scoring, day: HalfDay, s: Scenario) -> float:
    """Best expected increment among the activities this person would ever do.

    Tokens and output can be crammed; active weeks and days come no faster than usual,
    or than gestures can make them.
    """
    weeks, days = day.pace.active, day.pace.days
    if s.technology.gesture_minutes > 0.0:
        weeks, days = 1.0 / 10.0, REFERENCE_DAYS / 10.0
    best = crammed(scoring, day.manual, weeks, days)
    genuine = crammed(scoring, day.genuine, weeks, days)
    trivial = crammed(scoring, day.trivial, weeks, days)
    padding = crammed(scoring, day.padding, weeks, days)
    best = max(best, genuine) if is_open(day.open_to, GENUINE) else best
    best = max(best, trivial) if is_open(day.open_to, TRIVIAL) else best
    return max(best, padding) if is_open(day.open_to, PADDING) else best


@rule
def crammed(scoring: Scoring, counts: Counters, weeks: float, days: float) -> float:
    """Score of a half-day that is repeated until the window ends.

    Active weeks and days come as fast as is said.
    """
    repeated = Counters(
        counts.genuine,
        counts.padded,
        weeks,
        counts.output,
        days,
        counts.saved,
        counts.defects,
        counts.backlog,
        counts.automated,
    )
    return counted(scoring, repeated)


@rule
def weigh(
    block: Block, number: int, c: Counting, published: Published, s: Scenario
) -> None:
    """Add up the payoffs of the activities [half-days]: own terms, incentives.

    The terms that belong to the people are given; those of the incentives are filled
    in.
    """
    for k in range(LANES):
        value, taste = block.terms[OWN_VALUE], block.terms[RELUCTANCE]
        block.payoffs[MANUAL, k] = value[MANUAL, k]
        block.payoffs[GENUINE, k] = value[GENUINE, k] + taste[GENUINE, k]
        block.payoffs[TRIVIAL, k] = value[TRIVIAL, k] + taste[TRIVIAL, k]
        scruple = block.terms[CONSCIENCE, PADDING, k]
        block.payoffs[PADDING, k] = value[PADDING, k] + scruple
    # A line for each, no loop: code that knows its incentive leaves out what that one
    # does not ask for.
    add(ROW.bonus, block, number, c, published, s)
    add(ROW.review, block, number, c, published, s)
    add(ROW.leaderboard, block, number, c, published, s)
    add(ROW.top_board, block, number, c, published, s)
    add(ROW.quota, block, number, c, published, s)
    add(ROW.participation, block, number, c, published, s)
    add(ROW.audit, block, number, c, published, s)
    add(ROW.budget, block, number, c, published, s)
    add(ROW.dismissal, block, number, c, published, s)
    add(REVIEW_OUTPUT, block, number, c, published, s)
    if s.technology.gesture_minutes > 0.0:
        for part in range(REVIEW_OUTPUT):
            if c.weighed[part] and counts_activity(c, part):
                foresee(part, block, number, c, published, s)
                foresee_gesture(part, block, number, c, published, s)
                difference(part, block, number, c, published, s)
                count_on_gesture(part, block, number, c, s)


@rule
def add(
    part: int,
    block: Block,
    number: int,
    c: Counting,
    published: Published,
    s: Scenario,
) -> None:
    """Add the worth of one incentive to everybody's payoffs, and note it as a term."""
    if not c.weighed[part]:
        return
    foresee(part, block, number, c, published, s)
    if part == ROW.audit:
        select(block, published, s)
    compare(part, block, c, published, s)
    half_days = 10.0 * c.weeks[part]
    discount = patience(part, c, published, s)
    for k in range(LANES):
        day = half_day(block, k, number)
        x = worth(part, MANUAL, block, k, day, half_days, discount, published, s)
        y = worth(part, GENUINE, block, k, day, half_days, discount, published, s)
        t = worth(part, TRIVIAL, block, k, day, half_days, discount, published, s)
        z = worth(part, PADDING, block, k, day, half_days, discount, published, s)
        block.terms[part, MANUAL, k] = x
        block.terms[part, GENUINE, k] = y
        block.terms[part, TRIVIAL, k] = t
        block.terms[part, PADDING, k] = z
        block.payoffs[MANUAL, k] += x
        block.payoffs[GENUINE, k] += y
        block.payoffs[TRIVIAL, k] += t
        block.payoffs[PADDING, k] += z


@rule
def patience(part: int, c: Counting, published: Published, s: Scenario) -> float:
    """Weight of what an incentive pays: 1 if it is settled this week."""
    settled = published.elapsed[part] == c.weeks[part] - 1
    return 1.0 if settled else s.people.patience


@rule
def compare(
    part: int, block: Block, c: Counting, published: Published, s: Scenario
) -> None:
    """Find the standings that the scores lead to, where an incentive asks for them."""
    if part == ROW.leaderboard and s.leaderboard.scope == TEAM:
        stand_among_mates(block, 10.0 * c.weeks[part])
    elif part == ROW.review or part == ROW.leaderboard or part == REVIEW_OUTPUT:
        stand(part, block, c, published)


@stage
def difference(
    part: int,
    block: Block,
    number: int,
    c: Counting,
    published: Published,
    s: Scenario,
) -> None:
    """Find how much more the score in place of genuine use is worth than manual's."""
    compare(part, block, c, published, s)
    half_days, discount = 10.0 * c.weeks[part], patience(part, c, published, s)
    for k in range(LANES):
        day = half_day(block, k, number)
        less = worth(part, MANUAL, block, k, day, half_days, discount, published, s)
        more = worth(part, GENUINE, block, k, day, half_days, discount, published, s)
        block.rise[k] = more - less


@stage
def foresee_gesture(
    part: int,
    block: Block,
    number: int,
    c: Counting,
    published: Published,
    s: Scenario,
) -> None:
    """Put the score after manual work and a gesture in place of that of genuine use."""
    elapsed = published.elapsed[part]
    scoring = scoring_of(c, part, c.soft[part] > 0, s)
    for k in range(LANES):
        day = half_day(block, k, number)
        so_far, best = block.earlier[k], block.best[k]
        window = look(scoring, so_far, day.week, day.pace, best, elapsed, number)
        gesture = scoring.active * (1.0 - day.week.active)
        gesture += scoring.days * (1.0 - day.today)
        after = counted(scoring, day.manual) + gesture
        block.score[GENUINE, k] = expect(window, after, 1.0, 1.0, number)


@stage
def count_on_gesture(
    part: int, block: Block, number: int, c: Counting, s: Scenario
) -> None:
    """Let whoever works by hand count on a gesture at the last moment.

    If nothing else makes them active, with probability 1 - P, they will make a gesture
    where being active is worth more than it costs, D > k, by a logit of its own:

        W(manual) += (1 - P) tau ln(1 + exp((D - k) / tau)),

    D being what they would gain over the worth of staying inactive, and the sum at most
    W(active).
    """
    tau = s.people.gesture_noise
    for k in range(LANES):
        day = half_day(block, k, number)
        chance = active_by_friday(MANUAL, day)
        if c.days[part] > 0.0:
            chance = active_by_night(day)
        most = max(block.rise[k], 0.0)
        idle = 1.0 - chance
        ahead = most / (idle if idle > 0.0 else 1.0) - block.prompt_cost[k]
        more = min(idle * tau * softplus(ahead / tau), most)
        block.terms[part, MANUAL, k] += more
        block.payoffs[MANUAL, k] += more


@stage
def foresee(
    part: int,
    block: Block,
    number: int,
    c: Counting,
    published: Published,
    s: Scenario,
) -> None:
    """See how everybody expects the window to end after each activity."""
    elapsed, soft = published.elapsed[part], c.soft[part] > 0
    for k in range(LANES):
        block.earlier[k], block.best[k] = block.so_far[part, k], NO_ROOM
    if part == ROW.quota or part == ROW.top_board or part == ROW.dismissal:
        scoring = scoring_of(c, part, soft, s)
        for k in range(LANES):
            day = half_day(block, k, number)
            block.best[k] = best_increment(scoring, day, s)
    # Two loops: that for rows without soft counters leaves out half of the sums.
    if soft:
        foresee_ends(block, number, scoring_of(c, part, True, s), elapsed)
    else:
        foresee_ends(block, number, scoring_of(c, part, False, s), elapsed)


@rule
def foresee_ends(block: Block, number: int, scoring: Scoring, elapsed: int) -> None:
    """Find the scores at the end of a window from how it stands."""
    for k in range(LANES):
        day = half_day(block, k, number)
        so_far, best = block.earlier[k], block.best[k]
        window = look(scoring, so_far, day.week, day.pace, best, elapsed, number)
        # With AI everybody is active from now on.
        active, today = day.week.active, day.today
        x = counted(scoring, day.manual)
        y = counted(scoring, day.genuine)
        t = counted(scoring, day.trivial)
        z = counted(scoring, day.padding)
        block.score[MANUAL, k] = expect(window, x, active, today, number)
        block.score[GENUINE, k] = expect(window, y, 1.0, 1.0, number)
        block.score[TRIVIAL, k] = expect(window, t, 1.0, 1.0, number)
        block.score[PADDING, k] = expect(window, z, 1.0, 1.0, number)
        block.sigma[k] = window.sigma
        block.settled[k] = min(window.so_far, window.cap)


@stage
def stand(part: int, block: Block, c: Counting, published: Published) -> None:
    """Find everybody's expected standing in the whole organisation.

    F(R - sqrt(3) s)/6 + 2 F(R)/3 + F(R + sqrt(3) s)/6, Gauss-Hermite quadrature with
    three nodes over the uncertainty s of the own rate R. The standing is 1/2 where
    there are no others. Places, look-ups and sums have a loop each: the slow look-ups
    do not hold up the rest.
    """
    per_half_day, lift, scale = c.per_half_day[part], c.lift[part], c.scale[part]
    for k in range(LANES):
        away = SQRT_3 * (block.sigma[k] * per_half_day)
        for a in range(ACTIVITIES):
            rate = block.score[a, k] * per_half_day + lift
            block.place[RATES * a, k] = position(rate - away, scale)
            block.place[RATES * a + 1, k] = position(rate, scale)
            block.place[RATES * a + 2, k] = position(rate + away, scale)

    table = published.tables[part]
    for n in range(ACTIVITIES * RATES):
        for k in range(LANES):
            block.below[n, k] = below(table, block.place[n, k])

    per_other = published.per_other
    for k in range(LANES):
        cell = block.cell[part, k]
        low, high = block.edge_low[part, k], block.edge_high[part, k]
        for a in range(ACTIVITIES):
            total = 0.0
            for n in range(RATES):
                node = RATES * a + n
                own = own_entry(block.place[node, k] - cell, low, high)
                total += WEIGHTS[n] * (block.below[node, k] - own)
            standing = total * per_other if per_other < math.inf else 0.5
            block.standing[a, k] = standing


@stage
def stand_among_mates(block: Block, half_days: float) -> None:
    """Find everybody's expected standing in their team: mean of Phi((R - R_j) / s).

    The mean is over mates j; who has none stands at 1/2.
    """
    most = 0
    for k in range(LANES):
        most = max(most, block.mates[k])
        for a in range(ACTIVITIES):
            block.standing[a, k] = 0.0
    for j in range(most):
        for k in range(LANES):
            is_there = 1.0 if j < block.mates[k] else 0.0
            per_sigma = 1.0 / block.sigma[k]
            theirs = block.mate_rate[j, k] * (half_days * per_sigma)
            for a in range(ACTIVITIES):
                ahead = cdf(block.score[a, k] * per_sigma - theirs)
                block.standing[a, k] += is_there * ahead
    for k in range(LANES):
        count = block.mates[k]
        for a in range(ACTIVITIES):
            total = block.standing[a, k]
            block.standing[a, k] = total / count if count > 0 else 0.5


@rule
def select(block: Block, published: Published, s: Scenario) -> None:
    """Find the probability that a half-day of each activity is looked at."""
    cut, sd = published.cut[ROW.audit], published.cut_sd[ROW.audit]
    for k in range(LANES):
        for a in range(ACTIVITIES):
            score, sigma = block.score[a, k], block.sigma[k]
            selected = incentives.audit.selection(s.audit, score, sigma, cut, sd)
            block.selected[a, k] = selected


@rule
def choose(
    block: Block,
    number: int,
    noise: float,
    staff: Staff,
    s: Scenario,
) -> None:
    """Let everybody choose by the rule in force.

    ``noise`` is the sd of the error in how suitable a task looks.
    """
    p = s.people
    precision = 1.0 / p.choice_noise
    if p.rule == PROSPECT:
        feel(block, p)
        by_logit(block, precision)
    elif p.rule == LOGIT:
        for k in range(LANES):
            for a in range(ACTIVITIES):
                block.felt[a, k] = block.payoffs[a, k]
        by_logit(block, precision)
    else:
        for k in range(LANES):
            e = staff[block.row[k]]
            chances = weights(block, k, noise, precision, e, s)
            block.chances[MANUAL, k] = chances[MANUAL]
            block.chances[GENUINE, k] = chances[GENUINE]
            block.chances[TRIVIAL, k] = chances[TRIVIAL]
            block.chances[PADDING, k] = chances[PADDING]
    for k in range(LANES):
        chances = by_activity(block.chances, k)
        block.activity[k] = pick(chances, block.choice_luck[number, k])


@rule
def weights(
    block: Block,
    k: int,
    noise: float,
    precision: float,
    e: Employee,
    s: Scenario,
) -> tuple[float, float, float, float]:
    """Weights by the rules that know no lanes: best response, satisficing, imitation.

    Whoever has no habit yet searches for the best or experiments.

    They are proportional to the probabilities of the activities.
    """
    u, open_to, p = by_activity(block.payoffs, k), block.open_to[k], s.people
    if p.rule == BEST_RESPONSE:
        return best_response.weights(u, open_to)
    judged = block.judged[k]
    if s.workforce.even[e.role] == 0:
        # Its place among the tasks of the role is that of a task among even ones.
        judged = share_below(s.workforce.looks, e.role, judged, noise)
        noise = 0.0
    genuine, trivial = e.habit_genuine, e.habit_trivial
    padding = e.habit_padding
    if p.rule == SATISFICING:
        content = e.tenure > 0 and e.advantage >= e.aspiration
        return satisficing.weights(
            u, open_to, content, genuine, trivial, padding, judged, noise
        )
    usual = habit.weights(open_to, genuine, trivial, padding, judged, noise)
    tried = logit.weights(u, open_to, precision)
    experimenting = max(p.experimenting, 1.0 / (e.tenure + 1.0))
    return imitation.weights(usual, tried, experimenting)


@rule
def by_logit(block: Block, precision: float) -> None:
    """Chances of everybody by logit choice from the payoffs as they feel them."""
    for k in range(LANES):
        u = by_activity(block.felt, k)
        chances = logit.weights(u, block.open_to[k], precision)
        block.chances[MANUAL, k] = chances[MANUAL]
        block.chances[GENUINE, k] = chances[GENUINE]
        block.chances[TRIVIAL, k] = chances[TRIVIAL]
        block.chances[PADDING, k] = chances[PADDING]


@stage
def feel(block: Block, p: People) -> None:
    """Value the activities as gains and losses, term by term."""
    for k in range(LANES):
        for a in range(ACTIVITIES):
            block.felt[a, k] = 0.0
    for n in range(len(TERMS)):
        for k in range(LANES):
            x, y = block.terms[n, MANUAL, k], block.terms[n, GENUINE, k]
            z, pad = block.terms[n, TRIVIAL, k], block.terms[n, PADDING, k]
            genuine, trivial = block.habit_genuine[k], block.habit_trivial[k]
            usual = prospect.usual(
                (x, y, z, pad), genuine, trivial, block.habit_padding[k]
            )
            for a in range(ACTIVITIES):
                change = block.terms[n, a, k] - usual
                felt = prospect.value(change, p.loss_aversion, p.curvature)
                block.felt[a, k] += felt


@rule
def pick(chances: tuple[float, float, float, float], u: float) -> int:
    """The activity that a uniform draw picks."""
    core = chances[MANUAL] + chances[GENUINE]
    honest = core + chances[TRIVIAL]
    mark = u * (honest + chances[PADDING])
    beyond = TRIVIAL if mark < honest else PADDING
    with_ai = GENUINE if mark < core else beyond
    return MANUAL if mark < chances[MANUAL] else with_ai


@rule
def needle(
    chances: tuple[float, float, float, float],
    outputs: tuple[float, float, float, float],
    worths: tuple[float, float, float, float],
    tau: float,
) -> float:
    """The compass needle of logit choice, dE[own output]/dw = Cov(output, W) / tau.

    The covariance is taken over the person's options with their choice
    probabilities, for one half-day with state, task and tables frozen. It leaves out
    rework on mates, learning, norms and moving tables.
    """
    total = chances[0] + chances[1] + chances[2] + chances[3]
    mean = covariance = 0.0
    for a in range(4):
        mean += chances[a] / total * outputs[a]
    for a in range(4):
        covariance += chances[a] / total * (outputs[a] - mean) * worths[a]
    return covariance / tau
