"""Two stocks in a row, in closed form and week by week."""

import numpy as np
import pytest

from experiments.runs.trial import Trial
from experiments.studies.verification.results import exhaustion as verification
from model.theory import exhaustion

TRIAL = Trial(seed=3, people=100, replicates=2, threads=1)


@pytest.mark.parametrize("recovery", [0.05, 0.25, 1.0])
def test_the_closed_form_is_that_of_the_weeks(recovery):
    waits = tired = 0.0
    path = []
    for _ in range(40):
        waits += 0.1 - 0.08 * waits
        tired += recovery * (0.3 * waits - tired)
        path.append((waits, tired))
    stocks = exhaustion.backlog(0.1, 0.08, 40)
    late = exhaustion.by_backlog(0.1, 0.08, 0.3, recovery, 40)
    np.testing.assert_allclose(np.transpose(path), [stocks, late], rtol=1e-12)


def test_effort_alone_fills_a_single_stock():
    above = np.array([0.0, 0.2])
    grown = exhaustion.by_effort(above, 1.5, 0.25, 2)
    assert grown == pytest.approx([0.0, 0.3 * (1.0 - 0.75**2)])


@pytest.mark.slow
def test_the_simulation_follows():
    for check in verification.RESULT.check(TRIAL):
        assert check.holds, check
