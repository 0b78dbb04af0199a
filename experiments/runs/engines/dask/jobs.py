"""Questions and batches under way: each comes back by itself when it is finished."""

import asyncio
from collections.abc import Coroutine
from concurrent.futures import Future
from queue import Empty, SimpleQueue
from typing import Any

Job = Future[Any]


class Jobs:
    """What the client of a cluster does at the same time, in its own thread."""

    def __init__(self, client: Any) -> None:
        self._loop = client.loop.asyncio_loop
        self._all: set[Job] = set()
        self._finished: SimpleQueue[Job] = SimpleQueue()

    def start(self, work: Coroutine[Any, Any, Any]) -> Job:
        """Start something; ``finished`` gives it back at the end."""
        job = asyncio.run_coroutine_threadsafe(work, self._loop)
        self._all.add(job)
        job.add_done_callback(self._finished.put)
        return job

    def finished(self, seconds: float) -> Job | None:
        """Wait for the next job that ends; None if there is none for so long."""
        try:
            job = self._finished.get(timeout=seconds)
        except Empty:
            return None
        self._all.discard(job)
        return job

    def close(self) -> None:
        """Cancel whatever is under way."""
        for job in self._all:
            job.cancel()
