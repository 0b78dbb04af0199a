import pytest

from experiments.words.screen import number, percent, rounded


@pytest.mark.parametrize(
    ("value", "low", "high", "shown"),
    [
        (4.02, 3.83, 4.21, ("4.0", "3.8", "4.2")),
        (46.2, 44.1, 48.3, ("46", "44", "48")),
        (15.1, 14.8, 15.4, ("15.1", "14.8", "15.4")),
        (-0.05, -0.3, 0.2, ("-0.1", "-0.3", "0.2")),
        (0.002, -3.0, 3.1, ("0", "-3", "3")),
        (0.0, 0.0, 0.0, ("0", "0", "0")),
        (3.14159, 3.14159, 3.14159, ("3.14", "3.14", "3.14")),
        (1.25, None, None, ("1.2", "", "")),
        (None, None, None, ("", "", "")),
    ],
)
def test_an_interval_decides_how_many_decimals_are_shown(value, low, high, shown):
    assert rounded(value, low, high) == shown


def test_a_sign_is_never_put_before_nothing():
    assert rounded(0.01, -2.0, 2.0, sign=True) == ("0", "-2", "+2")


def test_numbers_have_three_digits_and_no_exponent():
    assert number(3821.7) == "3,822"
    assert number(0.012345) == "0.0123"
    assert number(None) == ""


def test_percentages_have_two_digits():
    assert [percent(x) for x in (209.6, 4.14, 0.038, 0.0)] == [
        "210",
        "4.1",
        "0.04",
        "0",
    ]
