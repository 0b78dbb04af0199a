"""The page of ``study=import``: ``coverage.html``."""

from collections.abc import Sequence
from pathlib import Path

from experiments.report.page import Facts, Page, Section
from experiments.report.picture import picture
from experiments.studies.import_.coverage import CoverageRow
from experiments.studies.import_.figure import weeks
from experiments.studies.import_.words import answer, sections

NAME = "coverage.html"
CHART = "weeks"
CAPTION = "Use and people, week by week"


def page(rows: Sequence[CoverageRow], folder: Path) -> Page:
    """Draw the chart into the folder and make the page."""
    said = answer(rows)
    alt = "What all people used in each week, and how many used anything. " + said[0]
    return Page(
        title="What is in the exports",
        question=(
            "What was read of the exports, what was left out and why, and what can no "
            "analysis of them show?"
        ),
        about="No number here is about fewer than five people.",
        answer=said,
        pictures=[picture(weeks(rows), folder, CHART, CAPTION, alt)],
        sections=[
            Section(f"part-{place}", title, [Facts.of(lines)])
            for place, (title, lines) in enumerate(sections(rows), start=1)
        ],
    )
