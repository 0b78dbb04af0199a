"""The engine of one machine: threads, as compiled code releases Python's lock."""

from collections import deque
from collections.abc import Generator, Iterable
from concurrent.futures import Future, ThreadPoolExecutor

from experiments.config.settings import Engine
from experiments.runs.engines import Part
from experiments.store.batch import Batch, Result, part_file, results
from model.cores import cores
from model.simulation import SLICE

CHUNK = 50_000
"""Employee-weeks in a chunk of work for one thread, about 50 ms; at least one run."""

Waiting = deque[tuple[Batch, list[Future[list[Result]]]]]


def parts(batches: Iterable[Batch], engine: Engine) -> Generator[Part, None, None]:
    """Carry out batches; yield finished parts, in order.

    A large organisation is split over all threads, one run after the other.
    """
    threads = engine.threads or cores()
    waiting: Waiting = deque()
    with ThreadPoolExecutor(threads) as pool:
        try:
            for batch in batches:
                if batch.employees >= SLICE:
                    yield _part(batch, results(batch, threads))
                    continue
                chunks = [pool.submit(results, x) for x in batch.cut(CHUNK)]
                waiting.append((batch, chunks))
                while _beyond_first(waiting) > 2 * threads:
                    yield _first(waiting)
            while waiting:
                yield _first(waiting)
        finally:
            for _, chunks in waiting:
                for chunk in chunks:
                    chunk.cancel()


def _beyond_first(waiting: Waiting) -> int:
    """Count the chunks that keep the threads busy while the first part is written."""
    return sum(len(chunks) for _, chunks in waiting) - len(waiting[0][1])


def _first(waiting: Waiting) -> Part:
    batch, chunks = waiting[0]
    done = [result for chunk in chunks for result in chunk.result()]
    waiting.popleft()
    return _part(batch, done)


def _part(batch: Batch, done: list[Result]) -> Part:
    return Part(batch.number, part_file(batch, done), len(done))
