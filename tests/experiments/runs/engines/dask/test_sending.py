"""Which worker gets which batch, and what becomes of it if the worker goes."""

import asyncio
from types import SimpleNamespace

import pytest

from experiments.designs.design import Planned, single
from experiments.errors import UserError
from experiments.runs.engines import Part, dask
from experiments.runs.engines.dask.jobs import Jobs
from experiments.store.batch import batch_of
from model import Scenario

distributed = pytest.importorskip("distributed")


class Cluster:
    """A client and its workers. ``carry_out`` says what a worker makes of a batch."""

    def __init__(self, loop, threads):
        self.loop = SimpleNamespace(asyncio_loop=loop)
        self.threads, self.gone = dict(threads), {}
        self.sent = []

    def look(self):
        """See nothing new."""

    def lose(self, worker):
        self.gone[worker] = self.threads.pop(worker)

    def submit(self, _, batch, asked, workers, pure):
        (worker,) = workers
        self.sent.append((batch.number, worker))
        return Future(self.carry_out(batch, worker))

    async def carry_out(self, batch, worker):
        return Part(batch.number, b"", 1)


class Future:
    """What ``submit`` gives in the thread of the client."""

    def __init__(self, work):
        self.task = asyncio.ensure_future(work)

    def __await__(self):
        return self.task.__await__()

    async def cancel(self):
        self.task.cancel()


async def forever(*_):
    await asyncio.Event().wait()


def each_look_another_worker(cluster):
    for worker in list(cluster.threads):
        cluster.lose(worker)
        cluster.threads = {f"{worker}'": 1}


@pytest.fixture
def sent(loop, monkeypatch):
    """A function that sends numbered batches to a cluster with these threads."""
    monkeypatch.setattr(dask, "LOOK", 0.01)
    all_jobs = []

    def send(threads, count):
        cluster = Cluster(loop, threads)
        jobs = Jobs(cluster)
        all_jobs.append(jobs)
        design = single("voluntary", Scenario(), 1, seed=1)
        batches = (
            batch_of(design, k, (Planned("voluntary", 0, k),)) for k in range(count)
        )
        cluster.batches = dask._Sent(cluster, jobs, cluster)
        return cluster, cluster.batches.finished(batches)

    yield send
    for jobs in all_jobs:
        jobs.close()
    asyncio.run_coroutine_threadsafe(asyncio.sleep(0.01), loop).result()


def test_every_batch_comes_back_once(sent):
    cluster, parts = sent({"a": 1, "b": 2}, 50)
    assert sorted(part.number for part in parts) == list(range(50))
    assert len(cluster.sent) == 50
    assert {worker for _, worker in cluster.sent} == {"a", "b"}


def test_each_worker_has_its_first_batch_before_any_has_a_second(sent):
    cluster, parts = sent({"a": 1, "b": 1, "c": 2}, 4)
    list(parts)
    assert sorted(worker for _, worker in cluster.sent) == ["a", "b", "c", "c"]


def test_a_study_ends_though_its_workers_went_after_the_last_part(sent):
    cluster, parts = sent({"a": 1}, 1)
    assert next(parts).number == 0
    cluster.lose("a")
    assert list(parts) == []


def test_batches_of_a_worker_that_is_gone_go_to_others(sent):
    cluster, parts = sent({"a": 1, "b": 1}, 10)

    async def carry_out(batch, worker):
        if worker == "a":
            await forever()
        return Part(batch.number, b"", 1)

    cluster.carry_out = carry_out
    done = [next(parts).number for _ in range(8)]  # the other two are with "a"
    cluster.lose("a")
    done += [part.number for part in parts]
    assert sorted(done) == list(range(10))


def test_a_batch_with_which_workers_go_is_given_up_and_named(sent):
    cluster, parts = sent({"a": 1}, 2)
    cluster.carry_out = forever
    cluster.look = lambda: each_look_another_worker(cluster)
    with pytest.raises(UserError, match="part 0 brought down every worker that took"):
        next(parts)


def test_a_batch_that_waited_behind_another_is_not_blamed(sent):
    cluster, parts = sent({"a": 1}, 2)
    cluster.carry_out = forever
    cluster.look = lambda: each_look_another_worker(cluster)
    with pytest.raises(UserError):
        next(parts)
    assert cluster.batches._fallen == {0: dask.ATTEMPTS}


def test_a_batch_that_dask_gives_up_is_sent_again_a_few_times(sent):
    cluster, parts = sent({"a": 1}, 1)

    async def carry_out(batch, worker):
        raise distributed.KilledWorker.__new__(distributed.KilledWorker)

    cluster.carry_out = carry_out
    with pytest.raises(UserError, match="part 0 brought down every worker that took"):
        next(parts)
    assert cluster.sent == [(0, "a")] * dask.ATTEMPTS


def test_a_worker_without_memory_is_said(sent):
    cluster, parts = sent({"a": 1}, 1)

    async def carry_out(batch, worker):
        raise MemoryError

    cluster.carry_out = carry_out
    with pytest.raises(UserError, match="too little memory for 500 people"):
        next(parts)
