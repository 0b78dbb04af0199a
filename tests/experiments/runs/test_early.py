"""Looks at a study while it runs: when they are taken, and what they show."""

import pytest

from experiments.config.request import ask
from experiments.designs.design import Design, Point
from experiments.runs import early
from experiments.runs.early import Early
from experiments.runs.runner import carry_out
from experiments.store import parts
from experiments.store.store import RUNS, WEEKS, Store
from model import Quota, Scenario, Workplace

SMALL = Scenario(organisation=Workplace(employees=10), weeks=26)
PART = 10 * (26 + 12) * 4
"""A part of four runs."""


def design(replicates=16):
    """A centre, and eight other points with one run each."""
    schemes = {"one": SMALL, "other": SMALL.varied(quota=Quota(penalty=0.2))}
    levels = ({"people.learning": 0.06 - 0.001 * k} for k in range(9))
    points = (Point(k, x, 1 if k else replicates) for k, x in enumerate(levels))
    return Design(schemes, tuple(points), seed=1)


@pytest.fixture(autouse=True)
def at_once(monkeypatch):
    """Small parts, and looks however little is left."""
    monkeypatch.setattr(parts, "PART", PART)
    monkeypatch.setattr(early, "LEAST", 0.0)


def looks(planned, missing=None):
    """Take all looks at a study: parts that are there, and replicates shown."""
    taken, store = [], Store(None, {}, planned)
    numbers = store.stage.order() if missing is None else missing
    watch = Early(None, store, numbers, lambda *given: taken.append(given[-1]))
    found = []
    for count, number in enumerate(numbers, start=1):
        watch.add(number)
        found += [(count, replicates) for replicates in taken[len(found) :]]
    return found


def test_a_first_look_has_few_replicates_and_a_second_one_all():
    assert looks(design()) == [(4, 8), (8, 16)]


def test_a_centre_of_few_replicates_is_looked_at_once():
    assert looks(design(replicates=4)) == [(2, 4)]


def test_a_study_that_goes_on_looks_at_what_is_there():
    order = Store(None, {}, design()).stage.order()
    assert looks(design(), order[8:]) == [(1, 16)]
    assert looks(design(), order[6:]) == [(1, 12), (2, 16)]


def test_no_look_is_taken_when_little_is_left(monkeypatch):
    monkeypatch.setattr(early, "LEAST", 1e9)
    assert looks(design()) == []


def test_what_is_seen_early_is_what_is_there_in_the_end(tmp_path):
    seen = {}

    def look(screen, store, replicates):
        for name in (RUNS, WEEKS):
            seen[name, replicates] = store.at_centre(name, replicates)

    out = tmp_path / "out"
    request = ask(["study=compare", "weeks=26", f"out={out}"])
    store = carry_out(request, design(), lambda _: (), look=look).store
    assert {replicates for _, replicates in seen} == {8, 16}
    for (name, replicates), early_rows in seen.items():
        rows = store.read(name).to_pandas()
        kept = (rows["point"] == 0) & (rows["replicate"] < replicates)
        expected = rows[kept].reset_index(drop=True)
        assert early_rows.to_pandas().equals(expected)
