"""Technology that changes: drift, releases, prices of the week, tokens and gain."""

import math

import numpy as np
import pytest
from pydantic import ValidationError

from model import (
    Bonus,
    Budget,
    Guidance,
    Peers,
    People,
    Phase,
    Quota,
    Release,
    Review,
    Scenario,
    Simulation,
    Technology,
    Workplace,
    simulate,
)
from model.compiled import plain
from model.elementary import exp
from model.incentive import Counted
from model.outcomes import NAMES
from model.people import Rule
from model.principal import plan_budget
from model.progress import Progress, price, progress, suited
from model.workforce import token_yield

EMPLOYEES, WEEKS = 40, 30
KINDS = ("genuine_tokens", "trivial_tokens", "padded_tokens")


def steady(**changed):
    """Technology that stays as it is and ignores tokens, but for what is given."""
    still = dict.fromkeys(("gain_drift", "suitability_drift", "price_drift"), 0.0)
    return Technology(**({"token_yield": 0.0} | still | changed))


PLAIN = Scenario(
    organisation=Workplace(employees=EMPLOYEES),
    technology=steady(),
    review=Review(weeks=13),
    weeks=WEEKS,
)
DRIFTING = steady(
    gain_drift=0.8,
    suitability_drift=0.9,
    token_drift=1.2,
    price_drift=-0.7,
)
BUSY = PLAIN.varied(
    technology=steady(token_yield=0.2),
    bonus=Bonus(rate=2.0, measure=Counted.SPEND),
    quota=Quota(penalty=0.2, amount=120.0, measure=Counted.SPEND),
    budget=Budget(chargeback=0.3, cap=300.0),
)


def assert_same(one, other, weeks=slice(None)):
    for name in NAMES:
        np.testing.assert_array_equal(
            one.weeks[name][weeks], other.weeks[name][weeks], name
        )
    np.testing.assert_array_equal(
        one.history("activity")[weeks], other.history("activity")[weeks]
    )


def run_of(scenario):
    return simulate(scenario, seed=4, record=["activity"])


# Off is exactly off


def test_without_drift_and_releases_every_week_has_the_technology_of_week_0():
    for week in (-12, 0, 51, 5000):
        assert progress(PLAIN, week) == Progress(1.0, 1.0, 1.0, 1.0, 0.3)
    assert plain(exp)(0.0) == plain(exp)(-0.0) == 1.0
    x = np.random.default_rng(1).random(1000)
    assert all(plain(suited)(value, 1.0) == value for value in x)
    assert plain(token_yield)(13.7, 9.0, 0.0) == plain(token_yield)(0.0, 9.0, 0.0) == 1


@pytest.mark.parametrize("scenario", [PLAIN, BUSY], ids=["voluntary", "busy"])
def test_a_release_of_what_is_there_has_no_effect(scenario):
    tech = scenario.technology
    same = Release(gain=tech.gain, loss=tech.loss, price=tech.price)
    releases = (
        Phase(week=1),
        Phase(week=5, technology=same),
        Phase(week=9, scheme=scenario.scheme, technology=same),
        Phase(week=20, technology=Release()),
    )
    assert_same(run_of(scenario), run_of(scenario.varied(timeline=releases)))


def test_the_warm_up_and_week_0_have_the_technology_of_week_0():
    drifting = BUSY.varied(technology=DRIFTING)
    still = BUSY.varied(technology=steady())
    one, other = run_of(drifting), run_of(still)
    assert_same(one, other, slice(1))
    assert not np.array_equal(one.history("activity"), other.history("activity"))


def test_a_release_changes_nothing_before_its_week():
    better = Phase(week=12, technology=Release(gain=1.5, price=0.2, loss=0.0))
    one, other = run_of(BUSY), run_of(BUSY.varied(timeline=(better,)))
    assert_same(one, other, slice(12))
    assert other.weeks["output_gain"][12] > one.weeks["output_gain"][12]


# What the formulas say


def test_quantities_grow_at_their_yearly_rates():
    scenario = PLAIN.varied(technology=DRIFTING)
    now = progress(scenario, 26)
    assert now.gain == pytest.approx(math.exp(0.4), rel=1e-15)
    assert now.lacking == pytest.approx(math.exp(-0.45), rel=1e-15)
    assert now.tokens == pytest.approx(math.exp(0.6), rel=1e-15)
    assert now.price == pytest.approx(math.exp(-0.35), rel=1e-15)
    assert price(scenario, 26) == pytest.approx(1.5 * math.exp(-0.35), rel=1e-15)


def test_drift_goes_on_from_what_a_release_set():
    releases = (
        Phase(week=4, technology=Release(gain=0.9)),
        Phase(week=10, technology=Release(price=3.0)),
        Phase(week=15, technology=Release(gain=1.4, loss=0.1)),
    )
    scenario = PLAIN.varied(technology=DRIFTING, timeline=releases)

    def gain(week):
        return 0.7 * progress(scenario, week).gain

    assert gain(3) == pytest.approx(0.7 * math.exp(0.8 * 3 / 52), rel=1e-14)
    assert gain(4) == pytest.approx(0.9, rel=1e-14)
    assert gain(14) == pytest.approx(0.9 * math.exp(0.8 * 10 / 52), rel=1e-14)
    assert gain(17) == pytest.approx(1.4 * math.exp(0.8 * 2 / 52), rel=1e-14)
    assert price(scenario, 9) == pytest.approx(1.5 * math.exp(-0.7 * 9 / 52), rel=1e-14)
    assert price(scenario, 12) == pytest.approx(3 * math.exp(-0.7 * 2 / 52), rel=1e-14)
    assert [progress(scenario, week).loss for week in (14, 15)] == [0.3, 0.1]


def test_suitability_stays_in_its_range_and_order_and_tends_to_1():
    x = np.linspace(0.0, 1.0, 101)
    before = x
    for lacking in (0.9, 0.5, 0.1, 1e-9):
        after = np.array([plain(suited)(value, lacking) for value in x])
        assert after[-1] == 1.0
        assert np.all(after >= before)
        assert np.all(np.diff(after) > 0.0)
        before = after
    assert before.min() > 1.0 - 1e-8


def test_output_with_ai_is_that_of_the_closed_form():
    """Everybody uses AI at every task, at the proficiency and gain that they have.

    With x ~ U(0, 1) in week 0 and L = exp(-rate w / 52), tasks lack L / 2 in the mean,
    and the mean gain of a half-day is theta (a gamma(w) (1 - L / 2) - l L / 2).
    """
    people = 2000
    willing = Scenario(
        organisation=Workplace(employees=people, demand=0.0),
        people=People(
            reluctance_mean=-5.0,
            reluctance_sd=0.0,
            never_gamers=1.0,
            learning=0.0,
            forgetting=0.0,
            effort=0.0,
        ),
        peers=Peers(rework_misuse=0.0, teaching=0.0, forum_practice=0.0),
        technology=steady(
            chore_worth=0.0, dressing_most=0.0, gain_drift=0.5, suitability_drift=0.6
        ),
        timeline=(Phase(week=40, technology=Release(gain=1.2, loss=0.6)),),
        weeks=60,
    )
    run = simulate(willing, seed=9, record=["output"])
    staff = run.employees
    assert np.all(run.weeks["genuine_share"] == 1.0)
    most = staff["proficiency"] * staff["gain"]  # in week 0
    for week, gamma, loss in (
        (0, 1.0, 0.3),
        (30, math.exp(0.5 * 30 / 52), 0.3),
        (59, 1.2 / 0.7 * math.exp(0.5 * 19 / 52), 0.6),
    ):
        lacking = math.exp(-0.6 * week / 52)
        a_half_day = most * gamma * (1.0 - lacking / 2) - loss * lacking / 2
        expected = 10.0 * staff["productivity"] * (1.0 + a_half_day)
        apart = run.history("output")[week] - expected
        error = apart.std(ddof=1) / math.sqrt(people)
        assert abs(apart.mean()) < 4.0 * error


def test_tokens_of_a_half_day_grow():
    calm = PLAIN.varied(
        people=People(intensity_sd=0.0), technology=steady(token_noise=0.0)
    )
    drifting = calm.varied(technology=steady(token_noise=0.0, token_drift=0.7))
    for scenario, factor in ((calm, 1.0), (drifting, math.exp(0.7 * 29 / 52))):
        run = simulate(scenario, record=["genuine", "genuine_tokens"])
        half_days, tokens = (run.history(n)[29] for n in ("genuine", "genuine_tokens"))
        np.testing.assert_allclose(tokens, 10.5 * factor * half_days, rtol=1e-12)


# Tokens and gain


def test_many_tokens_raise_the_gain_by_their_power():
    flat, steep = (
        simulate(PLAIN.varied(technology=steady(token_yield=power)))
        for power in (0.0, 0.3)
    )
    kappa = flat.employees["intensity"]
    np.testing.assert_array_equal(kappa, steep.employees["intensity"])
    np.testing.assert_allclose(
        steep.employees["gain"] / flat.employees["gain"], (kappa / 10.5) ** 0.3, 1e-12
    )


def test_without_spread_of_tokens_their_yield_is_nothing():
    same = PLAIN.varied(people=People(intensity_sd=0.0))
    yielding = same.varied(technology=steady(token_yield=0.3))
    assert_same(run_of(same), run_of(yielding))


# The price of the week


def test_spend_is_paid_at_the_price_of_the_week():
    dear = Phase(week=11, technology=Release(price=6.0))
    scenario = PLAIN.varied(technology=DRIFTING, timeline=(dear,))
    weeks = run_of(scenario).weeks
    tokens = sum(weeks[kind] for kind in KINDS)
    prices = np.array([price(scenario, week) for week in range(WEEKS)])
    np.testing.assert_allclose(weeks["price"], prices, rtol=1e-14)
    np.testing.assert_allclose(weeks["spend"], tokens * prices, rtol=1e-12)
    value = scenario.organisation.half_day_value * weeks["output"]
    costs = weeks["spend"] + weeks["running_cost"] + weeks["replacement_cost"]
    np.testing.assert_allclose(weeks["net_value"], value - costs, rtol=1e-12)
    last = WEEKS - 1
    plan = plan_budget(2.0, 1.0, scenario, last)
    assert plan.budget == pytest.approx(104.0 * prices[last], rel=1e-14)


def test_a_hard_cap_adds_up_dollars_of_different_prices():
    """A half-day may overshoot, none with AI starts once the cap is reached."""
    cap, weeks = 60.0, 4
    scenario = PLAIN.varied(
        bonus=Bonus(rate=3.0),
        budget=Budget(cap=cap, weeks=weeks),
        technology=steady(price_drift=1.5),
        timeline=(Phase(week=2, technology=Release(price=0.4)),),
    )
    simulation = Simulation(scenario, seed=3)
    spent = np.zeros(EMPLOYEES)
    capped = free = 0
    for week in range(8):
        notes = simulation.note(0, EMPLOYEES)
        simulation.step()
        for i in range(EMPLOYEES):
            for h in range(10):
                if spent[i] >= cap:
                    np.testing.assert_array_equal(notes["chances"][i, h], [1, 0, 0, 0])
                    capped += 1
                else:
                    assert notes["chances"][i, h, 1] > 0.0
                    free += 1
                spent[i] += price(scenario, week) * notes["tokens"][i, h]
        if (week + 1) % weeks == 0:
            spent[:] = 0.0
    assert min(capped, free) > 100


def test_a_quota_in_dollars_counts_what_was_paid():
    dear = Phase(week=2, technology=Release(price=3.0))
    quota = Quota(penalty=0.2, amount=150.0, measure=Counted.SPEND)
    scenario = PLAIN.varied(quota=quota, timeline=(dear,))
    simulation = Simulation(scenario, seed=3)
    paid = np.zeros(EMPLOYEES)
    row = list(scenario.incentives).index("quota")
    for week in range(4):
        assert simulation.published["quota"] == 150.0 / (32.0 * 1.5)
        simulation.step()
        staff = simulation.staff
        tokens = sum(staff[kind] for kind in KINDS)
        paid += tokens * (1.5, 1.5, 3.0, 3.0)[week]
    # Settled: the rate is the score per half-day, and a point is worth 32 M at $1.5.
    dollars = simulation.staff["rate"][:, row] * 40.0 * 32.0 * 1.5
    np.testing.assert_allclose(dollars, paid, rtol=1e-12)


def test_dearer_tokens_are_felt_under_chargeback():
    charged = PLAIN.varied(budget=Budget(chargeback=0.5))
    dear = charged.varied(timeline=(Phase(week=5, technology=Release(price=30.0)),))
    one, other = simulate(charged), simulate(dear)
    assert (
        other.weeks["genuine_tokens"][5:].mean()
        < 0.8 * one.weeks["genuine_tokens"][5:].mean()
    )


# Habits, the timeline, and what is refused


@pytest.mark.parametrize("rule", [Rule.SATISFICING, Rule.IMITATION])
def test_a_habit_keeps_its_share_while_tasks_become_more_suitable(rule):
    """Habit gives AI the usual share of tasks, those that suit it best."""
    scenario = PLAIN.varied(
        people=People(rule=rule, experimenting=0.0),
        guidance=Guidance(judgement=1.0),
        technology=steady(suitability_drift=2.0),
    )
    still = scenario.varied(technology=steady())
    one, other = simulate(scenario, seed=2), simulate(still, seed=2)
    here, there = (run.weeks["genuine_share"][:8].mean() for run in (one, other))
    assert here == pytest.approx(there, abs=0.03)


def test_a_phase_without_a_scheme_leaves_the_scheme_in_force():
    later = PLAIN.varied(bonus=Bonus(rate=3.0)).scheme
    timeline = (
        Phase(week=3, scheme=later),
        Phase(week=6, technology=Release(gain=0.9)),
    )
    scenario = PLAIN.varied(timeline=timeline)
    assert [(p.week, p.scheme) for p in scenario.phases] == [
        (0, PLAIN.scheme),
        (3, later),
    ]
    assert scenario.releases == (timeline[1],)
    assert Scenario(**scenario.model_dump(mode="json")) == scenario


def test_releases_of_one_scenario_are_given_to_another():
    later = PLAIN.varied(bonus=Bonus(rate=3.0)).scheme
    own = (Phase(week=3, scheme=later, technology=Release(price=9.0)),)
    new = Phase(week=3, technology=Release(gain=0.9))
    also = Phase(week=8, technology=Release(loss=0.1))
    given = PLAIN.varied(timeline=own).released((new, also))
    assert given.timeline == (
        Phase(week=3, scheme=later, technology=new.technology),
        also,
    )
    assert PLAIN.varied(timeline=own).released(()).releases == ()
    assert PLAIN.released(()) is PLAIN


@pytest.mark.parametrize("name", ["gain", "price"])
def test_a_release_cannot_start_from_nothing(name):
    with pytest.raises(ValidationError, match=rf"technology\.{name} is 0\.5"):
        PLAIN.varied(
            technology=steady(**{name: 0.0}),
            timeline=(Phase(week=3, technology=Release(**{name: 0.5})),),
        )


@pytest.mark.parametrize(
    "release", [{"gain": -1.0}, {"gain": 11.0}, {"loss": 2.0}, {"price": math.nan}]
)
def test_a_release_keeps_to_the_limits_of_technology(release):
    with pytest.raises(ValidationError):
        Release(**release)


def test_limits_of_a_release_are_those_of_technology():
    for name, field in Release.model_fields.items():
        declared = Technology.model_fields[name]
        limits = [
            sorted(str(mark) for mark in f.metadata if type(mark).__name__ in "GeLe")
            for f in (field, declared)
        ]
        assert limits[0] == limits[1]
