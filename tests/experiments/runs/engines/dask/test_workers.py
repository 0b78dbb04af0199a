"""Who may carry out batches: asked, refused by name, waited for."""

import asyncio
import time
from types import SimpleNamespace

import pytest

from experiments.errors import UserError
from experiments.runs.engines.dask import workers as module
from experiments.runs.engines.dask.jobs import Jobs
from experiments.runs.engines.dask.workers import QUESTIONS, Workers
from experiments.runs.environment import environment

ADDRESS = "tcp://10.0.0.1:8786"
GOOD, OTHER = "tcp://10.0.0.5:4001", "tcp://10.0.0.6:4001"
SAME_HOST = "tcp://10.0.0.6:4002"
OLD = {**environment(), "numpy": "1.0"}
NO_PACKAGE = ModuleNotFoundError("No module named 'experiments'")


class Cluster:
    """A client whose workers come, answer and go as a test says."""

    def __init__(self, loop):
        self.loop = SimpleNamespace(asyncio_loop=loop)
        self.status = "running"
        self.answers = {}
        self.asked = []

    async def nthreads(self, asynchronous):
        assert asynchronous
        return dict.fromkeys(self.answers, 1)

    async def run(self, _, workers, asynchronous, callback_timeout):
        assert asynchronous
        assert callback_timeout == module.ANSWER
        (worker,) = workers
        self.asked.append(worker)
        answer = self.answers[worker]
        if isinstance(answer, list):
            answer = answer.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return {worker: answer}


@pytest.fixture
def cluster(loop, monkeypatch):
    monkeypatch.setattr(module, "LOOK", 0.0)
    return Cluster(loop)


@pytest.fixture
def watched(cluster):
    """Workers, and a function that looks until all that are there have answered."""
    jobs = Jobs(cluster)
    workers = Workers(cluster, jobs, ADDRESS, wait=60.0)

    def look():
        # A look under way, one at who is there now, their answers; all of that twice.
        for _ in range(6):
            workers.look()
            jobs.finished(1.0)
        return workers.threads

    yield workers, look
    jobs.close()
    asyncio.run_coroutine_threadsafe(asyncio.sleep(0.01), jobs._loop).result()


def test_every_worker_is_asked_once(cluster, watched):
    _, look = watched
    cluster.answers = {GOOD: environment(), OTHER: environment()}
    assert look() == look() == {GOOD: 1, OTHER: 1}
    assert sorted(cluster.asked) == [GOOD, OTHER]


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (
            OLD,
            f"the worker {OTHER} would not make the same runs as this machine: numpy",
        ),
        (
            NO_PACKAGE,
            f"the worker {OTHER} cannot load the laboratory "
            "(No module named 'experiments').",
        ),
    ],
    ids=["another version", "no package"],
)
def test_a_wrong_worker_is_named_and_the_others_go_on(
    cluster, watched, capsys, answer, said
):
    _, look = watched
    cluster.answers = {GOOD: environment()}
    look()
    cluster.answers |= {OTHER: answer}
    assert look() == {GOOD: 1}
    told = capsys.readouterr().err
    assert f"Refused: {said}" in told
    assert told.endswith("The study goes on without it.\n")
    assert len(told.splitlines()) == 2


def test_a_wrong_worker_among_the_first_is_refused_too(cluster, watched, capsys):
    _, look = watched
    cluster.answers = {OTHER: OLD, GOOD: environment()}
    assert look() == {GOOD: 1}
    assert f"Refused: the worker {OTHER}" in capsys.readouterr().err


def test_processes_of_a_node_are_refused_in_one_message(cluster, watched, capsys):
    _, look = watched
    cluster.answers = {GOOD: environment(), OTHER: OLD, SAME_HOST: OLD}
    look()
    assert capsys.readouterr().err.count("Refused") == 1
    cluster.answers["tcp://10.0.0.7:4001"] = OLD
    look()
    assert capsys.readouterr().err.count("Refused: the worker tcp://10.0.0.7") == 1


def test_a_start_with_wrong_workers_alone_ends_at_once(cluster, watched, capsys):
    _, look = watched
    cluster.answers = {OTHER: OLD, SAME_HOST: OLD}
    with pytest.raises(UserError, match=f"no worker at {ADDRESS} can be used") as wrong:
        look()
    assert "(and 1 more): the worker tcp://10.0.0.6:400" in str(wrong.value)
    assert "numpy is 1.0 there" in str(wrong.value)
    assert capsys.readouterr().err == ""


def test_a_broken_connection_is_no_missing_package(cluster, watched, capsys):
    """A worker that is killed while it is asked is not one without the laboratory."""
    _, look = watched
    cluster.answers = {GOOD: environment()}
    look()
    closed = OSError("Stream is closed")
    cluster.answers[OTHER] = [closed] * (QUESTIONS - 1) + [environment()]
    while cluster.answers[OTHER]:
        look()
    assert set(look()) == {GOOD, OTHER}
    assert capsys.readouterr().err == ""


def test_a_worker_that_never_answers_is_refused(cluster, watched, capsys):
    _, look = watched
    cluster.answers = {GOOD: environment(), OTHER: TimeoutError("60 s")}
    for _ in range(QUESTIONS + 2):
        assert look() == {GOOD: 1}
    assert cluster.asked.count(OTHER) == QUESTIONS
    assert f"Refused: the worker {OTHER} does not answer" in capsys.readouterr().err


def test_a_worker_that_comes_back_is_asked_again(cluster, watched):
    workers, look = watched
    cluster.answers = {GOOD: environment(), OTHER: environment()}
    look()
    del cluster.answers[OTHER]
    assert look() == {GOOD: 1}
    assert workers.gone == {OTHER: 1}
    cluster.answers[OTHER] = OLD
    assert look() == {GOOD: 1}


def test_a_wait_says_what_for_and_ends(cluster, watched, capsys):
    workers, look = watched
    look()
    look()
    said = capsys.readouterr().err
    assert said == (
        f"The scheduler at {ADDRESS} has no workers; waiting for one, at most "
        "1 min (engine.wait).\n"
    )
    workers._wait = 0.0
    with pytest.raises(UserError, match=r"within 0 min \(engine\.wait\)") as end:
        look()
    assert "See whether the jobs of the workers start" in str(end.value)


def test_a_wait_beside_refused_workers_says_so(cluster, watched, capsys):
    workers, look = watched
    look()
    cluster.answers = {OTHER: OLD}
    look()
    assert f"Refused: the worker {OTHER}" in capsys.readouterr().err
    cluster.answers = {}
    workers._wait = 0.0
    with pytest.raises(UserError, match="The last one was refused: the worker tcp"):
        look()


def test_the_time_of_a_wait_begins_when_the_last_worker_goes(cluster, watched, capsys):
    workers, look = watched
    cluster.answers = {GOOD: environment()}
    look()
    began = time.monotonic()
    workers._without -= 1000.0  # the start was long ago
    look()
    assert workers._without >= began
    cluster.answers = {}
    assert look() == {}
    assert "has no workers; waiting for one" in capsys.readouterr().err
