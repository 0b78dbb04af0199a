"""Dismissal of the lowest is felt only near the last place that stays."""

import math
from typing import Any

import numpy as np

from experiments.figures.style import COLOURS, INK, PADDING
from model.incentives import dismissal
from model.normal import quantile
from tools.average_person import (
    AVERAGE,
    LOG_SD,
    MEDIAN,
    OTHERS,
    PADDED,
    outlook,
    shipped,
)
from tools.panels import POINTS, Curve, Drawing, Panel, over

WEEKS = 26


def drawing() -> Drawing:
    """What keeping the job is worth by usage, and what a padded half-day adds."""
    scores = np.geomspace(1.0, 2000.0, POINTS)
    cuts = {"lowest 5 %": (0.05, PADDING, INK), "10 %": (0.1, COLOURS[6], COLOURS[4])}
    part = shipped("dismissal", "lowest_users_5pct")
    worths, added = [], []
    for label, (share, colour, ink) in cuts.items():
        cut = WEEKS * MEDIAN * math.exp(LOG_SD * quantile(share))

        def worth(score: float, at: float, part: Any = part, cut: float = cut) -> float:
            seen = outlook(at, 10.0 * WEEKS, 10.0)._replace(score=score)
            return dismissal.worth(part, AVERAGE, seen, cut, 0.1 * cut)

        worths.append(Curve(label, ink, scores, over(scores, lambda x: worth(x, x))))
        gain = over(scores, lambda x: worth(x + PADDED, x) - worth(x, x))
        added.append(Curve(f"padded, {label}", colour, scores, gain))
    return Drawing(
        [
            Panel(
                "The job is safe but for the last",
                "half-year's usage expected [reference weeks, log scale]",
                "worth [half-days]",
                worths,
                log=True,
                mark=(WEEKS * MEDIAN, "median user"),
            ),
            Panel(
                "What one padded half-day adds, in the last week",
                "half-year's usage otherwise [reference weeks, log scale]",
                "added [half-days]",
                added,
                log=True,
                mark=(WEEKS * MEDIAN, "median user"),
            ),
        ],
        "dismissal=lowest_users_5pct: the job is worth 150 half-days; the cut after "
        "26 weeks is the place among the others, with a standard deviation of a tenth "
        "of it. " + OTHERS,
    )
