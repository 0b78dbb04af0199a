"""The first start of a version of the model: both halves are compiled side by side.

The half-days are one half, everything else the other. A second process compiles the
other one, if there is a second core. It ends with this one: when this one stops
waiting for it, or is gone, so that its end of the pipe closes.
"""

import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import numba
import numpy as np

from model import adaptation, outcomes, parameters, settlement, week, workforce
from model.compiled import (
    COMPILES,
    HERE,
    cache_folder,
    cache_root,
    processor,
    remove_old_caches,
)
from model.measure import COUNTING, counting
from model.outcomes import OUTCOME, SUMS, Ranks
from model.published import PUBLISHED
from model.scenario import Scenario
from model.settlement import TALLY
from model.week import NOTES
from model.workforce import EMPLOYEE

Entry = tuple[Any, tuple[Any, ...]]
"""What Python calls, and arguments of the types that it is called with."""

PROGRAM = "from model.first_start import compile_other_half; compile_other_half()"
_LOCK = threading.Lock()
_done = threading.Event()


def make_ready() -> None:
    """See to it that the machine code of the model is there; say so if it is not.

    Raises ``KeyboardInterrupt`` at Ctrl-C, with no other process left behind.
    """
    with _LOCK:
        if COMPILES and not _done.is_set():
            _make_ready()
        _done.set()


def _make_ready() -> None:
    half_days, everything_else = halves()
    missing = [e for e in (*half_days, *everything_else) if not _mark(e).exists()]
    if not missing:
        return
    remove_old_caches()
    print(
        "Compiling the model: once for each version of its sources, "
        "about ten seconds on two cores.",
        file=sys.stderr,
        flush=True,
    )
    both = all(any(e in missing for e in half) for half in (half_days, everything_else))
    if both and cores() > 1 and _are_kept(missing):
        with _other_process():
            _compile(half_days)
    _compile(missing)


def compile_other_half() -> None:
    """Compile everything but the half-days; the program of the second process."""
    threading.Thread(target=_end_with_the_parent, daemon=True).start()
    _compile(halves()[1])


def _end_with_the_parent() -> None:
    sys.stdin.read()  # until the parent closes its end, alive or not
    os._exit(1)


@contextmanager
def _other_process() -> Iterator[None]:
    """Compile the other half meanwhile, and wait for it."""
    paths = os.pathsep.join([str(HERE.parent), *filter(None, sys.path)])
    other = subprocess.Popen(
        [sys.executable, "-c", PROGRAM],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=os.environ | {"PYTHONPATH": paths},
        start_new_session=True,  # Ctrl-C is for the parent, which then ends it
    )
    try:
        yield
        other.wait()  # if it failed, its half is compiled here
    finally:
        other.kill()
        other.communicate()


def _compile(entries: list[Entry]) -> None:
    """Compile what Python calls, or load it if it has been compiled meanwhile."""
    for entry in entries:
        function, arguments = entry
        function.compile(tuple(numba.typeof(value) for value in arguments))
        _mark(entry).touch()


def _mark(entry: Entry) -> Any:
    """The file that says that this entry has been compiled for this processor."""
    function = entry[0].py_func
    name = f"{function.__name__} for {processor()}"
    return cache_folder(function.__module__) / name


def _are_kept(entries: list[Entry]) -> bool:
    """Whether another process finds the machine code, too."""
    folders = {cache_folder(function.py_func.__module__) for function, _ in entries}
    return all(folder.parent == cache_root() for folder in folders)


def cores() -> int:
    """Cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def halves() -> tuple[list[Entry], list[Entry]]:
    """The half-days, and everything else that Python calls of the model."""
    scenario = Scenario()
    staff, sums = np.zeros(1, EMPLOYEE), np.zeros(1, SUMS)
    published, tallies = np.zeros(1, PUBLISHED), np.zeros(1, TALLY)
    c = np.array([counting(scenario.scheme, suspicion=False)], COUNTING)
    world: Any = np.zeros(1, parameters.dtype(Scenario))
    outside, column = np.zeros((1, 1), np.int32), np.zeros(1)
    rules, seed = (c, published, np.zeros(2), world), (1, 0)
    notes = np.zeros(0, NOTES), np.zeros((0, 10), np.int8)
    rank = Ranks(np.zeros(1, np.int32), np.zeros(1, np.bool_))
    orders = rank, rank, (0.0, 0.0)
    everybody = 0, 1
    return (
        [(week.advance, (*everybody, 0, staff, *rules, *seed, *notes))],
        [
            (workforce.hire_all, (*everybody, staff, outside, world, *seed)),
            (settlement.open_window, (0, staff, *rules, tallies)),
            (adaptation.adapt_all, (*everybody, 0, staff, outside, world, *seed)),
            (settlement.count_week, (0, staff, c, published, tallies)),
            (settlement.close, (staff, *rules, tallies)),
            (settlement.settle_cut, (0, staff, c, published, world)),
            (outcomes.add_up, (0, staff, sums, np.zeros((3, 1)))),
            (outcomes.ranks, (column,)),
            (outcomes.concentration, (column,)),
            (outcomes.measure_week, (np.zeros(1, OUTCOME), sums, *orders, world)),
        ],
    )
