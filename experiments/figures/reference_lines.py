"""Reference lines that incentives set in a distribution of weekly tokens.

A quota, a cap or the cut of a board is declared in the unit of its measure and for its
window; here each becomes M tokens a week, if tokens alone decide it.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from model.incentive import Counted, Threshold
from model.measure import REFERENCE_TOKENS
from model.scenario import Measure, Scenario, Scheme

Floats = NDArray[np.float64]


class ReferenceLine(NamedTuple):
    """A value of weekly tokens [M] and what it is."""

    name: str
    tokens: float


def in_force(scenario: Scenario, week: int) -> Scheme:
    """Give the scheme in force in a week."""
    return [phase.scheme for phase in scenario.phases if phase.week <= week][-1]


def reference_lines(
    scenario: Scenario, tokens: Floats, week: int
) -> list[ReferenceLine]:
    """Give the lines of the scheme in force in a week, the smallest first.

    ``tokens`` are those of the last weeks, shape (T, n): the cut of a board is the
    mean over weeks of those at its last place.
    """
    scheme = in_force(scenario, week)
    lines = []
    if scheme.measure.cap > 0.0:
        counted = _per_point(scheme.measure)
        if counted is not None:
            lines.append(
                ReferenceLine("cap of the measure", scheme.measure.cap * counted)
            )
    for incentive in scheme.incentives.values():
        if incentive.has_weight():
            for threshold in incentive.thresholds():
                at = _tokens(threshold, incentive.window(), scheme, scenario, tokens)
                if at is not None:
                    lines.append(ReferenceLine(_name(threshold, scenario), at))
    return sorted(lines, key=lambda line: line.tokens)


def _per_point(measure: Measure) -> float | None:
    """Return the tokens that make a point [M]; None if something else counts too."""
    others = measure.active + measure.output + measure.days
    if measure.tokens > 0.0 and others == 0.0:
        return REFERENCE_TOKENS / measure.tokens
    return None


def _name(threshold: Threshold, scenario: Scenario) -> str:
    """Name a threshold; a target that the ratchet raises is named as the first one."""
    rises = threshold.is_target and scenario.principal.ratchet > 0.0
    return f"first {threshold.name}" if rises else threshold.name


def _tokens(
    threshold: Threshold,
    weeks: int,
    scheme: Scheme,
    scenario: Scenario,
    tokens: Floats,
) -> float | None:
    """Convert a threshold to weekly tokens [M]; None if more decides it."""
    price = scenario.technology.price
    per_unit = {
        Counted.TOKENS: 1.0,
        Counted.SPEND: 1.0 / price if price else None,
        Counted.HEADLINE: _per_point(scheme.measure),
    }.get(threshold.counted)
    if threshold.top_share is not None:
        by_tokens = per_unit is not None or threshold.counted is Counted.SPEND
        return _cut(tokens, threshold.top_share) if by_tokens else None
    return None if per_unit is None else threshold.amount * per_unit / weeks


def _cut(tokens: Floats, share: float) -> float:
    """Give the tokens at the last place of the top share, mean over weeks."""
    people = tokens.shape[1]
    place = max(1.0, share * people) - 1.0
    ranked = -np.sort(-tokens, axis=1)
    at = [np.interp(place, np.arange(people), week) for week in ranked]
    return float(np.mean(at))
