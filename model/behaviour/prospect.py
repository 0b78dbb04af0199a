"""Prospect theory: gains and losses against what is usual, where losses loom larger.

Each payoff term is compared with what it is on average under the person's habit, and
valued v(x) = x^curvature for a gain, -loss_aversion (-x)^curvature for a loss; the
values of an activity are added, and logit choice picks (Tversky and Kahneman 1992,
Journal of Risk and Uncertainty 5, 297-323: curvature .88, loss aversion 2.25; own
expectations as reference point: Koszegi and Rabin 2006, Quarterly Journal of Economics
121, 1133-1165).

Prediction: people keep to what they do; once they pad, they pad on.
"""

from model.compiled import rule
from model.elementary import exp, log


@rule
def value(x: float, loss_aversion: float, curvature: float) -> float:
    """Value of a gain or a loss x [half-days to the power of the curvature]."""
    size = abs(x)
    power = exp(curvature * log(size)) if size > 0.0 else 0.0
    return power if x >= 0.0 else -loss_aversion * power


@rule
def usual(
    terms: tuple[float, float, float, float],
    habit_genuine: float,
    habit_trivial: float,
    habit_padding: float,
) -> float:
    """What a payoff term is on average under the habit [half-days]."""
    by_hand = 1.0 - habit_genuine - habit_padding - habit_trivial
    core = by_hand * terms[0] + habit_genuine * terms[1]
    return core + habit_padding * terms[3] + habit_trivial * terms[2]
