"""``study=validation``: verdicts, what counts, and what is kept."""

import csv
import math

import pytest

from experiments.config.request import ask
from experiments.report.page import Subsection
from experiments.runs.trial import Trial
from experiments.statistics.finding import Fact, Finding, Verdict
from experiments.studies import validation
from experiments.studies.validation.facts import NAMES, load
from experiments.studies.validation.kept import findings_of, piece
from experiments.studies.validation.page import page
from experiments.studies.validation.silent import SILENT
from experiments.studies.validation.told import Elsewhere
from experiments.studies.validation.words import answer

TRIAL = Trial(1, 60, 2)
INF = math.inf


def finding(estimate, half, least=-INF, most=INF):
    low, high = estimate - half, estimate + half
    return Finding("a quantity", "-", estimate, low, high, least, most)


def fact(*findings, given=""):
    return Fact(
        "F0", "Something is so", "Nobody 2026", "a mean", lambda trial: findings, given
    )


@pytest.mark.parametrize(
    ("made", "verdict"),
    [
        (finding(1.0, 0.5, least=0.0), Verdict.HOLDS),
        (finding(1.0, 1.5, least=0.0), Verdict.UNKNOWN),
        (finding(-1.0, 0.5, least=0.0), Verdict.FAILS),
        (finding(0.0, 0.1, -0.2, 0.2), Verdict.HOLDS),
        (finding(0.15, 0.1, -0.2, 0.2), Verdict.UNKNOWN),
        (finding(math.nan, 1.0, least=0.0), Verdict.UNKNOWN),
        (finding(1.0, 0.5), Verdict.ASIDE),
        (finding(math.nan, 1.0), Verdict.ASIDE),
    ],
)
def test_a_verdict_follows_from_interval_and_range(made, verdict):
    assert made.verdict is verdict


def test_findings_come_back_from_a_piece_as_they_were():
    made = finding(1.0, 0.5, least=0.0)
    assert findings_of(piece(fact(made), TRIAL)) == [made]
    [lost] = findings_of(piece(fact(finding(math.nan, 1.0, least=0.0)), TRIAL))
    assert lost.verdict is Verdict.UNKNOWN


def test_inputs_and_asides_are_shown_but_do_not_count(tmp_path):
    facts = {
        "found": fact(
            finding(1.0, 0.5, least=0.0),
            finding(-1.0, 0.5, least=0.0),
            finding(9.0, 0.5),
        ),
        "put_in": fact(
            finding(1.0, 0.5, least=0.0)._replace(is_given=True), given="it is built in"
        ),
    }
    found = {name: made.find(TRIAL) for name, made in facts.items()}
    findings, whole, inputs = answer(facts, found)
    assert findings.startswith("1 of 2 findings hold, 1 do not, and of 0 nothing")
    assert whole.startswith("Of 1 facts 0 hold ")
    assert inputs.endswith("1 finding of F0.")
    shown = page(facts, found, Elsewhere({}, {}), TRIAL, tmp_path)
    sections = {section.id: section.blocks for section in shown.sections}
    [grid] = sections["table"]
    assert len(grid.rows) == 2
    assert [x.id for x in sections["inputs"] if isinstance(x, Subsection)] == [
        "inputs-table"
    ]
    [aside] = sections["asides"]
    [[row]] = [grid.rows for grid in aside.blocks]
    assert [cell.value for cell in row.cells] == ["9.00", "", "–", "explains"]
    silent = [x for x in sections["silent"] if isinstance(x, Subsection)]
    assert len(silent) == len(SILENT) > 0


@pytest.mark.parametrize("name", NAMES)
def test_every_fact_says_what_it_is(name):
    made = load(name)
    assert made.name
    assert made.claim.endswith(".")
    assert made.source
    assert made.estimator


def test_the_study_leaves_its_table_chart_and_page(tmp_path, capsys):
    out = tmp_path / "out"
    given = ["study=validation", "study.people=60", "study.replicates=2"]
    given += ["study.worlds=0", "study.null_replicates=0"]
    validation.run(ask([*given, "study.only=[pressure]", f"out={out}"]))
    with (out / "findings.csv").open() as file:
        rows = list(csv.DictReader(file))
    assert {row["fact"] for row in rows} == {"F1"}
    assert {row["verdict"] for row in rows} <= {v.value for v in Verdict}
    assert "Gallen" in (out / "report.html").read_text()
    assert "findings hold" in capsys.readouterr().out
    assert not (out / "null_models.csv").exists()
