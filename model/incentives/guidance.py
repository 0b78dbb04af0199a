"""Guidance instead of a reward: help to see what AI is good for, and what for not.

Not a payoff. It lowers the noise with which people judge a task, raises the cost that
conscience puts on padding, and trains:
sigma_x * (1 - judgement);  h + conscience;  a += training * (ceiling - a) each week.

Source: the turn of Duolingo and Shopify to support instead of pressure
(docs/evidence.md, section 1.1); the sizes are assumptions.
Prediction: less misuse and more skill; usage moves little.
"""

from model.compiled import rule
from model.incentive import Incentive
from model.parameters import parameter


class Guidance(Incentive):
    """Training, examples and a clear word on padding."""

    judgement: float = parameter(
        0.0, "part of the judgement noise that is removed", low=0.0, high=1.0
    )
    conscience: float = parameter(
        0.0,
        "added cost of a padded half-day",
        unit="half-days",
        low=0.0,
        high=10.0,
        span=(0.0, 1.0),
    )
    training: float = parameter(
        0.0,
        "part of the way to their ceiling that people are trained, per week",
        unit="1 per week",
        low=0.0,
        high=1.0,
        span=(0.0, 0.05),
    )

    def has_weight(self) -> bool:
        """Whether any guidance is given."""
        return self.judgement > 0 or self.conscience > 0 or self.training > 0

    def has_worth(self) -> bool:
        """Never: it changes people, not payoffs."""
        return False


@rule
def noise(guidance: Guidance, judgement_noise: float) -> float:
    """Judgement noise that remains."""
    return judgement_noise * (1.0 - guidance.judgement)


@rule
def trained(guidance: Guidance, proficiency: float, ceiling: float) -> float:
    """Proficiency that a week of training adds."""
    return guidance.training * (ceiling - proficiency)
