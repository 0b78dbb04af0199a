"""Best response: the activity with the highest payoff, always.

P(activity) = 1 for the largest u, the homo economicus of the textbooks; of equals the
first in the order manual, genuine, trivial, padding. Logit choice tends to it as tau
falls.

Prediction: nobody answers an incentive that is too small to change what is best; beyond
that they answer it in full.
"""

from model.compiled import rule
from model.outlook import GENUINE, MANUAL, PADDING, TRIVIAL, is_open


@rule
def weights(
    u: tuple[float, float, float, float], open_to: int
) -> tuple[float, float, float, float]:
    """Weight 1 for the best activity, 0 for the others."""
    best = MANUAL
    if is_open(open_to, GENUINE) and u[GENUINE] > u[MANUAL]:
        best = GENUINE
    if is_open(open_to, TRIVIAL) and u[TRIVIAL] > u[best]:
        best = TRIVIAL
    if is_open(open_to, PADDING) and u[PADDING] > u[best]:
        best = PADDING
    return (
        1.0 if best == MANUAL else 0.0,
        1.0 if best == GENUINE else 0.0,
        1.0 if best == TRIVIAL else 0.0,
        1.0 if best == PADDING else 0.0,
    )
