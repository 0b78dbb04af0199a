"""The Dask engine beside the threads of one machine."""

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from experiments.__main__ import main
from experiments.config.request import ask
from experiments.config.settings import Engine
from experiments.designs.design import Planned, single
from experiments.errors import UserError
from experiments.runs import environment
from experiments.runs.engines import dask, threads
from experiments.runs.engines.dask import connection, workers
from experiments.runs.environment import check_same
from experiments.runs.runner import carry_out
from experiments.store import parts
from experiments.store.batch import batch_of
from experiments.store.store import RUNS, WEEKS, Store
from model import Scenario, Workplace

distributed = pytest.importorskip("distributed")
# It leaves sockets of workers that are gone to the garbage collector.
pytestmark = pytest.mark.filterwarnings(
    "ignore::pytest.PytestUnraisableExceptionWarning"
)

ROOT = Path(__file__).parents[3]
SMALL = ["study=run", "organisation.employees=20", "weeks=26", "study.replicates=16"]
PART = 20 * (26 + 12) * 2
"""A part of two runs of the small study, which has eight parts then."""
DATA = (RUNS, WEEKS)


def study(out, *overrides):
    request = ask([*SMALL, *overrides, f"out={out}"])
    design = single("voluntary", request.scenario, 16, request.seed)
    return carry_out(request, design, lambda _: ())


def data(folder):
    return {name: (folder / name).read_bytes() for name in DATA}


@pytest.fixture(autouse=True)
def small_parts(monkeypatch):
    monkeypatch.setattr(parts, "PART", PART)


@pytest.fixture(scope="module")
def cluster():
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, dashboard_address="127.0.0.1:0"
    ) as cluster:
        yield cluster


@pytest.fixture
def address(cluster):
    return f"engine.address={cluster.scheduler_address}"


@pytest.fixture
def whole(tmp_path):
    """The data of the small study as threads make them."""
    study(tmp_path / "threads")
    return data(tmp_path / "threads")


@pytest.mark.slow
def test_a_cluster_makes_the_same_bytes_as_threads(whole, tmp_path, address):
    study(tmp_path / "dask", "engine=dask", address)
    assert data(tmp_path / "dask") == whole


def test_a_study_goes_on_with_another_engine(whole, tmp_path, address, monkeypatch):
    folder = tmp_path / "dask"
    real, stored = Store.add, []

    def add(store, number, content):
        if len(stored) == 3:
            raise KeyboardInterrupt
        stored.append(number)
        real(store, number, content)

    with monkeypatch.context() as patch:
        patch.setattr(Store, "add", add)
        with pytest.raises(SystemExit):
            study(folder, "engine=dask", address)
    done = study(folder)
    assert done.runs == 10
    assert data(folder) == whole


@pytest.mark.slow
def test_a_worker_killed_in_mid_sweep_costs_no_run(
    whole, tmp_path, cluster, address, monkeypatch
):
    real, killed = Store.add, []

    def add(store, number, content):
        real(store, number, content)
        if not killed:
            with distributed.Client(cluster.scheduler_address) as client:
                killed.extend(client.run(os.getpid).values())
            os.kill(killed[0], signal.SIGKILL)

    monkeypatch.setattr(Store, "add", add)
    folder = tmp_path / "dask"
    done = study(folder, "engine=dask", address)
    assert len(killed) == 2
    assert done.runs == 16
    assert data(folder) == whole


@pytest.mark.slow
def test_a_local_cluster_is_started_and_stopped(whole, tmp_path):
    command = [*SMALL, "engine=dask", "engine.workers=1", f"out={tmp_path / 'dask'}"]
    done = subprocess.run(
        [sys.executable, "-m", "experiments", *command],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert data(tmp_path / "dask") == whole
    assert "Traceback" not in done.stderr


def test_a_scheduler_that_does_not_answer_is_named(tmp_path, capsys, monkeypatch):
    monkeypatch.setattr(connection, "PATIENCE", 0.5)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    place = f"tcp://127.0.0.1:{port}"
    with pytest.raises(SystemExit) as end:
        main(
            [*SMALL, "engine=dask", f"engine.address={place}", f"out={tmp_path / 'a'}"]
        )
    assert end.value.code == 2
    said = capsys.readouterr().err
    assert f"no Dask scheduler answers at {place}" in said
    assert len(said.splitlines()) <= 3


@pytest.mark.parametrize(
    "bad", ["10.0.0.5", "tcp://host", "'tcp://host:x'", "ftp://a:1"]
)
def test_an_address_that_is_none_is_refused(tmp_path, bad):
    with pytest.raises(UserError, match="it must name a scheduler, such as tcp://"):
        study(tmp_path, "engine=dask", f"engine.address={bad}")


def test_an_address_needs_the_dask_engine():
    with pytest.raises(UserError, match="add engine=dask"):
        ask([*SMALL, "engine.address=tcp://127.0.0.1:8786"])


@pytest.mark.slow
def test_a_worker_with_another_version_is_refused(tmp_path, address, monkeypatch):
    ours = {**environment.environment(), "numpy": "1.0", "model": "0" * 16}
    monkeypatch.setattr(
        workers, "check_same", lambda who, theirs, _: check_same(who, theirs, ours)
    )
    with pytest.raises(UserError, match="would not make the same runs") as wrong:
        study(tmp_path, "engine=dask", address)
    assert "model is " in str(wrong.value)
    assert "and 0000000000000000 here" in str(wrong.value)


def test_a_process_in_the_place_of_another_is_checked_too(
    tmp_path, address, monkeypatch
):
    """Its versions are compared once more beside the batch."""
    ours = {**environment.environment(), "numpy": "1.0"}
    monkeypatch.setattr(dask, "environment", lambda: ours)
    with pytest.raises(UserError, match=r"numpy is .* there and 1\.0 here") as wrong:
        study(tmp_path, "engine=dask", address)
    assert "the worker tcp://127.0.0.1:" in str(wrong.value)
    assert "What is finished is kept" in str(wrong.value)


def test_without_dask_the_extra_is_named(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(UserError, match=r"tokenmaxxing\[cluster\]"):
        study(tmp_path, "engine=dask")


@pytest.mark.slow
def test_a_lost_scheduler_keeps_what_is_finished(whole, tmp_path, monkeypatch):
    command = [sys.executable, "-m", "distributed.cli.dask_scheduler"]
    environ = {**os.environ, "PYTHONPATH": str(ROOT)}
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        place = f"tcp://127.0.0.1:{free.getsockname()[1]}"
    port = place.rpartition(":")[2]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    scheduler = subprocess.Popen(
        [*command, "--host", "127.0.0.1", "--port", port, "--no-dashboard"],
        env=environ,
        **quiet,
    )
    worker = subprocess.Popen(
        [
            *(sys.executable, "-m", "distributed.cli.dask_worker", place),
            *("--nworkers", "1", "--nthreads", "1", "--no-dashboard"),
            *("--death-timeout", "60"),
        ],
        env=environ,
        cwd=tmp_path,
        **quiet,
    )
    try:
        _wait_for(place)
        real = Store.add

        def add(store, number, content):
            real(store, number, content)
            scheduler.kill()

        folder = tmp_path / "lost"
        with monkeypatch.context() as patch:
            patch.setattr(Store, "add", add)
            with pytest.raises(UserError, match="was lost"):
                study(folder, "engine=dask", f"engine.address={place}")
        assert list((folder / "parts").glob("*.parquet"))
        study(folder)
        assert data(folder) == whole
    finally:
        for process in (worker, scheduler):
            process.kill()
            process.wait()


def _wait_for(place, seconds=60):
    end = time.monotonic() + seconds
    while True:
        try:
            with distributed.Client(place, timeout=2) as client:
                client.wait_for_workers(1, timeout=seconds)
                return
        except OSError:
            assert time.monotonic() < end
            time.sleep(0.2)


def test_batches_are_cut_without_losing_a_run():
    scenario = Scenario(organisation=Workplace(employees=30))
    design = single("voluntary", scenario, 7, seed=1)
    runs = tuple(Planned("voluntary", 0, k) for k in range(7))
    batch = batch_of(design, 0, runs)
    pieces = batch.cut(3 * batch.work)
    assert [len(piece.runs) for piece in pieces] == [3, 3, 1]
    assert sum((piece.runs for piece in pieces), ()) == runs
    assert [len(piece.runs) for piece in batch.cut(1)] == [1] * 7


def test_threads_take_no_more_batches_than_they_need():
    scenario = Scenario(organisation=Workplace(employees=8))
    design = single("voluntary", scenario, 200, seed=1)
    taken = []

    def batches():
        for number in range(200):
            taken.append(number)
            yield batch_of(design, number, (Planned("voluntary", 0, number),))

    engine = Engine(kind="threads", threads=2, workers=0, address=None, wait=60.0)
    made = threads.parts(batches(), engine)
    assert next(made).number == 0
    assert len(taken) <= 6
    made.close()
    assert len(taken) <= 6


@pytest.mark.slow
def test_an_interrupted_cluster_ends_without_a_traceback(tmp_path):
    many = [*SMALL[:-1], "study.replicates=20000", "engine=dask", "engine.workers=1"]
    process = subprocess.Popen(
        [sys.executable, "-m", "experiments", *many, f"out={tmp_path / 'dask'}"],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    while not list((tmp_path / "dask" / "parts").glob("*.parquet")):
        assert process.poll() is None
        time.sleep(0.1)
    os.killpg(process.pid, signal.SIGINT)  # as a terminal does
    _, said = process.communicate(timeout=60)
    assert process.returncode == 130
    assert "the same command goes on from there" in said
    assert "Traceback" not in said


def test_what_workers_do_not_carry_out_has_all_cores_of_this_machine():
    assert ask(["study=compare", "engine=dask", "engine.threads=2"]).threads == 0
    assert ask(["study=compare", "engine.threads=2"]).threads == 2
