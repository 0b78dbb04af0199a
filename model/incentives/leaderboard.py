"""Leaderboard on which everybody sees their rank.

worth = discount * status weight * status * T * f(Standing)
f(p) = (1 - c) * p + c * (1/2 + (2p - 1)^3 / 2)

Source: first-place loving and last-place loathing (Gill et al. 2015/19); Kirorank and
Uber's team ranking (docs/evidence.md, sections 1.1 and 3, F14 and F15).
Prediction: status alone suffices for padding; people near either end respond most.
"""

from model.compiled import rule
from model.incentive import Counted, Incentive, Scope, counted, hours_a_year
from model.outlook import Outlook, Person
from model.parameters import parameter
from model.people import People
from model.wording import COUNTS, money
from model.workplace import Workplace


class Leaderboard(Incentive):
    """A weekly ranking with everybody's name on it."""

    title = "Leaderboard"
    gamed = (
        "Rank is relative: what others pad must be padded too, and those near the "
        "ends of the ranking gain most."
    )
    weights = ("status",)
    ranks_in_public = True

    status: float = parameter(
        0.0,
        "worth of the first place over the last, a half-day of the window",
        unit="half-days per half-day",
        low=0.0,
        high=10.0,
        span=(0.03, 0.3),
        strength=True,
    )
    curvature: float = parameter(
        0.5,
        "how much more the ends of the ranking matter than its middle (0 linear)",
        low=0.0,
        high=1.0,
        strength=True,
    )
    scope: Scope = parameter(
        Scope.ORGANISATION, "among whom people are ranked", confidence="choice"
    )
    measure: Counted = counted()
    hours: float = hours_a_year(1.0, span=(0.2, 4.0))

    def describe(self, organisation: Workplace, people: People) -> str:
        """Say what it does, in plain words."""
        among = "in the own team" if self.scope is Scope.TEAM else "in the organisation"
        return (
            f"Every week everybody sees everybody's rank {among} by "
            f"{COUNTS[self.measure]}; to the average person the first place is worth "
            f"as much as {money(self.status, 1, organisation)} a week more than the "
            "last."
        )

    def counts(self) -> Counted:
        """What people are ranked by."""
        return self.measure

    def hours_taken(self) -> float:
        """Time to keep it and, mostly, to look at it."""
        return self.hours


@rule
def rank_value(standing: float, curvature: float) -> float:
    """Value f of a standing, from 0 for the last to 1 for the first."""
    centred = 2.0 * standing - 1.0
    ends = 0.5 + 0.5 * centred * centred * centred
    return (1.0 - curvature) * standing + curvature * ends


@rule
def worth(
    board: Leaderboard, person: Person, outlook: Outlook, standing: float
) -> float:
    """Worth of the expected standing [half-days]."""
    stake = person.status * board.status * outlook.half_days
    return outlook.discount * stake * rank_value(standing, board.curvature)
