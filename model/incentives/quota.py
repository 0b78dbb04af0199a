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
from model.incentive import Counted, Incentive, counted, window_weeks
from model.normal import cdf
from model.outlook import Outlook, Person
from model.parameters import parameter


class Quota(Incentive):
    """A least score for every window."""

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
    )
    shame: float = parameter(
        0.0,
        "cost of being seen to miss it, a half-day of the window",
        unit="half-days per half-day",
        low=0.0,
        high=10.0,
        span=(0.0, 0.3),
    )
    visible: bool = parameter(
        False, "team-mates see who misses it", confidence="choice"
    )
    weeks: int = window_weeks(4)
    measure: Counted = counted(Counted.TOKENS)

    def has_weight(self) -> bool:
        """Whether missing it has a consequence."""
        return self.penalty > 0 or (self.shame > 0 and self.visible)

    def window(self) -> int:
        """Weeks in which it is to be met."""
        return self.weeks

    def counts(self) -> Counted:
        """What is to be reached."""
        return self.measure


@rule
def worth(quota: Quota, person: Person, outlook: Outlook, amount: float) -> float:
    """Worth of the chance to meet the quota [half-days]; amount in reference weeks."""
    shame = person.status * quota.shame if quota.visible else 0.0
    stake = person.ambition * (quota.penalty + shame) * outlook.half_days
    chance = 1.0
    if outlook.so_far < amount:
        chance = cdf((outlook.score - amount) / outlook.sigma)
    return outlook.discount * stake * chance
