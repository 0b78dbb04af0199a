"""Files that are damaged, packed, huge or meant to do harm."""

import gzip
import io
import json
import os
import zipfile
from datetime import UTC, date

import numpy as np
import pytest

from experiments.errors import UserError
from experiments.exports.collect import collected, recognised
from experiments.exports.json_stream import BLOCK, parts
from experiments.exports.panel import panel
from experiments.exports.text import Text
from tests import exports
from tests.exports import World


@pytest.fixture(scope="module")
def world():
    return World(people=22, weeks=5, seed=2)


def imported(asked):
    files = recognised(str(asked), "tokens")
    found = collected(files, "tokens", UTC, False, lambda size: None)
    made = panel(found.sources, found.seats, "tokens", "all", date(2026, 6, 1))
    return found, made


def check(asked, world):
    _, made = imported(asked)
    np.testing.assert_allclose(
        np.nansum(made.amounts), world.matrix().sum(), rtol=1e-12
    )


def refused(said, asked):
    with pytest.raises(UserError) as error:
        imported(asked)
    assert said in str(error.value), error.value
    assert 1 <= len(str(error.value).splitlines()) <= 3
    return str(error.value)


# However it comes


def test_packed_files_are_read_as_they_are(world, tmp_path):
    path = exports.cursor_events(world, tmp_path)
    packed = tmp_path / "a" / "cursor.csv.gz"
    packed.parent.mkdir()
    packed.write_bytes(gzip.compress(path.read_bytes()))
    check(packed, world)
    with zipfile.ZipFile(tmp_path / "a.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.write(path, "inner/cursor.csv")
        archive.write(packed, "inner/again.csv.gz")
        archive.writestr("readme.md", "nothing")
    found, _ = imported(tmp_path / "a.zip")
    assert found.dropped == [len(world.requests)]
    check(tmp_path / "a.zip", world)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_encodings_and_separators(encoding, separator, world, tmp_path):
    path = exports.cursor_events(world, tmp_path)
    rows = [line.split(",") for line in path.read_text().splitlines()]
    text = "\r\n".join(separator.join(row) for row in rows) + "\r\n\r\n"
    path.write_bytes(text.encode(encoding))
    check(path, world)


def test_folders_patterns_and_several_files(world, tmp_path):
    folder = exports.ccusage(world, tmp_path)
    check(folder, world)
    check(tmp_path, world)
    check(tmp_path / "**" / "staff*.json", world)
    names = sorted(str(path) for path in folder.iterdir())
    check(",".join(names), world)
    (folder / ".hidden.csv").write_text("not,looked,at\n")
    (folder / "empty.json").write_text("")
    (folder / "nothing.csv").write_text("\n\n")
    (folder / "none.json").write_text("[]")
    check(folder, world)
    assert recognised(str(folder), "tokens").empty == 3


def test_json_of_every_shape_is_the_same(world, tmp_path):
    path = exports.helicone(world, tmp_path)
    rows = json.loads(path.read_text())
    shapes = {
        "a list in a line": json.dumps(rows),
        "a list": json.dumps(rows, indent=3),
        "a line each": "\n".join(map(json.dumps, rows)),
        "a line each, with a mark": "\ufeff" + "\n".join(map(json.dumps, rows)),
        "one after another": "".join(json.dumps(row, indent=1) for row in rows),
        "with blank lines": "\n\n".join(map(json.dumps, rows)) + "\n\n",
        "pages": "\n".join(json.dumps(rows[k : k + 7]) for k in range(0, len(rows), 7)),
        "pages in a list": json.dumps([rows[:9], rows[9:]], indent=1),
    }
    for text in shapes.values():
        path.write_text(text, encoding="utf-8")
        check(path, world)


def test_a_page_of_any_length_is_read_in_pieces():
    class Noted(Text):
        longest = 0

        def block(self, size):
            found = super().block(size)
            self.longest = max(self.longest, len(found))
            return found

    items = [{"n": k, "text": "x" * 100} for k in range(60_000)]
    whole = json.dumps({"usageEvents": items, "count": 3, "empty": [], "flat": [1, 2]})
    assert len(whole) > 5 * BLOCK
    text = Noted(io.BytesIO(whole.encode()), "x")
    found = list(parts(text, lambda: "x"))
    assert [item["n"] for name, item in found if name == "usageEvents"] == list(
        range(60_000)
    )
    rest = {"usageEvents": [], "count": 3, "empty": [], "flat": [1, 2]}
    assert found[-1] == ("", rest)
    assert text.longest <= 2 * BLOCK


# Damaged


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("x.csv", b"\xff\xfe\xfa\xfb\xfc", "not text"),
        ("x.csv", b"a,b\n\x80\x81,2\n", "not text"),
        ("x.csv", b"a,b\n1,2\n", "no export that is known"),
        ("x.csv", b'a,"b\n1,2\n', "as CSV"),
        ("x.json", b'{"usageEvents": [{"a": 1}, {"b"', "no whole JSON"),
        ("x.json", b'{"a": NaN}', "no whole JSON"),
        ("x.json", b"[1, 2", "no whole JSON"),
        ("x.json", b'{"a": 1}\n{"b": \n', "line 2 is no whole object"),
        ("x.json", b"[" * 100_000, "no whole JSON"),
        ("x.json", b'{"a":' * 100_000, "no whole JSON"),
        ("x.json", b"{]", "no whole JSON"),
        ("x.json.gz", b"\x1f\x8b\x08\x00broken", "damaged"),
        ("x.json.gz", b"plain", "damaged"),
        ("x.zip", b"PK\x03\x04broken", "damaged"),
        ("x.parquet", b"PAR1broken", "Parquet"),
        ("x.yaml", b"\xff\xfe", "not text"),
    ],
)
def test_what_is_damaged_is_refused(name, content, said, tmp_path):
    (tmp_path / name).write_bytes(content)
    refused(said, tmp_path)


def test_a_file_that_was_not_loaded_to_its_end(world, tmp_path):
    path = exports.cursor_events(world, tmp_path)
    packed = gzip.compress(path.read_bytes())
    (tmp_path / "cut.csv.gz").write_bytes(packed[: len(packed) // 2])
    refused("was not loaded to its end", tmp_path / "cut.csv.gz")
    text = path.read_text()
    path.write_text(text[: len(text) - 40])
    refused("values, but the header has", path)


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("nothing.csv", "no such file"),
        ("*.csv", "no file fits"),
        ("", "there is no file that ends in"),
    ],
)
def test_nothing_there_is_said(asked, said, tmp_path):
    refused(said, tmp_path / asked if asked else tmp_path)


def test_a_file_that_may_not_be_read(world, tmp_path, monkeypatch):
    path = exports.cursor_events(world, tmp_path)

    def closed(*_, **__):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(type(path), "open", closed)
    refused("permission denied", path)


# Meant to do harm


def bomb(path, size=100 << 20):
    archive = zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED)
    with archive, archive.open("bomb.csv", "w") as inner:
        inner.write(b"Date,User,Total Tokens,Output Tokens,")
        inner.write(b"Input (w/o Cache Write)\n")
        block = b"2026-01-01,x,1,1,1\n" * 50_000
        for _ in range(size // len(block)):
            inner.write(block)
    return path


def test_what_unpacks_to_far_too_much_is_refused(tmp_path):
    path = bomb(tmp_path / "bomb.zip")
    assert path.stat().st_size < 3 << 20
    refused("times its size", path)
    with (
        zipfile.ZipFile(path) as archive,
        archive.open("bomb.csv") as inner,
        gzip.open(tmp_path / "bomb.csv.gz", "wb") as packed,
    ):
        while block := inner.read(1 << 20):
            packed.write(block)
    refused("times its size", tmp_path / "bomb.csv.gz")


def test_progress_ends_at_the_size_that_was_said(world, tmp_path):
    path = exports.cursor_events(world, tmp_path)
    (tmp_path / "b.csv.gz").write_bytes(gzip.compress(path.read_bytes()))
    with zipfile.ZipFile(tmp_path / "c.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.write(path, "c.csv")
    files = recognised(str(tmp_path), "tokens")
    told = []
    collected(files, "tokens", UTC, False, told.append)
    assert sum(told) == sum(e.size for some in files.uses.values() for e in some)


def test_a_zip_in_a_zip_is_not_opened(tmp_path):
    inner = bomb(tmp_path / "inner.zip", size=1 << 20)
    with zipfile.ZipFile(tmp_path / "outer.zip", "w") as archive:
        archive.write(inner, "inner.zip")
    refused("holds another zip", tmp_path / "outer.zip")


def test_names_in_a_zip_lead_nowhere(world, tmp_path):
    path = exports.cursor_events(world, tmp_path)
    place = tmp_path / "a" / "b"
    place.mkdir(parents=True)
    with zipfile.ZipFile(place / "x.zip", "w") as archive:
        archive.writestr("../../../../etc/cursor.csv", path.read_bytes())
        archive.writestr("/etc/cursor.csv", path.read_bytes())
    path.unlink()
    check(place / "x.zip", world)
    assert [p.name for p in tmp_path.rglob("*") if p.is_file()] == ["x.zip"]
    with zipfile.ZipFile(place / "x.zip", "w") as archive:
        archive.writestr("a\x1b[2Jb.csv", "who,what\n1,2\n")
    assert "\x1b" not in refused("no export that is known", place / "x.zip")


def test_a_locked_zip_is_refused(tmp_path):
    with zipfile.ZipFile(tmp_path / "x.zip", "w") as archive:
        archive.writestr("x.csv", "Date\n")
    content = bytearray((tmp_path / "x.zip").read_bytes())
    content[6] |= 1  # the local header, then the central one
    content[content.index(b"PK\x01\x02") + 8] |= 1
    (tmp_path / "x.zip").write_bytes(content)
    refused("locked by a password", tmp_path / "x.zip")


def test_a_line_without_end_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr("experiments.exports.text.LONGEST", 1 << 16)
    (tmp_path / "x.csv").write_bytes(b"a" * (1 << 17))
    refused("million", tmp_path)


def test_huge_numbers_are_refused(world, tmp_path):
    path = exports.cursor_api(world, tmp_path)
    content = json.loads(path.read_text())
    for size, said in ((10**30, "above 1e15"), (-1, "below 0"), ([], "is needed")):
        content["usageEvents"][3]["tokenUsage"]["inputTokens"] = size
        path.write_text(json.dumps(content))
        message = refused(said, path)
        assert "record 4, input" in message
    content["usageEvents"][3]["tokenUsage"]["inputTokens"] = 10**400
    path.write_text(json.dumps(content))
    refused("not NaN or infinity", path)


def test_ids_of_odd_kinds_are_refused(world, tmp_path):
    path = exports.cursor_api(world, tmp_path)
    content = json.loads(path.read_text())
    for odd in ({"a": 1}, [1], True, 2.5):
        content["usageEvents"][3]["userEmail"] = odd
        path.write_text(json.dumps(content))
        refused("an id must be a text", path)


def test_links_that_lead_in_circles_end(world, tmp_path):
    folder = exports.ccusage(world, tmp_path)
    os.symlink(folder, folder / "again", target_is_directory=True)
    check(folder, world)
