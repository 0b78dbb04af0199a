"""Proxyeconomics: published results beside ours, with tolerances stated beforehand.

The reference (``docs/evidence.md``, section 5.2) is an independent re-implementation
that was checked against the published program: means of steps 3,001 to 6,000 and their
standard deviations over 10 seeds. A cell holds if both means lie within 4 standard
errors of their difference; what rounding to the printed digits may hide is added.
"""

import math
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from scipy.stats import t as student

from experiments.statistics.check import TOLERANCE
from experiments.statistics.finding import Finding, Verdict
from experiments.studies.proxyeconomics.rules import STATISTICS

SEEDS = 10
"""Runs behind each number of the reference."""
PUBLISHED_STEPS = 6000
"""Steps of those runs; the second half is reported."""
UNIT = {"proxy": "-", "goal": "-", "effort": "-", "angle": "degrees"}
ROUNDING = {"proxy": 0.005, "goal": 0.005, "effort": 0.005, "angle": 0.05}
"""Half a unit of the last printed digit."""

TWIN_STEPS = 40
"""Steps of which Mesa and the compiled version are compared at each place."""
SAME = 1e-9
"""Difference of two means that the order of their sums explains."""


class Place(NamedTuple):
    """A point of the model's parameters: g and c."""

    moral_weight: float
    competition: float


class Summary(NamedTuple):
    """Mean and sd of a statistic over runs that differ by luck alone, at least two."""

    mean: float
    sd: float
    runs: int


Summaries = Mapping[tuple[Place, str], Summary]
"""Summaries by place and statistic."""


class Printed(NamedTuple):
    """A number of the reference; no standard deviation is printed for effort."""

    mean: float
    sd: float | None


def _row(*cells: tuple[float, float | None]) -> dict[str, Printed]:
    return {name: Printed(*cell) for name, cell in zip(STATISTICS, cells, strict=True)}


REFERENCE: Mapping[Place, Mapping[str, Printed]] = {
    Place(0.0, 0.1): _row((9.53, 0.06), (7.38, 0.24), (9.64, None), (5.4, 2.1)),
    Place(0.0, 0.3): _row((11.03, 0.04), (7.89, 0.42), (11.17, None), (0.7, 3.1)),
    Place(0.0, 0.5): _row((10.58, 0.05), (7.44, 0.40), (10.79, None), (-0.3, 3.0)),
    Place(0.0, 0.9): _row((8.89, 0.02), (6.26, 0.29), (9.33, None), (-0.2, 2.6)),
    Place(1.0, 0.1): _row((13.72, 0.10), (11.19, 0.13), (13.94, None), (8.7, 0.6)),
    Place(1.0, 0.3): _row((14.90, 0.08), (11.89, 0.10), (15.15, None), (7.3, 0.4)),
    Place(1.0, 0.5): _row((14.46, 0.05), (11.53, 0.13), (14.81, None), (7.2, 0.7)),
    Place(1.0, 0.9): _row((12.69, 0.03), (10.14, 0.10), (13.27, None), (7.3, 0.6)),
}
"""Statistics by g and c."""

CONFIDENCE = 0.95
COMPETITIONS = (0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9)
GRID = tuple(Place(g, c) for g in (0.0, 1.0) for c in COMPETITIONS)
"""Places of the study: those of the reference and those between them."""

ENOUGH = 0.2
"""Lowest competition of the claims about angles."""
NEAR_ZERO = 5.0
"""Degrees that count as none: a ninth of the way from proxy to goal (45 degrees)."""
LITTLE = 2.0
"""Degrees that count as hardly any change: the standard deviation of a mutation."""
WHOLE_TURN = 45.0
"""Degrees from the proxy to the goal."""
PEAK = 0.3
"""Competition near which the hump has its peak."""


class ReferenceCell(NamedTuple):
    """A statistic at one place: the reference's beside ours."""

    place: Place
    statistic: str
    printed: Printed
    ours: Summary

    @property
    def error(self) -> float:
        """Standard error of the difference; our sd stands in for an unprinted one."""
        theirs = self.ours.sd if self.printed.sd is None else self.printed.sd
        return math.sqrt(self.ours.sd**2 / self.ours.runs + theirs**2 / SEEDS)

    @property
    def distance(self) -> float:
        """Difference from the reference, beyond rounding, in standard errors."""
        gap = self.ours.mean - self.printed.mean
        beyond = abs(gap) - ROUNDING[self.statistic]
        if beyond <= 0.0:
            return 0.0
        return math.copysign(beyond / self.error if self.error else math.inf, gap)

    @property
    def holds(self) -> bool:
        """Whether both agree; False if a value is NaN."""
        return abs(self.distance) <= TOLERANCE


def cells(summaries: Summaries) -> list[ReferenceCell]:
    """Set each number of the reference beside ours."""
    return [
        ReferenceCell(place, statistic, printed, summaries[place, statistic])
        for place, row in REFERENCE.items()
        for statistic, printed in row.items()
    ]


class Claim(NamedTuple):
    """A qualitative result, and the findings that test it."""

    text: str
    findings: Sequence[Finding]

    @property
    def verdict(self) -> Verdict:
        """Holds if all findings do, fails if one does."""
        verdicts = {finding.verdict for finding in self.findings}
        for verdict in (Verdict.FAILS, Verdict.UNKNOWN):
            if verdict in verdicts:
                return verdict
        return Verdict.HOLDS


def claims(summaries: Summaries) -> list[Claim]:
    """Test the three qualitative results; ``summaries`` must hold all of ``GRID``.

    That practice turns to the proxy alone is asked from c = 0.2 on, like the second
    result: at c = 0.1 the reference itself stops at 5.4 degrees.
    """
    enough = [c for c in COMPETITIONS if c >= ENOUGH]
    return [
        Claim(
            "without conscience (g = 0) practice turns to the proxy alone",
            [_angle(summaries, 0.0, c, -NEAR_ZERO, NEAR_ZERO) for c in enough],
        ),
        Claim(
            "with conscience (g = 1) practice locks in between proxy and goal, at "
            "nearly the same angle whatever the competition",
            [
                *(
                    _angle(summaries, 1.0, c, NEAR_ZERO, WHOLE_TURN - NEAR_ZERO)
                    for c in enough
                ),
                _trend(summaries, enough),
            ],
        ),
        Claim(
            "proxy, goal and effort are hump-shaped in competition, with a peak near "
            f"c = {PEAK:g}",
            [
                _rise(summaries, g, statistic, other)
                for g in (0.0, 1.0)
                for statistic in ("proxy", "goal", "effort")
                for other in (0.1, 0.5, 0.9)
            ],
        ),
    ]


def _angle(
    summaries: Summaries, g: float, c: float, least: float, most: float
) -> Finding:
    return Finding(
        f"practice angle at g = {g:g}, c = {c:g}",
        UNIT["angle"],
        *_combined(summaries, {(Place(g, c), "angle"): 1.0}),
        least,
        most,
    )


def _trend(summaries: Summaries, competitions: Sequence[float]) -> Finding:
    """Fit the change of the angle as a straight line through all competitions."""
    middle = sum(competitions) / len(competitions)
    squares = sum((c - middle) ** 2 for c in competitions)
    span = competitions[-1] - competitions[0]
    weights = {
        (Place(1.0, c), "angle"): span * (c - middle) / squares for c in competitions
    }
    return Finding(
        f"change of the practice angle from c = {competitions[0]:g} to "
        f"{competitions[-1]:g} at g = 1, by a straight line",
        UNIT["angle"],
        *_combined(summaries, weights),
        -LITTLE,
        LITTLE,
    )


def _rise(summaries: Summaries, g: float, statistic: str, other: float) -> Finding:
    weights = {(Place(g, PEAK), statistic): 1.0, (Place(g, other), statistic): -1.0}
    return Finding(
        f"{statistic} at c = {PEAK:g} less that at c = {other:g}, g = {g:g}",
        UNIT[statistic],
        *_combined(summaries, weights),
        0.0,
    )


def _combined(
    summaries: Summaries, weights: Mapping[tuple[Place, str], float]
) -> tuple[float, float, float]:
    """Sum means with weights; the interval is Welch and Satterthwaite's."""
    terms = [(weight, summaries[key]) for key, weight in weights.items()]
    total = sum(weight * summary.mean for weight, summary in terms)
    variances = [weight**2 * e.sd**2 / e.runs for weight, e in terms]
    variance = sum(variances)
    if variance == 0.0:
        return total, total, total
    freedom = variance**2 / sum(
        v**2 / (e.runs - 1) for v, (_, e) in zip(variances, terms, strict=True)
    )
    half = math.sqrt(variance) * float(student.ppf((1.0 + CONFIDENCE) / 2.0, freedom))
    return total, total - half, total + half
