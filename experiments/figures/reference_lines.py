"""Lines that the incentives of a scheme draw into a distribution of tokens.

A quota, a cap or the cut of a board is declared in the unit of its measure and for its
window; here each becomes M tokens a week, if tokens alone decide it.
"""

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from model.incentive import Counted, Incentive
from model.incentives import Audit, Budget, Quota, TopBoard
from model.measure import REFERENCE_TOKENS
from model.scenario import Measure, Scenario, Scheme

Floats = NDArray[np.float64]


class Line(NamedTuple):
    """A value of weekly tokens [M] and what it is."""

    name: str
    tokens: float


def in_force(scenario: Scenario, week: int) -> Scheme:
    """Give the scheme in force in a week."""
    return [phase.scheme for phase in scenario.phases if phase.week <= week][-1]


def reference_lines(scenario: Scenario, tokens: Floats, week: int) -> list[Line]:
    """Give the lines of the scheme in force in a week, the smallest first.

    ``tokens`` are those of the last weeks, shape (T, n): the cut of a board is the
    mean over weeks of those at its last place.
    """
    scheme = in_force(scenario, week)
    lines = []
    if scheme.measure.cap > 0.0:
        counted = _per_point(scheme.measure)
        if counted is not None:
            lines.append(Line("cap of the measure", scheme.measure.cap * counted))
    for part in scheme.incentives.values():
        if part.has_weight() and type(part) in DECLARED:
            lines += DECLARED[type(part)](part, scheme, scenario, tokens)
    return sorted(lines, key=lambda line: line.tokens)


def _per_point(measure: Measure) -> float | None:
    """Give the M tokens that make a point; None if something else counts too."""
    if measure.tokens > 0.0 and not (measure.active or measure.output):
        return REFERENCE_TOKENS / measure.tokens
    return None


def _quota(
    quota: Quota, scheme: Scheme, scenario: Scenario, tokens: Floats
) -> Iterator[Line]:
    del tokens
    units = {
        Counted.TOKENS: 1.0,
        Counted.SPEND: 1.0 / scenario.technology.price
        if scenario.technology.price
        else None,
        Counted.HEADLINE: _per_point(scheme.measure),
    }
    each = units.get(quota.measure)
    if each is not None:
        # What the principal raises later (the ratchet) starts from this.
        name = "first minimum" if scenario.principal.ratchet > 0.0 else "minimum"
        yield Line(name, quota.amount * each / quota.weeks)


def _budget(
    budget: Budget, scheme: Scheme, scenario: Scenario, tokens: Floats
) -> Iterator[Line]:
    del scheme, tokens
    if budget.cap > 0.0 and scenario.technology.price > 0.0:
        dollars = budget.cap / budget.weeks
        yield Line("spending cap", dollars / scenario.technology.price)


def _top_board(
    board: TopBoard, scheme: Scheme, scenario: Scenario, tokens: Floats
) -> Iterator[Line]:
    del scenario
    by_tokens = board.measure in (Counted.TOKENS, Counted.SPEND) or (
        board.measure is Counted.HEADLINE and _per_point(scheme.measure) is not None
    )
    if by_tokens:
        yield Line("last place listed", _cut(tokens, board.share))


def _audit(
    audit: Audit, scheme: Scheme, scenario: Scenario, tokens: Floats
) -> Iterator[Line]:
    del scheme, scenario
    if audit.top_share > 0.0:
        yield Line("audited above", _cut(tokens, audit.top_share))


def _cut(tokens: Floats, share: float) -> float:
    """Give the tokens at the last place of the top share, mean over weeks."""
    people = tokens.shape[1]
    place = max(1.0, share * people) - 1.0
    ranked = -np.sort(-tokens, axis=1)
    at = [np.interp(place, np.arange(people), week) for week in ranked]
    return float(np.mean(at))


DECLARED: dict[type[Incentive], Callable[[Any, Scheme, Scenario, Floats], Any]] = {
    Quota: _quota,
    Budget: _budget,
    TopBoard: _top_board,
    Audit: _audit,
}
