"""Guidance instead of a reward: help to see what AI is good for, and what for not.

Not a payoff. It lowers the noise with which people judge a task, raises the cost that
conscience puts on padding, and trains:
sigma_x * (1 - judgement);  h + conscience;  a += training * (ceiling - a) each week.

Source: the turn of Duolingo and Shopify to support instead of pressure
(docs/evidence.md, section 1.1); the sizes are assumptions.
Prediction: less misuse and more skill; usage moves little.
"""

from model.compiled import rule
from model.incentive import OFF, Incentive, hours_a_year
from model.parameters import parameter
from model.people import People
from model.wording import percent
from model.workplace import Workplace


class Guidance(Incentive):
    """Training, examples and a clear word on padding."""

    title = "Guidance"
    gamed = "There is nothing to gain by pretending: no reward hangs on it."
    weights = ("judgement", "conscience", "training")

    judgement: float = parameter(
        0.0,
        "part of the judgement noise that is removed",
        low=0.0,
        high=1.0,
        strength=True,
        shape=("uniform", OFF),
    )
    conscience: float = parameter(
        0.0,
        "added cost of a padded half-day",
        unit="half-days",
        low=0.0,
        high=10.0,
        span=(0.0, 1.0),
        strength=True,
        shape=("uniform", OFF),
    )
    training: float = parameter(
        0.0,
        "part of the way to their ceiling that people are trained, per week",
        unit="1 per week",
        low=0.0,
        high=1.0,
        span=(0.0, 0.05),
        strength=True,
        shape=("uniform", OFF),
    )
    hours: float = hours_a_year(8.0, span=(2.0, 24.0))

    def describe(self, organisation: Workplace, people: People) -> str:
        """Say what it does, in plain words."""
        lines = []
        if self.judgement > 0:
            lines.append(
                f"removes {percent(self.judgement)} of the error in judging which "
                "tasks suit AI"
            )
        if self.conscience > 0:
            lines.append(
                f"makes padding feel worse, by {self.conscience:g} half-days each time"
            )
        if self.training > 0:
            lines.append(
                f"trains people {percent(self.training)} of the way to their best each "
                "week"
            )
        return "It " + "; ".join(lines) + "."

    def has_worth(self) -> bool:
        """Never: it changes people, not payoffs."""
        return False

    def hours_taken(self) -> float:
        """Time to train, to show examples and to learn from them."""
        return self.hours


@rule
def noise(guidance: Guidance, judgement_noise: float) -> float:
    """Judgement noise that remains."""
    return judgement_noise * (1.0 - guidance.judgement)


@rule
def trained(guidance: Guidance, proficiency: float, ceiling: float) -> float:
    """Proficiency that a week of training adds."""
    return guidance.training * (ceiling - proficiency)
