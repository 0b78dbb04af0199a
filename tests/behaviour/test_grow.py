"""Studies that grow stage by stage, and runs that fail."""

import csv

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from experiments.config.request import ask
from experiments.designs.design import Design, Planned, Point
from experiments.errors import UserError
from experiments.runs.runner import carry_out
from experiments.store import batch, dataset, parts, store
from experiments.store.parts import Parts
from experiments.store.store import FAILED, RUNS, WEEKS, Store
from model import Scenario, Workplace

ORGANISATION = Workplace(employees=8, team_size=4)
SCENARIO = Scenario(organisation=ORGANISATION, weeks=26)
SCHEMES = {"voluntary": SCENARIO, "custom": SCENARIO}
PART = 8 * (26 + 12) * 3
"""A part of three runs."""
DATA = (RUNS, WEEKS)


def design(*replicates):
    """Two schemes; the second point is one of the voluntary scheme alone."""
    where = (None, ("voluntary",))
    points = (
        Point(k, {"people.savvy_own": k / 10}, times, where[k])
        for k, times in enumerate(replicates)
    )
    return Design(SCHEMES, tuple(points), seed=1)


def asked(out):
    return ask(["study=run", f"out={out}"])


def carried_out(out, first, grow=None):
    return carry_out(asked(out), first, lambda _: (), grow)


def data(folder):
    return {name: (folder / name).read_bytes() for name in DATA}


def until(*stages):
    """Grow to each of some designs in turn; what is stored says which is next."""

    def grow(kept):
        rows = kept.read(RUNS, ["replicate"])
        for stage in stages:
            if len(rows) < len(stage.runs):
                return stage
        return None

    return grow


@pytest.fixture(autouse=True)
def small_parts(monkeypatch):
    monkeypatch.setattr(parts, "PART", PART)


@pytest.mark.parametrize(
    ("before", "after"), [(None, (4, 7)), ((2, 7), (5, 7)), ((3, 1), (3, 8))]
)
def test_parts_hold_every_run_once_and_in_order(before, after):
    earlier = set(design(*before).runs) if before else set()
    expected = [run for run in design(*after).runs if run not in earlier]
    cut = Parts(design(*after), design(*before) if before else None)
    found = [run for part in cut for run in part]
    assert found == expected
    assert cut.runs == len(expected)
    assert [cut.size(k) for k in range(len(cut))] == [len(part) for part in cut]
    assert {len(part) for part in list(cut)[:-1]} <= {3}
    assert [r for block in cut.blocks() for r in cut.planned(block)] == expected


@pytest.mark.parametrize(
    "other", [design(3, 4), Design(SCHEMES, design(5, 5).points, 2), design(4, 4)]
)
def test_a_study_grows_by_replicates_alone(other):
    with pytest.raises(ValueError, match="grows by more replicates"):
        Parts(other, design(4, 4))


def test_a_study_that_grew_has_the_bytes_of_the_larger_one(tmp_path):
    carried_out(tmp_path / "at once", design(5, 9))
    grow = until(design(4, 4), design(5, 9))
    done = carried_out(tmp_path / "grown", design(2, 3), grow)
    assert done.runs == len(design(5, 9).runs)
    assert done.store.design == design(5, 9)
    assert data(tmp_path / "grown") == data(tmp_path / "at once")


def test_a_growing_study_reads_what_is_there(tmp_path):
    seen = []

    def grow(kept):
        rows = kept.read(RUNS, ["scheme", "point", "replicate", "output"])
        seen.append(rows)
        assert kept.read(WEEKS).num_rows == 26 * len(rows)
        return design(4, 4) if len(rows) == 6 else None

    done = carried_out(tmp_path, design(2, 2), grow)
    first, last = seen
    assert last.equals(done.store.read(RUNS, last.column_names))
    keys = [first.column(name).to_pylist() for name in Planned._fields]
    assert [Planned(*key) for key in zip(*keys, strict=True)] == list(design(2, 2).runs)


def test_a_killed_study_grows_on_from_its_stage(tmp_path, monkeypatch):
    carried_out(tmp_path / "whole", design(5, 9))
    grow = until(design(5, 9))
    real, added = Store.add, []

    def add(kept, number, content):
        if len(added) == 5:
            raise KeyboardInterrupt
        added.append(number)
        real(kept, number, content)

    folder = tmp_path / "killed"
    with monkeypatch.context() as patch:
        patch.setattr(Store, "add", add)
        with pytest.raises(SystemExit):
            carried_out(folder, design(2, 2), grow)
    done = carried_out(folder, design(2, 2), grow)
    assert 0 < done.runs < len(design(5, 9).runs)
    assert data(folder) == data(tmp_path / "whole")


def test_a_finished_study_that_grew_is_found_complete(tmp_path):
    grow = until(design(3, 3), design(4, 4))
    carried_out(tmp_path, design(2, 2), grow)
    before = data(tmp_path)
    done = carried_out(tmp_path, design(2, 2), grow)
    assert done.runs == 0
    assert done.store.design == design(4, 4)
    assert len(done.store.read(RUNS)) == len(design(4, 4).runs)
    assert data(tmp_path) == before


def fail(monkeypatch, *replicates):
    real = batch.simulate

    def simulate(scenario, seed, replicate, threads):
        if replicate in replicates:
            raise ArithmeticError("the sky\nfell")
        return real(scenario, seed, replicate, threads=threads)

    monkeypatch.setattr(batch, "simulate", simulate)


def test_a_failed_run_is_a_row_without_outcomes(tmp_path, monkeypatch, capsys):
    carried_out(tmp_path / "whole", design(4, 2))
    fail(monkeypatch, 1, 3)
    carried_out(tmp_path / "failed", design(4, 2))
    runs = pq.read_table(tmp_path / "failed" / RUNS).to_pylist()
    expected = pq.read_table(tmp_path / "whole" / RUNS).to_pylist()
    assert len(runs) == 10
    for run, other in zip(runs, expected, strict=True):
        failed = run["replicate"] in (1, 3)
        assert (run["output"] is None) == failed
        assert failed or run == other
    weeks = pq.read_table(tmp_path / "failed" / WEEKS)
    assert weeks.num_rows == 10 * 26
    assert weeks.schema.metadata is None
    assert "5 runs failed and are rows without outcomes" in capsys.readouterr().err


def test_failed_runs_are_listed_with_their_error_and_command(tmp_path, monkeypatch):
    fail(monkeypatch, 1)
    carried_out(tmp_path, design(2, 1))
    with (tmp_path / FAILED.name).open(newline="") as file:
        rows = list(csv.DictReader(file))
    assert [(r["scheme"], r["point"], r["replicate"]) for r in rows] == [
        ("voluntary", "0", "1"),
        ("custom", "0", "1"),
    ]
    assert {row["error"] for row in rows} == {"ArithmeticError: the sky fell"}
    assert rows[1]["command"] == (
        "tokenmaxxing study=verify path=. study.scheme=custom study.point=0 "
        "study.replicate=1"
    )


def test_failed_runs_survive_growth(tmp_path, monkeypatch):
    fail(monkeypatch, 1)
    carried_out(tmp_path / "at once", design(4, 4))
    grow = until(design(3, 3), design(4, 4))
    carried_out(tmp_path / "grown", design(2, 2), grow)
    names = (*DATA, FAILED.name)
    at_once, grown = (
        [(tmp_path / folder / name).read_bytes() for name in names]
        for folder in ("at once", "grown")
    )
    assert grown == at_once


def test_a_study_in_which_all_runs_fail_is_refused(tmp_path, monkeypatch):
    fail(monkeypatch, *range(4))
    with pytest.raises(
        UserError, match=r"all 10 runs failed.*ArithmeticError: the sky"
    ):
        carried_out(tmp_path, design(4, 2))
    assert not (tmp_path / RUNS).exists()


def test_a_point_that_makes_no_scenario_is_a_failed_run(tmp_path):
    bad = Point(1, {"people.savvy_own": 17.0}, 2)
    points = (design(2, 1).points[0], bad)
    carried_out(tmp_path, Design(SCHEMES, points, 1))
    lines = (tmp_path / FAILED.name).read_text().splitlines()
    errors = [row["error"] for row in csv.DictReader(lines)]
    assert len(errors) == 4
    assert all("savvy_own" in error for error in errors)


def test_too_little_memory_is_no_failed_run(tmp_path, monkeypatch):
    def simulate(*_, **__):
        raise MemoryError

    monkeypatch.setattr(batch, "simulate", simulate)
    with pytest.raises(UserError, match="too little memory for 8 people"):
        carried_out(tmp_path, design(2, 2))
    monkeypatch.undo()
    monkeypatch.setattr(parts, "PART", PART)
    assert carried_out(tmp_path, design(2, 2)).runs == 6


@pytest.mark.parametrize("cuts", [[100], [1] * 100, [37, 40, 23], [10] * 10, [0, 100]])
def test_row_groups_do_not_depend_on_how_rows_arrive(tmp_path, monkeypatch, cuts):
    monkeypatch.setattr(dataset, "CELLS", 2 * 40)
    table = pa.table({"a": np.arange(100), "b": np.arange(100) / 7})
    path = tmp_path / "some.parquet"
    with store._row_groups(path, table.schema) as groups:
        first = 0
        for count in cuts:
            groups.add(table.slice(first, count))
            first += count
    sizes = pq.read_metadata(path)
    assert [sizes.row_group(k).num_rows for k in range(3)] == [40, 40, 20]
    assert pq.read_table(path).equals(table)
    once = tmp_path / "once.parquet"
    with store._row_groups(once, table.schema) as groups:
        groups.add(table)
    assert path.read_bytes() == once.read_bytes()


@pytest.mark.parametrize(("first", "count"), [(0, 100), (0, 1), (39, 2), (85, 15)])
def test_some_rows_of_a_file_are_read_alone(tmp_path, monkeypatch, first, count):
    monkeypatch.setattr(dataset, "CELLS", 40)
    table = pa.table({"a": np.arange(100)})
    with store._row_groups(tmp_path / "x", table.schema) as groups:
        groups.add(table)
    with (tmp_path / "x").open("rb") as file:
        assert dataset.rows(file, first, count).equals(table.slice(first, count))
