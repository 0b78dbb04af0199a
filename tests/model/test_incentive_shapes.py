"""Known values: each incentive against its formula, standings against brute force."""

import math
from typing import NamedTuple

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from model import (
    Audit,
    Bonus,
    Budget,
    Guidance,
    Leaderboard,
    Participation,
    People,
    Quota,
    Review,
    Scenario,
    Simulation,
    TopBoard,
    Workplace,
    parameters,
    settlement,
)
from model.block import BLOCK, LANES, HalfDay, half_day
from model.choice import (
    active_by_friday,
    active_by_night,
    add,
    best_increment,
    foresee,
    stand,
    stand_among_mates,
)
from model.incentive import Counted
from model.incentives import (
    audit,
    bonus,
    budget,
    guidance,
    leaderboard,
    participation,
    quota,
    review,
    top_board,
)
from model.measure import (
    CELLS,
    COUNTING,
    NODES,
    Counters,
    Window,
    below,
    counted,
    counting,
    enter,
    expect,
    look,
    own_entry,
    position,
    scoring_of,
    sum_up,
)
from model.normal import REACH, STEPS, cdf, quantile
from model.outcomes import NAMES
from model.outlook import GENUINE, MANUAL, PADDING, TRIVIAL, Outlook, Person
from model.published import PUBLISHED
from model.scenario import HEADLINE, ROW, ROWS, Scheme

OUTLOOK = Outlook(score=3.2, sigma=0.7, half_days=40.0, discount=0.9)
PERSON = Person(ambition=1.3, status=0.6, suspicion=0.25)


def phi(x):
    return 0.5 * math.erfc(-x / math.sqrt(2.0))


def rows(**parts):
    """The scenario as compiled rules see it."""
    return parameters.as_record(Scenario(**parts))


# The normal distribution


def test_phi_is_that_of_erf_to_5e9():
    x = np.linspace(-9.0, 9.0, 20_011)
    assert max(abs(cdf(v) - phi(v)) for v in x) < 5e-9


def test_phi_is_exact_on_its_nodes_and_at_its_ends():
    for k in range(-REACH * STEPS, REACH * STEPS + 1):
        assert cdf(k / STEPS) == pytest.approx(phi(k / STEPS), abs=2e-16)
    assert cdf(0.0) == 0.5
    assert 0.0 <= cdf(-1e9) < 1e-15
    assert 1.0 - 1e-15 < cdf(1e9) <= 1.0
    assert cdf(math.inf) == cdf(1e9)
    assert cdf(-math.inf) == cdf(-1e9)


def test_phi_rises():
    values = [cdf(x) for x in np.linspace(-8.0, 8.0, 50_001)]
    assert np.all(np.diff(values) >= -1e-16)


@pytest.mark.parametrize("p", [1e-9, 1e-4, 0.02, 0.075, 0.3, 0.5, 0.925, 0.98, 0.9999])
def test_a_quantile_is_the_inverse_of_phi(p):
    assert phi(quantile(p)) == pytest.approx(p, rel=1e-5)
    assert quantile(1.0 - p) == pytest.approx(-quantile(p), rel=1e-6, abs=1e-7)


# Each incentive


def test_bonus_pays_by_the_score():
    part = rows(bonus=Bonus(rate=0.4))["bonus"]
    assert bonus.worth(part, OUTLOOK) == pytest.approx(0.9 * 0.4 * 3.2, rel=1e-15)


def test_quota_is_worth_its_stake_times_the_chance_to_meet_it():
    part = rows(quota=Quota(penalty=0.1, shame=0.05, visible=True))["quota"]
    stake = 0.9 * 1.3 * (0.1 + 0.6 * 0.05) * 40.0
    expected = stake * phi((3.2 - 3.5) / 0.7)
    assert quota.worth(part, PERSON, OUTLOOK, 3.5) == pytest.approx(expected, rel=1e-7)


@pytest.mark.parametrize("so_far", [3.5, 3.6, 99.0])
@pytest.mark.parametrize("score", [3.5, 99.0])
def test_a_quota_that_is_met_is_worth_its_whole_stake_whatever_comes(so_far, score):
    part = rows(quota=Quota(penalty=0.1))["quota"]
    met = OUTLOOK._replace(score=score, so_far=so_far)
    assert quota.worth(part, PERSON, met, 3.5) == 0.9 * (1.3 * 0.1 * 40.0)


def test_a_quota_that_is_nearly_met_is_still_a_chance():
    part = rows(quota=Quota(penalty=0.1))["quota"]
    nearly = OUTLOOK._replace(score=3.6, so_far=3.499)
    expected = 0.9 * 1.3 * 0.1 * 40.0 * phi(0.1 / 0.7)
    assert quota.worth(part, PERSON, nearly, 3.5) == pytest.approx(expected, rel=1e-7)


def test_a_quota_without_a_stake_is_worth_exactly_nothing_even_once_it_is_met():
    part = rows(quota=Quota(penalty=0.0, shame=0.1, visible=False))["quota"]
    for so_far in (0.0, 3.5):
        seen = OUTLOOK._replace(so_far=so_far)
        assert quota.worth(part, PERSON, seen, 3.5) == 0.0


@pytest.mark.parametrize("away", [-2.0, -0.4, 0.0, 0.3, 1.9])
def test_a_little_more_is_worth_the_stake_times_the_density_before_a_quota(away):
    """By central difference; the table of Phi is right to 5e-9."""
    part = rows(quota=Quota(penalty=0.1))["quota"]
    step, stake = 1e-3, 0.9 * 1.3 * 0.1 * 40.0

    def at(score):
        return quota.worth(part, PERSON, OUTLOOK._replace(score=score), 3.5)

    middle = 3.5 + 0.7 * away
    slope = (at(middle + step) - at(middle - step)) / (2.0 * step)
    density = math.exp(-0.5 * away**2) / (math.sqrt(2.0 * math.pi) * 0.7)
    assert slope == pytest.approx(stake * density, abs=1e-5 * stake)


def test_a_quota_that_is_far_away_is_worth_nothing():
    part = rows(quota=Quota(penalty=0.1))["quota"]
    far = OUTLOOK._replace(score=3.5 - 9.0 * 0.7)
    stake = 0.9 * 1.3 * 0.1 * 40.0
    assert quota.worth(part, PERSON, far, 3.5) < 1e-15 * stake


def test_a_quota_that_mates_do_not_see_has_no_shame():
    part = rows(quota=Quota(penalty=0.1, shame=0.05, visible=False))["quota"]
    expected = 0.9 * 1.3 * 0.1 * 40.0 * 0.5
    assert quota.worth(part, PERSON, OUTLOOK, 3.2) == pytest.approx(expected, rel=1e-15)


def test_top_board_weighs_the_own_uncertainty_and_that_of_the_cut():
    part = rows(top_board=TopBoard(prize=0.2))["top_board"]
    chance = phi((3.2 - 4.0) / math.hypot(0.7, 0.3))
    expected = 0.9 * 0.6 * 0.2 * 40.0 * chance
    assert top_board.worth(part, PERSON, OUTLOOK, 4.0, 0.3) == pytest.approx(
        expected, rel=1e-7
    )


@pytest.mark.parametrize("curvature", [0.0, 0.3, 1.0])
def test_first_place_is_worth_1_the_middle_a_half_and_the_last_nothing(curvature):
    assert leaderboard.rank_value(0.0, curvature) == 0.0
    assert leaderboard.rank_value(0.5, curvature) == 0.5
    assert leaderboard.rank_value(1.0, curvature) == 1.0


def test_curvature_makes_the_ends_of_a_ranking_steep():
    def slope(p, c):
        return leaderboard.rank_value(p + 1e-6, c) - leaderboard.rank_value(p - 1e-6, c)

    assert slope(0.3, 0.0) == pytest.approx(2e-6, rel=1e-6)
    assert slope(0.98, 1.0) == pytest.approx(2e-6 * 3.0 * 0.96**2, rel=1e-4)
    assert slope(0.5, 1.0) == pytest.approx(0.0, abs=1e-12)


def test_leaderboard_is_worth_the_value_of_the_rank():
    part = rows(leaderboard=Leaderboard(status=0.1, curvature=0.5))["leaderboard"]
    value = 0.5 * 0.8 + 0.5 * (0.5 + 0.6**3 / 2.0)
    assert leaderboard.worth(part, PERSON, OUTLOOK, 0.8) == pytest.approx(
        0.9 * 0.6 * 0.1 * 40.0 * value, rel=1e-14
    )


@pytest.mark.parametrize(
    ("weight", "shift", "usage", "output"),
    [
        (0.0, 1.0, 0.25, 0.75),  # suspected
        (0.4, 1.0, 0.4, 0.6),  # formal
        (0.4, 0.0, 0.4, 1.0),  # added to output
        (0.4, 0.5, 0.4, 0.8),
        (0.1, 1.0, 0.25, 0.75),  # the larger of the two
    ],
)
def test_a_review_shifts_its_stake_from_output_to_usage(weight, shift, usage, output):
    part = rows(review=Review(stake=0.3, weight=weight, shift=shift))["review"]
    stake = 0.9 * 1.3 * 0.3 * 40.0
    assert review.worth(part, PERSON, OUTLOOK, 0.7) == pytest.approx(
        stake * usage * 0.7, rel=1e-14
    )
    assert review.worth_of_output(part, PERSON, OUTLOOK, 0.7) == pytest.approx(
        stake * output * 0.7, rel=1e-14
    )


def test_participation_presses_by_how_far_the_share_lies_below_the_target():
    assert participation.pressure(0.8, 0.15, 0.8) == 0.5
    assert participation.pressure(0.8, 0.15, 0.65) == pytest.approx(phi(1.0), abs=5e-9)
    assert participation.pressure(0.8, 0.15, 1.0) < 0.1
    part = rows(participation=Participation(penalty=0.1))["participation"]
    assert participation.worth(part, PERSON, 0.5, 0.2) == pytest.approx(
        1.3 * 0.1 * 10.0 * 0.5 * 0.2, rel=1e-15
    )


NOTHING = Counters(*[0.0] * len(Counters._fields))
USER = NOTHING._replace(genuine=2.0, active=1.0, days=1.0)


def idle_day():
    """The fourth half-day of somebody who has not used AI in the week."""
    pace = NOTHING._replace(genuine=1.0, active=0.02, output=1.0, days=0.05)
    return HalfDay(
        number=3,
        manual=NOTHING,
        genuine=USER,
        trivial=USER,
        padding=USER,
        week=NOTHING,
        pace=pace,
        today=0.0,
        open_to=0b1111,
        pressed=0.5,
    )


def test_the_chance_to_be_active_by_friday_follows_the_own_pace():
    day = idle_day()
    for with_ai in (GENUINE, TRIVIAL, PADDING):
        assert active_by_friday(with_ai, day) == 1.0
    assert active_by_friday(MANUAL, day) == pytest.approx(6 * 0.02, rel=1e-15)
    assert active_by_friday(MANUAL, day._replace(number=9)) == 0.0
    daily = day.pace._replace(active=1.0)
    assert active_by_friday(MANUAL, day._replace(pace=daily)) == 1.0
    assert active_by_friday(MANUAL, day._replace(week=USER)) == 1.0


def test_the_chance_to_be_active_by_night_is_that_of_the_afternoon():
    morning, afternoon = idle_day()._replace(number=4), idle_day()
    assert active_by_night(morning) == 0.05
    assert active_by_night(afternoon) == 0.0
    assert active_by_night(afternoon._replace(today=1.0)) == 1.0


def test_a_random_audit_looks_at_everybody_alike():
    part = rows(audit=Audit(probability=0.2, sanction=4.0))["audit"]
    for score in (0.0, 3.2, 1e6):
        assert audit.selection(part, score, 0.7, 4.0, 0.3) == 0.2
    assert audit.worth(part, PERSON, MANUAL, 0.2) == 0.0
    assert audit.worth(part, PERSON, PADDING, 0.2) == pytest.approx(
        -0.2 * 4.0 * 1.3 * 0.8, rel=1e-15
    )
    for honest in (GENUINE, TRIVIAL):
        assert audit.worth(part, PERSON, honest, 0.2) == pytest.approx(
            -0.2 * 4.0 * 1.3 * 0.05, rel=1e-15
        )


def test_an_audit_of_top_spenders_looks_at_those_near_the_cut():
    part = rows(audit=Audit(probability=0.2, top_share=0.1))["audit"]
    expected = 0.2 * phi((3.2 - 4.0) / math.hypot(0.7, 0.3))
    selected = audit.selection(part, 3.2, 0.7, 4.0, 0.3)
    assert selected == pytest.approx(expected, rel=1e-7)


def test_a_chargeback_counts_tokens_in_half_days():
    part = rows(budget=Budget(chargeback=0.5))["budget"]
    assert budget.worth(part, 77.0, 385.0) == pytest.approx(-0.1, rel=1e-15)


def test_a_budget_is_exhausted_once_its_cap_is_reached():
    capped = rows(budget=Budget(cap=100.0))["budget"]
    assert not budget.exhausted(capped, 99.9)
    assert budget.exhausted(capped, 100.0)
    free = rows(budget=Budget(chargeback=0.5))["budget"]
    assert not budget.exhausted(free, 1e9)


def test_guidance_lowers_noise_and_trains_towards_the_ceiling():
    part = rows(guidance=Guidance(judgement=0.25, training=0.1))["guidance"]
    assert guidance.noise(part, 0.12) == pytest.approx(0.09, rel=1e-15)
    assert guidance.trained(part, 0.2, 0.7) == pytest.approx(0.05, rel=1e-14)
    assert guidance.trained(part, 0.7, 0.7) == 0.0


# Outlook


def window(**changes):
    usual = {
        "so_far": 1.0,
        "pace": 0.1,
        "active_pace": 0.0,
        "days_pace": 0.0,
        "sigma": 0.3,
        "left": 15.0,
        "cap": math.inf,
    }
    return Window(**(usual | changes))


def test_the_score_is_what_is_there_this_half_day_and_the_rest_at_the_pace():
    score = expect(window(), 0.25, 0.0, 0.0, 5)
    assert score == pytest.approx(1.0 + 0.25 + 14 * 0.1, rel=1e-15)


def counting_of(part):
    """The counting table of a scheme with this part."""
    return counting(Scheme(**{type(part).__name__.lower(): part}), suspicion=False)


def published_of(elapsed=0):
    """What is published, so many weeks into every window."""
    published = np.zeros(1, PUBLISHED)[0]
    published["elapsed"] = elapsed
    return published


def seated(**columns):
    """A block of people alike: 0.02 reference weeks this week, 0.3 before it.

    They use 0.02 a half-day, and with AI they would use 0.12.
    """
    usual = {
        "ambition": 1.3,
        "so_far": 0.3,
        "open_to": 0b1111,
        "genuine_tokens": 0.02 * 32.0,
        "pace_genuine": 0.02 * 32.0,
        "intensity": 0.12 * 32.0,
        "trivial_intensity": 0.12 * 32.0,
        "padding_intensity": 0.12 * 32.0,
    }
    block = np.zeros(1, BLOCK)[0]
    for name, value in (usual | columns).items():
        block[name][...] = value
    return block


def foreseen(so_far, cap=math.inf):
    """A block that foresees the end of a window of tokens with so much before."""
    part = Quota(penalty=0.1, weeks=4)
    c, block = counting_of(part), seated(so_far=so_far)
    c["cap"][ROW.quota] = cap
    foresee(ROW.quota, block, 5, c, published_of(elapsed=1), rows(quota=part))
    return block


def looked(best, *, half_day=5, weeks=4, elapsed=1, **people):
    """A window of tokens before a half-day, by somebody of 0.02 points a half-day."""
    quotas = Quota(penalty=0.1, weeks=weeks)
    s = rows(people=People(**people), quota=quotas)
    c = counting(Scheme(quota=quotas), suspicion=False)
    row = ROW.quota
    # Tokens: 32 M a week are one point.
    user = NOTHING._replace(genuine=0.02 * 32.0)
    scoring = scoring_of(c, row, False, s)
    return look(scoring, 0.3, user, user, best, elapsed, half_day)


def test_a_window_counts_on_a_part_of_the_room_that_is_left():
    assert looked(0.12, cramming=0.2).pace == pytest.approx(0.02 + 0.2 * 0.10)
    assert looked(0.12, cramming=0.0).pace == pytest.approx(0.02)
    assert looked(0.0, cramming=0.5).pace == pytest.approx(0.02)
    assert looked(0.01, cramming=0.5).pace == pytest.approx(0.02)


@pytest.mark.parametrize(("half_day", "left"), [(0, 30), (5, 25), (9, 21)])
def test_a_window_counts_the_half_days_left_this_one_included(half_day, left):
    assert looked(0.0, half_day=half_day).left == left
    assert looked(0.0, half_day=9, elapsed=3).left == 1


def test_the_uncertainty_has_a_part_of_the_pace_and_one_of_the_room():
    own = 1.3 * math.sqrt(25.0) * (0.02 + 0.2 * 0.10)
    room = 0.2 * 24.0 * 0.10
    seen = looked(0.12, cramming=0.2, uncertainty=1.3)
    assert seen.sigma == pytest.approx(math.hypot(own, room), rel=1e-14)
    without = looked(0.0, cramming=0.2, uncertainty=1.3)
    assert without.sigma == pytest.approx(1.3 * math.sqrt(25.0) * 0.02, rel=1e-14)


def test_in_the_last_half_day_no_room_is_left_to_be_unsure_of():
    last = looked(0.12, half_day=9, elapsed=3, cramming=0.2, uncertainty=1.0)
    assert last.sigma == pytest.approx(0.02 + 0.2 * 0.10, rel=1e-14)


@pytest.mark.parametrize("people", [{}, {"cramming": 0.0}, {"uncertainty": 0.3}])
def test_the_uncertainty_falls_from_half_day_to_half_day(people):
    sigmas = [
        looked(0.12, elapsed=elapsed, half_day=h, **people).sigma
        for elapsed in range(4)
        for h in range(10)
    ]
    assert np.all(np.diff(sigmas) < 0.0)


def test_more_cramming_gives_more_hope_and_more_doubt():
    seen = [looked(0.12, cramming=zeta) for zeta in (0.0, 0.1, 0.2, 0.5, 1.0)]
    assert np.all(np.diff([w.pace for w in seen]) > 0.0)
    assert np.all(np.diff([w.sigma for w in seen]) > 0.0)


@pytest.mark.parametrize("elapsed", range(4))
@pytest.mark.parametrize("half_day", [0, 4, 9])
def test_a_quota_is_worth_its_whole_stake_as_soon_as_it_is_met(elapsed, half_day):
    """Somebody has 0.32 reference weeks, this week's included."""
    part = Quota(penalty=0.1, weeks=4)
    s, c = rows(people=People(patience=0.7), quota=part), counting_of(part)
    stake = (1.0 if elapsed == 3 else 0.7) * (1.3 * 0.1 * 40.0)
    for amount in (0.32, 0.33):
        block, published = seated(), published_of(elapsed=elapsed)
        published["quota"] = amount
        add(ROW.quota, block, half_day, c, published, s)
        worths = block["terms"][ROW.quota]
        if amount == 0.32:
            assert np.all(worths == stake)
        else:
            assert np.all(worths < stake)
        np.testing.assert_array_equal(block["payoffs"], worths)


@pytest.mark.parametrize("elapsed", range(4))
def test_only_what_is_settled_this_week_is_weighed_in_full(elapsed):
    part = Bonus(rate=0.2, weeks=4)
    s, published = rows(people=People(patience=0.7), bonus=part), published_of(elapsed)
    block = seated()
    add(ROW.bonus, block, 5, counting_of(part), published, s)
    expected = 0.2 * block["score"] * (1.0 if elapsed == 3 else 0.7)
    np.testing.assert_allclose(block["terms"][ROW.bonus], expected, rtol=1e-15)


def test_an_incentive_without_worth_is_left_out():
    part = Bonus(rate=0.2)
    c = counting_of(part)
    c["weighed"][ROW.bonus] = 0
    block = seated(score=7.0)
    add(ROW.bonus, block, 5, c, published_of(), rows(bonus=part))
    assert np.all(block["terms"] == 0.0)
    assert np.all(block["payoffs"] == 0.0)
    assert np.all(block["score"] == 7.0)


def test_what_is_there_shifts_the_expected_score_and_not_its_uncertainty():
    poor, rich = foreseen(so_far=1.0), foreseen(so_far=1.7)
    np.testing.assert_allclose(rich["score"], poor["score"] + 0.7, rtol=1e-15)
    np.testing.assert_allclose(rich["settled"], poor["settled"] + 0.7, rtol=1e-15)
    np.testing.assert_array_equal(rich["sigma"], poor["sigma"])


def test_what_is_there_does_not_hold_what_this_half_day_would_bring():
    block = foreseen(so_far=1.0)
    assert block["settled"] == pytest.approx(1.0 + 0.02, rel=1e-15)
    gained = block["score"][GENUINE] - block["score"][MANUAL]
    assert gained == pytest.approx(0.12, rel=1e-13)


@pytest.mark.parametrize("activity", [MANUAL, GENUINE, TRIVIAL, PADDING])
def test_everybody_foresees_what_they_would_see_alone(activity):
    """Each lane has another score, pace, task and so on."""
    rng = np.random.default_rng(4)
    part = Quota(penalty=0.1, weeks=4, measure=Counted.ACTIVE)
    s, c, published = rows(quota=part), counting_of(part), published_of(elapsed=2)
    columns = ("pace_active", "pace_output", "pace_days", "genuine_tokens")
    columns += ("theta", "keep", "core", "beside")
    block = seated(**{name: rng.random(LANES) for name in columns})
    block["so_far"][ROW.quota] = rng.random(LANES)
    block["active"] = rng.integers(0, 2, LANES)
    block["today"] = block["active"] * rng.integers(0, 2, LANES)
    foresee(ROW.quota, block, 3, c, published, s)
    scoring = scoring_of(c, ROW.quota, False, s)
    for k in range(LANES):
        day = half_day(block, k, 3)
        best = best_increment(scoring, day, s)
        so_far = block["so_far"][ROW.quota, k]
        seen = look(scoring, so_far, day.week, day.pace, best, 2, 3)
        counts = day[1 + activity]
        active = day.week.active if activity == MANUAL else 1.0
        today = day.today if activity == MANUAL else 1.0
        increment = counted(scoring, counts)
        expected = expect(seen, increment, active, today, 3)
        assert block["score"][activity, k] == expected
        assert block["sigma"][k] == seen.sigma
        assert block["settled"][k] == seen.so_far


def test_the_outlook_ends_at_the_cap():
    assert expect(window(cap=2.0), 0.25, 0.0, 0.0, 5) == 2.0
    block = foreseen(so_far=3.0, cap=2.0)
    assert np.all(block["score"] == 2.0)
    assert np.all(block["settled"] == 2.0)


def test_who_is_active_adds_no_further_active_week_before_monday():
    pace = {"pace": 0.05, "active_pace": 0.05}
    idle = expect(window(**pace), 0.0, 0.0, 0.0, 5)
    active = expect(window(**pace), 1.0, 1.0, 1.0, 5)
    assert idle == pytest.approx(1.0 + 14 * 0.05, rel=1e-15)
    assert active == pytest.approx(1.0 + 1.0 + 10 * 0.05, rel=1e-15)


def test_who_is_active_today_adds_no_further_active_day_before_tomorrow():
    pace = {"pace": 0.05, "days_pace": 0.05}
    for moment, left in ((4, 13), (5, 14)):  # of 14 after this one
        idle = expect(window(**pace), 0.0, 0.0, 0.0, moment)
        active = expect(window(**pace), 0.2, 1.0, 1.0, moment)
        assert idle == pytest.approx(1.0 + 14 * 0.05, rel=1e-15)
        assert active == pytest.approx(1.0 + 0.2 + left * 0.05, rel=1e-15)


# Standings


class Rank(NamedTuple):
    """The table of some rates, and the entry of one of the people in it."""

    table: np.ndarray  # (NODES,)
    per_other: float
    cell: int
    edges: np.ndarray  # (2,)
    scale: float


def ranks_of(rates, scale=1.0):
    """The table of some rates as each of the people reads it."""
    table, edges = np.zeros(NODES), np.zeros((len(rates), 2))
    cells = [enter(table, r, scale, edges[i]) for i, r in enumerate(rates)]
    sum_up(table)
    others = len(rates) - 1
    per_other = 1.0 / others if others else math.inf
    return [
        Rank(table, per_other, k, own, scale)
        for k, own in zip(cells, edges, strict=True)
    ]


def standing(rank, rate, spread):
    """Where one of the people expects to stand, whatever they do."""
    row, lane, per_half_day = ROW.top_board, 5, 0.5
    c, published = np.zeros(1, COUNTING)[0], published_of()
    c["per_half_day"][row], c["scale"][row] = per_half_day, rank.scale
    published["tables"][row], published["per_other"] = rank.table, rank.per_other
    block = np.zeros(1, BLOCK)[0]
    block["cell"][row, lane] = rank.cell
    block["edge_low"][row, lane], block["edge_high"][row, lane] = rank.edges
    block["score"][:, lane] = rate / per_half_day
    block["sigma"][lane] = spread / per_half_day
    stand(row, block, c, published)
    (one,) = {*block["standing"][:, lane]}
    return one


def share_below(rank, rate):
    """F(x) at a rate."""
    return standing(rank, rate, 0.0)


def brute_force(rates, i, rate):
    """Share of the others below a rate, half of those tied."""
    others = np.delete(np.asarray(rates), i)
    return (np.sum(others < rate) + 0.5 * np.sum(others == rate)) / len(others)


def node(k, scale=1.0):
    """The rate at a node of the grid; exact where the fraction is a power of two."""
    return scale * k / (CELLS - k)


GRID = [0, 64, 128, 192]
ON_GRID = [node(k) for k in GRID]


def test_the_scale_lies_in_the_middle_of_the_grid():
    assert position(0.0, 3.0) == 0.0
    assert position(3.0, 3.0) == CELLS / 2
    assert position(-1.0, 3.0) == 0.0
    assert position(1e300, 3.0) <= CELLS
    assert [position(rate, 1.0) for rate in ON_GRID] == GRID


@settings(max_examples=200, deadline=None, derandomize=True)
@given(st.lists(st.sampled_from(ON_GRID), min_size=2, max_size=30), st.data())
def test_on_the_nodes_a_standing_is_that_of_brute_force(rates, data):
    i = data.draw(st.integers(0, len(rates) - 1))
    rank = ranks_of(rates)[i]
    for rate in ON_GRID:
        expected = brute_force(rates, i, rate)
        assert share_below(rank, rate) == pytest.approx(expected, abs=1e-12)


@settings(max_examples=200, deadline=None, derandomize=True)
@given(
    st.lists(st.floats(0, 20), min_size=2, max_size=60),
    st.lists(st.floats(0, 20), min_size=1, max_size=10),
    st.data(),
)
def test_between_nodes_a_standing_is_right_within_the_mass_around(rates, ask, data):
    i = data.draw(st.integers(0, len(rates) - 1))
    rank = ranks_of(rates)[i]
    for rate in [*ask, *rates]:
        k = min(int(position(rate, 1.0)), CELLS - 1)
        inside = sum(
            k - 1 <= position(r, 1.0) <= k + 2 for j, r in enumerate(rates) if j != i
        )
        away = abs(share_below(rank, rate) - brute_force(rates, i, rate))
        assert away <= inside / (len(rates) - 1) + 1e-12


@settings(max_examples=200, deadline=None, derandomize=True)
@given(
    st.lists(st.floats(0, 20), min_size=2, max_size=60),
    st.floats(0, 30),
    st.floats(0, 5),
    st.data(),
)
def test_a_standing_lies_between_0_and_1(rates, rate, spread, data):
    rank = ranks_of(rates)[data.draw(st.integers(0, len(rates) - 1))]
    assert -1e-12 <= standing(rank, rate, spread) <= 1.0 + 1e-12


def test_a_standing_weighs_three_rates():
    rates = np.random.default_rng(1).gamma(1.0, 1.0, 50)
    rank = ranks_of(rates)[7]
    three = [share_below(rank, 1.2 + k * math.sqrt(3.0) * 0.2) for k in (-1, 0, 1)]
    assert standing(rank, 1.2, 0.2) == pytest.approx(
        three[0] / 6 + 2 * three[1] / 3 + three[2] / 6, rel=1e-13
    )


@settings(max_examples=200, deadline=None, derandomize=True)
@given(st.one_of(st.just(0.0), st.floats(0, 50)), st.integers(2, 40))
def test_people_who_are_tied_share_half_wherever_they_are(rate, people):
    for rank in ranks_of([rate] * people):
        assert share_below(rank, rate) == pytest.approx(0.5, abs=1e-12)


def test_ties_count_half_among_others():
    tied = ranks_of([0.0, 0.0, 0.0, 0.5, 2.0])
    assert share_below(tied[0], 0.0) == pytest.approx(0.25)
    assert share_below(tied[4], 0.0) == pytest.approx(0.375)
    assert share_below(tied[0], 1e9) == pytest.approx(1.0)
    capped = ranks_of([0.0, 0.1, 0.37, 0.37, 0.37])
    assert share_below(capped[2], 0.37) == pytest.approx(0.75)
    assert share_below(capped[0], 0.37) == pytest.approx((1 + 1.5) / 4)


def test_two_people_see_each_other_only():
    lower, upper = ranks_of([node(64), node(192)])
    assert share_below(lower, node(64)) == pytest.approx(0.0, abs=1e-15)
    assert share_below(lower, node(192)) == pytest.approx(0.5)
    assert share_below(upper, node(192)) == pytest.approx(1.0)
    assert share_below(upper, node(64)) == pytest.approx(0.5)
    assert standing(lower, node(128), 0.0) == pytest.approx(0.0, abs=1e-15)
    assert standing(upper, node(128), 0.0) == pytest.approx(1.0)


def test_who_is_alone_stands_in_the_middle():
    assert standing(ranks_of([0.3])[0], 0.3, 0.1) == 0.5
    block = seated(score=3.2, sigma=0.7)
    stand_among_mates(block, 40.0)
    assert np.all(block["standing"] == 0.5)


@settings(max_examples=100, deadline=None, derandomize=True)
@given(st.floats(0, 50), st.floats(0, 50))
def test_a_table_of_one_person_is_their_own_entry(rate, asked):
    rank = ranks_of([rate])[0]
    place = position(asked, 1.0)
    own = own_entry(place - rank.cell, *rank.edges)
    assert below(rank.table, place) == pytest.approx(own, abs=1e-12)


def test_an_own_entry_rises_from_nothing_to_one_by_straight_lines():
    steps = [-9.0, -1.0, -0.5, 0.0, 0.5, 1.0, 1.5, 2.0, 9.0]
    counts = [own_entry(step, 0.2, 0.6) for step in steps]
    expected = [0.0, 0.0, 0.1, 0.2, 0.4, 0.6, 0.8, 1.0, 1.0]
    assert counts == pytest.approx(expected, abs=1e-15)


@pytest.mark.parametrize("employees", [1, 2])
def test_one_or_two_people_live_under_every_incentive(employees):
    scenario = Scenario(
        organisation=Workplace(employees=employees),
        bonus=Bonus(rate=0.1),
        review=Review(weight=0.3, weeks=4),
        leaderboard=Leaderboard(status=0.1),
        top_board=TopBoard(prize=0.1),
        quota=Quota(penalty=0.1),
        participation=Participation(penalty=0.1),
        audit=Audit(probability=0.1, top_share=0.5),
        budget=Budget(cap=500.0),
        weeks=8,
    )
    simulation = Simulation(scenario)
    for _ in range(8):
        outcomes = simulation.step()
    assert np.all(np.isfinite(simulation.note(0, employees)["terms"]))
    assert 0.0 < outcomes[NAMES.index("output")] < 100.0


def test_in_a_team_a_standing_is_a_mean_over_mates():
    """Neighbours in a block have other mates, and not equally many."""
    block = seated(sigma=0.7)
    block["score"][:] = np.array([[3.2], [3.6], [2.9], [2.0]])
    block["mates"][:3] = 2, 1, 3
    block["mate_rate"][:3, :3] = [[0.05, 0.08, 0.0], [0.1, 9.0, 0.07], [9.0, 9.0, 0.2]]
    stand_among_mates(block, 40.0)
    for lane, rates in enumerate([(0.05, 0.1), (0.08,), (0.0, 0.07, 0.2)]):
        for activity, score in enumerate((3.2, 3.6, 2.9, 2.0)):
            expected = np.mean([phi((score - 40.0 * rate) / 0.7) for rate in rates])
            found = block["standing"][activity, lane]
            assert found == pytest.approx(expected, rel=1e-6, abs=5e-9)


# Cuts


@pytest.mark.parametrize(
    ("share", "place"),
    [
        (0.1, 1.0),  # of ten people: the first
        (0.01, 1.0),  # at least one
        (0.25, 2.5),
        (0.3, 3.0),
        (0.99, 9.9),
        (1.0, 10.0),
    ],
)
def test_the_cut_lies_between_two_places_by_interpolation(share, place):
    scenario = Scenario(
        organisation=Workplace(employees=10), top_board=TopBoard(prize=1.0, share=share)
    )
    simulation = Simulation(scenario)
    rates = np.random.default_rng(2).gamma(1.0, 1.0, 10)
    simulation.staff["rate"][:, ROW.top_board] = rates
    cut = settlement.latest_cut(
        ROW.top_board,
        simulation.regimes.order,
        simulation.staff,
        simulation._counting,
        simulation._row,
    )
    expected = np.interp(place, np.arange(1, 11), np.sort(rates)[::-1])
    assert cut == pytest.approx(10.0 * expected, rel=1e-12)


def test_cut_and_spread_are_those_of_the_last_four_windows():
    scenario = Scenario(
        organisation=Workplace(employees=50), top_board=TopBoard(prize=0.1, share=0.1)
    )
    simulation = Simulation(scenario)
    assert simulation.published["cut_sd"][ROW.top_board] == pytest.approx(
        0.0, abs=1e-12
    )
    seen = []
    for _ in range(6):
        simulation.step()
        scores = np.sort(simulation.staff["score"])[::-1]
        seen.append(scores[4])  # tenth part of fifty: the fifth place
    assert simulation.published["cut"][ROW.top_board] == pytest.approx(
        np.mean(seen[-4:]), rel=1e-12
    )
    assert simulation.published["cut_sd"][ROW.top_board] == pytest.approx(
        np.std(seen[-4:]), rel=1e-9
    )


def test_a_table_holds_everybody():
    simulation = Simulation(Scenario(organisation=Workplace(employees=50)))
    for _ in range(3):
        simulation.step()
    table = simulation.published["tables"][HEADLINE]
    assert table[CELLS] == pytest.approx(50.0, rel=1e-14)
    assert np.all(np.diff(table) >= 0.0)
    assert simulation.published["tables"].shape[0] == ROWS
