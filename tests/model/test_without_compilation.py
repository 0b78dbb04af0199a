"""NUMBA_DISABLE_JIT=1: the same rules as plain Python, for debuggers and coverage."""

import json
from pathlib import Path

import pytest

from experiments import compose
from model import simulate

pytestmark = pytest.mark.xdist_group("plain")  # one process runs the plain rules, once

ROOT = Path(__file__).parents[2]
SHORT = ["scheme=everything_at_once", "review.weeks=6", "weeks=6"]
SCENARIOS = {
    "logit": [*SHORT, "organisation.employees=6", "organisation.team_size=3"],
    **{
        rule: [*SHORT, "organisation.employees=3", f"people.rule={rule}"]
        for rule in ("best_response", "satisficing", "imitation", "prospect")
    },
    **{
        law: [
            *(*SHORT, "organisation.employees=6", "organisation.team_size=3"),
            *(f"peers.rework_law={law}", "peers.teaching=0.05"),
        ]
        for law in ("by_size", "any_use", "queue")
    },
}
"""A small scenario for each rule of choice, and for each law of rework."""
PROGRAM = f"""
import json
from experiments import compose
from model import Organisation, simulate
from model.week import advance

def exact(columns):
    return {{name: [float(x).hex() for x in c] for name, c in columns.items()}}

said = {{"kind": type(advance).__name__}}
for rule, overrides in {SCENARIOS!r}.items():
    run = simulate(compose(overrides), seed=3, record=["activity"])
    activity = run.history("activity").tolist()
    said[rule] = exact(run.weeks), exact(run.employees), activity

firm = Organisation(compose({SCENARIOS["satisficing"]!r}), seed=3)
firm.step()
said["targets"] = firm.principal.targets
said["threads"] = exact(
    simulate(compose({SCENARIOS["logit"]!r}), seed=3, threads=2).weeks
)
print(json.dumps(said))
"""


@pytest.fixture(scope="module")
def plain(python, tmp_path_factory):
    """What a process without compilation says, and the folder of its caches."""
    caches = tmp_path_factory.mktemp("caches")
    said, messages = python(
        PROGRAM,
        NUMBA_DISABLE_JIT="1",
        PYTHONWARNINGS="error",
        XDG_CACHE_HOME=str(caches),
    )
    return json.loads(said), messages, caches


def test_rules_are_plain_functions_and_nothing_is_compiled_or_kept(plain):
    said, messages, caches = plain
    assert said["kind"] == "function"
    assert "Compiling" not in messages
    assert not (caches / "tokenmaxxing").exists()


def exact(columns):
    return {name: [float(x).hex() for x in c] for name, c in columns.items()}


@pytest.mark.parametrize("rule", SCENARIOS)
def test_plain_rules_give_the_bits_of_compiled_ones(plain, rule):
    run = simulate(compose(SCENARIOS[rule]), seed=3, record=["activity"])
    weeks, employees, activity = plain[0][rule]
    assert activity == run.history("activity").tolist()
    assert weeks == exact(run.weeks)
    assert employees == exact(run.employees)


def test_plain_rules_may_share_out_an_organisation_to_threads(plain):
    assert plain[0]["threads"] == plain[0]["logit"][0]


def test_the_principal_knows_its_targets_without_compilation(plain):
    assert plain[0]["targets"].keys() == {"quota", "participation"}
