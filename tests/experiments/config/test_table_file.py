"""Tables that somebody made: what is read, and what is refused."""

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from experiments.config.table_file import Wanted, read
from experiments.errors import UserError

ALL = Wanted("A header a,b is needed.")
SOME = Wanted("A header id,a is needed.", ("id", "a"), ("b",), texts=("id",))


def made(tmp_path, text, name="t.csv"):
    path = tmp_path / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def rows(path, wanted=ALL):
    return [list(row) for row in read(path, "data", wanted).rows]


SAME = {
    "commas": "a,b\n0.5,x y\n-12.25,\n",
    "semicolons": "a;b\n0.5;x y\n-12.25;\n",
    "decimal commas": "a;b\n0,5;x y\n-12,25;\n",
    "tabs": "a\tb\n0.5\tx y\n-12.25\t\n",
    "tabs and decimal commas": "a\tb\n0,5\tx y\n-12,25\t\n",
    "blank lines": "\n  \n,\na,b\n\n0.5,x y\n,\n-12.25,\n \n",
    "blanks around values": " a , b \n 0.5 , x y \n -12.25 ,\n",
    "quotes": '"a","b"\n"0.5","x y"\n"-12.25",""\n',
    "quoted decimal commas": 'a;b\n"0,5";"x y"\n"-12,25";\n',
    "byte order mark": "\ufeffa;b\n0,5;x y\n-12,25;\n",
    "lines as on other systems": "a;b\r\n0,5;x y\r\n-12,25;\r\n",
    "lines as on old systems": "a,b\r0.5,x y\r-12.25,\r",
}


@pytest.mark.parametrize("text", SAME.values(), ids=SAME)
@pytest.mark.parametrize("name", ["t.csv", "T.CSV"])
def test_the_same_table_is_read_however_it_is_written(tmp_path, text, name):
    assert rows(made(tmp_path, text, name)) == [["0.5", "x y"], ["-12.25", ""]]


def test_the_header_decides_what_separates_values(tmp_path):
    assert rows(made(tmp_path, 'a,"b;c"\n1,2;3\n')) == [["1", "2;3"]]
    assert rows(made(tmp_path, "a\n1;2\n")) == [["1;2"]]


@pytest.mark.parametrize(
    ("texts", "meant"),
    [
        (("0,345", "1,234"), ["0.345", "1.234"]),  # a number may not begin 0,345 in one
        (("1234,567", "1,234"), ["1234.567", "1.234"]),
        (("1,5", "1,234"), ["1.5", "1.234"]),
        (("1e3", "1,5e-3"), ["1e3", "1.5e-3"]),
        ((",5", "3"), [".5", "3"]),
    ],
)
def test_a_comma_is_decimal_where_the_file_shows_it(tmp_path, texts, meant):
    found = rows(made(tmp_path, "a;b\n" + "".join(f"{text};\n" for text in texts)))
    assert [row[0] for row in found] == meant


def test_a_comma_in_words_stays(tmp_path):
    path = made(tmp_path, "id;a\n1,5;2,5\n")
    assert rows(path, SOME) == [["1,5", "2.5"]]


def test_points_and_commas_in_dates_and_words_are_no_decimal_marks(tmp_path):
    path = made(tmp_path, "a;b\n30.03.2026;1,5\n1.234,5;x, y\n")
    assert rows(path) == [["30.03.2026", "1.5"], ["1.234,5", "x, y"]]


def test_other_columns_may_have_any_names(tmp_path):
    path = made(tmp_path, "x,x,,id,b,a\n1,2,3,4,5,6\n")
    found = read(path, "data", SOME)
    assert found.columns == ("id", "b", "a")
    assert [list(row) for row in found.rows] == [["4", "5", "6"]]
    assert found.header == ("x", "x", "", "id", "b", "a")


def test_parquet_keeps_types_and_knows_rows(tmp_path):
    path = tmp_path / "T.PARQUET"
    columns = {"b": [True, None], "z": [1, 2], "id": ["x", "y"], "a": [0.5, 2.0]}
    pq.write_table(pa.table(columns), path)
    found = read(path, "data", SOME)
    assert found.columns == ("b", "id", "a")
    assert [list(row) for row in found.rows] == [[True, "x", 0.5], [None, "y", 2.0]]
    assert found.place(1) == "row 2"


BAD = {
    "nothing": ("", ["is empty", "A header a,b is needed."]),
    "blanks alone": (" \n,,\n", ["is empty"]),
    "header alone": ("a,b\n\n", ["a header but no rows"]),
    "no name": ("a,\n1,2\n", ["column 2 has no name"]),
    "one name twice": ("a,a\n1,2\n", ["the column a twice"]),
    "too few values": ("a,b\n1,2\n\n1\n", ["row 2 (line 4)", "1 values", "2 columns"]),
    "decimal commas between commas": (
        "a,b\n1,5,2\n",
        ["row 1 (line 2)", "3 values", "write 3.5, not 3,5"],
    ),
    "a title above the header": ("Report\na,b\n", ["2 values", "has 1 column."]),
    "an open quote": ('a,b\n"1,2\n', ["cannot read", "as CSV"]),
    "other letters": (b"a,b\n\xff,1\n", ["UTF-8"]),
    "two decimal marks": (
        "a;b\n1;2,5\n0.5;3\n",
        ["row 2 (line 3): a is '0.5'", "the same decimal mark"],
    ),
    "thousands": (
        "a;b\n1;x\n12,345;y\n",
        ["row 2 (line 3): a is '12,345'", "may mean 12.345 or 12345"],
    ),
    "thousands between tabs": ("a\tb\n1,234\tx\n", ["may mean 1.234 or 1234"]),
}


@pytest.mark.parametrize(("text", "words"), BAD.values(), ids=BAD)
def test_what_is_wrong_with_a_table_is_named(tmp_path, text, words):
    with pytest.raises(UserError) as refused:
        read(made(tmp_path, text), "data", ALL)
    message = str(refused.value)
    assert message.count("\n") <= 2
    for word in ["t.csv", *words]:
        assert word in message


@pytest.mark.parametrize("name", ["t.csv", "t.parquet"])
def test_a_missing_column_is_named_before_anything_about_rows(tmp_path, name):
    path = made(tmp_path, "id;tokns;a_b\n1\n", name)
    if name == "t.parquet":
        pq.write_table(pa.table({"id": [], "tokns": []}), path)
    wanted = Wanted("Columns are id, tokens.", ("id", "tokens"))
    with pytest.raises(UserError) as refused:
        read(path, "data", wanted)
    assert "has no column tokens; is it tokns?\nColumns are" in str(refused.value)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("nowhere.csv", "does not exist"),
        (".", "is a folder"),
        ("t.txt", "must end in .csv or .parquet"),
    ],
)
def test_a_file_that_cannot_be_a_table_is_named_with_its_key(tmp_path, name, words):
    made(tmp_path, "a\n1\n", "t.txt")
    with pytest.raises(UserError) as refused:
        read(tmp_path / name, "study.table", ALL)
    assert f"study.table={Path(tmp_path / name)}: " in str(refused.value)
    assert words in str(refused.value)


def test_a_damaged_parquet_file_is_named(tmp_path):
    with pytest.raises(UserError, match="as Parquet"):
        read(made(tmp_path, b"PAR1 nothing", "t.parquet"), "data", ALL)
