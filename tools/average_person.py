"""The person and the others that incentives are drawn for.

One person of average traits, by the rules of ``model/incentives`` themselves, with the
numbers that are shipped in ``configs/``. Nothing is simulated: others' usage is taken
as lognormal with the median and spread of the voluntary organisation. The uncertainty
of a score is that of the usual pace, without cramming.
"""

import math
from collections.abc import Callable
from typing import Any

from experiments.config.compose import compose
from experiments.figures.style import GENUINE, PADDING
from model import Scenario
from model.measure import REFERENCE_TOKENS, SQRT_3
from model.normal import cdf
from model.outlook import Outlook, Person
from model.parameters import as_record
from model.work import padding_loss, padding_tokens
from tools.panels import Curve, Floats, over

S = Scenario()
AVERAGE = Person(ambition=1.0, status=1.0, suspicion=0.0)
SAVVY = S.people.savvy_a / (S.people.savvy_a + S.people.savvy_b)
CONSCIENCE = (
    S.people.conscience_floor + S.people.conscience_shape * S.people.conscience_scale
)
LOST = padding_loss(S.technology.padding_time, S.technology.automation, SAVVY)
COST = S.people.own_value * LOST + CONSCIENCE
"""What a padded half-day costs: time at its own value, and conscience [half-days]."""
USED = S.people.intensity / REFERENCE_TOKENS
"""Score of a genuine half-day with median tokens [reference weeks]."""
PADDED = (
    padding_tokens(S.people.padding_intensity, S.technology.scripting, SAVVY)
    / REFERENCE_TOKENS
)
"""Score of a padded half-day [reference weeks]."""
MEDIAN, LOG_SD = 1.0, 1.4
"""Weekly scores of the others: lognormal [reference weeks]."""

OTHERS = (
    "Others' weekly usage: lognormal, median 32 M tokens, log-sd 1.4, about as in the "
    "voluntary organisation. "
)
DASHED = (
    f"Dashed: what a padded half-day costs the average person, {COST:.2f} half-days of "
    "time and conscience. "
)


def shipped(name: str, member: str) -> Any:
    """The record of an incentive as a member of its group of configs ships it."""
    return as_record(getattr(compose([f"{name}={member}"]), name))


def outlook(score: float, half_days: float, left: float) -> Outlook:
    """Expect a score with the uncertainty c sqrt(r) max(pace, a tenth of reference)."""
    pace = max(score / half_days, 0.01)
    sigma = S.people.uncertainty * math.sqrt(left) * pace
    return Outlook(score=score, sigma=sigma, half_days=half_days, discount=1.0)


def standing(rate: float, spread: float) -> float:
    """Expected standing of a weekly rate, by the quadrature of the model."""

    def below(value: float) -> float:
        return cdf(math.log(value / MEDIAN) / LOG_SD) if value > 0.0 else 0.0

    sides = below(rate - SQRT_3 * spread) + below(rate + SQRT_3 * spread)
    return sides / 6.0 + 2.0 * below(rate) / 3.0


def half_day_adds(
    x: Floats,
    worth: Callable[[float, float], float],
    half_days: float,
    left: float,
    which: str = "both",
) -> list[Curve]:
    """What a genuine and a padded half-day add to the worth of ending at x.

    Trivial use adds what genuine use does: as many tokens, which nobody tells apart.
    ``worth(score, at)`` is the worth of a score, with the uncertainty as at x.
    """

    def gain(score: float) -> Callable[[float], float]:
        return lambda at: worth(at + score, at) - worth(at, at)

    said = "" if which == "both" else f", {which}"
    style = "-" if which in ("both", "last half-day") else ":"
    return [
        Curve(
            f"{name}{said}",
            colour,
            x,
            over(x, gain(score)),
            style,
        )
        for name, colour, score in (
            ("genuine or trivial", GENUINE, USED),
            ("padded", PADDING, PADDED),
        )
    ]
