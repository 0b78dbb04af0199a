"""One large organisation: time and memory of a whole run, and its cost an employee.

Run ``python benchmarks/million.py EMPLOYEES WEEKS THREADS`` for one run in this process
(a line of JSON), or let ``compare.py`` run it in processes of their own.
"""

import json
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks.memory import memory  # noqa: E402
from experiments import compose  # noqa: E402
from model import Simulation  # noqa: E402


def run(employees: int, weeks: int, threads: int) -> dict[str, Any]:
    """Seconds of a run under the default scheme, and of its parts; peak memory [MiB].

    All rules are in force. Compiled code is loaded before the clock starts.
    """
    Simulation(compose(["organisation.employees=10"])).step()
    size = f"organisation.employees={employees}"
    scenario = compose([size, f"weeks={weeks}", f"review.weeks={min(weeks, 26)}"])
    each = []
    with ThreadPoolExecutor(threads) as workers:
        pool = workers if threads > 1 else None
        start = time.perf_counter()
        simulation = Simulation(scenario, pool=pool, threads=threads)
        made = time.perf_counter()
        for _ in range(weeks):
            before = time.perf_counter()
            simulation.step(pool, threads)
            each.append(time.perf_counter() - before)
        end = time.perf_counter()
    return {
        "total": end - start,
        "warm_up": made - start,
        "weeks": each,
        "peak": memory()[1],
    }


if __name__ == "__main__":
    print(json.dumps(run(*(int(number) for number in sys.argv[1:4]))))
