"""NUMBA_DISABLE_JIT=1: the same rules as plain Python, for debuggers and coverage."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from experiments import compose
from model import simulate

ROOT = Path(__file__).parents[2]
SCENARIO = [
    "scheme=everything_at_once",
    "organisation.employees=10",
    "organisation.team_size=5",
    "review.weeks=6",
    "weeks=6",
]
PROGRAM = f"""
import json, sys
from experiments import compose
from model import Organisation, compiled, simulate
from model.week import live

scenario = compose({SCENARIO!r})
run = simulate(scenario, seed=3, record=["activity"])
threads = simulate(scenario, seed=3, threads=2)
assert all((threads.weeks[name] == run.weeks[name]).all() for name in run.weeks)
firm = Organisation(scenario, seed=3)
firm.step()

def exact(columns):
    return {{name: [float(x).hex() for x in c] for name, c in columns.items()}}

print(json.dumps({{
    "weeks": exact(run.weeks),
    "employees": exact(run.employees),
    "activity": run.history("activity").tolist(),
    "targets": firm.principal.targets,
    "kind": type(live).__name__,
}}))
"""


@pytest.fixture(scope="module")
def plain(tmp_path_factory):
    """What a process without compilation says, and the folder of its caches."""
    caches = tmp_path_factory.mktemp("caches")
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", PROGRAM],
        cwd=ROOT,
        env=os.environ | {"NUMBA_DISABLE_JIT": "1", "XDG_CACHE_HOME": str(caches)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout), done.stderr, caches


def test_rules_are_plain_functions_and_nothing_is_compiled_or_kept(plain):
    said, messages, caches = plain
    assert said["kind"] == "function"
    assert "Compiling" not in messages
    assert not (caches / "tokenmaxxing").exists()


def test_plain_rules_give_the_bits_of_compiled_ones(plain):
    said = plain[0]
    run = simulate(compose(SCENARIO), seed=3, record=["activity"])
    assert run.history("activity").tolist() == said["activity"]
    for table in ("weeks", "employees"):
        for name, column in getattr(run, table).items():
            assert [float(x).hex() for x in column] == said[table][name], name


def test_the_principal_knows_its_targets_without_compilation(plain):
    assert plain[0]["targets"].keys() == {"quota", "participation"}
