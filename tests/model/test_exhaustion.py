"""Exhaustion: a stock that backlog and effort build up, and strain that it causes."""

import numpy as np
import pytest

from model import People, Scenario, Simulation, Workplace
from model.exhaustion import exhausted
from model.parameters import as_record
from model.workforce import EMPLOYEE

SLOW = People(recovery=0.25, exhaustion_effort=1.0)


def person(**values):
    row = np.zeros(1, EMPLOYEE)
    row["effort"] = 1.0
    for name, value in values.items():
        row[name] = value
    return row[0]


def after(people=SLOW, **values):
    return exhausted(person(**values), as_record(people))


def test_it_goes_a_part_of_the_way_to_what_the_load_asks():
    assert after(backlog=2.0) == pytest.approx(0.25 * 0.5)
    assert after(backlog=2.0, exhaustion=0.5) == pytest.approx(0.5)
    assert after(exhaustion=0.8) == pytest.approx(0.6)


def test_effort_above_the_usual_exhausts_and_effort_below_does_not_rest():
    assert after(effort=1.4) == pytest.approx(0.25 * 0.4)
    assert after(effort=0.5) == 0.0


def test_no_load_asks_for_more_than_all():
    tired = 0.0
    for _ in range(200):
        tired = after(exhaustion=tired, backlog=3.0, effort=1.5)
        assert 0.0 <= tired <= 1.0
    assert tired == pytest.approx(1.0)


def test_chores_given_to_ai_exhaust_nobody():
    assert after(backlog=1.0, trivial=10) == after(backlog=1.0)


def test_at_once_strain_is_in_proportion_to_the_backlog():
    """To the last bit what strain was before there was a stock."""
    for backlog in np.random.default_rng(1).uniform(0.0, 3.0, 1000).tolist():
        tired = after(People(recovery=1.0), backlog=backlog, exhaustion=0.7)
        assert 0.2 * tired == min(0.05 * backlog, 0.2)


def test_who_falls_behind_tires_slowly_and_loses_output():
    size = Workplace(employees=24, demand=1.3)
    paths = {}
    for recovery in (0.1, 1.0):
        people = People(recovery=recovery, exhaustion_loss=0.1)
        simulation = Simulation(Scenario(organisation=size, people=people))
        paths[recovery] = simulation.staff["exhaustion"].mean()
        strain, rework = simulation.staff["strain"], simulation.staff["rework"]
        free = strain + rework < 0.5
        tired = simulation.staff["exhaustion"][free]
        np.testing.assert_allclose(strain[free], 0.1 * tired, rtol=1e-15)
    assert 0.0 < paths[0.1] < paths[1.0]
