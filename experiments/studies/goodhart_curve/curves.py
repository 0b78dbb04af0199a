"""Goodhart curves: reported usage and real output as the pressure of one lever grows.

Every *family*, a lever that is moved from 0 up, is moved in every *workforce*, a set of
assumptions on people (``experiments.designs.families``). An effect is the mean over
replicates of what changes from pressure 0 to a pressure, for the same people with the
same luck, with Student's 95 % interval. The intervals are those of single points: a
band holds the whole true curve in fewer than 95 % of studies.
"""

from collections.abc import Iterator, Mapping, Sequence
from enum import Enum
from typing import NamedTuple

import numpy as np
from pydantic import ValidationError

from experiments.config.catalogue import SESSION_KEYS
from experiments.config.messages import refusal
from experiments.config.overrides import parse
from experiments.config.request import Request
from experiments.config.settings import GoodhartCurveSettings
from experiments.designs.design import Design, Point, at, at_work, level
from experiments.designs.factors import no_weight
from experiments.designs.families import (
    Family,
    Workforce,
    families,
    pressures,
    workforces,
)
from experiments.errors import UserError
from experiments.statistics.effects import Panel
from experiments.statistics.paired import clear_sign, interval, paired, percent
from experiments.store.dataset import SUFFIX
from experiments.store.meanings import OF_OUTCOME
from experiments.store.table import Table
from experiments.studies.goodhart_curve.turning import (
    Floats,
    Shape,
    turning,
)
from model.outcomes import OUTCOMES
from model.scenario import Scheme

USAGE, OUTPUT, VALIDITY = "reported_tokens", "output", "score_validity"
FOLLOWED = (
    USAGE,
    OUTPUT,
    VALIDITY,
    "padded_token_share",
    "misuse_share",
    "trivial_share",
    "net_value",
)
"""Outcomes of ``curve.csv``, over the whole run."""
UNITS = {outcome.name: outcome.unit for outcome in OUTCOMES}


class Curves(NamedTuple):
    """A design and the curves that it is made of.

    Attributes
    ----------
    points : dict
        Numbers of the points of each curve, in the order of its levels, by family and
        workforce.
    """

    families: tuple[Family, ...]
    workforces: tuple[Workforce, ...]
    design: Design
    points: Mapping[tuple[str, str], tuple[int, ...]]


class CurvePoint(NamedTuple):
    """One row of ``curve.csv``; None, an empty field, is an unknown value.

    Attributes
    ----------
    mean : float or None
        Mean of the outcome at this pressure.
    percent, percent_low, percent_high : float or None
        The effect and its interval over the size of the mean at pressure 0.
    """

    family: str
    workforce: str
    lever: str
    pressure: float
    outcome: str
    unit: str
    mean: float | None = None
    effect: float | None = None
    low: float | None = None
    high: float | None = None
    percent: float | None = None
    percent_low: float | None = None
    percent_high: float | None = None
    replicates: int = 0


class Truth(Enum):
    """True or false, as ``turning.csv`` writes it."""

    YES = "true"
    NO = "false"

    def __bool__(self) -> bool:
        return self is Truth.YES


class TurningPoint(NamedTuple):
    """One row of ``turning.csv``: what a curve does, see ``turning``.

    Attributes
    ----------
    best : float
        The level with the highest mean output.
    turning_point : float or None
        None if output does not turn within the range.
    low, high : float
        Interval in which the peak of output lies.
    end : float
        The highest pressure.
    gain, gain_low, gain_high : float or None
        Output from pressure 0 to the best level, in % of that at pressure 0; None
        over 0, but 0 if nothing changes.
    loss, loss_low, loss_high : float or None
        Output from the best level to the end, likewise.
    usage, usage_low, usage_high : float or None
        Reported usage from the best level to the end, likewise.
    usage_rises : Truth
        Whether ``usage`` is clearly above 0.
    """

    family: str
    workforce: str
    lever: str
    shape: Shape
    best: float
    turning_point: float | None
    low: float
    high: float
    end: float
    gain: float | None
    gain_low: float | None
    gain_high: float | None
    loss: float | None
    loss_low: float | None
    loss_high: float | None
    usage: float | None
    usage_low: float | None
    usage_high: float | None
    usage_rises: Truth
    replicates: int


OF_CURVE = {
    "family": ("", "name of the lever and the scheme in which it is pulled"),
    "workforce": ("", "name of the assumptions on people"),
    "lever": ("", "dotted key of the lever"),
}
CURVE = Table(
    "curve.csv",
    CurvePoint,
    "outcomes over the whole run by family, workforce, outcome and pressure",
    OF_CURVE
    | {
        "pressure": ("that of the lever", "level of the lever, from 0"),
        "mean": (OF_OUTCOME, "mean at this pressure over replicates"),
        "effect": (OF_OUTCOME, "mean over replicates of the change from pressure 0"),
        "percent": ("%", "effect over the size of the mean at pressure 0"),
    },
)
TURNING = Table(
    "turning.csv",
    TurningPoint,
    "what output does as pressure grows, by family and workforce",
    OF_CURVE
    | {
        "shape": ("", "turns, rises, falls or flat: what can be said of output"),
        "best": ("that of the lever", "level with the highest mean output"),
        "turning_point": ("that of the lever", "where output turns"),
        "low": ("that of the lever", "lower end of the interval of the peak"),
        "high": ("that of the lever", "upper end"),
        "end": ("that of the lever", "highest pressure"),
        "gain": ("%", "output from pressure 0 to best, in % of that at pressure 0"),
        "gain_low": ("%", "lower end of its 95 % t interval"),
        "gain_high": ("%", "upper end"),
        "loss": ("%", "output from best to the end, in % of that at pressure 0"),
        "loss_low": ("%", "lower end of its 95 % t interval"),
        "loss_high": ("%", "upper end"),
        "usage": ("%", "reported usage from best to the end, likewise"),
        "usage_low": ("%", "lower end of its 95 % t interval"),
        "usage_high": ("%", "upper end"),
        "usage_rises": ("true or false", "whether usage clearly rises beyond best"),
        "replicates": ("runs", "at each pressure"),
    },
)


def curves(request: Request, settings: GoodhartCurveSettings) -> Curves:
    """Make the design that settings ask for.

    Raises ``UserError`` naming the key, the value and what is allowed, before anything
    runs.
    """
    people = workforces(settings.workforces)
    pulled = _families(request, settings)
    varied = dict.fromkeys(
        [family.lever for family in pulled]
        + [key for workforce in people for key in workforce.levels]
    )
    points: list[Point] = []
    numbers = {}
    for family in pulled:
        here = {key: level(family.scenario, key) for key in varied}
        for workforce in people:
            first = len(points)
            for pressure in family.levels:
                levels = here | dict(workforce.levels) | {family.lever: pressure}
                points.append(
                    Point(len(points), levels, settings.replicates, (family.name,))
                )
            numbers[family.name, workforce.name] = tuple(range(first, len(points)))
            _check(family, points[first:])
    schemes = {family.name: family.scenario for family in pulled}
    design = Design(schemes, tuple(points), request.seed)
    return Curves(pulled, people, design, numbers)


def _families(request: Request, settings: GoodhartCurveSettings) -> tuple[Family, ...]:
    """Read the families that are declared, or the one lever that is asked for."""
    if settings.lever is not None:
        levels = pressures(
            settings.lever, settings.levels, settings.high, settings.points, "study."
        )
        return (Family(settings.lever, settings.lever, levels, request.scenario),)
    for name in ("levels", "high"):
        if getattr(settings, name) is not None:
            raise UserError(
                f"study.{name} belongs to one lever; name it, such as "
                "study.lever=review.weight."
            )
    asked = [parse(text) for text in request.overrides]
    own = [change.text for change in asked if change.root not in SESSION_KEYS]
    return families(settings.families, settings.points, own)


def _check(family: Family, points: Sequence[Point]) -> None:
    """Refuse levels that make no scenario, and a lever that does nothing."""
    group = family.lever.split(".")[0]
    works = group not in Scheme.model_fields
    for point in points:
        try:
            made = at(family.scenario, point.levels)
        except ValidationError as error:
            pressure = point.levels[family.lever]
            raise refusal(error, where=f"{family.name} at {pressure:g}: ") from None
        if not works:
            works = any(at_work(getattr(phase.scheme, group)) for phase in made.phases)
    if not works:
        raise UserError(no_weight(family.lever, "this scheme"))


def columns() -> list[str]:
    """List the columns of ``runs.parquet`` that curves need."""
    return ["scheme", "point", *(name + SUFFIX["whole"] for name in FOLLOWED)]


def curve(panel: Panel, curves: Curves) -> Iterator[CurvePoint]:
    """Make all points by family, workforce, outcome and pressure."""
    for family in curves.families:
        for workforce in curves.workforces:
            numbers = curves.points[family.name, workforce.name]
            for outcome in FOLLOWED:
                column = outcome + SUFFIX["whole"]
                values = [panel.values(family.name, k, column) for k in numbers]
                for pressure, sample in zip(family.levels, values, strict=True):
                    label = family.name, workforce.name, family.lever, pressure
                    yield _point(label, outcome, sample, values[0])


def _point(
    label: tuple[str, str, str, float], outcome: str, sample: Floats, zero: Floats
) -> CurvePoint:
    known = sample[~np.isnan(sample)]
    change = paired(sample, zero)
    return CurvePoint(
        *label,
        outcome,
        UNITS[outcome],
        float(known.mean()) if len(known) else None,
        change.effect,
        change.low,
        change.high,
        change.percent,
        change.percent_low,
        change.percent_high,
        change.replicates,
    )


def turning_points(panel: Panel, curves: Curves) -> Iterator[TurningPoint]:
    """Find the turning point of every curve, by family and workforce."""
    for family in curves.families:
        for workforce in curves.workforces:
            numbers = curves.points[family.name, workforce.name]
            output, usage = (
                np.column_stack(
                    [
                        panel.values(family.name, k, name + SUFFIX["whole"])
                        for k in numbers
                    ]
                )
                for name in (OUTPUT, USAGE)
            )
            whole = ~np.isnan(output + usage).any(axis=1)
            if whole.sum() < 2:
                continue
            output, usage = output[whole], usage[whole]
            peak = turning(np.array(family.levels), output)
            yield TurningPoint(
                family.name,
                workforce.name,
                family.lever,
                peak.shape,
                family.levels[peak.best],
                peak.point,
                peak.low,
                peak.high,
                family.levels[-1],
                *_change(output, 0, peak.best),
                *_change(output, peak.best, -1),
                *_change(usage, peak.best, -1),
                usage_rises=_rises(usage, peak.best),
                replicates=len(output),
            )


def _change(
    values: Floats, first: int, last: int
) -> tuple[float | None, float | None, float | None]:
    """Compute the change between two levels of values (R, K), in % of level 0."""
    base = float(values[:, 0].mean())
    effect, low, high = interval(values[:, last] - values[:, first])
    return percent(effect, base), percent(low, base), percent(high, base)


def _rises(values: Floats, first: int) -> Truth:
    """Test whether the mean of values (R, K) clearly rises from a level to the last."""
    _, low, high = interval(values[:, -1] - values[:, first])
    return Truth.YES if clear_sign(low, high) > 0 else Truth.NO
