"""F4: scores pile up at a threshold and are missing below it."""

import numpy as np

from experiments.config.compose import compose
from experiments.runs.trial import Trial, runs
from experiments.statistics.estimators.bunching import bunching
from experiments.statistics.estimators.estimate import Floats
from experiments.statistics.finding import Fact, Finding
from experiments.statistics.there import stayed
from experiments.studies.validation.over_replicates import aside, finding
from experiments.studies.validation.tokens import REPORTED, reported
from model import Run

BELOW, ABOVE = 0.8, 1.2
"""The region left out: from a fifth of the quota to 2.2 times it."""
ORIGINS = (
    "were empty",
    "lay below the region",
    "lay in the region",
)
"""What windows above the quota would have been without it."""
NARROW = 0.5
"""A narrower region, for an analyst with an ordinary panel (docs/fingerprints.md)."""


def find(trial: Trial) -> list[Finding]:
    """Estimate bunching at a monthly minimum, and at the same place without one."""
    shipped = compose(["scheme=monthly_minimum", "weeks=52"])
    nothing = compose(["scheme=voluntary", "weeks=52"])
    quota, weeks = shipped.quota.amount, shipped.quota.weeks
    rows = []
    for pair in zip(*runs([shipped, nothing], trial, REPORTED), strict=True):
        same = stayed(*pair)
        ours, twin = (_by_window(run, weeks)[same] for run in pair)
        wide = bunching(ours, quota, BELOW, ABOVE)
        free = bunching(ours, quota, BELOW, ABOVE, integrated=False)
        narrow = bunching(ours, quota, NARROW, NARROW)
        placebo = bunching(twin, quota, BELOW, ABOVE)
        rows.append(
            (
                wide.excess.value,
                narrow.excess.value,
                free.missing.value / free.excess.value,
                wide.excess.value / _true_excess(ours, twin, quota),
                placebo.excess.value,
                free.excess.value / _true_excess(ours, twin, quota),
                *_origins(ours, twin, quota),
            )
        )
    wide_, narrow_, balance, ratio, placebo_, unforced, *origins = np.array(rows).T
    unit = "share of windows"
    return [
        finding("excess at and above the quota", unit, wide_, least=0.0),
        finding("the same, region from half to 1.5 times", unit, narrow_, least=0.0),
        finding("missing below over excess above", "ratio", balance, 0.9, 1.1),
        finding(
            "excess found over excess against the same people without a quota",
            "ratio",
            ratio,
            0.9,
            1.1,
        ),
        finding("excess where there is no quota", unit, placebo_, -0.01, 0.01),
        aside(
            "excess found over excess against the same people, if no equal hole is "
            "demanded",
            "ratio",
            unforced,
        ),
        *(
            aside(f"windows above the quota that {origin}", "share of those added", own)
            for origin, own in zip(ORIGINS, origins, strict=True)
        ),
    ]


def _true_excess(ours: Floats, twin: Floats, quota: float) -> float:
    """Compute the share of windows that the quota adds above it within the region."""

    def share(scores: Floats) -> float:
        return float(((scores >= quota) & (scores < (1.0 + ABOVE) * quota)).mean())

    return share(ours) - share(twin)


def _origins(ours: Floats, twin: Floats, quota: float) -> list[float]:
    """Compute where windows that the quota adds above it are missing, by ``ORIGINS``.

    As shares of all that it adds.
    """
    edges = [0.0, (1.0 - BELOW) * quota, quota]

    def below(scores: Floats) -> Floats:
        place = np.searchsorted(edges, scores.ravel())
        shares: Floats = np.bincount(place, minlength=4)[:3] / scores.size
        return shares

    missing = below(twin) - below(ours)
    return list(missing / missing.sum())


def _by_window(run: Run, weeks: int) -> Floats:
    """Sum the tokens of each window, shape (N, W) [M]."""
    tokens = reported(run)
    sums: Floats = tokens.reshape(-1, weeks, tokens.shape[1]).sum(axis=1).T
    return sums


FACT = Fact(
    name="F4",
    claim=(
        "Where a threshold counts, scores pile up at it and as many are missing below."
    ),
    source=(
        "Allen et al. 2017 (evidence F4); Kleven and Waseem 2013 for notches, to be "
        "checked"
    ),
    estimator=(
        "polynomial counterfactual for the log density of tokens a window, region "
        "around the quota left out (Chetty et al. 2011, Kleven and Waseem 2013), at "
        "the monthly minimum of 112 M tokens"
    ),
    find=find,
    explanation=(
        "The excess is there, and none where there is no quota. The visible hole is "
        "smaller than the excess: the stake does not depend on the distance, and so "
        "people come from all the way down, among them windows without any tokens, "
        "which have no place on a logarithmic axis (explains: what windows above the "
        "quota would have been). What stands below the region is thinned out too, so "
        "the counterfactual that is drawn through it is too low there. To demand a "
        "hole as large as the excess then understates the excess; if none is "
        "demanded, most of it is found (explains)."
    ),
)
