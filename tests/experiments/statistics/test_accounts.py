"""Who is worse off: the same person with the same luck, counted by hand."""

import numpy as np
import pytest

from experiments import compose
from experiments.config.request import ask
from experiments.statistics.accounts import (
    WORSE_OFF,
    WorseOff,
    accounts,
    apart,
    by_group,
    gains,
    groups,
    worse_off,
)
from experiments.statistics.paired import interval
from experiments.statistics.there import stayed
from experiments.store import dataset
from experiments.studies import compare
from experiments.words.groups import EVERYBODY, Group
from model import simulate

SMALL = ["organisation.employees=30", "weeks=26", "study.replicates=3"]
TINY = [
    "study=compare",
    *SMALL,
    "study.worlds=0",
]
SCHEMES = ["voluntary", "monthly_minimum"]


def account(welfare, generation=0, tenure=38):
    kept = np.zeros(len(welfare), dataset.ACCOUNT)
    kept["welfare"], kept["generation"] = welfare, generation
    kept["tenure"] = tenure
    return kept


def told(**welfare):
    return {
        scheme: dict(enumerate(map(account, values)))
        for scheme, values in welfare.items()
    }


def welfare_of(rows):
    """What a row says of welfare itself, without its changes."""
    silent = dict.fromkeys(WorseOff._fields[10:])
    return [row._replace(**silent) for row in rows]


def test_who_left_under_one_scheme_alone_is_counted_apart():
    before = account([1.0, 2.0, 3.0, 4.0, 5.0], [0, 0, 1, 1, 0])
    after = account([0.0, 9.0, 0.0, 9.0, 6.0], [0, 1, 0, 2, 0])
    found = worse_off({"old": {0: before}, "new": {0: after}}, ("old", "new"), "old")
    [row] = found
    assert welfare_of([row]) == [WorseOff("new", "old", 0.5, None, None, 0.5, 1)]
    assert (row.left_alone, row.stayed_alone) == (0.25, 0.25)
    gone = account([np.nan], [1])
    [row] = worse_off({"old": {0: gone}, "new": {0: gone}}, ("old", "new"), "old")
    assert row == WorseOff("new", "old")


def test_who_came_in_the_same_week_is_asked_and_who_came_in_another_is_not():
    before = account([1.0, 2.0, 3.0, np.nan], [1, 1, 2, 1], [60, 9, 5, 0])
    after = account([0.0, 0.0, 4.0, np.nan], [1, 1, 2, 1], [60, 8, 5, 0])
    found = worse_off({"old": {0: before}, "new": {0: after}}, ("old", "new"), "old")
    assert welfare_of(found) == [WorseOff("new", "old", 0.5, None, None, 0.5, 1)]


def test_people_are_divided_by_their_time_in_the_job_where_some_came_later():
    before = account(np.arange(5.0), [0, 0, 1, 2, 1], [116, 116, 52, 51, 4])
    before["usual_use"] = [1.0, 2.0, np.nan, np.nan, np.nan]
    found = groups(before, np.array(["clerk"] * 5))
    by_tenure = {g.name: list(np.flatnonzero(who)) for g, who in found.items()}
    assert by_tenure["first"] == [0, 1]
    assert by_tenure["year"] == [2]
    assert by_tenure["later"] == [3, 4]
    users = [who for group, who in found.items() if group.kind == "use"]
    np.testing.assert_array_equal(np.sum(users, axis=0), [1, 1, 0, 0, 0])
    same = {"old": {0: before}, "new": {0: before}}
    told = by_group(list(gains(same, np.array(["clerk"] * 5), ["new"], "old")))
    assert told["new", Group("tenure", "later")].worse_off == 0.0
    assert told["new", EVERYBODY].left_alone == 0.0


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
    found = worse_off(told(old=before, new=after), ("old", "new"), "old")
    [row] = welfare_of(found)
    mean, low, high = interval(np.array([0.5, 0.75]))
    assert row == WorseOff("new", "old", mean, max(low, 0.0), min(high, 1.0), 0.125, 2)
    assert row.high == 1.0  # a share is no larger


def test_a_scheme_that_changes_nothing_makes_nobody_worse_off():
    same = [[1.0, 2.0], [3.0, 4.0]]
    [row] = worse_off(told(old=same, new=same), ("old", "new"), "old")
    assert row[:7] == ("new", "old", 0.0, 0.0, 0.0, 0.0, 2)
    assert (row.change, row.change_low, row.change_high, row.percent) == (0, 0, 0, 0)


def test_replicates_that_failed_on_a_side_are_left_out():
    kept = told(old=[[1.0], [1.0], [1.0]], new=[[0.0], [2.0], [2.0]])
    del kept["new"][0], kept["old"][2]
    [row] = worse_off(kept, ("old", "new"), "old")
    assert row[:7] == ("new", "old", 0.0, None, None, 1.0, 1)
    assert (row.change, row.change_low, row.percent) == (1.0, None, 100.0)
    [nothing] = worse_off({"old": kept["old"]}, ("old", "new"), "old")
    assert nothing == WorseOff("new", "old")


def people():
    """Ten people; the odd ones never pad, the later ones use more and know less."""
    kept = account(np.arange(10.0))
    kept["output"] = 2.0 * np.arange(10.0)
    kept["skill"] = -np.arange(10.0)
    kept["usual_use"] = np.arange(10.0) ** 2
    kept["never_gamer"] = np.arange(10) % 2
    return kept


def test_people_are_divided_by_what_no_scheme_changes():
    roles = np.array(["clerk"] * 4 + ["manager"] * 6)
    found = {
        group: np.flatnonzero(who) for group, who in groups(people(), roles).items()
    }
    np.testing.assert_array_equal(found[EVERYBODY], np.arange(10))
    assert list(found[Group("role", "clerk")]) == [0, 1, 2, 3]
    assert list(found[Group("skill", "1")]) == [8, 9]
    assert list(found[Group("skill", "5")]) == [0, 1]
    assert list(found[Group("use", "1")]) == [0, 1]
    assert list(found[Group("scruple", "never")]) == [1, 3, 5, 7, 9]
    kinds = {group.kind for group in groups(people(), np.array(["clerk"] * 10))}
    assert kinds == {"everybody", "skill", "use", "scruple"}


def test_each_group_is_compared_with_itself_in_every_outcome():
    before, after = people(), people()
    after["welfare"] += np.where(np.arange(10) < 4, 1.0, -1.0)
    after["output"][0] += 10.0
    roles = np.array(["clerk"] * 4 + ["manager"] * 6)
    rows = list(gains({"old": {0: before}, "new": {0: after}}, roles, ["new"], "old"))
    assert {row.outcome for row in rows} == {"welfare", "output", "reward"}
    found = by_group(rows)
    assert found["new", EVERYBODY].worse_off == 0.6
    assert found["new", EVERYBODY].change == pytest.approx(-0.2)
    clerks, managers = (found["new", Group("role", x)] for x in ("clerk", "manager"))
    assert (clerks.worse_off, clerks.better_off, clerks.change) == (0.0, 1.0, 1.0)
    assert (managers.worse_off, managers.change) == (1.0, -1.0)
    assert managers.percent == pytest.approx(-100.0 / 6.5)
    [output] = [
        row
        for row in rows
        if row.outcome == "output" and row.of == Group("role", "clerk")
    ]
    assert (output.worse_off, output.better_off, output.change) == (0.0, 0.25, 2.5)


def test_groups_in_which_nobody_is_are_left_out():
    nobody = people()
    nobody["never_gamer"] = False
    both = {"old": {0: nobody}, "new": {0: nobody}}
    rows = list(gains(both, np.array(["clerk"] * 10), ["old", "new"], "old"))
    assert Group("scruple", "never") not in {row.of for row in rows}
    assert {row.scheme for row in rows} == {"new"}


def test_fifths_are_those_of_who_stayed():
    before, after = people(), people()
    after["generation"][5:] = 1
    both = {"old": {0: before}, "new": {0: after}}
    rows = by_group(list(gains(both, np.array(["clerk"] * 10), ["new"], "old")))
    assert rows["new", Group("skill", "5")].replicates == 1
    gone = account([np.nan], [1])
    [row, *_] = gains(
        {"old": {0: gone}, "new": {0: gone}}, np.array(["a"]), ["new"], "old"
    )
    assert row == WorseOff("new", "old")


def test_a_group_stands_apart_if_its_interval_leaves_out_everybody():
    everybody = WorseOff("new", "old", 0.5)
    assert apart(WorseOff("new", "old", 0.7, 0.6, 0.8), everybody) == 1
    assert apart(WorseOff("new", "old", 0.3, 0.2, 0.4), everybody) == -1
    assert apart(WorseOff("new", "old", 0.6, 0.4, 0.8), everybody) == 0
    assert apart(WorseOff("new", "old", 0.7), everybody) == 0


def everybody(folder):
    """The row of a comparison of two schemes that is on the welfare of everybody."""
    found = by_group(WORSE_OFF.read(folder / "worse_off.csv"))
    return found[SCHEMES[1], EVERYBODY]


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
        shares.append((change[stayed(before, after)] < 0.0).mean())
    row = everybody(folder)
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
    account, staff = kept[SCHEMES[1]][2], run.employees
    weeks = np.minimum(staff["tenure"], 26)
    assert (staff["tenure"] == 12 + 26).any()
    assert (weeks > 0).all()
    for name in ("generation", "tenure"):
        np.testing.assert_array_equal(account[name], staff[name])
    for name in ("welfare", "output", "reward"):
        np.testing.assert_array_equal(account[name], staff[f"{name}_sum"] / weeks)
    for name in ("skill", "conscience", "never_gamer"):
        np.testing.assert_array_equal(account[name], staff[name])


def test_what_people_are_divided_by_is_the_same_under_both_schemes(folder):
    with (folder / "people.parquet").open("rb") as file:
        kept = accounts(dataset.read(file))
    for replicate in range(3):
        same = [kept[name][replicate]["generation"] == 0 for name in SCHEMES]
        before, after = (
            kept[name][replicate][np.all(same, axis=0)] for name in SCHEMES
        )
        for name in (*dataset.TRAITS, "usual_use"):
            np.testing.assert_array_equal(after[name], before[name])
        assert before["usual_use"].std() > 0.0
        assert not before["reward"].any()
        assert (after["reward"] <= 0.0).all()
        assert after["reward"].any()


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
    assert everybody(out).replicates == 19
