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
from model.incentive import (
    UPKEEP,
    Counted,
    Incentive,
    counted,
    hours_a_year,
    window_weeks,
)
from model.outlook import Outlook, Person
from model.parameters import parameter
from model.people import People
from model.wording import COUNTS, every, money, percent
from model.workplace import Workplace


class Review(Incentive):
    """The periodic review; without a weight on usage it is the ordinary one."""

    title = "Performance review"
    gamed = (
        "Whoever expects to be compared pads ahead of the review; where usage is only "
        "seen, suspicion is enough."
    )
    weights = ("stake",)

    stake: float = parameter(
        0.30,
        "worth of the best standing over the worst, a half-day of the window",
        unit="half-days per half-day",
        low=0.0,
        high=10.0,
        span=(0.05, 1.0),
        strength=True,
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
    hours: float = hours_a_year(20.0, span=(6.0, 40.0))
    usage_hours: float = parameter(
        3.0,
        "time that it takes besides where usage has a formal weight in it",
        unit="hours a head and year",
        low=0.0,
        high=500.0,
        span=(1.0, 8.0),
        source=UPKEEP,
    )

    def describe(self, organisation: Workplace, people: People) -> str:
        """Say what it does, in plain words."""
        stake = money(self.stake, self.weeks, organisation)
        text = (
            f"{every(self.weeks)} everybody is ranked; the best place is worth {stake} "
            "more than the last. "
        )
        if self.weight == 0:
            text += "Officially it goes by output alone, as far as others see it."
        else:
            left = 1 - self.shift * self.weight
            text += (
                f"It goes by {COUNTS[self.measure]} ({percent(self.weight)}) and by "
                f"observed output ({percent(left)})."
            )
        if self.visible and people.suspected_weight > self.weight:
            text += (
                " Managers see each person's usage: "
                f"{percent(people.suspicious)} of people suspect that it counts for "
                f"{percent(people.suspected_weight)}."
            )
        return text

    def window(self) -> int:
        """Weeks between two reviews."""
        return self.weeks

    def counts(self) -> Counted:
        """What usage means in the review."""
        return self.measure

    def hours_taken(self) -> float:
        """Time of the reviewed and of their managers, however many reviews a year."""
        return self.hours + (self.usage_hours if self.weight > 0.0 else 0.0)

    def by_output_alone(self) -> bool:
        """Whether usage has no weight in it and nobody can suspect that it has."""
        return self.weight == 0.0 and not self.visible


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
