"""People who live side by side: nobody's week depends on who shares their block."""

import json
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from experiments import compose
from model import Simulation, week
from model.block import BLOCK, LANES
from model.people import Rule
from model.simulation import NO_ACTIVITIES, WARM_UP
from model.week import NOTES

ROOT = Path(__file__).parents[2]
SEED, REPLICATE, WEEKS = 7, 3, 5
EMPLOYEES = 2 * LANES + 7
BUSY = [
    *("scheme=everything_at_once", f"organisation.employees={EMPLOYEES}"),
    *("organisation.team_size=6", "review.weeks=2", "budget.cap=100"),
    *("audit.probability=0.3", "leaderboard.scope=team", "leaderboard.status=0.3"),
    *("people.conscience_floor=0", "people.conscience_scale=0.1", "people.effort=0.1"),
    *("technology.task_sd=0.5", "technology.chore_worth=0.65"),
    *("technology.dressing_most=0.3", "technology.gesture_minutes=2"),
]
"""Every part at work, teams that blocks cut, and a last block that is not full."""
FOREIGN = {"NUMBA_CPU_NAME": "haswell", "NUMBA_CPU_FEATURES": ""}
"""A processor with other vector units."""

every_rule = pytest.mark.parametrize("rule", Rule, ids=lambda rule: rule.name.lower())

PROGRAM = f"""
import json
from experiments import compose
from model import simulate
from model.block import BLOCK, LANES
from model.people import Rule

def exact(columns):
    return {{name: [float(x).hex() for x in c] for name, c in columns.items()}}

said = {{"lanes": LANES}}
for rule in Rule:
    scenario = compose([*{BUSY!r}, "weeks=20", f"people.rule={{rule.name.lower()}}"])
    run = simulate(scenario, {SEED}, {REPLICATE}, record=["activity"])
    activities = run.history("activity").tolist()
    said[rule.name] = exact(run.weeks), exact(run.employees), activities
print(json.dumps(said))
"""


@pytest.fixture(scope="module")
def native(python):
    """What this tree says on this processor: all runs, to the last bit."""
    return json.loads(python(PROGRAM)[0])


@cache
def in_the_middle(rule):
    """An organisation after some weeks."""
    scenario = compose([*BUSY, f"people.rule={rule.name.lower()}"])
    simulation = Simulation(scenario, SEED, REPLICATE)
    for _ in range(WEEKS):
        simulation.step()
    return simulation


def lived(simulation, bounds):
    """Staff, notes and activities of a week that is lived slice by slice."""
    staff = simulation.staff.copy()
    n = len(staff)
    notes, activities = np.zeros(n, NOTES), np.zeros((n, 10), np.int8)
    for first, last in bounds:
        week.advance(
            0,
            simulation.regimes.order[first:last],
            simulation.week + WARM_UP,
            staff,
            *simulation._rules,
            SEED,
            REPLICATE,
            np.zeros(1, BLOCK),
            first,
            notes[first:last],
            activities,
        )
    return staff, notes, activities


def assert_same(one, other):
    """Equal to the last bit."""
    for a, b in zip(one, other, strict=True):
        if a.dtype.names is None:
            np.testing.assert_array_equal(a, b)
        for name in a.dtype.names or ():
            np.testing.assert_array_equal(a[name], b[name], name)


@every_rule
@pytest.mark.parametrize("size", [1, LANES - 1, LANES, LANES + 1, 2 * LANES + 1])
def test_a_week_is_the_same_in_slices_of_any_size(rule, size):
    simulation = in_the_middle(rule)
    starts = range(0, EMPLOYEES, size)
    bounds = [(first, min(first + size, EMPLOYEES)) for first in starts]
    whole = lived(simulation, [(0, EMPLOYEES)])
    assert_same(lived(simulation, bounds), whole)
    assert len({*whole[2].flat}) == 4  # all four activities were chosen


@pytest.mark.parametrize("size", [1, LANES - 1, LANES, LANES + 1, 2 * LANES + 1])
@pytest.mark.parametrize("first", [0, 1, 6])
def test_a_slice_writes_nobody_elses_week(first, size):
    simulation = in_the_middle(Rule.LOGIT)
    last = min(first + size, EMPLOYEES)
    before = simulation.staff
    staff, notes, activities = lived(simulation, [(first, last)])
    whole = lived(simulation, [(0, EMPLOYEES)])
    inside = slice(first, last)
    assert_same(
        [x[inside] for x in (staff, notes, activities)], [x[inside] for x in whole]
    )
    others = np.r_[0:first, last:EMPLOYEES]
    assert_same([staff[others]], [before[others]])
    assert not activities[others].any()


def test_a_notebook_holds_as_many_people_as_it_has_pages():
    simulation = in_the_middle(Rule.LOGIT)
    _, notes, _ = lived(simulation, [(0, EMPLOYEES)])
    for pages in (0, 1, LANES, LANES + 1):
        staff, notebook = simulation.staff.copy(), np.zeros(pages, NOTES)
        week.advance(
            0,
            simulation.regimes.order,
            simulation.week + WARM_UP,
            staff,
            *simulation._rules,
            SEED,
            REPLICATE,
            np.zeros(1, BLOCK),
            0,
            notebook,
            NO_ACTIVITIES,
        )
        assert_same([notebook], [notes[:pages]])


@pytest.mark.parametrize("slices", [2, 3])
def test_threads_share_out_blocks_with_the_same_result(slices):
    scenario = compose(BUSY)
    alone, shared = (Simulation(scenario, SEED, REPLICATE) for _ in range(2))
    with ThreadPoolExecutor(2) as pool:
        for _ in range(WEEKS):
            np.testing.assert_array_equal(shared.step(pool, slices), alone.step())
    assert_same([shared.staff], [alone.staff])


@pytest.mark.long
def test_blocks_of_another_size_give_the_same_bits(native, python, copy_of_sources):
    tree = copy_of_sources()
    path = tree / "model" / "block.py"
    text = path.read_text()
    assert text.count(f"LANES = {LANES} if") == 1
    path.write_text(text.replace(f"LANES = {LANES} if", f"LANES = {LANES // 2} if"))
    other = json.loads(
        python(PROGRAM, folder=tree, XDG_CACHE_HOME=str(tree / "cache"))[0]
    )
    assert other.pop("lanes") == LANES // 2
    assert other == {name: said for name, said in native.items() if name != "lanes"}


@pytest.mark.long
def test_another_processor_gives_the_same_bits(native, python, tmp_path):
    said, _ = python(PROGRAM, XDG_CACHE_HOME=str(tmp_path), **FOREIGN)
    assert json.loads(said) == native
