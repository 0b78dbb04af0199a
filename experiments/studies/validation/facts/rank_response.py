"""F15: people at either end of a ranking respond most.

Gill et al. (2015, 2019): effort after feedback on rank is U-shaped in rank; people love
the first place and loathe the last.

The response of a person is the rise of their half-days with AI, genuine or padded,
against themselves in the same organisation without a board. Their rank is that by
tokens without the board, so that it is no consequence of the response, and so that
falling back to the mean does not look like one. Half-days are the effort that goes into
the ranked score; in tokens the top would move most whatever it does, for a half-day of
theirs is worth many of others'. A U has both ends above the middle (Lind and
Mehlum 2010; to be checked).

With the shipped worth of rank the U is an input (leaderboard.curvature). The question
is whether an even worth of rank gives one.
"""

import numpy as np
from scipy.stats import rankdata

from experiments.config.compose import compose
from experiments.runs.trial import Trial, runs
from experiments.statistics.estimators.estimate import Floats
from experiments.statistics.finding import Fact, Finding
from experiments.statistics.there import stayed
from experiments.studies.validation.over_replicates import aside, finding, given
from experiments.studies.validation.tokens import REPORTED, reported
from model import Run

RECORD = ("genuine", "trivial", "padding", *REPORTED)


def find(trial: Trial) -> list[Finding]:
    """Compare responses to a full ranking by fifths of the rank without it."""
    nothing = compose(["scheme=voluntary", "weeks=52"])
    shipped = compose(["scheme=full_rank_board", "weeks=52"])
    even = compose(["scheme=full_rank_board", "leaderboard.curvature=0", "weeks=52"])
    without, *boards = runs([nothing, shipped, even], trial, RECORD)
    findings = []
    kinds = ((given, "shipped worth of rank"), (finding, "even worth of rank"))
    for (made, name), done in zip(kinds, boards, strict=True):
        shape = np.array(
            [_shape(run, twin) for run, twin in zip(done, without, strict=True)]
        )
        unit = "half-days a week"
        findings += [
            made(f"{name}: last fifth less middle", unit, shape[:, 0], least=0.0),
            made(f"{name}: first fifth less middle", unit, shape[:, 1], least=0.0),
            made(f"{name}: curvature in rank", unit, shape[:, 2], least=0.0),
        ]
    usual, passed = np.array([_usual(twin) for twin in without]).transpose(1, 2, 0)
    for fifth, place in (("last", 0), ("middle", 2), ("first", 4)):
        findings += [
            aside(f"half-days with AI, no board: {fifth} fifth", unit, usual[place]),
            aside(
                f"passed by one more half-day a week, no board: {fifth} fifth",
                "share of people",
                passed[place],
            ),
        ]
    return findings


def _shape(run: Run, twin: Run) -> Floats:
    """Compute last and first fifth over the middle one, and the quadratic term."""
    same = stayed(run, twin)
    rank = _rank(reported(twin).mean(axis=0)[same])
    response = (_with_ai(run) - _with_ai(twin)).mean(axis=0)[same]
    means = _by_fifth(response, rank)
    curvature = np.polyfit(rank, response, 2)[0]
    return np.array([means[0] - means[2], means[4] - means[2], curvature])


def _usual(twin: Run) -> Floats:
    """Compute half-days with AI, and who is passed by one more, by fifths, (2, 5)."""
    same = stayed(twin)
    tokens = reported(twin).mean(axis=0)[same]
    rank, order = _rank(tokens), np.sort(tokens)
    more = tokens + twin.employees["intensity"][same]
    passed = np.searchsorted(order, more) - np.searchsorted(order, tokens, "right")
    half_days = _with_ai(twin).mean(axis=0)[same]
    return np.array([_by_fifth(half_days, rank), _by_fifth(passed / len(rank), rank)])


def _rank(tokens: Floats) -> Floats:
    """Rank people by tokens, from 0 for the last to 1, (N,)."""
    rank: Floats = (rankdata(tokens) - 0.5) / len(tokens)
    return rank


def _by_fifth(values: Floats, rank: Floats) -> Floats:
    fifth = np.minimum((5.0 * rank).astype(int), 4)
    return np.array([values[fifth == k].mean() for k in range(5)])


def _with_ai(run: Run) -> Floats:
    honest = run.history("genuine").astype(float) + run.history("trivial")
    half_days: Floats = honest + run.history("padding")
    return half_days


FACT = Fact(
    name="F15",
    claim="The response to rank is U-shaped: most at the top and at the bottom.",
    source="Gill et al. 2015 and 2019 (evidence F15)",
    estimator=(
        "rise of half-days with AI against the same person without a board, by their "
        "rank without it: fifths, and the quadratic term"
    ),
    find=find,
    given=(
        "In part: the shipped worth of rank is steeper at the ends by assumption "
        "(leaderboard.curvature). What an even worth of rank does is found."
    ),
    explanation=(
        "With an even worth of rank the first fifth have few left to pass by one more "
        "half-day. The last fifth answer little because they hardly use AI as it is: a "
        "half-day's choice moves most where it hangs in the balance (explains, both). "
        "So the response is a hump. The shipped worth of rank, steeper at the ends, "
        "flattens it without turning it into a U. A U in what rank is worth is not yet "
        "a U in what people do."
    ),
)
