"""The page of ``study=ranges``: which parameters move the headline."""

from collections.abc import Sequence
from pathlib import Path

from experiments.designs.design import Design
from experiments.report.page import (
    Cell,
    Grid,
    Page,
    Row,
    Section,
    Subsection,
    Text,
    main_table,
)
from experiments.report.picture import Picture, picture
from experiments.statistics.ranges import End, swings
from experiments.studies.ranges.figure import MOST
from experiments.studies.ranges.figure import ranges as draw
from experiments.studies.ranges.words import HEADS, effect, line, sentence, title


def charts(schemes: Sequence[str]) -> list[str]:
    """Name the charts, one for each scheme."""
    return [f"ranges_{scheme}" for scheme in schemes]


def page(
    rows: Sequence[End],
    schemes: Sequence[str],
    baseline: str,
    design: Design,
    folder: Path,
) -> Page:
    """Draw the charts into the folder and make the page."""
    return Page(
        title="What moves the headline?",
        question=(
            "Nobody knows the parameters of people, technology and peers exactly. "
            "Which of them, moved alone over its range, changes what a scheme does to "
            "real output?"
        ),
        about=title(design, baseline),
        answer=[f"{scheme}: {sentence(rows, scheme)}" for scheme in schemes],
        pictures=[_picture(rows, scheme, baseline, folder) for scheme in schemes],
        sections=[
            main_table(_overview(rows, schemes, baseline)),
            Section(
                "parameters",
                "Every parameter, scheme by scheme",
                [
                    Text(
                        "The effect on real output over the whole run with a parameter "
                        "at either end of its range, all others as declared. A star: a "
                        "clear effect changes its sign."
                    ),
                    *(_subsection(rows, scheme) for scheme in schemes),
                ],
                short="Every parameter",
            ),
        ],
    )


def _picture(rows: Sequence[End], scheme: str, baseline: str, folder: Path) -> Picture:
    chart = draw(rows, scheme, baseline)
    first = ", ".join(swing.parameter for swing in swings(rows, scheme)[:3])
    alt = f"{sentence(rows, scheme)} The longest bars: {first}."
    caption = f"{scheme} over every range"
    return picture(chart, folder, f"ranges_{scheme}", caption, alt)


def _overview(rows: Sequence[End], schemes: Sequence[str], baseline: str) -> Grid:
    lines = []
    for scheme in schemes:
        [default] = [e for e in rows if e.scheme == scheme and not e.parameter]
        every = swings(rows, scheme)
        turns = [swing.parameter for swing in every if swing.flips]
        cells = [effect(default), every[0].parameter, ", ".join(turns) or "none"]
        lines.append(Row(scheme, [Cell(text) for text in cells]))
    return Grid(
        "Scheme by scheme",
        f"Effect on real output over the whole run in % of {baseline}, with its 95 % "
        "interval.",
        ("scheme", "as declared", "moved most by", "turned alone by"),
        lines,
    )


def _subsection(rows: Sequence[End], scheme: str) -> Subsection:
    lines = [line(swing) for swing in swings(rows, scheme)[:MOST]]
    grid = Grid(
        f"{scheme}: every parameter",
        "",
        HEADS,
        [Row(first, [Cell(text) for text in rest]) for first, *rest in lines],
    )
    return Subsection(scheme, scheme, [Text(sentence(rows, scheme)), grid])
