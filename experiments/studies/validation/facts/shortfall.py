"""F3: people just short of a goal pad most, also without money at stake."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from experiments.config.compose import compose
from experiments.runs.trial import Trial, runs
from experiments.statistics.estimators.estimate import Floats
from experiments.statistics.estimators.shortfall import Flags, padding_by_shortfall
from experiments.statistics.finding import Fact, Finding
from experiments.statistics.there import stayed
from experiments.studies.validation.over_replicates import aside, finding
from experiments.studies.validation.tokens import HONEST, honest
from model import Run

TENTHS = np.linspace(-0.2, 1.0, 13)
FIFTHS = np.array([-0.2, 0.0, 0.2, 0.4, 0.6, 0.8, 1.0])
ABOVE, SHORT, HALF, FAR = 0, 1, 3, 5
"""Places of a fifth of FIFTHS: more than enough, just, about half, and far short."""
RECORD = (*HONEST, "padding")


def find(trial: Trial) -> list[Finding]:
    """Estimate padding by bins of the shortfall, at a monthly minimum of tokens."""
    shipped = compose(["scheme=monthly_minimum", "weeks=52"])
    flag = compose(["scheme=monthly_minimum", "quota.penalty=0", "weeks=52"])
    nothing = compose(["scheme=voluntary", "weeks=52"])
    quota, weeks = shipped.quota.amount, shipped.quota.weeks
    ours, flagged, twins = runs([shipped, flag, nothing], trial, RECORD)

    def shares(run: Run, edges: Floats, genuine_of: Run | None = None) -> Floats:
        same = stayed(run, genuine_of or run)
        genuine = _by_window(honest(genuine_of or run), weeks)[same]
        padded: Flags = (_by_window(run.history("padding"), weeks) > 0.0)[same]
        estimates = padding_by_shortfall(genuine, padded, quota, edges)
        return np.array([estimate.value for estimate in estimates])

    fifths = np.array([shares(run, FIFTHS) for run in ours])
    tenths = np.array([shares(run, TENTHS)[2:] for run in ours])
    by_flag = np.array([shares(run, FIFTHS) for run in flagged])
    natural = np.array(
        [shares(run, FIFTHS, twin) for run, twin in zip(ours, twins, strict=True)]
    )
    honestly = []
    for pair in zip(ours, twins, strict=True):
        with_quota, without = (
            _by_window(honest(r), weeks)[stayed(*pair)] for r in pair
        )
        honestly.append(_honestly(with_quota, without, quota))
    unit = "share of windows"
    rows = (
        ("just short (0 to 20 %) less far short (80 to 100 %)", _slope(fifths)),
        (
            "just short less just above (0 to 20 % more than enough)",
            fifths[:, SHORT] - fifths[:, ABOVE],
        ),
        ("just short less far short, without penalty: the flag alone", _slope(by_flag)),
        (
            "just short less far short, by the use of the same people without quota",
            _slope(natural),
        ),
        (
            "first tenth below the quota less the highest other tenth",
            tenths[:, 0] - tenths[:, 1:].max(axis=1),
        ),
    )
    return [
        *(
            finding(f"windows with padding, {what}", unit, values, least=0.0)
            for what, values in rows
        ),
        aside("windows with padding, first tenth below the quota", unit, tenths[:, 0]),
        aside(
            "windows with padding, about half short (40 to 60 %) less just short, by "
            "the use of the same people without quota",
            unit,
            natural[:, HALF] - natural[:, SHORT],
        ),
        aside(
            "windows just short by the use of the same people without quota, that "
            "reach it honestly",
            unit,
            honestly,
        ),
    ]


def _honestly(ours: Floats, twin: Floats, quota: float) -> float:
    """Share of windows just short without the quota that honest use fills under it."""
    short = (quota - twin) / quota
    close = (short > FIFTHS[SHORT]) & (short <= FIFTHS[SHORT + 1])
    return float((ours[close] >= quota).mean()) if close.any() else float("nan")


def _slope(fifths: Floats) -> Floats:
    difference: Floats = fifths[:, SHORT] - fifths[:, FAR]
    return difference


def _by_window(history: NDArray[Any], weeks: int) -> Floats:
    """Sum a recorded column over each window, shape (N, W)."""
    sums: Floats = (
        history.astype(float).reshape(-1, weeks, history.shape[1]).sum(axis=1).T
    )
    return sums


FACT = Fact(
    name="F3",
    claim=(
        "Misreporting concentrates among those who are a little short of a goal, also "
        "where no money hangs on it."
    ),
    source="Schweitzer, Ordóñez and Douma 2004 (evidence F3)",
    estimator=(
        "share of windows with padding in bins of (Q - G)/Q, G the window's tokens but "
        "for padding, at the monthly minimum of 112 M tokens"
    ),
    find=find,
    explanation=(
        "By the genuine use that people ended with, as in the experiment, the claim "
        "comes out, but the peak is flat over the first tenths rather than in the very "
        "first: nearly all of them pad. By what the same people use where there is no "
        "quota, it does not: who is naturally close has an honest way left, a little "
        "more use of AI, and most take it; padding peaks further away, where that way "
        "is too long (explains, all three). In the experiment the work was over and "
        "only the report was left."
    ),
)
