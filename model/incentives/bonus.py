"""Piece rate: worth = discount * rate * S.

Source: the linear contract of Holmstrom and Milgrom (1991) and Baker (1992).
Prediction: usage rises in proportion to the rate; whether output does depends on what
else the measure counts (Baker's alignment of measure and value).
"""

from model.compiled import rule
from model.incentive import Counted, Incentive, counted, window_weeks
from model.outlook import Outlook
from model.parameters import parameter
from model.people import People
from model.wording import every
from model.workplace import Workplace

UNITS = {
    Counted.HEADLINE: "point",
    Counted.TOKENS: "32 M tokens",
    Counted.SPEND: "$48 of tokens",
    Counted.ACTIVE: "week with any AI use",
    Counted.DAYS: "five days with any AI use",
    Counted.SAVED: "half-day reported as saved",
    Counted.AUTOMATED: "half-day of chores given to AI",
    Counted.OUTPUT: "week's worth of observed output",
}
"""What a reference week of score is."""


class Bonus(Incentive):
    """A payment for every unit of score."""

    title = "Bonus"
    gamed = (
        "Every further unit pays, so padding pays as soon as it costs less time and "
        "conscience than it earns; there is no level at which it stops."
    )
    weights = ("rate",)

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

    def describe(self, organisation: Workplace, people: People) -> str:
        """Say what it does, in plain words."""
        pay = self.rate * organisation.half_day_value
        return (
            f"About ${pay:,.0f} for every {UNITS[self.measure]}, "
            f"paid {every(self.weeks)}."
        )

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


@rule
def paid(bonus: Bonus, score: float) -> float:
    """What a settled score earns [half-days]."""
    return bonus.rate * score
