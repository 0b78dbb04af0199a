"""The page of ``study=verification``."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np
import pandas as pd

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
from experiments.report.picture import Picture, picture
from experiments.report.sections import about_trial
from experiments.runs.pieces import Content
from experiments.runs.trial import Trial
from experiments.statistics.check import Check, Result
from experiments.studies.verification.figures.convergence import convergence
from experiments.studies.verification.figures.deviations import Deviation, deviations
from experiments.studies.verification.figures.hysteresis import hysteresis
from experiments.studies.verification.figures.planning import planning
from experiments.studies.verification.kept import EXTRAS, checks_of, gaps_of
from experiments.studies.verification.results import norm
from experiments.studies.verification.words import (
    answer,
    in_full,
    size,
    summary,
)


def charts(pieces: Mapping[str, Content]) -> list[str]:
    """Name the charts that ``page`` draws."""
    own = [name for name in EXTRAS.values() if name in pieces]
    return ["deviations", "convergence", *own]


def page(
    results: Sequence[Result],
    pieces: Mapping[str, Content],
    trial: Trial,
    folder: Path,
) -> Page:
    """Draw the charts into the folder and make the page."""
    by_result = {result.name: checks_of(pieces[result.name]) for result in results}
    pictures = [
        _deviations(results, by_result, folder),
        _convergence(results, pieces, folder),
        *_extras(pieces, folder),
    ]
    return Page(
        title="Does the simulation do what theory says?",
        question=(
            "Each result is solved by itself, from the mathematics, for a scenario in "
            "which everything else is switched off, and held against simulated "
            "organisations."
        ),
        about=about_trial(trial),
        answer=answer(results, pieces, trial),
        pictures=pictures,
        sections=[
            main_table(_summary(results, by_result)),
            _failures(results, by_result),
            Section(
                "results",
                "Result by result",
                [_subsection(result, by_result[result.name]) for result in results],
            ),
        ],
    )


def _deviations(
    results: Sequence[Result], by_result: Mapping[str, Sequence[Check]], folder: Path
) -> Picture:
    points = [
        Deviation(result.title, size(check), check.holds)
        for result in results
        for check in by_result[result.name]
    ]
    held = sum(point.holds for point in points)
    return picture(
        deviations(points),
        folder,
        "deviations",
        "How far the simulation is from theory",
        f"All {len(points)} checks as deviations in units of their tolerance; {held} "
        "lie within it.",
    )


def _convergence(
    results: Sequence[Result], pieces: Mapping[str, Content], folder: Path
) -> Picture:
    gaps = {result.title: gaps_of(pieces[result.name]) for result in results}
    quantities = sum(len({gap.quantity for gap in own}) for own in gaps.values())
    return picture(
        convergence(gaps),
        folder,
        "convergence",
        "How it comes closer as size grows",
        f"Gap against size for {quantities} quantities, on logarithmic scales.",
    )


def _extras(pieces: Mapping[str, Content], folder: Path) -> Iterator[Picture]:
    """Draw the charts of single results."""
    loop, rows = (pieces.get(EXTRAS[name]) for name in ("norm", "planning"))
    if loop:
        up, down = (
            norm.Sweep(**{n: np.array(x) for n, x in sweep.items()}) for sweep in loop
        )
        yield picture(
            hysteresis(up, down, norm.STRENGTH, norm.NOISE, norm.HOLD),
            folder,
            "hysteresis",
            "A norm of padding remembers where it came from",
            "Padding as its payoff is raised and lowered again: a loop along the two "
            "branches of theory.",
        )
    if rows:
        table = pd.DataFrame(rows)
        yield picture(
            planning(table),
            folder,
            "losses",
            "What the rule of thumb before a quota leaves to the best plan",
            f"Loss by kind of employee, quota and window: {len(table)} cells.",
        )


def _failures(
    results: Sequence[Result], by_result: Mapping[str, Sequence[Check]]
) -> Section:
    """List the checks that fail, in full."""
    subsections = []
    for result in results:
        failed = [check for check in by_result[result.name] if not check.holds]
        if failed:
            said = [("Check", in_full(check)) for check in failed]
            said.append(("Reduced scenario", result.reduced))
            subsections.append(
                Subsection(f"{result.name}-fails", result.title, [Facts.of(said)])
            )
    text = (
        "Theory, its reduction or the model is wrong here, or luck was bad; another "
        "seed tells luck from the others."
    )
    return Section(
        "failures",
        "What does not hold",
        [Text(text if subsections else "Every check holds."), *subsections],
    )


def _summary(
    results: Sequence[Result], by_result: Mapping[str, Sequence[Check]]
) -> Grid:
    rows = []
    for result in results:
        all_of_it = summary(by_result[result.name])
        cells = [
            Cell(f"{all_of_it.held} of {all_of_it.checks}"),
            Cell(f"{all_of_it.tolerances:.2f}"),
            Cell("–" if all_of_it.errors is None else f"{all_of_it.errors:.2f}"),
            Cell(all_of_it.verdict),
        ]
        rows.append(Row(result.title, cells))
    return Grid(
        "The results",
        "Largest deviation of all checks of a result, in units of the tolerance, and, "
        "of the checks that are random and have no allowance, in standard errors: four "
        "of them are tolerated.",
        ("result", "checks that hold", "tolerances", "standard errors", "verdict"),
        rows,
    )


def _subsection(result: Result, checks: Sequence[Check]) -> Subsection:
    facts = [
        ("Source", result.source),
        ("Reduced scenario", result.reduced),
        ("Theory", f"model/theory/{result.name}.py"),
        ("Simulation", f"experiments/studies/verification/results/{result.name}.py"),
    ]
    allowed = dict.fromkeys(check.why for check in checks if check.why)
    facts += [("Allowance", text) for text in allowed]
    rows = [
        Row(
            check.quantity,
            [
                Cell(f"{check.theory:.5g}"),
                Cell(f"{check.simulated:.5g}"),
                Cell(f"{check.error:.2g}"),
                Cell(f"{check.allowance:.2g}" if check.allowance else "–"),
                Cell("" if check.unit == "-" else check.unit),
                Cell("holds" if check.holds else "does not hold"),
            ],
        )
        for check in checks
    ]
    heads = (
        "quantity",
        "theory",
        "simulated",
        "standard error",
        "allowance",
        "unit",
        "verdict",
    )
    grid = Grid(result.title, "", heads, rows)
    return Subsection(result.name, result.title, [Facts.of(facts), grid])
