"""The engine's own functions: how far off they are, and the same bits everywhere."""

import math
import random
from decimal import Decimal, localcontext

import numpy as np
import pytest
from scipy import stats

from model.compiled import plain, rule
from model.elementary import LARGEST, exp, index, log, whole_number
from model.measure import below
from model.normal import cdf, quantile

LN2 = math.log(2.0)
SMALLEST, GREATEST = 2.0**-1022, math.nextafter(math.inf, 0.0)
"""Normal numbers."""


@rule
def each(kind, values, results):
    """Apply one of the functions in a loop, of which vector code is made."""
    for k in range(len(values)):
        if kind == 0:
            results[k] = exp(values[k])
        elif kind == 1:
            results[k] = log(values[k])
        else:
            results[k] = quantile(values[k])


def over(function, values):
    """What compiled code gives for an array."""
    values = np.asarray(values, float)
    results = np.empty_like(values)
    each((exp, log, quantile).index(function), values, results)
    return results


def around(points, steps=3):
    """Points and the numbers next to them on both sides."""
    for point in points:
        low = high = point
        yield point
        for _ in range(steps):
            low, high = math.nextafter(low, -math.inf), math.nextafter(high, math.inf)
            yield low
            yield high


def exponents():
    """Exponents of all sizes, and those at which k in x = k ln 2 + r changes."""
    rng = random.Random(1)
    yield from (rng.uniform(-1.0, 1.0) for _ in range(3000))
    yield from (rng.uniform(-LARGEST, LARGEST) for _ in range(3000))
    yield from (10.0 ** rng.uniform(-300.0, 0.0) for _ in range(300))
    yield from around([0.5 * LN2, -0.5 * LN2, *((k + 0.5) * LN2 for k in range(40))])


def numbers():
    """Positive numbers of all sizes, and those at which the formula turns."""
    rng = random.Random(2)
    yield from (math.exp(rng.uniform(-700.0, 700.0)) for _ in range(3000))
    yield from (rng.uniform(0.5, 2.0) for _ in range(3000))
    yield from (
        1.0 + rng.choice((-1, 1)) * 10.0 ** rng.uniform(-15, -1) for _ in "x" * 999
    )
    yield from around([math.sqrt(2.0), math.sqrt(0.5), 0.5, 1.0, 2.0, 4.0])
    yield from (SMALLEST, GREATEST)


def chances():
    """Probabilities of all sizes, and those at which the formula changes."""
    rng = random.Random(3)
    yield from (rng.random() for _ in range(3000))
    for _ in range(1000):
        tail = 10.0 ** rng.uniform(-9.9, -1.0)
        yield from (tail, 1.0 - tail)
    yield from around([0.075, 0.925, 0.5])
    yield from (0.5 * 2.0**-32, 1.0 - 0.5 * 2.0**-32)


ASKED = {exp: exponents, log: numbers, quantile: chances}
each_function = pytest.mark.parametrize(
    "function", ASKED, ids=lambda function: function.__name__
)


def largest_error(function, exact, values):
    """Largest relative error, by arithmetic of 40 digits."""
    values = list(values)
    with localcontext(prec=40):
        return max(
            abs((Decimal(found) - right) / right)
            for found, right in zip(
                over(function, values).tolist(),
                (exact(Decimal(value)) for value in values),
                strict=True,
            )
            if right != 0
        )


def test_exp_is_right_to_5e_16():
    assert largest_error(exp, Decimal.exp, exponents()) < 5e-16


def test_log_is_right_to_3e_16():
    assert largest_error(log, Decimal.ln, numbers()) < 3e-16


def test_the_quantile_is_the_inverse_of_the_distribution_to_1_2e_7():
    values = np.array([*chances()])
    below, above = np.minimum(values, 0.5), np.maximum(values, 0.5)
    exact = np.where(values <= 0.5, stats.norm.ppf(below), stats.norm.ppf(above))
    np.testing.assert_allclose(over(quantile, values), exact, rtol=1.2e-7, atol=1e-15)


@each_function
def test_the_oracle_gives_the_same_bits(reference, function):
    values = [*ASKED[function]()]
    oracle = getattr(reference, function.__name__)
    expected = [oracle(value).hex() for value in values]
    assert [x.hex() for x in over(function, values).tolist()] == expected


@each_function
def test_vector_code_scalar_code_and_plain_python_give_the_same_bits(function):
    values = [*ASKED[function]()]
    vector = [x.hex() for x in over(function, values).tolist()]
    assert [float(function(value)).hex() for value in values] == vector
    assert [float(plain(function)(value)).hex() for value in values] == vector


@each_function
def test_it_rises_but_for_rounding(function):
    values = np.sort([*ASKED[function]()])
    results = over(function, values)
    assert np.all(np.diff(results) >= -4e-16 * np.abs(results[1:]))


def test_exp_is_exact_where_it_can_be():
    assert exp(0.0) == exp(-0.0) == 1.0
    assert log(1.0) == 0.0
    assert quantile(0.5) == 0.0


def test_exp_is_held_at_its_ends():
    """Beyond them it would leave the normal numbers."""
    assert exp(LARGEST) == pytest.approx(math.exp(700.0), rel=5e-16)
    assert exp(-LARGEST) == pytest.approx(math.exp(-700.0), rel=5e-16)
    for beyond in (math.nextafter(LARGEST, math.inf), 710.0, 1e300, math.inf):
        assert exp(beyond) == exp(LARGEST)
        assert exp(-beyond) == exp(-LARGEST)
    assert exp(math.nextafter(LARGEST, 0.0)) < exp(LARGEST)


def test_the_quantile_goes_on_where_its_formula_changes():
    """Both formulas are right to 1.2e-7 of 1.44 there: they differ by twice that."""
    for edge in (0.075, 0.925):
        steps = over(quantile, np.sort([*around([edge], 50)]))
        assert np.abs(np.diff(steps)).max() < 2.4e-7 * 1.44
    assert np.all(np.diff(over(quantile, np.linspace(0.07, 0.08, 10_001))) > 0.0)


@pytest.mark.parametrize("function", [index, plain(index)], ids=["compiled", "plain"])
def test_an_index_is_the_whole_part(function):
    rng = random.Random(4)
    whole = [0, 1, 2, 257, 512, 2**31 - 1, 2**31, 2**32, 2**52 - 1]
    for n in [*whole, *(rng.randrange(2**51) for _ in range(200))]:
        assert function(float(n)) == n
        if n < 2**51:
            assert function(n + 0.5) == n
        assert function(math.nextafter(n + 1.0, 0.0)) == n or n >= 2**51
    assert function(-0.0) == 0
    assert isinstance(plain(index)(3.7), np.uint64)


@pytest.mark.parametrize(
    "function", [whole_number, plain(whole_number)], ids=["compiled", "plain"]
)
def test_a_whole_number_is_that_of_its_integer(function):
    rng = random.Random(5)
    for n in [
        0,
        1,
        2**31,
        2**32 - 1,
        2**52 - 1,
        *(rng.randrange(2**52) for _ in "x" * 200),
    ]:
        number = function(np.int64(n))
        assert number == n
        assert index(number) == n


@pytest.mark.parametrize("function", [index, plain(index)], ids=["compiled", "plain"])
def test_no_number_is_an_index_that_exists(function):
    assert function(math.nan) == 0
    assert function(-1.0) == 0


def test_phi_of_no_number_is_none():
    """Whatever comes in, nobody reads beyond a table."""
    assert math.isnan(cdf(math.nan))
    assert math.isnan(below(np.arange(3.0), math.nan))
