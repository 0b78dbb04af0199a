"""Who is worse off: the same person with the same luck, counted by hand."""

import numpy as np
import pytest

from experiments import compose
from experiments.config.request import ask
from experiments.statistics.accounts import (
    WORSE_OFF,
    WorseOff,
    accounts,
    worse_off,
)
from experiments.statistics.paired import interval
from experiments.store import dataset
from experiments.studies import compare
from model import simulate

SMALL = ["organisation.employees=30", "weeks=26", "study.replicates=3"]
TINY = [
    "study=compare",
    *SMALL,
    "study.world_replicates=0",
    "study.structure_replicates=1",
]
SCHEMES = ["voluntary", "monthly_minimum"]


def account(welfare, generation=0):
    kept = np.zeros(len(welfare), dataset.ACCOUNT)
    kept["welfare"], kept["generation"] = welfare, generation
    return kept


def told(**welfare):
    return {
        scheme: dict(enumerate(map(account, values)))
        for scheme, values in welfare.items()
    }


def test_who_left_under_either_scheme_is_not_asked():
    before = account([1.0, 2.0, 3.0, 4.0], [0, 0, 1, 1])
    after = account([0.0, 9.0, 0.0, 9.0], [0, 1, 0, 1])
    [row] = worse_off({"old": {0: before}, "new": {0: after}}, ("old", "new"), "old")
    assert row == WorseOff("new", "old", 1.0, None, None, 0.0, 1)
    gone = account([1.0], [1])
    [row] = worse_off({"old": {0: gone}, "new": {0: gone}}, ("old", "new"), "old")
    assert row == WorseOff("new", "old")


def test_an_account_is_of_the_weeks_that_a_person_was_there():
    run = simulate(compose([*SMALL[:2], "people.quit_hazard=0.1"]))
    kept, staff = dataset.account(run), run.employees
    new = staff["tenure"] == 0
    assert new.any()
    assert np.isnan(kept["welfare"][new]).all()
    weeks = np.minimum(staff["tenure"], 26)[~new]
    mean = staff["welfare_sum"][~new] / weeks
    np.testing.assert_array_equal(kept["welfare"][~new], mean)
    np.testing.assert_array_equal(kept["generation"], staff["generation"])


def test_people_who_fare_the_same_are_neither_worse_nor_better_off():
    before = [[1.0, 2.0, 3.0, 4.0], [1.0, 2.0, 3.0, 4.0]]
    after = [[1.0, 1.9, 3.1, 3.0], [0.5, 2.0, 2.0, 3.9]]
    [row] = worse_off(told(old=before, new=after), ("old", "new"), "old")
    mean, low, high = interval(np.array([0.5, 0.75]))
    assert row == WorseOff("new", "old", mean, max(low, 0.0), min(high, 1.0), 0.125, 2)
    assert row.high == 1.0  # a share is no larger


def test_a_scheme_that_changes_nothing_makes_nobody_worse_off():
    same = [[1.0, 2.0], [3.0, 4.0]]
    [row] = worse_off(told(old=same, new=same), ("old", "new"), "old")
    assert row == WorseOff("new", "old", 0.0, 0.0, 0.0, 0.0, 2)


def test_replicates_that_failed_on_a_side_are_left_out():
    kept = told(old=[[1.0], [1.0], [1.0]], new=[[0.0], [2.0], [2.0]])
    del kept["new"][0], kept["old"][2]
    [row] = worse_off(kept, ("old", "new"), "old")
    assert row == WorseOff("new", "old", 0.0, None, None, 1.0, 1)
    [nothing] = worse_off({"old": kept["old"]}, ("old", "new"), "old")
    assert nothing == WorseOff("new", "old")


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    out = tmp_path_factory.mktemp("accounts") / "tiny"
    compare.run(ask([*TINY, f"study.schemes=[{','.join(SCHEMES)}]", f"out={out}"]))
    return out


def test_a_comparison_says_what_the_runs_themselves_say(folder):
    shares = []
    for replicate in range(3):
        before, after = (
            simulate(compose([f"scheme={name}", *SMALL[:2]]), 1, replicate)
            for name in SCHEMES
        )
        change = after.employees["welfare_sum"] - before.employees["welfare_sum"]
        shares.append((change < 0.0).mean())
    [row] = WORSE_OFF.read(folder / "worse_off.csv")
    assert (row.scheme, row.baseline, row.replicates) == (*SCHEMES[::-1], 3)
    assert row.worse_off == pytest.approx(np.mean(shares), abs=1e-12)


def test_people_are_kept_at_the_centre_alone(folder):
    with (folder / "people.parquet").open("rb") as file:
        people = dataset.read(file)
    assert len(people) == 2 * 3 * 30
    kept = accounts(people)
    assert {name: list(runs) for name, runs in kept.items()} == {
        name: [0, 1, 2] for name in SCHEMES
    }
    run = simulate(compose([f"scheme={SCHEMES[1]}", *SMALL[:2]]), 1, 2)
    whole = run.employees["welfare_sum"] / 26
    account = kept[SCHEMES[1]][2]
    np.testing.assert_array_equal(account["welfare"], whole)
    assert (account["generation"] == 0).all()
    assert (account["tenure"] == 12 + 26).all()


def test_of_a_large_organisation_the_first_people_are_asked(monkeypatch):
    monkeypatch.setattr(dataset, "MOST_PEOPLE", 7)
    run = simulate(compose(SMALL[:2]))
    assert len(dataset.account(run)) == 7


def test_a_study_that_grows_keeps_people_in_order(tmp_path):
    out = tmp_path / "out"
    schemes = f"study.schemes=[{','.join(SCHEMES)}]"
    grown = ["study.until_halfwidth=0.01", "study.most_replicates=19"]
    first = "study.replicates=16"
    compare.run(ask([*TINY, first, schemes, *grown, f"out={out}"]))
    with (out / "people.parquet").open("rb") as file:
        people = dataset.read(file).to_pandas()
    assert len(people) == 2 * 19 * 30
    order = people.scheme.map(SCHEMES.index)
    key = list(zip(order, people.replicate, people.employee, strict=True))
    assert key == sorted(key)
    [row] = WORSE_OFF.read(out / "worse_off.csv")
    assert row.replicates == 19
