"""Leaderboard that lists the top k.

worth = discount * status weight * prize * T *
        Phi((S - cut) / sqrt(sigma^2 + sigma_cut^2))

The cut is the mean score of place k in the last four settled windows, sigma_cut its
standard deviation; k = max(1, share * employees), between two places by interpolation.

Source: Meta's board of 250 names among 85,000 (docs/evidence.md, section 1.1); marginal
incentive of a tournament with k prizes (Lazear and Rosen 1981; evidence C4).
Prediction: nearly nothing at the median, everything close to the cut.
"""

import math

from model.compiled import rule
from model.incentive import Counted, Incentive, Threshold, counted, hours_a_year
from model.normal import cdf
from model.outlook import Outlook, Person
from model.parameters import parameter
from model.people import People
from model.wording import COUNTS, money, percent
from model.workplace import Workplace


class TopBoard(Incentive):
    """A weekly list of the heaviest users."""

    title = "Board of heavy users"
    gamed = (
        "Only people close to the last listed place gain from padding; everybody else "
        "can ignore it."
    )
    weights = ("prize",)
    ranks_in_public = True

    prize: float = parameter(
        0.0,
        "worth of being listed, a half-day of the window",
        unit="half-days per half-day",
        low=0.0,
        high=10.0,
        span=(0.03, 0.5),
        strength=True,
    )
    share: float = parameter(
        0.02,
        "share of employees on the list",
        low=0.0,
        high=1.0,
        span=(0.003, 0.1),
        confidence="choice",
    )
    measure: Counted = counted()
    hours: float = hours_a_year(1.0, span=(0.2, 4.0))

    def describe(self, organisation: Workplace, people: People) -> str:
        """Say what it does, in plain words."""
        listed = max(1.0, self.share * organisation.employees)
        return (
            f"Every week the top {percent(self.share)} by {COUNTS[self.measure]} are "
            f"listed by name ({listed:.3g} of {organisation.employees:,} people); a "
            "place on the list is worth as much as "
            f"{money(self.prize, 1, organisation)} a week to the average person."
        )

    def counts(self) -> Counted:
        """What people are listed by."""
        return self.measure

    def hours_taken(self) -> float:
        """Time to keep it and, mostly, to look at it."""
        return self.hours

    def thresholds(self) -> tuple[Threshold, ...]:
        """The score of the last place."""
        return (Threshold("last place listed", self.measure, top_share=self.share),)


@rule
def worth(
    board: TopBoard, person: Person, outlook: Outlook, cut: float, sigma_cut: float
) -> float:
    """Worth of the chance to be listed [half-days]."""
    spread = math.sqrt(outlook.sigma * outlook.sigma + sigma_cut * sigma_cut)
    stake = person.status * board.prize * outlook.half_days
    return outlook.discount * stake * cdf((outlook.score - cut) / spread)
