"""Who is followed over weeks is a person, not a slot."""

from pathlib import Path

import numpy as np

from experiments import compose
from experiments.statistics import there as module
from experiments.statistics.calibration import RECORD, novice_advantage, unevenness
from experiments.statistics.there import by_person, stayed, there
from model import Simulation, simulate

SMALL = ["organisation.employees=60", "weeks=30", "people.quit_hazard=0.03"]
FOLLOWS = ("run.history(", "simulation.staff[")
"""How code reads people week by week."""
WHOLE = {
    "benefit.py": "the mean score of everybody",
    "review_queue.py": "what waits in teams, whoever sent it",
    "tokens.py": "the tokens of everybody, for the facts to choose from",
}
"""Modules that read people week by week and follow nobody, and what they read."""


def test_who_was_there_has_been_in_the_job_for_as_many_weeks():
    simulation = Simulation(compose(SMALL), seed=3)
    nth = []
    for _ in range(30):
        nth.append(simulation.staff["generation"].copy())
        simulation.step()
    last = simulation.staff["generation"]
    for weeks in (1, 7, 30):
        same = np.all([n == last for n in nth[-weeks:]], axis=0)
        assert 0 < same.sum() < 60
        np.testing.assert_array_equal(there(simulation.staff, weeks), same)


def test_who_stayed_did_so_in_every_run():
    runs = [
        simulate(compose([*SMALL, f"scheme={name}"]), seed=3)
        for name in ("voluntary", "everything_at_once")
    ]
    first = [run.employees["generation"] == 0 for run in runs]
    np.testing.assert_array_equal(stayed(*runs), first[0] & first[1])
    assert (first[0] != first[1]).any()
    np.testing.assert_array_equal(stayed(runs[0]), first[0])


def test_each_person_of_a_slot_has_a_column():
    nth = np.array([[0, 0], [0, 1], [0, 1], [0, 2]], float)
    panel = np.arange(8.0).reshape(4, 2)
    nan = np.nan
    found = by_person(panel, nth)
    columns = [[0, 2, 4, 6], [1, nan, nan, nan], [nan, 3, 5, nan], [nan, nan, nan, 7]]
    np.testing.assert_array_equal(found.T, columns)


def test_estimates_of_people_do_not_depend_on_who_came_later():
    run = simulate(compose(SMALL), seed=3, record=RECORD)
    before = unevenness(run), novice_advantage(run)
    new = run.employees["generation"] > 0
    for name in RECORD:
        run.history(name)[:, new] = 1
    run.employees["skill"][run.employees["tenure"] == 0] = 9.0
    assert (run.employees["tenure"] == 0).any()
    assert unevenness(run) == before[0]
    run.employees["gained"][run.employees["tenure"] == 0] = 99.0
    assert novice_advantage(run) == before[1]


def test_whoever_follows_people_over_weeks_asks_who_was_there():
    """Facts and targets; verification lets nobody leave but where it looks at that."""
    root = Path(module.__file__).parents[1]
    read = {root / "statistics" / "calibration.py"}
    read.update((root / "studies" / "validation").rglob("*.py"))
    follow = {
        path.name
        for path in read
        if any(how in path.read_text() for how in FOLLOWS)
        and "experiments.statistics.there import" not in path.read_text()
    }
    assert follow == WHOLE.keys()
