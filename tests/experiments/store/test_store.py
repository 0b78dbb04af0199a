import errno
import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import duckdb
import pyarrow.parquet as pq
import pytest

from experiments.__main__ import main
from experiments.config.request import ask
from experiments.designs.design import Design, Point, single
from experiments.errors import UserError
from experiments.store import parts, store
from experiments.store.folder import locked
from experiments.studies import run
from model import Scenario
from model.outcomes import NAMES

ROOT = Path(__file__).parents[3]
SMALL = ["study=run", "organisation.employees=20", "weeks=26", "study.replicates=8"]
PART = 20 * (26 + 12) * 2
"""A part of two runs of the small study, which has four parts then."""


def study(out, *overrides):
    run.run(ask([*SMALL, *overrides, f"out={out}"]))


def content(folder):
    """Every file below a folder with its bytes."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def signalled(out, number, name):
    """The small study in a new process that signals itself as it writes a file.

    ``number`` counts the files from 1; the first is study.json, then come the parts.
    """
    script = f"""
import os, signal
from experiments.store import files, manifest, parts, store
from experiments.__main__ import main

count = 0

def replacing(path):
    global count
    count += 1
    if count == {number}:
        path.with_name("." + path.name + ".tmp").write_bytes(b"PAR1 half")
        os.kill(os.getpid(), signal.{name})
    return files.replacing(path)

parts.PART, store.replacing, manifest.replacing = {PART}, replacing, replacing
main({[*SMALL, f"out={out}"]!r})
"""
    return subprocess.run(
        [sys.executable, "-c", script],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    """The folder of a study that nothing interrupted."""
    folder = tmp_path_factory.mktemp("store") / "whole"
    study(folder)
    return folder


def test_the_files_are_those_of_the_contract(whole):
    files = ["harms.csv", "manifest.json", "runs.parquet", "weeks.parquet"]
    assert sorted(content(whole)) == files
    outcomes = [name + suffix for suffix in ("", "_mean", "_early") for name in NAMES]
    runs = pq.read_schema(whole / "runs.parquet")
    assert runs.names == ["scheme", "point", "replicate", "seed", *outcomes]
    assert [str(t) for t in runs.types[:4]] == ["string", "int32", "int32", "int64"]
    assert {str(t) for t in runs.types[4:]} == {"double"}
    assert runs.metadata is None
    weeks = pq.read_schema(whole / "weeks.parquet")
    assert weeks.names == ["scheme", "point", "replicate", "week", *NAMES]


def test_duckdb_reads_what_was_simulated(whole):
    query = f"""
        select count(*), count(distinct replicate), min(week), max(week),
               count(*) filter (isnan(score_validity))
        from '{whole}/weeks.parquet'
    """
    assert duckdb.sql(query).fetchall() == [(8 * 26, 8, 0, 25, 0)]


def test_runs_are_means_over_the_weeks(whole):
    [(last, everything)] = duckdb.sql(
        f"""
        select avg(output) filter (week >= 19), avg(output)
        from '{whole}/weeks.parquet' where replicate = 3
        """
    ).fetchall()
    row = pq.read_table(whole / "runs.parquet").to_pylist()[3]
    assert row["output"] == pytest.approx(last, rel=1e-12)
    assert row["output_mean"] == pytest.approx(everything, rel=1e-12)
    assert row["output_early"] == row["output_mean"]


def test_the_manifest_holds_what_the_results_depend_on(whole):
    manifest = json.loads((whole / "manifest.json").read_text())
    assert manifest["seed"] == 1
    assert manifest["config"]["organisation"]["employees"] == 20
    assert set(manifest["files"]) == {"runs.parquet", "weeks.parquet", "harms.csv"}
    assert manifest["versions"]["pyarrow"]
    assert str(whole) not in (whole / "manifest.json").read_text()


@pytest.mark.parametrize("threads", [1, 2])
def test_the_bytes_are_the_same_whatever_the_threads(whole, tmp_path, threads):
    study(tmp_path / "other", f"engine.threads={threads}")
    assert content(tmp_path / "other") == content(whole)


@pytest.mark.parametrize("large", [1, 20])
def test_a_large_organisation_on_all_threads_has_the_same_bytes(
    whole, tmp_path, monkeypatch, large
):
    monkeypatch.setattr("experiments.runs.engines.threads.SLICE", large)
    study(tmp_path / "other", "engine.threads=2")
    assert content(tmp_path / "other") == content(whole)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("call", "kept"),
    [(3, 1), (5, 3), (6, 4), (8, 4)],
    ids=["second part", "fourth part", "weeks.parquet", "manifest"],
)
def test_a_killed_study_goes_on_to_the_same_bytes(
    whole, tmp_path, monkeypatch, capsys, call, kept
):
    monkeypatch.setattr(parts, "PART", PART)
    folder = tmp_path / "killed"
    died = signalled(folder, call, "SIGKILL")
    assert died.returncode == -signal.SIGKILL
    assert not (folder / "manifest.json").exists()
    assert len(list((folder / "parts").glob("*.parquet"))) == kept
    study(folder)
    went_on = f"Going on after {2 * kept} of 8 runs." in capsys.readouterr().err
    assert went_on == (kept < 4)
    assert content(folder) == content(whole)


def test_an_interrupted_study_says_how_to_go_on(tmp_path):
    folder = tmp_path / "stopped"
    stopped = signalled(folder, 4, "SIGINT")
    assert stopped.returncode == 130
    [line] = [x for x in stopped.stderr.splitlines() if x and "Compiling" not in x]
    assert line.startswith("Interrupted. 2 of 4 parts are kept in ")
    assert line.endswith("; the same command goes on from there.")
    assert "Traceback" not in stopped.stderr
    assert sorted(os.listdir(folder)) == ["parts"]


@pytest.mark.parametrize("damage", ["truncated", "bits", "empty", "other"])
def test_a_damaged_part_is_done_again(whole, tmp_path, monkeypatch, damage):
    monkeypatch.setattr(parts, "PART", PART)
    folder = tmp_path / "damaged"
    with monkeypatch.context() as patch:
        patch.setattr(store.Store, "merge", _interrupt)
        with pytest.raises(SystemExit):
            study(folder)
    part = folder / "parts" / "part-000002.parquet"
    data = part.read_bytes()
    middle = len(data) // 3
    part.write_bytes(
        {
            "truncated": data[:middle],
            "bits": data[:middle] + bytes(64) + data[middle + 64 :],
            "empty": b"",
            "other": (folder / "parts" / "part-000001.parquet").read_bytes(),
        }[damage]
    )
    study(folder)
    assert content(folder) == content(whole)


def _interrupt(_):
    raise KeyboardInterrupt


def arms(elsewhere=2):
    """Two schemes with 16 runs each at the centre, and some at eight other points."""
    schemes = {name: Scenario(weeks=26) for name in ("one", "other")}
    levels = ({"people.learning": 0.06 - 0.001 * k} for k in range(9))
    points = (Point(k, x, elsewhere if k else 16) for k, x in enumerate(levels))
    return Design(schemes, tuple(points), seed=1)


def test_the_centre_comes_first_and_the_arms_of_a_replicate_side_by_side(monkeypatch):
    monkeypatch.setattr(parts, "PART", 500 * (26 + 12) * 4)
    stage = parts.Parts(arms())
    order = stage.order()
    assert sorted(order) == list(range(len(stage)))
    firsts = [stage[number][0] for number in order]
    assert [(r.scheme, r.point, r.replicate) for r in firsts[:4]] == [
        ("one", 0, 0),
        ("other", 0, 0),
        ("one", 0, 4),
        ("other", 0, 4),
    ]
    assert all(run.point == 0 for run in firsts[:8])
    assert all(run.point > 0 for run in firsts[8:])


def test_a_part_that_ends_with_the_centre_of_the_next_scheme_comes_early(monkeypatch):
    monkeypatch.setattr(parts, "PART", 500 * (26 + 12) * 5)
    stage = parts.Parts(arms(elsewhere=1))
    holds = [any(r.point == 0 for r in stage[number]) for number in stage.order()]
    assert holds == sorted(holds, reverse=True)


def test_a_stage_that_adds_nothing_has_no_order():
    assert parts.Parts(single("one", Scenario(), 0, 1)).order() == []


def test_a_finished_study_has_nothing_to_do(whole, capsys):
    before = (whole / "runs.parquet").stat().st_mtime_ns
    study(whole)
    assert "complete, nothing to do" in capsys.readouterr().out
    assert (whole / "runs.parquet").stat().st_mtime_ns == before


def test_again_does_a_finished_study_once_more(whole, tmp_path, capsys):
    study(tmp_path)
    before = (tmp_path / "runs.parquet").stat().st_mtime_ns
    (tmp_path / "notes.txt").write_text("mine")
    study(tmp_path, "again=true")
    assert "complete" not in capsys.readouterr().out
    assert (tmp_path / "runs.parquet").stat().st_mtime_ns != before
    assert (tmp_path / "notes.txt").read_text() == "mine"
    (tmp_path / "notes.txt").unlink()
    assert content(tmp_path) == content(whole)


def test_a_changed_file_of_a_finished_study_is_found_out(tmp_path):
    study(tmp_path)
    with (tmp_path / "runs.parquet").open("ab") as file:
        file.write(b"more")
    with pytest.raises(UserError, match=r"has changed since.*again=true"):
        study(tmp_path)


def test_a_folder_of_another_config_is_refused(whole):
    with pytest.raises(
        UserError, match="another study: weeks is 26 there and 30 here"
    ) as wrong:
        study(whole, "weeks=30")
    assert str(whole) in str(wrong.value)
    assert "out=DIR" in str(wrong.value)
    with pytest.raises(UserError, match="seed is 1 there and 2 here"):
        study(whole, "seed=2", "again=true")


def test_a_folder_of_another_model_is_refused(whole, monkeypatch):
    monkeypatch.setattr("experiments.runs.runner.sources_digest", lambda: "another")
    with pytest.raises(UserError, match="the model was another one"):
        study(whole)


WHOSE = '"config": {}, "schemes": {}, "model": "", "sources": ""'
"""What a manifest says of its study."""


@pytest.mark.parametrize(
    "text",
    [
        "{",
        f'{{{WHOSE}, "model": ""}}',
        f'{{{WHOSE}, "more": {{"weeks": 26, "weeks": 30}}}}',
        100_000 * "[",
    ],
    ids=["cut off", "key twice", "key twice, deep", "too deep"],
)
def test_an_unreadable_manifest_is_refused(tmp_path, text):
    (tmp_path / "manifest.json").write_text(text)
    with pytest.raises(UserError, match=r"cannot read .*manifest\.json"):
        study(tmp_path)


def test_a_folder_with_other_files_is_refused_and_left_alone(tmp_path):
    (tmp_path / "thesis.txt").write_text("mine")
    with pytest.raises(UserError, match=r"holds other files \(thesis\.txt\)"):
        study(tmp_path)
    assert sorted(content(tmp_path)) == ["thesis.txt"]


@pytest.mark.parametrize("out", ["file", "file/below", "/proc/none"])
def test_a_folder_that_cannot_be_written_is_refused_at_once(tmp_path, out, capsys):
    (tmp_path / "file").write_text("mine")
    with pytest.raises(SystemExit) as end:
        main([*SMALL, f"out={tmp_path / out}"])
    assert end.value.code == 2
    said = capsys.readouterr().err
    assert "is a file; out=DIR" in said or "cannot write to the folder" in said
    assert len(said.splitlines()) == 1


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EDQUOT])
def test_a_full_disk_keeps_what_is_finished(whole, tmp_path, monkeypatch, code):
    monkeypatch.setattr(parts, "PART", PART)
    folder = tmp_path / "full"
    real, calls = os.fsync, []

    def fsync(handle):
        calls.append(handle)
        if len(calls) > 4:  # each file and its folder: after study.json and a part
            raise OSError(code, os.strerror(code))
        real(handle)

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", fsync)
        with pytest.raises(UserError, match="no space is left") as wrong:
            study(folder)
    assert "repeat the command" in str(wrong.value)
    assert sorted(os.listdir(folder / "parts")) == ["part-000000.parquet", "study.json"]
    study(folder)
    assert content(folder) == content(whole)


def test_two_processes_do_not_share_a_folder(whole):
    with locked(whole), pytest.raises(UserError, match="another process is at work in"):
        study(whole)
    assert not (whole / ".lock").exists()
    study(whole)


@pytest.mark.parametrize(
    "name", ["with space", "a[1]*?", "100%25#x", "häufig", "a=b", "[bold]"]
)
def test_odd_names_work(whole, tmp_path, name, capsys):
    folder = tmp_path / name
    study(folder)
    assert content(folder) == content(whole)
    assert str(folder) in capsys.readouterr().out


def test_without_out_the_folder_is_named_after_the_config(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for overrides in ([], ["engine.threads=1"], ["seed=2"]):
        run.run(ask([*SMALL, *overrides]))
    names = os.listdir("outputs")
    assert len(names) == 2
    assert all(name.startswith("run-") and len(name) == 16 for name in names)
