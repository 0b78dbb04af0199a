"""The best bonus where output can be dressed up: closed forms and simulated weeks."""

import numpy as np
import pytest

from experiments.runs.trial import Trial
from experiments.studies.verification.results import multitask as verification
from model.theory import alignment, multitask
from model.theory.multitask import Work

TRIAL = Trial(seed=3, people=200, replicates=2, threads=1)
BENEFIT, HESSIAN = np.array([3.0, 2.0]), np.array([[2.0, 0.8], [0.8, 1.5]])
WORKS = (Work(0.8, 1.0, 0.4), Work(0.8, 0.4, 0.2), Work(0.8, 0.18, 0.6))


def test_an_unmeasured_task_lowers_the_pay_to_the_golden_value_of_c1():
    pay = multitask.best_pay_of_one(BENEFIT, HESSIAN, 2.0, 1.5**2)
    assert pay == pytest.approx(0.239274, abs=5e-7)


def test_an_unmeasured_task_is_one_with_endless_noise():
    noise = np.array([1.5**2, 1e12])
    pay = multitask.best_pay(BENEFIT, HESSIAN, 2.0, noise)
    one = multitask.best_pay_of_one(BENEFIT, HESSIAN, 2.0, 1.5**2)
    assert pay == pytest.approx([one, 0.0], abs=1e-9)


def test_without_risk_each_task_that_is_seen_is_paid_what_it_is_worth():
    for risk, noise in ((0.0, np.array([1.0, 2.0])), (2.0, np.zeros(2))):
        pay = multitask.best_pay(BENEFIT, HESSIAN, risk, noise)
        assert pay == pytest.approx(BENEFIT)


def test_strong_substitutes_are_better_not_paid_for():
    close = np.array([[2.0, 1.6], [1.6, 1.0]])
    assert multitask.best_pay_of_one(BENEFIT, close, 0.0, 0.0) < 0.0


@pytest.mark.parametrize("work", WORKS)
def test_the_hessian_is_that_of_the_costs(work):
    """In view o and real y: q = y + t delta, delta = o - y."""
    o, y = 0.9, 0.6

    def cost(o, y):
        return multitask.cost(work, y + work.time * (o - y), o - y)

    h, (across, along) = 1e-4, np.eye(2)
    for i, a in enumerate((across, along)):
        for j, b in enumerate((across, along)):
            corners = [
                s * t * cost(*(np.array([o, y]) + h * (s * a + t * b)))
                for s in (1, -1)
                for t in (1, -1)
            ]
            curvature = sum(corners) / (4.0 * h * h)
            hessian = multitask.substitutes(work)[i, j]
            assert curvature == pytest.approx(hessian, abs=1e-6)


@pytest.mark.parametrize("work", WORKS)
def test_baker_and_holmstrom_and_milgrom_agree(work):
    real, seen = multitask.products(work)
    baker = alignment.best_rate(real, seen)
    assert multitask.best_bonus(work) == pytest.approx(float(baker), rel=1e-12)


def test_a_parabola_has_its_vertex_at_the_best_bonus():
    real, seen = multitask.products(WORKS[0])
    bonuses = np.array([0.1, 0.4, 0.5])
    surplus = alignment.surplus(real, seen, bonuses)
    top, most = multitask.vertex(bonuses, surplus)
    assert top == pytest.approx(multitask.best_bonus(WORKS[0]))
    share = alignment.efficiency(real, seen)
    assert most == pytest.approx(0.5 * share * (real**2).sum())


def test_the_simulation_agrees():
    checks = verification.check(TRIAL)
    assert len(checks) > 20
    assert [check.quantity for check in checks if not check.holds] == []


def test_a_theory_in_which_dressing_up_takes_no_time_turns_red(monkeypatch):
    right = multitask.products

    def quick(work):
        return right(work._replace(time=0.0))

    monkeypatch.setattr(multitask, "products", quick)
    red = [c.quantity for c in verification.check(TRIAL) if not c.holds]
    assert any(quantity.startswith("surplus") for quantity in red)
