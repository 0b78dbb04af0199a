"""The Python interface: one run, many runs, phases, windows, ratchets and caps."""

from concurrent.futures import ThreadPoolExecutor
from importlib import import_module

import numpy as np
import pytest
from pydantic import ValidationError
from scipy.stats import spearmanr

from model import (
    Audit,
    Bonus,
    Budget,
    Job,
    Leaderboard,
    Measure,
    Participation,
    People,
    Phase,
    Planning,
    Quota,
    Review,
    Scenario,
    Scheme,
    Simulation,
    Technology,
    TopBoard,
    Workplace,
    simulate,
    simulate_many,
)
from model.incentive import Counted, Scope
from model.outcomes import NAMES
from model.scenario import HEADLINE, ROW
from model.simulate import RECORDS
from model.simulation import WARM_UP, WORLD, changed_rows
from model.week import advance
from model.workforce import CHUNK, EMPLOYEE, hire_all

module = import_module("model.simulate")  # model.simulate is the function
EMPLOYEES, WEEKS = 40, 27
MEASURED = ("score", "output")
SMALL = Workplace(employees=EMPLOYEES)
ALL_ACTS = {
    "people": People(effort=0.1),
    "technology": Technology(
        task_sd=0.5, chore_worth=0.65, dressing_most=0.3, gesture_minutes=2.0
    ),
}
PLAIN = Scenario(organisation=SMALL, weeks=WEEKS, **ALL_ACTS)
REWARDED = PLAIN.varied(
    leaderboard=Leaderboard(status=0.2), quota=Quota(penalty=0.2, shame=0.1)
)
QUOTA, PARTICIPATION, BUDGET, BONUS = (
    getattr(ROW, name) for name in ("quota", "participation", "budget", "bonus")
)


def stepped(scenario, weeks=0, **kwargs):
    simulation = Simulation(scenario, **kwargs)
    for _ in range(weeks):
        simulation.step()
    return simulation


def assert_same_weeks(run, other, weeks=slice(None)):
    for name in NAMES:
        np.testing.assert_array_equal(
            run.weeks[name][weeks], other.weeks[name][weeks], err_msg=name
        )


# One run


def test_a_run_has_a_number_for_every_outcome_and_week():
    run = simulate(PLAIN)
    assert tuple(run.weeks) == NAMES
    for name, column in run.weeks.items():
        assert column.shape == (WEEKS,), name
        assert column.dtype == np.float64, name


def test_a_run_has_every_trait_and_state_of_everybody():
    run = simulate(PLAIN)
    scalars = {name for name in EMPLOYEE.names if EMPLOYEE[name].shape == ()}
    assert run.employees.keys() == scalars
    assert scalars >= {"skill", "conscience", "never_gamer", "proficiency", "savvy"}
    assert scalars >= {"score", "output", "trivial_tokens", "padded_tokens"}
    for name, column in run.employees.items():
        assert column.shape == (EMPLOYEES,), name


def test_a_run_remembers_its_scenario_seed_and_replicate():
    run = simulate(PLAIN, seed=5, replicate=7)
    assert (run.scenario, run.seed, run.replicate) == (PLAIN, 5, 7)


def test_a_history_has_the_declared_types_and_shapes():
    run = simulate(REWARDED, record=list(RECORDS))
    for name, kind in RECORDS.items():
        column = run.history(name)
        assert column.dtype == kind, name
        shape = (WEEKS, EMPLOYEES) + ((10,) if name == "activity" else ())
        assert column.shape == shape, name


def test_the_columns_of_a_history_agree_with_each_other_and_with_the_run():
    run = simulate(REWARDED, record=list(RECORDS))
    activity = run.history("activity")
    for code, name in enumerate(("manual", "genuine", "trivial", "padding")):
        np.testing.assert_array_equal(
            (activity == code).sum(axis=2), run.history(name), err_msg=name
        )
        share = run.history(name).sum(axis=1) / (10.0 * EMPLOYEES)
        np.testing.assert_allclose(run.weeks[f"{name}_share"], share, rtol=1e-12)
    tokens = ("genuine_tokens", "trivial_tokens", "padded_tokens")
    for name in ("output", *tokens, "dressing"):
        mean = run.history(name).mean(axis=1)
        np.testing.assert_allclose(run.weeks[name], mean, rtol=1e-12, err_msg=name)
    for name in ("score", "output", *tokens, "dressing"):
        np.testing.assert_array_equal(run.history(name)[-1], run.employees[name])


def test_recording_changes_nothing():
    assert_same_weeks(simulate(REWARDED), simulate(REWARDED, record=list(RECORDS)))


def test_what_was_not_recorded_is_refused_by_name():
    run = simulate(PLAIN, record=["score"])
    with pytest.raises(KeyError, match=r"output was not recorded.*record=\['output'\]"):
        run.history("output")


@pytest.mark.parametrize("name", ["scores", "savvy", ""])
def test_an_unknown_record_is_refused_with_what_is_allowed(name):
    with pytest.raises(ValueError, match=r"cannot record .*activity, manual, genuine"):
        simulate(PLAIN, record=[name])


@pytest.mark.parametrize("seed", [-1, 2**63])
def test_a_seed_that_does_not_fit_is_refused(seed):
    with pytest.raises(ValueError, match=f"seed is {seed}"):
        simulate(PLAIN, seed=seed)


@pytest.mark.parametrize("replicate", [-1, 2**32])
def test_a_replicate_that_does_not_fit_is_refused(replicate):
    with pytest.raises(ValueError, match=f"replicate is {replicate}"):
        simulate(PLAIN, replicate=replicate)


@pytest.mark.parametrize("seed", [1.5, "1", None])
def test_a_seed_that_is_no_whole_number_is_refused(seed):
    with pytest.raises((TypeError, ValueError), match="seed"):
        simulate(PLAIN, seed=seed)


def test_a_whole_number_of_numpy_is_a_seed_like_any_other():
    """It must not compile the model anew for its type."""
    known = len(advance.signatures), len(hire_all.signatures)
    for kind in (np.int32, np.uint64):
        assert_same_weeks(
            simulate(PLAIN, seed=kind(3), replicate=kind(2)),
            simulate(PLAIN, seed=3, replicate=2),
        )
    assert (len(advance.signatures), len(hire_all.signatures)) == known


def test_the_largest_seed_and_replicate_run():
    run = simulate(PLAIN, seed=2**63 - 1, replicate=2**32 - 1)
    assert np.all(np.isfinite(run.weeks["output"]))


def test_seed_and_replicate_change_the_people():
    skills = [
        tuple(simulate(PLAIN, seed=seed, replicate=replicate).employees["skill"])
        for seed, replicate in ((1, 0), (2, 0), (1, 1))
    ]
    assert len(set(skills)) == 3


def test_the_same_run_twice_is_the_same():
    assert_same_weeks(simulate(REWARDED, seed=3), simulate(REWARDED, seed=3))


def test_a_week_is_the_same_whether_stepped_or_run():
    run = simulate(REWARDED, seed=4)
    simulation = Simulation(REWARDED, seed=4)
    for t in range(WEEKS):
        assert simulation.week == t
        outcomes = simulation.step()
        np.testing.assert_array_equal(outcomes, [run.weeks[n][t] for n in NAMES])


def test_the_outcomes_of_a_week_stay_when_the_next_one_passes():
    simulation = Simulation(REWARDED)
    first = simulation.step()
    kept = first.copy()
    simulation.step()
    np.testing.assert_array_equal(first, kept)


def test_many_runs_come_in_the_order_of_the_jobs():
    jobs = [Job(PLAIN, 1, replicate) for replicate in range(7)]
    runs = list(simulate_many(jobs, threads=2))
    assert [run.replicate for run in runs] == list(range(7))
    for run in runs:
        assert_same_weeks(run, simulate(PLAIN, 1, run.replicate))


def test_many_runs_may_be_left_early():
    runs = simulate_many((Job(PLAIN, 1, k) for k in range(1000)), threads=2)
    assert next(runs).replicate == 0
    runs.close()


def test_no_jobs_give_no_runs():
    assert list(simulate_many([])) == []


def test_a_mistake_in_one_of_many_jobs_is_raised():
    with pytest.raises(ValueError, match="seed is -1"):
        list(simulate_many([Job(PLAIN), Job(PLAIN, seed=-1)]))


def test_a_look_at_the_coming_week_changes_nothing():
    looked, plain = stepped(REWARDED, 5), stepped(REWARDED, 5)
    looked.note(0, EMPLOYEES)
    np.testing.assert_array_equal(looked.staff, plain.staff)
    np.testing.assert_array_equal(looked.step(), plain.step())


def test_a_look_shows_what_people_then_do():
    simulation = stepped(REWARDED, 5)
    activities = simulation.record_activities()
    notes = simulation.note(3, 9)
    simulation.step()
    np.testing.assert_array_equal(notes["activities"], activities[3:9])


# Large organisations

LARGE = 2 * CHUNK + 5


def large(employees):
    """Three weeks under all incentives, with windows that end in them."""
    return Scenario(
        organisation=Workplace(employees=employees),
        leaderboard=Leaderboard(status=0.2),
        top_board=TopBoard(prize=0.1),
        quota=Quota(penalty=0.2, amount=20.0, weeks=2),
        participation=Participation(penalty=0.1, scope=Scope.TEAM),
        audit=Audit(probability=0.1, top_share=0.1, weeks=2),
        principal=Planning(ratchet=0.5),
        review=Review(weeks=3),
        weeks=3,
    )


@pytest.mark.parametrize("employees", [1, 2, 9, CHUNK, CHUNK + 1, LARGE])
def test_threads_change_no_bit_of_people_tables_and_outcomes(employees):
    scenario = large(employees)
    plain = Simulation(scenario, seed=2)
    outcomes = [plain.step().tobytes() for _ in range(3)]
    for threads in (2, 3, 7):
        with ThreadPoolExecutor(threads) as pool:
            shared = Simulation(scenario, 2, 0, pool, threads)
            assert [shared.step(pool, threads).tobytes() for _ in range(3)] == outcomes
        assert shared.staff.tobytes() == plain.staff.tobytes()
        assert shared.published.tobytes() == plain.published.tobytes()


def test_a_large_organisation_is_measured_like_a_small_one():
    """Sums over chunks are sums over everybody."""
    staying = large(LARGE).varied(people=People(quit_hazard=0.0))
    simulation = Simulation(staying, seed=2)
    week = dict(zip(NAMES, simulation.step().tolist(), strict=True))
    staff = simulation.staff
    honest = staff["genuine_tokens"] + staff["trivial_tokens"]
    tokens = honest + staff["padded_tokens"]
    active = staff["days"] + staff["gestures"] > 0
    with_ai = staff["genuine"] + staff["trivial"]
    means = {
        "genuine_tokens": staff["genuine_tokens"],
        "trivial_tokens": staff["trivial_tokens"],
        "padded_tokens": staff["padded_tokens"],
        "active_share": active,
        "gesture_share": staff["gestures"] > 0,
        "manual_share": staff["manual"] / 10.0,
        "genuine_share": staff["genuine"] / 10.0,
        "misuse_share": staff["misuse"] / 10.0,
        "trivial_share": staff["trivial"] / 10.0,
        "padding_share": staff["padding"] / 10.0,
        "output": staff["output"],
        "output_manual": staff["by_hand"],
        "output_gain": staff["gained"],
        "output_misuse": staff["misused"],
        "output_trivial": staff["by_chores"],
        "output_padding": staff["padded"],
        "output_dressing": staff["wasted"],
        "effort": staff["effort"],
        "dressing": staff["dressing"],
        "backlog": staff["backlog"],
        "strain": staff["lost_to_strain"],
        "proficiency": staff["proficiency"],
        "savvy": staff["savvy"],
        "norm": staff["norm"],
        "audit_hits": staff["hits"],
        "audit_false_hits": staff["false_hits"],
    }
    for name, column in means.items():
        assert week[name] == pytest.approx(column.mean(), rel=1e-11), name
    hollow = active & (with_ai == 0)
    only_trivial = (staff["trivial"] > 0) & (staff["genuine"] + staff["padding"] == 0)
    assert week["hollow_active_share"] == hollow.sum() / active.sum()
    assert week["trivial_active_share"] == only_trivial.sum() / active.sum()
    spearman = spearmanr(staff["score"], staff["output"]).statistic
    assert week["score_validity"] == pytest.approx(spearman, rel=1e-9)
    best = [set(np.argsort(-staff[k], kind="stable")[: LARGE // 10]) for k in MEASURED]
    precision = len(best[0] & best[1]) / (LARGE // 10)
    assert week["top_decile_precision"] == precision
    gini = np.sort(tokens) @ (2.0 * np.arange(LARGE) - LARGE + 1) / tokens.sum() / LARGE
    assert week["token_gini"] == pytest.approx(gini, rel=1e-9)
    log_sd = np.log(tokens[tokens > 0.0]).std(ddof=1)
    assert week["token_log_sd"] == pytest.approx(log_sd, rel=1e-9)


def test_the_table_of_a_large_organisation_holds_everybody():
    simulation = stepped(large(LARGE), 2)
    row = ROW.leaderboard
    table = simulation.published["tables"][row]
    cells = simulation.staff["cell"][:, row]
    assert table[-1] == pytest.approx(LARGE, rel=1e-12)
    for node in range(0, len(table), 16):
        known = np.sum(cells <= node - 2), np.sum(cells <= node)
        assert known[0] - 1e-6 <= table[node] <= known[1] + 1e-6


# Warm-up


def test_all_schemes_share_the_warm_up():
    plain, rewarded = Simulation(PLAIN, seed=6), Simulation(REWARDED, seed=6)
    assert plain.week == rewarded.week == 0
    windows = {"so_far", "rate", "cell", "edges"}
    for name in set(EMPLOYEE.names) - windows:
        np.testing.assert_array_equal(
            plain.staff[name], rewarded.staff[name], err_msg=name
        )
    assert np.any(plain.staff["genuine"] > 0)


def test_the_warm_up_lasts_twelve_weeks_under_the_voluntary_scheme():
    assert WARM_UP == 12
    simulation = Simulation(REWARDED, seed=6)
    longer = Simulation(PLAIN, seed=6)
    paces = simulation.staff["pace_active"]
    np.testing.assert_array_equal(paces, longer.staff["pace_active"])
    assert np.all((paces >= 0.0) & (paces <= 0.1))


# A shared warm-up

ARMS = [
    PLAIN,
    REWARDED,
    PLAIN.varied(weeks=WEEKS + 3),
    PLAIN.varied(timeline=(Phase(week=9, scheme=REWARDED.scheme),)),
    PLAIN.varied(review=Review(weight=0.5, visible=True, weeks=13)),
]
"""Scenarios that differ in what follows the warm-up alone."""


@pytest.fixture
def warm_ups(monkeypatch):
    """Every warm-up that is made, with nothing kept from before."""
    made = []
    warm_up = Simulation._warm_up

    def counted(self, scenario, seed, replicate, *threads):
        made.append((scenario, seed, replicate))
        warm_up(self, scenario, seed, replicate, *threads)

    monkeypatch.setattr(Simulation, "_warm_up", counted)
    monkeypatch.setattr(module, "WARMED_UP", module.WarmedUp())
    return made


def test_arms_of_a_replicate_share_one_warm_up_and_stay_what_they_are_alone(warm_ups):
    for replicate in (0, 1):
        for scenario in [*ARMS, *ARMS]:
            run = simulate(scenario, 6, replicate)
            simulation = stepped(scenario, scenario.weeks, seed=6, replicate=replicate)
            for name, column in run.employees.items():
                alone = simulation.staff[name]
                np.testing.assert_array_equal(column, alone, err_msg=name)
    alone = 2 * len([*ARMS, *ARMS])
    assert len(warm_ups) - alone == 2


@pytest.mark.parametrize(
    "other",
    [
        Job(PLAIN, 7, 0),
        Job(PLAIN, 6, 1),
        Job(PLAIN.varied(people=People(learning=0.05)), 6, 0),
        Job(PLAIN.varied(organisation=Workplace(employees=EMPLOYEES, team_size=5)), 6),
    ],
    ids=["seed", "replicate", "people", "teams"],
)
def test_other_people_or_luck_have_a_warm_up_of_their_own(warm_ups, other):
    simulate(PLAIN, 6)
    simulate(*other)
    assert len(warm_ups) == 2


def test_every_parameter_beside_scheme_and_length_belongs_to_the_world():
    levers = {*Scheme.model_fields, "weeks", "timeline", "groups"}
    assert {*WORLD} | levers == {*Scenario.model_fields}
    assert {"organisation", "people", "technology", "peers"} <= {*WORLD}


def test_what_is_kept_is_bounded_in_bytes(warm_ups, monkeypatch):
    two = 2 * EMPLOYEES * EMPLOYEE.itemsize
    monkeypatch.setattr(module, "KEPT", two)
    for replicate in (0, 1, 0, 2, 0, 1):  # the one used last longest ago goes first
        simulate(PLAIN, 6, replicate)
        kept = module.WARMED_UP._kept.values()
        assert sum(simulation.staff.nbytes for simulation in kept) <= two
    assert [replicate for _, _, replicate in warm_ups] == [0, 1, 2, 1]


def test_few_organisations_are_kept_however_small(warm_ups):
    for replicate in range(module.MOST + 3):
        simulate(ARMS[0], 6, replicate)
    assert len(module.WARMED_UP._kept) == module.MOST
    simulate(ARMS[1], 6, module.MOST + 2)
    assert len(warm_ups) == module.MOST + 3  # the latest is still there


def test_an_organisation_larger_than_what_is_kept_is_not_kept(warm_ups, monkeypatch):
    monkeypatch.setattr(module, "KEPT", EMPLOYEES * EMPLOYEE.itemsize - 1)
    assert_same_weeks(simulate(PLAIN, 6), simulate(PLAIN, 6))
    assert not module.WARMED_UP._kept
    assert len(warm_ups) == 2


def test_a_seed_that_does_not_fit_is_refused_although_its_equal_is_kept(warm_ups):
    simulate(PLAIN, seed=1)
    with pytest.raises(ValueError, match="seed"):
        simulate(PLAIN, seed=1.0)


def test_threads_that_share_a_warm_up_do_not_disturb_each_other(warm_ups):
    jobs = [Job(scenario, 6, k) for k in range(3) for scenario in ARMS]
    for job, run in zip(jobs, simulate_many(jobs, threads=4), strict=True):
        simulation = stepped(job.scenario, job.scenario.weeks, seed=6, replicate=job[2])
        for name, column in run.employees.items():
            np.testing.assert_array_equal(column, simulation.staff[name], err_msg=name)


# Phases


def test_a_phase_acts_from_its_week_on_and_not_before():
    late = PLAIN.varied(timeline=(Phase(week=9, scheme=REWARDED.scheme),))
    run, plain = simulate(late), simulate(PLAIN)
    assert_same_weeks(run, plain, slice(0, 9))
    assert np.any(
        run.weeks["reported_tokens"][9:] != plain.weeks["reported_tokens"][9:]
    )
    assert run.weeks["padding_share"][9] > plain.weeks["padding_share"][9]


def test_a_phase_may_start_in_the_second_week_and_in_the_last():
    for week in (1, WEEKS - 1):
        late = PLAIN.varied(timeline=(Phase(week=week, scheme=REWARDED.scheme),))
        run, plain = simulate(late), simulate(PLAIN)
        assert_same_weeks(run, plain, slice(0, week))
        assert (
            run.weeks["reported_tokens"][week] != plain.weeks["reported_tokens"][week]
        )


def test_a_phase_that_repeats_the_scheme_changes_nothing():
    same = tuple(Phase(week=week, scheme=REWARDED.scheme) for week in (3, 10))
    assert_same_weeks(simulate(REWARDED.varied(timeline=same)), simulate(REWARDED))


def test_adopting_an_equal_scheme_changes_nothing():
    adopted, plain = stepped(REWARDED, 6), stepped(REWARDED, 6)
    adopted.adopt(Scheme(**dict(REWARDED.scheme)))
    plain.enter_phase()  # both see the technology of the coming week
    np.testing.assert_array_equal(adopted.staff, plain.staff)
    np.testing.assert_array_equal(adopted.published, plain.published)
    for _ in range(6):
        np.testing.assert_array_equal(adopted.step(), plain.step())


def test_only_parts_that_change_start_anew():
    before = REWARDED.scheme
    assert changed_rows(before, before) == set()
    after = REWARDED.varied(quota=Quota(penalty=0.3)).scheme
    assert changed_rows(before, after) == {QUOTA}
    after = REWARDED.varied(measure=Measure(tokens=2.0)).scheme
    leaders = ROW.leaderboard
    assert leaders in changed_rows(before, after)
    assert HEADLINE in changed_rows(before, after)
    assert QUOTA not in changed_rows(before, after)


def test_an_incentive_that_starts_has_a_table_of_paces_and_an_empty_window():
    simulation = stepped(PLAIN.varied(quota=Quota(penalty=0.1)), 2)
    assert np.any(simulation.staff["so_far"][:, QUOTA] > 0.0)
    assert simulation.published["elapsed"][QUOTA] == 2
    simulation.adopt(PLAIN.varied(quota=Quota(penalty=0.2)).scheme)
    np.testing.assert_array_equal(simulation.staff["so_far"][:, QUOTA], 0.0)
    assert simulation.published["elapsed"][QUOTA] == 0
    pace = simulation.staff["pace_genuine"] + simulation.staff["pace_padded"]
    np.testing.assert_allclose(simulation.staff["rate"][:, QUOTA], pace / 32.0)


def test_a_window_that_a_phase_cuts_short_is_not_settled():
    """The quota is raised after settled windows only."""
    greedy = Planning(ratchet=10.0, step=10.0, ceiling=100.0)
    easy = {"organisation": SMALL, "principal": greedy, "weeks": WEEKS}
    plain = Scenario(quota=Quota(penalty=0.2, amount=20.0), **easy)
    first = stepped(plain).published["quota"]
    cut = stepped(plain, 3)
    assert cut.published["quota"] == first
    cut.adopt(plain.varied(quota=Quota(penalty=0.1, amount=20.0)).scheme)
    for _ in range(3):
        cut.step()
        assert cut.published["quota"] == first
    cut.step()
    assert cut.published["quota"] > first


def test_a_window_that_the_end_cuts_short_is_not_settled():
    simulation = stepped(Scenario(organisation=SMALL, quota=Quota(penalty=0.1)), 7)
    assert simulation.published["elapsed"][QUOTA] == 3
    settled = simulation.staff["rate"][:, QUOTA] * 40.0
    assert not np.array_equal(settled, simulation.staff["so_far"][:, QUOTA])


@pytest.mark.parametrize("weeks", [(5, 5), (7, 3), (0,), (WEEKS,)])
def test_a_timeline_out_of_order_or_beyond_the_run_is_refused(weeks):
    phases = tuple(Phase(week=week, scheme=REWARDED.scheme) for week in weeks)
    with pytest.raises(ValidationError, match="timeline has week"):
        PLAIN.varied(timeline=phases)


def test_a_window_longer_than_the_run_is_refused():
    with pytest.raises(ValidationError, match=r"quota.weeks is 30, longer than"):
        PLAIN.varied(quota=Quota(penalty=0.1, weeks=30))


# Scores


def test_a_quota_is_met_by_what_was_used_in_its_window():
    simulation = Simulation(PLAIN.varied(quota=Quota(penalty=0.1)), seed=2)
    used = np.zeros(EMPLOYEES)
    for week in range(8):
        simulation.step()
        staff = simulation.staff
        used += staff["genuine_tokens"] + staff["trivial_tokens"]
        used += staff["padded_tokens"]
        if week == 3:
            np.testing.assert_allclose(
                simulation.staff["rate"][:, QUOTA] * 40.0 * 32.0, used, rtol=1e-12
            )
            used[:] = 0.0
    np.testing.assert_allclose(
        simulation.staff["rate"][:, QUOTA] * 40.0 * 32.0, used, rtol=1e-12
    )


def test_the_headline_blends_counters_over_their_references_up_to_the_cap():
    measure = Measure(tokens=0.5, active=0.3, output=0.2, cap=1.2, filter=0.5)
    simulation = stepped(REWARDED.varied(measure=measure), 3)
    staff = simulation.staff
    tokens = staff["genuine_tokens"] + staff["trivial_tokens"]
    tokens = (tokens + 0.5 * staff["padded_tokens"]) / 32.0
    active = 1.0 * (staff["days"] + staff["gestures"] > 0)
    blend = 0.5 * tokens + 0.3 * active + 0.2 * staff["observed"] / 10.0
    np.testing.assert_allclose(staff["score"], np.minimum(blend, 1.2), rtol=1e-12)
    assert np.any(staff["score"] == 1.2)
    assert np.any(staff["score"] < 1.2)


def test_the_dashboard_shows_no_padding_that_the_filter_recognised():
    run = simulate(REWARDED.varied(measure=Measure(filter=0.75)))
    honest = run.weeks["genuine_tokens"] + run.weeks["trivial_tokens"]
    reported = honest + 0.25 * run.weeks["padded_tokens"]
    np.testing.assert_allclose(run.weeks["reported_tokens"], reported, rtol=1e-12)


# Ratchets


def test_a_raised_quota_rises_by_bounded_steps_to_its_ceiling():
    eager = Planning(ratchet=1.0, step=0.1, ceiling=1.3)
    scenario = PLAIN.varied(
        principal=eager, quota=Quota(penalty=0.2, amount=30.0, weeks=1)
    )
    simulation = Simulation(scenario)
    targets = [simulation.published["quota"]]
    for _ in range(12):
        simulation.step()
        targets.append(simulation.published["quota"])
    rises = np.array(targets[1:]) / np.array(targets[:-1])
    assert np.all((rises >= 1.0) & (rises <= 1.1 + 1e-12))
    assert targets[1] == pytest.approx(targets[0] * 1.1)
    assert targets[-1] == pytest.approx(targets[0] * 1.3, rel=1e-12)


def test_a_quota_out_of_reach_is_not_raised():
    scenario = PLAIN.varied(
        principal=Planning(ratchet=1.0), quota=Quota(penalty=0.1, amount=1e6, weeks=1)
    )
    simulation = Simulation(scenario)
    first = simulation.published["quota"]
    for _ in range(6):
        simulation.step()
    assert simulation.published["quota"] == first


@pytest.mark.parametrize("scope", Scope)
def test_a_raised_participation_target_never_exceeds_everybody(scope):
    scenario = PLAIN.varied(
        principal=Planning(ratchet=1.0, step=0.5, ceiling=100.0),
        participation=Participation(penalty=0.3, target=0.4, scope=scope),
    )
    simulation = Simulation(scenario)
    before = simulation.published["participation"]
    assert before == 0.4
    for _ in range(WEEKS):
        simulation.step()
        after = simulation.published["participation"]
        assert before <= after <= min(1.0, before * 1.5 + 1e-12)
        before = after
    assert before > 0.6


def test_without_a_ratchet_targets_stay():
    simulation = stepped(REWARDED.varied(participation=Participation(penalty=0.1)), 9)
    assert simulation.published["quota"] == pytest.approx(112.0 / 32.0)
    assert simulation.published["participation"] == 0.8


# Budget


def test_a_hard_cap_ends_token_use_until_the_window_is_over():
    """A half-day may overshoot, none starts once the cap is reached."""
    cap = 60.0
    scenario = PLAIN.varied(
        bonus=Bonus(rate=3.0),
        budget=Budget(cap=cap, weeks=2),
        technology=Technology(price_drift=0.0),
    )
    simulation = Simulation(scenario, seed=3)
    activities = simulation.record_activities()
    price = scenario.technology.price
    spent = np.zeros(EMPLOYEES)
    capped = 0
    for week in range(8):
        notes = simulation.note(0, EMPLOYEES)
        simulation.step()
        for i in range(EMPLOYEES):
            for h in range(10):
                if spent[i] >= cap:
                    assert activities[i, h] == 0
                    np.testing.assert_array_equal(notes["chances"][i, h], [1, 0, 0, 0])
                    capped += 1
                spent[i] += price * notes["tokens"][i, h]
        if week % 2:
            spent[:] = 0.0
    assert capped > 100


def test_without_a_cap_nobody_is_stopped():
    chances = stepped(PLAIN.varied(budget=Budget(chargeback=0.1)), 3).note(0, 40)
    assert np.all(chances["chances"][:, :, 1] > 0.0)


def test_who_never_pads_never_pads():
    tempting = PLAIN.varied(
        bonus=Bonus(rate=10.0), people=People(conscience_floor=0.0, never_gamers=0.5)
    )
    run = simulate(tempting, record=["padding"])
    never = run.employees["never_gamer"]
    assert 0 < never.sum() < EMPLOYEES
    assert run.history("padding")[:, never].sum() == 0
    assert run.history("padding")[:, ~never].sum() > 0


def test_suspicion_fades_once_numbers_are_hidden():
    seen = PLAIN.varied(review=Review(visible=True))
    hidden = seen.varied(review=Review())
    run = stepped(seen.varied(timeline=(Phase(week=3, scheme=hidden.scheme),)), 5)
    assert run.published["suspicion"] == pytest.approx(0.9**2)
    assert stepped(PLAIN, 3).published["suspicion"] == 0.0
    assert stepped(seen, 3).published["suspicion"] == 1.0


def test_a_board_is_settled_every_week():
    simulation = stepped(PLAIN.varied(top_board=TopBoard(prize=0.1)), 2)
    row = ROW.top_board
    np.testing.assert_allclose(
        simulation.staff["rate"][:, row] * 10.0, simulation.staff["score"], rtol=1e-12
    )


def test_a_quota_in_dollars_equals_one_in_tokens_at_the_price():
    steady = PLAIN.varied(technology=Technology(price_drift=0.0))
    tokens = steady.varied(quota=Quota(penalty=0.2, amount=100.0))
    dollars = steady.varied(
        quota=Quota(penalty=0.2, amount=150.0, measure=Counted.SPEND)
    )
    assert_same_weeks(simulate(tokens), simulate(dollars))


def test_a_look_sees_the_scheme_of_a_phase_that_starts_with_the_coming_week():
    late = PLAIN.varied(timeline=(Phase(week=4, scheme=REWARDED.scheme),))
    simulation = stepped(late, 4)
    activities = simulation.record_activities()
    notes = simulation.note(0, EMPLOYEES)
    simulation.step()
    np.testing.assert_array_equal(notes["activities"], activities)
