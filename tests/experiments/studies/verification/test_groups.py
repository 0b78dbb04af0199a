"""Groups beside theory: two schemes side by side, and nothing that spills over."""

import numpy as np
import pytest

from experiments.runs.trial import Trial
from experiments.studies.verification.results import groups as verification
from model.theory import groups
from model.theory.choice_shares import Pay, People, Setting, shares

N = 6
ONE = np.ones(N)
SKILLED = np.linspace(0.2, 0.9, N)
PEOPLE = People(ONE, SKILLED, 0.0 * ONE, 0.1 * ONE, 0.2 * ONE, ONE > 0.0)
SETTING = Setting(1.0, 0.12, 0.12, 0.3, 0.04)


def test_each_side_does_what_it_would_do_alone():
    inside = np.arange(N) % 2 == 0
    paid, unpaid = (Pay(np.full(N, x), np.full(N, x)) for x in (0.3, 0.0))
    law = groups.mixed(PEOPLE, SETTING, inside, paid, unpaid)
    for pay, here in ((paid, inside), (unpaid, ~inside)):
        alone = shares(PEOPLE, SETTING, pay)
        for name in ("genuine", "padding", "output"):
            mixed, own = getattr(law, name), getattr(alone, name)
            np.testing.assert_array_equal(mixed.mean[here], own.mean[here])
            np.testing.assert_array_equal(mixed.variance[here], own.variance[here])


@pytest.mark.slow
def test_the_simulation_does_so_too_and_nothing_spills_over():
    checks = verification.RESULT.check(Trial(seed=2, people=200, replicates=2))
    assert all(check.holds for check in checks), checks
    spilt = [check for check in checks if "spill-over" in check.quantity]
    assert [check.simulated for check in spilt] == [0.0, 0.0]
