"""An audit takes from padding, and a little from genuine and trivial use."""

import math
from collections.abc import Callable
from typing import Any

import numpy as np

from experiments.figures.style import GENUINE, PADDING
from model.incentives import (
    audit,
)
from model.normal import quantile
from model.outlook import GENUINE as USES
from model.outlook import PADDING as PADS
from tools.average_person import (
    AVERAGE,
    LOG_SD,
    MEDIAN,
    OTHERS,
    outlook,
    shipped,
)
from tools.panels import POINTS, Curve, Drawing, Panel, over


def drawing() -> Drawing:
    """What a half-day costs by usage, under both ways to select people."""
    random, top = shipped("audit", "random"), shipped("audit", "top_spenders")
    cut = 4.0 * MEDIAN * math.exp(LOG_SD * quantile(1.0 - float(top["top_share"])))
    scores = np.geomspace(0.5, 200.0, POINTS)

    def expected(part: Any, activity: int) -> Callable[[float], float]:
        def worth(score: float) -> float:
            seen = outlook(score, 40.0, 20.0)
            chance = audit.selection(part, score, seen.sigma, cut, 0.1 * cut)
            return audit.worth(part, AVERAGE, activity, chance)

        return worth

    return Drawing(
        [
            Panel(
                "Random audits touch everybody, others only near the cut",
                "usage expected in four weeks [reference weeks, log scale]",
                "worth [half-days]",
                [
                    Curve(
                        f"{name}, {which}",
                        colour,
                        scores,
                        over(scores, expected(part, activity)),
                        style,
                    )
                    for which, part, style in (
                        ("random", random, ":"),
                        ("top spenders", top, "-"),
                    )
                    for name, activity, colour in (
                        ("padded", PADS, PADDING),
                        ("genuine or trivial", USES, GENUINE),
                    )
                ],
                log=True,
                mark=(4.0 * MEDIAN, "median user"),
            )
        ],
        f"audit=random (one half-day in {1 / random['probability']:.0f} of everybody) "
        f"and audit=top_spenders (one in {1 / top['probability']:.0f} of the heaviest "
        f"{top['top_share']:.0%}), sanction {top['sanction']:g} half-days. " + OTHERS,
    )
