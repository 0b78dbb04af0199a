"""A stylised fact: what an estimator finds in panels, beside what is known."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import NamedTuple

from experiments.runs.trial import Trial


class Verdict(Enum):
    """What a finding says of the fact."""

    HOLDS = "holds"
    FAILS = "does not hold"
    UNKNOWN = "cannot say"
    ASIDE = "explains"


class Finding(NamedTuple):
    """An estimate with its 95 % interval beside the range that the fact asks for.

    Attributes
    ----------
    quantity : str
        What is estimated, in words that a reader of the report understands.
    low, high : float
        Ends of the 95 % interval, over replicates.
    least, most : float
        The range expected, set from the evidence before looking; a sign is (0, inf) or
        (-inf, 0). What only an explanation leans on has none: (-inf, inf).
    is_given : bool
        Whether it follows from an input of the model (see ``Fact.given``), so that it
        is shown, but does not count.
    """

    quantity: str
    unit: str
    estimate: float
    low: float
    high: float
    least: float = -math.inf
    most: float = math.inf
    is_given: bool = False

    @property
    def verdict(self) -> Verdict:
        """Holds if the interval lies inside the range, fails if it lies outside.

        An effect of exactly 0 has no sign: the ends of the range lie outside.
        """
        if math.isinf(self.least) and math.isinf(self.most):
            return Verdict.ASIDE
        if not math.isfinite(self.low + self.high):
            return Verdict.UNKNOWN
        if self.least < self.low and self.high < self.most:
            return Verdict.HOLDS
        if self.high <= self.least or self.low >= self.most:
            return Verdict.FAILS
        return Verdict.UNKNOWN


@dataclass(frozen=True)
class Fact:
    """A stylised fact of ``docs/evidence.md`` and the estimator that looks for it.

    Attributes
    ----------
    name : str
        Such as "F4".
    claim : str
        The fact in one sentence.
    source : str
        Author and year; what is from memory says "to be checked".
    estimator : str
        What is run on the panels, in one sentence.
    given : str
        Why some or all of the fact's findings are inputs of the model (built in, or
        used in the calibration), so that they do not count; empty if none is.
    explanation : str
        Why it comes out as it does; asked for wherever it does not hold.
    """

    name: str
    claim: str
    source: str
    estimator: str
    find: Callable[[Trial], Sequence[Finding]]
    given: str = ""
    explanation: str = ""
