"""Nothing about a single person comes out: no id, in no file and no message."""

import json
import os
import re
import shutil
import stat
import subprocess
import sys

import pyarrow.parquet as pq
import pytest

from experiments.__main__ import main
from experiments.studies.import_.coverage import COVERAGE, CROWD
from tests import exports
from tests.exports import World

TAKEN = "study.taken=2026-06-01"


@pytest.fixture(scope="module")
def world():
    return World(people=26, weeks=6, seed=4)


@pytest.fixture
def lab(tmp_path, monkeypatch, capsys):
    """Run the lab in a folder of its own: exit code, and all that it printed."""
    monkeypatch.chdir(tmp_path)

    def run(*texts):
        try:
            main([*texts])
            code = 0
        except SystemExit as end:
            code = end.code
        said = capsys.readouterr()
        return code, said.out + said.err

    return run


def written(folder):
    """All that lies below a folder, as bytes."""
    return b"".join(p.read_bytes() for p in folder.rglob("*") if p.is_file())


def check_silent(world, *contents):
    for content in contents:
        text = content if isinstance(content, str) else content.decode("latin-1")
        for person in world.people:
            assert person not in text


def unpacked(folder):
    """The values of the panel as a text: Parquet is packed."""
    return str(pq.read_table(folder / "panel.parquet").to_pydict())


@pytest.mark.parametrize(
    "write", [exports.cursor_events, exports.ccusage, exports.langfuse]
)
def test_no_id_is_written_or_printed(write, world, lab, tmp_path):
    write(world, tmp_path / made("exports", tmp_path))
    code, said = lab("study=import", "data=exports", "out=panel", TAKEN)
    assert code == 0, said
    folder = tmp_path / "panel"
    check_silent(world, said, written(folder), unpacked(folder))
    code, said = lab("study=fingerprints", "data=panel/panel.parquet", "out=prints")
    assert code == 0, said
    check_silent(world, said, written(tmp_path / "prints"))
    _, said = lab("study=import", "data=exports/*", "out=other", TAKEN)
    check_silent(world, said, written(tmp_path / "other"))


def made(name, folder):
    (folder / name).mkdir()
    return name


def test_names_of_files_that_are_people_are_not_kept(world, lab, tmp_path):
    folder = exports.ccusage(world, tmp_path)
    names = ",".join(f"{folder.name}/{path.name}" for path in sorted(folder.iterdir()))
    code, said = lab("study=import", f"data={names}", "out=panel", TAKEN)
    assert code == 0, said
    check_silent(world, said, written(tmp_path / "panel"))
    manifest = json.loads((tmp_path / "panel" / "manifest.json").read_text())
    assert manifest["command"].endswith("data=FILES")


@pytest.mark.parametrize(
    "harm",
    [
        lambda text, who: text.replace('"inputTokens": ', '"inputTokens": -'),
        lambda text, who: text.replace('"inputTokens": ', f'"inputTokens": "{who}"+'),
        lambda text, who: text[: len(text) // 2],
        lambda text, who: text.replace('"date": "', f'"date": "{who}'),
    ],
)
def test_messages_about_a_persons_file_do_not_name_them(harm, world, lab, tmp_path):
    folder = exports.ccusage(world, tmp_path)
    victim = folder / f"{world.people[3]}.json"
    victim.write_text(harm(victim.read_text(), world.people[3]))
    code, said = lab("study=import", f"data={folder.name}", "out=panel", TAKEN)
    assert code == 2
    assert 1 <= len(said.strip().splitlines()) <= 3
    check_silent(world, said)
    assert not (tmp_path / "panel" / "panel.parquet").exists()


def test_an_id_that_slipped_into_another_column_is_not_shown(world, lab, tmp_path):
    path = exports.cursor_events(world, tmp_path)
    lines = path.read_text().splitlines()
    for column in (0, 5, 7, 9):
        cells = lines[8].split(",")
        cells[column] = exports.mail(world.people[2])
        text = "\n".join([*lines[:8], ",".join(cells), *lines[9:]]) + "\n"
        path.write_text(text)
        code, said = lab("study=import", "data=cursor.csv", TAKEN)
        assert code == 2
        assert "line 9" in said
        check_silent(world, said)
    path.write_text("\n".join(lines[1:]))  # the header is a person's row
    code, said = lab("study=import", "data=cursor.csv", TAKEN)
    assert code == 2
    assert "no export that is known" in said
    check_silent(world, said)


def test_the_secret_is_forgotten_or_lies_outside_the_results(world, lab, tmp_path):
    exports.cursor_events(world, tmp_path)
    asked = ["study=import", "data=cursor.csv", TAKEN]
    pseudonyms = []
    for name in ("a", "b"):
        code, said = lab(*asked, f"out={name}")
        assert code == 0, said
        panel = pq.read_table(tmp_path / name / "panel.parquet")
        pseudonyms.append(set(panel["employee"].to_pylist()))
    assert not pseudonyms[0] & pseudonyms[1]
    kept = "study.secret=safe/secret"
    made("safe", tmp_path)
    for name in ("c", "d"):
        code, said = lab(*asked, kept, f"out={name}")
        assert code == 0, said
    secret = (tmp_path / "safe" / "secret").read_text().strip()
    for name in ("panel.parquet", "coverage.csv", "manifest.json", "coverage.html"):
        same = [(tmp_path / folder / name).read_bytes() for folder in ("c", "d")]
        assert same[0] == same[1]
        assert secret.encode() not in same[0]
        assert b"safe/" not in same[0]
    mode = (tmp_path / "safe" / "secret").stat().st_mode
    assert stat.S_IMODE(mode) == 0o600
    panel = pq.read_table(tmp_path / "c" / "panel.parquet")
    for pseudonym in set(panel["employee"].to_pylist()):
        assert re.fullmatch("[0-9a-f]{12}", pseudonym)
    # Another secret is another study.
    code, said = lab(*asked, "study.secret=safe/other", "out=c")
    assert code == 2
    assert "belongs to another study" in said


def test_a_secret_in_a_bad_place_is_refused(world, lab, tmp_path):
    exports.cursor_events(world, tmp_path)
    asked = ["study=import", "data=cursor.csv", TAKEN, "out=panel"]
    (tmp_path / "open").write_text("0" * 64)
    os.chmod(tmp_path / "open", 0o644)
    (tmp_path / "none").write_text("hello")
    for place, said in (
        ("panel/secret", "among the results"),
        ("outputs/x/secret", "among the results"),
        ("cursor.csv", "one of the exports"),
        ("open", "chmod 600"),
        ("none", "no secret"),
        ("nowhere/secret", "cannot write"),
    ):
        code, text = lab(*asked, f"study.secret={place}")
        assert code == 2
        assert said in text
        assert 1 <= len(text.strip().splitlines()) <= 3
        assert not (tmp_path / "panel" / "panel.parquet").exists()


def test_no_number_is_about_few_people(lab, tmp_path):
    # Two tools, one of which only three people use, and a week with few users.
    world = World(people=26, weeks=6, seed=4)
    world.requests = [
        r
        for r in world.requests
        if (r.at - exports.START).days // 7 != 3 or r.person < "staff001"
    ]
    few = World(people=3, weeks=6, seed=9)
    for r in few.requests:
        r.person = r.person.replace("staff", "guest")
    made("exports", tmp_path)
    exports.cursor_events(world, tmp_path / "exports")
    exports.langfuse(few, tmp_path / "exports")
    code, said = lab("study=import", "data=exports", "out=panel", TAKEN)
    assert code == 0, said
    rows = COVERAGE.read(tmp_path / "panel" / "coverage.csv")
    counts = [row for row in rows if row.unit == "people" and row.number is not None]
    assert counts
    assert all(row.number >= CROWD or row.number == 0 for row in counts)
    [langfuse] = [r for r in rows if r.source == "langfuse" and r.item == "people"]
    assert (langfuse.number, langfuse.text) == (None, "fewer than 5")
    empty = [row for row in rows if row.topic == "week" and row.number is None]
    assert [row.item for row in empty] == ["2026-02-23"] * 2


def test_no_archive_is_made_of_a_panel(world, lab, tmp_path):
    exports.cursor_events(world, tmp_path)
    lab("study=import", "data=cursor.csv", "out=panel", TAKEN)
    code, said = lab("study=archive", "path=panel")
    assert code == 2
    assert "personal data" in said
    assert not list(tmp_path.glob("*.zip"))


@pytest.mark.skipif(sys.platform == "win32", reason="signals are those of POSIX")
def test_an_interruption_leaves_nothing_behind(world, tmp_path):
    exports.cursor_events(world, tmp_path)
    program = (
        "import experiments.studies.import_.make as make\n"
        "def interrupted(*_):\n"
        "    raise KeyboardInterrupt\n"
        "make.panel = interrupted\n"
        "from experiments.__main__ import main\n"
        f"main(['study=import', 'data=cursor.csv', 'out=panel', '{TAKEN}'])\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 130
    assert "Nothing is kept; the same command begins anew" in done.stderr
    assert "Traceback" not in done.stderr
    left = [p.name for p in (tmp_path / "panel").rglob("*") if p.is_file()]
    assert left == ["study.json"]
    check_silent(world, done.stderr, written(tmp_path / "panel"))


def test_a_finished_import_has_nothing_to_do(world, lab, tmp_path):
    exports.cursor_events(world, tmp_path)
    asked = ["study=import", "data=cursor.csv", "out=panel", TAKEN]
    lab(*asked)
    before = (tmp_path / "panel" / "panel.parquet").read_bytes()
    code, said = lab(*asked)
    assert code == 0
    assert "nothing to do" in said
    assert (tmp_path / "panel" / "panel.parquet").read_bytes() == before
    shutil.copy(tmp_path / "cursor.csv", tmp_path / "more.csv")
    code, said = lab("study=import", "data=cursor.csv,more.csv", "out=panel", TAKEN)
    assert code == 2  # other exports are another study
