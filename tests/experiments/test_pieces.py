"""A study made of pieces: kept one by one, resumed, written whole at the end."""

import json
import math
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from experiments.errors import Wrong
from experiments.pieces import PIECES, gather, plain
from experiments.request import ask

ROOT = Path(__file__).parents[2]
SOURCES = ("experiments/trial.py",)


def tables(pieces):
    return {"sums.csv": "name,x\n" + "".join(f"{n},{p}\n" for n, p in pieces.items())}


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
    with pytest.raises(Wrong, match="belongs to another config"):
        collect(tmp_path / "a", {"one": lambda: 1}, "seed=2")
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "letter.txt").write_text("mine")
    with pytest.raises(Wrong, match=r"letter\.txt"):
        collect(tmp_path / "b", {"one": lambda: 1})


def test_a_changed_file_of_a_finished_study_is_found_out(tmp_path):
    collect(tmp_path / "a", {"one": lambda: 1})
    (tmp_path / "a" / "sums.csv").write_text("name,x\none,7\n")
    with pytest.raises(Wrong, match=r"sums\.csv has changed"):
        collect(tmp_path / "a", {"one": lambda: 1})


def test_what_is_not_finite_becomes_none():
    given = {"a": [1.0, math.inf], "b": (math.nan, "x"), 3: True}
    assert plain(given) == {"a": [1.0, None], "b": [None, "x"], "3": True}


def test_a_study_that_is_killed_loses_no_finished_piece(tmp_path):
    out = tmp_path / "killed"
    command = [
        sys.executable, "-m", "experiments", "study=verification", f"out={out}",
        "study.people=60", "study.replicates=2",
        "study.only=[choice_shares,deterrence,notch]",
    ]  # fmt: skip
    process = subprocess.Popen(command, cwd=ROOT, stderr=subprocess.DEVNULL)
    for _ in range(1200):
        if (out / "parts" / "choice_shares.json").exists():
            break
        time.sleep(0.05)
    process.send_signal(signal.SIGKILL)
    process.wait()
    kept = (out / "parts" / "choice_shares.json").stat().st_mtime_ns
    done = subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert "Going on after" in done.stderr
    assert "choice_shares ..." not in done.stderr
    assert kept < (out / PIECES).stat().st_mtime_ns
    assert not (out / "parts").exists()
