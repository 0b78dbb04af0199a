"""Designs of a sweep: from factors or a table to points and runs.

Randomness: the Latin hypercube and the scrambling of the Sobol' sequence are those of
``scipy.stats.qmc``, fed by a generator that is seeded with one block of ``model.draws``
at an address that no run uses. So they follow from the study's seed alone, and do not
change the luck in any run.

Levers leave the baseline as it is. It is run once in every world, at points of its own
after those of the sweep; each point of the sweep is compared with the baseline's point
in its world. Without levers, all schemes are run at the same points.
"""

import math
from collections.abc import Callable, Mapping, Sequence
from hashlib import sha256
from itertools import product
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from pydantic import ValidationError
from scipy.stats import qmc

from experiments.config.catalogue import suggestion
from experiments.config.messages import refusal
from experiments.config.paths import expanded
from experiments.config.settings import SweepSettings
from experiments.config.shares import is_share
from experiments.config.table_file import TableFile, Wanted, read
from experiments.designs.design import Design, Point, at, at_work, level, one_at_a_time
from experiments.designs.factors import (
    Factor,
    check_key,
    code,
    kind_of_factor,
    name_of,
    of_levels,
)
from experiments.designs.levels import EXAMPLE, by_key, read_factors
from experiments.errors import UserError
from model.draws import uniforms
from model.scenario import Scenario, Scheme

MOST_POINTS = 200_000
MOST_RUNS = 10_000_000
ADDRESS = 65_535
"""Purpose of the block that seeds a sample; those of the model are small numbers."""

POINTS = Wanted(
    "A header of keys such as quota.penalty,quota.amount and a row a point are needed."
)

Row = Mapping[str, float]
"""The levels of one point, by key."""


class Sweep(NamedTuple):
    """The design of a sweep, with its factors and baseline.

    Attributes
    ----------
    kind : str
        Name of the design, such as ``sobol``.
    swept : tuple of str
        Schemes that are swept; the baseline is among them only if it was named.
    without : dict of int to int
        The baseline's point in the same world, by point.
    dead : tuple of (str, str)
        Levers that do nothing, with the scheme in which they do nothing.
    advice : tuple of str
        Sentences of advice on the size of the design.
    """

    kind: str
    factors: tuple[Factor, ...]
    design: Design
    baseline: str
    swept: tuple[str, ...]
    without: Mapping[int, int]
    dead: tuple[tuple[str, str], ...]
    advice: tuple[str, ...] = ()

    @property
    def keys(self) -> tuple[str, ...]:
        """Dotted keys of the factors."""
        return tuple(factor.key for factor in self.factors)

    def points(self, scheme: str) -> tuple[Point, ...]:
        """List the points at which a scheme is swept, without the baseline's own."""
        return tuple(
            point
            for point in self.design.points
            if point.number in self.without
            and (point.schemes is None or scheme in point.schemes)
        )

    @property
    def digest(self) -> str:
        """Content hash of all points, also of those from a table."""
        text = repr([(p.schemes, sorted(p.levels.items())) for p in self.design.points])
        return sha256(text.encode()).hexdigest()[:16]


def sweep(
    settings: SweepSettings,
    schemes: Mapping[str, Scenario],
    swept: Sequence[str],
    seed: int,
) -> Sweep:
    """Make the design of settings; ``schemes`` holds the baseline and all swept.

    Raises ``UserError`` for a design that cannot be run, before anything runs.
    """
    kind = kind_of_design(settings)
    if kind == "table":
        factors, rows = tabulated(settings)
    else:
        factors = read_factors(settings.levers, settings.uncertainties)
        if not factors:
            raise UserError(
                "study=sweep changes nothing yet; give it factors, such as "
                f"study.levers={EXAMPLE}\nor study.uncertainties="
                "{people.belief_mean: span}, or points: study.table=points.csv."
            )
        rows = (
            SAMPLERS[kind](factors, settings.points, seed) if kind in SAMPLERS else []
        )
    pulled = any(factor.kind == "lever" for factor in factors)
    if not pulled:
        swept = [name for name in swept if name != settings.baseline]
    if not swept:
        raise UserError(
            f"nothing is held against {settings.baseline}: without levers it is the "
            "same in every world.\nName schemes, study.schemes=[monthly_minimum], or "
            "give study.levers."
        )
    if kind == "one_at_a_time":
        placed = _alone(factors, schemes, swept, pulled)
    else:
        placed = [(row, tuple(swept) if pulled else None) for row in rows]
    design, without = _design(placed, factors, schemes, settings, seed)
    _check_size(design)
    dead = _check_points(design, factors, without, alone=kind == "one_at_a_time")
    advice = _advice(settings.points) if kind == "sobol" else ()
    return Sweep(
        kind, factors, design, settings.baseline, tuple(swept), without, dead, advice
    )


def kind_of_design(settings: SweepSettings) -> str:
    """Name the design; a table needs no name."""
    kind = settings.design or ("table" if settings.table else "full_factorial")
    if kind not in DESIGNS:
        raise UserError(
            f"there is no study.design={kind}{suggestion(kind, DESIGNS)}\n"
            f"Designs are {', '.join(DESIGNS)}."
        )
    if kind == "table" and not settings.table:
        raise UserError(
            "study.design=table needs study.table=FILE, such as points.csv."
        )
    if kind != "table" and settings.table:
        raise UserError(
            f"study.table={settings.table} gives the points, so study.design={kind} "
            "cannot; leave one of them out."
        )
    return kind


def full_factorial(factors: Sequence[Factor], points: int, seed: int) -> list[Row]:
    """Combine all levels of all factors; the last factor changes fastest.

    ``points`` and ``seed`` are ignored.
    """
    del points, seed
    grids = [factor.on_grid() for factor in factors]
    counts = [len(grid) for grid in grids]
    if math.prod(counts) > MOST_POINTS:
        raise UserError(
            f"{' x '.join(map(str, counts))} levels make {math.prod(counts):,} points; "
            f"a sweep has at most {MOST_POINTS:,}.\nTake fewer levels, or a sample: "
            "study.design=sobol study.points=1024."
        )
    keys = [factor.key for factor in factors]
    return [dict(zip(keys, levels, strict=True)) for levels in product(*grids)]


def latin_hypercube(factors: Sequence[Factor], points: int, seed: int) -> list[Row]:
    """Sample one point in each of ``points`` equal slices of every factor.

    McKay, Beckman and Conover (1979, Technometrics 21, 239-245).
    """
    sampler = qmc.LatinHypercube(len(factors), rng=generator(seed))
    return _scaled(factors, sampler.random(points))


def sobol(factors: Sequence[Factor], points: int, seed: int) -> list[Row]:
    """Sample the first points of a scrambled Sobol' sequence.

    Sobol' (1967); Owen (1998, Journal of Complexity 14, 466-489) for the scrambling.
    """
    sampler = qmc.Sobol(len(factors), rng=generator(seed))
    # Drawn up to the next power of two, as SciPy wants it.
    return _scaled(factors, sampler.random_base2((points - 1).bit_length())[:points])


Sampler = Callable[[Sequence[Factor], int, int], list[Row]]
SAMPLERS: Mapping[str, Sampler] = {
    "full_factorial": full_factorial,
    "latin_hypercube": latin_hypercube,
    "sobol": sobol,
}
DESIGNS = (*SAMPLERS, "one_at_a_time", "table")


def generator(seed: int) -> np.random.Generator:
    """Make the generator of a sample, which follows from the study's seed."""
    block = uniforms(seed, 0, 0, 0, 0, ADDRESS)
    words = [int(uniform * 2**32) for uniform in block]
    return np.random.Generator(np.random.PCG64(np.random.SeedSequence(words)))


def _scaled(factors: Sequence[Factor], shares: NDArray[np.float64]) -> list[Row]:
    """Turn shares (points, factors) in [0, 1) into rows of levels."""
    columns = [f.at_shares(share) for f, share in zip(factors, shares.T, strict=True)]
    keys = [factor.key for factor in factors]
    return [
        dict(zip(keys, row, strict=True)) for row in np.column_stack(columns).tolist()
    ]


def tabulated(settings: SweepSettings) -> tuple[tuple[Factor, ...], list[Row]]:
    """Read the factors and points of a table.

    If the study declares factors, the table must have exactly their columns, with cells
    in their ranges. A factor declared as null allows what its parameter allows.
    """
    table = expanded(str(settings.table), "study.table=")
    file = read(table, "study.table", POINTS)
    limits = _limits(settings, file)
    rows = [_row(file, number, limits) for number in range(len(file.rows))]
    if len(rows) > MOST_POINTS:
        raise UserError(
            f"{file.path} has {len(rows):,} rows; a sweep has at most {MOST_POINTS:,}."
        )
    first: dict[tuple[float, ...], int] = {}
    for number, row in enumerate(rows):
        before = first.setdefault(tuple(row.values()), number)
        if before != number:
            raise UserError(
                f"{file.path}, {file.place(number)} is the same point as row "
                f"{before + 1}; how often a point is run is study.replicates."
            )
    kinds = {key: f.kind if f else kind_of_factor(key) for key, f in limits.items()}
    ordered = sorted(limits, key=lambda key: kinds[key] != "lever")
    factors = tuple(
        of_levels(key, kinds[key], tuple(sorted({row[key] for row in rows})))
        for key in ordered
    )
    return factors, [{key: row[key] for key in ordered} for row in rows]


def _limits(settings: SweepSettings, file: TableFile) -> Mapping[str, Factor | None]:
    """Give the factor declared for each column; None if its parameter's bounds hold."""
    given = [
        by_key(settings.levers, "study.levers"),
        by_key(settings.uncertainties, "study.uncertainties"),
    ]
    levers, uncertainties = (
        {key: x for key, x in own.items() if x is not None} for own in given
    )
    known = {f.key: f for f in read_factors(levers, uncertainties)}
    declared = [key for own in given for key in own]
    for key in file.columns:
        check_key(key, f"{file.path}, column {key}: ")
        if declared and key not in declared:
            raise UserError(
                f"{file.path} has the column {key}, which the study does not declare"
                f"{suggestion(key, declared)}\nDeclared are {', '.join(declared)}."
            )
    for key in declared:
        if key not in file.columns:
            near = suggestion(key, file.columns)
            raise UserError(
                f"{file.path} has no column {key}, a factor of the study{near}"
            )
    return {key: known.get(key) for key in file.columns}


def _row(file: TableFile, number: int, limits: Mapping[str, Factor | None]) -> Row:
    levels = {}
    for (key, limit), cell in zip(limits.items(), file.rows[number], strict=True):
        place = f"{file.path}, {file.place(number)}, column {key}: "
        if cell is None or cell == "":
            raise UserError(f"{place}the cell is empty.")
        value = code(key, cell, place)
        if limit and limit.levels and value not in limit.levels:
            names = ", ".join(map(limit.name_of, limit.levels))
            raise UserError(f"{place}{key} is {cell}; the study declares {names}.")
        if limit and not limit.low <= value <= limit.high:
            raise UserError(
                f"{place}{key} is {cell}; the study declares {limit.low:g} to "
                f"{limit.high:g}."
            )
        levels[key] = value
    return levels


Placed = tuple[Row, tuple[str, ...] | None]
"""Levels of a point, and the schemes run there; None: all."""


def _alone(
    factors: Sequence[Factor],
    schemes: Mapping[str, Scenario],
    swept: Sequence[str],
    pulled: bool,
) -> list[Placed]:
    """Move one factor at a time; the rest of a lever depends on the scheme."""
    levels = {factor.key: factor.on_grid() for factor in factors}
    if not pulled:
        alone = one_at_a_time(schemes, levels, 1, 0)
        return [(point.levels, None) for point in alone.points]
    return [
        (point.levels, (name,))
        for name in swept
        for point in one_at_a_time({name: schemes[name]}, levels, 1, 0).points
    ]


def _design(
    placed: Sequence[Placed],
    factors: Sequence[Factor],
    schemes: Mapping[str, Scenario],
    settings: SweepSettings,
    seed: int,
) -> tuple[Design, Mapping[int, int]]:
    """Make the design, and number the baseline's point in the world of each point."""
    times, baseline = settings.replicates, settings.baseline
    points = [Point(k, row, times, where) for k, (row, where) in enumerate(placed)]
    without = {point.number: point.number for point in points}
    if any(factor.kind == "lever" for factor in factors):
        rest = {
            factor.key: level(schemes[baseline], factor.key)
            for factor in factors
            if factor.kind == "lever"
        }
        worlds: dict[tuple[float, ...], int] = {}
        for point in list(points):
            here = {**point.levels, **rest}
            number = worlds.setdefault(tuple(here.values()), len(points))
            without[point.number] = number
            if number == len(points):
                points.append(Point(number, here, times, (baseline,)))
    return Design(schemes, tuple(points), seed), without


def _check_size(design: Design) -> None:
    everyone = len(design.schemes)
    runs = sum(
        point.replicates * (everyone if point.schemes is None else len(point.schemes))
        for point in design.points
    )
    if runs > MOST_RUNS:
        raise UserError(
            f"this sweep has {runs:,} runs; one study has at most {MOST_RUNS:,}.\n"
            "Take fewer points, schemes or replicates."
        )


def _check_points(
    design: Design,
    factors: Sequence[Factor],
    without: Mapping[int, int],
    *,
    alone: bool,
) -> tuple[tuple[str, str], ...]:
    """Refuse points that make no scenario; list levers that do nothing in a scheme.

    If levers move ``alone``, only points at which a lever moves count for it.
    """
    levers = [factor.key for factor in factors if factor.kind == "lever"]
    works: dict[tuple[str, str], bool] = {}
    for scheme, scenario in design.schemes.items():
        for point in design.points:
            if point.schemes is None or scheme in point.schemes:
                made = _scenario(scenario, point, scheme)
                for key in levers if point.number in without else ():
                    case, rest = (key, scheme), level(scenario, key)
                    if not alone or point.levels[key] != rest:
                        works[case] = works.get(case, False) or _works(made, key)
    return tuple(case for case, does in works.items() if not does)


def _scenario(scenario: Scenario, point: Point, scheme: str) -> Scenario:
    try:
        return at(scenario, point.levels)
    except ValidationError as error:
        levels = ", ".join(f"{k}={name_of(k, x)}" for k, x in point.levels.items())
        where = f"scheme {scheme}, point {point.number} ({levels}): "
        raise refusal(error, where=where) from None


def _works(scenario: Scenario, key: str) -> bool:
    group, name = key.split(".")[:2]
    if is_share(key):
        return any(name == other.name for other in scenario.groups)
    if group not in Scheme.model_fields:
        return True
    schemes = (a.scheme for regime in scenario.regimes for a in regime)
    return any(at_work(getattr(scheme, group)) for scheme in schemes)


def _advice(points: int) -> tuple[str, ...]:
    """Advise on a number of points that spoils the balance of a Sobol' sequence."""
    low = 2 ** (points.bit_length() - 1)
    if points == low:
        return ()
    near = low if points - low <= 2 * low - points else 2 * low
    return (
        f"A Sobol' sequence is balanced at powers of two: instead of {points} points "
        f"take {near} (study.points={near}).",
    )
