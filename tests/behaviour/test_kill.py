"""Sweeps that are killed, that run out of disk, and that meet in one folder."""

import errno
import os
import random
import resource
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from experiments.config.request import ask
from experiments.errors import UserError
from experiments.store import parts
from experiments.store.store import Store
from experiments.studies import sweep

ROOT = Path(__file__).parents[2]
SWEEP = [
    *("study=sweep", "scheme=monthly_minimum", "organisation.employees=20"),
    *("weeks=26", "study.levers={quota.penalty: [0, 0.05, 0.1]}"),
    *("study.uncertainties={people.belief_mean: [-0.2, 0.2]}", "study.replicates=8"),
]
"""64 runs: six points, and the baseline in two worlds."""
PART = 20 * (26 + 12)
"""A part of one run."""
DATA = ("runs.parquet", "weeks.parquet", "point_effects.csv", "manifest.json")
KILLS = 10
SEED = 5
SCRIPT = f"""
import sys
from experiments.store import parts
from experiments.__main__ import main

parts.PART = {PART}
main(["study=check"])  # so that all is imported and compiled
print("ready", flush=True)
main(sys.argv[1:])
"""


def started(out, **options):
    """The sweep in a process of its own; it says when it begins."""
    process = subprocess.Popen(
        [sys.executable, "-c", SCRIPT, *SWEEP, f"out={out}"],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        **options,
    )
    for line in process.stdout:
        if line == "ready\n":
            return process
    raise AssertionError(process.stderr.read())


def ended(process):
    """What it said on standard error."""
    _, said = process.communicate(timeout=300)
    return said


def data(folder):
    return {name: (folder / name).read_bytes() for name in DATA}


def carried_out(out):
    sweep.run(ask([*SWEEP, f"out={out}"]))


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    """The data of a sweep that nothing interrupted."""
    folder = tmp_path_factory.mktemp("kill") / "whole"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(parts, "PART", PART)
        carried_out(folder)
    return data(folder)


@pytest.mark.long
def test_ten_kills_at_random_moments_leave_no_trace(whole, tmp_path):
    moments = random.Random(SEED)
    folder = tmp_path / "killed"
    clock = started(folder)
    start = time.perf_counter()
    ended(clock)
    span = time.perf_counter() - start
    assert data(folder) == whole
    kills, studies = 0, 1
    while kills < KILLS:
        folder = tmp_path / f"killed-{studies}"
        studies += 1
        while kills < KILLS:
            process = started(folder)
            time.sleep(moments.uniform(0.0, span))
            process.kill()
            said = ended(process)
            if process.returncode == 0:  # it was done before
                break
            assert process.returncode == -signal.SIGKILL, said
            kills += 1
        process = started(folder)
        said = ended(process)
        assert process.returncode == 0, said
        assert data(folder) == whole
        assert not (folder / "parts").exists()
    assert kills == KILLS


def test_a_second_sweep_in_the_same_folder_is_told_so(whole, tmp_path):
    first = started(tmp_path / "both")
    while not list((tmp_path / "both" / "parts").glob("*.parquet")):
        assert first.poll() is None
        time.sleep(0.01)
    first.send_signal(signal.SIGSTOP)  # so that it is at work for long enough
    try:
        with pytest.raises(UserError, match="another process is at work in"):
            carried_out(tmp_path / "both")
    finally:
        first.send_signal(signal.SIGCONT)
    said = ended(first)
    assert first.returncode == 0, said
    assert data(tmp_path / "both") == whole


def test_a_file_that_may_not_grow_gives_a_message_and_can_be_resumed(whole, tmp_path):
    folder = tmp_path / "limited"

    def limit():
        # Python ignores the signal, so that writing fails with EFBIG.
        resource.setrlimit(resource.RLIMIT_FSIZE, (60_000, resource.RLIM_INFINITY))

    process = started(folder, preexec_fn=limit)
    said = ended(process)
    assert process.returncode == 2
    assert "no space is left" in said
    assert "repeat the command to go on" in said
    assert len(said.splitlines()) == 1
    assert not (folder / "manifest.json").exists()
    carried_out(folder)
    assert data(folder) == whole


@pytest.fixture
def small_disk(tmp_path):
    """A file system of half a megabyte."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=512k", "tmpfs", str(folder)]
    done = subprocess.run(mount, capture_output=True, check=False)
    if done.returncode:
        pytest.skip("no file system can be mounted here")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


def test_a_disk_that_fills_up_gives_a_message_and_can_be_resumed(
    whole, small_disk, tmp_path
):
    folder = small_disk / "sweep"
    filler = small_disk / "filler"
    filler.write_bytes(bytes(300_000))
    process = started(folder)
    said = ended(process)
    assert process.returncode == 2
    assert "no space is left" in said
    assert len(said.splitlines()) == 1
    kept = list((folder / "parts").glob("*.parquet"))
    assert len(kept) > 0
    assert not list(folder.rglob(".*.tmp"))
    filler.unlink()
    subprocess.run(["mount", "-o", "remount,size=4m", str(small_disk)], check=True)
    carried_out(folder)
    assert data(folder) == whole


@pytest.mark.parametrize("name", ["runs.parquet", "weeks.parquet", "point_effects.csv"])
def test_a_disk_that_fills_up_while_merging_keeps_all_parts(
    whole, tmp_path, monkeypatch, name
):
    monkeypatch.setattr(parts, "PART", PART)
    real = os.replace

    def replace(source, target):
        if Path(target).name == name:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        real(source, target)

    with monkeypatch.context() as patch:
        patch.setattr(os, "replace", replace)
        with pytest.raises(UserError, match="no space is left"):
            carried_out(tmp_path)
    assert len(list((tmp_path / "parts").glob("*.parquet"))) == 64
    added = []
    monkeypatch.setattr(Store, "add", lambda *part: added.append(part))
    carried_out(tmp_path)
    assert not added
    assert data(tmp_path) == whole
