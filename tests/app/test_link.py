import pytest

from app.link import entries, left_aside, sifted, value_of
from experiments.designs.pair import MOST_TEXT
from experiments.errors import UserError


def test_entries_stand_in_order_and_as_often_as_they_are_said():
    assert entries("?b=1&a=&b=2&utm_source=x&b=+3") == [
        ("b", "1"),
        ("a", ""),
        ("b", "2"),
        ("b", " 3"),
    ]


@pytest.mark.parametrize("name", ["utm", "xutm_source", "gclidx", "id", "mc_did"])
def test_only_trackers_are_dropped(name):
    assert entries(f"{name}=1") == [(name, "1")]


def test_a_value_may_stand_behind_any_tracker():
    query = f"utm_content={300 * 'x'}&code=AB12&fbclid=1"
    assert value_of(query, "code") == "AB12"
    assert value_of("", "code") == ""


@pytest.mark.parametrize(
    ("query", "said"),
    [("code=A&code=B", "says 'code' twice"), ("code=" + MOST_TEXT * "A", "longer")],
)
def test_a_value_that_is_not_clear_is_refused(query, said):
    with pytest.raises(UserError, match=said):
        value_of(query, "code")


def test_unknown_names_are_left_aside_and_told_once():
    query, aside = sifted("?a=1&x=2&a=3&x=4&y=5", lambda name: name == "a")
    assert (query, aside) == ("a=1&a=3", ["x", "y"])
    assert "'x' and 'y'" in left_aside(aside)
    assert left_aside([]) == ""


def test_many_unknown_names_are_counted():
    said = left_aside([f"x{k}" for k in range(500)])
    assert "'x0', 'x1', 'x2' and 497 more" in said
