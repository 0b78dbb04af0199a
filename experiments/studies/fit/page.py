"""The page of ``study=fit``: what the data cannot tell, then answers, then checks."""

from collections.abc import Sequence
from pathlib import Path

from experiments.designs.factors import declared
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
)
from experiments.report.picture import picture
from experiments.studies.fit import figure
from experiments.studies.fit.kept import Told, Unknown
from experiments.studies.fit.plan import Fit
from experiments.studies.fit.words import (
    DISTANCE,
    LIMITS,
    SAID,
    Read,
    about,
    added,
    answer,
    doubts,
    rules,
    told,
    window_told,
)
from experiments.words.screen import number, percent, signed
from experiments.words.structures import STRUCTURES

CHARTS = ("fit_answers", "fit_unknowns")
MOST_AWAY = 12
NEXT = (
    "The folder of this page lists worlds that your panel speaks for. With "
    "study=certificate scheme=NAME study.fit=FOLDER you see a scheme in them: in how "
    "many it lowers or raises output, what decides that, and what to measure next, now "
    "that your panel is known."
)


def page(
    subject: Fit,
    found: Read,
    unknowns: Sequence[Unknown],
    anyway: bool,
    folder: Path,
) -> Page:
    """Draw the charts into the folder and make the page."""
    shown = anyway or not found.is_outside
    said = answer(found, anyway)
    first, second = CHARTS
    pictures = []
    sections = []
    if shown:
        pictures = [
            picture(
                figure.answers(found.answers),
                folder,
                first,
                "What the panel says, and what was assumed",
                " ".join(told(row) for row in found.answers if row.scheme),
            ),
            picture(
                figure.unknowns(unknowns),
                folder,
                second,
                "Numbers of the model, given the panel",
                " ".join(_unknown_told(row) for row in unknowns),
            ),
        ]
        sections = [
            Section("answers", "Answers", [_answers(found.answers)]),
            Section("model", "The model's numbers", [_unknowns(unknowns)]),
            Section("structures", "How people choose", _structures(found)),
        ]
    return Page(
        title=f"Your company: {subject.name}",
        question=(
            "What does this panel say about padding, about the scheme in force, and "
            "about what may come next, and what can it not say?"
        ),
        about=about(subject),
        answer=said,
        pictures=pictures,
        sections=[
            *_weak(doubts(subject)),
            *sections,
            Section("fit", "Does the model fit?", _checks(found, subject)),
            *([Section("next", "What to do next", [Text(NEXT)])] if shown else []),
            Section("limits", "What your data cannot tell", [Facts.of(LIMITS)]),
        ],
    )


def _weak(found: Sequence[tuple[str, str]]) -> list[Section]:
    """List what makes answers weaker, if anything does."""
    if not found:
        return []
    return [Section("weak", "What makes it weaker", [Facts.of(found)])]


def _answers(rows: Sequence[Told]) -> Grid:
    return Grid(
        "Answers",
        "Middle and 90 % interval given the panel, and before it [%]; what data added; "
        "the chance that it is below 0, and before the panel; in how many of 100 "
        "held-out companies the 90 % interval held the truth.",
        (
            "answer",
            "given your data",
            "before",
            "your data say",
            "below 0",
            "held",
        ),
        [_answer(row) for row in rows],
    )


def _answer(row: Told) -> Row:
    write = signed if row.scheme else percent
    below = (
        Cell(f"{row.below:.2f}", f"before: {row.prior_below:.2f}")
        if row.scheme
        else Cell("–")
    )
    return Row(
        f"{row.scheme}: {SAID[row.what]}" if row.scheme else SAID[row.what],
        [
            Cell(write(row.middle), f"{write(row.low)} to {write(row.high)}"),
            Cell(
                write(row.prior_middle),
                f"{write(row.prior_low)} to {write(row.prior_high)}",
            ),
            Cell(added(row)),
            below,
            Cell(f"{100 * row.held:.0f}"),
        ],
    )


def _unknowns(rows: Sequence[Unknown]) -> Grid:
    return Grid(
        "Numbers of the model",
        "Middle and 90 % interval given the panel, and before it.",
        ("number", "given your data", "before", "your data say", "held"),
        [
            Row(
                declared()[row.key].description,
                [
                    Cell(
                        number(row.middle),
                        f"{number(row.low)} to {number(row.high)}",
                        row.key,
                    ),
                    Cell(
                        number(row.prior_middle),
                        f"{number(row.prior_low)} to {number(row.prior_high)}",
                    ),
                    Cell(added(row)),
                    Cell(f"{100 * row.held:.0f}"),
                ],
            )
            for row in rows
        ],
    )


def _unknown_told(row: Unknown) -> str:
    return f"{row.key}: {number(row.low)} to {number(row.high)}."


def _structures(found: Read) -> list[Block]:
    return [
        Text(
            f"{structure.many[0].upper()}{structure.many[1:]}, with their share before "
            f"your data in brackets: {rules(found.alternatives, structure.key)}."
        )
        for structure in STRUCTURES
    ]


def _checks(found: Read, subject: Fit) -> list[Block]:
    said = [
        Text(
            f"{DISTANCE[check.check][0].upper()}{DISTANCE[check.check][1:]}: "
            f"{check.value:.3g}; 95 of 100 of them lie below {check.limit:.3g}."
        )
        for check in found.checks
    ]
    grid = Grid(
        "What differs most",
        "Summaries of your panel, and where 90 % of the companies used lie; "
        f"{window_told(subject.design)}.",
        ("summary", "your panel", "companies used"),
        [
            Row(
                row.summary,
                [
                    Cell(number(row.value)),
                    Cell(f"{number(row.low)} to {number(row.high)}"),
                ],
            )
            for row in found.summaries[:MOST_AWAY]
        ],
    )
    return [*said, Subsection("differs", "What differs most", [grid])]
