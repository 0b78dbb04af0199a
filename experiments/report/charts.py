"""All charts of a comparison, in the order of the page."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import get_args

from experiments.figures import (
    channels,
    emblem,
    halfwidth,
    needle,
    shares,
    tokens,
    trajectories,
    validity,
)
from experiments.figures.comparison import Chart, Place, StudyData
from experiments.figures.robustness import RULES_CHART, WORLDS_CHART
from experiments.report.picture import Picture, picture
from experiments.statistics.effects import Effects, Panel
from experiments.statistics.stopping import Target
from experiments.store.store import RUNS, WEEKS, Store

COMPARED = (
    emblem.CHART,
    WORLDS_CHART,
    RULES_CHART,
    channels.CHART,
    trajectories.CHART,
    shares.CHART,
    tokens.CHART,
    validity.CHART,
    needle.CHART,
    halfwidth.CHART,
)
"""Charts of a comparison."""
ALONE = tuple(chart for chart in COMPARED if chart.of_one_scheme)
"""Charts of a study of one scheme."""

Pictures = Mapping[Place, Sequence[Picture]]
"""The charts of a page by their place on it."""


def study_data(
    store: Store,
    effects: Effects,
    order: Sequence[str],
    baseline: str | None,
    threads: int,
    aim: Target | None,
) -> StudyData:
    """Read the data behind a study's charts and page from its files."""
    runs = store.read(RUNS)
    return StudyData(
        design=store.design,
        panel=Panel(runs),
        runs=runs.to_pandas(),
        weeks=store.read(WEEKS).to_pandas(),
        effects=effects,
        order=order,
        baseline=baseline,
        threads=threads,
        aim=aim,
    )


def draw(data: StudyData, charts: Sequence[Chart], folder: Path) -> Pictures:
    """Draw charts and write them into the folder of a study."""
    pictures: dict[Place, list[Picture]] = {place: [] for place in get_args(Place)}
    for chart in charts:
        figure, alt = chart.draw(data)
        shown = picture(figure, folder, chart.name, chart.caption, alt)
        pictures[chart.place].append(shown)
    return pictures
