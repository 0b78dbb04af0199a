"""Dismissal of the lowest is felt only near the last place that stays."""

import numpy as np

from model.incentives import dismissal
from tools.average_person import AVERAGE, MEDIAN, OTHERS, outlook, shipped
from tools.last_place import Place, cut_at, panels
from tools.panels import POINTS, Drawing

WEEKS = 26
LOWEST = {"lowest 5 %": 0.05, "10 %": 0.1}


def drawing() -> Drawing:
    """What keeping the job is worth by usage, and what a padded half-day adds."""
    return Drawing(
        panels(
            [_cut(label, share) for label, share in LOWEST.items()],
            np.geomspace(1.0, 2000.0, POINTS),
            (
                "The job is safe but for the last",
                "What one padded half-day adds, in the last week",
            ),
            "half-year's",
            WEEKS * MEDIAN,
        ),
        "dismissal=lowest_users_5pct: the job is worth 150 half-days; the cut after "
        "26 weeks is the place among the others, with a standard deviation of a tenth "
        "of it. " + OTHERS,
    )


def _cut(label: str, share: float) -> Place:
    part = shipped("dismissal", "lowest_users_5pct")
    cut = WEEKS * cut_at(share)

    def worth(score: float, at: float) -> float:
        seen = outlook(at, 10.0 * WEEKS, 10.0)._replace(score=score)
        return dismissal.worth(part, AVERAGE, seen, cut, 0.1 * cut)

    return Place(label, worth)
