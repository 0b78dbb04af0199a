"""Welfare against its definition, term by term, where the state is known."""

import numpy as np
import pytest

from experiments import compose
from model import Leaderboard, Review, TopBoard, simulate
from model.normal import cdf

WEEKS = 8
SIZE = ["organisation.employees=40", f"weeks={WEEKS}", "people.quit_hazard=0"]
# What moves the value of output and the cost of padding stays as it is, and nobody does
# more than choose.
STILL = [
    "technology.dressing_most=0",
    "technology.gesture_minutes=0",
    "technology.price_drift=0",
    "people.effort=0",
    "people.urgency=0",
    "peers.norm_relief=0",
    *SIZE,
    "review=none",
]
KEPT = ["manual", "genuine", "trivial", "padding", "output"]
KEPT += ["genuine_tokens", "trivial_tokens", "padded_tokens"]


def told(overrides):
    """A run, and the part of its welfare sum that the work itself makes."""
    scenario = compose([*STILL, *overrides])
    run = simulate(scenario, seed=4, record=KEPT)
    people = run.employees
    work = scenario.people.own_value * run.history("output")
    with_ai = run.history("genuine") + run.history("trivial")
    work -= people["reluctance"] * with_ai
    scruple = people["conscience"] + scenario.guidance.conscience
    work -= scruple * run.history("padding")
    return scenario, run, work.sum(axis=0) / 10.0


def tokens(run):
    return sum(run.history(name) for name in KEPT if name.endswith("_tokens"))


def assert_sum(run, work, reward):
    people = run.employees
    np.testing.assert_allclose(people["welfare_sum"], work + reward, rtol=1e-12)
    np.testing.assert_allclose(
        people["reward_sum"], np.zeros(len(work)) + reward, rtol=1e-12
    )


@pytest.mark.parametrize(
    "overrides",
    [
        [],
        ["guidance=support"],
        ["people.never_gamers=0", "review=linked", "review.weeks=4"],
        ["leaderboard=full"],
        ["top_board=top_2pct"],
    ],
    ids=lambda overrides: overrides[-1] if overrides else "voluntary",
)
def test_without_what_is_only_rank_it_is_the_work_alone(overrides):
    _, run, work = told(overrides)
    assert_sum(run, work, 0.0)


def test_a_bonus_counts_when_its_window_ends():
    scenario, run, work = told(["bonus.rate=2", "bonus.measure=tokens"])
    assert scenario.bonus.weeks == 4
    assert_sum(run, work, 2.0 * tokens(run).sum(axis=0) / 32.0 / 10.0)


def test_a_window_that_does_not_end_brings_nothing():
    _, run, work = told(["bonus.rate=2", "bonus.measure=tokens", "bonus.weeks=5"])
    assert_sum(run, work, 2.0 * tokens(run)[:5].sum(axis=0) / 32.0 / 10.0)


def test_a_missed_quota_costs_the_window_and_being_seen():
    quota = ["quota.penalty=0.1", "quota.amount=100", "quota.weeks=4"]
    _, run, work = told([*quota, "quota.shame=0.2", "quota.visible=true"])
    people = run.employees
    stake = people["ambition"] * (0.1 + 0.2 * people["status"]) * 40.0
    used = tokens(run).reshape(2, 4, -1).sum(axis=1)
    missed = (used < 100.0).sum(axis=0)
    assert 0 < missed.sum() < missed.size * 2
    assert_sum(run, work, -missed * stake / 10.0)


def test_an_inactive_week_costs_what_the_target_presses():
    target = ["participation.penalty=0.3", "participation.target=0.9"]
    smooth = ["participation.scope=organisation", "participation.smoothing=0"]
    _, run, work = told([*target, *smooth, "people.reluctance_mean=2"])
    idle = (run.history("manual") == 10).sum(axis=0)
    assert idle.any()
    lost = work - run.employees["welfare_sum"]
    stake = run.employees["ambition"] * 0.3
    pressed = lost[idle > 0] / (idle * stake)[idle > 0]
    # Not smoothed, the share stays that of the paces after the warm-up.
    np.testing.assert_allclose(pressed, pressed[0], rtol=1e-9)
    assert cdf(-6.0) < pressed[0] < 1.0
    np.testing.assert_allclose(lost[idle == 0], 0.0, atol=1e-12)


def test_findings_of_an_audit_cost_whether_right_or_wrong():
    audited = ["audit.probability=0.5", "audit.false_positive=0.5"]
    audited += ["audit.weeks=1", "weeks=1"]
    mild = ["audit.sanction=0.1", "people.never_gamers=0", "people.conscience_floor=0"]
    scenario, run, work = told([*audited, *mild, "people.conscience_scale=0"])
    people = run.employees
    found = people["hits"] + people["false_hits"]
    assert people["hits"].any()
    assert people["false_hits"].any()
    sanction = scenario.audit.sanction * people["ambition"]
    assert_sum(run, work, -found * sanction / 10.0)


def test_tokens_charged_back_cost():
    _, run, work = told(["budget.chargeback=0.5"])
    charged = 0.5 * 1.5 * tokens(run).sum(axis=0) / 385.0
    assert_sum(run, work, -charged / 10.0)


def test_the_outcome_is_its_mean_and_the_sum_leaves_out_the_warm_up():
    scenario = compose(["scheme=everything_at_once", *SIZE, "review.weeks=4"])
    run = simulate(scenario)
    np.testing.assert_allclose(
        run.weeks["welfare"].sum(), run.employees["welfare_sum"].mean(), rtol=1e-12
    )
    np.testing.assert_allclose(
        run.weeks["output"].sum(), run.employees["output_sum"].mean(), rtol=1e-12
    )
    last = run.employees["welfare"].mean()
    np.testing.assert_allclose(run.weeks["welfare"][-1], last, rtol=1e-12)


def test_rank_that_moves_nobody_moves_no_welfare():
    """A person alone always stands in the middle: boards and reviews are the same."""
    plain = compose(["organisation.employees=1", f"weeks={WEEKS}", "review=none"])
    ranked = plain.varied(
        review=Review(weight=0.5, weeks=4),
        leaderboard=Leaderboard(status=5.0),
        top_board=TopBoard(prize=5.0, share=1.0),
    )
    one, other = simulate(plain), simulate(ranked.varied(top_board=TopBoard()))
    np.testing.assert_array_equal(one.weeks["welfare"], other.weeks["welfare"])
