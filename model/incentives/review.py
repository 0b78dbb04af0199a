"""Performance review by standing among everybody.

worth = discount * ambition * stake * T *
        (rho * Standing + (1 - shift * rho) * Standing of observed output)

rho is the larger of the formal weight of usage and the weight that a suspicious person
suspects because managers see the numbers. Shift is the part of that weight which is
taken from output: 1 moves the stake from output to usage, 0 adds to it.

Source: usage as a formal part of reviews at Meta and Microsoft; Amazon's "managers are
looking at it" beside an official denial (docs/evidence.md, section 1.1).
Prediction: pressure everywhere in the distribution, for as long as the review lasts,
whether or not a board hangs on the wall.
"""

from model.compiled import rule
from model.incentive import Counted, Incentive, counted, window_weeks
from model.outlook import Outlook, Person
from model.parameters import parameter


class Review(Incentive):
    """The periodic review; without a weight on usage it is the ordinary one."""

    stake: float = parameter(
        0.30,
        "worth of the best standing over the worst, a half-day of the window",
        unit="half-days per half-day",
        low=0.0,
        high=10.0,
        span=(0.05, 1.0),
    )
    weight: float = parameter(
        0.0,
        "formal weight of usage in the review",
        low=0.0,
        high=1.0,
        confidence="choice",
    )
    shift: float = parameter(
        1.0,
        "part of the weight of usage that is taken from output (1 shifts, 0 adds)",
        low=0.0,
        high=1.0,
    )
    visible: bool = parameter(
        False, "managers see each person's usage", confidence="choice"
    )
    weeks: int = window_weeks(26)
    measure: Counted = counted()

    def has_weight(self) -> bool:
        """Whether anything hangs on the review."""
        return self.stake > 0

    def window(self) -> int:
        """Weeks between two reviews."""
        return self.weeks

    def counts(self) -> Counted:
        """What usage means in the review."""
        return self.measure


@rule
def usage_weight(review: Review, person: Person) -> float:
    """Weight of usage as this person sees it: formal, or suspected if larger."""
    return max(review.weight, person.suspicion)


@rule
def worth(review: Review, person: Person, outlook: Outlook, standing: float) -> float:
    """Worth of the expected standing by usage [half-days]."""
    stake = person.ambition * review.stake * outlook.half_days
    return outlook.discount * stake * usage_weight(review, person) * standing


@rule
def worth_of_output(
    review: Review, person: Person, outlook: Outlook, standing: float
) -> float:
    """Worth of the expected standing by observed output [half-days]."""
    stake = person.ambition * review.stake * outlook.half_days
    weight = 1.0 - review.shift * usage_weight(review, person)
    return outlook.discount * stake * weight * standing
