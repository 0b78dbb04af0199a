"""The engine for many machines: a running Dask cluster, or one started here.

Whole batches are sent, each to one worker, a few more than it has threads. Workers send
back whole parts; the store stays on this machine, and the order in which parts arrive
leaves no trace in it. If a worker is gone, its batches are sent to others.
"""

import asyncio
from collections import Counter, deque
from collections.abc import Generator, Iterable, Iterator, Mapping
from concurrent.futures import CancelledError
from contextlib import closing, suppress
from itertools import islice
from typing import Any, NamedTuple

from experiments.config.settings import Engine
from experiments.errors import UserError
from experiments.runs.engines import Part, Work
from experiments.runs.engines.dask.connection import connected, first_line
from experiments.runs.engines.dask.jobs import Job, Jobs
from experiments.runs.engines.dask.workers import LOOK, Workers
from experiments.runs.environment import check_same, environment
from experiments.store.batch import Batch, part_file, results

AHEAD = 2
"""Batches under way for each thread of a worker, so that no thread waits."""
ATTEMPTS = 5
"""Workers that may go while they carry out the same batch."""
KEPT = "What is finished is kept; the same command goes on from there."


class Runs(NamedTuple):
    """A batch of runs, as the work of one worker."""

    batch: Batch

    @property
    def number(self) -> int:
        """That of its part."""
        return self.batch.number

    @property
    def employees(self) -> int:
        """People in its largest organisation."""
        return self.batch.employees

    def carry_out(self) -> Part:
        """Do all runs, one after the other."""
        batch = self.batch
        return Part(batch.number, part_file(batch, results(batch)), len(batch.runs))


def parts(batches: Iterable[Batch], engine: Engine) -> Generator[Part, None, None]:
    """Carry out batches of runs; see ``carried_out``."""
    return carried_out(map(Runs, batches), engine)


def carried_out(batches: Iterable[Work], engine: Engine) -> Generator[Part, None, None]:
    """Carry out work; yield finished parts as they arrive.

    Raises ``UserError`` if Dask is not installed, the scheduler cannot be reached or is
    lost, none of its workers can be used, or none comes in time.
    """
    with connected(engine) as (client, address), closing(Jobs(client)) as jobs:
        workers = Workers(client, jobs, address, 60 * engine.wait)
        try:
            yield from _Sent(client, jobs, workers).finished(iter(batches))
        except (OSError, CancelledError) as error:
            raise UserError(
                f"the scheduler at {address} was lost ({first_line(error)}). {KEPT}"
            ) from None
        except UserError as error:
            raise UserError(f"{error}\n{KEPT}") from None


def on_worker(batch: Work, asked: Mapping[str, str]) -> Part:
    """Carry out a batch on a worker.

    Another process may have taken the place of the worker that was asked for its
    versions, so they are compared again.
    """
    from distributed import get_worker

    check_same(f"the worker {get_worker().address}", environment(), asked)
    return batch.carry_out()


class _Sent:
    """Batches that were sent to workers."""

    def __init__(self, client: Any, jobs: Jobs, workers: Workers) -> None:
        self._client, self._jobs, self._workers = client, jobs, workers
        self._under_way: dict[str, dict[Job, Work]] = {}  # oldest first
        self._ready: deque[Work] = deque()  # to be sent, those taken back among them
        self._fallen: Counter[int] = Counter()

    def finished(self, batches: Iterator[Work]) -> Generator[Part, None, None]:
        """Keep all workers busy until there are no more batches; yield their parts."""
        while self._has_more(batches) or any(self._under_way.values()):
            self._workers.look()
            self._take_back()
            self._fill(batches)
            job = self._jobs.finished(LOOK)
            part = self._part(job) if job else None
            if part is not None:
                yield part

    def _has_more(self, batches: Iterator[Work]) -> bool:
        """Have a batch ready, if there is one."""
        if not self._ready:
            self._ready.extend(islice(batches, 1))
        return bool(self._ready)

    def _take_back(self) -> None:
        """Take the batches of workers that are gone, to send them to others."""
        for worker in self._under_way.keys() - self._workers.threads.keys():
            threads = self._workers.gone.pop(worker)
            for place, (job, batch) in enumerate(self._under_way.pop(worker).items()):
                finished = job.done() and job.exception() is None
                job.cancel()
                if place < threads and not finished:  # those behind it waited
                    self._fell(batch)
                self._ready.append(batch)

    def _fell(self, batch: Work) -> None:
        """Note that a worker went with a batch in its hands."""
        self._fallen[batch.number] += 1
        if self._fallen[batch.number] >= ATTEMPTS:
            raise UserError(
                f"part {batch.number} brought down every worker that took it; "
                f"perhaps they have too little memory for {batch.employees:,} people."
            )

    def _fill(self, batches: Iterator[Work]) -> None:
        """Give every worker its first batches before any has its second ones."""
        for each in range(1, AHEAD + 1):
            for worker, threads in self._workers.threads.items():
                mine = self._under_way.setdefault(worker, {})
                while len(mine) < each * threads:
                    if not self._has_more(batches):
                        return
                    batch = self._ready.popleft()
                    mine[self._jobs.start(self._carry_out(batch, worker))] = batch

    async def _carry_out(self, batch: Work, worker: str) -> Part:
        """Let a worker carry out a batch."""
        future = self._client.submit(
            on_worker, batch, environment(), workers=[worker], pure=False
        )
        part: asyncio.Future[Part] = asyncio.ensure_future(future)
        try:
            return await asyncio.shield(part)
        except asyncio.CancelledError:
            # Dask's own waits end with its future; cut off, they would be logged.
            with suppress(Exception):
                await future.cancel()
                await part
            raise

    def _part(self, job: Job) -> Part | None:
        """Take the part of a job; None if it was none, or must be sent again."""
        from distributed import KilledWorker

        for mine in self._under_way.values():
            if job in mine:
                batch = mine.pop(job)
                break
        else:  # a question to a worker, or taken back
            return None
        try:
            part: Part = job.result()
        except KilledWorker:
            self._fell(batch)
            self._ready.append(batch)
            return None
        except MemoryError:
            raise UserError(
                f"a worker has too little memory for {batch.employees:,} people."
            ) from None
        return part
