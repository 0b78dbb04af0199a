"""Output of those at the top of a score: light and heavy tails."""

import numpy as np
import pytest
from scipy.stats import lognorm, norm, pareto

from experiments.runs.trial import Trial, runs
from experiments.studies.verification.results import selection
from experiments.studies.verification.results.selection import (
    BLEND,
    CASES,
    Case,
    compare,
    expected,
)
from model.theory.selection import correlation, normal_types, regressional, top

SEED = 23
TRIAL = Trial(seed=SEED, people=500, replicates=4, threads=1)
C11 = {
    "normal": (0.44, 0.97, 1.48, 1.87, 2.21),
    "lognormal": (0.74, 1.24, 0.36, 0.14, 0.13),
    "Pareto": (0.57, 0.35, 0.07, 0.02, -0.08),
}
"""Evidence, simulated there; the last two columns hold few people."""


def normal_top(added_sd, share):
    z, weight = normal_types()
    return top(z, weight, lambda t: norm.sf(t - z, scale=added_sd), share)


def test_the_regressional_form_is_the_golden_one():
    assert regressional(0.6, 0.05) == pytest.approx(1.2376, abs=5e-5)


@pytest.mark.parametrize("share", [0.5, 0.05, 1e-4])
def test_integration_gives_the_closed_form_for_normal_noise(share):
    expected = regressional(correlation(1.0, 4.0 / 3.0, 0.0), share)
    assert correlation(1.0, 4.0 / 3.0, 0.0) == pytest.approx(0.6)
    assert normal_top(4.0 / 3.0, share).mean == pytest.approx(expected, rel=1e-8)


def test_the_table_of_c11_is_found():
    """To its two decimals; to its own sampling error in the last two columns."""
    table = selection.golden().pivot(index="added", columns="share", values="mean")
    for added, means in C11.items():
        found = table.loc[added].to_numpy()[::-1]
        np.testing.assert_allclose(found[:3], means[:3], atol=0.0101)
        np.testing.assert_allclose(found[3:], means[3:], atol=0.1)


def test_the_very_top_of_a_heavy_tail_says_nothing_and_of_a_light_one_most():
    table = selection.golden().pivot(index="added", columns="share", values="mean")
    light, heavy = table.loc["normal"], table.loc["lognormal"]
    assert (np.diff(light) < 0.0).all()
    assert heavy[0.1] > 3.0 * heavy[0.01]
    assert 0.0 < heavy[0.0001] < 0.1


def test_those_who_add_most_where_they_do_least_stand_below():
    assert correlation(1.0, 2.0, -1.5) < 0.0 < correlation(1.0, 2.0, -0.5)


def test_draws_give_what_integration_gives():
    """Lognormal and Pareto noise; errors by the asymptotic variance itself."""
    rng, n, z_types = np.random.default_rng(SEED), 400_000, normal_types()
    for noise in (lognorm(1.65), pareto(1.5)):
        v = rng.standard_normal(n)
        score = v + noise.rvs(n, random_state=rng)
        order = np.argsort(-score)
        for share in (0.5, 0.1, 0.01):
            z, weight = z_types
            found = top(z, weight, lambda t, z=z, x=noise: x.sf(t - z), share)
            drawn = v[order[: round(share * n)]].mean()
            error = np.sqrt(found.variance_of_mean(share, n))
            assert abs(drawn - found.mean) < 4.0 * error


def test_the_variance_of_the_mean_is_that_of_repeated_samples():
    rng, n, share = np.random.default_rng(SEED), 1000, 0.1
    v = rng.standard_normal((4000, n))
    score = v + 1.5 * rng.standard_normal((4000, n))
    leaders = np.argsort(-score, axis=1)[:, : round(share * n)]
    means = np.take_along_axis(v, leaders, axis=1).mean(axis=1)
    theory = normal_top(1.5, share).variance_of_mean(share, n)
    # The sample variance of 4,000 means has a relative error of sqrt(2 / 4000).
    assert means.var(ddof=1) == pytest.approx(theory, rel=4.0 * np.sqrt(2.0 / 4000.0))


def test_a_share_that_is_none_is_refused():
    z, weight = normal_types()
    with pytest.raises(ValueError, match="between 0 and 1"):
        top(z, weight, lambda t: norm.sf(t - z), 1.0)


def test_the_simulated_leaders_yield_what_theory_says():
    checks = selection.check(TRIAL)
    assert len(checks) == 3 * len(CASES)
    assert [c.quantity for c in checks if not c.holds] == []


def test_by_output_and_tokens_the_top_decile_beats_the_very_top():
    found = {
        share: top(types.output, types.weight, selection.tail_of(types), share).mean
        for types in [expected(CASES[-1])]
        for share in (0.5, 0.1, 0.001)
    }
    assert found[0.1] > found[0.5]
    assert found[0.1] > found[0.001]


@pytest.mark.parametrize(
    ("told", "true"),
    [
        (Case("tokens", CASES[0].measure, 0.5), CASES[0]),
        (Case("tokens", CASES[0].measure, 0.0), CASES[2]),
        (
            Case("output alone", BLEND.model_copy(update={"tokens": 0.001}), 0.0),
            CASES[3],
        ),
    ],
)
def test_a_theory_of_another_organisation_goes_red(told, true):
    (found,) = runs([selection.scenario_of(true)], TRIAL, ["score", "output"])
    assert not all(row.holds for row in compare(told, expected(told), found))
