"""What is laid over companies to see where fits fail, and the tables of it."""

import numpy as np
import pytest

from experiments.studies.fit.living import Company
from tools import fits
from tools.fits import CHANGES, START, WEEKS


def company():
    luck = np.random.default_rng(1)
    genuine, padded, output = luck.lognormal(1.0, 1.0, (3, 40, WEEKS))
    genuine[5, :10] = padded[5, :10] = output[5, :10] = np.nan
    return Company(genuine, padded, output, 0.0, {})


@pytest.mark.parametrize("what", CHANGES)
def test_a_change_keeps_people_in_their_rows_and_unknown_weeks_unknown(what):
    given = company()
    changed = CHANGES[what](given, np.random.default_rng(2))
    for name in ("genuine", "padded", "output"):
        one, other = getattr(given, name), getattr(changed, name)
        assert len(other) >= len(one)
        assert np.array_equal(np.isnan(one), np.isnan(other[: len(one)]))
    assert changed.answers == given.answers
    same = all(
        np.array_equal(getattr(given, name), getattr(changed, name), equal_nan=True)
        for name in ("genuine", "padded", "output")
    )
    assert same == (what == "nothing")


def test_what_begins_with_the_scheme_leaves_the_weeks_before():
    given = company()
    for what in CHANGES:
        if "from the scheme on" in what:
            changed = CHANGES[what](given, np.random.default_rng(2))
            for name in ("genuine", "padded", "output"):
                before = (getattr(x, name)[:, :START] for x in (given, changed))
                assert np.array_equal(*before, equal_nan=True)


def test_stored_tables_are_told_with_two_decimals():
    head, *lines = fits.table_unlike()
    assert [line[0] for line in lines] == [*CHANGES, fits.LARGER]
    assert all(len(line) == len(head) for line in lines)
    head, *lines = fits.table_held()
    assert lines[0][0] == "padded share of tokens"
    assert all(len(line) == len(head) for line in lines)
