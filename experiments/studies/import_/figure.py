"""Use in each week, and how many people had any."""

from collections.abc import Sequence

import numpy as np
from matplotlib.figure import Figure

from experiments.figures.style import COLOURS, chart, empty, panels
from experiments.studies.import_.coverage import CoverageRow

MOST_LABELS = 10


@chart
def weeks(rows: Sequence[CoverageRow]) -> Figure:
    """Draw all rows about weeks, those of people below the others."""
    every = [row for row in rows if row.topic == "week"]
    amounts = [row for row in every if row.unit != "people"]
    people = [row for row in every if row.unit == "people"]
    if not amounts:
        return empty("the panel has no week")
    text = (
        "Above: what all people together used in each week; below: how many used "
        "anything. A jump of one without the other is rarely people: a version that "
        "counts another way, a source that was silent, or weeks that are not whole. "
        "Weeks with few people are left empty."
    )
    figure, [[above], [below]] = panels(
        2, 1, height=1.5, left=0.95, text=text, share_y=False
    )
    places = np.arange(len(amounts))
    for axes, lines, unit, colour in (
        (above, amounts, amounts[0].unit, COLOURS[0]),
        (below, people, "people", COLOURS[1]),
    ):
        heights = [np.nan if r.number is None else r.number for r in lines]
        axes.bar(places, heights, width=0.8, color=colour)
        axes.set_ylabel(unit)
        axes.grid(axis="y")
    step = max(1, -(-len(amounts) // MOST_LABELS))
    names = [row.item for row in amounts]
    below.set_xticks(places[::step], [name[2:] for name in names[::step]])
    below.set_xlabel("week, by its Monday (yy-mm-dd)")
    return figure
