"""Dismissal: who goes, what it costs, and what stays as it was."""

import numpy as np
import pytest

from experiments import compose
from model import Dismissal, Simulation, simulate
from model.incentives import dismissal
from model.outcomes import NAMES
from model.outlook import Outlook, Person
from model.parameters import as_record
from model.scenario import ROW

SIZE = ["organisation.employees=60", "weeks=24", "review.weeks=12"]
STAYING = "people.quit_hazard=0"
LOWEST = [*SIZE, STAYING, "dismissal.share=0.1", "dismissal.weeks=4"]


def last_week(*words, weeks=4):
    """The simulation before the last of some weeks, and after it."""
    simulation = Simulation(compose([*LOWEST, *words]), seed=5)
    for _ in range(weeks - 1):
        simulation.step()
    before = simulation.staff.copy()
    outcomes = dict(zip(NAMES, simulation.step(), strict=True))
    return before, simulation.staff, outcomes


def test_so_many_go_as_are_whole_people_in_the_share():
    found = [dismissal.places(share, 100) for share in (0.29, 0.07, 0.019, 0.001, 0.5)]
    assert found == [29, 7, 1, 1, 50]


def test_the_lowest_of_the_window_go_and_nobody_else():
    _, after, outcomes = last_week()
    gone = after["generation"] == 1
    assert gone.sum() == 6
    assert outcomes["dismissed"] == pytest.approx(0.1)
    assert outcomes["leavers"] == 0.0
    rates = after["rate"][:, ROW.dismissal]
    assert rates[gone].max() < rates[~gone].min()
    assert not after["vacant"].any()


def test_draws_decide_among_equals():
    nobody_uses = ["dismissal.measure=tokens", "people.reluctance_mean=5"]
    nobody_uses += ["people.never_gamers=1"]
    runs = [simulate(compose([*LOWEST, *nobody_uses]), seed) for seed in (1, 2)]
    gone = [np.flatnonzero(run.employees["generation"]) for run in runs]
    assert all(run.weeks["dismissed"].sum() == pytest.approx(0.6) for run in runs)
    assert list(gone[0]) != list(gone[1])
    assert gone[0].max() > 30  # not the first rows


def test_between_windows_nobody_is_dismissed():
    weeks = simulate(compose(LOWEST), seed=5).weeks["dismissed"]
    np.testing.assert_array_equal(np.flatnonzero(weeks), np.arange(3, 24, 4))


def test_who_leaves_by_themselves_is_not_dismissed_besides():
    everybody = ["people.quit_hazard=1", "people.quit_sensitivity=0"]
    _, after, outcomes = last_week(*everybody)
    assert outcomes["leavers"] == 1.0
    assert outcomes["dismissed"] == 0.0
    assert (after["generation"] == 4).all()


def test_those_who_go_lose_the_job_and_their_replacement_costs():
    before, after, outcomes = last_week("dismissal.loss=100")
    spared = last_week("dismissal.loss=0")[2]
    gone = after["generation"] == 1
    lost = 10.0 * before["ambition"][gone].sum() / 60
    feared = last_week("dismissal.loss=100", "dismissal.share=0.1")[2]
    assert feared == outcomes
    reward = after["reward"]
    np.testing.assert_allclose(reward[gone], -10.0 * before["ambition"][gone])
    assert not reward[~gone].any()
    assert spared["welfare"] - outcomes["welfare"] > 0.5 * lost
    a_year = 520 * 385.0 * 0.21
    assert outcomes["replacement_cost"] == pytest.approx(0.1 * a_year)


def test_skill_drains_by_all_who_go():
    before, after, outcomes = last_week()
    gone = after["generation"] == 1
    drain = 0.1 * (before["skill"][gone].mean() - before["skill"].mean())
    assert outcomes["skill_drain"] == pytest.approx(drain)
    assert drain < 0.0


def test_the_chance_to_stay_is_one_half_at_the_cut():
    part = as_record(Dismissal(share=0.1, loss=80.0))
    seen = Outlook(score=5.0, sigma=1.0, half_days=40, discount=0.5)
    keen = Person(ambition=2.0, status=1.0, suspicion=0.0)
    found = dismissal.worth(part, keen, seen, 5.0, 0.3)
    assert found == pytest.approx(0.5 * 2.0 * 80.0 * 0.5)


def test_people_foresee_it():
    words = ["dismissal.measure=tokens", "dismissal.weeks=2", "dismissal.share=0.3"]
    calm, afraid = (
        simulate(compose([*LOWEST, *words, f"dismissal.loss={loss}"]), seed=5).weeks
        for loss in (0, 150)
    )
    assert afraid["reported_tokens"].mean() > 1.1 * calm["reported_tokens"].mean()
    assert afraid["padding_share"].mean() > calm["padding_share"].mean()


def test_the_next_person_is_the_same_as_after_a_leaver():
    gone = simulate(compose(LOWEST), seed=5).employees
    left = simulate(compose([*SIZE, "people.quit_hazard=0.05"]), seed=5).employees
    same = (gone["generation"] == 1) & (left["generation"] == 1)
    assert same.any()
    for name in ("skill", "ambition", "conscience", "ceiling"):
        np.testing.assert_array_equal(gone[name][same], left[name][same], name)


def test_threads_change_nothing():
    scenario = compose([*LOWEST, "people.quit_hazard=0.02"])
    one, three = (simulate(scenario, 5, threads=threads) for threads in (1, 3))
    for name in NAMES:
        np.testing.assert_array_equal(one.weeks[name], three.weeks[name], name)


def test_at_least_one_goes_and_a_firm_of_one_replaces_its_only_person():
    few = simulate(compose([*LOWEST, "dismissal.share=0.001"]), seed=5)
    assert few.weeks["dismissed"].sum() == pytest.approx(6 / 60)
    alone = simulate(compose([*LOWEST, "organisation.employees=1"]), seed=5)
    assert alone.employees["generation"].tolist() == [6]
