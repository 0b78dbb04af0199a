"""Outcomes by role: levels and paired effects, counted by hand."""

import csv

import numpy as np
import pyarrow as pa
import pytest

from experiments import compose
from experiments.__main__ import main
from experiments.figures.by_role import effects_by_role
from experiments.report.roles import apart
from experiments.statistics.effects import EFFECTS, lookup
from experiments.statistics.employees import smaller
from experiments.statistics.paired import paired
from experiments.statistics.roles import ROLES, OfRole, indexed, outcomes_of_roles
from experiments.store import dataset
from model import by_part

SMALL = [
    "workforce.roles={developer: 0.5, clerk: 0.25, manager: 0.25}",
    *("organisation.employees=40", "organisation.team_size=5", "weeks=26"),
    "study.replicates=3",
]
COMPARED = [
    *("study=compare", "study.schemes=[monthly_minimum]"),
    "study.worlds=0",
]


def table(cells):
    """``roles.parquet`` with one number in every outcome of a cell."""
    rows = [
        (scheme, run, role, 10, *([x] * len(by_part.NAMES)))
        for (scheme, role), runs in cells.items()
        for run, x in runs.items()
    ]
    columns = zip(*rows, strict=True)
    return pa.table([pa.array(c) for c in columns], names=dataset.ROLES.names).cast(
        dataset.ROLES
    )


def test_effects_pair_the_replicates_that_both_schemes_have():
    old, new = {0: 1.0, 1: 2.0, 2: 4.0}, {1: 3.0, 2: 4.5, 3: 9.0}
    rows = indexed(
        list(outcomes_of_roles(table({("old", "a"): old, ("new", "a"): new}), "old"))
    )
    row = rows["new", "a", "output"]
    pair = paired(np.array([3.0, 4.5]), np.array([2.0, 4.0]))
    assert row._asdict() | pair._asdict() == row._asdict()
    assert row.mean == pytest.approx(5.5)
    assert rows["old", "a", "output"].effect is None
    assert rows["old", "a", "output"].baseline is None


def test_without_a_baseline_there_are_levels_alone():
    rows = list(outcomes_of_roles(table({("x", "a"): {0: 1.0, 1: 3.0}})))
    assert [row.outcome for row in rows] == list(by_part.NAMES)
    assert {(row.mean, row.baseline, row.effect) for row in rows} == {(2.0, None, None)}


def row(role, percent, away):
    ends = {"percent": percent, "low": percent - away, "high": percent + away}
    means = {"mean": 1.0, "baseline": "voluntary", "effect": percent}
    return OfRole("x", role, 10, "output", "-", **means, **ends)


def test_a_scheme_that_helps_one_role_and_harms_another_is_named():
    mixed = [row("developer", 2.0, 0.5), row("it_support", 1.0, 0.5)]
    mixed.append(row("manager", -3.0, 1.0))
    said = apart(mixed, ["x"])
    assert "under x real output changes by +2.0 %" in said or "+2 %" in said
    assert "in the developer role and" in said
    assert "in the manager role." in said
    unclear = [*mixed[:2], row("manager", -3.0, 4.0)]
    assert apart(unclear, ["x"]) == ""


@pytest.fixture(scope="module")
def compared(tmp_path_factory):
    """A small comparison of a firm with three roles."""
    out = tmp_path_factory.mktemp("compared")
    main([*COMPARED, *SMALL, f"out={out}"])
    return out


def read(path):
    with path.open(newline="") as file:
        return list(csv.DictReader(file))


def test_a_comparison_writes_and_shows_effects_by_role(compared, capsys):
    main([*COMPARED, *SMALL, f"out={compared}"])
    shown = capsys.readouterr().out
    assert "Effects on real output by role" in shown
    assert "roles.csv" in shown
    rows = ROLES.read(compared / "roles.csv")
    assert all(isinstance(row, OfRole) for row in rows)
    found = indexed(rows)
    assert {row.role: row.people for row in rows} == {
        "developer": 20,
        "clerk": 10,
        "manager": 10,
    }
    # Roles sum to everybody.
    effects = {
        (row["outcome"], row["period"]): float(row["effect"])
        for row in read(compared / "effects.csv")
        if row["scheme"] == "monthly_minimum"
    }
    for name in by_part.NAMES:
        of_roles = [found["monthly_minimum", r, name] for r in ("developer", "clerk")]
        of_roles.append(found["monthly_minimum", "manager", name])
        mean = sum(row.people * row.effect for row in of_roles) / 40
        assert mean == pytest.approx(effects[name, "whole"], rel=1e-9, abs=1e-12)


def test_the_map_of_roles_begins_with_everybody(compared):
    rows = ROLES.read(compared / "roles.csv")
    effects = lookup(EFFECTS.read(compared / "effects.csv"))
    table = effects_by_role(rows, effects, ["monthly_minimum"])
    whole = effects["monthly_minimum", "output", "whole"]
    assert table["percent"][0] == whole.percent
    assert list(table["point"]) == [0, 1, 2, 3]
    assert (compared / "figures" / "by_role.svg").exists()
    page = (compared / "report.html").read_text()
    assert "Whom does each scheme hit?" in page
    assert "Real output by role" in page


def test_files_of_people_tell_their_roles(compared):
    with (compared / "people.parquet").open("rb") as file:
        people = dataset.read(file).to_pandas()
    of = people.groupby("role")["employee"].nunique().to_dict()
    assert of == {"developer": 20, "clerk": 10, "manager": 10}
    rows = read(compared / "worse_off.csv")
    roles = {row["group"] for row in rows if row["kind"] == "role"}
    assert roles == {"clerk", "developer", "manager"}


def test_a_run_writes_and_shows_levels_by_role(tmp_path, capsys):
    main(["study=run", *SMALL, f"out={tmp_path / 'run'}"])
    assert "By role, over the whole run" in capsys.readouterr().out
    rows = ROLES.read(tmp_path / "run" / "roles.csv")
    assert {row.role for row in rows} == {"developer", "clerk", "manager"}
    assert {row.effect for row in rows} == {None}


def test_of_one_crowd_there_are_no_files_of_roles(tmp_path):
    crowd = [*SMALL[1:], "study=run", f"out={tmp_path / 'run'}"]
    main(crowd)
    assert not list((tmp_path / "run").glob("roles.*"))


def test_of_a_large_organisation_as_many_are_simulated_as_have_every_role():
    size = ["organisation.employees=3000", "weeks=5200"]
    firm = compose(["workforce=bank", *size])
    assert smaller(compose(size)).organisation.employees == 57
    reduced = smaller(firm)
    assert reduced.organisation.employees == firm.workforce.least_teams() * 8
    assert reduced.workforce == firm.workforce


def test_one_week_of_a_person_names_their_role(capsys):
    main(["study=one", *SMALL[:-1], "study.week=2", "study.employee=0"])
    assert "Role: developer." in capsys.readouterr().out
