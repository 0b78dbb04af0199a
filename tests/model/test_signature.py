"""One compiled signature: no scheme and no size of an organisation compiles anew."""

import json
from pathlib import Path

import pytest

from model import compiled
from model.compiled import rule

ROOT = Path(__file__).parents[2]
PROGRAM = """
import json, sys
from pathlib import Path

import numba
from experiments import compose
from model import Job, Scenario, Simulation, simulate, simulate_many
from model import first_start
from model.compiled import Rule

first_start.cores = lambda: 1  # so that this process compiles everything
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
    f"{module.__name__}.{name}": len(getattr(rule, "part", rule).signatures)
    for module in [*sys.modules.values()]
    if getattr(module, "__name__", "").startswith("model")
    for name, rule in vars(module).items()
    if isinstance(rule, (Rule, numba.core.registry.CPUDispatcher))
    and rule.py_func.__module__ == module.__name__
}
print(json.dumps({"schemes": names, "signatures": signatures}))
"""
ENTRIES = {
    "model.outcomes.measure_week",
    "model.outcomes.put_in_order",
    "model.settlement.close",
    "model.settlement.open_window",
    "model.settlement.settle_cut",
    "model.week.advance",
    "model.week_end.finish_chunks",
    "model.workforce.hire_all",
}
"""Rules that Python calls."""


INSIDE = {
    "model.choice.worth",
    "model.choice.add",
    "model.behaviour.logit.weights",
    "model.incentives.bonus.worth",
    "model.measure.counted",
    "model.draws.uniforms",
    "model.elementary.exp",
}
"""Some of the rules that only other rules call."""


def signatures(python, **environment):
    """How many signatures each rule has in a process that runs many scenarios."""
    seen = json.loads(python(PROGRAM, **environment)[0].splitlines()[-1])
    assert len(seen["schemes"]) >= 14
    assert seen["signatures"].keys() >= ENTRIES | INSIDE
    return seen["signatures"]


def test_no_scheme_and_no_size_compiles_a_rule_for_other_types(python):
    found = signatures(python)
    assert {name: found[name] for name in ENTRIES} == dict.fromkeys(ENTRIES, 1)
    # Rules that only other rules call are compiled inside them.
    assert {name: k for name, k in found.items() if k > 1} == {}


@pytest.mark.long
def test_no_rule_is_compiled_twice_inside_others(python, tmp_path):
    """With an empty cache, so that every rule is compiled in this process."""
    found = signatures(python, quickly=True, XDG_CACHE_HOME=str(tmp_path))
    compiled_once = dict.fromkeys(ENTRIES | INSIDE, 1)
    assert {name: found[name] for name in compiled_once} == compiled_once
    assert {name: k for name, k in found.items() if k > 1} == {}


@rule
def power(base, exponent, first):
    """A rule that others call with numbers that stand in the call."""
    result = first
    for _ in range(exponent):
        result *= base
    return result


@rule
def some_powers(base):
    """Sum of powers, asked for by position and by name."""
    total = power(base, 2, 1.0) + power(base, 3, 1.0)
    return total + power(base, exponent=4, first=1.0) + power(base, 5, first=1.0)


def test_a_number_that_stands_in_a_call_is_no_type_of_its_own(monkeypatch):
    # Machine code that an earlier run kept would be loaded, and nothing compiled.
    monkeypatch.setattr(compiled, "cache_folder", lambda module: None)
    assert some_powers(2.0) == 4.0 + 8.0 + 16.0 + 32.0
    assert len(power.part.signatures) == 1
