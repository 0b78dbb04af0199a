"""A board of heavy users pays only near its last place."""

import math
from typing import Any

import numpy as np

from experiments.figures.style import COLOURS, INK, PADDING
from model.incentives import (
    top_board,
)
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


def drawing() -> Drawing:
    """What being listed is worth by usage, and what a padded half-day adds."""
    scores = np.geomspace(1.0, 200.0, POINTS)
    boards = {
        "top 2 %": (shipped("top_board", "top_2pct"), PADDING, INK),
        "top 250 of 85,000": (shipped("top_board", "top_250"), COLOURS[6], COLOURS[4]),
    }
    worths, added = [], []
    for label, (part, colour, ink) in boards.items():
        cut = MEDIAN * math.exp(LOG_SD * quantile(1.0 - float(part["share"])))

        def worth(score: float, at: float, part: Any = part, cut: float = cut) -> float:
            seen = outlook(at, 10.0, 5.0)._replace(score=score)
            return top_board.worth(part, AVERAGE, seen, cut, 0.1 * cut)

        worths.append(Curve(label, ink, scores, over(scores, lambda x: worth(x, x))))
        gain = over(scores, lambda x: worth(x + PADDED, x) - worth(x, x))
        added.append(Curve(f"padded, {label}", colour, scores, gain))
    return Drawing(
        [
            Panel(
                "Nearly nothing until the list is in sight",
                "week's usage expected [reference weeks, log scale]",
                "worth [half-days]",
                worths,
                log=True,
                mark=(MEDIAN, "median user"),
            ),
            Panel(
                "What one padded half-day adds, on Wednesday at noon",
                "week's usage otherwise [reference weeks, log scale]",
                "added [half-days]",
                added,
                log=True,
                mark=(MEDIAN, "median user"),
            ),
        ],
        "top_board=top_2pct and top_250: prize 0.3, one week; the cut is the place "
        "among the others, with a standard deviation of a tenth of it. " + OTHERS,
    )
