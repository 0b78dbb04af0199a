"""Regressions on panels of employees and weeks, with fixed effects.

    y_it = α_i + δ_t + Σ_k β_k x_kit + e_it

Employee and week effects are taken out by demeaning twice, which is exact because every
employee is seen in every week (Wooldridge 2010, chapter 10; to be checked). The rest
is fitted by least squares (statsmodels) with errors clustered by employee, and
N - 1 degrees of freedom: the weeks of one person may depend on each other in any way.

It cannot see causes that change within a person together with x, such as a week of
tasks that do not suit AI.
"""

from collections.abc import Sequence

import numpy as np
import statsmodels.api as sm

from experiments.statistics.estimators.estimate import Estimate, Floats

NOTHING = Estimate(np.nan, np.nan, np.nan)


def within(outcome: Floats, regressors: Sequence[Floats]) -> list[Estimate]:
    """Estimate the slopes of an outcome (N, T) on regressors, each (N, T).

    NaN where a regressor does not vary within people and weeks, or where two of them
    vary together.
    """
    people = len(outcome)
    design = np.column_stack([_left(x).ravel() for x in regressors])
    if np.linalg.matrix_rank(design) < design.shape[1]:
        return [NOTHING for _ in regressors]
    groups = np.repeat(np.arange(people), outcome.shape[1])
    fit = sm.OLS(_left(outcome).ravel(), design).fit(
        cov_type="cluster", cov_kwds={"groups": groups}
    )
    return [
        Estimate(float(value), float(error), people - 1.0)
        for value, error in zip(fit.params, fit.bse, strict=True)
    ]


def _left(x: Floats) -> Floats:
    """Subtract employee and week means from a panel (N, T)."""
    rest: Floats = x - x.mean(axis=1, keepdims=True)
    rest = rest - rest.mean(axis=0)
    # Rounding must not look like variation.
    rest[np.abs(rest) < 1e-12 * max(1.0, float(np.abs(x).max()))] = 0.0
    return rest
