"""The Mesa face: the engine's numbers, agents that are views, nothing that leaks."""

import copy
import gc
import pickle
import subprocess
import sys
import weakref

import mesa
import numpy as np
import pytest

from model import (
    Audit,
    Budget,
    Guidance,
    Leaderboard,
    Measure,
    Organisation,
    Participation,
    Phase,
    Planning,
    Quota,
    Review,
    Scenario,
    Scheme,
    Simulation,
    Technology,
    Workplace,
    simulate,
)
from model.explanation import LARGEST_FACTOR
from model.incentive import Scope
from model.organisation import SETTABLE, Employee, Principal, Team
from model.outcomes import NAMES
from model.outlook import Activity
from model.principal import plan_budget
from model.scenario import INCENTIVES
from model.workforce import EMPLOYEE

SEED, REPLICATE = 7, 3
EMPLOYEES, WEEKS, SWITCH = 44, 30, 9  # the last team has four members
REWARDED = {
    "quota": Quota(penalty=0.15, shame=0.1, visible=True),
    "leaderboard": Leaderboard(status=0.15, scope=Scope.TEAM),
    "review": Review(weight=0.4, visible=True),
}
HARDER = Scheme(quota=Quota(amount=200.0, penalty=0.3), audit=Audit(probability=0.1))
PLAIN = Scenario(
    organisation=Workplace(employees=EMPLOYEES),
    technology=Technology(chore_worth=0.65, task_sd=0.5),
    weeks=WEEKS,
)
SCENARIO = PLAIN.varied(
    **REWARDED, timeline=(Phase(week=SWITCH, scheme=Scheme(review=Review())),)
)


def organisation(weeks=0, scenario=SCENARIO):
    made = Organisation(scenario, seed=SEED, replicate=REPLICATE)
    for _ in range(weeks):
        made.step()
    return made


def collected(made):
    return made.datacollector.get_model_vars_dataframe()


def assert_same_rows(made, other):
    for name in EMPLOYEE.names:
        np.testing.assert_array_equal(
            made.simulation.staff[name], other.simulation.staff[name], err_msg=name
        )


@pytest.fixture(scope="module")
def run():
    return simulate(SCENARIO, seed=SEED, replicate=REPLICATE, record=["activity"])


@pytest.fixture(scope="module")
def finished():
    return organisation(WEEKS)


@pytest.fixture
def fresh():
    return organisation()


# The same numbers


def test_stepping_gives_the_numbers_of_simulate(run, finished):
    table = collected(finished)
    assert tuple(table.columns) == NAMES
    for name in NAMES:
        np.testing.assert_array_equal(table[name], run.weeks[name], err_msg=name)
    for name, column in run.employees.items():
        np.testing.assert_array_equal(finished.simulation.staff[name], column)


@pytest.mark.parametrize("looks", [[0], [SWITCH], [WEEKS], [0, 1, 2, SWITCH, WEEKS]])
def test_looking_at_the_agents_changes_no_number(run, looks):
    made = organisation()
    for week in range(WEEKS + 1):
        if week in looks:
            made.agents.shuffle_do("step")
            assert len(made.agents.get("skill")) == EMPLOYEES
            _ = made.employees[5].explain(), made.teams[2].standing
            _ = made.principal.dashboard, made.principal.targets
        if week < WEEKS:
            made.step()
    for name in NAMES:
        np.testing.assert_array_equal(collected(made)[name], run.weeks[name])


def test_run_model_stops_at_the_horizon(run):
    made = organisation()
    made.run_model()
    assert (made.week, made.steps) == (WEEKS, WEEKS)
    assert made.outcomes == {name: run.weeks[name][-1] for name in NAMES}


def test_before_the_first_step_there_are_no_outcomes(fresh):
    assert fresh.week == 0
    assert np.isnan([*fresh.outcomes.values()]).all()


def test_own_reporters_can_be_collected():
    made = organisation()
    made.datacollector = mesa.DataCollector(
        agent_reporters={"savvy": "savvy"},
        agenttype_reporters={Team: {"active": "active_share"}},
    )
    made.step()
    people = made.datacollector.get_agent_vars_dataframe()
    np.testing.assert_array_equal(people["savvy"], made.simulation.staff["savvy"])
    assert [*people.index.get_level_values("AgentID")] == [*range(1, EMPLOYEES + 1)]
    teams = made.datacollector.get_agenttype_vars_dataframe(Team)
    assert [*teams["active"]] == [team.active_share for team in made.teams]


# Another scheme while it runs


def test_adopting_a_scheme_is_a_phase_of_the_timeline():
    foreseen = PLAIN.varied(**REWARDED, timeline=(Phase(week=SWITCH, scheme=HARDER),))
    made = organisation(SWITCH, PLAIN.varied(**REWARDED))
    made.adopt(HARDER)
    made.run_model()
    other = organisation(WEEKS, foreseen)
    assert collected(made).equals(collected(other))
    assert_same_rows(made, other)


def test_adopting_the_scheme_in_force_changes_nothing(finished):
    made = organisation(5)
    made.adopt(made.scheme)
    made.run_model()
    assert collected(made).equals(collected(finished))


def test_what_is_adopted_wins_over_the_phase_of_the_same_week():
    made = organisation(SWITCH)
    made.adopt(HARDER)
    assert made.scheme == HARDER
    made.run_model()
    other = organisation(SWITCH, PLAIN.varied(**REWARDED))
    other.adopt(HARDER)
    other.run_model()
    np.testing.assert_array_equal(
        collected(made)["padding_share"], collected(other)["padding_share"]
    )


def test_later_phases_still_come():
    made = organisation(3)
    made.adopt(HARDER)
    assert [made.scheme_of(week) for week in (-1, 0, 2, 3)] == [
        Scheme(),
        SCENARIO.scheme,
        SCENARIO.scheme,
        HARDER,
    ]
    made.run_model()
    assert made.scheme == SCENARIO.timeline[0].scheme


def test_a_scheme_that_does_not_fit_is_refused():
    made = organisation(1, Scenario(organisation=Workplace(employees=8), weeks=26))
    with pytest.raises(ValueError, match=r"review.weeks is 52, longer than the run"):
        made.adopt(Scheme(review=Review(weight=0.5, weeks=52)))
    with pytest.raises(TypeError, match="'quota' is not a Scheme"):
        made.adopt("quota")
    assert made.scheme == Scheme()


def test_a_whole_scenario_can_be_adopted_as_a_scheme(fresh):
    fresh.adopt(PLAIN.varied(**REWARDED))
    assert fresh.scheme == SCENARIO.scheme


# Agents are views


def test_agents_are_made_when_somebody_looks(monkeypatch):
    counted = []
    register = mesa.Model.register_agent
    monkeypatch.setattr(
        mesa.Model,
        "register_agent",
        lambda model, agent: (counted.append(agent), register(model, agent)),
    )
    made = organisation(3)
    assert not counted
    _ = made.principal
    assert len(counted) == 1
    teams = -(-EMPLOYEES // 8)
    for _ in range(3):
        assert len(made.agents) == EMPLOYEES
        assert len(counted) == EMPLOYEES + teams + 1


def test_every_column_is_an_attribute_of_every_employee(finished):
    staff = finished.simulation.staff
    for name in EMPLOYEE.names:
        values = finished.agents.get(name)
        if EMPLOYEE[name].shape:
            assert [*values[0]] == [*INCENTIVES, "review_output", "headline"]
            values = [[*value.values()] for value in values]
        else:
            assert type(values[0]) in (float, int, bool)
        np.testing.assert_array_equal(values, staff[name], err_msg=name)


def test_agents_work_as_an_agent_set(finished):
    staff = finished.simulation.staff
    agents = finished.agents
    assert agents.agg("output", np.mean) == pytest.approx(finished.outcomes["output"])
    assert agents.agg("skill", [min, max]) == [
        staff["skill"].min(),
        staff["skill"].max(),
    ]
    skilled = agents.select(lambda employee: employee.skill > 0)
    assert [e.row for e in skilled] == [*np.flatnonzero(staff["skill"] > 0)]
    assert [e.row for e in agents.select(at_most=3)] == [0, 1, 2]
    best = next(iter(agents.sort("score")))
    assert best.score == staff["score"].max()
    by_kind = agents.groupby("never_gamer").count()
    assert by_kind[True] == staff["never_gamer"].sum()
    assert [e.unique_id for e in agents] == [*range(1, EMPLOYEES + 1)]


def test_agents_are_grouped_by_team(finished):
    groups = finished.agents.groupby("team")
    means = groups.agg("output", np.mean)
    assert [*means] == finished.teams
    for team, members in groups:
        assert [*members] == [*team.members]
        assert len(members) == len(team)
        assert all(member.team is team for member in members)
    assert [len(team) for team in finished.teams] == [8, 8, 8, 8, 8, 4]


def test_each_kind_of_agent_has_its_set(finished):
    assert set(finished.agent_types) == {Employee, Team, Principal}
    assert [*finished.agents_by_type[Employee]] == finished.employees
    assert [*finished.agents_by_type[Team]] == finished.teams
    assert [*finished.agents_by_type[Principal]] == [finished.principal]
    ids = [
        agent.unique_id
        for kind in (Employee, Team, Principal)
        for agent in finished.agents_by_type[kind]
    ]
    assert ids == [*range(1, len(ids) + 1)]


def test_the_order_of_looking_does_not_matter(fresh):
    assert fresh.principal.unique_id == EMPLOYEES + 7
    assert fresh.teams[0].unique_id == EMPLOYEES + 1
    assert fresh.employees[0].unique_id == 1


def test_agents_print_what_they_are(finished):
    shown = [repr(finished.employees[3]), repr(finished.teams[1])]
    assert shown == ["Employee(3)", "Team(1)"]
    assert repr(finished.principal) == "Principal()"


def test_nobody_leaves(fresh):
    with pytest.raises(NotImplementedError, match="every slot is filled"):
        fresh.employees[0].remove()
    assert len(fresh.agents) == EMPLOYEES


# Setting


@pytest.mark.parametrize("name", SETTABLE)
def test_a_trait_that_is_set_is_a_cell_of_the_staff(name, fresh):
    employee = fresh.employees[4]
    value = not getattr(employee, name) if EMPLOYEE[name] == np.bool_ else 0.25
    before = fresh.simulation.staff.copy()
    setattr(employee, name, value)
    assert getattr(employee, name) == value
    assert fresh.simulation.staff[name][4] == value
    others = np.arange(EMPLOYEES) != 4
    np.testing.assert_array_equal(
        fresh.simulation.staff[name][others], before[name][others]
    )


@pytest.mark.parametrize("name", sorted(set(EMPLOYEE.names) - {*SETTABLE}))
def test_what_follows_from_something_else_is_refused(name, fresh):
    before = fresh.simulation.staff.copy()
    with pytest.raises(AttributeError, match=f"{name} follows from .* cannot be set"):
        fresh.agents.set(name, 1.0)
    assert (fresh.simulation.staff == before).all()


def test_names_that_nobody_has_are_refused(fresh):
    with pytest.raises(AttributeError, match="an employee has no 'skil'"):
        fresh.agents.set("skil", 1.0)
    with pytest.raises(AttributeError, match="skil"):
        fresh.agents.get("skil")


@pytest.mark.parametrize(
    ("name", "value", "error", "message"),
    [
        ("savvy", 1.5, ValueError, "savvy is 1.5; choose 0 to 1"),
        ("backlog", -1, ValueError, "backlog is -1; choose 0 to 3"),
        ("belief", float("nan"), ValueError, "belief is nan"),
        ("conscience", float("inf"), ValueError, "conscience is inf"),
        ("skill", "high", TypeError, "skill is 'high'; choose a number"),
        ("skill", True, TypeError, "skill is True; choose a number"),
        ("skill", None, TypeError, "skill is None; choose a number"),
        ("never_gamer", 1, TypeError, "never_gamer is 1; choose True or False"),
        ("proficiency", 1.0, ValueError, "above this person's ceiling"),
    ],
)
def test_bad_values_are_refused(name, value, error, message, fresh):
    before = fresh.simulation.staff.copy()
    with pytest.raises(error, match=message):
        setattr(fresh.employees[0], name, value)
    assert (fresh.simulation.staff == before).all()


def test_productivity_and_gain_follow_skill_and_tokens(fresh):
    first, second = fresh.employees[0], fresh.employees[1]
    first.skill, first.intensity = second.skill, second.intensity
    assert first.productivity == second.productivity
    assert first.gain == second.gain


def test_proficiency_stays_below_the_ceiling(fresh):
    fresh.agents.set("ceiling", 0.1)
    assert fresh.agents.agg("proficiency", max) <= 0.1


def test_traits_that_are_set_change_what_happens(finished):
    made = organisation(3)
    made.agents.select(lambda employee: not employee.never_gamer).set("conscience", 0.0)
    made.step()
    padding = collected(made)["padding_share"]
    assert padding[3] > 2.0 * collected(finished)["padding_share"][3]


def test_never_gamers_by_hand_never_pad():
    made = organisation(1)
    made.agents.set("never_gamer", True)
    made.step()
    assert made.outcomes["padding_share"] == 0.0


# Why somebody chose


def explained(made, week=None):
    return [e for employee in made.employees for e in employee.explain(week)]


@pytest.fixture(scope="module")
def half_days(finished):
    """All half-days of everybody in two past weeks and the coming one."""
    weeks = (2, SWITCH, WEEKS)
    people = finished.employees[::4]
    return [e for week in weeks for person in people for e in person.explain(week)]


def test_the_chances_are_those_of_the_terms(half_days):
    tau = SCENARIO.people.choice_noise
    for day in half_days:
        assert sum(day.probabilities.values()) == pytest.approx(1.0, rel=1e-12)
        odds = day.probabilities["genuine"] / day.probabilities["manual"]
        gap = (day.payoffs["genuine"] - day.payoffs["manual"]) / tau
        assert np.log(odds) == pytest.approx(gap, abs=1e-9)


@pytest.mark.parametrize("week", [0, 1, SWITCH - 1, SWITCH, SWITCH + 1, WEEKS - 1])
def test_a_past_week_is_explained_as_it_was(week, run, finished):
    names = [activity.name.lower() for activity in Activity]
    for employee in finished.employees[::5]:
        told = [names.index(day.chosen) for day in employee.explain(week)]
        assert told == [*run.history("activity")[week, employee.row]]


def test_the_coming_week_comes_as_explained():
    made = organisation(4)
    told = explained(made)
    made.step()
    for employee in made.employees:
        days = told[10 * employee.row : 10 * employee.row + 10]
        for name in ("manual", "genuine", "trivial", "padding"):
            chosen = [day.chosen for day in days].count(name)
            assert chosen == getattr(employee, name)


def test_a_week_is_explained_alike_before_and_after_it():
    made = organisation(SWITCH)
    employee = made.employees[6]
    coming = employee.explain()
    assert made.scheme == SCENARIO.timeline[0].scheme
    made.step()
    made.step()
    assert employee.explain(SWITCH) == coming
    assert employee.explain(SWITCH, 3) == coming[3]
    assert employee.explain(half_day=9) == employee.explain(SWITCH + 2)[9]


def test_what_was_done_by_hand_is_replayed():
    made = organisation(2)
    made.agents.set("conscience", 0.2)
    made.employees[9].skill = 2.0
    made.step()
    made.adopt(HARDER)
    coming = [made.employees[9].explain(), made.employees[30].explain()]
    for _ in range(4):
        made.step()
    made.agents.set("conscience", 0.9)
    assert [made.employees[9].explain(3), made.employees[30].explain(3)] == coming


def test_the_terms_are_those_in_force(finished):
    before, after = (
        finished.employees[0].explain(0, 0),
        finished.employees[0].explain(20, 0),
    )
    assert {*before.flips} == {"review", "leaderboard", "quota", "review_output"}
    assert {*after.flips} == {"review", "review_output"}, "usage is still suspected"
    guided = PLAIN.varied(guidance=Guidance(conscience=0.3), budget=Budget(cap=1e6))
    flips = organisation(0, guided).employees[0].explain(0, 0).flips
    assert {*flips} == {"review_output"}
    for day in (before, after):
        own = {"own_value", "reluctance", "conscience"}
        assert {*day.terms} == {*day.flips} | own


def scaled(day, name, factor):
    """Payoffs if a term counted so many times, without what is not open."""
    return {
        activity: payoff + (factor - 1.0) * day.terms[name][activity]
        for activity, payoff in day.payoffs.items()
        if day.probabilities[activity] > 0.0
    }


def best(payoffs):
    return max(payoffs, key=payoffs.get)


def likely(day):
    """By logit choice, the best activity of those that are open."""
    return best(day.probabilities)


def test_a_flip_is_the_smallest_change_that_flips_the_choice(half_days):
    """Just before it nothing flips, just after it does."""
    found = 0
    for day in half_days:
        assert best(scaled(day, "review_output", 1.0)) == likely(day)
        for name, flip in day.flips.items():
            away = LARGEST_FACTOR if flip is None else abs(flip.factor - 1.0)
            for share in (0.25, 0.5, 0.9, 0.999):
                for side in (-1.0, 1.0):
                    factor = 1.0 + side * share * away
                    if 0.0 <= factor <= LARGEST_FACTOR:
                        assert best(scaled(day, name, factor)) == likely(day)
            if flip is not None:
                found += 1
                beyond = 1.0 + (flip.factor - 1.0) * (1.0 + 1e-6)
                assert best(scaled(day, name, beyond)) == flip.activity
    assert found > 20


def test_a_flip_is_that_of_the_weight_itself():
    """The penalty of a quota, multiplied by the factor, does flip the choice."""
    quota = Quota(penalty=0.1)
    made = organisation(4, PLAIN.varied(quota=quota))
    flips = [(e.row, e.explain(half_day=0)) for e in made.employees]
    flips = [(row, day) for row, day in flips if day.flips["quota"]]
    assert len(flips) > 3
    for row, day in flips:
        factor, activity = day.flips["quota"]
        for change, most in ((0.99, likely(day)), (1.01, activity)):
            twin = organisation(4, PLAIN.varied(quota=quota))
            weight = 0.1 * (1.0 + (factor - 1.0) * change)
            # The same state under another penalty; the open window goes on.
            scheme = PLAIN.varied(quota=Quota(penalty=max(weight, 1e-9)))
            made_so = Simulation(scheme, SEED, REPLICATE)
            made_so.staff[:] = twin.simulation.staff
            for name in made_so.published.dtype.names:
                made_so.published[name] = twin.simulation.published[name]
            made_so.week = 4
            chances = made_so.note(row, row + 1)["chances"][0, 0]
            assert Activity(chances.argmax()).name.lower() == most


def test_never_gamers_are_not_told_that_they_would_pad(half_days, finished):
    for day in half_days:
        if finished.employees[day.employee].never_gamer:
            assert day.probabilities["padding"] == 0.0
            flips = [flip for flip in day.flips.values() if flip]
            assert all(flip.activity != "padding" for flip in flips)


def test_an_explanation_can_be_read(finished):
    text = str(finished.employees[0].explain(0, 4))
    assert text.startswith("Employee 0, week 0, half-day 4: a task of suitability")
    activities = ("manual", "genuine", "trivial", "padding")
    for word in ("own_value", "quota", *activities, "best one"):
        assert word in text


@pytest.mark.parametrize(
    ("where", "message"),
    [
        ({"week": -1}, "week is -1; choose 0 to 2, the coming week"),
        ({"week": 3}, "week is 3; choose 0 to 2"),
        ({"half_day": 10}, "half_day is 10; choose 0 to 9"),
        ({"half_day": -1}, "half_day is -1"),
    ],
)
def test_moments_out_of_range_are_refused(where, message):
    with pytest.raises(ValueError, match=message):
        organisation(2).employees[0].explain(**where)


# Teams and the principal


def test_a_team_sees_its_members(finished):
    staff = finished.simulation.staff
    team = finished.teams[5]
    rows = staff[40:44]
    assert [member.row for member in team.members] == [40, 41, 42, 43]
    assert team.members.agg("skill", np.mean) == pytest.approx(rows["skill"].mean())
    assert team.active_share == np.mean(rows["days"] + rows["gestures"] > 0)


def test_the_standings_of_teams_are_their_order(finished):
    scores = [team.members.agg("score", np.mean) for team in finished.teams]
    ranks = np.argsort(np.argsort(scores))
    assert [team.standing for team in finished.teams] == pytest.approx(ranks / 5)


def test_a_team_without_others_stands_in_the_middle():
    alone = Scenario(
        organisation=Workplace(employees=3), weeks=2, review=Review(stake=0)
    )
    assert organisation(1, alone).teams[0].standing == 0.5


def test_the_dashboard_shows_what_was_reported(finished):
    seen = finished.principal.dashboard
    for name in ("reported_tokens", "active_share", "spend"):
        assert seen[name] == pytest.approx(finished.outcomes[name], rel=1e-12)
    staff = finished.simulation.staff
    assert seen["observed_output"] == pytest.approx(staff["observed"].mean())
    assert seen["score"] == pytest.approx(staff["score"].mean())


def test_the_dashboard_drops_what_the_filter_finds():
    filtered = PLAIN.varied(**REWARDED, measure=Measure(filter=0.8))
    made = organisation(3, filtered)
    assert made.outcomes["padded_tokens"] > 0.0
    assert made.principal.dashboard["reported_tokens"] == pytest.approx(
        made.outcomes["reported_tokens"], rel=1e-12
    )


def test_the_dashboard_counts_findings_right_and_wrong():
    made = organisation(3, PLAIN.varied(**REWARDED, audit=Audit(probability=1.0)))
    found = made.outcomes["audit_hits"] + made.outcomes["audit_false_hits"]
    assert found > 0.0
    assert made.principal.dashboard["audit_findings"] == pytest.approx(found)


def test_the_principal_knows_the_targets_as_the_ratchet_left_them():
    eager = PLAIN.varied(
        quota=Quota(amount=20.0, penalty=0.2),
        participation=Participation(target=0.5, penalty=0.1),
        principal=Planning(ratchet=1.0, step=0.1),
    )
    made = organisation(0, eager)
    assert made.principal.targets == pytest.approx(
        {"quota": 20.0, "participation": 0.5}
    )
    for _ in range(4):
        made.step()
    assert made.principal.targets["quota"] == pytest.approx(22.0)
    assert made.principal.targets["participation"] > 0.5
    made.adopt(Scheme(quota=Quota(amount=30.0, penalty=0.2)))
    assert made.principal.targets == pytest.approx({"quota": 30.0})
    made.adopt(Scheme())
    assert made.principal.targets == {}


def test_the_budget_is_planned_from_what_was_reported(finished):
    table = collected(finished)
    reported = table["reported_tokens"].mean()
    padding = table["padded_tokens"].mean()
    plan = finished.principal.plan_budget()
    assert plan == pytest.approx(
        plan_budget(reported, padding, SCENARIO, finished.week - 1)
    )
    with pytest.raises(RuntimeError, match="nothing is reported yet"):
        organisation().principal.plan_budget()


# Copies, neighbours and memory


@pytest.mark.parametrize("looked", [False, True])
@pytest.mark.parametrize(
    "duplicate", [copy.deepcopy, lambda m: pickle.loads(pickle.dumps(m))]
)
def test_a_copy_goes_on_identically(looked, duplicate, finished):
    made = organisation(SWITCH - 1)
    if looked:
        _ = made.agents
    twin = duplicate(made)
    for week in range(SWITCH - 1, WEEKS):
        if week == 12:
            assert twin.employees[3].model is twin
            assert [e.row for e in twin.agents] == [*range(EMPLOYEES)]
        twin.step()
    assert collected(twin).equals(collected(finished))
    assert_same_rows(twin, finished)
    assert made.week == SWITCH - 1
    assert twin.employees[3].explain(SWITCH) == finished.employees[3].explain(SWITCH)
    made.run_model()
    assert collected(made).equals(collected(finished))


def test_nothing_leaks_between_organisations(finished):
    made, neighbour = organisation(), organisation()
    _ = made.agents, neighbour.agents
    for _ in range(WEEKS):
        neighbour.agents.set("conscience", 0.0)
        neighbour.step()
        made.step()
        neighbour.adopt(HARDER)
    assert collected(made).equals(collected(finished))
    assert not collected(neighbour).equals(collected(finished))
    assert all(employee.model is made for employee in made.agents)


@pytest.mark.parametrize("looked", [False, True])
def test_an_organisation_that_is_dropped_is_freed(looked):
    made = organisation(2)
    if looked:
        _ = made.agents, made.teams[0].members, made.principal.dashboard
        _ = made.employees[0].explain(1)
    gone = weakref.ref(made)
    del made
    gc.collect()
    assert gone() is None


@pytest.mark.long
def test_ten_thousand_organisations_keep_memory_flat():
    script = """
import gc, resource, sys
from model import Organisation, Scenario, Workplace
scenario = Scenario(organisation=Workplace(employees=4), weeks=30)
def resident():
    gc.collect()
    with open("/proc/self/statm") as file:
        return int(file.read().split()[1]) * resource.getpagesize() / 2**20
for k in range(10_000):
    organisation = Organisation(scenario, seed=k)
    if k % 10 == 0:
        organisation.step()
        organisation.agents
    if k == 2_000:
        before = resident(), len(gc.get_objects())
print(resident() - before[0], len(gc.get_objects()) - before[1])
"""
    if not sys.platform.startswith("linux"):
        pytest.skip("reads the memory of a process as Linux tells it")
    told = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", script],
        capture_output=True,
        text=True,
        check=False,
    )
    assert told.returncode == 0, told.stderr
    memory, objects = map(float, told.stdout.split())
    assert memory < 16.0  # MiB; a model takes 0.03, so 8,000 would be 240
    assert objects < 200


def test_the_engine_does_not_import_mesa():
    script = """
import sys
import experiments, experiments.__main__, model
from model import Scenario, simulate
assert "mesa" not in sys.modules
assert "Organisation" in model.__all__
from model import Organisation
assert "mesa" in sys.modules
"""
    told = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=False
    )
    assert told.returncode == 0, told.stderr


def test_the_model_knows_no_other_names():
    import model

    with pytest.raises(AttributeError, match="has no attribute 'Organization'"):
        _ = model.Organization


def test_a_bad_seed_is_refused():
    with pytest.raises(ValueError, match="seed is -1"):
        Organisation(PLAIN, seed=-1)
