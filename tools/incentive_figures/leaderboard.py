"""A leaderboard pays for rank, most of all at its ends."""

from collections.abc import Callable
from typing import Any

import numpy as np

from experiments.figures.style import FAINT, INK
from model.incentives import leaderboard
from tools.average_person import (
    AVERAGE,
    COST,
    OTHERS,
    half_day_adds,
    outlook,
    shipped,
    standing,
)
from tools.panels import POINTS, Curve, Drawing, Panel, over


def drawing() -> Drawing:
    """What rank is worth by standing, and what a half-day adds by usage."""
    part = shipped("leaderboard", "full")
    linear = part.copy()
    linear["curvature"] = 0.0
    rates = np.geomspace(0.05, 20.0, POINTS)
    places = np.linspace(0.0, 1.0, POINTS)

    def worth(score: float, at: float) -> float:
        seen = outlook(at, 10.0, 5.0)._replace(score=score)
        return leaderboard.worth(part, AVERAGE, seen, standing(score, seen.sigma))

    def placed(board: Any) -> Callable[[float], float]:
        week = outlook(1.0, 10.0, 1.0)
        return lambda place: leaderboard.worth(board, AVERAGE, week, place)

    return Drawing(
        [
            Panel(
                "The ends of the ranking matter more than its middle",
                "standing (0 last, 1 first)",
                "worth [half-days]",
                [
                    Curve("as shipped", INK, places, over(places, placed(part))),
                    Curve("linear", FAINT, places, over(places, placed(linear)), ":"),
                ],
            ),
            Panel(
                "What one half-day adds, on Wednesday at noon",
                "week's usage otherwise [reference weeks, log scale]",
                "added [half-days]",
                half_day_adds(rates, worth, 10.0, 5.0),
                log=True,
            ),
        ],
        f"leaderboard=full: status {part['status']:g}, curvature "
        f"{part['curvature']:g}, one week. A padded half-day costs the average person "
        f"{COST:.2f} half-days, beyond the axis: only people with little conscience, "
        "much savvy or a strong sense of status pad here. " + OTHERS,
    )
