"""The page of ``study=proxyeconomics``."""

import math
from collections.abc import Mapping
from pathlib import Path

from experiments.config.request import Request
from experiments.config.settings import ProxyeconomicsSettings
from experiments.report.page import (
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
from experiments.statistics.finding import Finding
from experiments.studies.proxyeconomics.figure import proxyeconomics
from experiments.studies.proxyeconomics.reference import Claim, Summaries, claims
from experiments.studies.proxyeconomics.table import (
    OURS,
    TextTable,
    about,
    answer,
    cell_rows,
    reading_rows,
)
from experiments.words.screen import rounded

CHART = "proxyeconomics"


def page(
    request: Request, by_reading: Mapping[str, Summaries], twins: float, folder: Path
) -> Page:
    """Draw the chart into the folder and make the page."""
    settings = request.settings_as(ProxyeconomicsSettings)
    texts = answer(by_reading, twins, settings.steps)
    caption = "Four statistics over competition, beside the reference"
    chart = proxyeconomics(by_reading[OURS])
    return Page(
        title="Proxyeconomics, replicated",
        question=(
            "Does the published model of competition by a proxy (Braganza 2022, doi "
            "10.1098/rsos.211030), written afresh from its description, give the "
            "numbers that it is known for?"
        ),
        about=about(settings.replicates, settings.steps, request.seed),
        answer=texts,
        pictures=[picture(chart, folder, CHART, caption, " ".join(texts))],
        sections=[
            main_table(_grid("Reference and replication", cell_rows(by_reading[OURS]))),
            _claims(by_reading[OURS]),
            *([_readings(by_reading)] if len(by_reading) > 1 else []),
        ],
    )


def _claims(summaries: Summaries) -> Section:
    text = (
        "Each is asked as comparisons of means with 95 % intervals. Their ranges come "
        "from the reference and from the size of a mutation."
    )
    subsections = [
        _claim(number, claim) for number, claim in enumerate(claims(summaries))
    ]
    return Section("claims", "Qualitative results", [Text(text), *subsections])


def _claim(number: int, claim: Claim) -> Subsection:
    rows = []
    for finding in claim.findings:
        shown = rounded(finding.estimate, finding.low, finding.high, digits=2)
        cells = [
            Cell(shown.value, shown.ends),
            Cell(_range(finding)),
            Cell(finding.verdict.value),
        ]
        rows.append(Row(finding.quantity, cells))
    heads = ("comparison", "found", "asked for", "verdict")
    text = claim.text[:1].upper() + claim.text[1:]
    return Subsection(
        f"claim-{number}",
        text,
        [Facts.of([("Verdict", claim.verdict.value)]), Grid(text, "", heads, rows)],
    )


def _range(finding: Finding) -> str:
    """Write the range that a finding must lie in; some have a lower end only."""
    if math.isinf(finding.most):
        return f"above {finding.least:g}"
    return f"{finding.least:g} to {finding.most:g}"


def _readings(by_reading: Mapping[str, Summaries]) -> Section:
    grid = _grid("Readings", reading_rows(by_reading))
    text = "The description leaves some things open. What the others would give:"
    subsection = Subsection(
        "readings-table", "How near each comes to the reference", [grid]
    )
    return Section("readings", "Other readings", [Text(text), subsection])


def _grid(title: str, shown: TextTable) -> Grid:
    rows = [Row(line[0], [Cell(cell) for cell in line[1:]]) for line in shown.lines]
    return Grid(title, shown.caption, shown.heads, rows)
