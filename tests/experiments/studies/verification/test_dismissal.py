"""Dismissal of the lowest, against lives that are lived through."""

import numpy as np
import pytest

from experiments.runs.trial import Trial
from experiments.studies.verification.results import dismissal as verification
from model.theory import dismissal

TRIAL = Trial(seed=3, people=300, replicates=2, threads=1)


def test_by_luck_people_last_a_geometric_time():
    luck = np.random.default_rng(1)
    there = np.ones(20_000, bool)
    for _ in range(4):
        there[luck.permutation(20_000)[:2_000]] = False
    assert there.mean() == pytest.approx(dismissal.survives(0.1, 4), abs=0.01)


def test_of_two_types_the_low_one_is_bred_out():
    luck = np.random.default_rng(2)
    low = luck.random(20_000) < 0.4
    path = [low.mean()]
    for _ in range(7):
        gone = np.argsort(np.where(low, 0.0, 1.0), kind="stable")[:2_000]
        low[gone] = luck.random(2_000) < 0.4
        path.append(low.mean())
    law = dismissal.low_type(0.1, path[0], 0.4, 7)
    assert path == pytest.approx(list(law), abs=0.01)
    assert law[-1] == pytest.approx(0.04)


@pytest.mark.slow
def test_the_simulation_follows():
    checks = verification.RESULT.check(TRIAL)
    assert len(checks) == 6
    for check in checks:
        assert check.holds, check
