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
first_start.begin()
while not os.path.exists(os.environ["TOLD"]):
    time.sleep(0.05)
{then}
"""
SMALL = """
import os, pathlib
from model import first_start

every = first_start.halves
first_start.halves = lambda: (
    [e for e in every()[1] if e[0].py_func.__name__ == "settle_cut"],
    [e for e in every()[1] if e[0].py_func.__name__ == "measure_week"],
)
first_start.cores = lambda: int(os.environ["CORES"])
compile_all = first_start._compile

def told(entries):
    names = "+".join(function.py_func.__name__ for function, _ in entries)
    with open(os.environ["TOLD"], "a") as file:
        file.write(f"{os.getpid()} {names}\\n" if names else "")
    compile_all(entries)

first_start._compile = told
"""
"""Two halves that are soon compiled, by processes that tell what they compile."""
OTHER = f"{SMALL}\nfirst_start.compile_half_days()"
START = """
first_start.make_ready()
for function, arguments in sum(first_start.halves(), []):
    assert function.signatures or first_start._mark((function, arguments)).exists()
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
@pytest.mark.parametrize(
    ("then", "sent"),
    [
        ("first_start.make_ready()", signal.SIGINT),
        ("first_start.make_ready()", signal.SIGKILL),
        ("", None),
        ("raise SystemExit(2)", None),
    ],
    ids=["interrupted", "killed", "ended", "ended with a mistake"],
)
def test_no_process_is_left_behind(tmp_path, then, sent):
    told = tmp_path / "told"
    first = subprocess.Popen(
        [sys.executable, "-W", "error", "-c", BOTH_WAIT.replace("{then}", then)],
        env=environment(tmp_path) | {"TOLD": str(told)},
        stderr=subprocess.PIPE,
        text=True,
        # Shells start background jobs with SIGINT ignored, and that is inherited.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    )
    assert until(lambda: told.exists() and told.read_text())
    other = int(told.read_text())
    if sent is not None:
        time.sleep(0.5)  # it waits for the other one now
        first.send_signal(sent)
    messages = first.communicate()[1]
    assert until(lambda: not runs(other))
    assert ("KeyboardInterrupt" in messages) == (sent == signal.SIGINT)
    assert "Warning" not in messages


def started(folder, cores=2, program=OTHER, before="", flags=(), **settings):
    """Start a version in a cache; the process, which tells what is compiled.

    It begins with the code ``before``, and with flags of Python.
    """
    folder.mkdir(exist_ok=True)
    script = folder / "script" / "first.py"
    script.parent.mkdir(exist_ok=True)
    first = f"{before}\n{SMALL}\nfirst_start.PROGRAM = {program!r}\n{START}"
    script.write_text(first, encoding="utf-8")
    settings = {"CORES": str(cores), "TOLD": str(folder / "told"), **settings}
    return subprocess.Popen(
        [sys.executable, *flags, str(script)],
        cwd=folder,
        env=environment(folder) | settings,
        stderr=subprocess.PIPE,
        text=True,
    )


def compiled_in(folder):
    """What was compiled or loaded, by process."""
    lines = [line.split() for line in (folder / "told").read_text().splitlines()]
    return {
        process: [names for number, names in lines if number == process]
        for process, _ in lines
    }


def said(process):
    """What a process that ends well says on standard error."""
    messages = process.communicate()[1]
    assert process.returncode == 0, messages
    return messages


def test_each_half_has_a_process_of_its_own_and_the_next_start_compiles_nothing(
    tmp_path,
):
    assert said(started(tmp_path)).count("Compiling the model") == 1
    each = compiled_in(tmp_path)
    assert len(each) == 2
    assert sorted(each.values()) == [["measure_week"], ["settle_cut"]]
    (tmp_path / "told").unlink()
    assert said(started(tmp_path)) == ""
    assert not (tmp_path / "told").exists()


def test_with_one_core_one_process_compiles_all(tmp_path):
    said(started(tmp_path, cores=1))
    assert [*compiled_in(tmp_path).values()] == [["measure_week", "settle_cut"]]


def test_the_half_of_a_process_that_fails_is_compiled_all_the_same(tmp_path):
    assert "Traceback" not in said(started(tmp_path, program="raise SystemExit(1)"))
    assert len(compiled_in(tmp_path)) == 1
    assert len([*tmp_path.rglob("settle_cut for *")]) == 1


def test_two_may_start_at_once(tmp_path):
    for process in [started(tmp_path), started(tmp_path)]:
        said(process)
    assert said(started(tmp_path)) == ""


NO_HOME = """
import os, pwd

def nobody(number):
    raise KeyError(number)

os.environ.pop("HOME", None), os.environ.pop("XDG_CACHE_HOME", None)
pwd.getpwuid = nobody
"""
"""The process of a user who has neither a home nor an account."""


@pytest.mark.parametrize(
    ("before", "why"),
    [
        (NO_HOME, "because there is no home folder."),
        ('os.environ["XDG_CACHE_HOME"] = __file__', "first.py/tokenmaxxing cannot be"),
    ],
    ids=["no home", "cannot be written"],
)
def test_where_nothing_can_be_kept_each_process_compiles_and_says_why(
    tmp_path, before, why
):
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    begun = f"import os\n{before}"
    words = said(started(tmp_path, before=begun, TMPDIR=str(temporary)))
    assert words.startswith("Compiling the model: about twenty seconds at every start")
    assert why in words
    assert "XDG_CACHE_HOME" in words
    assert words.count("\n") == 2
    assert [*compiled_in(tmp_path).values()] == [["measure_week", "settle_cut"]]
    assert not [*temporary.iterdir()]
    assert not (tmp_path / "tokenmaxxing").exists()


@pytest.mark.slow
def test_a_full_disk_keeps_nobody_from_going_on(tmp_path):
    full = """
import errno, os
from numba.core.caching import IndexDataCacheFile

def save(*data):
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

IndexDataCacheFile.save = save
"""
    words = said(started(tmp_path, cores=1, before=full))
    assert words.count("The compiled model cannot be kept in") == 1
    assert "(no space left on device)" in words
    assert [*compiled_in(tmp_path).values()] == [["measure_week", "settle_cut"]]
    assert not [*tmp_path.rglob("* for *")]


@pytest.mark.slow
def test_without_a_further_process_one_compiles_all(tmp_path):
    none = """
import subprocess

def refuse(*words, **options):
    raise BlockingIOError(11, "Resource temporarily unavailable")

subprocess.Popen.__init__ = refuse
subprocess.Popen.__del__ = lambda process: None
"""
    said(started(tmp_path, before=none))
    assert [*compiled_in(tmp_path).values()] == [["measure_week", "settle_cut"]]


def test_the_second_process_imports_no_model_of_somebody_else(tmp_path):
    for name in ("model", "numba"):
        (tmp_path / f"{name}.py").write_text('open("imported", "w")')
    said(started(tmp_path))
    assert len(compiled_in(tmp_path)) == 2
    assert not (tmp_path / "imported").exists()


@pytest.mark.slow
def test_python_without_documents_is_another_compiler(tmp_path):
    for flags in ([], ["-OO"]):
        (tmp_path / "told").unlink(missing_ok=True)
        assert said(started(tmp_path, flags=flags)).count("Compiling the model") == 1
        assert len(compiled_in(tmp_path)) == 2
        assert said(started(tmp_path, flags=flags)) == ""


def test_importing_the_model_leaves_nothing_outside_its_cache(tmp_path):
    subprocess.run(
        [sys.executable, "-c", "import model"],
        env=environment(tmp_path / "file") | {"TMPDIR": str(tmp_path)},
        check=True,
    )
    assert [path.name for path in tmp_path.iterdir()] == ["file"]
