"""What is measured of a week, by name: means over employees unless said otherwise."""

import math
from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from model.compiled import entry, rule
from model.elementary import log
from model.order import Rows, ordered
from model.published import Published
from model.record import readable, record
from model.roles import value_of
from model.running_cost import running_cost
from model.scenario import Scenario
from model.turnover import cost_of_replacing
from model.workforce import Floats, Ints, Staff, counts_as_active, work_done

Tenths = NDArray[np.bool_]
"""Who is in the best tenth."""
COLUMNS = ("score", "output", "tokens")
"""What of a week is put in order, an entry for each employee."""


class Outcome(NamedTuple):
    """Name of a column, its unit and what it is."""

    name: str
    unit: str
    description: str


_TOKENS = "M tokens per employee-week"
_SHARE = "share of half-days"
_OUTPUT = "half-days per employee-week"
_MONEY = "$ per employee-week"

OUTCOMES = (
    Outcome("reported_tokens", _TOKENS, "what the dashboard shows"),
    Outcome("genuine_tokens", _TOKENS, "tokens of genuine use"),
    Outcome("trivial_tokens", _TOKENS, "tokens of trivial use"),
    Outcome("padded_tokens", _TOKENS, "tokens of padding"),
    Outcome("padded_token_share", "share", "padded tokens among all tokens"),
    Outcome("active_share", "share of people", "counts as having used AI in the week"),
    Outcome("gesture_share", "share of people", "made a gesture in the week"),
    Outcome(
        "hollow_active_share", "share of the active", "by gestures or padding alone"
    ),
    Outcome("trivial_active_share", "share of the active", "by trivial use alone"),
    Outcome("manual_share", _SHARE, "manual work"),
    Outcome("genuine_share", _SHARE, "genuine use"),
    Outcome("misuse_share", _SHARE, "genuine use below break-even"),
    Outcome("trivial_share", _SHARE, "trivial use"),
    Outcome("padding_share", _SHARE, "padding"),
    Outcome("output", _OUTPUT, "real output"),
    Outcome("output_manual", _OUTPUT, "output as if all had been manual"),
    Outcome("output_gain", _OUTPUT, "gained by genuine use"),
    Outcome("output_misuse", _OUTPUT, "lost by genuine use below break-even"),
    Outcome("output_trivial", _OUTPUT, "by trivial use, less the tasks put off"),
    Outcome("output_padding", _OUTPUT, "lost by padding"),
    Outcome("output_dressing", _OUTPUT, "lost by dressing up, hiding, gestures"),
    Outcome("output_rework", _OUTPUT, "lost by rework for mates and by sign-off"),
    Outcome("output_strain", _OUTPUT, "lost by exhaustion"),
    Outcome("score_validity", "correlation", "Spearman, headline score and output"),
    Outcome(
        "top_decile_precision", "share", "top decile by score that is so by output"
    ),
    Outcome("token_gini", "Gini", "concentration of tokens over everybody"),
    Outcome("token_log_sd", "log", "sd of log tokens of people with tokens"),
    Outcome("price", "$ per M tokens", "price of tokens"),
    Outcome("spend", _MONEY, "tokens times price"),
    Outcome("false_demand", _MONEY, "padded tokens times price"),
    Outcome(
        "net_value", _MONEY, "value of output less spend, running cost, replacements"
    ),
    Outcome("backlog", "weeks", "own work that waits"),
    Outcome("strain", "share of output", "share of output lost to exhaustion"),
    Outcome(
        "exhaustion", "0 to 1", "built up by backlog and by effort above the usual"
    ),
    Outcome("effort", "relative", "effort over what is usual"),
    Outcome("dressing", _OUTPUT, "output that is only dressed up"),
    Outcome("saved", _OUTPUT, "time that AI saved"),
    Outcome("reported_saved", _OUTPUT, "what people report of it"),
    Outcome("defects", _OUTPUT, "spoilt work that is found"),
    Outcome("proficiency", "0 to 1", "AI proficiency"),
    Outcome("savvy", "0 to 1", "knowing how to pad cheaply"),
    Outcome("norm", "0 to 1", "padding seen among peers"),
    Outcome("audit_hits", "per employee-week", "padded half-days found by audits"),
    Outcome("audit_false_hits", "per employee-week", "genuine half-days so called"),
    Outcome("running_cost", _MONEY, "hours that the scheme takes, at their value"),
    Outcome("replacement_cost", _MONEY, "cost of replacing those who leave"),
    Outcome(
        "welfare", "half-days per half-day", "what people's time is worth to themselves"
    ),
    Outcome("leavers", "share of people", "leave by themselves at its end"),
    Outcome("dismissed", "share of people", "are dismissed at the end of the week"),
    Outcome("tenure", "weeks", "in the job, those of the warm-up included"),
    Outcome("skill", "sd", "mean skill of those in the job"),
    Outcome(
        "skill_drain",
        "sd per employee-week",
        "skill of who goes over that of everybody",
    ),
    Outcome("never_gamer_share", "share of people", "would never pad"),
)
NAMES = tuple(outcome.name for outcome in OUTCOMES)


OUTCOME = readable([(name, "f8") for name in NAMES])
"""The outcomes of a week as the record that rules fill in."""


class Sums:
    """Sums over employees."""

    people: float
    genuine_tokens: float
    trivial_tokens: float
    padded_tokens: float
    gestures: float
    active: float
    gestured: float
    hollow: float
    only_trivial: float
    manual: float
    genuine: float
    trivial: float
    misuse: float
    padding: float
    output: float
    by_hand: float
    gained: float
    misused: float
    by_chores: float
    padded: float
    wasted: float
    rework: float
    strained: float
    backlog: float
    strain: float
    exhaustion: float
    effort: float
    dressing: float
    saved: float
    reported_saved: float
    defects: float
    proficiency: float
    savvy: float
    norm: float
    hits: float
    false_hits: float
    cases: float
    welfare: float
    dearer: float  # value of a half-day over organisation.half_day_value [$]
    worth_more: float  # of output, by that [$]
    leavers: float
    dismissed: float
    skill_left: float
    tenure: float
    skill: float
    never_gamers: float


SUMS = record(Sums)


@rule
def add_up(
    rows: Ints,
    staff: Staff,
    total: Sums,
    columns: Floats,
    s: Scenario,
) -> None:
    """Add up the week of some people, and fill in what is put in order.

    ``columns`` (3, n) takes score and output, negative so that the best come first, and
    tokens. Output is P (1 - R - St): the channels add up to it exactly, whatever the
    order.
    """
    usual = s.organisation.half_day_value
    for i in rows:
        e = staff[i]
        columns[0, i], columns[1, i] = -e.score, -e.output
        columns[2, i] = e.genuine_tokens + e.trivial_tokens + e.padded_tokens
        total.people += 1.0
        total.genuine_tokens += e.genuine_tokens
        total.trivial_tokens += e.trivial_tokens
        total.padded_tokens += e.padded_tokens
        total.gestures += e.gestures
        active = counts_as_active(e)
        core, chores = e.genuine > 0, e.trivial > 0
        total.active += 1.0 if active else 0.0
        total.gestured += 1.0 if e.gestures > 0 else 0.0
        total.hollow += 1.0 if active and not (core or chores) else 0.0
        total.only_trivial += 1.0 if chores and not core and e.padding == 0 else 0.0
        total.manual += e.manual
        total.genuine += e.genuine
        total.trivial += e.trivial
        total.misuse += e.misuse
        total.padding += e.padding
        produced = work_done(e)
        total.output += e.output
        total.by_hand += e.by_hand
        total.gained += e.gained
        total.misused += e.misused
        total.by_chores += e.by_chores
        total.padded += e.padded
        total.wasted += e.wasted
        total.rework -= e.lost_to_rework * produced
        total.strained -= e.lost_to_strain * produced
        total.backlog += e.backlog
        total.strain += e.lost_to_strain
        total.exhaustion += e.exhaustion
        total.effort += e.effort
        total.dressing += e.dressing
        total.saved += e.saved
        total.reported_saved += e.reported_saved
        total.defects += e.defects
        total.proficiency += e.proficiency
        total.savvy += e.savvy
        total.norm += e.norm
        total.hits += e.hits
        total.false_hits += e.false_hits
        total.cases += e.cases
        total.welfare += e.welfare
        dearer = value_of(s.workforce.dollars[e.role], usual) - usual
        total.dearer += dearer
        total.worth_more += dearer * e.output
        total.leavers += 1.0 if e.vacant else 0.0
        total.skill_left += e.skill if e.vacant else 0.0
        total.tenure += e.tenure
        total.skill += e.skill
        total.never_gamers += 1.0 if e.never_gamer else 0.0


def total(sums: Any) -> Any:
    """Sums of sums, (1,), added in their order."""
    return sum(sums.view((np.float64, len(Sums.__annotations__)))).view(SUMS)


def totals(sums: Any) -> Any:
    """Sums of each row of sums (rows, chunks), shape (rows,), added in their order."""
    numbers = sums.view((np.float64, len(Sums.__annotations__)))
    # NumPy joins records a hundred times slower than numbers.
    return np.stack([sum(own) for own in numbers]).view(SUMS)[:, 0]


@entry
def measure_week(
    outcomes: Sequence[Any],
    totals: Sequence[Sums],
    parts: Sequence[Sums],
    ranks: Rows,
    tenths: Tenths,
    published: Sequence[Published],
    scenario: Sequence[Scenario],
    hours: Floats,
) -> None:
    """Fill in the outcomes of a week from its sums over everybody.

    ``parts`` are the sums of each regime, ``hours`` those that its scheme takes a head
    and year, whatever people do. ``ranks`` and ``tenths`` are people's by score and by
    output, see ``put_in_order``.
    """
    n = ranks.shape[1]
    week, sums, s = outcomes[0], totals[0], scenario[0]
    used = sums.genuine_tokens + sums.trivial_tokens + sums.padded_tokens
    prompts = sums.gestures * s.technology.gesture_tokens
    price = s.technology.price * published[0].price
    seen = sums.genuine_tokens + sums.trivial_tokens + prompts
    for k in range(len(parts)):
        seen += parts[k].padded_tokens * (1.0 - scenario[k].measure.filter)
    week.reported_tokens = seen / n
    week.genuine_tokens = sums.genuine_tokens / n
    week.trivial_tokens = sums.trivial_tokens / n
    week.padded_tokens = sums.padded_tokens / n
    week.padded_token_share = sums.padded_tokens / used if used > 0.0 else 0.0
    week.active_share = sums.active / n
    active = sums.active if sums.active > 0.0 else 1.0
    week.gesture_share = sums.gestured / n
    week.hollow_active_share = sums.hollow / active
    week.trivial_active_share = sums.only_trivial / active
    week.manual_share = sums.manual / (10.0 * n)
    week.genuine_share = sums.genuine / (10.0 * n)
    week.misuse_share = sums.misuse / (10.0 * n)
    week.trivial_share = sums.trivial / (10.0 * n)
    week.padding_share = sums.padding / (10.0 * n)
    week.output = sums.output / n
    week.output_manual = sums.by_hand / n
    week.output_gain = sums.gained / n
    week.output_misuse = sums.misused / n
    week.output_trivial = sums.by_chores / n
    week.output_padding = sums.padded / n
    week.output_dressing = sums.wasted / n
    week.output_rework = sums.rework / n
    week.output_strain = sums.strained / n
    week.score_validity, week.top_decile_precision = validity(ranks, tenths)
    week.price = price
    week.spend = (used + prompts) * price / n
    week.false_demand = sums.padded_tokens * price / n
    usual = s.organisation.half_day_value
    mean = usual + sums.dearer / n
    cost = cost_of_schemes(parts, hours, scenario, n)
    week.running_cost = cost
    value = (usual * sums.output + sums.worth_more) / n
    week.leavers = sums.leavers / n
    week.dismissed = sums.dismissed / n
    gone = week.leavers + week.dismissed
    replacing = cost_of_replacing(gone, mean, s)
    week.replacement_cost = replacing
    week.net_value = value - week.spend - cost - replacing
    week.welfare = sums.welfare / n
    week.backlog = sums.backlog / n
    week.strain = sums.strain / n
    week.exhaustion = sums.exhaustion / n
    week.effort = sums.effort / n
    week.dressing = sums.dressing / n
    week.saved = sums.saved / n
    week.reported_saved = sums.reported_saved / n
    week.defects = sums.defects / n
    week.proficiency = sums.proficiency / n
    week.savvy = sums.savvy / n
    week.norm = sums.norm / n
    week.audit_hits = sums.hits / n
    week.audit_false_hits = sums.false_hits / n
    week.tenure = sums.tenure / n
    week.skill = sums.skill / n
    week.skill_drain = sums.skill_left / n - gone * week.skill
    week.never_gamer_share = sums.never_gamers / n


@rule
def cost_of_schemes(
    parts: Sequence[Sums], hours: Floats, scenario: Sequence[Scenario], n: int
) -> float:
    """Running cost of the schemes that people live under [$ per employee-week]."""
    cost = 0.0
    for k in range(len(parts)):
        part, s = parts[k], scenario[k]
        mean = s.organisation.half_day_value + part.dearer / part.people
        cases = part.cases / part.people
        own = running_cost(hours[k], s.audit.hours_a_case, cases, mean)
        cost += own * (part.people / n)
    return cost


@entry
def put_in_order(
    first: int,
    last: int,
    columns: Floats,
    ranks: Rows,
    tenths: Tenths,
    outcomes: Sequence[Any],
) -> None:
    """Put columns first..last-1 of a week in order, and fill in what that tells.

    Columns are those of ``add_up``, and used up. Score and output give ``ranks`` and
    ``tenths`` (2, n) of people, tokens give their concentration, an outcome.
    """
    week = outcomes[0]
    for k in range(first, last):
        if k < len(ranks):
            rank(columns[k], ranks[k], tenths[k])
        else:
            week.token_gini, week.token_log_sd = concentration(columns[k])


@rule
def rank(values: Floats, ranks: Rows, tenth: Tenths) -> None:
    """Rank of each value from the least, and who has one of the least tenth.

    Ranks count from the middle in half places, so that they stay whole numbers where
    equals share their mean rank. In the least tenth the lower row comes first. The
    array given is used up.
    """
    n = len(values)
    upwards, rows = ordered(values)
    start = 0
    while start < n:
        end = start + 1
        while end < n and upwards[end] == upwards[start]:
            end += 1
        for k in range(start, end):
            ranks[rows[k]] = start + end - n
        start = end
    best = max(1, n // 10)
    for k in range(n):
        tenth[rows[k]] = k < best


@rule
def validity(ranks: Rows, tenths: Tenths) -> tuple[float, float]:
    """Validity of the headline measure: Spearman correlation, top-decile precision.

    Precision is the share of the score's top decile that is in output's. Both are NaN
    where score or output is the same for all.
    """
    n = ranks.shape[1]
    xx = yy = xy = 0.0
    both = 0
    for i in range(n):
        x, y = float(ranks[0, i]), float(ranks[1, i])
        xx += x * x
        yy += y * y
        xy += x * y
        both += tenths[0, i] and tenths[1, i]
    if xx == 0.0 or yy == 0.0:
        return math.nan, math.nan
    return xy / math.sqrt(xx * yy), both / max(1, n // 10)


@rule
def concentration(tokens: Floats) -> tuple[float, float]:
    """Gini of tokens over everybody, and sd of their logs over people with tokens.

    G = 2 sum(i x_(i)) / (n sum x) - (n + 1) / n with x sorted upwards and i from 1.
    NaN without any tokens; the sd needs two people with tokens. The array is used up.
    """
    upwards, _ = ordered(tokens)
    n = len(upwards)
    total = weighted = logs = 0.0
    users = 0
    for k in range(n):
        total += upwards[k]
        weighted += (k + 1.0) * upwards[k]
        if upwards[k] > 0.0:
            users += 1
            upwards[k] = log(upwards[k])
            logs += upwards[k]
    if users == 0:
        return math.nan, math.nan
    squares = 0.0
    for k in range(n - users, n):
        away = upwards[k] - logs / users
        squares += away * away
    sd = math.sqrt(squares / (users - 1.0)) if users > 1 else math.nan
    return 2.0 * weighted / (n * total) - (n + 1.0) / n, sd
