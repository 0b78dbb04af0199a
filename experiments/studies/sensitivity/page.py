"""The page of ``study=sensitivity``."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from experiments import figures
from experiments.config.request import Request
from experiments.report.cells import Cell, Row
from experiments.report.charts import Picture
from experiments.report.findings import Grid, Group, Page, Part, write
from experiments.report.publish import is_there
from experiments.store.files import explained
from experiments.store.folder import locked
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
from experiments.words.screen import Estimate


def publish(
    folder: Path,
    request: Request,
    planned: Plan,
    found: Sequence[Found],
    following: str | None,
) -> None:
    """Write the charts and the report of a finished study, unless all are there."""
    names = [name for one in found for name in _charts(planned, one)]
    with locked(folder), explained(folder):
        if request.again or not is_there(folder, names):
            write(folder, request, page(planned, found, following, folder))


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
        pictures=[
            picture for one in found for picture in _pictures(planned, one, folder)
        ],
        table=_thresholds(planned, found),
        groups=[
            *(_group(planned, one) for one in found),
            Group("limits", "How to read it", "", [_limits(planned, following)]),
        ],
    )


def _pictures(
    planned: Plan, found: Found, folder: Path
) -> Iterator[tuple[Picture, str]]:
    name, *others = _charts(planned, found)
    draw = screening if planned.sample.method == "morris" else shares_of_variance
    what = f"{subject(planned)}, {unit(planned)}"
    alt = " ".join(sentences(planned, found))
    chart = draw(found.analysis, found.scheme, what)
    png = figures.save(chart, folder, name)["png"]
    yield Picture(name, alt, png), f"What matters for {found.scheme}"
    for other in others:
        chart = lines(found, what)
        png = figures.save(chart, folder, other)["png"]
        yield Picture(other, alt, png), f"One uncertainty at a time: {found.scheme}"


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


def _group(planned: Plan, found: Found) -> Group:
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
    facts = [("Warning", text) for text in found.analysis.warnings]
    return Group(
        f"scheme-{found.scheme}",
        f"Indices: {found.scheme}",
        "",
        [Part(f"indices-{found.scheme}", found.scheme, facts, grid if rows else None)],
    )


def _cell(shown: Estimate) -> Cell:
    return Cell(shown.value or "–", shown.ends)


def _limits(planned: Plan, following: str | None) -> Part:
    facts = limits(planned)
    if following:
        facts.append(("Next", f"Shares of variance: {following}"))
    return Part("reading", "Assumptions", facts)
