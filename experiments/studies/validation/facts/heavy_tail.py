"""F23: tokens have a heavy tail, and many more tokens bring little more output.

The source compares people: the first tenth of users consumed ten times the tokens of
the median developer over a quarter, for twice the output. So both findings are about
the mean week of a person in a quarter. (Before, the quantiles were those of single
weeks, in which a person's luck adds to the differences and idle people are left out.)
Whether its "top 10 %" is where they begin or their mean is not known; the range is that
of the 90th percentile, and the mean stands aside.

The Gini and the log-sd of tokens belong to the fact in the evidence. They were targets
of the calibration (``study=calibration``), so they are given and do not stand here. So
is the slope: technology.token_yield was set from the same tenfold tokens and twofold
output.
"""

import numpy as np

from experiments.config.compose import compose
from experiments.runs.trial import Trial, runs
from experiments.statistics.estimators.concentration import concentration, slope
from experiments.statistics.estimators.estimate import Floats
from experiments.statistics.finding import Fact, Finding
from experiments.statistics.there import there
from experiments.studies.validation.over_replicates import aside, finding, given
from experiments.studies.validation.tokens import REPORTED, reported

RECORD = (*REPORTED, "output")
WEEKS = 13
"""A quarter, as in the evidence; the last one of the year."""


def find(trial: Trial) -> list[Finding]:
    """Estimate inequality of tokens and the slope of output on them, with no scheme."""
    voluntary = compose(["scheme=voluntary", "weeks=52"])
    [done] = runs([voluntary], trial, RECORD)
    ratios, slopes, weekly, tops, habits = [], [], [], [], []
    for run in done:
        here = there(run.employees, WEEKS)
        tokens = reported(run)[-WEEKS:, here].T
        mean = tokens.mean(axis=1, keepdims=True)
        ratios.append(concentration(mean).p90_over_p50.value)
        slopes.append(slope(tokens, run.history("output")[-WEEKS:, here].T).value)
        weekly.append(concentration(tokens).p90_over_p50.value)
        tops.append(_top(mean))
        habits.append(_by_intensity(mean[:, 0], run.employees["intensity"][here]))
    return [
        given("slope of log output on log tokens", "ratio", slopes, 0.0, 0.30),
        finding(
            "90th percentile of users' tokens in a quarter over the median",
            "ratio",
            ratios,
            7.0,
            12.0,
        ),
        aside("the same in single weeks", "ratio", weekly),
        aside("mean of the first tenth of users over the median", "ratio", tops),
        aside(
            "variance of log tokens that tokens of a half-day explain", "share", habits
        ),
    ]


def _top(mean: Floats) -> float:
    used = np.sort(mean[mean > 0.0])
    return float(used[-(len(used) // 10) :].mean() / np.median(used))


def _by_intensity(mean: Floats, intensity: Floats) -> float:
    users = mean > 0.0
    logs = np.log(mean[users]), np.log(intensity[users])
    return float(np.corrcoef(*logs)[0, 1] ** 2)


FACT = Fact(
    name="F23",
    claim=(
        "Tokens are heavy-tailed, and ten times the tokens go with twice the output "
        "at most: output is concave in tokens."
    ),
    source=(
        "Jellyfish, 7,548 engineers, Q1 2026; Cursor, Gini 0.72 to 0.77 (evidence F23 "
        "and 1.2)"
    ),
    estimator=(
        "least squares of log mean output on log mean tokens, a point an employee; "
        "quantiles of their mean tokens; voluntary use, last quarter (Gini and log-sd "
        "of tokens were calibration targets and are left out)"
    ),
    find=find,
    given=(
        "In part: that output rises with tokens is technology.token_yield, set from "
        "the same source."
    ),
    explanation=(
        "The slope lies far below the 0.30 of the evidence, which is an upper bound: "
        "there skill, task and team move tokens and output together. Here most of the "
        "spread is how many tokens people take for a half-day (explains), which does "
        "not depend on skill (people.intensity_skill=0). In single weeks the ratio is "
        "lower, for idle people are left out; and if the first tenth of the source "
        "was meant on average, the tail of the model is too heavy (explains, both)."
    ),
)
