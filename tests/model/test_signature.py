"""One compiled signature: no scheme and no size of an organisation compiles anew."""

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
PROGRAM = """
import json, sys
from pathlib import Path

import numba
from experiments import compose
from model import Job, Scenario, Simulation, simulate, simulate_many

names = sorted(path.stem for path in Path("configs/scheme").glob("*.yaml"))
for name in names:
    scheme = compose([f"scheme={name}", "organisation.employees=12", "weeks=45"])
    simulate(scheme)
    simulate(scheme, seed=2**63 - 1, replicate=2**32 - 1, threads=2)
for employees, team_size, outside in ((1, 1, 4), (2, 8, 0), (30, 30, 1), (100, 7, 9)):
    settings = [
        f"organisation.employees={employees}",
        f"organisation.team_size={team_size}",
        f"peers.outside={outside}",
        "weeks=26",
    ]
    scenario = compose(["scheme=full_rank_board", *settings])
    simulate(scenario, record=["activity", "score"], threads=2)
    list(simulate_many([Job(scenario)] * 2, threads=2))
    Simulation(scenario).note(0, employees)

signatures = {
    f"{module.__name__}.{name}": len(rule.signatures)
    for module in [*sys.modules.values()]
    if getattr(module, "__name__", "").startswith("model")
    for name, rule in vars(module).items()
    if isinstance(rule, numba.core.registry.CPUDispatcher)
    and rule.py_func.__module__ == module.__name__
}
print(json.dumps({"schemes": names, "signatures": signatures}))
"""
ENTRIES = {
    "model.simulation.whole_week",
    "model.simulation.close_week",
    "model.week.advance",
    "model.week.adapt_all",
    "model.settlement.open_window",
    "model.workforce.hire_all",
}
"""Rules that Python calls."""


def test_no_scheme_and_no_size_compiles_a_rule_for_other_types():
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    seen = json.loads(done.stdout.splitlines()[-1])
    assert len(seen["schemes"]) >= 14
    assert seen["signatures"].keys() >= ENTRIES
    for name in ENTRIES:
        assert seen["signatures"][name] == 1, name
    # Rules that only other rules call are compiled inside them; teams() is called by
    # both sides.
    others = {n: k for n, k in seen["signatures"].items() if n not in ENTRIES}
    assert {name: k for name, k in others.items() if k > 1} == {}
