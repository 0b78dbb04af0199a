"""The page of ``study=validation``."""

from collections.abc import Mapping
from pathlib import Path

from experiments import figures
from experiments.report.cells import Cell, Row
from experiments.report.charts import Picture
from experiments.report.findings import Grid, Group, Page, Part
from experiments.runs.trial import Trial
from experiments.statistics.finding import Fact
from experiments.studies.validation.figure import Line
from experiments.studies.validation.figure import facts as draw
from experiments.studies.validation.kept import (
    Found,
    about,
    answer,
    expected,
    in_full,
    shown,
    split,
    wanting,
)
from experiments.studies.validation.silent import SILENT

INPUTS = "Inputs of the model, which do not count"
ASIDES = "What explanations lean on: no range was expected"
CHARTS = {"facts": "What is found beside what is known", "inputs": INPUTS}
"""Captions by the name of a chart: findings that count, and inputs."""


def charts(found: Found) -> list[str]:
    """Names of the charts that ``page`` draws."""
    counting, inputs, _ = split(found)
    return [n for n, own in zip(CHARTS, (counting, inputs), strict=True) if own]


def page(facts: Mapping[str, Fact], found: Found, trial: Trial, folder: Path) -> Page:
    """Draw the charts into the folder and say everything that the page says."""
    counting, inputs, asides = split(found)
    pictures = []
    for name, own in zip(CHARTS, (counting, inputs), strict=True):
        if own:
            lines = [Line(facts[n].name, finding) for n in own for finding in own[n]]
            png = figures.save(draw(lines), folder, name)["png"]
            alt = _alternative(facts, own)
            pictures.append((Picture(name, alt, png), CHARTS[name]))
    return Page(
        title="Does the model show what is known of gaming?",
        question=(
            "Every stylised fact that the model can speak to, as the estimator that a "
            "researcher would run, on simulated panels; the range expected was set "
            "from the evidence before looking."
        ),
        about=about(trial),
        answer=answer(facts, found),
        pictures=pictures,
        table=_grid("The findings", facts, counting),
        groups=[
            _failures(facts, counting),
            _inputs(facts, inputs),
            _asides(facts, asides),
            Group(
                "facts",
                "Fact by fact",
                "",
                [_part(name, fact) for name, fact in facts.items()],
            ),
            Group(
                "silent",
                "What the model cannot speak to",
                "",
                [
                    Part(
                        f"silent-{number}",
                        f"{fact.name}: {fact.claim}",
                        [("Source", fact.source), ("Why", fact.why)],
                    )
                    for number, fact in enumerate(SILENT)
                ],
            ),
        ],
    )


def _alternative(facts: Mapping[str, Fact], found: Found) -> str:
    """Every fact and its verdicts, for whoever cannot see the chart."""
    said = []
    for name, own in found.items():
        verdicts = [finding.verdict for finding in own]
        counts = ", ".join(
            f"{verdicts.count(verdict)} {verdict.value}"
            for verdict in dict.fromkeys(verdicts)
        )
        said.append(f"{facts[name].name} {counts}")
    return (
        "Estimates with their intervals beside the ranges expected, by fact: "
        f"{'; '.join(said)}."
    )


def _failures(facts: Mapping[str, Fact], found: Found) -> Group:
    """What does not hold or cannot be said, with the explanation of its fact."""
    parts = []
    for name, own in found.items():
        fact = facts[name]
        failed = wanting(own)
        if failed:
            said = [
                (finding.verdict.value.capitalize(), in_full(finding))
                for finding in failed
            ]
            said.append(("Why", fact.explanation or "Nobody has explained it yet."))
            parts.append(Part(f"{name}-fails", f"{fact.name}: {fact.claim}", said))
    return Group(
        "failures",
        "What does not hold, or cannot be said",
        "" if parts else "Every finding holds.",
        parts,
    )


def _inputs(facts: Mapping[str, Fact], found: Found) -> Group:
    """What was put into the model, and why it does not count."""
    if not found:
        return Group("inputs", "Inputs", "None of the findings is an input.", [])
    why = [(facts[name].name, facts[name].given) for name in found]
    return Group(
        "inputs",
        "Inputs, which do not count",
        "What was put into the model cannot be found in it. These are checks of the "
        "estimators.",
        [Part("inputs-table", "Why", why, _grid("Inputs", facts, found))],
    )


def _asides(facts: Mapping[str, Fact], found: Found) -> Group:
    """Numbers by which explanations can be checked."""
    if not found:
        return Group("asides", ASIDES, "None of the facts has such numbers.", [])
    grid = _grid("Beside explanations", facts, found)
    return Group("asides", ASIDES, "", [Part("asides-table", "Numbers", [], grid)])


def _part(name: str, fact: Fact) -> Part:
    said = [("Source", fact.source), ("Estimator", fact.estimator)]
    said += [("What is an input", fact.given)] if fact.given else []
    said += [("Why it comes out so", fact.explanation)] if fact.explanation else []
    said.append(("Code", f"experiments/studies/validation/facts/{name}.py"))
    return Part(name, f"{fact.name}: {fact.claim}", said)


def _grid(title: str, facts: Mapping[str, Fact], found: Found) -> Grid:
    rows = [
        Row(
            f"{facts[name].name}: {finding.quantity}",
            [
                Cell(*shown(finding)),
                Cell("" if finding.unit == "-" else finding.unit),
                Cell(expected(finding)),
                Cell(finding.verdict.value),
            ],
        )
        for name, own in found.items()
        for finding in own
    ]
    return Grid(
        title,
        "Estimates with 95 % intervals over replicates.",
        ("finding", "estimate", "unit", "expected", "verdict"),
        rows,
    )
