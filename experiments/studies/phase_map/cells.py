"""Phase maps: the sign and size of an effect on output over a grid of two factors.

Each cell is a setting of its own: the mean over replicates of the scheme less the
baseline in the same world, for the same people with the same luck, with Student's 95 %
interval. A lever is pulled in the scheme alone; an uncertainty moves both.

The zero contour is drawn through the means by linear interpolation between cells. Cells
whose interval holds 0 are marked: of cells in which nothing happens, one in twenty is
left unmarked by luck, and as all cells share their luck, such cells come in patches.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

import pyarrow as pa

from experiments.config.forms import LevelsGiven
from experiments.config.settings import PhaseMapSettings, SweepSettings
from experiments.designs.factors import ENDS, check_number, kind_of_factor, no_weight
from experiments.designs.levels import rising
from experiments.designs.sweep import Sweep, sweep
from experiments.errors import UserError
from experiments.statistics.point_effects import PointEffect, columns, point_effects
from experiments.store.table import Table
from model.scenario import Scenario

OUTPUT = "output"


class MapCell(NamedTuple):
    """One row of ``map.csv``; None, an empty field, is an unknown value.

    Attributes
    ----------
    percent, percent_low, percent_high : float or None
        Effect and interval over the size of the baseline's mean in the same world.
    sign : int
        1 or -1 for a clear effect; 0 if the interval holds 0.
    """

    scheme: str
    baseline: str
    x: str
    y: str
    x_level: float
    y_level: float
    outcome: str
    unit: str
    baseline_mean: float | None
    effect: float | None
    low: float | None
    high: float | None
    percent: float | None
    percent_low: float | None
    percent_high: float | None
    sign: int
    replicates: int


MAP = Table(
    "map.csv",
    MapCell,
    "the effect on output by scheme and cell of the map",
    {
        "x": ("", "dotted key of the factor from left to right"),
        "y": ("", "dotted key of the factor from bottom to top"),
        "x_level": ("that of x", "level of x; of a choice its code"),
        "y_level": ("that of y", "level of y; of a choice its code"),
        "sign": ("", "1 or -1 for a clear effect; 0 if the interval holds 0"),
    },
)


def phase(
    settings: PhaseMapSettings,
    schemes: Mapping[str, Scenario],
    swept: Sequence[str],
    seed: int,
) -> Sweep:
    """Make the grid that settings ask for; ``schemes`` has the baseline and all swept.

    Raises ``UserError`` naming the key, the value and what is allowed, before anything
    runs.
    """
    if settings.x == settings.y:
        raise UserError(
            f"study.x and study.y are both {settings.x}; a map needs two factors."
        )
    levels = {
        settings.x: _levels("x", settings.x, settings.x_levels, settings.points),
        settings.y: _levels("y", settings.y, settings.y_levels, settings.points),
    }
    grid = sweep(_as_sweep(settings, levels), schemes, swept, seed)
    if grid.dead:
        raise UserError(no_weight(*grid.dead[0]))
    return grid


def _levels(side: str, key: str, given: LevelsGiven, points: int) -> tuple[float, ...]:
    """Read the levels of one side."""
    check_number(key, f"study.{side}: ")
    return rising(key, given, f"study.{side}_levels: ", points=points, fewest=ENDS)


def _as_sweep(
    settings: PhaseMapSettings, levels: Mapping[str, tuple[float, ...]]
) -> SweepSettings:
    """Turn the settings into those of a sweep: a full factorial of two factors."""
    kinds = {key: kind_of_factor(key) for key in levels}
    return SweepSettings(
        replicates=settings.replicates,
        baseline=settings.baseline,
        schemes=settings.schemes,
        design="full_factorial",
        levers={k: x for k, x in levels.items() if kinds[k] == "lever"},
        uncertainties={k: x for k, x in levels.items() if kinds[k] == "uncertainty"},
        points=settings.points,
        table=None,
        outcomes=(OUTPUT,),
    )


def cells(runs: pa.Table, grid: Sweep, x: str, y: str) -> Iterator[MapCell]:
    """Make all cells by scheme; ``runs`` needs only the columns of ``needed``."""
    for row in point_effects(runs, grid, [OUTPUT]):
        yield _cell(row, x, y)


def needed() -> list[str]:
    """List the columns of ``runs.parquet`` that a map needs."""
    return columns([OUTPUT])


def _cell(row: PointEffect, x: str, y: str) -> MapCell:
    return MapCell(
        row.scheme,
        row.baseline,
        x,
        y,
        row.levels[x],
        row.levels[y],
        row.outcome,
        row.unit,
        row.baseline_mean,
        row.effect,
        row.low,
        row.high,
        row.percent,
        row.percent_low,
        row.percent_high,
        row.sign,
        row.replicates,
    )


def versus(cell: MapCell) -> str:
    """Say what is compared with what."""
    if cell.scheme == cell.baseline:
        return f"{cell.scheme} with the levers against {cell.scheme} without them"
    return f"{cell.scheme} against {cell.baseline}"
