import asyncio
import threading
import time

import pytest

from app import work
from app.work import BUDGET, FEWEST, LONG, Workshop, check_budget, cost
from experiments import compose
from experiments.errors import UserError
from model import simulate
from model.simulate import Job
from model.simulation import WARM_UP

SMALL = compose(["organisation.employees=20", "weeks=26"])
JOBS = [Job(SMALL, 1, replicate) for replicate in range(6)]
RUN = object()
"""Stands for a run."""
SOON = 30.0
"""Seconds after which something that must happen has not happened."""


class Gate:
    """Stands for the engine: runs begin, are counted, and end when it is opened."""

    def __init__(self):
        self.begun = []
        self.is_open = threading.Semaphore(0)

    def __call__(self, job):
        self.begun.append(job)
        assert self.is_open.acquire(timeout=SOON)

    def let(self, runs):
        self.is_open.release(runs)


@pytest.fixture
def gate(monkeypatch):
    gate = Gate()
    monkeypatch.setattr(work, "_finished", gate)
    yield gate
    gate.let(10_000)


async def until(holds):
    """Wait until something holds."""
    deadline = time.monotonic() + SOON
    while not holds():
        assert time.monotonic() < deadline
        await asyncio.sleep(0.005)


async def listen(workshop, jobs, visitor, *, urgent=False):
    return [r async for r in workshop.results(jobs, visitor, urgent=urgent)]


def large(replicate):
    people = {"employees": LONG // 30}
    organisation = SMALL.organisation.model_copy(update=people)
    return Job(SMALL.model_copy(update={"organisation": organisation}), 1, replicate)


def test_results_are_those_of_simulate():
    found = asyncio.run(listen(Workshop(), JOBS, "a"))
    assert sorted(result.number for result in found) == [*range(len(JOBS))]
    for number, run in found:
        expected = simulate(*JOBS[number]).weeks
        assert {n: v.tolist() for n, v in run.weeks.items()} == {
            n: v.tolist() for n, v in expected.items()
        }


def test_a_run_is_not_done_twice(monkeypatch):
    done = []
    monkeypatch.setattr(work, "_finished", lambda job: done.append(job) or RUN)

    async def ask():
        workshop = Workshop(threads=2)
        await listen(workshop, JOBS[:4], "a")
        again = await listen(workshop, JOBS, "b")
        assert {number: run for number, run in again} == dict.fromkeys(range(6), RUN)

    asyncio.run(ask())
    assert sorted(job.replicate for job in done) == [*range(6)]


def test_the_oldest_runs_are_forgotten(monkeypatch):
    monkeypatch.setattr(work, "REMEMBERED", 3 * SMALL.weeks)
    memory = Workshop()._memory
    for job in JOBS[:3]:
        memory.put(job, RUN)
    assert memory.get(JOBS[0]) is RUN
    memory.put(JOBS[3], RUN)
    kept = [job.replicate for job in JOBS if memory.get(job)]
    assert kept == [0, 2, 3]


def test_whole_comparisons_wait_while_previews_are_drawn_but_not_for_ever(gate):
    async def hurry():
        workshop = Workshop(threads=1)
        gate.let(10_000)
        await listen(workshop, JOBS[:1], "a", urgent=True)
        began = time.monotonic()
        await listen(workshop, JOBS[1:2], "a")
        assert time.monotonic() - began > 0.5 * work.QUIET
        late = asyncio.create_task(listen(workshop, JOBS[2:3], "b"))
        seed = 10
        while not late.done() and time.monotonic() - began < SOON:
            seed += 1
            await listen(workshop, [Job(SMALL, seed, 0)], "a", urgent=True)
            await asyncio.sleep(0.05)
        assert late.done()

    asyncio.run(hurry())


def test_whoever_stops_listening_frees_what_has_not_begun(gate):
    async def leave():
        workshop = Workshop(threads=2)
        jobs = 50 * JOBS
        task = asyncio.create_task(listen(workshop, jobs, "a"))
        await until(lambda: len(gate.begun) == 2)
        assert workshop.waiting == len(jobs) - 2
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        assert workshop.waiting == 0
        gate.let(10)
        await listen(workshop, JOBS[:2], "b")
        assert len(gate.begun) == 4

    asyncio.run(leave())


def test_whoever_breaks_off_the_loop_frees_what_has_not_begun(gate):
    async def leave():
        workshop = Workshop(threads=2)
        gate.let(1)
        results = workshop.results(50 * JOBS, "a")
        async for _ in results:
            break
        await results.aclose()
        assert workshop.waiting == 0

    asyncio.run(leave())


def test_a_visitor_whose_loop_is_closed_frees_what_has_not_begun(gate):
    workshop = Workshop(threads=1)
    loop = asyncio.new_event_loop()
    results = workshop.results(50 * JOBS, "a")
    gate.let(1)
    loop.run_until_complete(anext(results))
    loop.close()
    gate.let(1)
    asyncio.run(until(lambda: workshop.waiting == 0))


def test_previews_come_before_what_others_wait_for(gate):
    async def hurry():
        workshop = Workshop(threads=1)
        slow = asyncio.create_task(listen(workshop, 5 * JOBS, "a"))
        await until(lambda: len(gate.begun) == 1)
        preview = [Job(SMALL, 2, replicate) for replicate in range(2)]
        quick = asyncio.create_task(listen(workshop, preview, "b", urgent=True))
        await until(lambda: workshop.waiting == 5 * len(JOBS) - 1 + 2)
        gate.let(3)
        await quick
        assert [job.seed for job in gate.begun[1:3]] == [2, 2]
        slow.cancel()

    asyncio.run(hurry())


def test_visitors_take_turns(gate):
    async def share():
        workshop = Workshop(threads=1)
        first = asyncio.create_task(listen(workshop, 5 * JOBS, "a"))
        await until(lambda: len(gate.begun) == 1)
        other = [Job(SMALL, 2, replicate) for replicate in range(6)]
        second = asyncio.create_task(listen(workshop, other, "b"))
        await until(lambda: workshop.waiting == 5 * len(JOBS) - 1 + 6)
        gate.let(10)
        await until(lambda: len(gate.begun) == 11)
        served = [job.seed for job in gate.begun[1:]]
        assert served.count(2) in (5, 6)
        first.cancel()
        second.cancel()

    asyncio.run(share())


def test_long_runs_never_take_the_last_thread(gate):
    async def crowd():
        workshop = Workshop(threads=2)
        long_jobs = [large(replicate) for replicate in range(4)]
        slow = asyncio.create_task(listen(workshop, long_jobs, "a"))
        await until(lambda: len(gate.begun) == 1)
        await asyncio.sleep(0.2)
        assert len(gate.begun) == 1
        quick = asyncio.create_task(listen(workshop, JOBS[:1], "b"))
        await until(lambda: len(gate.begun) == 2)
        assert gate.begun[1] == JOBS[0]
        slow.cancel()
        # Else the next long run may take what is meant for the short one.
        await until(lambda: workshop.waiting == 0)
        gate.let(2)
        await quick

    asyncio.run(crowd())


def test_an_error_reaches_whoever_waits_and_nobody_else(monkeypatch):
    def broken(job):
        if job.seed == 2:
            raise ZeroDivisionError("planted")

    monkeypatch.setattr(work, "_finished", broken)

    async def meet():
        workshop = Workshop(threads=2)
        with pytest.raises(ZeroDivisionError, match="planted"):
            await listen(workshop, [Job(SMALL, 2, 0)], "a")
        assert len(await listen(workshop, JOBS, "b")) == len(JOBS)

    asyncio.run(meet())


def test_a_visitor_may_ask_for_three_million_employee_weeks():
    check_budget(BUDGET)
    with pytest.raises(UserError, match=r"3,000,001 employee-weeks.*3,000,000 at once"):
        check_budget(BUDGET + 1)


def test_more_work_than_is_allowed_is_refused_before_it_begins(gate):
    jobs = [large(replicate) for replicate in range(11)]
    assert sum(cost(job.scenario) for job in jobs) > BUDGET
    with pytest.raises(UserError, match="employee-weeks"):
        asyncio.run(listen(Workshop(), jobs, "a"))
    assert gate.begun == []


def test_the_cost_of_a_run_counts_its_warm_up():
    size = SMALL.organisation.model_copy(update={"employees": 500})
    scenario = SMALL.model_copy(update={"organisation": size})
    assert cost(scenario) == 500 * (26 + WARM_UP)


def test_many_runs_of_a_tiny_organisation_are_not_cheap():
    assert cost(SMALL) == FEWEST * (26 + WARM_UP)


@pytest.mark.parametrize(
    "text", ["", "many", "0", "-5", "1e6", "1_000", "٣", "2.5", "010"]
)
def test_a_budget_that_is_no_number_is_named(text):
    with pytest.raises(UserError, match=r"TOKENMAXXING_BUDGET is .*from 1 on"):
        work.budget(text)


def test_a_budget_is_a_number_of_employee_weeks():
    assert work.budget("250000") == 250_000
