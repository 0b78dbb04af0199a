"""Turnover: who leaves, who comes, and what stays with the slot."""

import math

import numpy as np
import pytest

from experiments import compose
from model import People, Scenario, Simulation, Workplace, simulate
from model.outcomes import NAMES
from model.parameters import as_record
from model.simulation import WARM_UP
from model.turnover import FIRST_WEEKS, hazard
from model.workforce import EMPLOYEE

SIZE = ["organisation.employees=60", "weeks=40"]
STAYING = "people.quit_hazard=0"
LEAVING = [
    *("people.quit_hazard=0.03", "people.quit_sensitivity=3"),
    "people.quit_skill=1.3",
]
TRAITS = (
    *("skill", "productivity", "ambition", "status", "conscience", "reluctance"),
    *("ceiling", "gain", "intensity", "padding_intensity", "never_gamer", "suspicious"),
)


def run(*words):
    return simulate(compose([*SIZE, *LEAVING, *words]), seed=4)


def person(**values):
    row = np.zeros(1, EMPLOYEE)
    for name, value in values.items():
        row[name] = value
    return row[0]


@pytest.fixture(scope="module")
def arms():
    return run("scheme=voluntary"), run("scheme=everything_at_once")


def test_the_chance_to_leave_is_a_product_of_what_moves_it():
    people = as_record(People(quit_hazard=0.01, quit_sensitivity=4.0))
    factors = math.log(1.3), math.log(1.5)
    assert hazard(person(), people, *factors) == 0.01
    state = {"skill": 2.0, "exhaustion": 0.5, "welfare_usual": 0.6, "welfare_late": 0.4}
    found = hazard(person(**state), people, *factors)
    expected = 0.01 * math.exp(4.0 * 0.2) * 1.3**2 * 1.5**0.5
    assert found == pytest.approx(expected, rel=1e-12)
    better_off = person(welfare_usual=0.4, welfare_late=0.6)
    found = hazard(better_off, people, *factors)
    assert found == pytest.approx(0.01 * math.exp(-0.8))


def test_what_decides_who_leaves_has_no_effect_where_nobody_does():
    stay = [*SIZE, "scheme=everything_at_once", STAYING]
    plain = simulate(compose(stay), seed=4)
    never = ["people.quit_sensitivity=5", "people.quit_skill=2"]
    never += ["people.quit_exhaustion=2", "organisation.replacement=1"]
    other = simulate(compose([*stay, *never]), seed=4)
    for name in NAMES:
        np.testing.assert_array_equal(plain.weeks[name], other.weeks[name], name)
    for name, column in plain.employees.items():
        np.testing.assert_array_equal(column, other.employees[name], name)
    assert not plain.weeks["leavers"].any()
    assert not plain.weeks["replacement_cost"].any()
    assert (plain.employees["generation"] == 0).all()


def test_the_nth_person_of_a_slot_is_the_same_under_every_scheme(arms):
    one, other = (arm.employees for arm in arms)
    same = one["generation"] == other["generation"]
    assert (one["generation"][same] > 0).any()
    assert (~same).any()
    for name in TRAITS:
        np.testing.assert_array_equal(one[name][same], other[name][same], name)
    assert (one["skill"][~same] != other["skill"][~same]).all()


def test_the_people_of_a_slot_are_the_same_in_a_larger_firm(arms):
    larger = run("scheme=voluntary", "organisation.employees=90")
    one, other = arms[0].employees, larger.employees
    same = one["generation"] == other["generation"][:60]
    assert (one["generation"][same] > 0).any()
    for name in TRAITS:
        np.testing.assert_array_equal(one[name][same], other[name][:60][same], name)


def test_those_who_come_are_like_those_who_are_hired_first():
    people = People(quit_hazard=1.0, quit_sensitivity=0.0)
    simulation = Simulation(
        Scenario(organisation=Workplace(employees=4000), people=people)
    )
    first = simulation.staff.copy()
    simulation.step()
    others = simulation.staff
    assert (others["generation"] == 1).all()
    assert abs(np.corrcoef(first["skill"], others["skill"])[0, 1]) < 0.07
    for name in ("skill", "ambition", "conscience", "ceiling", "never_gamer"):
        apart = others[name].mean() - first[name].mean()
        error = math.sqrt(2.0 / 4000) * first[name].std()
        assert abs(apart) < 4.5 * error, name


def test_nobody_leaves_in_the_warm_up_which_makes_what_is_usual():
    assert FIRST_WEEKS == WARM_UP
    everybody = ["people.quit_hazard=1", "people.quit_sensitivity=0"]
    scenario = compose([*SIZE, *everybody])
    simulation = Simulation(scenario)
    assert (simulation.staff["generation"] == 0).all()
    assert (simulation.staff["tenure"] == WARM_UP).all()
    assert (simulation.staff["welfare_usual"] != 0.0).all()
    simulation.step()
    assert (simulation.staff["generation"] == 1).all()


def test_habits_go_with_a_person_and_work_stays_with_the_slot():
    words = ["people.quit_hazard=0.2", "organisation.demand=1.2"]
    scenario = compose([*SIZE, "scheme=monthly_minimum", *LEAVING, *words])
    stays, leaves = Simulation(scenario), Simulation(scenario)
    for simulation in (stays, leaves):
        for _ in range(6):
            simulation.step()
    stays.scenario = scenario.varied(people=People(quit_hazard=0.0))
    for simulation in (stays, leaves):
        simulation.step()
    new = leaves.staff["tenure"] == 0
    assert 0 < new.sum() < 60
    for name in ("backlog", "rework", "so_far", "rate", "cell", "edges", "output"):
        np.testing.assert_array_equal(leaves.staff[name], stays.staff[name], name)
    newcomers = leaves.staff[new]
    for name in ("norm", "exhaustion", "strain", "welfare_late", "welfare_sum"):
        assert not newcomers[name].any(), name
    for name in EMPLOYEE.names:
        if name.startswith(("habit", "pace")) and name != "pace_output":
            assert not newcomers[name].any(), name
    np.testing.assert_array_equal(newcomers["pace_output"], newcomers["productivity"])
    np.testing.assert_array_equal(
        leaves.staff[~new]["skill"], stays.staff[~new]["skill"]
    )


def test_the_books_know_everybody_who_left(arms):
    for arm in arms:
        left = arm.weeks["leavers"].sum() * 60
        assert left == pytest.approx(arm.employees["generation"].sum())
        workplace = arm.scenario.organisation
        a_year = 520 * workplace.half_day_value * workplace.replacement
        cost = arm.weeks["replacement_cost"]
        np.testing.assert_allclose(cost, arm.weeks["leavers"] * a_year)
        worth = workplace.half_day_value * arm.weeks["output"]
        spent = arm.weeks["spend"] + arm.weeks["running_cost"] + cost
        np.testing.assert_allclose(arm.weeks["net_value"], worth - spent)


def test_without_leavers_tenure_grows_by_the_week():
    weeks = simulate(compose([*SIZE, STAYING])).weeks["tenure"]
    np.testing.assert_array_equal(weeks, WARM_UP + 1.0 + np.arange(40.0))


def test_more_leave_where_a_minimum_is_out_of_reach_if_they_care():
    def leavers(*words):
        arm = run("organisation.employees=400", "people.quit_hazard=0.01", *words)
        return arm.weeks["leavers"].mean()

    pressed = ["quota.penalty=0.2", "quota.amount=1e6", "quota.weeks=1"]
    assert leavers("people.quit_sensitivity=0") == pytest.approx(
        leavers("people.quit_sensitivity=0", *pressed), rel=0.1
    )
    cared = "people.quit_sensitivity=5"
    assert leavers(cared, *pressed) > 1.5 * leavers(cared)


def test_where_the_skilled_leave_skill_drains():
    arm = run("organisation.employees=1000", "people.quit_skill=1.6")
    assert arm.weeks["skill_drain"].mean() > 0.0
    assert arm.weeks["skill"][-1] < arm.weeks["skill"][0]
