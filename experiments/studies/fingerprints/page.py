"""The page of ``study=fingerprints``."""

from pathlib import Path

import numpy as np

from experiments.config.settings import FingerprintsSettings
from experiments.report.page import Cell, Facts, Grid, Page, Part, Section, main_table
from experiments.report.page import Row as Line
from experiments.report.picture import Picture, picture
from experiments.studies.fingerprints.figure import Lines, fingerprints
from experiments.studies.fingerprints.look import (
    CROWD,
    Found,
    Row,
    by_period,
    first_end,
)
from experiments.studies.fingerprints.usage_file import Usage
from experiments.studies.fingerprints.words import LIMITS, about, answer, cells

CHART = "fingerprints"
CAPTION = "Around the quota, before the deadline, over people"


def page(
    name: str,
    usage: Usage,
    settings: FingerprintsSettings,
    found: Found,
    rows: list[Row],
    folder: Path,
) -> Page:
    """Draw the chart into the folder and say everything that the page says.

    ``name`` is that of the file that was looked at.
    """
    said = answer(found, settings.quota)
    return Page(
        title=f"Fingerprints of gaming in {name}",
        question=(
            "Does this panel show bunching at a quota, spikes before deadlines or a "
            "concentration of use, and how large would they have to be to be seen?"
        ),
        about=about(usage, settings.period),
        answer=said,
        pictures=[_draw(usage, settings, found, " ".join(said), folder)],
        sections=[main_table(_grid(rows)), _cannot(found)],
    )


def _cannot(found: Found) -> Section:
    """What cannot be said."""
    parts = [
        ("panel", "This panel", found.cannot),
        ("any", "Any panel of usage", LIMITS),
    ]
    return Section(
        "cannot",
        "What it cannot say",
        [Part(id, title, [Facts.of(why)]) for id, title, why in parts if why],
    )


def _draw(
    usage: Usage, settings: FingerprintsSettings, found: Found, alt: str, folder: Path
) -> Picture:
    scores = by_period(usage.tokens, settings.period, first_end(settings))
    lines = Lines(
        found.bunching,
        settings.quota,
        float(np.isfinite(scores).sum()),
        found.tokens,
        found.output,
        found.lorenz,
        dict(found.cannot),
        CROWD,
    )
    return picture(fingerprints(lines), folder, CHART, CAPTION, alt)


def _grid(rows: list[Row]) -> Grid:
    return Grid(
        "Numbers",
        "Estimates with 95 % intervals over people. Without: the value where there is "
        "no such fingerprint. Detectable: the smallest true value above it that this "
        "panel would find with 80 % power at 5 %.",
        ("quantity", "estimate", "unit", "without", "detectable"),
        [_line(row) for row in rows],
    )


def _line(row: Row) -> Line:
    shown = cells(row)
    return Line(
        shown.quantity,
        [
            Cell(shown.estimate or "–", shown.interval),
            Cell(shown.unit),
            Cell(shown.nothing or "–"),
            Cell(shown.detectable or "–"),
        ],
    )
