"""The rules of choice: what each of them claims, one claim a test."""

import math
from functools import cache
from itertools import combinations
from typing import NamedTuple

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy.stats import norm

from experiments import compose
from model import Phase, Simulation, parameters, simulate
from model.adaptation import adapt, watched
from model.behaviour import best_response, habit, imitation, logit, prospect
from model.block import BLOCK, LANES
from model.choice import choose
from model.network import outside_peer
from model.outcomes import NAMES
from model.outlook import GENUINE, MANUAL, PADDING, TRIVIAL, is_open
from model.people import Rule
from model.scenario import Scenario
from model.workforce import EMPLOYEE

SEED, REPLICATE = 5, 1
EMPLOYEES, TEAM, WEEKS = 48, 6, 12
BUSY = [
    *("organisation.employees=48", "organisation.team_size=6", "weeks=12"),
    *("quota.penalty=0.5", "quota.amount=50", "quota.weeks=2"),
    *("review.weight=0.5", "review.weeks=4", "leaderboard.status=0.2"),
    *("audit.probability=0.2", "audit.false_positive=0.2"),
    *("budget.cap=100", "budget.weeks=2"),
    *("people.never_gamers=0.3", "people.conscience_floor=0.1"),
    *("people.conscience_scale=0.1", "people.effort=0.1"),
    *("technology.task_sd=0.5", "technology.chore_worth=0.65"),
    *("technology.dressing_most=0.3", "technology.gesture_minutes=2"),
    "people.quit_hazard=0",
]
"""Much at stake, people with little conscience, chores, and a cap that some reach.

Everybody stays, so that a week can be told from the one before.
"""

every_rule = pytest.mark.parametrize("rule", Rule, ids=lambda rule: rule.name.lower())
ACTIVITIES = 4
EVERYTHING = 0b1111
"""The mask of all activities."""
payoffs = st.tuples(*[st.floats(-5.0, 5.0)] * ACTIVITIES)
options = st.integers(0, 7).map(lambda others: 1 + 2 * others)
"""Masks of what is open: manual work, and any others."""


class Week(NamedTuple):
    """A week of everybody: as it began, what they weighed, and as it ended."""

    before: np.ndarray  # (n,) of Employee
    notes: np.ndarray  # (n,) of Notes
    after: np.ndarray  # (n,) of Employee

    @property
    def payoffs(self):
        """Payoffs (n, 10, 4) of the half-days."""
        return self.notes["terms"].sum(axis=2)

    @property
    def is_open(self):
        """Whether each activity (n, 10, 4) was open to them."""
        masks = self.notes["open_to"][:, :, np.newaxis]
        return masks >> np.arange(ACTIVITIES) & 1 > 0


def busy(rule, *more):
    return compose([*BUSY, f"people.rule={rule.name.lower()}", *more])


@cache
def lived(rule, *more):
    """Twelve weeks of people who choose by a rule."""
    simulation = Simulation(busy(rule, *more), SEED, REPLICATE)
    weeks = []
    for _ in range(WEEKS):
        before, notes = simulation.staff.copy(), simulation.note(0, EMPLOYEES)
        simulation.step()
        weeks.append(Week(before, notes, simulation.staff.copy()))
    return weeks


def run_of(scenario, seed=SEED, **how):
    return simulate(scenario, seed, REPLICATE, record=["activity"], **how)


def assert_same_run(one, other, apart_from=()):
    for name in NAMES:
        np.testing.assert_array_equal(one.weeks[name], other.weeks[name], name)
    for name in set(one.employees) - set(apart_from):
        column = one.employees[name]
        np.testing.assert_array_equal(column, other.employees[name], name)
    np.testing.assert_array_equal(one.history("activity"), other.history("activity"))


def by_logit(u, is_open, tau):
    """P ~ exp(u / tau) over what is open, along the last axis."""
    best = np.max(u, axis=-1, keepdims=True, where=is_open, initial=-np.inf)
    weight = np.where(is_open, np.exp(np.minimum(u - best, 0.0) / tau), 0.0)
    return weight / weight.sum(axis=-1, keepdims=True)


def chances(
    rule, terms, *, open_to=EVERYTHING, judged=0.5, tenure=30, people=None, **state
):
    """Chances of somebody with a given state, and else nothing but a noise of 0.2."""
    row = {"rule": rule, "choice_noise": 0.2, **(people or {})}
    scenario = Scenario(people=Scenario().people.model_copy(update=row))
    world = parameters.as_record(scenario)
    lane = LANES // 2
    block, staff = np.zeros(1, BLOCK)[0], np.zeros(LANES, EMPLOYEE)
    staff["tenure"], block["row"] = tenure, np.arange(LANES)
    for name, value in state.items():
        staff[name][lane] = value
        if name in block.dtype.names:  # what arriving at the block takes along
            block[name][lane] = value
    block["terms"][: len(terms), :, lane] = terms
    block["payoffs"][:, lane] = np.sum(terms, axis=0)
    block["open_to"][lane], block["judged"][lane] = open_to, judged
    choose(block, 0, 0.1, staff, world)
    weight = block["chances"][:, lane]
    return weight / weight.sum()


# Every rule


def test_the_five_rules_lead_to_five_different_runs():
    runs = {rule: run_of(busy(rule)) for rule in Rule}
    for one, other in combinations(Rule, 2):
        a, b = (runs[rule].history("activity") for rule in (one, other))
        assert (a != b).mean() > 0.01, (one, other)


@every_rule
def test_an_activity_that_is_not_open_has_no_chance_under_any_rule(rule):
    seen = set()
    for week in lived(rule):
        seen |= {*week.notes["open_to"].flat}
        assert np.all(week.notes["chances"][~week.is_open] == 0.0)
    assert seen == {0b0001, 0b0111, 0b1111}


@every_rule
def test_no_rule_chooses_what_is_not_open(rule):
    for week in lived(rule):
        picked = week.notes["activities"]
        assert np.all(week.notes["open_to"] >> picked & 1)


@every_rule
def test_who_never_pads_never_pads_under_any_rule(rule):
    run = run_of(busy(rule))
    never = run.employees["never_gamer"]
    padded = run.history("activity") == PADDING
    assert not padded[:, never].any()
    assert padded[:, ~never].any()


@every_rule
def test_chances_are_never_negative_and_add_up_to_1(rule):
    for week in lived(rule):
        assert np.all(week.notes["chances"] >= 0.0)
        np.testing.assert_allclose(week.notes["chances"].sum(axis=-1), 1.0, rtol=1e-15)


@every_rule
def test_what_is_picked_had_a_chance(rule):
    for week in lived(rule):
        picked = week.notes["activities"][:, :, np.newaxis].astype(np.int64)
        assert np.all(np.take_along_axis(week.notes["chances"], picked, axis=-1) > 0.0)


@every_rule
def test_the_draw_picks_as_often_as_the_chances_say(rule):
    weeks = lived(rule)
    p = np.concatenate(
        [week.notes["chances"].reshape(-1, ACTIVITIES) for week in weeks]
    )
    picked = np.concatenate([week.notes["activities"].ravel() for week in weeks])
    for activity in (MANUAL, GENUINE, TRIVIAL, PADDING):
        error = math.sqrt((p[:, activity] * (1.0 - p[:, activity])).sum())
        surplus = (picked == activity).sum() - p[:, activity].sum()
        assert abs(surplus) <= 4.0 * error


@every_rule
def test_a_part_without_weight_has_no_effect_under_any_rule(rule):
    scenario = busy(rule)
    weightless = {
        "bonus": scenario.bonus.model_copy(update={"weeks": 3}),
        "top_board": scenario.top_board.model_copy(update={"share": 0.3}),
        "participation": scenario.participation.model_copy(update={"target": 0.1}),
    }
    assert not any(part.has_weight() for part in weightless.values())
    changed = scenario.varied(**weightless)
    assert changed != scenario
    assert_same_run(run_of(scenario), run_of(changed))


@every_rule
def test_replacing_a_scheme_by_itself_has_no_effect_under_any_rule(rule):
    scenario = busy(rule)
    again = tuple(Phase(week=week, scheme=scenario.scheme) for week in (1, 2, 7, 11))
    assert_same_run(run_of(scenario), run_of(scenario.varied(timeline=again)))


@every_rule
def test_the_same_seed_is_the_same_run_on_any_number_of_threads(rule):
    one = run_of(busy(rule), threads=1)
    assert_same_run(one, run_of(busy(rule), threads=3))
    other = run_of(busy(rule), seed=SEED + 1)
    assert (one.history("activity") != other.history("activity")).any()


@every_rule
def test_the_advantage_is_what_the_choices_were_worth_over_manual_work(rule):
    for week in lived(rule):
        u = week.payoffs
        picked = week.notes["activities"][:, :, np.newaxis].astype(np.int64)
        chosen = np.take_along_axis(u, picked, axis=-1)[:, :, 0]
        mean = (chosen - u[:, :, MANUAL]).mean(axis=1)
        np.testing.assert_allclose(week.after["advantage"], mean, atol=1e-12)


# Logit choice and best response


def test_logit_choice_is_proportional_to_exp_of_payoff_over_noise():
    for week in lived(Rule.LOGIT):
        expected = by_logit(week.payoffs, week.is_open, tau=0.12)
        np.testing.assert_allclose(week.notes["chances"], expected, atol=1e-12)


def test_best_response_never_takes_less_than_the_best_that_is_open():
    for week in lived(Rule.BEST_RESPONSE):
        u = week.payoffs
        best = np.max(u, axis=-1, where=week.is_open, initial=-np.inf)
        picked = week.notes["activities"][:, :, np.newaxis].astype(np.int64)
        chosen = np.take_along_axis(u, picked, axis=-1)[:, :, 0]
        np.testing.assert_allclose(chosen, best, rtol=0.0, atol=1e-12)


def test_best_response_is_certain():
    for week in lived(Rule.BEST_RESPONSE):
        assert np.all(np.isin(week.notes["chances"], (0.0, 1.0)))


def test_best_response_takes_the_first_of_equals():
    for first in range(ACTIVITIES):
        u = tuple(float(activity >= first) for activity in range(ACTIVITIES))
        sure = tuple(float(activity == first) for activity in range(ACTIVITIES))
        assert best_response.weights(u, EVERYTHING) == sure


@settings(deadline=None, derandomize=True)
@given(payoffs, options)
def test_logit_choice_tends_to_best_response_as_noise_goes_to_0(u, open_to):
    left = [u[a] for a in range(ACTIVITIES) if is_open(open_to, a)]
    ranked = sorted(left, reverse=True)
    assume(open_to == 1 or ranked[0] - ranked[1] > 1e-3)
    limit = best_response.weights(u, open_to)
    assert logit.weights(u, open_to, 1e6) == pytest.approx(limit, abs=1e-300)


def test_logit_choice_does_not_decide_between_equals_however_small_the_noise():
    one, other, third, least = logit.weights((1.0, 1.0, 1.0, 0.0), EVERYTHING, 1e6)
    assert one == other == third == 1.0
    assert 0.0 <= least < 1e-300  # no uniform draw is as small


def test_logit_choice_misses_the_best_the_less_the_smaller_the_noise():
    # Of one state: whole runs stay apart, since one other choice changes later weeks.
    missed = []
    for tau in (0.1, 0.03, 0.01, 0.001):
        weeks = lived(Rule.LOGIT, f"people.choice_noise={tau}")
        missed.append(np.mean([1.0 - chance_of_best(week) for week in weeks]))
    assert missed == sorted(missed, reverse=True)
    assert missed[0] > 0.05
    # About 2 ln 2 f tau, where f, the density of a gap of 0 half-days, is of order 1.
    assert 0.0 < missed[-1] < 0.01


def chance_of_best(week):
    """Mean chance of the activity with the highest payoff."""
    best = np.argmax(np.where(week.is_open, week.payoffs, -np.inf), axis=-1)
    picked = best[:, :, np.newaxis]
    return np.take_along_axis(week.notes["chances"], picked, axis=-1).mean()


# Habit


habits = st.lists(st.floats(0.0, 1.0), min_size=4, max_size=4).map(
    lambda parts: [(part + 1e-9) / (sum(parts) + 4e-9) for part in parts]
)
"""Shares of the activities."""


@settings(deadline=None, derandomize=True)
@given(habits, st.sampled_from([0.0, 0.12, 1.0]))
def test_by_habit_as_much_of_everything_is_done_as_usual(usual, noise):
    _, genuine, trivial, padding = usual
    even = (np.arange(60) + 0.5) / 60.0
    judged = np.add.outer(even, noise * norm.ppf(even)).ravel()
    done = [
        habit.weights(EVERYTHING, genuine, trivial, padding, task, noise)
        for task in judged
    ]
    assert np.mean(done, axis=0) == pytest.approx(usual, abs=2e-2)


@pytest.mark.parametrize("noise", [0.0, 1e-6, 0.12, 3.0])
def test_share_below_is_the_distribution_of_how_tasks_look(noise):
    for judged in (-9.0, -0.1, 0.0, 0.02, 0.4, 0.97, 1.0, 1.2, 9.0):
        even = (np.arange(100_000) + 0.5) / 100_000
        expected = np.mean(
            norm.cdf((judged - even) / noise) if noise else even < judged
        )
        assert habit.share_below(judged, noise) == pytest.approx(expected, abs=1e-5)


def test_habit_gives_ai_the_tasks_that_look_most_suitable():
    for judged, best in ((0.71, GENUINE), (0.69, MANUAL)):
        weights = habit.weights(EVERYTHING, 0.3, 0.0, 0.0, judged, 0.0)
        assert weights == tuple(float(a == best) for a in range(ACTIVITIES))


def test_habit_pads_and_gives_chores_to_ai_at_any_task():
    for judged in (0.01, 0.5, 0.99):
        weights = habit.weights(EVERYTHING, 0.3, 0.1, 0.2, judged, 0.1)
        assert weights[TRIVIAL] == 0.1
        assert weights[PADDING] == 0.2


@settings(deadline=None, derandomize=True)
@given(habits, st.floats(-0.5, 1.5))
def test_what_of_the_habit_is_not_open_is_done_by_hand(usual, judged):
    _, *shares = usual
    assert habit.weights(0b0001, *shares, judged, 0.1) == (1.0, 0.0, 0.0, 0.0)
    by_hand, with_ai, chores, padded = habit.weights(0b0011, *shares, judged, 0.1)
    assert chores == padded == 0.0
    assert {by_hand, with_ai} == {0.0, 1.0}
    *core, chores, padded = habit.weights(0b0111, *shares, judged, 0.1)
    assert (chores, padded) == (shares[1], 0.0)
    assert set(core) == {0.0, 1.0 - chores}


@pytest.mark.parametrize(
    "rule", [rule for rule in Rule if rule is not Rule.IMITATION], ids=lambda r: r.name
)
def test_habit_is_a_slow_mean_of_the_own_weeks_unless_people_imitate(rule):
    memory = pace_memory(rule)
    for week in lived(rule):
        for name in ("genuine", "trivial", "padding"):
            old = week.before[f"habit_{name}"]
            moved = old + memory * (week.after[name] / 10.0 - old)
            np.testing.assert_allclose(
                week.after[f"habit_{name}"], moved, rtol=0.0, atol=1e-15
            )


def pace_memory(rule):
    return busy(rule).people.pace_memory


# Satisficing


def content(week):
    return week.before["advantage"] >= week.before["aspiration"]


def test_who_reached_their_aspiration_does_as_usual():
    sigma = busy(Rule.SATISFICING).people.judgement_noise
    padders = 0
    for week in lived(Rule.SATISFICING):
        suitability, error = week.notes["tasks"][:, :, 0], week.notes["tasks"][:, :, 1]
        for i in np.flatnonzero(content(week)):
            shares = [
                week.before[f"habit_{name}"][i]
                for name in ("genuine", "trivial", "padding")
            ]
            for h in range(10):
                padders += shares[-1] > 0.0
                judged = suitability[i, h] + sigma * error[i, h]
                open_to = int(week.notes["open_to"][i, h])
                usual = habit.weights(open_to, *shares, judged, sigma)
                assert week.notes["chances"][i, h] == pytest.approx(usual, abs=1e-15)
    assert padders > 100


def test_who_missed_their_aspiration_takes_the_best():
    for week in lived(Rule.SATISFICING):
        best = np.argmax(np.where(week.is_open, week.payoffs, -np.inf), axis=-1)
        missed = ~content(week)
        assert 0 < missed.sum() < EMPLOYEES
        picked = week.notes["activities"][missed]
        np.testing.assert_array_equal(picked, best[missed])


def test_who_reached_exactly_their_aspiration_is_content():
    terms = [(0.0, 1.0, 0.5, 2.0)]
    satisficer = {"habit_genuine": 0.0, "habit_padding": 0.0, "advantage": 0.5}
    at = chances(Rule.SATISFICING, terms, aspiration=0.5, **satisficer)
    above = chances(Rule.SATISFICING, terms, aspiration=0.5 + 1e-15, **satisficer)
    assert at == pytest.approx((1.0, 0.0, 0.0, 0.0))
    assert above == pytest.approx((0.0, 0.0, 0.0, 1.0))


def test_satisficers_in_their_first_week_look_for_the_best():
    first = chances(Rule.SATISFICING, [(0.0, 1.0, 0.5, 2.0)], tenure=0)
    second = chances(Rule.SATISFICING, [(0.0, 1.0, 0.5, 2.0)], tenure=1)
    assert first == pytest.approx((0.0, 0.0, 0.0, 1.0))
    assert second == pytest.approx((1.0, 0.0, 0.0, 0.0))


def test_aspiration_moves_by_its_memory_to_the_mean_advantage_of_the_team():
    memory = pace_memory(Rule.SATISFICING)
    for week in lived(Rule.SATISFICING):
        in_team = week.after["advantage"].reshape(-1, TEAM).mean(axis=1).repeat(TEAM)
        old = week.before["aspiration"]
        np.testing.assert_allclose(
            week.after["aspiration"], old + memory * (in_team - old), atol=1e-12
        )


def test_who_is_content_does_not_look_at_what_pays():
    before = busy(Rule.SATISFICING)
    plain, paid = (Simulation(before, SEED, REPLICATE) for _ in range(2))
    for _ in range(4):
        plain.step()
        paid.step()
    bonus = before.bonus.model_copy(update={"rate": 40.0})
    paid.adopt(before.scheme.model_copy(update={"bonus": bonus}))
    happy = plain.staff["advantage"] >= plain.staff["aspiration"]
    one, other = (s.note(0, EMPLOYEES) for s in (plain, paid))
    first = np.s_[:, 0]  # later half-days differ by what was used before
    np.testing.assert_array_equal(
        one["chances"][first][happy], other["chances"][first][happy]
    )
    assert (one["chances"][first][~happy] != other["chances"][first][~happy]).any()


# Imitation


@settings(deadline=None, derandomize=True)
@given(st.floats(0.0, 1.0), payoffs)
def test_imitators_mix_habit_and_logit_choice_by_how_much_they_experiment(share, u):
    usual = (0.4, 0.3, 0.1, 0.2)
    tried = logit.weights(u, EVERYTHING, 5.0)
    mixed = imitation.weights(usual, tried, share)
    p = np.array(tried) / sum(tried)
    assert mixed == pytest.approx((1.0 - share) * np.array(usual) + share * p)


def test_imitators_in_their_first_weeks_experiment_in_place_of_a_habit():
    terms = [(0.3, 0.0, 0.2, 0.1)]
    tried = by_logit(np.array(terms[0]), np.ones(ACTIVITIES, bool), 0.2)
    for week, share in ((0, 1.0), (1, 1 / 2), (8, 1 / 9), (9, 0.1), (99, 0.1)):
        p = chances(Rule.IMITATION, terms, tenure=week, habit_padding=1.0)
        expected = share * tried + (1.0 - share) * np.array([0.0, 0.0, 0.0, 1.0])
        assert p == pytest.approx(expected, abs=1e-15)


def test_imitators_who_only_experiment_choose_by_logit():
    one = run_of(busy(Rule.IMITATION, "people.experimenting=1"))
    other = run_of(busy(Rule.LOGIT))
    habits_of = ("habit_genuine", "habit_trivial", "habit_padding")
    assert_same_run(one, other, apart_from=habits_of)


WITH_AI = ("genuine", "trivial", "padding")


def moved_to(week, memory):
    """Shares (n, 3) of the activities with AI that habits moved towards."""
    old, new = (
        np.stack([staff[f"habit_{name}"] for name in WITH_AI], axis=1)
        for staff in (week.before, week.after)
    )
    return old + (new - old) / memory


def done(week):
    """Shares (n, 3) of the activities with AI in the week."""
    return np.stack([week.after[name] for name in WITH_AI], axis=1) / 10.0


def copied(rule_options, groups):
    """Check whom everybody's habit followed; how many followed another person.

    ``groups`` gives the rows that a person may watch.
    """
    memory, others = pace_memory(Rule.IMITATION), 0
    for week in lived(Rule.IMITATION, *rule_options):
        target, did, gained = moved_to(week, memory), done(week), week.after
        for i in range(EMPLOYEES):
            better = [
                j for j in groups(i) if gained["advantage"][j] > gained["advantage"][i]
            ]
            models = did[[i, *better]]
            assert np.abs(models - target[i]).max(axis=1).min() < 1e-12
            others += np.abs(did[i] - target[i]).max() > 1e-12
    return others


def mates(i):
    first = i // TEAM * TEAM
    return [j for j in range(first, first + TEAM) if j != i]


def outsiders(i):
    return [outside_peer(i, n, TEAM, EMPLOYEES, SEED, REPLICATE) for n in range(3)]


def test_imitators_without_peers_outside_copy_nobody_but_better_off_mates():
    assert copied(("peers.outside=0",), mates) > 100


def test_imitators_who_see_only_outside_copy_nobody_but_better_off_outsiders():
    only = ("peers.outside=3", "peers.team_weight=0")
    assert copied(only, outsiders) > 100


def test_with_nobody_to_watch_habit_follows_the_own_weeks():
    alone = ("peers.outside=0", "organisation.team_size=1")
    assert copied(alone, lambda i: []) == 0


def test_who_is_ahead_of_all_they_may_watch_keeps_to_their_own_doings():
    only = ("peers.outside=0",)
    memory, tested = pace_memory(Rule.IMITATION), 0
    for week in lived(Rule.IMITATION, *only):
        gained = week.after["advantage"].reshape(-1, TEAM)
        ahead = (gained == gained.max(axis=1, keepdims=True)).ravel()
        tested += ahead.sum()
        np.testing.assert_allclose(
            moved_to(week, memory)[ahead], done(week)[ahead], rtol=0.0, atol=1e-12
        )
    assert tested >= WEEKS * EMPLOYEES / TEAM


def habits_after(advantage):
    """Own and actual target (n,) of the habit of genuine use after a week.

    Everybody did another amount of it, for a given advantage (n,).
    """
    scenario = busy(Rule.IMITATION, "peers.outside=0")
    simulation = Simulation(scenario, SEED, REPLICATE)
    staff = simulation.staff
    staff["genuine"] = np.arange(EMPLOYEES) % 11
    staff["trivial"] = staff["padding"] = 0
    staff["advantage"] = advantage
    before = staff.copy()
    nobody = np.zeros((EMPLOYEES, 0), np.int32)
    rules = simulation.published, simulation._row
    for i in range(EMPLOYEES):
        adapt(i, 40, staff, nobody, *rules, SEED, REPLICATE)
    week = Week(before, None, staff)
    return done(week)[:, 0], moved_to(week, scenario.people.pace_memory)[:, 0]


def test_equals_do_not_copy_each_other():
    own, target = habits_after(np.full(EMPLOYEES, 0.25))
    np.testing.assert_allclose(target, own, rtol=0.0, atol=1e-12)


def test_a_little_better_off_is_enough_to_be_copied():
    ahead = np.arange(EMPLOYEES) % TEAM == 0
    own, target = habits_after(np.where(ahead, 0.25 + 1e-12, 0.25))
    first = own.reshape(-1, TEAM)[:, :1].repeat(TEAM, axis=1).ravel()
    copies = np.abs(target - own) > 1e-12
    assert copies.any()
    np.testing.assert_allclose(target[copies], first[copies], rtol=0.0, atol=1e-12)


def test_imitators_watch_mates_as_often_as_the_team_weighs_and_all_alike():
    scenario = busy(Rule.IMITATION, "peers.outside=2")
    row = parameters.as_record(scenario)
    outside = np.zeros((EMPLOYEES, 2), np.int32)
    outside[:] = 40, 41  # for employee 8 nobody in the team
    weeks = 6000
    seen = [watched(8, week, outside, row, SEED, REPLICATE) for week in range(weeks)]
    expected = {j: 0.7 / 5 for j in mates(8)} | {40: 0.15, 41: 0.15}
    assert set(seen) == set(expected)
    for j, p in expected.items():
        assert seen.count(j) == pytest.approx(
            p * weeks, abs=4.0 * math.sqrt(p * (1.0 - p) * weeks)
        )


# Prospect theory


def test_without_loss_aversion_and_curvature_prospect_theory_is_logit_choice():
    neutral = ("people.loss_aversion=1", "people.curvature=1")
    assert_same_run(run_of(busy(Rule.PROSPECT, *neutral)), run_of(busy(Rule.LOGIT)))
    for one, other in zip(
        lived(Rule.PROSPECT, *neutral), lived(Rule.LOGIT), strict=True
    ):
        np.testing.assert_allclose(
            one.notes["chances"], other.notes["chances"], rtol=0.0, atol=1e-10
        )


def test_gains_and_losses_are_valued_as_tversky_and_kahneman_say():
    assert prospect.value(1.0, 2.25, 0.88) == 1.0
    assert prospect.value(-1.0, 2.25, 0.88) == -2.25
    assert prospect.value(100.0, 2.25, 0.88) == pytest.approx(100.0**0.88)
    assert prospect.value(-100.0, 2.25, 0.88) == pytest.approx(-2.25 * 100.0**0.88)
    assert prospect.value(0.0, 2.25, 0.88) == 0.0


def test_the_reference_point_is_what_a_term_is_on_average_under_the_habit():
    terms, shares = (1.0, 2.0, 3.0, 5.0), (0.5, 0.125, 0.25)
    assert prospect.usual(terms, *shares) == 0.125 + 1.0 + 0.375 + 1.25


def test_a_term_that_is_the_same_whatever_they_do_does_not_matter():
    state = {"habit_genuine": 0.375, "habit_trivial": 0.125, "habit_padding": 0.25}
    terms = [(0.1, 0.4, 0.2, 0.3)]
    one = chances(Rule.PROSPECT, terms, **state)
    other = chances(Rule.PROSPECT, [*terms, (7.0, 7.0, 7.0, 7.0)], **state)
    assert one == pytest.approx(other, abs=1e-12)


def test_gains_do_not_make_up_for_equal_losses():
    terms = [(0.0, 0.5, 0.0, 0.0), (0.0, -0.5, 0.0, 0.0)]
    manual, genuine, trivial, padding = chances(Rule.PROSPECT, terms)
    assert manual == trivial == padding
    felt = (1.0 - 2.25) * 0.5**0.88
    assert math.log(genuine / manual) == pytest.approx(felt / 0.2)


@pytest.mark.parametrize("activity", [MANUAL, GENUINE, TRIVIAL, PADDING])
def test_losses_keep_people_at_what_they_always_do(activity):
    state = {
        "habit_genuine": float(activity == GENUINE),
        "habit_trivial": float(activity == TRIVIAL),
        "habit_padding": float(activity == PADDING),
    }
    linear = {"curvature": 1.0}
    for seed in range(50):
        terms = np.random.default_rng(seed).normal(0.0, 0.3, (4, ACTIVITIES))
        kept = [
            chances(
                Rule.PROSPECT, terms, people=linear | {"loss_aversion": weight}, **state
            )[activity]
            for weight in (1.0, 1.5, 2.25, 4.0)
        ]
        assert kept == sorted(kept)
        assert kept[0] == pytest.approx(by_logit_of(terms)[activity])
        # Where another activity is better in every term, losses have no say.
        better = (terms >= terms[:, [activity]]).all(axis=0).sum() > 1
        assert kept[-1] > kept[0] or better


def by_logit_of(terms):
    return by_logit(np.sum(terms, axis=0), np.ones(ACTIVITIES, bool), 0.2)
