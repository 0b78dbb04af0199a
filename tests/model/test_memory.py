"""No rule reads or writes memory that is not its own; the C library watches.

Machine code that goes on with memory which it gave back ends in a crash only now and
then, in a thread that has nothing to do with it.
"""

from pathlib import Path

import pytest

THREADS = """
from experiments import compose
from model import Job, simulate_many

size = ["organisation.employees=40", "weeks=45"]
names = ("voluntary", "everything_at_once", "full_rank_board", "amazon_2026")
scenarios = [compose([f"scheme={name}", *size]) for name in names]
jobs = [Job(scenario, 1, k) for k in range(15) for scenario in scenarios]
print(len([*simulate_many(jobs, threads=4)]))
"""
WATCHER = [*Path("/usr/lib").glob("*/libc_malloc_debug.so.0")]


@pytest.mark.skipif(not WATCHER, reason="glibc's malloc_debug is not there")
def test_threads_keep_out_of_memory_that_is_not_theirs(python):
    watched = {"LD_PRELOAD": str(WATCHER[0]), "MALLOC_CHECK_": "3"}
    assert python(THREADS, **watched)[0] == "60\n"
