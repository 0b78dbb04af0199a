"""Logit choice: better activities are more likely, in proportion to exp(payoff / tau).

P(activity) ~ exp(u / tau), the quantal response of McKelvey and Palfrey (1995, Games
and Economic Behavior 10, 6-38). tau is ``people.choice_noise``; towards 0 it becomes
best response.

Prediction: everybody answers every incentive a little, and the more the larger it is.
"""

from model.compiled import rule
from model.elementary import exp
from model.outlook import GENUINE, MANUAL, PADDING, TRIVIAL, is_open


@rule
def weights(
    u: tuple[float, float, float, float], open_to: int, precision: float
) -> tuple[float, float, float, float]:
    """Weights by payoffs [half-days]; the precision is 1 / tau."""
    best = u[MANUAL]
    best = max(best, u[GENUINE]) if is_open(open_to, GENUINE) else best
    best = max(best, u[TRIVIAL]) if is_open(open_to, TRIVIAL) else best
    best = max(best, u[PADDING]) if is_open(open_to, PADDING) else best
    manual = exp((u[MANUAL] - best) * precision)
    genuine = exp((u[GENUINE] - best) * precision)
    trivial = exp((u[TRIVIAL] - best) * precision)
    padding = exp((u[PADDING] - best) * precision)
    return (
        manual,
        genuine if is_open(open_to, GENUINE) else 0.0,
        trivial if is_open(open_to, TRIVIAL) else 0.0,
        padding if is_open(open_to, PADDING) else 0.0,
    )
