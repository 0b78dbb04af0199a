"""One run and many runs, over one thread pool."""

from collections import OrderedDict, deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from threading import Lock
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from model import by_part
from model.cores import cores
from model.outcomes import NAMES
from model.parameters import check
from model.scenario import Scenario
from model.simulation import Simulation, luck, world
from model.workforce import EMPLOYEE, Floats

RECORDS: dict[str, type] = {
    "activity": np.int8,
    "manual": np.int8,
    "genuine": np.int8,
    "trivial": np.int8,
    "padding": np.int8,
    "score": np.float64,
    "output": np.float64,
    "genuine_tokens": np.float64,
    "trivial_tokens": np.float64,
    "padded_tokens": np.float64,
    "dressing": np.float64,
}
"""What ``simulate(record=...)`` can keep of every week, with its type."""
KEPT = 2**25
"""Bytes of organisations kept after their warm-up; larger ones are not kept."""
MOST = 16
"""Organisations kept; the arms of a replicate run side by side, so that few suffice."""


class Run:
    """The result of one run.

    Attributes
    ----------
    weeks : dict of str to array, shape (T,)
        Outcomes by name; see ``model.outcomes.OUTCOMES`` for units.
    employees : dict of str to array, shape (N,)
        Every trait and state at the end, and the latest week.
    by_role : dict of str to array, shape (T, roles)
        Outcomes of each role by name, see ``model.by_part``; empty for one crowd.
    by_group : dict of str to array, shape (T, groups + 1)
        The same of each group, and at last of everybody else; empty without groups.
    """

    def __init__(
        self,
        job: "Job",
        weeks: dict[str, Floats],
        employees: dict[str, NDArray[Any]],
        parts: dict[str, dict[str, Floats]],
        history: dict[str, NDArray[Any]],
    ) -> None:
        self.scenario, self.seed, self.replicate = job
        self.weeks = weeks
        self.employees = employees
        self.by_role = parts.get("role", {})
        self.by_group = parts.get("group", {})
        self._history = history

    def history(self, name: str) -> NDArray[Any]:
        """A recorded column: (T, N), for activity (T, N, 10).

        Raises ``KeyError`` if the name was not given to ``record``.
        """
        if name not in self._history:
            raise KeyError(f"{name} was not recorded; use simulate(record=[{name!r}])")
        return self._history[name]


class Job(NamedTuple):
    """A run to be done."""

    scenario: Scenario
    seed: int = 1
    replicate: int = 0


class WarmedUp:
    """Organisations after their warm-up, for all runs that begin alike.

    Runs that differ in scheme, timeline or length alone share people and warm-up. The
    organisations used last are kept, ``MOST`` or as many as fit into ``KEPT`` bytes.
    Threads may share this; two that miss the same organisation at once both make it.
    """

    def __init__(self) -> None:
        self._kept: OrderedDict[tuple[Any, ...], Simulation] = OrderedDict()
        self._lock = Lock()

    def begin(
        self, job: Job, pool: ThreadPoolExecutor | None = None, threads: int = 1
    ) -> Simulation:
        """The organisation of a job in its first week, to be changed at will."""
        check(job.scenario)
        size = job.scenario.organisation.employees * EMPLOYEE.itemsize
        if size > KEPT:
            return Simulation(*job, pool, threads)
        key = world(job.scenario), *luck(job.seed, job.replicate)
        with self._lock:
            warmed = self._kept.get(key)
        warmed = warmed or Simulation.warmed(*job)
        with self._lock:
            self._kept[key] = warmed
            self._kept.move_to_end(key)
            while len(self._kept) > MOST or self._bytes() > KEPT:
                self._kept.popitem(last=False)
        return warmed.under(job.scenario)

    def _bytes(self) -> int:
        return sum(int(kept.staff.nbytes) for kept in self._kept.values())


WARMED_UP = WarmedUp()


def simulate(
    scenario: Scenario,
    seed: int = 1,
    replicate: int = 0,
    record: Sequence[str] = (),
    threads: int = 1,
) -> Run:
    """Run one scenario to its horizon.

    ``record`` names what to keep of every employee and week (see ``RECORDS``). The
    result is the same whatever the number of threads.
    Raises ``ValueError`` for an unknown name, seed or replicate, and for a scenario
    with values that nobody validated and that are not allowed.
    """
    check(scenario)
    if threads > 1 and scenario.organisation.employees >= 2:
        with ThreadPoolExecutor(threads) as pool:
            return _simulate(Job(scenario, seed, replicate), record, pool, threads)
    return _simulate(Job(scenario, seed, replicate), record, None, 1)


def _simulate(
    job: Job, record: Sequence[str], pool: ThreadPoolExecutor | None, threads: int
) -> Run:
    for name in record:
        if name not in RECORDS:
            allowed = ", ".join(RECORDS)
            raise ValueError(f"cannot record {name!r}; choose from {allowed}")
    simulation = WARMED_UP.begin(job, pool, threads)
    n, weeks = job.scenario.organisation.employees, job.scenario.weeks
    shapes: dict[str, tuple[int, ...]] = {name: (weeks, n) for name in record}
    if "activity" in record:
        activities = simulation.record_activities()
        shapes["activity"] = (weeks, n, 10)
    history: dict[str, NDArray[Any]] = {
        name: np.zeros(shapes[name], RECORDS[name]) for name in record
    }
    outcomes = np.zeros((weeks, len(NAMES)))
    parts = parts_of(simulation)
    of_parts = {
        name: np.zeros((weeks, len(by_part.NAMES), count))
        for name, (_, count) in parts.items()
    }
    for t in range(weeks):
        outcomes[t] = simulation.step(pool, threads)
        for name, (part, count) in parts.items():
            of_parts[name][t] = simulation.by_part(part, count, pool, threads)
        for name, kept in history.items():
            kept[t] = activities if name == "activity" else simulation.staff[name]
    employees = {
        name: simulation.staff[name].copy()
        for name in EMPLOYEE.names or ()
        if simulation.staff[name].ndim == 1
    }
    by_name = {name: outcomes[:, k].copy() for k, name in enumerate(NAMES)}
    means = {
        name: {outcome: of[:, k].copy() for k, outcome in enumerate(by_part.NAMES)}
        for name, of in of_parts.items()
    }
    return Run(job, by_name, employees, means, history)


def parts_of(simulation: Simulation) -> dict[str, tuple[NDArray[np.int64], int]]:
    """The parts in which outcomes are measured, if there is more than one.

    By ``role`` and ``group``: the part of each person (n,), and how many there are.
    """
    scenario, staff = simulation.scenario, simulation.staff
    counts = {"role": len(scenario.workforce.roles), "group": len(scenario.parts)}
    return {
        name: (staff[name].copy(), count) for name, count in counts.items() if count > 1
    }


def simulate_many(
    jobs: Iterable[Job], threads: int = 0, record: Sequence[str] = ()
) -> Iterator[Run]:
    """Run many jobs side by side; results come in the order of the jobs.

    ``threads`` 0 takes all cores. Few results wait at any time, so that memory does
    not grow with the number of jobs; closing the iterator stops after the runs that
    are under way.
    """
    threads = threads or cores()
    waiting: deque[Future[Run]] = deque()
    with ThreadPoolExecutor(threads) as pool:
        try:
            for job in jobs:
                waiting.append(pool.submit(_simulate, job, record, None, 1))
                if len(waiting) > 2 * threads:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        finally:
            for future in waiting:
                future.cancel()
