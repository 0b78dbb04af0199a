"""Which of the things that nobody knows decide what a scheme does.

A sample of points, drawn by SALib, moves all uncertainties at once; its indices say how
much each matters (``indices``). Then each uncertainty moves alone over its range, which
shows where it turns the sign of an effect (``thresholds``). All points
are run under every scheme with the same replicates.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Literal, NamedTuple

import numpy as np
from pydantic import ValidationError

from experiments.config.catalogue import suggestion
from experiments.config.forms import FactorsGiven
from experiments.config.messages import refusal, shown
from experiments.config.settings import SensitivitySettings
from experiments.designs.design import Design, Point, at, level
from experiments.designs.factors import Factor, kind_of, name_of
from experiments.designs.levels import by_key, read_factor
from experiments.errors import UserError
from experiments.statistics.paired import interval, percents
from experiments.statistics.ranges import unknown
from experiments.store.dataset import SUFFIX, values
from experiments.store.store import RUNS, Store
from experiments.store.table import Table
from experiments.studies.sensitivity.indices import (
    Analysis,
    Floats,
    Index,
    Method,
    Sample,
    analyse,
    draw,
)
from experiments.studies.sensitivity.thresholds import Flip, Node, flips
from model.outcomes import NAMES
from model.scenario import Scenario

METHODS: Mapping[str, Method] = {"morris": "morris", "sobol": "sobol"}
SAMPLES: Mapping[Method, int] = {"morris": 6, "sobol": 128}
Quantity = Literal["percent", "effect", "level"]
QUANTITIES: Mapping[str, Quantity] = {
    "percent": "percent",
    "effect": "effect",
    "level": "level",
}
MOST_RUNS = 2_000_000
SHARES = ("noise_share", "noise_share_single")
"""Names of the rows on luck."""


class Sensitivity(NamedTuple):
    """The design of a study of sensitivity, and the quantity that it analyses.

    Attributes
    ----------
    column : str
        The outcome over the period, as ``runs.parquet`` names it.
    schemes : tuple of str
        Schemes to analyse; the baseline is one only if levels are analysed.
    design : Design
        Point 0 is as declared; then come the points of the sample, then the lines.
    lines : mapping
        Points along the range of each parameter, the declared one first.
    """

    factors: tuple[Factor, ...]
    sample: Sample
    column: str
    outcome: str
    period: str
    quantity: Quantity
    baseline: str
    schemes: tuple[str, ...]
    design: Design
    lines: Mapping[str, tuple[int, ...]]

    @property
    def replicates(self) -> int:
        """Runs at each point."""
        return self.design.points[0].replicates

    @property
    def sampled(self) -> slice:
        """Points of the sample."""
        return slice(1, 1 + len(self.sample.shares))


class SchemeResult(NamedTuple):
    """The results of one scheme.

    Attributes
    ----------
    declared : Node or None
        The effect with all parameters as declared; None if it is not known.
    positive : float or None
        Share of the sampled points at which the mean effect is above 0.
    """

    scheme: str
    analysis: Analysis
    declared: Node | None
    nodes: tuple[Node, ...]
    flips: tuple[Flip, ...]
    positive: float | None


def sensitivity(
    settings: SensitivitySettings, schemes: Mapping[str, Scenario], seed: int
) -> Sensitivity:
    """Make the design that settings ask for; ``schemes`` holds the baseline too.

    Raises ``UserError`` for what cannot be run, before anything runs.
    """
    method = METHODS[_one_of("method", settings.method, METHODS)]
    period = _one_of("period", settings.period, SUFFIX)
    outcome = _one_of("outcome", settings.outcome, NAMES)
    quantity = QUANTITIES[_one_of("quantity", settings.quantity, QUANTITIES)]
    looked_at = tuple(
        n for n in schemes if quantity == "level" or n != settings.baseline
    )
    if not looked_at:
        raise UserError(
            f"nothing is held against {settings.baseline}. Name schemes, such as "
            "study.schemes=[review_linked], or ask for study.quantity=level."
        )
    factors = uncertainties(settings.uncertainties)
    keys = [f.key for f in factors]
    second = settings.second_order and method == "sobol"
    sample = draw(method, keys, _samples(settings, method), second, seed)
    columns = [
        f.at_shares(share) for f, share in zip(factors, sample.shares.T, strict=True)
    ]
    rows: list[Mapping[str, float]] = [
        dict(zip(keys, row, strict=True)) for row in np.column_stack(columns).tolist()
    ]
    centre = next(iter(schemes.values()))
    here = {key: level(centre, key) for key in keys}
    lines: dict[str, tuple[int, ...]] = {}
    placed: list[Mapping[str, float]] = [here, *rows]
    for own in factors if quantity != "level" and settings.levels else ():
        values = own._replace(grid=max(2, settings.levels)).on_grid()
        others = [here | {own.key: x} for x in values if x != here[own.key]]
        first = len(placed)
        lines[own.key] = (0, *range(first, first + len(others)))
        placed += others
    points = (Point(k, row, settings.replicates) for k, row in enumerate(placed))
    design = Design(dict(schemes), tuple(points), seed)
    _check(design)
    return Sensitivity(
        factors,
        sample,
        outcome + SUFFIX[period],
        outcome,
        period,
        quantity,
        settings.baseline,
        looked_at,
        design,
        lines,
    )


def _one_of(name: str, given: str, known: Sequence[str] | Mapping[str, Any]) -> str:
    valid = list(known)
    if given not in valid:
        raise UserError(
            f"study.{name} is {shown(given)}, which is none of them"
            f"{suggestion(given, valid)}\nChoose among {', '.join(valid)}."
        )
    return given


def _samples(settings: SensitivitySettings, method: Method) -> int:
    samples = settings.samples or SAMPLES[method]
    if method == "sobol" and samples & (samples - 1):
        low = 2 ** (samples.bit_length() - 1)
        raise UserError(
            f"study.samples is {samples}; a Sobol' sequence is balanced at powers of "
            f"two alone. Take {low} or {2 * low}."
        )
    return samples


def uncertainties(given: FactorsGiven) -> tuple[Factor, ...]:
    """Read the uncertain parameters; null stands for all that nobody knows.

    Raises ``UserError`` for what is no uncertainty, or has no order.
    """
    if given is None:
        given = [row.key for row in unknown()]
    own = by_key(given, "study.uncertainties")
    if len(own) < 2:
        raise UserError(
            "study.uncertainties needs two keys or more; one alone is what "
            "study=ranges and study=sweep look at."
        )
    factors = tuple(
        read_factor(key, levels, "uncertainty") for key, levels in own.items()
    )
    for key in own:
        if key == "organisation.employees" or kind_of(key) not in (int, float):
            raise UserError(
                f"study.uncertainties: {key} cannot be one here: sensitivity "
                "indices need numbers with an order, in organisations of one size."
            )
    return factors


def _check(design: Design) -> None:
    if len(design.runs) > MOST_RUNS:
        raise UserError(
            f"this study has {len(design.runs):,} runs; one has at most "
            f"{MOST_RUNS:,}.\nTake fewer samples, uncertainties or schemes."
        )
    for scheme, scenario in design.schemes.items():
        for point in design.points:
            try:
                at(scenario, point.levels)
            except ValidationError as error:
                levels = (f"{k}={name_of(k, x)}" for k, x in point.levels.items())
                where = f"scheme {scheme}, {', '.join(levels)}: "
                raise refusal(error, where=where) from None


def analyse_schemes(store: Store, study: Sensitivity) -> list[SchemeResult]:
    """Analyse the runs of a store, scheme by scheme."""
    runs = values(store.read(RUNS, [study.column]), study.column)
    shape = len(study.design.schemes), len(study.design.points), study.replicates
    by_scheme = dict(zip(study.design.schemes, runs.reshape(shape), strict=True))
    base = by_scheme[study.baseline]
    return [
        analyse_scheme(study, scheme, quantity(study.quantity, by_scheme[scheme], base))
        for scheme in study.schemes
    ]


def quantity(which: Quantity, own: Floats, base: Floats) -> Floats:
    """Compute the quantity to analyse, shape (points, R): a level or an effect.

    Per cents are of the baseline's mean at the same point, see ``percents``.
    """
    if which == "level":
        return own
    if which == "effect":
        effect: Floats = own - base
        return effect
    return percents(own, base)


def analyse_scheme(study: Sensitivity, scheme: str, effect: Floats) -> SchemeResult:
    """Estimate indices, lines and thresholds of one scheme from values (points, R)."""
    sampled = effect[study.sampled]
    lines = {
        key: line
        for key, numbers in study.lines.items()
        if len(line := list(_line(study, scheme, key, numbers, effect))) > 1
    }
    nodes = tuple(node for line in lines.values() for node in line)
    means = sampled.mean(axis=1)
    known = means[~np.isnan(means)]
    signed = study.quantity != "level" and len(known)
    return SchemeResult(
        scheme,
        analyse(study.sample, sampled.T),
        _node(study, scheme, "", 0, effect),
        nodes,
        tuple(flips(lines)),
        float((known > 0.0).mean()) if signed else None,
    )


def _line(
    study: Sensitivity, scheme: str, key: str, numbers: Sequence[int], effect: Floats
) -> Iterator[Node]:
    """Make a node for each level of a parameter at which the effect is known."""
    if np.isnan(effect[0]).any():
        return
    for number in numbers:
        node = _node(study, scheme, key, number, effect)
        if node is not None:
            yield node


def _node(
    study: Sensitivity, scheme: str, key: str, number: int, effect: Floats
) -> Node | None:
    if np.isnan(effect[number]).any():
        return None
    mean, low, high = interval(effect[number])
    if low is None or high is None:
        return None
    value = study.design.points[number].levels[key] if key else 0.0
    return Node(scheme, key, value, number == 0, mean, low, high)


class IndexRow(NamedTuple):
    """One row of ``indices.csv``: an ``Index`` and what it is about.

    A row ``noise_share`` of each scheme has luck's share of the variance between
    points, and ``noise_share_single`` that of a single replicate.
    """

    scheme: str
    outcome: str
    period: str
    quantity: Quantity
    index: str  # type: ignore[assignment]  # tuples have a method of this name
    parameter: str
    other: str
    value: float | None
    low: float | None
    high: float | None
    plain: float | None
    noise: float | None


OF_INDEX = "share; of mu_star, mu and sigma that of the quantity"
INDICES = Table(
    "indices.csv",
    IndexRow,
    "sensitivity indices by scheme, parameter and pair of parameters",
    {
        "quantity": (
            "",
            "percent: effect in % of the baseline; effect: in the outcome's unit; "
            "level: the outcome itself",
        ),
        "index": (
            "",
            "S1, ST, S2 (Sobol') or mu_star, mu, sigma (Morris); noise_share: luck's "
            "share of the variance between points; noise_share_single: that of a "
            "single replicate",
        ),
        "other": ("", "dotted key of the other parameter of a pair"),
        "value": (OF_INDEX, "the index, corrected for noise (mu_star is not)"),
        "low": (OF_INDEX, "lower end of its 95 % interval"),
        "high": (OF_INDEX, "upper end"),
        "plain": (OF_INDEX, "what SALib gives for the mean over replicates"),
        "noise": (OF_INDEX, "of mu_star, what luck alone makes of no effect"),
    },
)


def index_rows(study: Sensitivity, every: Sequence[SchemeResult]) -> Iterator[IndexRow]:
    """Make the rows of ``indices.csv``, by scheme."""
    for one in every:
        shares = [Index(n, "", "", getattr(one.analysis, n)) for n in SHARES]
        for index in (*shares, *one.analysis.indices):
            yield IndexRow(
                one.scheme, study.outcome, study.period, study.quantity, *index
            )
