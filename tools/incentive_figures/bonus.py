"""A bonus pays every unit of score alike."""

from collections.abc import Callable

import numpy as np

from experiments.figures.style import GENUINE, INK, PADDING
from model.incentives import bonus
from model.measure import REFERENCE_TOKENS
from tools.average_person import COST, DASHED, PADDED, USED, outlook, shipped
from tools.panels import POINTS, Curve, Drawing, Panel, over


def drawing() -> Drawing:
    """What a bonus is worth by score, and what a half-day adds by rate."""
    part = shipped("bonus", "usage")
    scores, rates = np.linspace(0.0, 12.0, POINTS), np.linspace(0.0, 4.0, POINTS)

    def worth(score: float) -> float:
        return bonus.worth(part, outlook(score, 40.0, 1.0))

    def added(score: float) -> Callable[[float], float]:
        def at(rate: float) -> float:
            paid = part.copy()
            paid["rate"] = rate
            return bonus.worth(paid, outlook(score, 40.0, 1.0))

        return at

    return Drawing(
        [
            Panel(
                "Every unit of score is paid alike",
                "score expected at the end of four weeks [reference weeks]",
                "worth [half-days]",
                [Curve("", INK, scores, over(scores, worth))],
            ),
            Panel(
                "What one more half-day adds, at any score",
                "rate [half-days per reference week]",
                "added [half-days]",
                [
                    Curve(name, colour, rates, over(rates, added(score)))
                    for name, colour, score in (
                        ("genuine or trivial", GENUINE, USED),
                        ("padded", PADDING, PADDED),
                    )
                ],
                level=COST,
                mark=(float(part["rate"]), "as shipped"),
            ),
        ],
        "bonus=usage, with tokens as the headline. Below: a half-day of genuine or "
        f"trivial use with {USED * REFERENCE_TOKENS:g} M tokens, a padded one with "
        f"{PADDED * REFERENCE_TOKENS:.0f} M. " + DASHED,
    )
