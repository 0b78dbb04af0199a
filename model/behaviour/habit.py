"""Acting by habit: as much of each activity as usual, AI on the tasks that suit it.

How much is habit; which tasks are given to AI is judged anew: those that look more
suitable than all but the usual share. Chores and padding come at any task. The rules of
choice that know habits share it.
"""

import math

from model.compiled import rule
from model.elementary import exp
from model.normal import cdf
from model.outlook import GENUINE, PADDING, TRIVIAL, is_open


@rule
def weights(
    open_to: int,
    genuine: float,
    trivial: float,
    padding: float,
    judged: float,
    noise: float,
) -> tuple[float, float, float, float]:
    """Weights by the habit (shares of half-days) and the judged suitability.

    ``noise`` is the sd of the error in that judgement. What of the habit is not open to
    the person is done by hand.
    """
    pads = padding if is_open(open_to, PADDING) else 0.0
    chores = trivial if is_open(open_to, TRIVIAL) else 0.0
    works = 1.0 - pads - chores
    suits = works * share_below(judged, noise) > works - genuine
    with_ai = is_open(open_to, GENUINE) and suits
    return 0.0 if with_ai else works, works if with_ai else 0.0, chores, pads


@rule
def share_below(judged: float, noise: float) -> float:
    """Share of tasks that look less suitable than this one.

    P(x + noise e < judged) for x ~ U(0, 1), e ~ N(0, 1) is, by integrating over x,
    noise (H(judged / noise) - H((judged - 1) / noise)) with H(z) = z Phi(z) + phi(z).
    """
    if noise <= 0.0:
        return min(max(judged, 0.0), 1.0)
    share = noise * (_ramp(judged / noise) - _ramp((judged - 1.0) / noise))
    return min(max(share, 0.0), 1.0)


@rule
def _ramp(z: float) -> float:
    """Integral of the standard normal distribution function up to z."""
    return z * cdf(z) + exp(-0.5 * z * z) / math.sqrt(2.0 * math.pi)
