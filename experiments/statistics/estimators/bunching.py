"""Bunching at a threshold: too many just above it, too few below.

If reaching a threshold Q pays, people who would have ended a little below it end at or
above it. The excess is the mass at and above Q beyond a smooth counterfactual; the
missing mass is the mass below Q that the data lack:

    excess  = Σ over bins in [Q, upper) of (observed - counterfactual)
    missing = Σ over bins in [lower, Q) of (counterfactual - observed)

Both are shares of all scores. b is the excess over the counterfactual height at Q, in
units of log score (Chetty, Friedman, Olsen and Pistaferri 2011; Saez 2010; Kleven and
Waseem 2013 for notches; to be checked).

Method and choices:

- Bins have equal width in the log of score/Q (0.1, about 10 %), and Q is an edge, so
  that a score of exactly Q counts as reached. They span a factor of 12 to either side;
  scores beyond, and scores of 0, count in the total alone.
- The counterfactual is a polynomial of degree 3 for the log of the bin count, fitted
  by Poisson likelihood. In logs a lognormal is a polynomial of degree 2, and no count
  can become negative, which makes the wide gap safer than a polynomial of the count.
- The region [lower, upper) that is left out is chosen by the caller beforehand, never
  by the data: a region chosen by the data has an error that no formula here knows.
- Integration constraint: people who left the hole below Q arrived above it, so that the
  region holds as many scores as the counterfactual puts there. The region enters the
  likelihood as one coarse bin. With ``integrated=False`` it is left out altogether;
  then ``missing - excess`` tests the constraint: below 0 if people came from below the
  region or the scheme raised all use, above 0 if people landed beyond it.
- Standard errors: the infinitesimal jackknife over employees, region and bins held
  fixed. Windows of one person may depend on each other in any way.

It cannot see a threshold that moves everybody alike. It cannot tell bunching from a
hump with another cause (a price plan, a default limit) at the same place.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from experiments.statistics.estimators.estimate import Estimate, Floats, from_influence

Flags = NDArray[np.bool_]

WIDTH = 0.1
"""Width of a bin, in log score."""
SIDE = 25
"""Bins on either side of the threshold."""
DEGREE = 3
LEAST = 5
"""People needed with scores on either side of the region."""
ROUNDING = 1e-9
STEPS = 100
PRECISE = 1e-10


@dataclass(frozen=True)
class Bunching:
    """The distribution of scores around a threshold.

    Attributes
    ----------
    edges : array, shape (2 SIDE + 1,)
        Edges of the bins, as multiples of the threshold.
    observed, expected : array, shape (2 SIDE,)
        Scores in each bin, and the counterfactual.
    people : array, shape (2 SIDE,)
        Employees with a score in each bin.
    region : array of bool, shape (2 SIDE,)
        Bins that were left out of the fit.
    excess, missing : Estimate
        Share of all scores.
    gap : Estimate
        missing - excess, share of all scores.
    b : Estimate
        Excess over the counterfactual height at the threshold, in log score.
    """

    edges: Floats
    observed: Floats
    expected: Floats
    people: Floats
    region: Flags
    excess: Estimate
    missing: Estimate
    gap: Estimate
    b: Estimate


def bunching(
    scores: Floats,
    threshold: float,
    below: float,
    above: float,
    *,
    integrated: bool = True,
) -> Bunching:
    """Estimate the bunching of scores (N, W) at a threshold.

    Parameters
    ----------
    scores : array, shape (N, W)
        A row an employee, a column a window; NaN is unknown. Same unit as threshold.
    below, above : float
        The region left out of the fit goes from (1 - below) to (1 + above) times the
        threshold, widened to whole bins.
    integrated : bool
        Whether the region holds as many scores as the counterfactual puts there.

    Raises
    ------
    ValueError
        If the region reaches the ends of the bins, if fewer than ``LEAST`` people have
        scores on one side of it, or if no polynomial fits.
    """
    counts = binned(scores, threshold)
    region = _region(below, above)
    _check_sides(counts, region)
    total = np.isfinite(scores).sum(axis=1).astype(float)
    basis = _basis()
    observed = counts.sum(axis=0)
    expected, shifts = _fit(counts, basis, region, integrated)
    upper = region & (np.arange(2 * SIDE) >= SIDE)
    lower = region & ~upper

    def share(bins: Flags, sign: float) -> tuple[float, Floats]:
        """Sum the deviation in some bins; give it and each employee's influence."""
        away = sign * float(observed[bins].sum() - expected[bins].sum())
        slope = expected[bins] @ basis[bins]
        influence = sign * (counts[:, bins].sum(axis=1) - shifts @ slope)
        value = away / float(total.sum())
        return value, (influence - value * total) / float(total.sum())

    excess, by_excess = share(upper, 1.0)
    missing, by_missing = share(lower, -1.0)
    height, by_height = _height(expected, basis, shifts, total)
    return Bunching(
        edges=np.exp(WIDTH * np.arange(-SIDE, SIDE + 1)),
        observed=observed,
        expected=expected,
        people=(counts > 0.0).sum(axis=0).astype(float),
        region=region,
        excess=from_influence(excess, by_excess),
        missing=from_influence(missing, by_missing),
        gap=from_influence(missing - excess, by_missing - by_excess),
        b=from_influence(
            excess / height, (by_excess - excess / height * by_height) / height
        ),
    )


def binned(scores: Floats, threshold: float) -> Floats:
    """Count the scores of each employee in each bin, shape (N, 2 SIDE)."""
    if threshold <= 0.0:
        raise ValueError(f"threshold is {threshold}; it must be above 0")
    counts = np.zeros((len(scores), 2 * SIDE))
    used = np.isfinite(scores) & (scores > 0.0)
    employees, _ = np.nonzero(used)
    # Rounding must not push a score of exactly the threshold below it.
    places = np.floor(np.log(scores[used] / threshold) / WIDTH + ROUNDING) + SIDE
    inside = (places >= 0) & (places < 2 * SIDE)
    np.add.at(counts, (employees[inside], places[inside].astype(int)), 1.0)
    return counts


def _region(below: float, above: float) -> Flags:
    if not 0.0 < below < 1.0 or above <= 0.0:
        raise ValueError("below must lie between 0 and 1, and above must exceed 0")
    lowest = SIDE + int(np.floor(np.log1p(-below) / WIDTH + ROUNDING))
    highest = SIDE + int(np.ceil(np.log1p(above) / WIDTH - ROUNDING))
    if lowest < DEGREE or highest > 2 * SIDE - DEGREE:
        raise ValueError("the region left out of the fit reaches the end of the bins")
    places = np.arange(2 * SIDE)
    return (places >= lowest) & (places < highest)


def _check_sides(counts: Floats, region: Flags) -> None:
    first, last = np.flatnonzero(region)[[0, -1]]
    for side, name in ((counts[:, :first], "below"), (counts[:, last + 1 :], "above")):
        people = int((side.sum(axis=1) > 0.0).sum())
        if people < LEAST:
            raise ValueError(
                f"people with scores {name} the region around the threshold: "
                f"{people}, but {LEAST} are needed"
            )


def _basis() -> Floats:
    """Evaluate Legendre polynomials over the bins, shape (2 SIDE, DEGREE + 1)."""
    middles = (np.arange(2 * SIDE) + 0.5) / SIDE - 1.0
    return np.asarray(np.polynomial.legendre.legvander(middles, DEGREE), np.float64)


def _fit(
    counts: Floats, basis: Floats, region: Flags, integrated: bool
) -> tuple[Floats, Floats]:
    """Fit the counterfactual (2 SIDE,); give it and each employee's pull on it.

    Fisher scoring for Poisson counts with mean exp(basis @ c); if ``integrated``, the
    region counts as one bin with the mean of its sum. Raises ``ValueError``, of which
    NumPy's ``LinAlgError`` is one, where no curve fits.
    """
    observed, outside = counts.sum(axis=0), ~region
    coefficients = np.zeros(DEGREE + 1)
    coefficients[0] = np.log(observed[outside].mean())
    for _ in range(STEPS):
        with np.errstate(over="ignore", invalid="ignore"):
            expected = np.exp(basis @ coefficients)
            # Rows of the design: the bins outside, and how the region's mean moves.
            rows = basis[outside]
            means, seen = expected[outside], observed[outside]
            if integrated:
                inside = expected[region].sum()
                rows = np.vstack([rows, expected[region] @ basis[region] / inside])
                means = np.append(means, inside)
                seen = np.append(seen, observed[region].sum())
            information = (rows.T * means) @ rows
        if not np.isfinite(information).all():
            break
        step = np.linalg.solve(information, (seen - means) @ rows)
        coefficients += np.clip(step, -1.0, 1.0)
        if np.abs(step).max() < PRECISE:
            own = counts[:, outside]
            if integrated:
                own = np.column_stack([own, counts[:, region].sum(axis=1)])
            return expected, np.asarray(own @ rows @ np.linalg.inv(information))
    raise ValueError("no smooth curve fits the scores around the region")


def _height(
    expected: Floats, basis: Floats, shifts: Floats, total: Floats
) -> tuple[float, Floats]:
    """Compute the counterfactual density at the threshold, and influences on it.

    Share of all scores per unit of log score; the mean of the bins to either side.
    """
    near = slice(SIDE - 1, SIDE + 1)
    scale = 1.0 / (2.0 * WIDTH * float(total.sum()))
    height = scale * float(expected[near].sum())
    influence = scale * (shifts @ (expected[near] @ basis[near]))
    return height, influence - height * total / float(total.sum())
