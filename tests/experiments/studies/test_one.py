"""The ledger of one employee: activities that were open, and what moves by degrees."""

import re

import pytest

from experiments.__main__ import main

SMALL = ["organisation.employees=40", "weeks=26", "study.employee=7", "study.week=3"]
OFF = [
    "technology.chore_worth=0",
    "technology.dressing_most=0",
    "people.effort=0",
    "people.never_gamers=1",
]


@pytest.fixture
def ledger(capsys, monkeypatch):
    """Prints the ledger of a scheme with changes, in lines that are not broken."""
    monkeypatch.setenv("COLUMNS", "1000")

    def printed(*words):
        main(["study=one", *SMALL, *words])
        return capsys.readouterr().out

    return printed


def test_all_four_activities_have_a_line_in_every_half_day(ledger):
    shown = ledger("scheme=everything_at_once", "people.never_gamers=0")
    for activity in ("manual", "genuine", "trivial", "padding"):
        lines = re.findall(rf"^.*[> ] {activity} .*%.*$", shown, re.MULTILINE)
        assert len(lines) == 10, activity
    assert len(re.findall(r"\bc \d\.\d\d", shown)) == 10
    assert "c that of the best chore left" in shown
    assert "That week they worked at" in shown


def test_where_people_leave_it_says_since_when_somebody_is_there(ledger):
    shown = ledger("people.quit_hazard=1")
    assert "In the job since week 3, after 3 others." in shown
    assert "In the job" not in ledger()


def test_what_was_not_open_has_no_line(ledger):
    shown = ledger("scheme=everything_at_once", *OFF)
    assert "padding +" not in shown
    assert "trivial" not in shown
    assert "That week" not in shown
    assert re.search(r"The week: \d+ manual, \d+ genuine\.", shown)


def test_the_chances_of_a_half_day_sum_to_one(ledger):
    shown = ledger("scheme=review_linked", "people.never_gamers=0")
    chances = [int(p) for p in re.findall(r"(\d+)%  ?\d+\.\d\d", shown)]
    assert len(chances) == 40
    for h in range(10):
        assert sum(chances[4 * h : 4 * h + 4]) == pytest.approx(100, abs=2)
