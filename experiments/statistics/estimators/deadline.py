"""Spikes of use at the end of a period: an event-time regression.

Use of an employee in a week is measured against their own mean, so that everybody
counts alike and heavy users do not decide alone:

    u_it = y_it / mean_t(y_it)
         = α_i + trend·t + Σ_k β_k [k weeks to the deadline] + e_it

k = 0 is the week that ends in the deadline. Employee fixed effects are taken out by
demeaning; the trend keeps growth from looking like a spike; only complete periods
enter. The profile p_k is shifted to a mean of 1, and

    last-week ratio = p_0 / mean of the other p_k  (1: nothing special).

Standard errors are clustered by employee and by period (statsmodels; Cameron, Gelbach
and Miller 2011; to be checked), or by employee alone where that is more, with
min(employees, periods) - 1 degrees of freedom: a holiday that hits everybody in one
last week is one observation, not as many as there are people.

It cannot see who is behind a spike, or whether work due at the end of a month is real.
Sources: Oyer 1998; Larkin 2014 (evidence F5); a smooth rise towards the deadline is
what discounting gives (evidence C13).
"""

from typing import NamedTuple

import numpy as np
import statsmodels.api as sm

from experiments.statistics.estimators.estimate import Estimate, Floats

LEAST_PERIODS = 3


class Deadline(NamedTuple):
    """Use by weeks to the deadline.

    Attributes
    ----------
    profile : list of Estimate, length L
        Use over its mean, from the first week of a period to the last.
    last_week : Estimate
        Last-week ratio.
    employees, periods : int
        How many were used.
    """

    profile: list[Estimate]
    last_week: Estimate
    employees: int
    periods: int


def deadline(use: Floats, period: int, first: int) -> Deadline:
    """Estimate the profile of use (N, T) around the ends of periods.

    Parameters
    ----------
    use : array, shape (N, T)
        Tokens, output or whatever is not negative; NaN is unknown. Employees without
        any use in complete periods are left out.
    period : int
        Weeks of a period, 2 or more.
    first : int
        Column of the week in which the first period ends.

    Raises
    ------
    ValueError
        If there are fewer than three complete periods or fewer than two users.
    """
    if period < 2:
        raise ValueError(f"period is {period}; two weeks or more are needed")
    whole = use[:, complete(use.shape[1], period, first)]
    periods = whole.shape[1] // period
    if periods < LEAST_PERIODS:
        raise ValueError(f"complete periods: {periods}, but {LEAST_PERIODS} are needed")
    relative = _relative(whole)
    if len(relative) < 2:
        raise ValueError("fewer than two employees have any use")
    slopes, covariances = _regress(relative, period)
    freedom = min(len(relative), periods) - 1.0
    # The first week of a period is the reference; the mean over the period is 1.
    shift = np.eye(period)[:, 1:] - 1.0 / period
    shift = np.hstack([shift, np.zeros((period, 1))])  # without the trend
    profile = 1.0 + shift @ slopes
    variances = np.einsum("ij,cjk,ik->ci", shift, covariances, shift)
    errors = np.sqrt(variances.max(axis=0))
    last, error = float(profile[-1]), float(errors[-1])
    rest = (period - last) / (period - 1.0)
    slope = period / (period - 1.0) / rest**2
    return Deadline(
        [
            Estimate(float(value), float(e), freedom)
            for value, e in zip(profile, errors, strict=True)
        ],
        Estimate(last / rest, slope * error, freedom),
        len(relative),
        periods,
    )


def complete(weeks: int, period: int, first: int) -> slice:
    """Select the weeks of all complete periods among ``weeks`` weeks.

    The first period is the one that ends in column ``first``, if it is complete.
    """
    start = first + 1 - period
    if start < 0:
        start += period * -(start // period)
    return slice(start, start + max(0, weeks - start) // period * period)


def _relative(use: Floats) -> Floats:
    """Divide use by each employee's mean; users only, shape (n, T)."""
    known = np.isfinite(use)
    total = np.where(known, use, 0.0).sum(axis=1)
    users = total > 0.0
    means = total[users] / known[users].sum(axis=1)
    relative: Floats = use[users] / means[:, None]
    return relative


def _regress(relative: Floats, period: int) -> tuple[Floats, Floats]:
    """Regress on week dummies and a trend; give slopes and their covariances.

    Shapes (L,) and (2, L, L): clustered by employee, and by employee and period. The
    reference is the first week of a period.
    """
    weeks = relative.shape[1]
    time = np.arange(weeks)
    design = np.column_stack(
        [*(time % period == k for k in range(1, period)), time / weeks]
    ).astype(float)
    known = np.isfinite(relative)
    counts = known.sum(axis=1, keepdims=True)
    means = (known @ design) / counts
    left = np.where(known, relative, 0.0)
    outcome = (left - left.sum(axis=1, keepdims=True) / counts)[known]
    regressors = (design[None, :, :] - means[:, None, :])[known]
    who, when = np.nonzero(known)
    fits = [
        sm.OLS(outcome, regressors).fit(cov_type="cluster", cov_kwds={"groups": groups})
        for groups in (who, np.column_stack([who, when // period]))
    ]
    return fits[0].params, np.array([fit.cov_params() for fit in fits])
