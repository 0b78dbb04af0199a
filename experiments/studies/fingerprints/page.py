"""The page of ``study=fingerprints``."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from experiments.config.settings import FingerprintsSettings
from experiments.exports.usage.file import Usage
from experiments.report.page import (
    Cell,
    Facts,
    Grid,
    Page,
    Row,
    Section,
    Subsection,
    main_table,
)
from experiments.report.picture import Picture, picture
from experiments.studies.fingerprints.analysis import (
    CROWD,
    Analysis,
    QuantityRow,
    by_period,
    first_end,
)
from experiments.studies.fingerprints.doubts import CHECK, Doubt, doubts
from experiments.studies.fingerprints.figure import Lines, fingerprints
from experiments.studies.fingerprints.words import LIMITS, about, answer, cells

CHART = "fingerprints"
CAPTION = "Around the quota, before the deadline, over people"


def page(
    name: str,
    usage: Usage,
    settings: FingerprintsSettings,
    analysis: Analysis,
    rows: list[QuantityRow],
    folder: Path,
) -> Page:
    """Draw the chart into the folder and make the page.

    ``name`` is the name of the file with the panel.
    """
    said = answer(analysis, settings.quota, usage.unit)
    return Page(
        title=f"Fingerprints of gaming in {name}",
        question=(
            "Does this panel show bunching at a quota, spikes before deadlines or a "
            "concentration of use, and how large would they have to be to be seen?"
        ),
        about=about(usage, settings),
        answer=said,
        pictures=[_draw(usage, settings, analysis, " ".join(said), folder)],
        sections=[
            *_doubtful(doubts(usage, settings)),
            main_table(_grid(rows)),
            _cannot(analysis),
        ],
    )


def _doubtful(found: Sequence[Doubt]) -> list[Section]:
    """List what looks like a mistake in the file, if anything does."""
    if not found:
        return []
    return [
        Section("check", CHECK, [Subsection("file", "The file", [Facts.of(found)])])
    ]


def _cannot(analysis: Analysis) -> Section:
    """List what the panel cannot show, and why."""
    subsections = [
        ("panel", "This panel", analysis.cannot),
        ("any", "Any panel of usage", LIMITS),
    ]
    return Section(
        "cannot",
        "What it cannot say",
        [
            Subsection(id, title, [Facts.of(why)])
            for id, title, why in subsections
            if why
        ],
    )


def _draw(
    usage: Usage,
    settings: FingerprintsSettings,
    analysis: Analysis,
    alt: str,
    folder: Path,
) -> Picture:
    scores = by_period(usage.tokens, settings.period, first_end(settings))
    lines = Lines(
        analysis.bunching,
        settings.quota,
        float(np.isfinite(scores).sum()),
        analysis.tokens,
        analysis.output,
        analysis.lorenz,
        dict(analysis.cannot),
        CROWD,
    )
    return picture(fingerprints(lines), folder, CHART, CAPTION, alt)


def _grid(rows: list[QuantityRow]) -> Grid:
    return Grid(
        "Numbers",
        "Estimates with 95 % intervals over people. Without: the value where there is "
        "no such fingerprint. Detectable: the smallest true value above it that this "
        "panel would find with 80 % power at 5 %.",
        ("quantity", "estimate", "unit", "without", "detectable"),
        [_line(row) for row in rows],
    )


def _line(row: QuantityRow) -> Row:
    shown = cells(row)
    return Row(
        shown.quantity,
        [
            Cell(shown.estimate or "–", shown.interval),
            Cell(shown.unit),
            Cell(shown.nothing or "–"),
            Cell(shown.detectable or "–"),
        ],
    )
