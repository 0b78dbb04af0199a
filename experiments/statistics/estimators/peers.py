"""Peer effects from traits of peers that chance has assigned.

Who works with whom is drawn at hire, and so is who would never pad. The exposure of a
person is the mean of a trait over their peers, themselves left out,

    x_i = mean of trait_j over the peers j of i,
    y_i = α + β x_i + γ'c_i + e_i,

and because the trait is drawn independently of everything of i, β is the effect of the
peers' trait on i: there is no reflection and no sorting. A regression on what peers
*do* has both. The instrument avoids them: it uses what peers do only as far as who they
are moves it,

    β = Σ z̃ y / Σ z̃ x      (two-stage least squares, one instrument z)

with z̃ what the controls leave of z. Errors are clustered by team, for mates share
their exposure: by statsmodels for the regression, by the influence of whole teams for
the instrument (statsmodels' two-stage least squares has no clusters).

Sources: Gallen et al. 2016 (evidence F2); Manski 1993, on reflection; Angrist 2014,
"The perils of peer effects"; the latter two to be checked.
"""

from collections.abc import Sequence

import numpy as np
import statsmodels.api as sm

from experiments.statistics.estimators.estimate import Estimate, Floats, from_influence
from experiments.statistics.estimators.panel import NOTHING
from model.network import outside_peer, team_bounds
from model.scenario import Scenario
from model.workforce import Ints


def teams(people: int, team_size: int) -> Ints:
    """Number the team of each employee, shape (N,)."""
    number: Ints = np.arange(people) // team_size
    return number


def mates_mean(values: Floats, team_size: int) -> Floats:
    """Average values over the mates of each employee; shape of ``values``.

    ``values`` is (N,) or (T, N). NaN for employees without mates.
    """
    people = values.shape[-1]
    means: Floats = np.full(values.shape, np.nan)
    for first in range(0, people, team_size):
        first, after = team_bounds(first, team_size, people)
        team = values[..., first:after]
        if after - first > 1:
            others = team.sum(axis=-1, keepdims=True) - team
            means[..., first:after] = others / (after - first - 1)
    return means


def outside_mean(
    values: Floats, scenario: Scenario, seed: int, replicate: int
) -> Floats:
    """Average values over the peers outside the team that each employee sees, (N,).

    NaN where nobody is outside the team, or where nobody outside is seen.
    """
    people, seen = len(values), scenario.peers.outside
    size = scenario.organisation.team_size
    if seen == 0 or people <= size:
        return np.full(people, np.nan)
    rows = [
        [outside_peer(i, n, size, people, seed, replicate) for n in range(seen)]
        for i in range(people)
    ]
    means: Floats = values[np.array(rows)].mean(axis=1)
    return means


def slopes(
    outcome: Floats, exposures: Sequence[Floats], controls: Sequence[Floats], team: Ints
) -> list[Estimate]:
    """Estimate slopes of an outcome (n,) on exposures, with controls, (n,) each.

    NaN where an exposure does not vary, or not apart from the others.
    """
    design = np.column_stack([*exposures, *controls, np.ones(len(outcome))])
    if not _identified(design):
        return [NOTHING for _ in exposures]
    fit = sm.OLS(outcome, design).fit(cov_type="cluster", cov_kwds={"groups": team})
    freedom = len(np.unique(team)) - 1.0
    return [
        Estimate(float(fit.params[k]), float(fit.bse[k]), freedom)
        for k in range(len(exposures))
    ]


def instrumented(
    outcome: Floats,
    exposure: Floats,
    instrument: Floats,
    controls: Sequence[Floats],
    team: Ints,
) -> Estimate:
    """Estimate the slope on an exposure by an instrument; all have shape (n,).

    NaN where exposure or instrument do not vary.
    """
    others = np.column_stack([*controls, np.ones(len(outcome))])
    if not all(
        _identified(np.column_stack([v, others])) for v in (exposure, instrument)
    ):
        return NOTHING
    y, x, z = (
        values - others @ np.linalg.lstsq(others, values, rcond=None)[0]
        for values in (outcome, exposure, instrument)
    )
    moved = float(z @ x)
    value = float(z @ y) / moved
    _, place = np.unique(team, return_inverse=True)
    single = z * (y - value * x) / moved
    influence = np.bincount(place, weights=single).astype(np.float64)
    return from_influence(value, influence)


def _identified(design: Floats) -> bool:
    """Check whether the columns of a design (n, k) are independent."""
    rows, columns = design.shape
    return bool(rows > columns and np.linalg.matrix_rank(design) == columns)
