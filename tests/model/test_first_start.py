"""The first start compiles two halves side by side, and leaves nothing behind."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
BOTH_WAIT = """
import os, time
from model import first_start

ends = "threading.Thread(target=first_start._end_with_the_parent, daemon=True).start()"
first_start.PROGRAM = (
    "import os, pathlib, threading, time; from model import first_start; " + ends + "; "
    "pathlib.Path(os.environ['TOLD']).write_text(str(os.getpid())); time.sleep(600)"
)
first_start.cores = lambda: 2
first_start._compile = lambda entries: time.sleep(600)
first_start.make_ready()
"""
REAL = """
import sys
from model import first_start
if sys.argv[1] == "one":
    first_start.cores = lambda: 1
if sys.argv[1] == "broken":
    first_start.PROGRAM = "raise SystemExit(1)"
from model import Scenario, Workplace, simulate
run = simulate(Scenario(organisation=Workplace(employees=9), weeks=26))
print(run.weeks["output"].sum().hex(), run.weeks["score_validity"].sum().hex())
"""


def environment(folder):
    return os.environ | {"XDG_CACHE_HOME": str(folder), "PYTHONPATH": str(ROOT)}


def runs(number):
    """Whether a process of this number is there and is no zombie."""
    try:
        state = Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"


def until(condition):
    """Wait until something holds, half a minute at most; tell whether it does."""
    for _ in range(600):
        if condition():
            return True
        time.sleep(0.05)
    return False


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="looks into /proc")
@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGKILL], ids=["int", "kill"])
def test_no_process_is_left_behind(tmp_path, sent):
    told = tmp_path / "told"
    first = subprocess.Popen(
        [sys.executable, "-c", BOTH_WAIT],
        env=environment(tmp_path) | {"TOLD": str(told)},
        stderr=subprocess.PIPE,
        text=True,
        # Shells start background jobs with SIGINT ignored, and that is inherited.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    )
    assert until(lambda: told.exists() and told.read_text())
    other = int(told.read_text())
    assert runs(other)
    first.send_signal(sent)
    messages = first.communicate()[1]
    assert until(lambda: not runs(other))
    assert ("KeyboardInterrupt" in messages) == (sent == signal.SIGINT)


@pytest.mark.slow
def test_two_processes_one_process_and_a_broken_one_give_the_same(tmp_path):
    alone = [
        subprocess.Popen(
            [sys.executable, "-c", REAL, how],
            env=environment(tmp_path / folder),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for how, folder in (
            ("two", "shared"),  # these two start at once in the same empty cache
            ("two", "shared"),
            ("one", "one"),
            ("broken", "broken"),
        )
    ]
    said = [process.communicate() for process in alone]
    assert [process.returncode for process in alone] == [0] * 4, said
    assert len({output for output, _ in said}) == 1
    for _, messages in said:
        assert messages.count("Compiling the model") <= 1
        assert "Traceback" not in messages
    again = subprocess.run(
        [sys.executable, "-c", REAL, "two"],
        env=environment(tmp_path / "shared"),
        capture_output=True,
        text=True,
        check=True,
    )
    assert (again.stdout, again.stderr) == (said[0][0], "")


def test_it_works_where_the_cache_cannot_be_written(tmp_path):
    blocked = tmp_path / "file"
    blocked.write_text("")
    program = """
from model import first_start
print(first_start._are_kept([*first_start.halves()[0]]))
"""
    done = subprocess.run(
        [sys.executable, "-c", program],
        env=environment(blocked),
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == "False\n"
