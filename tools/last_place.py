"""Figures of incentives that hang on a last place: who is listed, who keeps the job."""

import math
from collections.abc import Callable, Sequence
from typing import NamedTuple

from experiments.figures.style import COLOURS, INK, PADDING
from model.normal import quantile
from model.workforce import Floats
from tools.average_person import LOG_SD, MEDIAN, PADDED
from tools.panels import Curve, Panel, over

LINES = ((INK, PADDING), (COLOURS[4], COLOURS[6]))
"""Colours of what each place is worth, and of what a padded half-day adds."""


Worth = Callable[[float, float], float]
"""What a score is worth to who usually comes to another one [half-days]."""


class Place(NamedTuple):
    """A last place by its label, and what it is worth to reach it."""

    label: str
    worth: Worth


def cut_at(share: float) -> float:
    """The week's usage that a share of people stays below [reference weeks]."""
    return MEDIAN * math.exp(LOG_SD * quantile(share))


def panels(
    places: Sequence[Place],
    scores: Floats,
    titles: tuple[str, str],
    whose: str,
    median: float,
) -> list[Panel]:
    """Draw what places are worth by usage, and what a padded half-day adds to it.

    ``scores`` [reference weeks] are those of a window such as a week, which ``whose``
    names; ``median`` is that of the median user.
    """
    drawn = [
        (
            Curve(label, ink, scores, over(scores, _usual(worth))),
            Curve(f"padded, {label}", colour, scores, over(scores, _added(worth))),
        )
        for (label, worth), (ink, colour) in zip(places, LINES, strict=True)
    ]
    worths, added = zip(*drawn, strict=True)
    means = (
        (f"{whose} usage expected", "worth", worths),
        (f"{whose} usage otherwise", "added", added),
    )
    return [
        Panel(
            title,
            f"{usage} [reference weeks, log scale]",
            f"{worth} [half-days]",
            curves,
            log=True,
            mark=(median, "median user"),
        )
        for title, (usage, worth, curves) in zip(titles, means, strict=True)
    ]


def _usual(worth: Worth) -> Callable[[float], float]:
    return lambda x: worth(x, x)


def _added(worth: Worth) -> Callable[[float], float]:
    return lambda x: worth(x + PADDED, x) - worth(x, x)
