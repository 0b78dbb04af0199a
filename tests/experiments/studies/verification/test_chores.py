"""Chores run dry: sums, limited expected values, and the number that people take."""

import numpy as np
import pytest
from scipy.stats import lognorm

from experiments.runs.trial import Trial
from experiments.studies.verification.results import chores as verification
from model.theory import chores
from model.theory.choice_shares import People, Setting
from model.theory.chores import Chores

TRIAL = Trial(seed=3, people=200, replicates=2, threads=1)
PERSON = People(
    productivity=np.array([1.2]),
    top_gain=np.array([0.4]),
    belief=np.array([0.0]),
    reluctance=np.array([0.0]),
    conscience=np.array([0.3]),
    may_pad=np.array([False]),
)
SETTING = Setting(
    own_value=0.5, choice_noise=0.12, judgement_noise=0.0, loss=0.3, padding_loss=0.5
)


def test_alike_tasks_give_the_sum_of_a_geometric_series():
    stock = Chores(0.6, 0.5, 1.0)
    total = 1.2 * 1.4 * 0.6 * (1.0 - 0.5**10) / 0.5
    assert chores.week(PERSON, SETTING, stock) == pytest.approx(total)
    assert chores.limited(np.array([0.3, 1.4]), 0.0) == pytest.approx([0.3, 1.0])


@pytest.mark.parametrize("sd", [0.2, 0.5, 1.0])
def test_the_limited_expected_value_is_that_of_draws(sd):
    task = lognorm(sd, scale=np.exp(-0.5 * sd * sd))
    even = task.ppf((np.arange(100_000) + 0.5) / 100_000)
    for worth in (0.05, 0.65, 1.0, 3.0):
        mean = np.minimum(worth, even).mean()
        found = chores.limited(np.array(worth), sd)
        assert float(found) == pytest.approx(mean, abs=1e-5)


def test_a_chore_that_is_worth_nothing_yields_nothing():
    assert chores.limited(np.zeros(1), 0.5) == pytest.approx(0.0)


def test_the_number_of_chores_is_binomial_where_they_do_not_run_dry():
    chance = np.full((10, 1), 0.3)
    law = chores.counts(chance)[:, 0]
    assert law.sum() == pytest.approx(1.0)
    assert law @ np.arange(11) == pytest.approx(3.0)
    assert law @ np.arange(11) ** 2 - 9.0 == pytest.approx(2.1)


def test_only_one_is_taken_where_there_is_only_one():
    chance = np.zeros((10, 1))
    chance[0] = 0.3
    law = chores.counts(chance)[:, 0]
    assert law[0] == pytest.approx(0.7**10)
    assert law[0] + law[1] == pytest.approx(1.0)


def test_the_simulation_agrees():
    checks = verification.check(TRIAL)
    assert len(checks) == 5 * len(verification.STOCKS) + 2 * len(verification.RATES)
    assert [check.quantity for check in checks if not check.holds] == []


@pytest.mark.parametrize(
    "change", [{"decay": 0.7}, {"worth": 0.6}, {"suitability": 0.7}]
)
def test_another_stock_turns_the_checks_red(change, monkeypatch):
    right = verification.scenario_of

    def other(stock, *how, **more):
        return right(stock._replace(**change), *how, **more)

    monkeypatch.setattr(verification, "scenario_of", other)
    stock = verification.STOCKS[0]
    found = [
        *verification.forced(stock, TRIAL),
        *verification.chosen(stock, 1.0, TRIAL),
    ]
    assert sum(not check.holds for check in found) >= 3
