"""The estimators of bunching, deadlines, concentration and shortfall, and their facts.

Synthetic panels are drawn by NumPy with seeds in sight; what they should give is known
in closed form.
"""

import math

import numpy as np
import pytest
from scipy.stats import norm

from experiments.runs.trial import Trial
from experiments.statistics.estimators.bunching import bunching
from experiments.statistics.estimators.concentration import concentration, lorenz, slope
from experiments.statistics.estimators.deadline import complete, deadline
from experiments.statistics.estimators.estimate import Estimate, from_influence
from experiments.statistics.estimators.shortfall import padding_by_shortfall
from experiments.statistics.finding import Verdict
from experiments.studies.validation.facts import load

MEAN, SD = -0.5, 0.9  # of log natural use, in the golden case of evidence C7
MARGIN = 0.625  # Q - B/kappa with Q = 1, B = .3, kappa = .8
EXCESS = 0.19745
REGION = (0.5, 0.5)
SMALL = Trial(seed=11, people=300, replicates=6, threads=1)


def natural(generator, people, periods, likeness=0.8):
    """Lognormal use as in C7; a person's periods are correlated by ``likeness``."""
    own, other = (generator.normal(size=(people, n)) for n in (1, periods))
    mixed = math.sqrt(likeness) * own + math.sqrt(1 - likeness) * other
    return np.exp(MEAN + SD * mixed)


def at_quota(scores):
    """Who is between the margin and the quota reaches it exactly (C7)."""
    return np.where((scores > MARGIN) & (scores < 1.0), 1.0, scores)


def holds(estimate, truth):
    low, high = estimate.interval
    return low <= truth <= high


def covered(estimates, truth):
    """Share of intervals that hold the truth."""
    return np.mean([holds(estimate, truth) for estimate in estimates])


# Standard errors


def test_the_influence_of_a_mean_gives_the_error_of_a_mean():
    values = np.random.default_rng(1).normal(size=40)
    found = from_influence(values.mean(), values / 40)
    assert found.error == pytest.approx(values.std(ddof=1) / math.sqrt(40), rel=1e-12)


def test_what_is_detectable_is_found_in_four_of_five_panels():
    generator = np.random.default_rng(2)
    size = Estimate(0.0, 1.0, 30.0).detectable
    errors = np.sqrt(generator.chisquare(30, 20_000) / 30)
    values = size + generator.normal(size=20_000)
    found = [
        Estimate(v, e, 30.0).interval[0] > 0.0
        for v, e in zip(values, errors, strict=True)
    ]
    assert np.mean(found) == pytest.approx(0.80, abs=0.015)


# Bunching


def test_the_golden_notch_has_the_excess_mass_of_the_closed_form():
    reached, margin = (norm.cdf((math.log(x) - MEAN) / SD) for x in (1.0, MARGIN))
    assert reached - margin == pytest.approx(EXCESS, abs=5e-6)


def test_the_excess_of_the_golden_notch_is_recovered():
    scores = at_quota(natural(np.random.default_rng(3), 4_000, 6))
    found = bunching(scores, 1.0, *REGION)
    assert abs(found.excess.value - EXCESS) < 4 * found.excess.error
    assert abs(found.missing.value - EXCESS) < 4 * found.missing.error
    assert found.excess.error < 0.01


def test_missing_mass_equals_excess_without_imposing_it():
    scores = at_quota(natural(np.random.default_rng(4), 4_000, 6))
    found = bunching(scores, 1.0, *REGION, integrated=False)
    assert abs(found.gap.value) < 4 * found.gap.error
    assert found.gap.error < 0.02


def test_intervals_of_the_excess_cover_it():
    generator = np.random.default_rng(5)
    scores = [at_quota(natural(generator, 150, 6)) for _ in range(300)]
    found = [bunching(one, 1.0, *REGION).excess for one in scores]
    assert 0.90 <= covered(found, EXCESS) <= 0.98


def test_nothing_is_found_where_nobody_bunches():
    generator = np.random.default_rng(6)
    found = [
        bunching(natural(generator, 150, 6), 1.0, *REGION).excess for _ in range(300)
    ]
    assert 0.90 <= covered(found, 0.0) <= 0.98
    mean = np.mean([one.value for one in found])
    assert abs(mean) < 0.1 * EXCESS


def test_people_from_below_the_region_show_in_the_gap():
    scores = natural(np.random.default_rng(7), 2_000, 6)
    gamed = np.where((scores > 0.2) & (scores < 1.0), 1.0, scores)
    found = bunching(gamed, 1.0, *REGION, integrated=False)
    assert found.gap.interval[1] < 0.0


def test_a_score_of_exactly_the_threshold_counts_as_reached_despite_rounding():
    scores = 112.0 * natural(np.random.default_rng(8), 500, 1)
    exact, rounded = scores.copy(), scores.copy()
    exact[:60], rounded[:60] = 112.0, np.nextafter(112.0, 0.0)
    one, other = (bunching(s, 112.0, *REGION) for s in (exact, rounded))
    assert one.observed[25] >= 60
    assert other.observed[25] == one.observed[25]


def test_bunching_is_the_same_in_any_unit():
    scores = at_quota(natural(np.random.default_rng(9), 300, 4))
    one, other = (bunching(k * scores, k, *REGION) for k in (1.0, 112.0))
    assert one.excess == pytest.approx(other.excess, rel=1e-9)


def test_scores_of_zero_count_in_the_total_alone():
    scores = at_quota(natural(np.random.default_rng(10), 300, 4))
    idle = np.hstack([scores, np.zeros_like(scores)])
    one, other = (bunching(s, 1.0, *REGION).excess.value for s in (scores, idle))
    assert other == pytest.approx(one / 2, rel=1e-12)


def test_too_few_people_beside_the_region_are_refused():
    with pytest.raises(ValueError, match="above the region around the threshold: 0"):
        bunching(np.full((50, 4), 0.3), 1.0, *REGION)


# Deadlines


def padded_by_discount(employees, periods, discount=0.9):
    """Weekly padding of evidence C13: D discount^-t / sum of discount^-s."""
    weights = discount ** -np.arange(1, 5)
    levels = np.exp(np.random.default_rng(11).normal(size=(employees, 1)))
    return levels * np.tile(weights / weights.sum(), periods)


def test_the_profile_of_discounting_is_recovered():
    found = deadline(padded_by_discount(30, 6), 4, 3)
    shares = [one.value / 4 for one in found.profile]
    assert shares == pytest.approx([0.21198, 0.23553, 0.26170, 0.29078], abs=5e-6)


def noisy(generator, employees, periods, ratio, shock=0.0):
    """Weekly use with a last-week ratio, growth, and shocks that hit a whole week."""
    levels = np.exp(generator.normal(size=(employees, 1)))
    week = np.arange(4 * periods)
    means = np.where(week % 4 == 3, ratio, 1.0) * np.exp(0.002 * week)
    means = means * np.exp(shock * generator.normal(size=4 * periods))
    use = levels * means * generator.gamma(2.0, 0.5, (employees, 4 * periods))
    use[generator.random(use.shape) < 0.05] = np.nan
    return use


@pytest.mark.parametrize(("ratio", "shock"), [(1.0, 0.0), (1.5, 0.0), (1.0, 0.1)])
def test_intervals_of_the_last_week_ratio_cover_it(ratio, shock):
    generator = np.random.default_rng(12)
    found = [
        deadline(noisy(generator, 60, 9, ratio, shock), 4, 3).last_week
        for _ in range(200)
    ]
    assert 0.90 <= covered(found, ratio) <= 1.0
    assert np.mean([one.value for one in found]) == pytest.approx(ratio, abs=0.02)


def test_growth_is_no_spike():
    use = np.ones((40, 1)) * np.linspace(1.0, 2.0, 24)
    assert deadline(use, 4, 3).last_week.value == pytest.approx(1.0, abs=1e-9)


def test_a_holiday_counts_once_however_many_people_it_hits():
    use = noisy(np.random.default_rng(13), 400, 4, 1.0)
    use[:, 7] *= 1.6  # one last week of four
    found = deadline(use, 4, 3).last_week
    assert found.value > 1.1
    assert holds(found, 1.0)


@pytest.mark.parametrize(
    ("weeks", "period", "first", "expected"),
    [
        (12, 4, 3, (0, 12)),
        (13, 4, 3, (0, 12)),
        (12, 4, 1, (2, 10)),
        (12, 4, 7, (4, 12)),
    ],
)
def test_only_complete_periods_enter(weeks, period, first, expected):
    found = complete(weeks, period, first)
    assert (found.start, found.stop) == expected


def test_two_periods_say_nothing_of_deadlines():
    with pytest.raises(ValueError, match="complete periods: 2"):
        deadline(np.ones((30, 8)), 4, 3)


def in_turns(people, kept, seed=15):
    """Use of people of whom all but the first few are there every second week."""
    use = noisy(np.random.default_rng(seed), people, 6, 1.3)
    odd = np.arange(24) % 2 == 1
    for person in range(kept, people):
        use[person, odd if person % 2 else ~odd] = np.nan
    return use


@pytest.mark.parametrize("kept", [0, 1, 4])
def test_people_who_take_turns_do_not_tell_a_busy_week_from_busy_people(kept):
    with pytest.raises(ValueError, match="ids change, or people take turns"):
        deadline(in_turns(80, kept), 4, 3)


def test_some_who_are_always_there_link_the_weeks_of_those_who_take_turns():
    found = [deadline(in_turns(200, 20, seed), 4, 3).last_week for seed in range(20)]
    assert np.mean([one.value for one in found]) == pytest.approx(1.3, abs=0.05)
    assert covered(found, 1.3) >= 0.85


def test_people_of_one_period_do_not_tell_growth_from_its_weeks():
    use = np.full((60, 24), np.nan)
    for person in range(60):
        start = 4 * (person % 6)
        use[person, start : start + 4] = 1.0 + person
    with pytest.raises(ValueError, match="more than one period: 0"):
        deadline(use, 4, 3)


def test_weeks_that_follow_from_growth_and_people_are_refused():
    # Everybody is seen once a period, each time a week later: week and growth are one.
    use = np.full((60, 16), np.nan)
    for person in range(60):
        for period in range(4):
            use[person, 5 * period] = 1.0 + period
    with pytest.raises(ValueError, match="cannot be told from people and growth"):
        deadline(use, 4, 3)


@pytest.mark.parametrize(
    ("last", "where"), [(0.0, "the last week"), (1.0, "the other weeks")]
)
def test_a_ratio_of_nothing_is_no_estimate(last, where):
    week = np.arange(24) % 4
    use = np.ones((30, 1)) * np.where(week == 3, last, 1.0 - last)
    with pytest.raises(ValueError, match=f"use in {where} of a period is estimated"):
        deadline(use, 4, 3)


# Concentration


def lognormal(sd):
    """Gini, log-sd, top tenth's and top hundredth's share, and P90/P50."""
    cut = norm.ppf([0.9, 0.99])
    tenth, hundredth = 1.0 - norm.cdf(cut - sd)
    return 2 * norm.cdf(sd / 2**0.5) - 1, sd, tenth, hundredth, math.exp(sd * cut[0])


def test_measures_of_a_lognormal_are_recovered():
    use = np.exp(1.3 * np.random.default_rng(14).normal(size=(20_000, 1)))
    for found, truth in zip(concentration(use), lognormal(1.3), strict=True):
        assert abs(found.value - truth) < 4 * found.error
        assert found.error < 0.03 * truth + 0.01


@pytest.mark.parametrize("place", range(5))
def test_errors_of_concentration_are_those_of_repeated_samples(place):
    generator = np.random.default_rng(15)
    found = [
        concentration(np.exp(0.6 * generator.normal(size=(800, 1))))[place]
        for _ in range(300)
    ]
    spread = np.std([one.value for one in found], ddof=1)
    assert np.mean([one.error for one in found]) == pytest.approx(spread, rel=0.15)


def test_weeks_of_the_same_people_add_no_people():
    one = np.exp(np.random.default_rng(16).normal(size=(200, 1)))
    once, often = concentration(one), concentration(np.repeat(one, 12, axis=1))
    assert often.gini == pytest.approx(once.gini, rel=1e-9)


def test_equals_are_not_concentrated():
    found = concentration(np.full((50, 3), 7.0) * np.linspace(1, 1 + 1e-7, 50)[:, None])
    assert found.gini.value == pytest.approx(0.0, abs=1e-6)
    assert found.top_tenth.value == pytest.approx(0.1, abs=1e-6)


def test_the_lorenz_curve_holds_the_gini():
    use = np.exp(np.random.default_rng(17).normal(size=(3_000, 1)))
    curve = lorenz(use, np.linspace(0.0, 1.0, 3_001))
    area = float(np.trapezoid(curve, np.linspace(0.0, 1.0, 3_001)))
    assert 1.0 - 2.0 * area == pytest.approx(concentration(use).gini.value, abs=1e-6)


def test_the_slope_of_ten_times_the_tokens_for_twice_the_output_is_recovered():
    generator = np.random.default_rng(18)
    tokens = np.exp(1.5 * generator.normal(size=(2_000, 1)))
    output = tokens ** (math.log(2) / math.log(10))
    output = output * np.exp(0.2 * generator.normal(size=tokens.shape))
    found = slope(tokens, output)
    assert abs(found.value - 0.30103) < 4 * found.error
    assert found.error < 0.005


@pytest.mark.parametrize("single", [1.0, 1.0 + 1e-15, 5.0, 0.2])
def test_one_person_makes_no_slope(single):
    tokens = np.ones((30, 4))
    tokens[0] = single
    output = np.exp(np.random.default_rng(17).normal(size=(30, 4)))
    with pytest.raises(ValueError, match="all but one use the same"):
        slope(tokens, output)


# Shortfall


def test_padding_by_shortfall_counts_who_pads_in_each_bin():
    genuine = np.array([[95.0, 50.0], [100.0, 85.0], [96.0, 120.0]])
    padded = np.array([[True, False], [True, True], [False, True]])
    edges = np.array([-0.1, 0.0, 0.1, 0.2])
    found = padding_by_shortfall(genuine, padded, 100.0, edges)
    assert [one.value for one in found] == [1.0, 0.5, 1.0]


def test_an_empty_bin_says_nothing():
    found = padding_by_shortfall(
        np.full((5, 2), 50.0), np.ones((5, 2), bool), 100.0, np.array([0.0, 0.1])
    )
    assert math.isnan(found[0].value)


# Facts


def findings(name, trial=SMALL):
    return {one.quantity: one for one in load(name).find(trial)}


def test_padding_is_likelier_just_short_of_a_quota_than_far_below():
    found = findings("shortfall")
    one = found[
        "windows with padding, just short (0 to 20 %) less far short (80 to 100 %)"
    ]
    assert one.verdict is Verdict.HOLDS


def test_a_quota_bunches_and_no_quota_does_not():
    found = findings("bunching")
    assert found["excess at and above the quota"].verdict is Verdict.HOLDS
    placebo = found["excess where there is no quota"]
    assert placebo.low <= 0.0 <= placebo.high


def test_padding_waits_for_the_end_and_output_does_not():
    found = findings("deadline")
    name = "last week of the window over its other weeks"
    assert found[f"padded tokens: {name}"].verdict is Verdict.HOLDS
    assert found[f"real output: {name}"].verdict is Verdict.HOLDS


def test_without_cramming_padding_does_not_wait():
    name = (
        "padded tokens without cramming: last week of the window over its other weeks"
    )
    assert findings("deadline")[name].high < 1.0


def test_output_rises_with_tokens_by_less_than_the_evidence_allows():
    one = findings("heavy_tail")["slope of log output on log tokens"]
    assert one.high < 0.30


@pytest.mark.parametrize("name", ["shortfall", "bunching", "deadline", "heavy_tail"])
def test_what_does_not_hold_or_is_given_is_explained(name):
    fact = load(name)
    found = fact.find(SMALL)
    assert all(math.isfinite(one.estimate) for one in found)
    if any(one.verdict is not Verdict.HOLDS for one in found):
        assert len(fact.explanation) > 80
    if any("given" in one.quantity for one in found):
        assert fact.given
