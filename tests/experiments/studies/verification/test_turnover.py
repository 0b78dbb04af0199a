"""Renewal in the long run, against sums and against a small experiment."""

import numpy as np
import pytest

from experiments.runs.trial import Trial
from experiments.studies.verification.results import turnover as verification
from model.theory import turnover

TRIAL = Trial(seed=3, people=300, replicates=2, threads=1)


def test_tenure_is_geometric_up_to_the_first_people():
    law = turnover.tenure(0.2, 6)
    assert law.sum() == pytest.approx(1.0)
    assert law[:3] == pytest.approx([0.2, 0.16, 0.128])
    assert law[-1] == pytest.approx(0.8**5)
    assert turnover.tenure(1.0, 6) == pytest.approx([1.0, 0, 0, 0, 0, 0])


def test_sorting_is_that_of_a_population_that_is_lived_through():
    z = np.linspace(-6.0, 6.0, 4001)
    come = np.exp(-0.5 * z * z)
    hazard = 0.05 * 1.4**z
    there = come / come.sum()
    for _ in range(3000):
        leave = there * hazard
        there = there - leave + leave.sum() * come / come.sum()
    assert there @ z == pytest.approx(turnover.mean_skill(1.4), abs=2e-3)
    assert there[z > 0.0].sum() == pytest.approx(turnover.skilled_half(1.4), abs=1e-3)


def test_who_loses_nothing_stays_as_long_as_anybody():
    stays = turnover.stays(0.1, 5.0, np.array([0.0, 0.1]), 0.15, 10)
    assert stays[0] == pytest.approx(0.9**10)
    assert stays[1] < stays[0]


@pytest.mark.slow
def test_the_simulation_follows():
    checks = verification.RESULT.check(TRIAL)
    assert len(checks) == 8
    for check in checks:
        assert check.holds, check
