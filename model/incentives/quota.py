"""Minimum quota with a flag for who misses it.

worth = discount * ambition * (penalty + status weight * shame * visible) * T *
        Phi((S - Q) / sigma)

The quota is met if the realised S >= Q; once the score so far is there, nothing hangs
on it any more, and Phi is 1 whatever comes.

Source: Salesforce's "at least $170 a month or be flagged" (docs/evidence.md, 1.1);
notches and bunching (Kleven and Waseem 2013; evidence C7).
Prediction: excess mass just above Q, a hole below, padding late in the window.
"""

from model.compiled import rule
from model.incentive import (
    OFF,
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
from model.wording import every, money
from model.workplace import Workplace

UNITS = {
    Counted.HEADLINE: "{:g} points",
    Counted.TOKENS: "{:g} M tokens",
    Counted.SPEND: "${:,.0f} of tokens",
    Counted.ACTIVE: "{:g} weeks with any AI use",
    Counted.DAYS: "{:g} days with any AI use",
    Counted.SAVED: "{:g} half-days reported as saved",
    Counted.AUTOMATED: "{:g} half-days of chores given to AI",
    Counted.OUTPUT: "{:g} half-days of observed output",
}
"""An amount of what is counted."""


class Quota(Incentive):
    """A least score for every window."""

    title = "Minimum"
    gamed = (
        "Fill up to the minimum, not beyond, late in the window: the deadline is the "
        "time to pad."
    )
    weights = ("penalty", "shame")

    amount: float = parameter(
        112.0,
        "least score of a window, in the unit of its measure: M tokens, $, active "
        "weeks, half-days of output, or reference weeks of the headline measure",
        unit="unit of the measure",
        low=0.0,
        high=1e9,
        span=(40.0, 400.0),
        source="$170 a month at $1.5 per M tokens; evidence 1.2 (derived)",
        confidence="medium",
    )
    penalty: float = parameter(
        0.0,
        "career cost of missing it, a half-day of the window",
        unit="half-days per half-day",
        low=0.0,
        high=10.0,
        span=(0.02, 0.3),
        strength=True,
    )
    shame: float = parameter(
        0.0,
        "cost of being seen to miss it, a half-day of the window",
        unit="half-days per half-day",
        low=0.0,
        high=10.0,
        span=(0.0, 0.3),
        strength=True,
        shape=("uniform", OFF),
    )
    visible: bool = parameter(
        False, "team-mates see who misses it", confidence="choice"
    )
    weeks: int = window_weeks(4)
    measure: Counted = counted(Counted.TOKENS)
    hours: float = hours_a_year(1.0, span=(0.2, 4.0))

    def describe(self, organisation: Workplace, people: People) -> str:
        """Say what it does, in plain words."""
        text = (
            f"{every(self.weeks)} everybody must reach at least "
            f"{UNITS[self.measure].format(self.amount)}, or be flagged; the flag costs "
            f"a career as much as {money(self.penalty, self.weeks, organisation)}"
        )
        if self.visible and self.shame > 0:
            shame = money(self.shame, self.weeks, organisation)
            text += f", and being seen by team-mates as much as {shame} more"
        return text + "."

    def has_weight(self) -> bool:
        """Whether missing it has a consequence."""
        return self.penalty > 0 or (self.shame > 0 and self.visible)

    def window(self) -> int:
        """Weeks in which it is to be met."""
        return self.weeks

    def counts(self) -> Counted:
        """What is to be reached."""
        return self.measure

    def thresholds(self) -> tuple[Threshold, ...]:
        """The minimum itself."""
        return (Threshold("minimum", self.measure, self.amount, is_target=True),)

    def hours_taken(self) -> float:
        """Time to flag people and to talk about it."""
        return self.hours


@rule
def worth(quota: Quota, person: Person, outlook: Outlook, amount: float) -> float:
    """Worth of the chance to meet the quota [half-days]; amount in reference weeks."""
    chance = 1.0
    if outlook.so_far < amount:
        chance = cdf((outlook.score - amount) / outlook.sigma)
    return outlook.discount * stake(quota, person, outlook.half_days) * chance


@rule
def stake(quota: Quota, person: Person, half_days: float) -> float:
    """What hangs on a window of so many half-days [half-days]."""
    shame = person.status * quota.shame if quota.visible else 0.0
    return person.ambition * (quota.penalty + shame) * half_days


@rule
def missed(
    quota: Quota, person: Person, score: float, half_days: float, amount: float
) -> float:
    """What a settled score costs if it is below the quota, negative [half-days]."""
    return -stake(quota, person, half_days) if score < amount else 0.0
