"""Drawing in processes of their own: what they return, and that none is left behind."""

import os
import pickle
import signal
import subprocess
import sys
import time
from functools import partial
from pathlib import Path

import pytest

from experiments.report import desk as module
from experiments.report.desk import Desk

ROOT = Path(__file__).parents[3]


@pytest.fixture
def desk(monkeypatch):
    """A desk with one other process, whatever the machine."""
    monkeypatch.setattr(module, "MOST", 1)
    with Desk(threads=2) as desk:
        yield desk


def is_alive(number):
    """Whether a process is there and no zombie."""
    try:
        state = Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"


def ended(number, seconds=20.0):
    """Whether a process ends within some seconds."""
    stop = time.monotonic() + seconds
    while is_alive(number) and time.monotonic() < stop:
        time.sleep(0.05)
    return not is_alive(number)


def waited(desk, name):
    """Wait until a task is done elsewhere."""
    desk._begun[name].exception()


def test_what_was_begun_is_done_by_another_process_and_fetched(desk):
    desk.begin("number", os.getpid)
    waited(desk, "number")
    assert desk.finish("number", os.getpid) not in (os.getpid(), None)


def test_what_was_not_begun_is_done_here(desk):
    assert desk.finish("number", os.getpid) == os.getpid()


def test_a_task_is_done_here_where_no_process_can_be_started(desk, monkeypatch):
    def refuse(*command, **options):
        raise BlockingIOError(11, "Resource temporarily unavailable")

    monkeypatch.setattr(subprocess, "Popen", refuse)
    desk.begin("number", os.getpid)
    waited(desk, "number")
    assert desk.finish("number", os.getpid) == os.getpid()


def test_a_task_that_waits_for_a_process_is_done_here(desk):
    for name in ("first", "second", "third"):
        desk.begin(name, partial(time.sleep, 0.2))
    desk.begin("last", os.getpid)
    assert desk.finish("last", os.getpid) == os.getpid()


def test_a_task_is_begun_once(desk):
    desk.begin("number", partial(pow, 2, 3))
    desk.begin("number", partial(pow, 3, 3))
    waited(desk, "number")
    assert desk.finish("number", partial(pow, 3, 3)) == 8


def test_what_a_task_prints_does_not_spoil_its_result(desk, capfd):
    desk.begin("words", partial(print, "drawn"))
    waited(desk, "words")
    assert desk.finish("words", int) is None
    assert capfd.readouterr().err == "drawn\n"


def test_an_error_is_raised_as_it_is_here_and_says_where_it_arose(desk):
    desk.begin("wrong", partial(int, "seven"))
    waited(desk, "wrong")
    with pytest.raises(ValueError, match="seven") as caught:
        desk.finish("wrong", int)
    assert any("Traceback" in note for note in caught.value.__notes__)
    desk.begin("right", partial(int, "7"))
    waited(desk, "right")
    assert desk.finish("right", int) == 7


def test_what_a_lost_process_had_to_do_is_done_here(desk):
    desk.begin("killed", partial(os._exit, 3))
    waited(desk, "killed")
    assert desk.finish("killed", os.getpid) == os.getpid()


def test_a_process_ends_when_its_input_does_even_within_a_task():
    whole = pickle.dumps(partial(len, b"x" * 1000))
    for given in (b"", whole, whole[:500]):
        command = module.SERVE.format(path=sys.path, module=module.__name__)
        done = subprocess.run(
            [sys.executable, "-c", command], input=given, timeout=60, check=False
        )
        assert done.returncode == 0


def test_a_single_thread_has_no_other_processes():
    with Desk(threads=1) as desk:
        desk.begin("number", os.getpid)
        assert desk.finish("number", os.getpid) == os.getpid()
        assert desk._processes == []


def test_a_desk_that_is_left_ends_its_processes_at_once(monkeypatch):
    monkeypatch.setattr(module, "MOST", 1)
    start = time.monotonic()
    with Desk(threads=2) as desk:
        desk.begin("first", os.getpid)
        waited(desk, "first")
        desk.begin("long", partial(time.sleep, 600))
        desk.begin("waits", partial(time.sleep, 600))
    assert time.monotonic() - start < 60
    assert [process.poll() is None for process in desk._processes] == [False]


SCRIPT = """
import os, time
from functools import partial
from experiments.report import desk
desk.MOST = 1
with desk.Desk(threads=2) as d:
    d.begin("first", os.getpid)
    print(d._begun["first"].result(), flush=True)
    d.begin("long", partial(time.sleep, 600))
    time.sleep(600)
"""


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="needs /proc")
@pytest.mark.parametrize("name", ["SIGKILL", "SIGINT", "SIGTERM"])
def test_no_process_outlives_the_one_it_works_for(name):
    with subprocess.Popen(
        [sys.executable, "-c", SCRIPT],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as parent:
        child = int(parent.stdout.readline())
        assert is_alive(child)
        parent.send_signal(getattr(signal, name))
        parent.wait(30)
        assert ended(child)
