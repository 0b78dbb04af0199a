import pytest

from app.front.charts import EDGE, map_of, span
from app.front.labels import Label, placed
from app.front.page import HEADS, line
from app.front.rows import entries


@pytest.mark.parametrize("dark", [False, True])
def test_the_map_has_a_named_dot_for_every_scheme(dark):
    chart = map_of(entries(), "amazon_2026", dark)
    others, chosen, _ = (part["data"] for part in chart["baseOption"]["series"])
    assert {dot["value"][2] for dot in [*others, *chosen]} == {*entries()}
    assert [dot["name"] for dot in chosen] == ["Amazon 2026"]
    assert "Amazon 2026: usage" in chart["aria"]["label"]["description"]


def test_what_is_off_the_map_stands_at_its_edge_with_its_number():
    chart = map_of(entries(), "amazon_2026", dark=False)
    [dot] = [
        dot
        for dot in chart["baseOption"]["series"][0]["data"]
        if dot["value"][2] == "everything_at_once"
    ]
    usage = entries()["everything_at_once"].effects.usage
    assert dot["value"][0] == EDGE < usage
    assert f"{usage:+.0f} %" in dot["name"]


def test_axes_hold_all_dots_and_no_effect():
    assert span([3.0, 10.0], 1.0) == (-1.0, 11.0)
    low, high = span([-2.0, -1.0], 10.0)
    assert low == -10.0
    assert high == 10.0


def test_names_of_dots_that_are_close_do_not_cover_each_other():
    dots = {"a": (5.0, 5.0), "b": (5.1, 5.0), "c": (5.0, 5.01)}
    names = dict.fromkeys(dots, "a long name")
    found = placed(names, dots, [(0.0, 10.0), (0.0, 10.0)])
    assert len({*found.values()}) == 3


def test_a_name_stands_left_of_a_dot_at_the_right_edge():
    found = placed({"a": "name"}, {"a": (10.0, 5.0)}, [(0.0, 10.0), (0.0, 10.0)])
    assert found == {"a": Label("left", 0.0)}


def test_a_line_has_a_cell_for_every_head_and_can_be_found_by_its_company():
    for name, entry in entries().items():
        row = line(name, entry)
        assert len(row.texts) == len(row.values) == len(HEADS)
    assert "Amazon" in line("amazon_2026", entries()["amazon_2026"]).words
