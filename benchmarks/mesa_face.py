"""What it costs to look: agents of the Mesa face beside plain Mesa agents.

Run ``python benchmarks/mesa_face.py [employees]`` from the root of the checkout. Every
row is measured in a process of its own, the best time of three; memory is what the
process grew by.

- *plain agents*: ``mesa.Agent`` as it is, without a single attribute;
- *agents with state*: agents that keep the columns of an employee as attributes;
- *organisation*: the face, warmed up, that nobody looks into;
- *its agents*: all employees and teams made when ``model.agents`` is read first;
- *a column*: ``model.agents.get("skill")`` once they are there.
"""

import json
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import mesa
from rich.console import Console
from rich.table import Table

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from model import Organisation, Scenario, Workplace  # noqa: E402
from model.workforce import EMPLOYEE  # noqa: E402

EMPLOYEES = 100_000
REPEATS = 3
COLUMNS = [name for name in EMPLOYEE.names or () if not EMPLOYEE[name].shape]


class Stateful(mesa.Agent):
    """An agent that keeps its state itself."""

    def __init__(self, model: mesa.Model) -> None:
        super().__init__(model)
        for n, name in enumerate(COLUMNS):
            setattr(self, name, n + self.unique_id / 3.0)


def plain_agents(n: int) -> Callable[[], Any]:
    model = mesa.Model(rng=1)
    return lambda: mesa.Agent.create_agents(model, n)


def agents_with_state(n: int) -> Callable[[], Any]:
    model = mesa.Model(rng=1)
    return lambda: Stateful.create_agents(model, n)


def organisation_of(n: int) -> Organisation:
    # Compiled code is loaded, and the columns are there, before the clock starts.
    Organisation(Scenario(organisation=Workplace(employees=10)))
    return Organisation(Scenario(organisation=Workplace(employees=n)))


def organisation(n: int) -> Callable[[], Any]:
    organisation_of(10)
    return lambda: organisation_of(n)


def its_agents(n: int) -> Callable[[], Any]:
    made = organisation_of(n)
    return lambda: made.agents


def a_column(n: int) -> Callable[[], Any]:
    organisation = organisation_of(n)  # holds its agents: Mesa's set does not
    agents = organisation.agents
    return lambda: (organisation, agents.get("skill"))[1]


ROWS = {
    function.__name__: function
    for function in (
        plain_agents,
        agents_with_state,
        organisation,
        its_agents,
        a_column,
    )
}


def resident() -> float:
    """Memory of this process that is in use [MiB]; 0 where the system does not say."""
    try:
        for line in Path("/proc/self/status").read_text().splitlines():
            if line.startswith("VmRSS"):
                return int(line.split()[1]) / 1024
    except OSError:
        pass
    return 0.0


def measure(row: str, n: int) -> None:
    """Print seconds and MiB of one row."""
    call = ROWS[row](n)
    before, start = resident(), time.perf_counter()
    kept = call()
    seconds = time.perf_counter() - start
    print(json.dumps([seconds, resident() - before, kept is not None]))


def main(n: int) -> None:
    """Measure all rows, each in processes of its own, and print them."""
    title = f"{n:,} employees, Mesa {mesa.__version__}"
    table = Table("", "s", "µs each", "MiB", "bytes each", title=title, box=None)
    for column in table.columns[1:]:
        column.justify = "right"
    for row in ROWS:
        command = [sys.executable, "-W", "ignore", __file__, row, str(n)]
        told = [
            json.loads(
                subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout
            )
            for _ in range(REPEATS)
        ]
        seconds, memory = min(t[0] for t in told), min(t[1] for t in told)
        each = f"{seconds * 1e6 / n:.2f}", f"{memory * 2**20 / n:.0f}"
        table.add_row(
            row.replace("_", " "), f"{seconds:.3f}", each[0], f"{memory:.1f}", each[1]
        )
    Console().print(table)


if __name__ == "__main__":
    if len(sys.argv) == 3:
        measure(sys.argv[1], int(sys.argv[2]))
    else:
        main(int(sys.argv[1]) if len(sys.argv) == 2 else EMPLOYEES)
