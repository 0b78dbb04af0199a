"""Participation target: so many per cent are to use AI at least once a week.

worth = ambition * penalty * 10 * Phi((target - smoothed share) / softness) *
        P(active by Friday)

The smoothed share is that of the own team or of the organisation: the further it is
below the target, the more each person is pressed to count as active.

Source: Amazon's 80 % of developers a week (docs/evidence.md, section 1.1).
Prediction: acts on who uses AI at all, not on how much; little padding per head.
"""

from model.compiled import rule
from model.incentive import Counted, Incentive, Scope, hours_a_year
from model.normal import cdf
from model.outlook import Person
from model.parameters import parameter
from model.people import People
from model.wording import money, percent
from model.workplace import Workplace


class Participation(Incentive):
    """A target for the share of people who use AI in a week."""

    title = "Participation target"
    gamed = (
        "Being active once is enough; a prompt on Friday afternoon meets the target."
    )
    weights = ("penalty",)

    penalty: float = parameter(
        0.0,
        "pressure on a person who would stay inactive, per half-day of the week",
        unit="half-days per half-day",
        low=0.0,
        high=10.0,
        span=(0.02, 0.3),
        strength=True,
    )
    target: float = parameter(
        0.80,
        "share of people that are to be active in a week",
        low=0.0,
        high=1.0,
        span=(0.5, 1.0),
        source="Amazon; evidence 1.1",
        confidence="high",
    )
    scope: Scope = parameter(
        Scope.TEAM, "whose share is held against the target", confidence="choice"
    )
    softness: float = parameter(
        0.15,
        "distance from the target over which the pressure fades",
        low=0.001,
        high=1.0,
        span=(0.05, 0.3),
        strength=True,
    )
    smoothing: float = parameter(
        0.3,
        "weight of the latest week in the smoothed share",
        low=0.0,
        high=1.0,
        strength=True,
    )
    hours: float = hours_a_year(1.0, span=(0.2, 4.0))

    def describe(self, organisation: Workplace, people: People) -> str:
        """Say what it does, in plain words."""
        whom = "each team" if self.scope is Scope.TEAM else "the organisation"
        return (
            f"{percent(self.target)} of {whom} are to use AI at least once a week; far "
            "below the target, staying away costs a person as much as "
            f"{money(self.penalty, 1, organisation)} a week. How much they use it does "
            "not matter."
        )

    def counts(self) -> Counted:
        """Being active in a week."""
        return Counted.ACTIVE

    def hours_taken(self) -> float:
        """Time to report shares and to remind people."""
        return self.hours


@rule
def pressure(target: float, softness: float, smoothed_share: float) -> float:
    """How far a team or organisation feels short of its target, 0 to 1."""
    return cdf((target - smoothed_share) / softness)


@rule
def worth(
    participation: Participation, person: Person, pressed: float, chance: float
) -> float:
    """Worth of the chance to be active by Friday [half-days]."""
    return person.ambition * participation.penalty * 10.0 * pressed * chance


@rule
def missed(
    participation: Participation, person: Person, pressed: float, active: float
) -> float:
    """What a week costs a person who was not active in it, negative [half-days].

    ``active`` is 1 for who was, else 0.
    """
    return -(1.0 - active) * person.ambition * participation.penalty * 10.0 * pressed
