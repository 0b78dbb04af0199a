"""What every incentive declares, and what its score may count."""

from abc import abstractmethod
from enum import IntEnum
from typing import Any

from model.parameters import Parameters, parameter


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


class Scope(IntEnum):
    """Among whom people are compared."""

    ORGANISATION = 0
    TEAM = 1


class Incentive(Parameters):
    """One part of a scheme. Without weight it is skipped: its effect is exactly 0."""

    @abstractmethod
    def has_weight(self) -> bool:
        """Whether this part does anything at all."""

    def has_worth(self) -> bool:
        """Whether it is worth something in itself to do one thing or another."""
        return self.has_weight()

    def window(self) -> int:
        """Weeks after which its score is settled."""
        return 1

    def counts(self) -> Counted:
        """What its score counts."""
        return Counted.TOKENS


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
