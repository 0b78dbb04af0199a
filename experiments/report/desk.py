"""A desk at which other processes draw, while runs go on.

Drawing holds Python's lock, and importing what draws takes seconds; beside the engine
both belong into processes of their own. Such a process reads tasks from its standard
input and writes what came of them to its standard output. It writes no files, and ends
as soon as its input ends: also if this process was killed.
"""

import os
import pickle
import subprocess
import sys
import traceback
from collections.abc import Callable, Hashable
from concurrent.futures import Future, ThreadPoolExecutor
from queue import SimpleQueue
from threading import Lock, Thread, local
from types import TracebackType
from typing import Any, BinaryIO, Self, TypeVar

from model.cores import cores

Drawing = TypeVar("Drawing")

MOST = 4
"""Most processes beside this one; each needs some 200 MB."""
SERVE = "import sys; sys.path[:] = {path!r}; from {module} import serve; serve()"


class LostError(Exception):
    """A process did not start, or ended before its task was done."""


class Desk:
    """Processes that carry out tasks; they start when there is something to do.

    ``threads`` of this machine may be used, 0: all. With a single one there are no
    other processes, and everything is done here when it is asked for. Tasks and what
    they return must be picklable; their functions must stand in modules.
    """

    def __init__(self, threads: int = 0) -> None:
        count = min(MOST, (threads or cores()) - 1)
        self._pool = ThreadPoolExecutor(count) if count > 0 else None
        self._own = local()  # each thread of the pool serves one process
        self._processes: list[subprocess.Popen[bytes]] = []
        self._lock, self._closed = Lock(), False
        self._begun: dict[Hashable, Future[Any]] = {}

    def begin(self, name: Hashable, task: Callable[[], Any]) -> None:
        """Let another process do a task, unless one of this name was begun."""
        if self._pool and name not in self._begun:
            self._begun[name] = self._pool.submit(self._ask, task)

    def finish(self, name: Hashable, task: Callable[[], Drawing]) -> Drawing:
        """Return what a task gives; do it here if no other process does it.

        Raises what the task raises.
        """
        begun = self._begun.pop(name, None)
        if begun is None or begun.cancel():
            return task()
        try:
            done: Drawing = begun.result()
        except LostError:
            return task()
        return done

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """End all processes, whatever they do."""
        if self._pool is None:
            return
        self._pool.shutdown(wait=False, cancel_futures=True)
        with self._lock:
            self._closed = True
            for process in self._processes:
                process.kill()
        self._pool.shutdown()
        for process in self._processes:
            process.communicate()

    def _ask(self, task: Callable[[], Any]) -> Any:
        try:
            if not hasattr(self._own, "process"):
                self._own.process = self._started()
            process = self._own.process
            pickle.dump(task, process.stdin)
            process.stdin.flush()
            done, result = pickle.load(process.stdout)
        except (EOFError, OSError):
            raise LostError from None
        if not done:
            raise result
        return result

    def _started(self) -> "subprocess.Popen[bytes]":
        command = SERVE.format(path=sys.path, module=__name__)
        with self._lock:
            if self._closed:
                raise LostError
            process = subprocess.Popen(
                [sys.executable, "-c", command],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                start_new_session=True,  # Ctrl-C is for this process alone
            )
            self._processes.append(process)
        return process


def serve() -> None:
    """Do tasks until the input ends, then end at once."""
    results = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a task prints must not get among the results
    tasks: SimpleQueue[Callable[[], Any]] = SimpleQueue()
    Thread(target=_receive, args=[sys.stdin.buffer, tasks], daemon=True).start()
    while True:
        pickle.dump(_done(tasks.get()), results)
        results.flush()


def _receive(source: BinaryIO, tasks: "SimpleQueue[Callable[[], Any]]") -> None:
    try:
        while True:
            tasks.put(pickle.load(source))
    finally:  # the input ended, perhaps in the middle of a task
        os._exit(0)


def _done(task: Callable[[], Any]) -> tuple[bool, Any]:
    """Whether a task succeeded, and what it returned or raised."""
    try:
        return True, task()
    except Exception as error:
        error.add_note(traceback.format_exc())
        return False, error
