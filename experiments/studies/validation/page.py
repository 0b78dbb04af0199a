"""The page of ``study=validation``."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from experiments.report.page import (
    Block,
    Cell,
    Facts,
    Grid,
    Page,
    Row,
    Section,
    Subsection,
    Text,
    main_table,
)
from experiments.report.picture import picture
from experiments.report.sections import about_trial
from experiments.runs.trial import Trial
from experiments.statistics.finding import Fact
from experiments.studies.validation import told
from experiments.studies.validation.figure import NamedFinding
from experiments.studies.validation.figure import facts as draw
from experiments.studies.validation.kept import Findings
from experiments.studies.validation.nulls import NULLS
from experiments.studies.validation.silent import SILENT, Silent
from experiments.studies.validation.told import Elsewhere, Place
from experiments.studies.validation.words import (
    answer,
    expected,
    in_full,
    shown,
    split,
    wanting,
)

INPUTS = "Inputs of the model, which do not count"
ASIDES = "What explanations lean on: no range was expected"
CHARTS = {"facts": "What is found beside what is known", "inputs": INPUTS}
"""Captions by the name of a chart: findings that count, and inputs."""


def charts(findings: Findings) -> list[str]:
    """Name the charts that ``page`` draws."""
    counting, inputs, _ = split(findings)
    return [n for n, own in zip(CHARTS, (counting, inputs), strict=True) if own]


def page(
    facts: Mapping[str, Fact],
    findings: Findings,
    found: Elsewhere,
    trial: Trial,
    folder: Path,
) -> Page:
    """Draw the charts into the folder and make the page."""
    counting, inputs, asides = split(findings)
    pictures = []
    for name, own in zip(CHARTS, (counting, inputs), strict=True):
        if own:
            lines = [
                NamedFinding(facts[n].name, finding) for n in own for finding in own[n]
            ]
            alt = _alternative(facts, own)
            pictures.append(picture(draw(lines), folder, name, CHARTS[name], alt))
    return Page(
        title="Does the model show what is known of gaming?",
        question=(
            "Every stylised fact that the model can speak to, as the estimator that a "
            "researcher would run, on simulated panels; the range expected was set "
            "from the evidence before looking."
        ),
        about=about_trial(trial),
        answer=[*answer(facts, findings), *told.answer(facts, counting, found)],
        pictures=pictures,
        sections=[
            main_table(_grid("The findings", facts, counting)),
            _failures(facts, counting),
            *_elsewhere(facts, counting, found),
            _inputs(facts, inputs),
            _asides(facts, asides),
            Section(
                "facts",
                "Fact by fact",
                [_subsection(name, fact) for name, fact in facts.items()],
            ),
            Section(
                "silent",
                "What the model cannot speak to",
                [
                    _in_words(
                        f"silent-{number}",
                        fact,
                        [("Source", fact.source), ("Why", fact.why)],
                    )
                    for number, fact in enumerate(SILENT)
                ],
            ),
        ],
    )


def _alternative(facts: Mapping[str, Fact], findings: Findings) -> str:
    """Describe the chart in words: every fact and its verdicts."""
    said = []
    for name, own in findings.items():
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


def _in_words(
    id: str, fact: Fact | Silent, said: Sequence[tuple[str, str]]
) -> Subsection:
    return Subsection(id, f"{fact.name}: {fact.claim}", [Facts.of(said)])


def _failures(facts: Mapping[str, Fact], findings: Findings) -> Section:
    """List findings that fail or are unclear, with the explanation of their fact."""
    subsections = []
    for name, own in findings.items():
        fact = facts[name]
        failed = wanting(own)
        if failed:
            said = [
                (finding.verdict.value.capitalize(), in_full(finding))
                for finding in failed
            ]
            said.append(("Why", fact.explanation or "Nobody has explained it yet."))
            subsections.append(_in_words(f"{name}-fails", fact, said))
    return Section(
        "failures",
        "What does not hold, or cannot be said",
        subsections or [Text("Every finding holds.")],
    )


def _elsewhere(
    facts: Mapping[str, Fact], findings: Findings, found: Elsewhere
) -> list[Section]:
    """Show in how many worlds, and under which null models, findings hold."""
    if not (found.held or found.passed):
        return []
    text = (
        "In each plausible world the fact was looked for in one organisation: it holds "
        "there if the estimate lies in the range asked for. Shares of worlds have "
        "Jeffreys' 95 % interval. A null model is the model without something; a "
        "finding that holds there, too, proves nothing about that. null_models.csv has "
        "the estimates."
    )
    grid = Grid(
        "In other worlds, and under null models",
        "Verdicts under null models by interval, as in the model itself; –: does not "
        "hold, or cannot be said.",
        ("finding", "verdict", "worlds", *(told.title(null.name) for null in NULLS)),
        [
            Row(
                f"{facts[name].name}: {finding.quantity}",
                [
                    Cell(finding.verdict.value),
                    _of_worlds(found, (name, finding.quantity)),
                    *_of_nulls(found, (name, finding.quantity)),
                ],
            )
            for name, own in findings.items()
            for finding in own
        ],
    )
    lacks = Facts.of((told.title(null.name), f"{null.about}.") for null in NULLS)
    return [
        Section(
            "elsewhere",
            "Does it hold elsewhere, and what does it prove?",
            [Text(text), lacks, grid],
            "Worlds and nulls",
        )
    ]


def _of_worlds(found: Elsewhere, place: Place) -> Cell:
    row = found.held.get(place)
    return Cell(told.of_worlds(row) or "–", told.ends(row))


def _of_nulls(found: Elsewhere, place: Place) -> list[Cell]:
    passed = found.passed.get(place, ())
    return [Cell("holds" if null.name in passed else "–") for null in NULLS]


def _inputs(facts: Mapping[str, Fact], findings: Findings) -> Section:
    """List the inputs of the model, and why they do not count."""
    if not findings:
        none = Text("None of the findings is an input.")
        return Section("inputs", "Inputs", [none])
    text = (
        "What was put into the model cannot be found in it. These are checks of the "
        "estimators."
    )
    why = [(facts[name].name, facts[name].given) for name in findings]
    blocks: list[Block] = [Facts.of(why), _grid("Inputs", facts, findings)]
    return Section(
        "inputs",
        "Inputs, which do not count",
        [Text(text), Subsection("inputs-table", "Why", blocks)],
    )


def _asides(facts: Mapping[str, Fact], findings: Findings) -> Section:
    """List numbers that support explanations."""
    if not findings:
        none = Text("None of the facts has such numbers.")
        return Section("asides", ASIDES, [none])
    grid = _grid("Beside explanations", facts, findings)
    return Section("asides", ASIDES, [Subsection("asides-table", "Numbers", [grid])])


def _subsection(name: str, fact: Fact) -> Subsection:
    said = [("Source", fact.source), ("Estimator", fact.estimator)]
    said += [("What is an input", fact.given)] if fact.given else []
    said += [("Why it comes out so", fact.explanation)] if fact.explanation else []
    said.append(("Code", f"experiments/studies/validation/facts/{name}.py"))
    return _in_words(name, fact, said)


def _grid(title: str, facts: Mapping[str, Fact], findings: Findings) -> Grid:
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
        for name, own in findings.items()
        for finding in own
    ]
    return Grid(
        title,
        "Estimates with 95 % intervals over replicates.",
        ("finding", "estimate", "unit", "expected", "verdict"),
        rows,
    )
