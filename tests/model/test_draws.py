"""Philox, the addresses of draws, and the distributions made of them."""

import math
import random
from collections import Counter

import numpy as np
import pytest
from scipy import stats

from model import People, Scenario, Workplace, draws, normal, simulate
from model.draws import Purpose

LAST = 0xFFFFFFFF
KNOWN_ANSWERS = {  # kat_vectors of Random123, philox4x32 with 10 rounds
    "zeros": ([0] * 4, [0] * 2, [0x6627E8D5, 0xE169C58D, 0xBC57AC4C, 0x9B00DBD8]),
    "ones": ([LAST] * 4, [LAST] * 2, [0x408F276D, 0x41C83B0E, 0xA20BC7C6, 0x6D5451FD]),
    "pi": (
        [0x243F6A88, 0x85A308D3, 0x13198A2E, 0x03707344],
        [0xA4093822, 0x299F31D0],
        [0xD16CFE09, 0x94FDCCEB, 0x5001E420, 0x24126EA1],
    ),
}


def words(*values):
    return [np.uint64(value) for value in values]


@pytest.mark.parametrize("name", KNOWN_ANSWERS)
def test_the_engine_gives_the_published_answers(name):
    counter, key, answer = KNOWN_ANSWERS[name]
    assert list(draws.philox(*words(*counter, *key))) == answer


@pytest.mark.parametrize("name", KNOWN_ANSWERS)
def test_the_oracle_gives_the_published_answers(reference, name):
    counter, key, answer = KNOWN_ANSWERS[name]
    assert list(reference.philox(tuple(counter), tuple(key))) == answer


def test_engine_and_oracle_draw_the_same_at_every_address(reference):
    rng = random.Random(5)
    for _ in range(500):
        seed, replicate = rng.randrange(2**63), rng.randrange(2**32)
        employee, week = rng.randrange(10**7), rng.randrange(5212)
        half_day, purpose = rng.randrange(10), rng.choice(list(Purpose))
        ours = draws.uniforms(seed, replicate, employee, week, half_day, int(purpose))
        luck = reference.Luck(seed, replicate)
        assert ours == luck.block(employee, week, half_day, purpose.name.lower())


def test_engine_and_oracle_name_purposes_alike(reference):
    names = tuple(purpose.name.lower() for purpose in sorted(Purpose))
    assert names == reference.PURPOSES


def test_no_two_addresses_share_a_block():
    """In 100,000 draws two equal blocks of 128 bits are not expected to occur."""
    blocks = Counter()
    for purpose in Purpose:
        for employee in range(16):
            for week in range(16):
                for half_day in range(10):
                    for replicate in range(3):
                        address = (replicate, employee, week, half_day, int(purpose))
                        blocks[draws.uniforms(7, *address)] += 1
    assert len(blocks) == len(Purpose) * 16 * 16 * 10 * 3
    assert max(blocks.values()) == 1


def test_both_halves_of_a_seed_matter():
    drawn = {
        draws.uniforms(seed, 0, 0, 0, 0, 0)
        for seed in (0, 1, 2**31, 2**32, 2**32 + 1, 2**62, 2**63 - 1)
    }
    assert len(drawn) == 7


def test_uniforms_are_never_0_and_never_1():
    lowest, highest = 0.5 * draws.STEP, (LAST + 0.5) * draws.STEP
    assert 0.0 < lowest < highest < 1.0


def test_uniforms_are_uniform_and_independent():
    """Kolmogorov-Smirnov for each word; correlations within 4 standard errors."""
    n = 20_000
    u = np.array([draws.uniforms(1, 0, i, 0, 0, 0) for i in range(n)])
    for k in range(4):
        assert stats.kstest(u[:, k], "uniform").pvalue > 1e-4
    correlations = np.corrcoef(u, rowvar=False)[np.triu_indices(4, 1)]
    assert np.abs(correlations).max() < 4.0 / math.sqrt(n)


def test_cdf_is_right_to_five_in_a_billion():
    x = np.linspace(-9.0, 9.0, 20_001)
    ours = np.array([normal.cdf(value) for value in x])
    assert np.abs(ours - stats.norm.cdf(x)).max() < 5e-9
    assert (np.diff(ours) >= 0.0).all()


def test_quantile_is_right_to_one_in_ten_million():
    p = np.concatenate(
        [10.0 ** np.linspace(-9.9, -1.1, 2001), np.linspace(0.08, 0.4999, 2001)]
    )
    for side in (p, 1.0 - p):
        ours = np.array([normal.quantile(value) for value in side])
        np.testing.assert_allclose(ours, stats.norm.ppf(side), rtol=2e-7)
    assert normal.quantile(0.5) == 0.0


def test_engine_and_oracle_agree_on_the_normal_to_the_last_bit(reference):
    rng = random.Random(6)
    for _ in range(2000):
        x, p = rng.uniform(-9.0, 9.0), rng.uniform(1e-9, 1.0)
        assert normal.cdf(x) == reference.cdf(x)
        assert normal.quantile(p) == reference.quantile(p)


@pytest.mark.parametrize("shape", [1.0, 1.5625, 2.0, 4.0, 20.0])
def test_gamma_draws_have_the_moments_of_a_gamma(shape):
    n, purpose = 20_000, int(Purpose.AMBITION)
    x = np.array([draws.gamma(shape, 2, 0, i, 0, 0, purpose) for i in range(n)])
    assert abs(x.mean() - shape) < 4.0 * math.sqrt(shape / n)
    fourth = 3.0 * shape * shape + 6.0 * shape  # central moment
    error = math.sqrt((fourth - shape * shape) / n)
    assert abs(((x - shape) ** 2).mean() - shape) < 4.0 * error
    assert stats.kstest(x, stats.gamma(shape).cdf).pvalue > 1e-4


@pytest.mark.parametrize(("a", "b"), [(6.0, 2.5), (4.0, 3.0), (1.0, 12.0)])
def test_beta_draws_have_the_moments_of_a_beta(a, b):
    n, purpose = 20_000, int(Purpose.CEILING)
    x = np.array([draws.beta(a, b, 3, 0, i, 0, 0, purpose) for i in range(n)])
    exact = stats.beta(a, b)
    assert abs(x.mean() - exact.mean()) < 4.0 * exact.std() / math.sqrt(n)
    assert stats.kstest(x, exact.cdf).pvalue > 1e-4


def test_a_person_is_hired_with_the_declared_traits():
    """4,000 people: means and shares within 4 standard errors of their parameters."""
    n, p = 4000, People()
    scenario = Scenario(organisation=Workplace(employees=n), weeks=26)
    people = simulate(scenario, seed=21).employees

    def close(sample, mean):
        sample = np.asarray(sample, float)
        assert abs(sample.mean() - mean) < 4.0 * sample.std() / math.sqrt(len(sample))

    close(people["skill"], 0.0)
    close(people["productivity"], 1.0)
    close(people["ambition"], 1.0)
    close(people["status"], 1.0)
    close(people["ambition"] ** 2, 1.0 + p.ambition_cv**2)
    close(people["status"] ** 2, 1.0 + p.status_cv**2)
    close(people["never_gamer"], p.never_gamers)
    close(people["suspicious"], p.suspicious)
    close(people["reluctance"], p.reluctance_mean)
    close(
        people["conscience"],
        p.conscience_floor + p.conscience_shape * p.conscience_scale,
    )
    close(people["ceiling"], p.ceiling_a / (p.ceiling_a + p.ceiling_b))
    close(np.log(people["intensity"]), math.log(p.intensity))
    close(np.log(people["padding_intensity"]), math.log(p.padding_intensity))
    assert people["conscience"].min() > p.conscience_floor
    assert np.abs(np.corrcoef(people["skill"], people["ambition"])[0, 1]) < 4.0 / (
        math.sqrt(n)
    )
