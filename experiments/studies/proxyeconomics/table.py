"""The results of Proxyeconomics as small tables of text and in Markdown."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from experiments.statistics.check import TOLERANCE
from experiments.statistics.finding import Verdict
from experiments.store.table import Table
from experiments.studies.proxyeconomics.reference import (
    PUBLISHED_STEPS,
    REFERENCE,
    SAME,
    TWIN_STEPS,
    UNIT,
    Place,
    ReferenceCell,
    Summaries,
    Summary,
    cells,
    claims,
)
from experiments.studies.proxyeconomics.rules import DECIDED, READINGS, STATISTICS

OF_STATISTIC = "that of the statistic"
OURS = next(name for name, reading in READINGS.items() if reading == DECIDED)
"""Name of our reading."""
FAILED = " *"
"""Mark after a cell that does not hold."""
NAMES = {"proxy": "proxy", "goal": "goal", "effort": "effort", "angle": "angle, °"}


class CellRow(NamedTuple):
    """One row of ``cells.csv``: a statistic at one place, the reference beside it."""

    reading: str
    moral_weight: float
    competition: float
    statistic: str
    unit: str
    mean: float
    sd: float
    runs: int
    reference: float | None
    reference_sd: float | None


CELLS = Table(
    "cells.csv",
    CellRow,
    "a statistic by reading of the description and setting",
    {
        "reading": ("", "reading of the published description"),
        "moral_weight": ("", "g of the published model"),
        "competition": ("", "c of the published model"),
        "statistic": ("", "proxy, goal, effort or angle"),
        "unit": ("", "unit of the statistic; -: a plain number"),
        "mean": (OF_STATISTIC, "mean over runs, six significant digits"),
        "sd": (OF_STATISTIC, "standard deviation over runs, six significant digits"),
        "runs": ("runs", "that differ by luck alone"),
        "reference": (OF_STATISTIC, "mean of the reference; empty: not printed"),
        "reference_sd": (OF_STATISTIC, "its standard deviation, likewise"),
    },
)


def cells_of(by_reading: Mapping[str, Summaries]) -> Iterator[CellRow]:
    """Make the rows of ``cells.csv``, with the reference where there is one."""
    for reading, summaries in by_reading.items():
        for (place, statistic), ours in summaries.items():
            printed = REFERENCE[place][statistic] if place in REFERENCE else None
            yield CellRow(
                reading,
                *place,
                statistic,
                UNIT[statistic],
                _short(ours.mean),
                _short(ours.sd),
                ours.runs,
                None if printed is None else printed.mean,
                None if printed is None else printed.sd,
            )


def _short(value: float) -> float:
    """Round to six significant digits."""
    return float(f"{value:.6g}")


def summaries_of(
    rows: Iterable[CellRow],
) -> Mapping[str, Summaries]:
    """Read the summaries of every reading from the rows of ``cells.csv``."""
    by_reading: dict[str, dict[tuple[Place, str], Summary]] = {}
    for row in rows:
        place = Place(row.moral_weight, row.competition)
        of_reading = by_reading.setdefault(row.reading, {})
        of_reading[place, row.statistic] = Summary(row.mean, row.sd, row.runs)
    return by_reading


class TextTable(NamedTuple):
    """A table of texts for screen, page and documents."""

    caption: str
    heads: Sequence[str]
    lines: Sequence[Sequence[str]]


def cell_rows(summaries: Summaries) -> TextTable:
    """Make the table of our cells beside the reference, a row a setting."""
    compared = cells(summaries)
    by_key = {(cell.place, cell.statistic): cell for cell in compared}
    runs = " or ".join(str(count) for count in sorted({c.ours.runs for c in compared}))
    held = sum(cell.holds for cell in compared)
    return TextTable(
        f"{held} of {len(compared)} cells lie within {TOLERANCE:g} standard errors. "
        f"Each is: reference / ours (standard deviation over {runs} runs; distance "
        "from the reference in standard errors). A star: it does not hold.",
        ("setting", *NAMES.values()),
        [
            [_setting(place), *(_cell(by_key[place, name]) for name in STATISTICS)]
            for place in REFERENCE
        ],
    )


def claim_rows(summaries: Summaries) -> TextTable:
    """Make the table of the qualitative results and their verdicts."""
    return TextTable(
        "The qualitative results, each by comparisons of means with 95 % intervals.",
        ("qualitative result", "verdict", "comparisons that hold"),
        [
            [
                claim.text,
                claim.verdict.value,
                f"{sum(f.verdict is Verdict.HOLDS for f in claim.findings)} of "
                f"{len(claim.findings)}",
            ]
            for claim in claims(summaries)
        ],
    )


def reading_rows(by_reading: Mapping[str, Summaries]) -> TextTable:
    """Make the table of readings: how near each comes to the reference."""
    return TextTable(
        "Other readings of the description, each in one thing, beside the same "
        "reference.",
        ("reading", "cells that hold", "farthest cell", "distance"),
        [_reading(name, cells(summaries)) for name, summaries in by_reading.items()],
    )


def about(replicates: int, steps: int, seed: int) -> str:
    """Say what was run, in a sentence."""
    return (
        f"{replicates} runs of {steps:,} steps with 100 agents for each setting, the "
        f"second half reported; seed {seed}."
    )


def answer(by_reading: Mapping[str, Summaries], twins: float, steps: int) -> list[str]:
    """Say what came out, in sentences.

    ``twins`` is the largest difference between Mesa and the compiled version.
    """
    compared = cells(by_reading[OURS])
    held = sum(cell.holds for cell in compared)
    texts = [
        f"{held} of {len(compared)} numbers of the reference lie within "
        f"{TOLERANCE:g} standard errors of the difference."
    ]
    texts += [
        f"{claim.text[:1].upper()}{claim.text[1:]}: {claim.verdict.value}."
        for claim in claims(by_reading[OURS])
    ]
    same = "make the same steps" if twins <= SAME else "DO NOT make the same steps"
    texts.append(
        f"The agents on Mesa and the compiled version {same}: over {TWIN_STEPS} steps "
        f"of each setting of the reference their means differ by {twins:.1g} at most."
    )
    if steps != PUBLISHED_STEPS:
        texts.append(
            f"The reference is about runs of {PUBLISHED_STEPS:,} steps: with {steps:,} "
            "the numbers need not agree."
        )
    return texts


def table_markdown(path: Path) -> str:
    """Write the generated section of ``docs/replications/proxyeconomics.md``.

    ``path`` is the path of ``docs/replications/proxyeconomics.csv``.
    """
    by_reading = summaries_of(CELLS.read(path))
    tables = [
        cell_rows(by_reading[OURS]),
        claim_rows(by_reading[OURS]),
        reading_rows(by_reading),
    ]
    return "\n".join(_markdown(table) for table in tables)


def _markdown(shown: TextTable) -> str:
    lines = [shown.heads, ["---"] * len(shown.heads), *shown.lines]
    table = "\n".join(f"| {' | '.join(line)} |" for line in lines)
    return f"{shown.caption}\n\n{table}\n"


def _setting(place: Place) -> str:
    return f"g = {place.moral_weight:g}, c = {place.competition:g}"


def _cell(cell: ReferenceCell) -> str:
    digits = 1 if cell.statistic == "angle" else 2
    text = (
        f"{cell.printed.mean:.{digits}f} / {_plain(cell.ours.mean, digits)} "
        f"({cell.ours.sd:.{digits}f}; {_plain(cell.distance, 1)})"
    )
    return text if cell.holds else text + FAILED


def _plain(value: float, digits: int) -> str:
    """Write a number; zero has no minus."""
    return f"{round(value, digits) + 0.0:.{digits}f}"


def _reading(name: str, compared: Sequence[ReferenceCell]) -> list[str]:
    worst = max(compared, key=lambda cell: abs(cell.distance))
    return [
        name,
        f"{sum(cell.holds for cell in compared)} of {len(compared)}",
        f"{worst.statistic} at {_setting(worst.place)}",
        _plain(worst.distance, 1),
    ]
