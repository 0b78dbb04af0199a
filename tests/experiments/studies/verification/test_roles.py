"""A mix is its roles one by one, in closed form and in the simulation."""

import numpy as np
import pytest

from experiments.runs.trial import Trial
from experiments.studies.verification.results import roles as verification
from model.theory import choice_shares, roles
from model.theory.choice_shares import Pay, People, Setting

TRIAL = Trial(seed=3, people=200, replicates=2, threads=1)
SETTING = Setting(1.0, 0.12, 0.12, 0.3, 0.04)


def people(n):
    one = np.ones(n)
    skilled = np.linspace(0.2, 0.9, n)
    return People(one, skilled, 0.0 * one, 0.1 * one, 0.2 * one, one > 0.0)


def test_of_even_tasks_it_is_the_theory_of_one_crowd():
    who, pay = people(5), Pay(np.full(5, 0.1), np.full(5, 0.3))
    even = roles.shares(who, SETTING, pay, roles.quantile(0.5, 12.0**-0.5))
    crowd = choice_shares.shares(who, SETTING, pay)
    for name in even._fields:
        for one, other in zip(getattr(even, name), getattr(crowd, name), strict=True):
            np.testing.assert_allclose(one, other, rtol=1e-6, atol=1e-9)


def test_quantiles_have_the_mean_and_spread_of_the_role():
    places = (np.arange(200_000) + 0.5) / 200_000
    tasks = roles.quantile(0.37, 0.23)(places)
    assert (tasks.mean(), tasks.std()) == pytest.approx((0.37, 0.23), abs=1e-4)


@pytest.mark.slow
def test_the_simulation_follows():
    for check in verification.RESULT.check(TRIAL):
        assert check.holds, check
