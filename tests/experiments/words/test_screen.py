import ast
import io
from pathlib import Path

import pytest
from rich.console import Console
from rich.table import Table
from rich.text import Text

from experiments.words.screen import joined, number, percent, rounded, show

ROOT = Path(__file__).parents[3]
KEYS = ["people.correlation_of_ambition", "peers.outside", "quota.penalty"]


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


@pytest.mark.parametrize(
    ("words", "text"),
    [([], ""), (["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c")],
)
def test_words_are_joined_to_a_list(words, text):
    assert joined(words, "and") == text


def test_percentages_have_two_digits():
    assert [percent(x) for x in (209.6, 4.14, 0.038, 0.0)] == [
        "210",
        "4.1",
        "0.04",
        "0",
    ]


def keys(**options):
    """A table of keys, numbers with an interval, and sentences."""
    table = Table(box=None, padding=(0, 1), **options)
    table.add_column("key")
    table.add_column("real output", justify="right", no_wrap=True)
    table.add_column("what it means to a person at work")
    for key in KEYS:
        cells = f"  {key}", "+1,234 % [-17, +94]", "a word or two"
        table.add_row(*map(Text, cells))
    return table


def shown(table, width):
    console = Console(file=io.StringIO(), width=width)
    show(console, table)
    return console.file.getvalue()


@pytest.mark.parametrize("width", [5, 20, 40, 60, 70, 80, 120, 300])
def test_no_key_and_no_number_is_cut_in_a_terminal_of_any_width(width):
    text = shown(keys(), width)
    for whole in (*KEYS, "+1,234 % [-17, +94]", "real output"):
        assert whole in text
    assert "…" not in text
    assert text.endswith("\n")
    assert text.count("\n") >= 4


def test_a_table_is_no_wider_than_it_must_be():
    lines = shown(keys(), 70).splitlines()
    assert max(map(len, lines)) <= 70
    assert max(map(len, shown(keys(), 300).splitlines())) < 100


def test_a_table_that_fits_is_printed_as_ever():
    console = Console(file=io.StringIO(), width=120)
    console.print(keys(title="Keys"))
    assert shown(keys(title="Keys"), 120) == console.file.getvalue()


def test_every_table_of_a_study_is_shown_whole():
    sources = [*ROOT.glob("experiments/studies/**/*.py")]
    tables = [p for p in sources if "from rich.table import" in p.read_text("utf-8")]
    assert len(tables) > 8
    for path in tables:
        tree = ast.parse(path.read_text("utf-8"))
        calls = [n for n in ast.walk(tree) if isinstance(n, ast.Call)]
        assert any(ast.unparse(call.func) == "show" for call in calls), path
        for call in calls:
            if isinstance(call.func, ast.Attribute) and call.func.attr == "print":
                said = [ast.unparse(argument) for argument in call.args]
                texts = ("Text(", "'", '"', "f'", 'f"')
                assert all(text.startswith(texts) for text in said), (path, said)
