"""A review with a weight on usage pays for standing among everybody."""

import numpy as np

from experiments.figures.style import INK
from model.incentives import review
from tools.average_person import (
    AVERAGE,
    COST,
    DASHED,
    OTHERS,
    half_day_adds,
    outlook,
    shipped,
    standing,
)
from tools.panels import POINTS, Curve, Drawing, Panel, over


def drawing() -> Drawing:
    """What the standing is worth by usage, and what a half-day adds to it."""
    part = shipped("review", "linked")
    rates = np.geomspace(0.05, 20.0, POINTS)

    def worth(score: float, at: float) -> float:
        seen = outlook(at, 260.0, 130.0)._replace(score=score)
        place = standing(score / 26.0, seen.sigma / 26.0)
        return review.worth(part, AVERAGE, seen, place)

    def usage(rate: float) -> float:
        return worth(26.0 * rate, 26.0 * rate)

    curves = half_day_adds(26.0 * rates, worth, 260.0, 130.0)
    return Drawing(
        [
            Panel(
                "Half of the review goes by standing in usage",
                "weekly usage [reference weeks, log scale]",
                "worth [half-days]",
                [Curve("", INK, rates, over(rates, usage))],
                log=True,
            ),
            Panel(
                "What one half-day adds, half-way to the review",
                "weekly usage [reference weeks, log scale]",
                "added [half-days]",
                [curve._replace(x=rates) for curve in curves],
                log=True,
                level=COST,
            ),
        ],
        f"review=linked: stake {part['stake']:g}, weight {part['weight']:g}, 26 weeks. "
        "The half that goes by observed output is not drawn. " + OTHERS + DASHED,
    )
