"""A board of heavy users pays only near its last place."""

import numpy as np

from model.incentives import top_board
from tools.average_person import AVERAGE, MEDIAN, OTHERS, outlook, shipped
from tools.last_place import Place, cut_at, panels
from tools.panels import POINTS, Drawing

BOARDS = {"top 2 %": "top_2pct", "top 250 of 85,000": "top_250"}


def drawing() -> Drawing:
    """What being listed is worth by usage, and what a padded half-day adds."""
    return Drawing(
        panels(
            [_board(label, member) for label, member in BOARDS.items()],
            np.geomspace(1.0, 200.0, POINTS),
            (
                "Nearly nothing until the list is in sight",
                "What one padded half-day adds, on Wednesday at noon",
            ),
            "week's",
            MEDIAN,
        ),
        "top_board=top_2pct and top_250: prize 0.3, one week; the cut is the place "
        "among the others, with a standard deviation of a tenth of it. " + OTHERS,
    )


def _board(label: str, member: str) -> Place:
    part = shipped("top_board", member)
    cut = cut_at(1.0 - float(part["share"]))

    def worth(score: float, at: float) -> float:
        seen = outlook(at, 10.0, 5.0)._replace(score=score)
        return top_board.worth(part, AVERAGE, seen, cut, 0.1 * cut)

    return Place(label, worth)
