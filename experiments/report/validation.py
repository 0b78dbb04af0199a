"""The page of ``study=validation``."""

from collections.abc import Mapping
from pathlib import Path

from experiments import figures
from experiments.facts.finding import Fact
from experiments.facts.kept import Found, about, answer, expected
from experiments.facts.silent import SILENT
from experiments.figures.facts import Shown
from experiments.figures.facts import facts as draw
from experiments.report.cells import Cell, Row
from experiments.report.charts import Picture
from experiments.report.findings import Grid, Group, Page, Part
from experiments.trial import Trial


def page(facts: Mapping[str, Fact], found: Found, trial: Trial, folder: Path) -> Page:
    """Draw the chart into the folder and say everything that the page says."""
    shown = [
        Shown(fact.name, finding, bool(fact.given))
        for name, fact in facts.items()
        for finding in found[name]
    ]
    png = figures.save(draw(shown), folder, "facts")["png"]
    said = answer(facts, found)
    findings = {n: f for n, f in facts.items() if not f.given}
    inputs = {n: f for n, f in facts.items() if f.given}
    return Page(
        title="Does the model show what is known of gaming?",
        question=(
            "Every stylised fact that the model can speak to, as the estimator that a "
            "researcher would run, on simulated panels; the range expected was set "
            "from the evidence before looking."
        ),
        about=about(trial),
        answer=said,
        pictures=[(Picture("facts", said[0], png), "Every finding")],
        table=_grid("The findings", findings, found),
        groups=[
            Group(
                "facts",
                "Fact by fact",
                "",
                [_part(name, fact) for name, fact in findings.items()],
            ),
            Group(
                "inputs",
                "Inputs, which do not count",
                "What was put into the model cannot be found in it. These are checks "
                "of the estimators.",
                [
                    *(_part(name, fact) for name, fact in inputs.items()),
                    *(
                        [Part("inputs-table", "Their numbers", [], grid)]
                        if (grid := _grid("Inputs", inputs, found)).rows
                        else []
                    ),
                ],
            ),
            Group(
                "silent",
                "What the model cannot speak to",
                "",
                [
                    Part(
                        f"silent-{fact.name}",
                        f"{fact.name}: {fact.claim}",
                        [("Source", fact.source), ("Why", fact.why)],
                    )
                    for fact in SILENT
                ],
            ),
        ],
    )


def _part(name: str, fact: Fact) -> Part:
    said = [("Source", fact.source), ("Estimator", fact.estimator)]
    said += [("Why it is an input", fact.given)] if fact.given else []
    said += [("Why it comes out so", fact.explanation)] if fact.explanation else []
    said.append(("Code", f"experiments/facts/{name}.py"))
    return Part(name, f"{fact.name}: {fact.claim}", said)


def _grid(title: str, facts: Mapping[str, Fact], found: Found) -> Grid:
    rows = [
        Row(
            f"{fact.name}: {finding.quantity}",
            [
                Cell(
                    f"{finding.estimate:.3g}",
                    f"[{finding.low:.3g}, {finding.high:.3g}]",
                ),
                Cell("" if finding.unit == "-" else finding.unit),
                Cell(expected(finding)),
                Cell(finding.verdict.value),
            ],
        )
        for name, fact in facts.items()
        for finding in found[name]
    ]
    return Grid(
        title,
        "Estimates with 95 % intervals over replicates.",
        ("finding", "estimate", "unit", "expected", "verdict"),
        rows,
    )
