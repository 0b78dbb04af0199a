"""The connection to a scheduler: certificates, a scheduler and workers without the lab.

Schedulers and workers are processes of their own here, as on a cluster.
"""

import json
import os
import subprocess
import sys
import time
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from experiments.__main__ import main
from experiments.runs.engines.dask import workers
from experiments.runs.engines.dask.workers import LOOK
from experiments.store import parts
from experiments.store.store import Store

distributed = pytest.importorskip("distributed")
pytestmark = pytest.mark.filterwarnings(
    # Dask leaves sockets of workers that are gone to the garbage collector.
    "ignore::pytest.PytestUnraisableExceptionWarning"
)

ROOT = Path(__file__).parents[5]
SMALL = ["study=run", "organisation.employees=20", "weeks=26", "study.replicates=16"]
VARIABLES = ("CA_FILE", "CLIENT__CERT", "CLIENT__KEY")
WITHOUT = """
import sys

class Missing:
    def find_spec(self, name, *_):
        if name == "experiments":
            raise ModuleNotFoundError(f"No module named {name!r}")

sys.meta_path.insert(0, Missing())
"""
DASK = "from dask.__main__ import main; main()"


def said(capsys, *command):
    """Exit code, and what a command says on standard error."""
    with pytest.raises(SystemExit) as end:
        main([*SMALL, "engine=dask", *map(str, command)])
    return end.value.code, capsys.readouterr().err


@contextmanager
def started(folder, *arguments, before=""):
    """A process of Dask's; a scheduler writes its address into a file."""
    with (folder / f"{arguments[0]}.log").open("ab") as log:
        process = subprocess.Popen(
            [sys.executable, "-c", before + DASK, *map(str, arguments)],
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            cwd=folder,
            stdout=log,
            stderr=log,
        )
    try:
        yield process
    finally:
        process.kill()
        process.wait()


@contextmanager
def scheduler(folder, before=""):
    """A scheduler; gives its address."""
    file = folder / "scheduler.json"
    options = ("--host", "127.0.0.1", "--port", "0", "--no-dashboard")
    with started(
        folder, "scheduler", *options, "--scheduler-file", file, before=before
    ) as process:
        until(lambda: file.exists() and file.stat().st_size, process)
        yield json.loads(file.read_text())["address"]


def worker(folder, address, before=""):
    options = ("--nworkers", "1", "--nthreads", "1", "--no-dashboard", "--no-nanny")
    return started(folder, "worker", address, *options, before=before)


def until(true, process, seconds=120):
    end = time.monotonic() + seconds
    while not true():
        assert process.poll() is None
        assert time.monotonic() < end
        time.sleep(0.05)


@pytest.fixture(autouse=True)
def small_parts(monkeypatch):
    monkeypatch.setattr(parts, "PART", 20 * (26 + 12) * 2)


def test_tls_without_certificates_names_what_to_set(tmp_path, capsys):
    code, told = said(capsys, "engine.address=tls://127.0.0.1:1", f"out={tmp_path}/a")
    assert code == 2
    assert "tls://127.0.0.1:1 needs certificates" in told
    for name in VARIABLES:
        assert f"DASK_DISTRIBUTED__COMM__TLS__{name}" in told
    assert len(told.splitlines()) <= 3


@pytest.mark.parametrize("content", [None, "no certificate"], ids=["absent", "broken"])
def test_certificates_that_cannot_be_read_are_named(tmp_path, capsys, content):
    from dask import config

    file = tmp_path / "cert.pem"
    if content is not None:
        file.write_text(content)
    keys = ("ca-file", "client.cert", "client.key")
    with config.set({f"distributed.comm.tls.{key}": str(file) for key in keys}):
        code, told = said(
            capsys, "engine.address=tls://127.0.0.1:1", f"out={tmp_path}/a"
        )
    assert code == 2
    assert "the certificates for tls://127.0.0.1:1 cannot be used" in told
    assert f"client.cert is {file}" in told
    assert len(told.splitlines()) <= 3


def test_a_connection_that_dask_is_set_to_refuse_is_no_traceback(tmp_path, capsys):
    from dask import config

    with config.set({"distributed.comm.require-encryption": True}):
        code, told = said(
            capsys, "engine.address=tcp://127.0.0.1:1", f"out={tmp_path}/a"
        )
    assert code == 2
    assert "encryption required by Dask configuration" in told


@pytest.mark.slow
def test_a_scheduler_without_the_laboratory_is_refused(tmp_path, capsys):
    with scheduler(tmp_path, before=WITHOUT) as address:
        code, told = said(capsys, f"engine.address={address}", f"out={tmp_path}/a")
    assert code == 2
    assert f"the scheduler at {address} cannot load the laboratory" in told
    assert "No module named 'experiments'" in told
    assert len(told.splitlines()) <= 3


@pytest.mark.slow
def test_a_late_worker_without_the_laboratory_is_refused_and_lives(
    tmp_path, capsys, monkeypatch
):
    """The study goes on, and the worker stays there for others."""
    main([*SMALL, f"out={tmp_path}/threads"])
    real, late = Store.add, []
    say, messages = workers._say, []
    monkeypatch.setattr(workers, "_say", lambda text: messages.append(say(text)))
    with (
        scheduler(tmp_path) as address,
        worker(tmp_path, address),
        ExitStack() as stack,
        distributed.Client(address, set_as_default=False) as client,
    ):

        def add(store, number, content):
            real(store, number, content)
            if not late:
                late.append(
                    stack.enter_context(worker(tmp_path, address, before=WITHOUT))
                )
                until(lambda: len(client.nthreads()) == 2, late[0])
            if not messages:
                time.sleep(LOOK)  # it must have answered before the last part

        monkeypatch.setattr(Store, "add", add)
        command = ["engine=dask", f"engine.address={address}", f"out={tmp_path}/dask"]
        main([*SMALL, *command])
        assert len(client.nthreads()) == 2
    told = capsys.readouterr().err
    assert told.count("Refused: the worker tcp://127.0.0.1:") == 1
    assert "cannot load the laboratory (" in told
    assert "No module named 'experiments'" in told
    for name in ("runs.parquet", "weeks.parquet"):
        threads, dask = tmp_path / "threads" / name, tmp_path / "dask" / name
        assert threads.read_bytes() == dask.read_bytes()


@pytest.mark.slow
def test_a_scheduler_lost_during_a_wait_is_said(tmp_path):
    with scheduler(tmp_path) as address:
        command = ["engine=dask", f"engine.address={address}", f"out={tmp_path}/a"]
        process = subprocess.Popen(
            [sys.executable, "-m", "experiments", *SMALL, *command],
            cwd=ROOT,
            stderr=subprocess.PIPE,
            text=True,
        )
        for line in process.stderr:
            if "has no workers; waiting for one, at most 60 min" in line:
                break
    rest = process.stderr.read()
    assert process.wait() == 2
    assert f"the scheduler at {address} was lost" in rest
    assert len(rest.splitlines()) <= 3
