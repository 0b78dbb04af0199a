"""What is measured of a week, by name: means over employees unless said otherwise."""

import math
from typing import NamedTuple

import numpy as np

from model.compiled import entry, rule
from model.scenario import Scenario
from model.workforce import Floats, Ints, Staff


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
    Outcome("padded_tokens", _TOKENS, "tokens of padding"),
    Outcome("padded_token_share", "share", "padded tokens among all tokens"),
    Outcome("active_share", "share of people", "used AI at least once in the week"),
    Outcome("manual_share", _SHARE, "manual work"),
    Outcome("genuine_share", _SHARE, "genuine use"),
    Outcome("misuse_share", _SHARE, "genuine use below break-even"),
    Outcome("padding_share", _SHARE, "padding"),
    Outcome("output", _OUTPUT, "real output"),
    Outcome("output_manual", _OUTPUT, "output as if all had been manual"),
    Outcome("output_gain", _OUTPUT, "gained by genuine use"),
    Outcome("output_misuse", _OUTPUT, "lost by genuine use below break-even"),
    Outcome("output_padding", _OUTPUT, "lost by padding"),
    Outcome("output_rework", _OUTPUT, "lost by rework for mates"),
    Outcome("output_strain", _OUTPUT, "lost by strain"),
    Outcome("score_validity", "correlation", "Spearman, headline score and output"),
    Outcome(
        "top_decile_precision", "share", "top decile by score that is so by output"
    ),
    Outcome("token_gini", "Gini", "concentration of tokens over everybody"),
    Outcome("token_log_sd", "log", "sd of log tokens of people with tokens"),
    Outcome("spend", _MONEY, "tokens times price"),
    Outcome("false_demand", _MONEY, "padded tokens times price"),
    Outcome("net_value", _MONEY, "value of output less spend"),
    Outcome("backlog", "weeks", "own work that waits"),
    Outcome("strain", "share of output", "share of output lost to strain"),
    Outcome("proficiency", "0 to 1", "AI proficiency"),
    Outcome("savvy", "0 to 1", "knowing how to pad cheaply"),
    Outcome("norm", "0 to 1", "padding seen among peers"),
    Outcome("audit_hits", "per employee-week", "padded half-days found by audits"),
    Outcome("audit_false_hits", "per employee-week", "genuine half-days so called"),
)
NAMES = tuple(outcome.name for outcome in OUTCOMES)


@entry
def measure_week(row: Floats, staff: Staff, s: Scenario) -> None:
    """Fill in the outcomes of the latest week, in the order of ``NAMES``.

    Output is P (1 - R - St): the channels add up to it exactly, whatever the order.
    """
    n = len(staff)
    genuine_tokens = padded_tokens = active = 0.0
    manual = genuine = misuse = padding = 0
    output = by_hand = gained = misused = padded = rework = strained = 0.0
    backlog = strain = proficiency = savvy = norm = hits = false_hits = 0.0
    score, real, all_tokens = np.empty(n), np.empty(n), np.empty(n)
    for i in range(n):
        e = staff[i]
        score[i], real[i] = e.score, e.output
        all_tokens[i] = e.genuine_tokens + e.padded_tokens
        genuine_tokens += e.genuine_tokens
        padded_tokens += e.padded_tokens
        active += 1.0 if e.genuine + e.padding > 0 else 0.0
        manual += e.manual
        genuine += e.genuine
        misuse += e.misuse
        padding += e.padding
        produced = e.by_hand + e.gained + e.misused + e.padded
        output += e.output
        by_hand += e.by_hand
        gained += e.gained
        misused += e.misused
        padded += e.padded
        rework -= e.lost_to_rework * produced
        strained -= e.lost_to_strain * produced
        backlog += e.backlog
        strain += e.lost_to_strain
        proficiency += e.proficiency
        savvy += e.savvy
        norm += e.norm
        hits += e.hits
        false_hits += e.false_hits

    tokens = genuine_tokens + padded_tokens
    price = s.technology.price
    row[0] = (genuine_tokens + padded_tokens * (1.0 - s.measure.filter)) / n
    row[1] = genuine_tokens / n
    row[2] = padded_tokens / n
    row[3] = padded_tokens / tokens if tokens > 0.0 else 0.0
    row[4] = active / n
    row[5] = manual / (10.0 * n)
    row[6] = genuine / (10.0 * n)
    row[7] = misuse / (10.0 * n)
    row[8] = padding / (10.0 * n)
    row[9] = output / n
    row[10] = by_hand / n
    row[11] = gained / n
    row[12] = misused / n
    row[13] = padded / n
    row[14] = rework / n
    row[15] = strained / n
    row[16], row[17] = validity(score, real)
    row[18], row[19] = concentration(all_tokens)
    row[20] = tokens * price / n
    row[21] = padded_tokens * price / n
    row[22] = s.organisation.half_day_value * output / n - tokens * price / n
    row[23] = backlog / n
    row[24] = strain / n
    row[25] = proficiency / n
    row[26] = savvy / n
    row[27] = norm / n
    row[28] = hits / n
    row[29] = false_hits / n


@rule
def validity(score: Floats, output: Floats) -> tuple[float, float]:
    """Validity of the headline measure: Spearman correlation, top-decile precision.

    Precision is the share of the score's top decile that is in output's; among equals
    the lower row comes first. Both are NaN where score or output is the same for all.
    """
    n = len(score)
    by_score = np.argsort(-score, kind="mergesort")
    by_output = np.argsort(-output, kind="mergesort")
    if score[by_score[0]] == score[by_score[n - 1]]:
        return math.nan, math.nan
    if output[by_output[0]] == output[by_output[n - 1]]:
        return math.nan, math.nan

    x, y = mean_ranks(score, by_score), mean_ranks(output, by_output)
    middle = 0.5 * (n - 1)
    xx = yy = xy = 0.0
    for i in range(n):
        xx += (x[i] - middle) * (x[i] - middle)
        yy += (y[i] - middle) * (y[i] - middle)
        xy += (x[i] - middle) * (y[i] - middle)

    top = max(1, n // 10)
    is_top = np.zeros(n, np.bool_)
    for k in range(top):
        is_top[by_output[k]] = True
    both = 0
    for k in range(top):
        both += is_top[by_score[k]]
    return xy / math.sqrt(xx * yy), both / top


@rule
def mean_ranks(values: Floats, order: Ints) -> Floats:
    """Rank of each value from 0 in the given order; equals share their mean rank."""
    n = len(values)
    ranks = np.empty(n)
    start = 0
    while start < n:
        end = start + 1
        while end < n and values[order[end]] == values[order[start]]:
            end += 1
        for k in range(start, end):
            ranks[order[k]] = 0.5 * (start + end - 1)
        start = end
    return ranks


@rule
def concentration(tokens: Floats) -> tuple[float, float]:
    """Gini of tokens over everybody, and sd of their logs over people with tokens.

    G = 2 sum(i x_(i)) / (n sum x) - (n + 1) / n with x sorted upwards and i from 1.
    NaN without any tokens; the sd needs two people with tokens.
    """
    tokens = np.sort(tokens)
    n = len(tokens)
    total = weighted = logs = 0.0
    users = 0
    for k in range(n):
        total += tokens[k]
        weighted += (k + 1.0) * tokens[k]
        if tokens[k] > 0.0:
            users += 1
            logs += math.log(tokens[k])
    if users == 0:
        return math.nan, math.nan
    squares = 0.0
    for k in range(n - users, n):
        away = math.log(tokens[k]) - logs / users
        squares += away * away
    sd = math.sqrt(squares / (users - 1.0)) if users > 1 else math.nan
    return 2.0 * weighted / (n * total) - (n + 1.0) / n, sd
