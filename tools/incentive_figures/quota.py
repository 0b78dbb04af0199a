"""A minimum pays for the last step towards it."""

from collections.abc import Callable

import numpy as np

from experiments.figures.style import INK
from model.incentives import quota
from model.measure import REFERENCE_TOKENS
from tools.average_person import AVERAGE, COST, DASHED, half_day_adds, outlook, shipped
from tools.panels import POINTS, Curve, Drawing, Panel, over


def drawing() -> Drawing:
    """What meeting it is worth by score, and what a half-day adds."""
    part = shipped("quota", "monthly")
    least = float(part["amount"]) / REFERENCE_TOKENS
    scores = np.linspace(0.0, 8.0, POINTS)
    stages = (
        ("last half-day", 1.0, "-"),
        ("two weeks left", 20.0, "--"),
        ("first half-day", 40.0, ":"),
    )

    def worth_at(left: float) -> Callable[[float, float], float]:
        def worth(score: float, at: float) -> float:
            seen = outlook(at, 40.0, left)._replace(score=score)
            return quota.worth(part, AVERAGE, seen, least)

        return worth

    def expected(left: float) -> Callable[[float], float]:
        return lambda score: worth_at(left)(score, score)

    return Drawing(
        [
            Panel(
                "A step at the minimum, blurred while time is left",
                "score expected at the end of four weeks [reference weeks]",
                "worth [half-days]",
                [
                    Curve(label, INK, scores, over(scores, expected(left)), style)
                    for label, left, style in stages
                ],
                mark=(least, "minimum"),
            ),
            Panel(
                "What one half-day adds: most just short of it, and late",
                "score expected without that half-day [reference weeks]",
                "added [half-days]",
                [
                    *half_day_adds(scores, worth_at(1.0), 40.0, 1.0, "last half-day"),
                    *half_day_adds(
                        scores, worth_at(40.0), 40.0, 40.0, "first half-day"
                    ),
                ],
                level=COST,
                mark=(least, "minimum"),
            ),
        ],
        f"quota=monthly: {part['amount']:g} M tokens in four weeks, penalty "
        f"{part['penalty']:g} and shame {part['shame']:g}. " + DASHED,
    )
