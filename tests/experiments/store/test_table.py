"""Tables: what is read is what was written, and what is damaged is refused."""

import math
from enum import Enum, StrEnum
from typing import Literal, NamedTuple

import pytest

from experiments.store.meanings import FACTORS, OF_OUTCOME
from experiments.store.table import Levels, Table


class Colour(Enum):
    RED = "as red as a rose"


class Shape(StrEnum):
    FLAT = "flat"


class Cells(NamedTuple):
    text: str
    whole: int
    number: float
    truth: bool
    way: Literal["up", "down"]
    colour: Colour
    shape: Shape
    text_or_none: int | None
    number_or_none: float | None
    colour_or_none: Colour | None


CELLS = Table("cells.csv", Cells, "a row", dict.fromkeys(Cells._fields, ("", "x")))
FULL = (Colour.RED, Shape.FLAT, 3, 1e-300, Colour.RED)
ROWS = [
    Cells("a", 1, 0.1, True, "up", Colour.RED, Shape.FLAT, None, None, None),
    Cells('a, "b"\nc', -2, 1 / 3, False, "down", *FULL),
    Cells("", 0, math.inf, True, "up", Colour.RED, Shape.FLAT, 0, -math.inf, None),
]
HEAD = ",".join(Cells._fields)


class Swept(NamedTuple):
    scheme: str
    levels: Levels
    effect: float | None


SWEPT = Table("swept.csv", Swept, "an effect by scheme and point")
LEVELS = {
    "quota.penalty": 1 / 3,
    "people.rule": 3.0,
    "quota.weeks": 4.0,
}


def test_every_kind_of_cell_is_read_as_it_was_written(tmp_path):
    CELLS.write(tmp_path / "cells.csv", iter(ROWS))
    assert CELLS.read(tmp_path / "cells.csv") == ROWS
    assert (tmp_path / "cells.csv").read_text() == CELLS.text(ROWS)


def test_a_number_that_is_none_is_read_as_such(tmp_path):
    CELLS.write(tmp_path / "a.csv", [ROWS[0]._replace(number=math.nan)])
    [row] = CELLS.read(tmp_path / "a.csv")
    assert math.isnan(row.number)


def test_a_table_without_rows_has_its_head(tmp_path):
    CELLS.write(tmp_path / "a.csv", [])
    assert (tmp_path / "a.csv").read_text() == f"{HEAD}\n"
    assert CELLS.read(tmp_path / "a.csv") == []


def test_none_is_an_empty_field_and_an_enumeration_its_value():
    assert CELLS.text(ROWS[:1]).splitlines()[1] == (
        "a,1,0.1,True,up,as red as a rose,flat,,,"
    )


@pytest.mark.parametrize("head", ["", "a,b", HEAD.replace("text,", ""), f"{HEAD},more"])
def test_other_columns_are_refused(tmp_path, head):
    (tmp_path / "a.csv").write_text(f"{head}\n")
    with pytest.raises(ValueError, match=r"a\.csv does not hold the columns of cells"):
        CELLS.read(tmp_path / "a.csv")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (",1,", ",one,"),
        (",1,", ",1.5,"),
        (",0.1,", ",,"),
        ("True", "true"),
        ("up", "left"),
        ("as red", "as blue"),
        ("flat", "FLAT"),
        (",up", ""),
        (",up", ",up,up"),
    ],
)
def test_a_damaged_cell_is_refused_with_its_line(tmp_path, old, new):
    text = CELLS.text(ROWS[:1])
    assert text.count(old) == 1
    (tmp_path / "a.csv").write_text(text.replace(old, new))
    with pytest.raises(ValueError, match=r"a\.csv, line 2: "):
        CELLS.read(tmp_path / "a.csv")


def test_every_factor_has_a_column_and_choices_their_names(tmp_path):
    other = dict(reversed(LEVELS.items())) | {"people.rule": 0.0}
    rows = [Swept("a", LEVELS, 0.5), Swept("b", other, None)]
    SWEPT.write(tmp_path / "swept.csv", rows)
    assert (tmp_path / "swept.csv").read_text().splitlines() == [
        "scheme,quota.penalty,people.rule,quota.weeks,effect",
        f"a,{1 / 3},imitation,4,0.5",
        f"b,{1 / 3},logit,4,",
    ]
    assert SWEPT.read(tmp_path / "swept.csv") == rows


@pytest.mark.parametrize(
    ("head", "line"),
    [
        ("scheme,people.rule,effect", "a,nonsense,1"),
        ("scheme,no.such,effect", "a,1,1"),
        ("scheme,nonsense,effect", "a,1,1"),
        ("scheme,quota.penalty,effect", "a,much,1"),
    ],
)
def test_a_level_or_factor_that_there_is_not_is_refused(tmp_path, head, line):
    (tmp_path / "a.csv").write_text(f"{head}\n{line}\n")
    with pytest.raises(ValueError, match=r"a\.csv, line 2: "):
        SWEPT.read(tmp_path / "a.csv")


def test_columns_have_their_own_meanings_or_those_of_all_tables():
    own = Table("a.csv", Swept, "a row", {"effect": ("%", "another")})
    assert [column.name for column in own.columns] == ["scheme", FACTORS, "effect"]
    assert own.columns[-1] == ("effect", "%", "another")
    assert SWEPT.columns[-1].unit == OF_OUTCOME


def test_a_column_without_a_meaning_is_refused():
    with pytest.raises(ValueError, match=r"cells\.csv: no meaning for text, whole"):
        Table("cells.csv", Cells, "a row")


def test_what_a_table_cannot_hold_is_refused(tmp_path):
    class Odd(NamedTuple):
        scheme: list[str]

    table = Table("odd.csv", Odd, "a row")
    (tmp_path / "odd.csv").write_text("scheme\n[]\n")
    with pytest.raises(TypeError, match="a table cannot hold a list"):
        table.read(tmp_path / "odd.csv")
