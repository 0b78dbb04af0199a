"""Fingerprints of gaming in a panel of AI use, and what the panel could have shown.

There are three, each by an estimator of ``experiments.statistics.estimators``:
bunching of the tokens of a period at a quota, a spike of use in the last week of a
period, and concentration of use over people. Beside each estimate stands the smallest
true size that this panel would find with 80 % power in a two-sided test at 5 %.

For bunching that size is also given in people, by injection: in the reader's own panel
a share of employees is made to game, and the estimate is repeated. An injected gamer
tops up to exactly the quota whenever a period ends between the lower end of the region
and the quota. Who games is picked evenly through the panel from several starts, so
that no random number is needed; power is the mean over the starts of

    P(|Z + added excess / its standard error| > t_.975).

Nothing here is about a person: no row of the file is shown, groups of fewer than five
people are left out, and a panel of fewer than twenty is refused
(``experiments.exports.usage``).
"""

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple, TypeVar

import numpy as np
from scipy.special import stdtr, stdtrit

from experiments.config.settings import FingerprintsSettings
from experiments.errors import UserError
from experiments.exports.usage.file import Usage
from experiments.statistics.estimators.bunching import Bunching, bunching
from experiments.statistics.estimators.concentration import (
    Concentration,
    concentration,
    lorenz,
    slope,
)
from experiments.statistics.estimators.deadline import Deadline, complete, deadline
from experiments.statistics.estimators.estimate import LEVEL, POWER, Estimate, Floats
from experiments.store.meanings import OF_QUANTITY
from experiments.store.table import Table

SHARES = (0.01, 0.02, 0.03, 0.05, 0.07, 0.1, 0.15, 0.2, 0.25, 0.3, 0.4, 0.5, 0.7, 1.0)
"""Shares of gamers to inject."""
STARTS = 8
"""Ways of picking the same share of people."""
CROWD = 5
"""Fewest people in a group that is shown."""

NO_QUOTA = (
    "No quota was given (study.quota, a period), and thresholds are not "
    "guessed from the data: among many places some hump is always found."
)
NO_PERIOD = (
    "Nobody has a row in every week of a period, so that no period of anybody is known."
)
NO_OUTPUT = (
    "The file has no column output, so work that is really due at the end of a period "
    "cannot be told from use for show."
)

Result = TypeVar("Result")


class QuantityRow(NamedTuple):
    """One line of ``fingerprints.csv``; None is an empty field.

    Attributes
    ----------
    nothing : float or None
        The value in a panel without this fingerprint; None if there is no such value.
    detectable : float or None
        Smallest value above ``nothing`` that this panel finds with 80 % power.
    """

    fingerprint: str
    quantity: str
    unit: str
    estimate: float | None = None
    low: float | None = None
    high: float | None = None
    error: float | None = None
    nothing: float | None = None
    detectable: float | None = None


FINGERPRINTS = Table(
    "fingerprints.csv",
    QuantityRow,
    "what was found in a panel by fingerprint and quantity",
    {
        "fingerprint": ("", "bunching, deadline or concentration"),
        "quantity": ("", "what is estimated, in words"),
        "unit": ("", "unit of the quantity"),
        "estimate": (OF_QUANTITY, "its value in the panel"),
        "low": (OF_QUANTITY, "lower end of its 95 % interval"),
        "high": (OF_QUANTITY, "upper end"),
        "error": (OF_QUANTITY, "its standard error"),
        "nothing": (OF_QUANTITY, "its value without this fingerprint"),
        "detectable": (OF_QUANTITY, "smallest value above it found with 80 % power"),
    },
)


class Power(NamedTuple):
    """Power: the chance to detect the bunching of a share of gamers, by the share."""

    shares: Floats
    chances: Floats

    @property
    def smallest(self) -> float | None:
        """Smallest share detected with 80 % power; None if no share is."""
        enough = np.flatnonzero(self.chances >= POWER)
        if not len(enough):
            return None
        k = int(enough[0])
        around = slice(max(k - 1, 0), k + 1)
        return float(np.interp(POWER, self.chances[around], self.shares[around]))


class Analysis(NamedTuple):
    """All estimates from a panel, and the reasons for those that are missing."""

    bunching: Bunching | None
    gap: Estimate | None  # missing - excess, without the integration constraint
    power: Power | None
    tokens: Deadline | None
    output: Deadline | None
    concentration: Concentration | None
    slope: Estimate | None
    lorenz: Floats  # share of all tokens that the lightest 0, ..., 100 % use
    people: int
    cannot: Sequence[tuple[str, str]]  # what, and why


def analyse(usage: Usage, settings: FingerprintsSettings) -> Analysis:
    """Estimate all fingerprints in a panel."""
    first = first_end(settings)
    if first >= usage.weeks:
        raise UserError(
            f"the first period ends in week {first + 1} of the file, which has only "
            f"{usage.weeks}.\nSee study.period and study.first_deadline."
        )
    cannot: list[tuple[str, str]] = []

    def tried(what: str, attempt: Callable[[], Result]) -> Result | None:
        try:
            return attempt()
        except ValueError as error:
            cannot.append((what, f"{str(error)[:1].upper()}{str(error)[1:]}."))
            return None

    tokens, output = usage.tokens, usage.output
    scores = by_period(tokens, settings.period, first)
    quota, region = settings.quota, (settings.below, settings.above)
    piled = free = power = None
    if quota > 0.0 and not np.isfinite(scores).any():
        cannot.append(("Bunching", NO_PERIOD))
    elif quota > 0.0:
        piled = tried("Bunching", lambda: bunching(scores, quota, *region))
    else:
        cannot.append(("Bunching", NO_QUOTA))
    if piled is not None:
        free = tried(
            "Missing mass",
            lambda: bunching(scores, quota, *region, integrated=False),
        )
        power = tried("Power", lambda: injected(scores, quota, *region))
    spike = tried("Deadline", lambda: deadline(tokens, settings.period, first))
    calm = rise = None
    if output is None:
        cannot.append(("Real work", NO_OUTPUT))
    else:
        calm = tried(
            "Deadline of output", lambda: deadline(output, settings.period, first)
        )
        rise = tried("Slope", lambda: slope(tokens, output))
    return Analysis(
        bunching=piled,
        gap=free.gap if free else None,
        power=power,
        tokens=spike,
        output=calm,
        concentration=tried("Concentration", lambda: concentration(tokens)),
        slope=rise,
        lorenz=lorenz(tokens, np.linspace(0.0, 1.0, _steps(usage.people) + 1)),
        people=usage.people,
        cannot=cannot,
    )


def first_end(settings: FingerprintsSettings) -> int:
    """Return the week in which the first period ends, counted from 0."""
    return (settings.first_deadline or settings.period) - 1


def _steps(people: int) -> int:
    """Choose the steps of a Lorenz curve: at most ten, with a crowd in each."""
    return min(10, people // CROWD)


def by_period(tokens: Floats, period: int, first: int) -> Floats:
    """Sum tokens over each complete period, shape (N, P); NaN if a week is unknown."""
    whole = tokens[:, complete(tokens.shape[1], period, first)]
    sums: Floats = whole.reshape(len(tokens), -1, period).sum(axis=2)
    return sums


def injected(scores: Floats, quota: float, below: float, above: float) -> Power:
    """Compute the power to detect injected gamers by bunching; scores (N, P)."""
    people = len(scores)
    before = bunching(scores, quota, below, above).excess.value
    reachable = (scores >= (1.0 - below) * quota) & (scores < quota)
    needed = float(stdtrit(people - 1, 1.0 - LEVEL / 2.0))
    chances = []
    for share in SHARES:
        seen = []
        for start in range(STARTS if share < 1.0 else 1):
            picks = np.floor(share * np.arange(people + 1) + start / STARTS)
            gamers = np.diff(picks) > 0.0
            gamed = np.where(reachable & gamers[:, None], quota, scores)
            excess = bunching(gamed, quota, below, above).excess
            away = (excess.value - before) / excess.error
            low, high = stdtr(people - 1, np.array([-needed - away, away - needed]))
            seen.append(float(low + high))
        chances.append(float(np.mean(seen)))
    return Power(np.array(SHARES), np.array(chances))


def rows(analysis: Analysis) -> list[QuantityRow]:
    """Make the rows of ``fingerprints.csv``."""
    return [
        *_bunching_rows(analysis),
        *_deadline_rows(analysis),
        *_concentration_rows(analysis),
    ]


def _bunching_rows(analysis: Analysis) -> Iterator[QuantityRow]:
    here, unit = "bunching", "share of periods"
    if analysis.bunching:
        piled = analysis.bunching
        yield _row(here, "excess at and above the quota", unit, piled.excess, 0.0)
        yield _row(here, "missing below the quota", unit, piled.missing, 0.0)
        yield _row(here, "excess over the expected height", "log score", piled.b, 0.0)
    if analysis.gap:
        yield _row(here, "missing less excess, unconstrained", unit, analysis.gap, 0.0)
    if analysis.power:
        yield QuantityRow(
            here,
            "people who top up to the quota",
            "share of people",
            nothing=0.0,
            detectable=analysis.power.smallest,
        )


def _deadline_rows(analysis: Analysis) -> Iterator[QuantityRow]:
    for what, profile in (("tokens", analysis.tokens), ("output", analysis.output)):
        if profile:
            quantity = f"{what} in the last week over other weeks"
            row = _row("deadline", quantity, "ratio", profile.last_week, 1.0)
            low = profile.last_week.interval[0]
            yield row._replace(low=max(low, 0.0))  # use is never below 0


def _concentration_rows(analysis: Analysis) -> Iterator[QuantityRow]:
    here = "concentration"
    if analysis.concentration:
        spread = analysis.concentration
        yield _row(here, "Gini of weekly tokens", "Gini", spread.gini)
        yield _row(here, "sd of log weekly tokens of users", "log", spread.log_sd)
        if 0.1 * analysis.people >= CROWD:
            tenth, ratio = spread.top_tenth, spread.p90_over_p50
            yield _row(here, "tokens of the top tenth", "share of tokens", tenth)
            yield _row(here, "90th percentile of users over the median", "ratio", ratio)
        if 0.01 * analysis.people >= CROWD:
            top = spread.top_hundredth
            yield _row(here, "tokens of the top hundredth", "share of tokens", top)
    if analysis.slope:
        quantity = "slope of log output on log tokens"
        yield _row(here, quantity, "ratio", analysis.slope, 0.0)


def _row(
    fingerprint: str,
    quantity: str,
    unit: str,
    estimate: Estimate,
    nothing: float | None = None,
) -> QuantityRow:
    low, high = estimate.interval
    return QuantityRow(
        fingerprint,
        quantity,
        unit,
        estimate.value,
        low,
        high,
        estimate.error,
        nothing,
        None if nothing is None else nothing + estimate.detectable,
    )
