"""The one stable order: that of ``sorted``, equals by row, whatever the bits."""

import math
from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.order import ordered

TINY = 5e-324
NUMBERS = st.floats(allow_nan=False)
TIED = st.sampled_from([-math.inf, -1.5, -TINY, -0.0, 0.0, TINY, 1.5, math.inf])


def assert_ordered(values):
    values = np.asarray(values, np.float64)
    upwards, rows = ordered(values.copy())
    expected = sorted(range(len(values)), key=lambda row: values[row])
    assert rows.tolist() == expected
    assert upwards.tolist() == values[expected].tolist()


@pytest.mark.parametrize("length", range(1, 6))
def test_every_small_pattern_of_ties_and_signs_is_ordered(length):
    for values in product([-1.0, -0.0, 0.0, 2.0], repeat=length):
        assert_ordered(values)


@given(st.lists(NUMBERS, min_size=1, max_size=60))
def test_any_numbers_are_ordered(values):
    assert_ordered(values)


@given(st.lists(TIED, min_size=1, max_size=60))
def test_equals_keep_the_order_of_their_rows(values):
    assert_ordered(values)


@given(NUMBERS, st.integers(0, 63))
def test_numbers_that_differ_in_a_single_bit_are_told_apart(value, bit):
    other = (np.array([value]).view(np.uint64) ^ np.uint64(1 << bit)).view(np.float64)
    if not np.isnan(other[0]):
        assert_ordered([value, other[0]])
        assert_ordered([other[0], value])


@pytest.mark.parametrize("numbers", [257, 4097, 70_000])
def test_many_numbers_with_many_ties_are_ordered(numbers):
    rng = np.random.default_rng(numbers)
    assert_ordered(rng.normal(size=numbers))
    assert_ordered(np.round(rng.normal(size=numbers), 1))
    assert_ordered(np.full(numbers, 0.3))
    assert_ordered(np.arange(numbers)[::-1])
