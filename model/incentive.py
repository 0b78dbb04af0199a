"""What every incentive declares, and what its score may count."""

from abc import abstractmethod
from enum import IntEnum
from typing import Any, ClassVar, NamedTuple

from model.parameters import Parameters, parameter
from model.people import People
from model.workplace import Workplace

UPKEEP = "evidence 7.1"
"""Where the hours that a part of a scheme takes come from."""
OFF = "0 is off, not a guess"
"""Why the default of a strength says nothing about what it is where it is at work."""


class Counted(IntEnum):
    """What the score of an incentive counts.

    ``headline`` is the scheme's own blend, with its cap and filter; the others count
    one thing, as it is.
    """

    HEADLINE = 0
    TOKENS = 1
    SPEND = 2
    ACTIVE = 3
    OUTPUT = 4
    DAYS = 5
    SAVED = 6
    AUTOMATED = 7


class Scope(IntEnum):
    """Among whom people are compared."""

    ORGANISATION = 0
    TEAM = 1


class Threshold(NamedTuple):
    """A level of the score at which something happens: a minimum, a cap, a cut.

    It is an amount, or the score of the last place of a top share of people.
    """

    name: str
    counted: Counted
    amount: float = 0.0  # per window, in the unit of what is counted
    top_share: float | None = None
    is_target: bool = False  # the principal may raise it


class Incentive(Parameters):
    """One part of a scheme. Without weight it is skipped: its effect is exactly 0.

    Attributes
    ----------
    title : str
        What people call it.
    gamed : str
        How people could game it, whatever it counts.
    weights : tuple of str
        Parameters that give it weight: it does something if one of them is above 0.
    ranks_in_public : bool
        Whether everybody sees names in the order of their scores.
    """

    title: ClassVar[str] = ""
    gamed: ClassVar[str] = ""
    weights: ClassVar[tuple[str, ...]] = ()
    ranks_in_public: ClassVar[bool] = False

    @abstractmethod
    def describe(self, organisation: Workplace, people: People) -> str:
        """Say in a sentence or two what it does to these people."""

    def has_weight(self) -> bool:
        """Whether this part does anything at all."""
        return any(getattr(self, name) > 0 for name in self.weights)

    def has_worth(self) -> bool:
        """Whether it is worth something in itself to do one thing or another."""
        return self.has_weight()

    def window(self) -> int:
        """Weeks after which its score is settled."""
        return 1

    def counts(self) -> Counted:
        """What its score counts."""
        return Counted.TOKENS

    def thresholds(self) -> tuple[Threshold, ...]:
        """Levels of the score at which something happens."""
        return ()

    def hours_taken(self) -> float:
        """Hours a head and year that it takes of people if it has weight."""
        return 0.0


def window_weeks(default: int) -> Any:
    """Declare the window of an incentive."""
    return parameter(
        default,
        "weeks after which a score is settled",
        unit="weeks",
        low=1,
        high=520,
        span=(1, 26),
        confidence="choice",
    )


def counted(default: Counted = Counted.HEADLINE) -> Any:
    """Declare what the score of an incentive counts."""
    return parameter(default, "what the score counts", confidence="choice")


def hours_a_year(default: float, span: tuple[float, float]) -> Any:
    """Declare the time that an incentive takes of everybody."""
    return parameter(
        default,
        "time that it takes",
        unit="hours a head and year",
        low=0.0,
        high=500.0,
        span=span,
        source=UPKEEP,
    )
