"""Words mean in files what they mean to Hydra on the command line."""

from math import isnan

import pytest
from hydra.core.override_parser.overrides_parser import OverridesParser

from experiments.config import plain, yaml_text

WORDS = """
    0 -0 +0 1 -1 +160 160 007 040 0123 0100 00 0x10 0x_ 0o17 0b11 1_000 1_60
    1. .5 -.5 +.5 0.5 00.5 1.e3 1e-1 1E5 1e+05 1e05 .1e1 e5 1e 1e- 1.5e3.2 1..2
    inf -inf +INF nan NaN .inf .nan -.inf infinity 1e999 1:20 1:20:30 -1:20
    2026-02-30 2026-02-28 12:30 yes no on off y n Yes NO true True TRUE false tRuE
    null Null NULL none None ~ monthly_minimum voluntary word a-b a.b
"""
UNDERSCORES = ["1_000", "1_60"]  # Hydra alone reads them as numbers
NOT_ITS_WORDS = ["~", "1:20", "1:20:30", "-1:20", "12:30"]  # to Hydra, no plain words


def by_hydra(word):
    value = OverridesParser.create().parse_override(f"key={word}").value()
    return value if isinstance(value, str | None) else (type(value), repr(value))


def by_us(word):
    [value] = yaml_text.load(f"[{word}]" if ":" not in word else f"['{word}']")
    return value if isinstance(value, str | None) else (type(value), repr(value))


@pytest.mark.parametrize(
    "word", sorted({*WORDS.split()} - {*UNDERSCORES, *NOT_ITS_WORDS})
)
def test_a_word_means_in_a_file_what_it_means_on_the_command_line(word):
    assert by_us(word) == by_hydra(word)


@pytest.mark.parametrize(
    "word", [*UNDERSCORES, "1:20", "1:20:30", "٣", "1٣", " 1", "1 "]
)
def test_what_only_one_of_them_takes_is_no_number(word):
    assert plain.number(word) is None
    assert plain.value(word) == word


def test_numbers_keep_their_kind():
    assert [type(plain.number(text)) for text in ("12", "12.0", "1e2")] == [
        int,
        float,
        float,
    ]
    assert isnan(plain.number("-nan"))


def test_a_whole_number_too_long_for_python_is_a_word():
    digits = 5000 * "9"
    assert plain.value(digits) == digits
