"""Runs for many visitors: fair, cancellable between runs, within a budget.

Threads take one run at a time: previews first, in the order in which they were asked
for, then runs of the visitor who has had the least work done. While previews are drawn,
other runs wait a little. One thread takes short runs only, so that nobody waits for
another's large organisation. The latest runs are remembered: a side of a comparison
that has not changed is not run again.
"""

import asyncio
import os
import threading
import time
from collections.abc import AsyncGenerator, Callable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from app.memory import Memory
from experiments.config import plain
from experiments.errors import UserError
from experiments.store.dataset import ACCOUNTED, MOST_PEOPLE
from model import Scenario, simulate
from model.cores import cores
from model.simulate import Job, Run
from model.simulation import WARM_UP


def budget(text: str) -> int:
    """Read a budget from the environment; ``UserError`` for what is no whole number."""
    number = plain.number(text)
    if not isinstance(number, int) or number < 1:
        raise UserError(
            f"TOKENMAXXING_BUDGET is {text!r}; a whole number of employee-weeks from 1 "
            "on is needed, such as 3000000."
        )
    return number


BUDGET = budget(os.environ.get("TOKENMAXXING_BUDGET", "3000000"))
"""Employee-weeks, warm-up included, that one visitor may ask for at once."""
LONG = 250_000
"""Employee-weeks of a long run, at least."""
FEWEST = 50
"""Employees that every run counts as, at least: memory does not shrink further."""

QUIET = 0.4
"""Seconds that whole comparisons wait after a preview, while it is drawn."""
PATIENCE = 2.0
"""Seconds after which a whole comparison no longer waits for previews."""
REMEMBERED = 66_560
"""Weeks of the runs that are remembered, 640 runs of two years.

A week takes 256 B, and the accounts of people 57 kB a run at most.
"""


class Finished(NamedTuple):
    """A run that is over, and its job's index.

    Of its employees it has their accounts alone, of roles and groups the means over
    the run.
    """

    number: int
    run: Run


def cost(scenario: Scenario) -> int:
    """Return the employee-weeks of one run, warm-up included, as the budget counts."""
    return max(FEWEST, scenario.organisation.employees) * (scenario.weeks + WARM_UP)


def check_budget(costs: int) -> None:
    """Raise ``UserError`` for more work than one visitor may ask for at once."""
    if costs > BUDGET:
        raise UserError(
            f"this would take {costs:,} employee-weeks; one visitor may ask for "
            f"{BUDGET:,} at once. Choose fewer employees, weeks or replicates, or run "
            "it on the command line."
        )


@dataclass(eq=False)
class _Order:
    """Jobs that one visitor waits for; ``next`` is the first that has not begun."""

    jobs: Sequence[Job]
    visitor: str
    urgent: bool
    deliver: Callable[[Finished | Exception], None]
    asked: float = field(default_factory=time.monotonic)
    next: int = 0
    is_cancelled: bool = False

    @property
    def is_long(self) -> bool:
        return cost(self.jobs[self.next].scenario) >= LONG


@dataclass
class Workshop:
    """The threads that simulate, and the orders that they work on."""

    threads: int = field(default_factory=lambda: max(2, cores()))
    _orders: list[_Order] = field(default_factory=list)
    _done: dict[str, int] = field(default_factory=dict)  # employee-weeks by visitor
    _long: int = 0  # long runs under way
    _preview: float = -QUIET  # when one was last asked for or made
    _memory: Memory[Job, Run] = field(
        default_factory=lambda: Memory(REMEMBERED, lambda job: job.scenario.weeks)
    )
    _started: bool = False
    _changed: threading.Condition = field(default_factory=threading.Condition)

    async def results(
        self, jobs: Sequence[Job], visitor: str, *, urgent: bool = False
    ) -> AsyncGenerator[Finished, None]:
        """Run jobs and yield results as they come, in any order.

        Closing the generator cancels the jobs that have not begun. Iterate within
        ``aclosing``: a generator that is only left behind goes on. Raises
        ``UserError`` if it is more than one visitor may ask for.
        """
        check_budget(sum(cost(job.scenario) for job in jobs))
        known = [self._memory.get(job) for job in jobs]
        for number, run in enumerate(known):
            if run is not None:
                yield Finished(number, run)
        missing = [number for number, run in enumerate(known) if run is None]
        if not missing:
            return
        loop = asyncio.get_running_loop()
        arrived: asyncio.Queue[Finished | Exception] = asyncio.Queue()

        def deliver(result: Finished | Exception) -> None:
            try:
                loop.call_soon_threadsafe(arrived.put_nowait, result)
            except RuntimeError:  # the loop is closed: the visitor is gone
                self._remove(order)

        order = _Order([jobs[n] for n in missing], visitor, urgent, deliver)
        self._add(order)
        try:
            for _ in missing:
                result = await arrived.get()
                if isinstance(result, Exception):
                    raise result
                yield Finished(missing[result.number], result.run)
        finally:
            self._remove(order)

    @property
    def waiting(self) -> int:
        """Runs that have not begun."""
        with self._changed:
            return sum(len(order.jobs) - order.next for order in self._orders)

    def _add(self, order: _Order) -> None:
        with self._changed:
            if not self._started:
                self._started = True
                for _ in range(self.threads):
                    threading.Thread(target=self._work, daemon=True).start()
            # A newcomer starts level with who has had least, not with a credit.
            others = {o.visitor for o in self._orders}
            least = min((self._done[v] for v in others), default=0)
            self._done = {v: done for v, done in self._done.items() if v in others}
            self._done[order.visitor] = max(self._done.get(order.visitor, 0), least)
            self._orders.append(order)
            if order.urgent:
                self._preview = order.asked
            self._changed.notify_all()

    def _remove(self, order: _Order) -> None:
        with self._changed:
            order.is_cancelled = True
            if order in self._orders:
                self._orders.remove(order)

    def _work(self) -> None:
        while True:
            with self._changed:
                while (order := self._chosen()) is None:
                    self._changed.wait(QUIET / 4.0 if self._orders else None)
                number, is_long = order.next, order.is_long
                order.next += 1
                if order.next == len(order.jobs):
                    self._orders.remove(order)
                self._long += is_long
                self._done[order.visitor] = self._done.get(order.visitor, 0) + cost(
                    order.jobs[number].scenario
                )
            try:
                run = _finished(order.jobs[number])
                self._memory.put(order.jobs[number], run)
                result: Finished | Exception = Finished(number, run)
            except Exception as error:  # goes to whoever waits for it
                result = error
            with self._changed:
                self._long -= is_long
                if order.urgent:
                    self._preview = time.monotonic()
                self._changed.notify_all()
            if not order.is_cancelled:
                order.deliver(result)

    def _chosen(self) -> _Order | None:
        """Return the order to work on next, None if all have to wait."""
        now = time.monotonic()
        is_quiet = now - self._preview >= QUIET
        ready = [
            order
            for order in self._orders
            if (not order.is_long or self._long < self.threads - 1)
            and (order.urgent or is_quiet or now - order.asked > PATIENCE)
        ]
        if not ready:
            return None
        # Previews first come, first served: if visitors took turns, all would be late.
        return min(
            ready,
            key=lambda o: (
                not o.urgent,
                o.asked if o.urgent else self._done.get(o.visitor, 0),
            ),
        )


def _finished(job: Job) -> Run:
    run = simulate(*job)
    kept = {name: run.employees[name][:MOST_PEOPLE].copy() for name in ACCOUNTED}
    means = {
        part: {name: x.mean(axis=0, keepdims=True) for name, x in of.items()}
        for part, of in (("role", run.by_role), ("group", run.by_group))
    }
    return Run(job, run.weeks, kept, means, {})


WORKSHOP = Workshop()
"""The workshop of this server: all visitors share the cores of the machine."""
