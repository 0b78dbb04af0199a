"""Piece rate: worth = discount * rate * S.

Source: the linear contract of Holmstrom and Milgrom (1991) and Baker (1992).
Prediction: usage rises in proportion to the rate; whether output does depends on what
else the measure counts (Baker's alignment of measure and value).
"""

from model.compiled import rule
from model.incentive import Counted, Incentive, counted, window_weeks
from model.outlook import Outlook
from model.parameters import parameter


class Bonus(Incentive):
    """A payment for every unit of score."""

    rate: float = parameter(
        0.0,
        "payment for a reference week of score",
        unit="half-days",
        low=0.0,
        high=100.0,
        span=(0.0, 5.0),
        confidence="choice",
    )
    weeks: int = window_weeks(4)
    measure: Counted = counted()

    def has_weight(self) -> bool:
        """Whether anything is paid."""
        return self.rate > 0

    def window(self) -> int:
        """Weeks after which the bonus is paid."""
        return self.weeks

    def counts(self) -> Counted:
        """What is paid for."""
        return self.measure


@rule
def worth(bonus: Bonus, outlook: Outlook) -> float:
    """Worth of the expected score [half-days]."""
    return outlook.discount * bonus.rate * outlook.score
