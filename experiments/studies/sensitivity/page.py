"""The page of ``study=sensitivity``."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from experiments.report.page import (
    Block,
    Cell,
    Facts,
    Grid,
    Page,
    Part,
    Row,
    Section,
    main_table,
)
from experiments.report.picture import Picture, picture
from experiments.studies.sensitivity.figure import lines, screening, shares_of_variance
from experiments.studies.sensitivity.plan import Found, Plan
from experiments.studies.sensitivity.thresholds import Flip
from experiments.studies.sensitivity.words import (
    HEADS,
    declared,
    limits,
    sentences,
    subject,
    table,
    threshold,
    title,
    unit,
    warnings,
)
from experiments.words.screen import Rounded


def charts(planned: Plan, found: Sequence[Found]) -> list[str]:
    """Name the charts that ``page`` draws."""
    return [name for one in found for name in _charts(planned, one)]


def _charts(planned: Plan, found: Found) -> list[str]:
    names = [f"sensitivity_{found.scheme}"]
    if planned.lines and found.nodes:
        names.append(f"thresholds_{found.scheme}")
    return names


def page(
    planned: Plan, found: Sequence[Found], following: str | None, folder: Path
) -> Page:
    """Draw the charts into the folder and say everything that the page says."""
    said = [text for one in found for text in sentences(planned, one)]
    doubts = warnings(planned, found)
    return Page(
        title="Which uncertainties decide what a scheme does?",
        question=(
            "Nobody knows the parameters of people, technology and peers exactly. "
            "Which of them matter, which does not, and from which value on does one "
            "of them turn what a scheme does into its opposite?"
        ),
        about=f"{title(planned)}.",
        answer=[*said, *(f"Warning: {text}" for text in doubts)],
        pictures=[shown for one in found for shown in _pictures(planned, one, folder)],
        sections=[
            main_table(_thresholds(planned, found)),
            *(_indices(planned, one) for one in found),
            Section("limits", "How to read it", [_limits(planned, following)]),
        ],
    )


def _pictures(planned: Plan, found: Found, folder: Path) -> Iterator[Picture]:
    name, *others = _charts(planned, found)
    draw = screening if planned.sample.method == "morris" else shares_of_variance
    what = f"{subject(planned)}, {unit(planned)}"
    alt = " ".join(sentences(planned, found))
    chart = draw(found.analysis, found.scheme, what)
    yield picture(chart, folder, name, f"What matters for {found.scheme}", alt)
    for other in others:
        caption = f"One uncertainty at a time: {found.scheme}"
        yield picture(lines(found, what), folder, other, caption, alt)


def _thresholds(planned: Plan, found: Sequence[Found]) -> Grid:
    rows = [_threshold(flip) for one in found for flip in one.flips]
    return Grid(
        "Thresholds",
        "Uncertainties that turn the sign of the effect on "
        f"{subject(planned)} alone, all others as declared, with 95 % intervals; the "
        "nearest to what is declared first. A scheme without a row has none.",
        ("scheme", "uncertainty", "declared", "threshold", "below", "above"),
        rows,
    )


def _threshold(flip: Flip) -> Row:
    row = declared()[flip.parameter]
    shown = threshold(flip)
    units = "" if row.unit == "-" else f" {row.unit.removeprefix('1 ')}"
    return Row(
        flip.scheme,
        [
            Cell(flip.parameter, row.description),
            Cell(f"{flip.declared:g}{units}"),
            Cell(shown.value, shown.ends),
            *(Cell(_verb(sign)) for sign in (flip.below, flip.above)),
        ],
    )


def _verb(sign: int) -> str:
    return "gain" if sign > 0 else "loss"


def _indices(planned: Plan, found: Found) -> Section:
    method = planned.sample.method
    rows = [
        Row(line.parameter, [_cell(cell) for cell in line.cells])
        for line in table(found.analysis, method, None)
    ]
    grid = Grid(
        found.scheme,
        "Indices with 95 % intervals (indices.csv has all, in full).",
        ("uncertainty", *HEADS[method]),
        rows,
    )
    blocks: list[Block] = []
    if found.analysis.warnings:
        blocks.append(Facts.of(("Warning", text) for text in found.analysis.warnings))
    if rows:
        blocks.append(grid)
    return Section(
        f"scheme-{found.scheme}",
        f"Indices: {found.scheme}",
        [Part(f"indices-{found.scheme}", found.scheme, blocks)],
    )


def _cell(shown: Rounded) -> Cell:
    return Cell(shown.value or "–", shown.ends)


def _limits(planned: Plan, following: str | None) -> Part:
    said = limits(planned)
    if following:
        said.append(("Next", f"Shares of variance: {following}"))
    return Part("reading", "Assumptions", [Facts.of(said)])
