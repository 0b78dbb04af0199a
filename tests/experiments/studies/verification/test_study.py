"""``study=verification``: what is counted, said and kept."""

import csv
import math
from importlib import import_module

import pytest

from experiments.config.request import ask
from experiments.errors import UserError
from experiments.report.page import Grid
from experiments.runs.trial import Trial
from experiments.statistics.check import Check, Gap, Result
from experiments.studies import verification
from experiments.studies.verification.figures.convergence import convergence
from experiments.studies.verification.kept import checks_of, piece
from experiments.studies.verification.page import page
from experiments.studies.verification.results import NAMES, load
from experiments.studies.verification.words import answer

SMALL = ["study=verification", "study.people=60", "study.replicates=2"]
TRIAL = Trial(1, 60, 2)


def result(*checks, gaps=()):
    return Result(
        "made_up", "A made-up result", "Nobody 2026", "nothing is switched off",
        lambda trial: checks, (lambda trial: gaps) if gaps else None,
    )  # fmt: skip


def check(simulated, error=0.1, allowance=0.0):
    return Check("a quantity", "half-days", 1.0, simulated, error, allowance, "why")


@pytest.mark.parametrize(
    ("made", "holds"),
    [
        (check(1.0), True),
        (check(1.39), True),
        (check(1.41), False),
        (check(1.41, allowance=0.02), True),
        (check(0.59), False),
        (check(1.0, error=0.0), True),
        (check(1.001, error=0.0), False),
        (check(math.nan), False),
    ],
)
def test_a_check_holds_within_four_standard_errors_and_its_allowance(made, holds):
    assert made.holds is holds


def test_checks_come_back_from_a_piece_as_they_were():
    made = result(check(1.2), check(math.nan))
    first, second = checks_of(piece(made, TRIAL))
    assert first == check(1.2)
    assert math.isnan(second.simulated)
    assert not second.holds


def test_what_does_not_hold_is_counted_and_shown(tmp_path):
    made = result(check(1.2), check(1.9), gaps=[Gap("q", "employees", 5, 0.1, "-")])
    pieces = {"made_up": piece(made, TRIAL)}
    first = answer([made], pieces, TRIAL)[0]
    assert first == "1 of 2 checks of one result hold."
    shown = page([made], pieces, TRIAL, tmp_path)
    sections = {section.id: section.blocks for section in shown.sections}
    [subsection] = sections["results"]
    [grid] = [block for block in subsection.blocks if isinstance(block, Grid)]
    assert [row.cells[-1].value for row in grid.rows] == ["holds", "does not hold"]
    [table] = sections["table"]
    assert table.rows[0].cells[-1].value == "does not hold"
    assert (tmp_path / "figures" / "deviations.png").exists()


def test_results_without_a_limit_say_so_in_place_of_a_chart():
    texts = [text.get_text() for text in convergence({"A result": []}).axes[0].texts]
    assert "No data because none of the results" in " ".join(texts)


@pytest.mark.parametrize("name", NAMES)
def test_every_result_of_the_theory_says_what_it_is(name):
    found = load(name)
    assert found.name == name
    assert found.title
    assert found.source
    assert found.reduced


def test_the_study_leaves_its_tables_charts_and_page(tmp_path, capsys):
    out = tmp_path / "out"
    names = "study.only=[choice_shares,deterrence]"
    verification.run(ask([*SMALL, names, f"out={out}"]))
    with (out / "checks.csv").open() as file:
        rows = list(csv.DictReader(file))
    assert {row["result"] for row in rows} == {"choice_shares", "deterrence"}
    assert list(rows[0]) == ["result", *Check._fields, "holds"]
    text = (out / "report.html").read_text()
    assert "Becker" in text
    assert "study.only=[choice_shares,deterrence]" in text
    said = capsys.readouterr().out
    assert f"of {len(rows)} checks of 2 results hold" in said
    verification.run(ask([*SMALL, names, f"out={out}"]))
    assert "complete, nothing to do" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("study", "wrong", "right"),
    [("verification", "notc", "notch"), ("validation", "bunchin", "bunching")],
)
def test_an_unknown_name_is_refused_with_the_nearest_one(study, wrong, right):
    module = import_module(f"experiments.studies.{study}")
    with pytest.raises(UserError) as error:
        module.run(ask([f"study={study}", f"study.only=[{wrong}]"]))
    assert wrong in str(error.value)
    assert right in str(error.value).splitlines()[0]


@pytest.mark.parametrize("study", ["verification", "validation"])
def test_sizes_out_of_range_are_refused(study):
    for setting in ("study.people=10", "study.replicates=1"):
        with pytest.raises(UserError, match=setting.partition("=")[0]):
            ask([f"study={study}", setting])
