"""A stylised fact: the findings of an estimator in panels, beside the evidence."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import NamedTuple

from experiments.runs.trial import Trial


class Verdict(Enum):
    """Whether a finding supports the fact."""

    HOLDS = "holds"
    FAILS = "does not hold"
    UNKNOWN = "cannot say"
    ASIDE = "explains"


class Finding(NamedTuple):
    """An estimate with its 95 % interval, and the range that the fact asks for.

    Attributes
    ----------
    quantity : str
        What is estimated, in words for readers of the report.
    low, high : float
        Ends of the 95 % interval, over replicates.
    least, most : float
        The expected range, set from the evidence beforehand; a sign is (0, inf) or
        (-inf, 0). A finding that only helps to explain has none: (-inf, inf).
    is_given : bool
        Whether it follows from an input of the model (see ``Fact.given``). Then it is
        shown, but does not count.
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
        """Whether the interval lies inside the range (holds) or outside (fails).

        The ends of the range lie outside: an effect of exactly 0 has no sign.
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
    """A stylised fact of ``docs/evidence.md`` with its estimator.

    Attributes
    ----------
    name : str
        Such as "F4".
    claim : str
        The fact in one sentence.
    source : str
        Author and year; "to be checked" marks sources from memory.
    estimator : str
        The estimator in one sentence.
    given : str
        Why some or all of the fact's findings are inputs of the model (built in, or
        used in the calibration), so that they do not count; empty if none is.
    explanation : str
        Why the findings are as they are; needed if the fact does not hold.
    """

    name: str
    claim: str
    source: str
    estimator: str
    find: Callable[[Trial], Sequence[Finding]]
    given: str = ""
    explanation: str = ""
