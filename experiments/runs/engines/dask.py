"""The engine for many machines: a running Dask cluster, or one started here.

Whole batches are sent, a few more than the cluster has threads. Workers send back whole
parts; the store stays on this machine, and the order in which parts arrive leaves no
trace in it. If a worker dies, Dask itself repeats its batches.
"""

import os
import sys
import warnings
from collections import Counter
from collections.abc import Generator, Iterable, Iterator, Mapping
from concurrent.futures import CancelledError
from contextlib import contextmanager
from itertools import islice
from logging import CRITICAL
from typing import Any
from urllib.parse import urlsplit

from experiments.config.settings import Engine
from experiments.errors import UserError
from experiments.runs.engines import Part
from experiments.runs.environment import differences, environment
from experiments.store.batch import Batch, part_file, results

PATIENCE = 10  # seconds to wait for an answer of the scheduler
AHEAD = 2
"""Batches under way for each thread of the cluster, so that no thread waits."""
ATTEMPTS = 3
"""Attempts at a batch that brings down every worker that takes it."""
DEAF = "import signal; signal.signal(signal.SIGINT, signal.SIG_IGN)"
"""Code for local workers: they ignore Ctrl-C; the command stops them."""
KEPT = "What is finished is kept; the same command goes on from there."


def parts(batches: Iterable[Batch], engine: Engine) -> Generator[Part, None, None]:
    """Carry out batches; yield finished parts as they arrive.

    Raises ``UserError`` if Dask is not installed, the scheduler cannot be reached or is
    lost, or its workers have another version of anything that results depend on.
    """
    try:
        import distributed
        from distributed.client import FutureCancelledError
    except ImportError:
        raise UserError(
            "engine=dask needs Dask, which is not installed: "
            "python -m pip install 'tokenmaxxing[cluster]'"
        ) from None
    with (
        _address(distributed, engine) as address,
        _client(distributed, address) as client,
    ):
        _check_workers(client, address)
        try:
            yield from _finished(distributed, client, iter(batches))
        except (OSError, CancelledError, FutureCancelledError) as error:
            raise UserError(
                f"the scheduler at {address} was lost ({_first_line(error)}). {KEPT}"
            ) from None


@contextmanager
def _address(distributed: Any, engine: Engine) -> Iterator[str]:
    """Give the scheduler's address; stop a cluster started here at the end."""
    if engine.address is not None:
        yield _checked(engine.address)
        return
    cores = os.cpu_count() or 1
    workers = engine.workers or cores
    with distributed.LocalCluster(
        n_workers=workers,
        threads_per_worker=engine.threads or max(1, cores // workers),
        dashboard_address="127.0.0.1:0",
        memory_limit=0,
        silence_logs=CRITICAL,
        preload=[DEAF],
    ) as cluster:
        yield cluster.scheduler_address


def _checked(address: str) -> str:
    parsed = urlsplit(address)
    try:
        place = parsed.hostname and parsed.port
        whole = parsed.scheme in ("tcp", "tls") and bool(place)
    except ValueError:
        whole = False
    if not whole:
        raise UserError(
            f"engine.address is {address!r}; it must name a scheduler, such as "
            "tcp://10.0.0.5:8786."
        )
    return address


@contextmanager
def _client(distributed: Any, address: str) -> Iterator[Any]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # versions are compared by what matters to us
        try:
            client = distributed.Client(address, timeout=PATIENCE, set_as_default=False)
        except (OSError, ValueError) as error:
            raise UserError(
                f"no Dask scheduler answers at {address} ({_first_line(error)}). Start "
                "one with dask scheduler, or leave engine.address out: then a cluster "
                "is started on this machine."
            ) from None
    with client:
        yield client


def _check_workers(client: Any, address: str) -> None:
    """Refuse workers with other versions than this machine."""
    try:
        environments: dict[str, dict[str, str]] = client.run(environment)
    except Exception as error:
        raise UserError(
            f"the workers at {address} cannot load the laboratory "
            f"({_first_line(error)}). Install the same version there as here."
        ) from None
    for worker, theirs in environments.items():
        check_same(f"the worker {worker}", theirs, environment())
    if not environments:
        print(
            f"The scheduler at {address} has no workers yet; waiting for one.",
            file=sys.stderr,
        )


def check_same(who: str, theirs: Mapping[str, str], ours: Mapping[str, str]) -> None:
    """Raise ``UserError`` if two machines differ in what results depend on."""
    if different := differences(theirs, ours):
        raise UserError(
            f"{who} would not make the same runs as this machine: "
            f"{'; '.join(different[:3])}.\nInstall the same versions there as here."
        )


def carried_out(batch: Batch, asked: Mapping[str, str]) -> Part:
    """Carry out a batch on a worker, which may have joined after the check of all."""
    check_same("a worker", environment(), asked)
    return Part(batch.number, part_file(batch, results(batch)), len(batch.runs))


def _finished(
    distributed: Any, client: Any, batches: Iterator[Batch]
) -> Generator[Part, None, None]:
    """Keep the cluster busy until there are no more batches; yield finished parts."""
    under_way: dict[Any, Batch] = {}
    fallen: Counter[int] = Counter()
    done = distributed.as_completed(loop=client.loop)

    def submit(batch: Batch) -> None:
        future = client.submit(carried_out, batch, environment(), pure=False)
        under_way[future] = batch
        done.add(future)

    def fill() -> None:
        for batch in islice(batches, max(0, _room(client) - len(under_way))):
            submit(batch)

    fill()
    for future in done:
        batch = under_way.pop(future)
        part = _part(future, batch)
        if part is not None:
            yield part
        elif fallen[batch.number] < ATTEMPTS:
            fallen[batch.number] += 1
            submit(batch)
        else:
            raise UserError(
                f"part {batch.number} brought down every worker that took it; "
                f"perhaps they have too little memory for {batch.employees:,} people. "
                f"{KEPT}"
            )
        fill()


def _room(client: Any) -> int:
    """Count the batches that should be under way."""
    threads: int = sum(client.nthreads().values())
    return max(1, AHEAD * threads)


def _part(future: Any, batch: Batch) -> Part | None:
    """Take the part of a batch; None if Dask gave it up because it kills workers."""
    from distributed import KilledWorker

    try:
        part: Part = future.result()
    except KilledWorker:
        return None
    except MemoryError:
        raise UserError(
            f"a worker has too little memory for {batch.employees:,} people. {KEPT}"
        ) from None
    return part


def _first_line(error: BaseException) -> str:
    lines = str(error).strip().splitlines()
    return lines[0] if lines else type(error).__name__
