"""A study made of pieces: kept one by one, resumed, written whole at the end."""

import json
import math
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pytest

from experiments.config.request import ask
from experiments.errors import UserError
from experiments.runs.pieces import PIECES, gather, identify, plain
from experiments.store.table import Table

ROOT = Path(__file__).parents[3]
SOURCES = ("experiments.runs.trial",)


class Sum(NamedTuple):
    name: str
    x: str


SUMS = Table("sums.csv", Sum, "a sum", {"name": ("", "its name"), "x": ("", "it")})


def tables(pieces):
    return {SUMS: [Sum(name, str(piece)) for name, piece in pieces.items()]}


def collect(out, compute, *more):
    request = ask(["study=verification", f"out={out}", *more])
    return gather(request, compute, tables, SOURCES)


def test_all_pieces_end_in_one_file_and_in_the_tables(tmp_path):
    done = collect(tmp_path / "a", {"one": lambda: 1, "two": lambda: 2})
    assert done.computed == ("one", "two")
    assert sorted(os.listdir(done.folder)) == ["manifest.json", PIECES, "sums.csv"]
    assert json.loads((done.folder / PIECES).read_text()) == {"one": 1, "two": 2}
    manifest = json.loads((done.folder / "manifest.json").read_text())
    assert sorted(manifest["files"]) == [PIECES, "sums.csv"]


def test_pieces_that_follow_from_others_are_computed_after_them(tmp_path):
    request = ask(["study=verification", f"out={tmp_path / 'a'}"])
    compute = {"one": lambda: 1, "two": lambda: 2}
    following = {"sum": lambda others: others["one"] + others["two"]}
    done = gather(request, compute, tables, SOURCES, following)
    assert done.computed == ("one", "two", "sum")
    assert done.pieces == {"one": 1, "two": 2, "sum": 3}


def test_an_interrupted_study_goes_on_with_what_follows_from_kept_pieces(tmp_path):
    def stop(others):
        raise KeyboardInterrupt

    def double(others):
        return 2 * others["one"]

    request = ask(["study=verification", f"out={tmp_path / 'a'}"])
    with pytest.raises(SystemExit):
        gather(request, {"one": lambda: 4}, tables, SOURCES, {"twice": stop})
    done = gather(request, {"one": lambda: 5}, tables, SOURCES, {"twice": double})
    assert done.pieces == {"one": 4, "twice": 8}


def test_a_finished_study_computes_nothing_unless_it_is_told_to(tmp_path):
    collect(tmp_path / "a", {"one": lambda: 1})
    again = collect(tmp_path / "a", {"one": lambda: 2})
    assert (again.computed, again.pieces) == ((), {"one": 1})
    anew = collect(tmp_path / "a", {"one": lambda: 2}, "again=true")
    assert (anew.computed, anew.pieces) == (("one",), {"one": 2})


def test_an_interrupted_study_goes_on_with_what_is_missing(tmp_path, capsys):
    def stop():
        raise KeyboardInterrupt

    with pytest.raises(SystemExit) as end:
        collect(tmp_path / "a", {"one": lambda: 1, "two": stop})
    assert end.value.code == 130
    assert "1 of 2 parts are kept" in capsys.readouterr().err
    done = collect(tmp_path / "a", {"one": stop, "two": lambda: 2})
    assert (done.computed, done.pieces) == (("two",), {"one": 1, "two": 2})
    assert "Going on after 1 of 2 parts" in capsys.readouterr().err


def test_a_damaged_piece_is_computed_anew(tmp_path):
    def stop():
        raise KeyboardInterrupt

    with pytest.raises(SystemExit):
        collect(tmp_path / "a", {"one": lambda: 1, "two": stop})
    (tmp_path / "a" / "parts" / "one.json").write_text("{")
    done = collect(tmp_path / "a", {"one": lambda: 3, "two": lambda: 2})
    assert done.pieces == {"one": 3, "two": 2}


def test_a_folder_of_another_config_or_of_others_is_refused(tmp_path):
    collect(tmp_path / "a", {"one": lambda: 1})
    with pytest.raises(UserError, match="belongs to another study"):
        collect(tmp_path / "a", {"one": lambda: 1}, "seed=2")
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "letter.txt").write_text("mine")
    with pytest.raises(UserError, match=r"letter\.txt"):
        collect(tmp_path / "b", {"one": lambda: 1})


def test_a_changed_file_of_a_finished_study_is_found_out(tmp_path):
    collect(tmp_path / "a", {"one": lambda: 1})
    (tmp_path / "a" / "sums.csv").write_text("name,x\none,7\n")
    with pytest.raises(UserError, match=r"sums\.csv has changed"):
        collect(tmp_path / "a", {"one": lambda: 1})


def test_numbers_that_are_not_finite_come_back_from_strict_json(tmp_path):
    given = {"a": [1.0, math.inf, -math.inf], "b": {"float": "x"}, "c": math.nan}
    done = collect(tmp_path / "a", {"one": lambda: given})
    again = collect(tmp_path / "a", {})
    for found in (done.pieces["one"], again.pieces["one"]):
        assert found["a"] == [1.0, math.inf, -math.inf]
        assert found["b"] == {"float": "x"}
        assert math.isnan(found["c"])

    def refuse(name):
        raise AssertionError(f"{name} is not JSON")

    json.loads((done.folder / PIECES).read_text(), parse_constant=refuse)


def test_numbers_of_numpy_become_plain_ones():
    given = {"a": (np.float64(0.5), np.int64(3), np.bool_(True)), 3: np.nan}
    assert json.dumps(plain(given)) == ('{"a": [0.5, 3, true], "3": {"float": "nan"}}')


def test_what_json_cannot_hold_is_refused_by_its_kind():
    with pytest.raises(TypeError, match="cannot hold a ndarray"):
        plain({"a": np.zeros(2)})


def test_no_piece_can_take_the_place_of_what_says_whose_parts_are(tmp_path):
    with pytest.raises(ValueError, match="no piece can be called study"):
        collect(tmp_path / "a", {"study": lambda: 1})


def test_again_leaves_nothing_behind_that_was_made_from_the_old_pieces(tmp_path):
    def stop():
        raise KeyboardInterrupt

    done = collect(tmp_path / "a", {"one": lambda: 1})
    (done.folder / "report.html").write_text("what one showed")
    with pytest.raises(SystemExit):
        collect(tmp_path / "a", {"one": stop}, "again=true")
    assert os.listdir(done.folder) == ["parts"]


def test_what_computes_belongs_to_the_identity():
    request = ask(["study=verification"])
    one, other = (
        identify(request, [f"experiments.studies.validation.facts.{name}"])
        for name in ("pressure", "contagion")
    )
    assert one["config"] == other["config"]
    assert one["sources"] != other["sources"]


KILLED = """
import os, signal, sys
from experiments.runs import pieces
from experiments.config.request import ask

def first():
    print("one is computed")
    return {"x": float("inf")}

def second():
    if sys.argv[2] == "kill":
        sys.stdout.flush()
        os.kill(os.getpid(), signal.SIGKILL)
    return [1, 2]

request = ask(["study=verification", "out=" + sys.argv[1]])
compute = {"one": first, "two": second}
pieces.gather(request, compute, lambda found: {}, ["model"])
"""


def program(out, way):
    return subprocess.run(
        [sys.executable, "-c", KILLED, str(out), way],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.slow
def test_a_killed_study_goes_on_to_the_same_bytes(tmp_path):
    assert program(tmp_path / "whole", "go").returncode == 0
    died = program(tmp_path / "killed", "kill")
    assert died.returncode == -signal.SIGKILL
    assert died.stdout == "one is computed\n"
    done = program(tmp_path / "killed", "go")
    assert (done.returncode, done.stdout) == (0, ""), done.stderr
    assert done.stderr == "Going on after 1 of 2 parts.\n"
    whole, killed = (
        {path.name: path.read_bytes() for path in (tmp_path / name).iterdir()}
        for name in ("whole", "killed")
    )
    assert killed == whole
