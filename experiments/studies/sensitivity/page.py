"""The page of ``study=sensitivity``."""

from collections.abc import Collection, Iterator, Sequence
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
    main_table,
)
from experiments.report.picture import Picture, picture
from experiments.studies.sensitivity.figure import lines, screening, shares_of_variance
from experiments.studies.sensitivity.plan import SchemeResult, Sensitivity
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


def charts(study: Sensitivity, with_lines: Collection[str]) -> list[str]:
    """Name the charts that ``page`` draws; ``with_lines`` are schemes in lines.csv."""
    return [
        name
        for scheme in study.schemes
        for name in _charts(scheme, has_lines=scheme in with_lines)
    ]


def _charts(scheme: str, *, has_lines: bool) -> list[str]:
    names = [f"sensitivity_{scheme}"]
    return [*names, f"thresholds_{scheme}"] if has_lines else names


def page(
    study: Sensitivity,
    scheme_results: Sequence[SchemeResult],
    following: str | None,
    folder: Path,
) -> Page:
    """Draw the charts into the folder and make the page."""
    said = [text for one in scheme_results for text in sentences(study, one)]
    doubts = warnings(study, scheme_results)
    return Page(
        title="Which uncertainties decide what a scheme does?",
        question=(
            "Nobody knows the parameters of people, technology and peers exactly. "
            "Which of them matter, which does not, and from which value on does one "
            "of them turn what a scheme does into its opposite?"
        ),
        about=f"{title(study)}.",
        answer=[*said, *(f"Warning: {text}" for text in doubts)],
        pictures=[
            shown for one in scheme_results for shown in _pictures(study, one, folder)
        ],
        sections=[
            main_table(_thresholds(study, scheme_results)),
            *(_indices(study, one) for one in scheme_results),
            Section("limits", "How to read it", [_limits(study, following)]),
        ],
    )


def _pictures(
    study: Sensitivity, result: SchemeResult, folder: Path
) -> Iterator[Picture]:
    name, *others = _charts(result.scheme, has_lines=bool(result.nodes))
    draw = screening if study.sample.method == "morris" else shares_of_variance
    what = f"{subject(study)}, {unit(study)}"
    alt = " ".join(sentences(study, result))
    chart = draw(result.analysis, result.scheme, what)
    yield picture(chart, folder, name, f"What matters for {result.scheme}", alt)
    for other in others:
        caption = f"One uncertainty at a time: {result.scheme}"
        yield picture(lines(result, what), folder, other, caption, alt)


def _thresholds(study: Sensitivity, scheme_results: Sequence[SchemeResult]) -> Grid:
    rows = [_threshold(flip) for one in scheme_results for flip in one.flips]
    return Grid(
        "Thresholds",
        "Uncertainties that turn the sign of the effect on "
        f"{subject(study)} alone, all others as declared, with 95 % intervals; the "
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


def _indices(study: Sensitivity, result: SchemeResult) -> Section:
    method = study.sample.method
    rows = [
        Row(line.parameter, [_cell(cell) for cell in line.cells])
        for line in table(result.analysis, method, None)
    ]
    grid = Grid(
        result.scheme,
        "Indices with 95 % intervals (indices.csv has all, in full).",
        ("uncertainty", *HEADS[method]),
        rows,
    )
    blocks: list[Block] = []
    if result.analysis.warnings:
        blocks.append(Facts.of(("Warning", text) for text in result.analysis.warnings))
    if rows:
        blocks.append(grid)
    return Section(
        f"scheme-{result.scheme}",
        f"Indices: {result.scheme}",
        [Subsection(f"indices-{result.scheme}", result.scheme, blocks)],
    )


def _cell(shown: Rounded) -> Cell:
    return Cell(shown.value or "–", shown.ends)


def _limits(study: Sensitivity, following: str | None) -> Subsection:
    said = limits(study)
    if following:
        said.append(("Next", f"Shares of variance: {following}"))
    return Subsection("reading", "Assumptions", [Facts.of(said)])
