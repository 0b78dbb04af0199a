"""A comparison of theory and simulation, with its tolerance stated beforehand."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from experiments.runs.trial import Trial

TOLERANCE = 4.0
"""Standard errors that a simulated value may lie away from theory."""
ROUNDING = 1e-9
"""Relative difference that floating-point arithmetic explains."""


class Check(NamedTuple):
    """One number that theory gives, beside what the simulation gives.

    Attributes
    ----------
    quantity : str
        What is compared, in words that a reader of the report understands.
    error : float
        Standard error of simulated - theory; 0 where they must be equal.
    allowance : float
        What theory leaves out: a finite-size or discretisation term [unit], derived
        or bounded beforehand, never fitted. ``why`` says where it comes from.
    """

    quantity: str
    unit: str
    theory: float
    simulated: float
    error: float
    allowance: float = 0.0
    why: str = ""

    @property
    def tolerance(self) -> float:
        """The largest difference that still holds [unit]."""
        rounding = ROUNDING * max(1.0, abs(self.theory))
        return TOLERANCE * self.error + self.allowance + rounding

    @property
    def holds(self) -> bool:
        """Whether simulation and theory agree; never with a value that is no number."""
        return abs(self.simulated - self.theory) <= self.tolerance


class Gap(NamedTuple):
    """How far the simulation is from theory at one size."""

    quantity: str
    what: str  # what grows: employees, replicates, weeks
    size: int
    gap: float  # root mean square over replicates of simulated - theory [unit]
    unit: str


@dataclass(frozen=True)
class Result:
    """A theoretical result and how it is held against the simulation.

    Attributes
    ----------
    name : str
        Of its module in ``model/theory``.
    title : str
        What it says, in a few words.
    source : str
        Where it comes from: author, year and, where there is one, the closed form of
        ``docs/evidence.md``.
    reduced : str
        The reduced scenario in one sentence: what is switched off.
    check : function
        The comparisons of a trial.
    converge : function or None
        Gaps at growing sizes, for results that hold in a limit or on average.
    """

    name: str
    title: str
    source: str
    reduced: str
    check: Callable[[Trial], Sequence[Check]]
    converge: Callable[[Trial], Sequence[Gap]] | None = None
