"""The recipe of docs/cluster.md on a SLURM that is started for it.

Jobs end, a worker of another version comes, the scheduler is killed: a sweep makes the
bytes that threads make, or says in a sentence what is wrong.
"""

import json
import os
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.cluster.slurm import NoSlurmError, slurm

pytest.importorskip("distributed")
pytestmark = pytest.mark.xdist_group("cluster")  # one SLURM for all

ROOT = Path(__file__).parents[2]
DASK = Path(sys.executable).with_name("dask")
SWEEP = """
name: sweep
schemes: [monthly_minimum, review_linked]
levers: {quota.penalty: [0, 0.05, 0.1]}
uncertainties: {people.belief_mean: [-0.2, 0, 0.2], people.rule: [logit, prospect]}
replicates: 2
organisation: small
weeks: 26
"""
DATA = ("runs.parquet", "weeks.parquet", "point_effects.csv")
LATEST = 300
"""Seconds for anything to happen, far more than it takes."""
PAUSES = (3, 8)
"""Parts after which the command stops itself, so that a test acts in mid-sweep."""
SCRIPT = f"""
import os, signal, sys
from experiments import study
from experiments.__main__ import main
from experiments.store import parts
from experiments.store.store import Store

study.publish = lambda *_: None  # charts are no matter of clusters
parts.PART = 10_000
keep, kept = Store.add, []

def add(store, number, content):
    keep(store, number, content)
    kept.append(number)
    if len(kept) in {PAUSES} and "engine=dask" in sys.argv:
        os.kill(os.getpid(), signal.SIGSTOP)

Store.add = add
main(sys.argv[1:])
"""


@pytest.fixture(scope="module")
def cluster():
    try:
        with slurm() as made:
            made.environ["PYTHONPATH"] = str(ROOT)
            yield made
    except NoSlurmError as why:
        pytest.skip(f"SLURM does not run here: {why}")


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("sweep")
    (folder / "sweep.yaml").write_text(SWEEP)
    return folder


@pytest.fixture(scope="module")
def threads(cluster, folder):
    """What threads make of the sweep; the model is compiled then, for all."""
    with lab(folder, cluster.environ, "threads") as process:
        assert process.wait(LATEST) == 0
    return data(folder / "threads")


@contextmanager
def started(folder, environ, name, *words):
    """A process, which is killed at the end; its words go into a log."""
    with (folder / f"{name}.log").open("w") as log:
        process = subprocess.Popen(
            [*map(str, words)], cwd=folder, env=environ, stdout=log, stderr=log
        )
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def lab(folder, environ, name, *words):
    """The command; its results are in the folder ``name``, beside ``name.log``."""
    command = (sys.executable, "-c", SCRIPT, "study=./sweep.yaml", *words)
    return started(folder, environ, name, *command, f"out={folder / name}")


@contextmanager
def scheduler(folder, environ, name):
    """A scheduler as in the recipe; gives its address and its process."""
    words = (DASK, "scheduler", "--host", "127.0.0.1", "--port", "0")
    file = folder / f"{name}.json"
    with started(
        folder, environ, name, *words, "--no-dashboard", "--scheduler-file", file
    ) as process:
        until(lambda: file.exists() and file.stat().st_size > 0, "a scheduler", process)
        yield json.loads(file.read_text())["address"], process


def workers(cluster, folder, name, *options, **environ):
    """Submit jobs with a worker each; give their number."""
    worker = f"{DASK} worker --scheduler-file {folder / name}.json"
    return cluster.submit(
        *("--ntasks=1", "--cpus-per-task=1", "--mem=900M", "--time=10"),
        *(f"--chdir={folder}", f"--output={folder}/worker-%j.log", *options),
        command=f"{worker} --nworkers 1 --nthreads 1 --no-dashboard",
        **environ,
    )


def until(true, what, process):
    """Wait for something while a process runs."""
    end = time.monotonic() + LATEST
    while not true():
        assert process.poll() is None, f"{what} does not come: {process.args} ended"
        assert time.monotonic() < end, f"{what} does not come"
        time.sleep(0.1)


def pauses(process):
    """Wait until the command stops itself."""
    end = time.monotonic() + LATEST
    while time.monotonic() < end:
        number, state = os.waitpid(process.pid, os.WNOHANG | os.WUNTRACED)
        if number:
            assert os.WIFSTOPPED(state), "the sweep ended before its pause"
            return
        time.sleep(0.05)
    raise AssertionError("the sweep does not come to its pause")


def goes_on(process):
    process.send_signal(signal.SIGCONT)


def said(folder, name):
    return (folder / f"{name}.log").read_text()


def data(folder):
    return {name: (folder / name).read_bytes() for name in DATA}


def test_jobs_that_end_and_another_version_change_no_byte(
    cluster, folder, threads, copy_of_sources
):
    """The command starts before its workers; they are cancelled one after the other."""
    other = copy_of_sources()
    with (other / "model" / "week.py").open("a") as file:
        file.write("# another version\n")
    with (
        scheduler(folder, cluster.environ, "scheduler") as (address, _),
        lab(
            folder, cluster.environ, "dask", "engine=dask", f"engine.address={address}"
        ) as process,
    ):
        until(lambda: "waiting for one" in said(folder, "dask"), "the wait", process)
        jobs = workers(cluster, folder, "scheduler", "--array=1-2")

        pauses(process)
        cluster.ask("scancel", f"{jobs}_1")
        until(lambda: f"{jobs}_1" not in cluster.running(), "an end", process)
        goes_on(process)

        pauses(process)  # the other one went on
        cluster.ask("scancel", jobs)
        until(lambda: not cluster.running(), "an end", process)
        goes_on(process)
        wrong = workers(cluster, folder, "scheduler", PYTHONPATH=str(other))
        until(lambda: "Refused: " in said(folder, "dask"), "a refusal", process)
        right = workers(cluster, folder, "scheduler")
        assert process.wait(LATEST) == 0, said(folder, "dask")
        assert cluster.running() == {wrong, right}
        cluster.ask("scancel", wrong, right)
    told = said(folder, "dask")
    assert "would not make the same runs as this machine: model is " in told
    assert "Traceback" not in told
    assert data(folder / "dask") == threads


def test_a_scheduler_that_is_killed_costs_no_run(cluster, folder, threads):
    with scheduler(folder, cluster.environ, "killed") as (address, scheduling):
        jobs = workers(cluster, folder, "killed")
        with lab(
            folder, cluster.environ, "lost", "engine=dask", f"engine.address={address}"
        ) as process:
            pauses(process)
            scheduling.kill()
            goes_on(process)
            assert process.wait(LATEST) == 2
    cluster.ask("scancel", jobs)
    told = said(folder, "lost")
    last = [line for line in told.splitlines() if line.startswith("tokenmaxxing: ")]
    assert len(last) == 1
    assert f"the scheduler at {address} was lost" in last[0]
    assert told.rstrip().endswith("the same command goes on from there.")
    assert "Traceback" not in told
    with lab(folder, cluster.environ, "lost") as process:
        assert process.wait(LATEST) == 0
    assert "Going on after" in said(folder, "lost")
    assert data(folder / "lost") == threads
