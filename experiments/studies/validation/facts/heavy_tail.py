"""F23: tokens have a heavy tail, and many more tokens bring little more output.

The Gini and the log-sd of tokens belong to the fact in the evidence. They were targets
of the calibration (``study=calibration``), so they are given and do not stand here.
"""

from experiments.config.compose import compose
from experiments.runs.trial import Trial, runs
from experiments.statistics.estimators.concentration import concentration, slope
from experiments.statistics.finding import Fact, Finding
from experiments.studies.validation.over_replicates import finding
from experiments.studies.validation.tokens import REPORTED, reported

RECORD = (*REPORTED, "output")
WEEKS = 13
"""A quarter, as in the evidence; the last one of the year."""


def find(trial: Trial) -> list[Finding]:
    """Estimate inequality of tokens and the slope of output on them, with no scheme."""
    voluntary = compose(["scheme=voluntary", "weeks=52"])
    [done] = runs([voluntary], trial, RECORD)
    spread, slopes = [], []
    for run in done:
        tokens = reported(run)
        tokens, output = tokens[-WEEKS:].T, run.history("output")[-WEEKS:].T
        spread.append(concentration(tokens))
        slopes.append(slope(tokens, output).value)
    return [
        finding("slope of log output on log tokens", "ratio", slopes, 0.0, 0.30),
        finding(
            "90th percentile of users' weekly tokens over the median",
            "ratio",
            [one.p90_over_p50.value for one in spread],
            7.0,
            12.0,
        ),
    ]


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
        "quantiles of weekly tokens; voluntary use, last quarter (Gini and log-sd of "
        "tokens were calibration targets and are left out)"
    ),
    find=find,
    explanation=(
        "The slope lies far below the 0.30 of the evidence, which is an upper bound: "
        "there skill, task and team move tokens and output together. Here tokens of a "
        "half-day do not depend on skill (people.intensity_skill = 0), and most of "
        "their spread is intensity, which yields no output. P90/P50 follows the log-sd "
        "that was calibrated within its range; a ratio of 7 needs the upper part of "
        "that range."
    ),
)
