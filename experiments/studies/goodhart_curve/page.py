"""The page of ``study=goodhart_curve``: what pressure buys, and where it turns."""

from collections.abc import Sequence
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
from experiments.studies.goodhart_curve.curves import (
    OUTPUT,
    USAGE,
    VALIDITY,
    CurvePoint,
    Curves,
    TurningPoint,
)
from experiments.studies.goodhart_curve.figure import goodhart_curve, goodhart_validity
from experiments.studies.goodhart_curve.turning import Shape
from experiments.words.screen import rounded
from model.parameters import declarations
from model.scenario import Scenario

CURVES, VALID = "goodhart_curve", "goodhart_validity"
CHARTS = (CURVES, VALID)
HEADS = (
    "kind of people",
    "usage at the highest pressure",
    "output at the highest pressure",
    "output is highest at",
    "turning point",
    "validity, 0 to highest",
)


def sentence(turn: TurningPoint, rows: Sequence[CurvePoint]) -> str:
    """Say in words what a curve does."""
    ends = _at(turn, rows, USAGE), _at(turn, rows, OUTPUT)
    if all(row.effect == row.low == row.high == 0.0 for row in ends):
        return f"{turn.lever} changes nothing at all."
    usage, output = map(_change, ends)
    return (
        f"{_shape(turn)} At {turn.end:g}, reported usage changes by {usage} and real "
        f"output by {output}."
    )


def _shape(turn: TurningPoint) -> str:
    if turn.turning_point is not None:
        after = (
            "reported usage goes on rising beyond it"
            if turn.usage_rises
            else "reported usage does not clearly rise beyond it"
        )
        return (
            f"Real output turns at {turn.turning_point:.2g}, between {turn.low:.3g} "
            f"and {turn.high:.3g}; {after}."
        )
    return {
        Shape.RISES: "No turning point within the range: real output rises, and does "
        "not clearly fall again.",
        Shape.FALLS: "No turning point within the range: real output falls, and does "
        "not clearly rise before.",
        Shape.FLAT: "No turning point within the range: real output is flat, as far as "
        "can be told.",
    }[turn.shape]


def _at(
    turn: TurningPoint, rows: Sequence[CurvePoint], outcome: str, *, end: bool = True
) -> CurvePoint:
    """Return the first or the last point of a curve."""
    own = [
        row
        for row in rows
        if (row.family, row.workforce, row.outcome)
        == (turn.family, turn.workforce, outcome)
    ]
    return own[-1 if end else 0]


def _change(row: CurvePoint) -> str:
    shown = rounded(row.percent, row.percent_low, row.percent_high, sign=True)
    return f"{shown.value} % {shown.ends}".replace("-", "−") if shown.value else "–"


def answer(turns: Sequence[TurningPoint]) -> list[str]:
    """Sum up all curves, every kind of result alike."""
    names = {
        shape: [f"{t.family} ({t.workforce})" for t in turns if t.shape is shape]
        for shape in Shape
    }
    said = [
        f"{len(turns)} curves, each one lever pressed from 0 to its highest. Real "
        f"output turns, rising and then falling, in {len(names[Shape.TURNS])}; it "
        f"falls without a clear rise in {len(names[Shape.FALLS])}, rises without a "
        f"clear fall in {len(names[Shape.RISES])}, and shows no clear change in "
        f"{len(names[Shape.FLAT])}."
    ]
    fooled = [
        t for t in turns if t.usage_rises and t.shape in (Shape.TURNS, Shape.FALLS)
    ]
    said.append(
        f"In {len(fooled)} of them reported usage goes on rising while real output "
        "clearly falls from its best: there the dashboard points the wrong way."
    )
    for shape, what in (
        (Shape.TURNS, "Some pressure helps, more harms"),
        (Shape.FALLS, "Real output falls, with no clear rise"),
        (Shape.RISES, "Real output rises, with no clear fall within the range"),
        (Shape.FLAT, "No clear change of real output"),
    ):
        if names[shape]:
            said.append(f"{what}: {'; '.join(names[shape])}.")
    return said


def overview(
    turns: Sequence[TurningPoint], rows: Sequence[CurvePoint], family: str
) -> Grid:
    """Make the table of a family, a row for each workforce."""
    own = [turn for turn in turns if turn.family == family]
    return Grid(
        family,
        f"{own[0].lever} from 0 to {own[0].end:g}. Changes from pressure 0 with 95 % "
        "intervals; the turning point with an interval of at least 95 %.",
        HEADS,
        [
            Row(
                turn.workforce,
                [
                    _cell(_at(turn, rows, USAGE)),
                    _cell(_at(turn, rows, OUTPUT)),
                    Cell(f"{turn.best:.3g}"),
                    _point(turn),
                    Cell(
                        " to ".join(
                            _correlation(_at(turn, rows, VALIDITY, end=end).mean)
                            for end in (False, True)
                        )
                    ),
                ],
            )
            for turn in own
        ],
    )


def _cell(row: CurvePoint) -> Cell:
    shown = rounded(row.percent, row.percent_low, row.percent_high, sign=True)
    return Cell(f"{shown.value} %", shown.ends) if shown.value else Cell("–")


def _point(turn: TurningPoint) -> Cell:
    if turn.turning_point is None:
        return Cell(f"none: {turn.shape.value}")
    return Cell(f"{turn.turning_point:.2g}", f"[{turn.low:.3g}, {turn.high:.3g}]")


def _correlation(value: float | None) -> str:
    return "–" if value is None else f"{round(value, 2) + 0.0:.2f}"


def about(curves: Curves) -> str:
    """Size of the study."""
    design = curves.design
    return (
        f"{design.employees:,} people, {design.weeks} weeks after a warm-up, "
        f"{design.points[0].replicates} replicates, seed {design.seed}; "
        f"{len(design.points)} settings. Every pressure has the same people, tasks and "
        "luck."
    )


def page(
    curves: Curves,
    rows: Sequence[CurvePoint],
    turns: Sequence[TurningPoint],
    folder: Path,
) -> Page:
    """Draw the charts into the folder and make the page."""
    said = answer(turns)
    pictures = [
        picture(
            goodhart_curve(rows, turns),
            folder,
            CURVES,
            "Reported usage and real output against pressure",
            said[0],
        ),
        picture(
            goodhart_validity(rows),
            folder,
            VALID,
            "Does the score still tell who produces?",
            "Rank correlation of score and real output against pressure, by family.",
        ),
    ]
    return Page(
        title="How much pressure is too much?",
        question=(
            "As the pressure of one lever grows from 0, what happens to the usage that "
            "a dashboard reports, to real output, and to what the score tells?"
        ),
        about=about(curves),
        answer=said,
        pictures=pictures,
        sections=[
            main_table(_all(turns, rows)),
            *(
                _family(curves, turns, rows, name)
                for name in dict.fromkeys(turn.family for turn in turns)
            ),
            _people(curves),
        ],
    )


def _all(turns: Sequence[TurningPoint], rows: Sequence[CurvePoint]) -> Grid:
    grid_rows = [
        Row(
            f"{turn.family}, {turn.workforce}",
            [
                _cell(_at(turn, rows, USAGE)),
                _cell(_at(turn, rows, OUTPUT)),
                Cell(turn.shape.value),
                _point(turn) if turn.turning_point is not None else Cell("none"),
            ],
        )
        for turn in turns
    ]
    return Grid(
        "All curves",
        "Changes at the highest pressure from pressure 0 with 95 % intervals, the "
        "shape of real output, and its turning point with its interval (at least "
        "95 %).",
        ("curve", "reported usage", "real output", "output", "turning point"),
        grid_rows,
    )


def _family(
    curves: Curves,
    turns: Sequence[TurningPoint],
    rows: Sequence[CurvePoint],
    family: str,
) -> Section:
    own = [turn for turn in turns if turn.family == family]
    [lever] = [row for row in declarations(Scenario) if row.key == own[0].lever]
    number = [f.name for f in curves.families].index(family)
    unit = "" if lever.unit == "-" else f" [{lever.unit}]"
    text = f"{own[0].lever}: {lever.description}{unit}, from 0 to {own[0].end:g}."
    said = Facts.of((turn.workforce, sentence(turn, rows)) for turn in own)
    blocks: list[Block] = [said, overview(turns, rows, family)]
    return Section(
        f"family-{number}",
        family,
        [Text(text), Subsection(f"curves-{number}", "By kind of people", blocks)],
    )


def _people(curves: Curves) -> Section:
    assumed = [
        (
            workforce.name,
            ", ".join(f"{key} = {value:g}" for key, value in workforce.levels.items())
            or "everything as in the scenario",
        )
        for workforce in curves.workforces
    ]
    text = "Assumptions, not evidence: every lever is pressed on each kind of people."
    return Section(
        "people",
        "The kinds of people",
        [
            Text(text),
            Subsection("workforces", "What is assumed of them", [Facts.of(assumed)]),
        ],
    )
