"""Standings: the definition, and the table that the simulation publishes."""

import numpy as np
import pytest

from experiments.runs.trial import Trial
from experiments.studies.verification.results import standing as verification
from model.theory.standing import distribution, standings

TRIAL = Trial(seed=1, people=50, replicates=2)


def test_ties_count_half_and_oneself_not_at_all():
    rates = np.array([0.0, 0.0, 0.0, 0.5, 2.0])
    assert standings(rates, 0.0) == pytest.approx([0.25, 0.25, 0.25, 0.75, 1.0])
    assert distribution(rates, 3, np.array([0.5, 3.0])) == pytest.approx([0.75, 1.0])


@pytest.mark.parametrize("people", [1, 2, 9])
def test_standings_average_one_half_whatever_the_ties(people):
    rates = np.array([0.0, 0.3])[np.arange(people) % 2]
    assert standings(rates, 0.0).mean() == pytest.approx(0.5)


def test_uncertainty_looks_to_both_sides():
    rates = np.array([1.0, 1.1, 5.0])
    # The upper node, 1 + sqrt(3) / 10, passes the second person.
    assert standings(rates, 0.1)[0] == pytest.approx(0.5 / 6)


def test_the_simulation_agrees_exactly():
    checks = verification.check(TRIAL)
    assert len(checks) == 16
    assert all(check.holds for check in checks)


def test_a_theory_that_counts_oneself_goes_red(monkeypatch):
    def with_oneself(rates, spread):
        return np.array([(rates < r).mean() + (rates == r).mean() / 2 for r in rates])

    monkeypatch.setattr(verification, "standings", with_oneself)
    assert not all(check.holds for check in verification.check(TRIAL))
