"""A comparison of theory and simulation, with a tolerance stated beforehand."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from experiments.runs.trial import Trial

TOLERANCE = 4.0
"""Standard errors by which a simulated value may differ from theory."""
ROUNDING = 1e-9
"""Relative difference due to floating-point arithmetic."""


class Check(NamedTuple):
    """One number by theory and by simulation.

    Attributes
    ----------
    quantity : str
        What is compared, in words for readers of the report.
    error : float
        Standard error of simulated - theory; 0 where they must be equal.
    allowance : float
        A term that theory leaves out, such as one of finite size [unit]. It is derived
        or bounded beforehand, never fitted; ``why`` gives the reason.
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
        """Whether simulation and theory agree; False if either is NaN."""
        return abs(self.simulated - self.theory) <= self.tolerance


class Gap(NamedTuple):
    """The distance of the simulation from theory at one size."""

    quantity: str
    what: str  # what grows: employees, replicates, weeks
    size: int
    gap: float  # root mean square over replicates of simulated - theory [unit]
    unit: str


@dataclass(frozen=True)
class Result:
    """A theoretical result and how it is compared with the simulation.

    Attributes
    ----------
    name : str
        The name of its module in ``model/theory``.
    title : str
        The result in a few words.
    source : str
        Author and year; if there is one, the number of the closed form in
        ``docs/evidence.md``.
    reduced : str
        The reduced scenario in one sentence: what is switched off.
    check : function
        Compares theory with a trial.
    converge : function or None
        Gives gaps at growing sizes, for results that hold in a limit or on average.
    """

    name: str
    title: str
    source: str
    reduced: str
    check: Callable[[Trial], Sequence[Check]]
    converge: Callable[[Trial], Sequence[Gap]] | None = None
