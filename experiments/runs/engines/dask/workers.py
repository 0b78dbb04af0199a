"""The workers of a cluster: which are there, and which of them may carry out batches.

A worker is asked for its versions before it gets its first batch, whenever it comes.
One that differs, or cannot load the laboratory, is refused; the others go on.
"""

import sys
import time
from collections import Counter
from typing import Any
from urllib.parse import urlsplit

from experiments.errors import UserError
from experiments.runs.engines.dask.connection import first_line
from experiments.runs.engines.dask.jobs import Job, Jobs
from experiments.runs.environment import check_same, environment

LOOK = 1.0  # seconds between two looks at who is there
ANSWER = 60.0  # seconds for an answer: the laboratory may lie on a slow file system
QUESTIONS = 3  # to a worker whose connection breaks


class Workers:
    """The workers of a scheduler.

    Attributes
    ----------
    threads : dict of str to int
        Threads of every worker that is there and may carry out batches.
    gone : dict of str to int
        Threads of those that are no longer there; whoever reads one removes it.
    """

    def __init__(self, client: Any, jobs: Jobs, address: str, wait: float) -> None:
        """``wait`` is the time in seconds without a worker that can be used."""
        self.threads: dict[str, int] = {}
        self.gone: dict[str, int] = {}
        self._client, self._jobs = client, jobs
        self._address, self._wait = address, wait
        self._asked: dict[str, tuple[Job, int]] = {}
        self._questions: Counter[str] = Counter()
        self._refused: dict[str, str] = {}
        self._last = ""
        self._unsaid: dict[tuple[str | None, str], str] = {}
        self._said: set[tuple[str | None, str]] = set()
        self._seen: Job | None = None
        self._counted, self._starting = False, True
        self._next = self._without = time.monotonic()
        self._waits = False

    def look(self) -> None:
        """See who came, who went, and who has answered; say what a person must know.

        Raises ``UserError`` if all workers that are there at the start are refused, or
        none that can be used has been there for too long; ``OSError`` if the scheduler
        is lost.
        """
        now = time.monotonic()
        self._see(now)
        for worker, (job, threads) in list(self._asked.items()):
            if job.done():
                del self._asked[worker]
                self._judge(worker, job, threads)
        if self.threads:
            self._without, self._waits = now, False
        if self._counted and not self._asked:
            self._begin()
            self._say_refused()
            if not self.threads:
                self._wait_for_one(now)

    def _see(self, now: float) -> None:
        """Ask the scheduler from time to time who is there, without waiting for it."""
        if self._client.status not in ("running", "connecting"):
            raise OSError("it does not answer any more")
        if self._seen is not None and self._seen.done():
            present, self._seen = self._seen.result(), None
            self._count(present)
            self._counted = True
        if self._seen is None and now >= self._next:
            self._next = now + LOOK
            self._seen = self._jobs.start(self._client.nthreads(asynchronous=True))

    def _count(self, present: dict[str, int]) -> None:
        """Ask those who came; forget those who went."""
        for worker, threads in present.items():
            known = (self.threads, self._asked, self._refused)
            if not any(worker in those for those in known):
                question = self._client.run(
                    environment,
                    workers=[worker],
                    asynchronous=True,
                    callback_timeout=ANSWER,
                )
                self._asked[worker] = self._jobs.start(question), threads
        for worker in self.threads.keys() - present.keys():
            self.gone[worker] = self.threads.pop(worker)
        for worker in self._refused.keys() - present.keys():
            del self._refused[worker]
        for worker in self._asked.keys() - present.keys():
            self._asked.pop(worker)[0].cancel()

    def _judge(self, worker: str, job: Job, threads: int) -> None:
        """Take a worker in, refuse it, or ask it again, by its answer."""
        who = f"the worker {worker}"
        try:
            check_same(who, job.result()[worker], environment())
        except UserError as error:
            self._refuse(worker, str(error))
        except OSError as error:  # it may be gone: the next look tells
            self._questions[worker] += 1
            if self._questions[worker] >= QUESTIONS:
                self._refuse(worker, f"{who} does not answer ({first_line(error)}).")
        except Exception as error:
            self._refuse(
                worker,
                f"{who} cannot load the laboratory ({first_line(error)}).\n"
                "Install the same version there as here.",
            )
        else:
            self.threads[worker] = threads

    def _refuse(self, worker: str, why: str) -> None:
        self._refused[worker] = self._last = why
        # A node of 32 processes is named once, not 32 times.
        same = (urlsplit(worker).hostname, why.replace(worker, ""))
        if same not in self._said:
            self._unsaid.setdefault(same, why)

    def _begin(self) -> None:
        """End a start at which all workers were refused."""
        if self._starting and self._refused and not self.threads:
            count = len(self._refused)
            others = f" (and {count - 1} more)" if count > 1 else ""
            why = next(iter(self._refused.values()))
            raise UserError(f"no worker at {self._address} can be used{others}: {why}")
        self._starting = False

    def _say_refused(self) -> None:
        for why in self._unsaid.values():
            _say(f"Refused: {why} The study goes on without it.")
        self._said.update(self._unsaid)
        self._unsaid.clear()

    def _wait_for_one(self, now: float) -> None:
        """Say once that no worker can be used; raise ``UserError`` after a time."""
        most = f"{self._wait / 60:g} min (engine.wait)"
        if now - self._without >= self._wait:
            reason = self._last.partition("\n")[0]
            raise UserError(
                f"no worker that can be used came to {self._address} within {most}. "
                + (
                    f"The last one was refused: {reason}"
                    if reason
                    else "See whether the jobs of the workers start, and what they log."
                )
            )
        if not self._waits:
            self._waits = True
            count = len(self._refused)
            who = f"only refused workers ({count})" if count else "no workers"
            _say(
                f"The scheduler at {self._address} has {who}; waiting for one, at most "
                f"{most}."
            )


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)
