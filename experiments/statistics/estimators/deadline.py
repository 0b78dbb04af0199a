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

People who are seen in several weeks of a period link these weeks: without them a week
that is busier cannot be told from people who are. All weeks of a period must be linked,
each link by five people or more, because the error of fewer would be taken for none.

It cannot see who is behind a spike, or whether work due at the end of a month is real.
Sources: Oyer 1998; Larkin 2014 (evidence F5); a smooth rise towards the deadline is
what discounting gives (evidence C13).
"""

from typing import NamedTuple

import numpy as np
import statsmodels.api as sm
from numpy.typing import NDArray
from scipy.sparse.csgraph import connected_components

from experiments.statistics.estimators.estimate import Estimate, Floats

Flags = NDArray[np.bool_]

LEAST_PERIODS = 3
ROUNDING = 1e-9
LEAST_LINKS = 5
"""People needed to link two weeks of a period, and one period to others."""


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
        If there are fewer than three complete periods, if fewer than five users link
        the weeks of a period or the periods, or if use is estimated at 0 or less in
        the last week or in the others.
    """
    if period < 2:
        raise ValueError(f"period is {period}; two weeks or more are needed")
    whole = use[:, complete(use.shape[1], period, first)]
    periods = whole.shape[1] // period
    if periods < LEAST_PERIODS:
        raise ValueError(f"complete periods: {periods}, but {LEAST_PERIODS} are needed")
    relative = _relative(whole)
    _check_links(np.isfinite(relative), period)
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
    if min(last, rest) <= ROUNDING:
        where = "the last week" if last < rest else "the other weeks"
        raise ValueError(f"use in {where} of a period is estimated at 0 or less")
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


def _check_links(known: Flags, period: int) -> None:
    """Refuse a panel in which too few people tell weeks and periods from people."""
    seen = known.reshape(len(known), -1, period)  # person, period, week of it
    at_week = seen.any(axis=1).astype(int)
    linked = at_week.T @ at_week >= LEAST_LINKS
    groups, _ = connected_components(linked, directed=False)
    if groups > 1:
        raise ValueError(
            f"fewer than {LEAST_LINKS} people with any use have rows both in some "
            "weeks of a period and in the others, so that a busy week cannot be told "
            "from busy people; perhaps ids change, or people take turns"
        )
    several = int((seen.any(axis=2).sum(axis=1) > 1).sum())
    if several < LEAST_LINKS:
        raise ValueError(
            f"people with use in more than one period: {several}, but {LEAST_LINKS} "
            "are needed"
        )


def _regress(relative: Floats, period: int) -> tuple[Floats, Floats]:
    """Regress on week dummies and a trend; give slopes and their covariances.

    Shapes (L,) and (2, L, L): clustered by employee, and by employee and period. The
    reference is the first week of a period. Raises ``ValueError`` if the regressors
    depend on each other.
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
    if np.linalg.matrix_rank(regressors) < regressors.shape[1]:
        raise ValueError(
            "the weeks of a period cannot be told from people and growth: too few "
            "people have rows in different weeks of different periods"
        )
    who, when = np.nonzero(known)
    fits = [
        sm.OLS(outcome, regressors).fit(cov_type="cluster", cov_kwds={"groups": groups})
        for groups in (who, np.column_stack([who, when // period]))
    ]
    return fits[0].params, np.array([fit.cov_params() for fit in fits])
