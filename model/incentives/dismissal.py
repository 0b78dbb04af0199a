"""Dismissal of who has the lowest scores of a window.

worth = discount * ambition * loss *
        Phi((S - cut) / sqrt(sigma^2 + sigma_cut^2))

The cut is the mean score of the last who stayed in the last four settled windows,
sigma_cut its standard deviation. Dismissed are max(1, floor(share * employees)) people;
a draw decides among equals. Others come in their place (model/dismissing.py).

Source: forced ranking, "rank and yank", at General Electric and many others (to be
checked); tournaments with losers (Lazear and Rosen 1981; evidence C4). No firm is known
to dismiss a share of people by their use of AI: a few were let go for not using it at
all (docs/evidence.md, section 17).
Prediction: whoever is far from the cut ignores it; close to it everything moves that
counts. Those who stay are not those who came: who cannot or would not raise their score
is replaced.
"""

import math

from model.compiled import rule
from model.incentive import (
    Counted,
    Incentive,
    Threshold,
    counted,
    hours_a_year,
    window_weeks,
)
from model.normal import cdf
from model.outlook import Outlook, Person
from model.parameters import parameter
from model.people import People
from model.wording import COUNTS, every, percent
from model.workplace import Workplace

ROUNDING = 1e-9


class Dismissal(Incentive):
    """Who is last in a window has to go."""

    title = "Dismissal of the lowest"
    gamed = (
        "Whoever is close to the last place that stays pads to leave it to somebody "
        "else; one place is always the last."
    )
    weights = ("share",)

    share: float = parameter(
        0.0,
        "share of people who are dismissed at the end of each window",
        low=0.0,
        high=0.5,
        span=(0.02, 0.1),
        confidence="choice",
    )
    loss: float = parameter(
        150.0,
        "cost of losing the job to the average person",
        unit="half-days",
        low=0.0,
        high=10_000.0,
        span=(30.0, 730.0),
        source="assumption, the middle in logs of a month without work to the earnings "
        "of 1.4 years that mass lay-offs cost (Davis and von Wachter 2011, to be "
        "checked)",
    )
    weeks: int = window_weeks(26)
    measure: Counted = counted(Counted.OUTPUT)
    hours: float = hours_a_year(1.0, span=(0.2, 4.0))

    def describe(self, organisation: Workplace, people: People) -> str:
        """Say what it does, in plain words."""
        gone = places(self.share, organisation.employees)
        cost = self.loss * organisation.half_day_value
        return (
            f"{every(self.weeks)} {gone:,} of {organisation.employees:,} people are "
            f"dismissed, the lowest {percent(self.share)} by {COUNTS[self.measure]}; "
            "others are hired in their place. Losing the job costs the average person "
            f"as much as ${cost:,.0f}."
        )

    def has_worth(self) -> bool:
        """Whether people fear it."""
        return self.has_weight() and self.loss > 0.0

    def window(self) -> int:
        """Weeks between two dismissals."""
        return self.weeks

    def counts(self) -> Counted:
        """What people are judged by."""
        return self.measure

    def thresholds(self) -> tuple[Threshold, ...]:
        """The score of the last who stays."""
        stays = 1.0 - self.share
        return (Threshold("last place that stays", self.measure, top_share=stays),)

    def hours_taken(self) -> float:
        """Time to rank people and to part with them."""
        return self.hours


@rule
def places(share: float, people: int) -> int:
    """How many of so many people are dismissed, one at least."""
    return max(int(share * people + ROUNDING), 1)


@rule
def worth(
    dismissal: Dismissal, person: Person, outlook: Outlook, cut: float, sigma_cut: float
) -> float:
    """Worth of the chance to keep the job [half-days]."""
    spread = math.sqrt(outlook.sigma * outlook.sigma + sigma_cut * sigma_cut)
    stake = person.ambition * dismissal.loss if dismissal.share > 0.0 else 0.0
    return outlook.discount * stake * cdf((outlook.score - cut) / spread)


@rule
def lost(dismissal: Dismissal, person: Person) -> float:
    """What being dismissed costs, negative [half-days]."""
    return -(person.ambition * dismissal.loss)
