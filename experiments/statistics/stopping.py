"""The stopping rule: replicates are added until an interval is narrow enough.

With n paired differences of standard deviation s, and h the half-width asked for, a
study is large enough when

    n >= (t(n - 1) s / h)^2 (1 + 4 / n),

t the 97.5 % quantile of Student's distribution. Until then it grows: halfway to the
right-hand side if that is more than twice n, else all the way, by a tenth at least.
There is a first stage of 16 replicates or more, and a cap. If several effects are
asked for, the one that needs most decides.

**What is promised.** If the study grew, the estimate is within h of the truth in 95 %
of studies; if the first stage was enough, Student's interval covers it in 95 %, as in
any study of fixed size. ``docs/statistics.md`` says how well that is kept in simulated
studies with normal, heavy-tailed and skewed differences (``coverage.py``). The interval
that is printed is Student's, narrower than h.

**Why.** To stop as soon as s is small (Chow and Robbins 1965, Ann. Math. Stat. 36,
457-462) covers 95 % as h goes to 0, and too little before: a study stops early where s
came out small by chance. Three remedies: a first stage (Stein 1945, Ann. Math. Stat.
16, 243-258: t of the degrees of freedom at hand, not the normal quantile z), few looks
that go halfway first (Hall 1981, Ann. Stat. 9, 1229-1238), and more replicates than
the variance asks for. How many more follows from expanding 2 Phi(z sqrt(N / n*)) - 1
around n* = (z sigma / h)^2: with a normal distribution coverage is short by
z phi(z) / n* times (1 + z^2) / 2 = 2.4 replicates for the variance of N, which t makes
good, and 1.2 for its mean when every replicate is looked at (Woodroofe 1977, Ann.
Stat. 5, 984-995); an excess kurtosis k takes (1 + z^2) k / 4 = 1.2 k more. 4 / n leaves
room for k = 2.3. (Publications from memory, to be checked.)

**Limits.** If differences are skewed, s and the mean depend on each other: where s is
small by chance, so is the mean, and no rule based on s can know it.
``docs/statistics.md`` says how far this rule falls short for a skewness beyond 2.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from math import ceil
from typing import Any, NamedTuple

import numpy as np
from scipy.special import stdtrit

from experiments.config.settings import CompareSettings, RunSettings
from experiments.designs.design import Design
from experiments.errors import UserError
from experiments.statistics.effects import Panel
from experiments.statistics.power import CONFIDENCE, MOST, half
from experiments.store.dataset import SUFFIX, Floats
from experiments.store.store import RUNS, Growth, Store

FIRST = 16
"""Fewest replicates of a first stage: s is then known to about 18 %."""
MARGIN = 4.0
"""Replicates added to those that the variance asks for, see above."""
STEP = 0.1
"""Least growth of a stage: many small ones would be many chances to stop early."""
NARROWEST = 1e-3
"""Half-width [%] below which no number of replicates is sensible."""
COLUMN = "output" + SUFFIX["whole"]


class Target(NamedTuple):
    """A half-width to be reached [%], with the sizes of first and last stage."""

    halfwidth: float
    first: int
    most: int


class Spread(NamedTuple):
    """How many values are known, and their standard deviation [%]."""

    replicates: int
    deviation: float

    @property
    def half(self) -> float:
        """Half the width of the t interval of their mean [%]."""
        return half(self.deviation, self.replicates)


class Series(NamedTuple):
    """The estimated quantity, replicate by replicate, (R,); NaN is unknown.

    Attributes
    ----------
    values : numpy.ndarray
        Differences from the baseline, or levels.
    base : numpy.ndarray
        Values whose mean they are a percentage of.
    """

    values: Floats
    base: Floats

    def percent(self, replicates: int) -> Floats | None:
        """Give the first values in % of the mean of ``base``, as far as known.

        None for fewer than two values, or for a mean of 0.
        """
        known = ~np.isnan(self.values[:replicates])
        whole = abs(float(self.base[:replicates][known].mean())) if known.any() else 0.0
        if known.sum() < 2 or whole == 0.0:
            return None
        sample: Floats = 100.0 * self.values[:replicates][known] / whole
        return sample

    def spread(self, replicates: int) -> Spread | None:
        """Measure the spread of the first values; None if there is no percentage."""
        sample = self.percent(replicates)
        if sample is None:
            return None
        return Spread(len(sample), float(sample.std(ddof=1)))


def target(settings: CompareSettings | RunSettings) -> Target | None:
    """Read the half-width that a study should reach; None if its size is fixed.

    Raises ``UserError`` for stages that do not fit.
    """
    wanted, first = settings.until_halfwidth, settings.replicates
    if not wanted:
        return None
    if wanted < NARROWEST:
        raise UserError(
            f"study.until_halfwidth is {wanted:g} %; no number of replicates reaches "
            f"less than {NARROWEST:g} % (0 or null: no such aim)."
        )
    if first < FIRST:
        raise UserError(
            f"study.until_halfwidth needs study.replicates of at least {FIRST}, not "
            f"{first}: the first stage has to show how much replicates differ."
        )
    if settings.most_replicates < first:
        raise UserError(
            f"study.most_replicates is {settings.most_replicates}, less than the "
            f"study.replicates={first} with which the study starts."
        )
    return Target(wanted, first, settings.most_replicates)


def wanted(replicates: Any, deviation: Any, halfwidth: float) -> Any:
    """Compute the right-hand side of the rule, for numbers or arrays."""
    quantile = stdtrit(replicates - 1, 0.5 + CONFIDENCE / 2)
    asked = (quantile * deviation / halfwidth) ** 2 * (1.0 + MARGIN / replicates)
    return np.ceil(np.minimum(asked, MOST)).astype(np.int64)


def onwards(replicates: Any, deviation: Any, halfwidth: float) -> Any:
    """Compute the replicates of the next stage; no more if there are enough.

    For numbers or arrays.
    """
    asked = wanted(replicates, deviation, halfwidth)
    least = np.ceil((1.0 + STEP) * replicates).astype(np.int64)
    halfway = -(-asked // 2)
    larger = np.where(asked > 2 * replicates, halfway, np.maximum(asked, least))
    return np.where(asked <= replicates, replicates, larger)


def of_effects(panel: Panel, baseline: str) -> dict[str, Series]:
    """Collect effects on the output of the whole run at the centre, by scheme."""
    base = panel.values(baseline, 0, COLUMN)
    series = {}
    for scheme in panel.schemes:
        if scheme != baseline:
            difference = panel.values(scheme, 0, COLUMN) - base
            series[scheme] = Series(difference, base)
    return series


def of_level(panel: Panel, scheme: str) -> dict[str, Series]:
    """Collect the output of the whole run of one scheme, in % of its own mean."""
    values = panel.values(scheme, 0, COLUMN)
    return {scheme: Series(values, values)}


def growth(
    aim: Target | None, series: Callable[[Panel], Mapping[str, Series]]
) -> Growth:
    """Make the function that decides on further stages, from what is stored alone.

    The centre grows; other worlds and structures keep their replicates.
    """

    def grow(store: Store) -> Design | None:
        if aim is None:
            return None
        design = store.design
        centre, *others = design.points
        panel = Panel(store.read(RUNS, ["scheme", "point", COLUMN]))
        more = next_stage(series(panel).values(), centre.replicates, aim)
        if more == centre.replicates:
            return None
        return replace(design, points=(centre._replace(replicates=more), *others))

    return grow


def next_stage(series: Collection[Series], replicates: int, aim: Target) -> int:
    """Count the replicates that the most demanding series needs next, up to the cap."""
    most = replicates
    for one in series:
        spread = one.spread(replicates)
        if spread is not None:
            more = int(onwards(*spread, aim.halfwidth))
            # Pairs without a value are expected to stay as frequent.
            most = max(most, ceil(more * replicates / spread.replicates))
    return min(most, aim.most)


class Stop(NamedTuple):
    """How a study ended.

    Attributes
    ----------
    stages : tuple of int
        Replicates after each stage.
    spreads : dict
        Spread of the replicates in the end, by name; None if not known.
    missing : dict
        Replicates that the rule asks for, of series that have too few.
    """

    stages: tuple[int, ...]
    spreads: Mapping[str, Spread | None]
    missing: Mapping[str, int]


def stop(series: Mapping[str, Series], aim: Target) -> Stop:
    """Repeat the decisions on the stages of a finished study."""
    stages = [aim.first]
    while (more := next_stage(series.values(), stages[-1], aim)) > stages[-1]:
        stages.append(more)
    spreads = {name: one.spread(stages[-1]) for name, one in series.items()}
    missing = {}
    for name, spread in spreads.items():
        if spread is not None:
            asked = int(wanted(*spread, aim.halfwidth))
            if asked > spread.replicates:
                missing[name] = ceil(asked * stages[-1] / spread.replicates)
    return Stop(tuple(stages), spreads, missing)
