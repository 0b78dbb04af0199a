"""The first start of a version of the model: both halves are compiled side by side.

The half-days are one half, everything else the other. A second process compiles the
half-days, if there is a second core and a folder to keep them in. It ends with this
one: when this one stops waiting for it, or is gone, so that its end of the pipe closes.
"""

import atexit
import gc
import os
import subprocess
import sys
import threading
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any

import numba
import numpy as np

from model import (
    dismissing,
    outcomes,
    parameters,
    settlement,
    week,
    week_end,
    workforce,
)
from model.block import BLOCK
from model.compiled import (
    COMPILES,
    HERE,
    cache_folder,
    cache_root,
    processor,
    remove_old_caches,
)
from model.cores import cores
from model.measure import COUNTING, counting
from model.outcomes import COLUMNS, OUTCOME, SUMS
from model.published import PUBLISHED
from model.scenario import Scenario
from model.settlement import TALLY
from model.week import NOTES
from model.workforce import EMPLOYEE

Entry = tuple[Any, tuple[Any, ...]]
"""What Python calls, and arguments of the types that it is called with."""

PROGRAM = "from model.first_start import compile_half_days; compile_half_days()"
_LOCK = threading.RLock()
_ready = threading.Event()
_others: list[subprocess.Popen[bytes]] = []


def begin() -> None:
    """Start to compile the half-days in a second process, if that is to be done.

    ``make_ready`` begins by itself. To begin earlier lets a program load what it needs
    besides meanwhile.
    """
    with _LOCK:
        half_days = missing(halves()[0]) if COMPILES and not _ready.is_set() else []
        if half_days and not _others and cores() > 1 and _are_kept(half_days):
            with suppress(OSError):  # no more processes, or no memory: one will do
                _others.append(_second_process())
                atexit.register(_end, _others[0])


def make_ready() -> None:
    """See to it that the machine code of the model is there; say so if it is not.

    Raises ``KeyboardInterrupt`` at Ctrl-C, with no other process left behind.
    """
    with _LOCK:
        if COMPILES and not _ready.is_set():
            _compile_missing()
        _ready.set()


def _compile_missing() -> None:
    half_days, everything_else = halves()
    if not missing(half_days + everything_else):
        return
    remove_old_caches()
    _say(f"Compiling the model: {_how_often(half_days + everything_else)}")
    begin()
    try:
        _compile(missing(everything_else))
        for other in _others:
            other.wait()  # if it failed, its half is compiled here
    finally:
        for other in _others:
            _end(other)
    _compile(missing(half_days))


def _how_often(entries: list[Entry]) -> str:
    """Say how often, and so how long, a person waits."""
    if _are_kept(entries):
        return "once for each version of its sources, about ten seconds on two cores."
    root = cache_root()
    why = f"{root} cannot be written" if root else "there is no home folder"
    return (
        f"about twenty seconds at every start, because {why}.\n"
        "Name a folder that can be written by XDG_CACHE_HOME, and it is kept."
    )


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def compile_half_days() -> None:
    """Compile the half-days; the program of the second process."""
    threading.Thread(target=_end_with_the_parent, daemon=True).start()
    _compile(halves()[0])


def _end_with_the_parent() -> None:
    sys.stdin.read()  # until the parent closes its end, alive or not
    os._exit(1)


def _second_process() -> subprocess.Popen[bytes]:
    # As Python starts, the first place to import from is the working folder, in which
    # another package may be called model.
    paths = [path or str(HERE.parent) for path in sys.path]
    return subprocess.Popen(
        [sys.executable, "-c", f"import sys; sys.path[:] = {paths!r}; {PROGRAM}"],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=os.environ | {"PYTHONOPTIMIZE": str(sys.flags.optimize)},
        start_new_session=True,  # Ctrl-C is for the parent, which then ends it
    )


def _end(other: subprocess.Popen[bytes]) -> None:
    """End a process, whatever it is at; it may have ended already."""
    other.kill()
    other.communicate()


def missing(entries: list[Entry]) -> list[Entry]:
    """Entries that have not been compiled for this processor."""
    return [entry for entry in entries if not _is_there(entry)]


def _is_there(entry: Entry) -> bool:
    mark = _mark(entry)
    # Without a folder, and on a full disk, it is there for this process alone.
    return bool(entry[0].signatures) or (mark is not None and mark.exists())


def _compile(entries: list[Entry]) -> None:
    """Compile what Python calls, or load it if it has been compiled meanwhile.

    Meanwhile Python's garbage collector passes over all that was there before.
    """
    gc.freeze()
    try:
        for entry in entries:
            _compile_one(entry)
    finally:
        gc.unfreeze()


def _compile_one(entry: Entry) -> None:
    function, arguments = entry
    mark = _mark(entry)
    try:
        function.compile(tuple(numba.typeof(value) for value in arguments))
        if mark:
            mark.touch()
    except OSError as error:
        if not function.signatures:
            raise
        _say_not_kept((error.strerror or str(error)).lower())


@cache
def _say_not_kept(reason: str) -> None:
    """Say once that the machine code serves this process alone."""
    _say(
        f"The compiled model cannot be kept in {cache_root()} ({reason}). The next "
        "start compiles it again; XDG_CACHE_HOME names another folder."
    )


def _mark(entry: Entry) -> Path | None:
    """The file that says that this entry has been compiled for this processor."""
    function = entry[0].py_func
    folder = cache_folder(function.__module__)
    return folder / f"{function.__name__} for {processor()}" if folder else None


def _are_kept(entries: list[Entry]) -> bool:
    """Whether another process finds the machine code, too."""
    return None not in {cache_folder(f.py_func.__module__) for f, _ in entries}


def halves() -> tuple[list[Entry], list[Entry]]:
    """The half-days, and everything else that Python calls of the model."""
    scenario = Scenario()
    staff, sums = np.zeros(1, EMPLOYEE), np.zeros((1, 1), SUMS)
    published, tallies = np.zeros(1, PUBLISHED), np.zeros((1, 1), TALLY)
    c = np.array([counting(scenario.scheme, suspicion=False)], COUNTING)
    world: Any = np.zeros(1, parameters.dtype(Scenario))
    outside, columns = np.zeros((1, 1), np.int32), np.zeros((len(COLUMNS), 1))
    rules, seed = (c, published, np.zeros((1, 2)), world), (1, 0)
    people = np.zeros(1, np.int64), np.zeros((1, 2), np.int64)
    blocks, notes = np.zeros(1, BLOCK), (0, np.zeros(0, NOTES))
    activities = np.zeros((0, 10), np.int8)
    ranks, tenths = np.zeros((2, 1), np.int32), np.zeros((2, 1), np.bool_)
    outcome = np.zeros(1, OUTCOME)
    changed = outside, c, published, world, *seed, tallies, sums, columns
    measured = sums[0], sums[0], ranks, tenths, published, world, np.zeros(1)
    everybody = 0, 1
    lived = 0, people[0], 0, staff, *rules, *seed, blocks, *notes, activities
    return (
        [(week.advance, lived)],
        [
            (workforce.hire_all, (*everybody, staff, outside, world, *seed)),
            (settlement.open_window, (0, 0, staff, *people, *rules, tallies)),
            (week_end.finish_chunks, (*everybody, 0, staff, *people, *changed)),
            (settlement.close, (staff, *people, *rules, tallies)),
            (settlement.settle_cut, (0, 0, staff, *people, c, published, world)),
            (dismissing.dismiss, (0, 0, staff, *people, world, *seed, sums[0])),
            (outcomes.put_in_order, (*everybody, columns, ranks, tenths, outcome)),
            (outcomes.measure_week, (outcome, *measured)),
        ],
    )
