"""How unequal use is, and how output rises with use.

All measures but the slope are taken in each week over the people of that week, then
averaged over weeks:

    Gini           Σ_i (2 rank_i - n - 1) y_i / (n Σ y), over everybody
    log-sd         sd of log y over users
    top share      share of the q n heaviest users in all use, over everybody
    P90/P50        quantiles over users

The slope is that of log mean output on log mean tokens, one point an employee, by least
squares with HC3 errors (statsmodels): a description, not an effect, because skill,
task and team move both. With 10 times the tokens for twice the output it is
ln 2/ln 10 = 0.30 (evidence F23, derived).

Standard errors: the infinitesimal jackknife over employees, so that all weeks of one
person go together; the influence of a quantile needs the density there, which is
estimated by a Gaussian kernel on the logs (scipy). Influence functions: Cowell and
Flachaire 2015, "Statistical methods for distributional analysis"; to be checked. With a
tail as heavy as that of tokens the intervals of Gini and top shares are too narrow in
small samples (the same source), by how much is shown in docs/fingerprints.md.
"""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
import statsmodels.api as sm
from scipy.stats import gaussian_kde

from experiments.statistics.estimators.estimate import Estimate, Floats, from_influence

Measured = tuple[float, Floats]
"""A measure of one week, and the influence of each person on it."""

ROUNDING = 1e-9
LEAST_USERS = 10
"""Users needed in a week; weeks with fewer are left out."""


class Concentration(NamedTuple):
    """Inequality of use; see the module for the formulas."""

    gini: Estimate
    log_sd: Estimate
    top_tenth: Estimate
    top_hundredth: Estimate
    p90_over_p50: Estimate


def concentration(use: Floats) -> Concentration:
    """Measure the inequality of use (N, T); NaN is unknown.

    Raises ``ValueError`` if no week has ten users, or if those of a week are equal.
    """
    return Concentration(
        gini=_over_weeks(use, _gini),
        log_sd=_over_weeks(use, _log_sd, users=True),
        top_tenth=_over_weeks(use, lambda y: _top_share(y, 0.1)),
        top_hundredth=_over_weeks(use, lambda y: _top_share(y, 0.01)),
        p90_over_p50=_over_weeks(use, _quantile_ratio, users=True),
    )


def lorenz(use: Floats, shares: Floats) -> Floats:
    """Compute the share of all use by the lightest ``shares`` of people.

    It is the mean over weeks of use (N, T), NaN is unknown; in the shape of ``shares``.
    """
    curves = []
    for week in use.T:
        known = np.sort(week[np.isfinite(week)])
        if known.sum() > 0.0:
            used = np.concatenate([[0.0], known.cumsum() / known.sum()])
            curves.append(np.interp(shares, np.linspace(0.0, 1.0, len(used)), used))
    mean: Floats = np.mean(curves, axis=0)
    return mean


def slope(tokens: Floats, output: Floats) -> Estimate:
    """Estimate the slope of log mean output on log mean tokens; both (N, T).

    NaN is unknown. Employees without tokens or output have no logs: left out. Raises
    ``ValueError`` if fewer than three are left, or if all use the same or all but one:
    a line through one person has no error.
    """
    known = np.isfinite(tokens) & np.isfinite(output)
    count = np.maximum(known.sum(axis=1), 1)
    x = np.where(known, tokens, 0.0).sum(axis=1) / count
    y = np.where(known, output, 0.0).sum(axis=1) / count
    both = (x > 0.0) & (y > 0.0)
    logs = np.sort(np.log(x[both]))
    if len(logs) < 3 or min(np.ptp(logs[1:]), np.ptp(logs[:-1])) < ROUNDING:
        raise ValueError(
            "fewer than three employees with tokens and output, or all but one use the "
            "same"
        )
    regressors = sm.add_constant(np.log(x[both]))
    fit = sm.OLS(np.log(y[both]), regressors).fit(cov_type="HC3")
    return Estimate(float(fit.params[1]), float(fit.bse[1]), float(both.sum() - 2))


def _over_weeks(
    use: Floats, measure: Callable[[Floats], Measured], *, users: bool = False
) -> Estimate:
    """Average a measure over the weeks with ten users or more."""
    counted = np.isfinite(use) & ((use > 0.0) if users else True)
    enough = [t for t in range(use.shape[1]) if (use[:, t] > 0.0).sum() >= LEAST_USERS]
    if not enough:
        raise ValueError(f"no week has {LEAST_USERS} people who use anything")
    values, influences = [], np.zeros(len(use))
    for t in enough:
        there = counted[:, t]
        value, influence = measure(use[there, t])
        values.append(value)
        influences[there] += influence / there.sum() / len(enough)
    return from_influence(float(np.mean(values)), influences)


def _gini(y: Floats) -> Measured:
    n, mean = len(y), float(y.mean())
    order = np.argsort(y, kind="stable")
    rank = np.empty(n)
    rank[order] = np.arange(1.0, n + 1.0)
    value = float((2.0 * rank - n - 1.0) @ y) / (n * n * mean)
    # 2/mean (y F(y) - mean of the values up to y), less its own level.
    below = np.empty(n)
    below[order] = y[order].cumsum() / n
    share = (rank - 0.5) / n
    influence = 2.0 / mean * (y * share - below) + 1.0 - (value + 1.0) * y / mean
    return value, influence - influence.mean()


def _log_sd(y: Floats) -> Measured:
    logs = np.log(y)
    away = logs - logs.mean()
    sd = float(np.sqrt(away @ away / (len(y) - 1)))
    if sd < ROUNDING:
        raise ValueError("all users of a week use the same")
    return sd, (away**2 - sd**2) / (2.0 * sd)


def _top_share(y: Floats, q: float) -> Measured:
    """Compute the share of the q n heaviest users; q n need not be whole."""
    n, mean = len(y), float(y.mean())
    heavy = np.sort(y)[::-1]
    whole = int(np.floor(q * n + ROUNDING))
    value = float(heavy[:whole].sum() + (q * n - whole) * heavy[min(whole, n - 1)])
    value /= n * mean
    cut = heavy[min(whole, n - 1)]
    influence = (np.maximum(y - cut, 0.0) + q * cut - value * y) / mean
    return value, influence - influence.mean()


def _quantile_ratio(y: Floats) -> Measured:
    logs = np.log(y)
    at = np.quantile(logs, [0.5, 0.9])
    density = gaussian_kde(logs)(at)
    above = logs[:, None] > at
    influences = (above - np.array([0.5, 0.1])) / density
    value = float(np.exp(at[1] - at[0]))
    influence = value * (influences[:, 1] - influences[:, 0])
    return value, influence - influence.mean()
