"""All charts of a comparison, in the order of the page."""

from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import NamedTuple, get_args

from experiments.designs.design import Design
from experiments.figures import (
    by_group,
    by_role,
    channels,
    emblem,
    gains,
    halfwidth,
    needle,
    needle_by_role,
    shares,
    tokens,
    trajectories,
    validity,
    worlds,
)
from experiments.figures.comparison import Chart, Place, StudyData
from experiments.figures.save import contents
from experiments.report.desk import Desk
from experiments.report.picture import Picture, kept
from experiments.statistics.effects import Effects, Panel
from experiments.statistics.stopping import Target
from experiments.store.store import RUNS, WEEKS, Store

COMPARED = (
    emblem.CHART,
    worlds.CHART,
    channels.CHART,
    trajectories.CHART,
    shares.CHART,
    tokens.CHART,
    validity.CHART,
    gains.CHART,
    needle.CHART,
    halfwidth.CHART,
)
"""Charts of a comparison."""
BY_ROLE = (by_role.CHART, needle_by_role.CHART)
"""Charts of a workforce with several roles."""
BY_GROUP = (by_group.CHART,)
"""Charts of an organisation with groups."""
ALONE = tuple(chart for chart in COMPARED if chart.of_one_scheme)
"""Charts of a study of one scheme in one crowd."""
OF_CENTRE = tuple(chart for chart in COMPARED if chart.of_centre)
"""Charts that need no other world."""


def of_comparison(design: Design) -> tuple[Chart, ...]:
    """List the charts of a comparison, by role and by group where there are any."""
    by_part = design.has_roles * BY_ROLE + design.has_groups * BY_GROUP
    return COMPARED + by_part


def of_one_scheme(design: Design) -> tuple[Chart, ...]:
    """List the charts of a study of one scheme; of one crowd there is none by role."""
    of_roles = tuple(chart for chart in BY_ROLE if chart.of_one_scheme)
    return (*ALONE, *of_roles) if design.has_roles else ALONE


Pictures = Mapping[Place, Sequence[Picture]]
"""The charts of a page by their place on it."""


def study_data(
    store: Store,
    effects: Effects,
    order: Sequence[str],
    baseline: str | None,
    threads: int,
    aim: Target | None,
    replicates: int | None = None,
) -> StudyData:
    """Read the data behind a study's charts and page from its files.

    With ``replicates`` only these of the centre are read, which is possible as soon as
    every scheme has them.
    """
    if replicates is None:
        runs, weeks = store.read(RUNS), store.read(WEEKS)
    else:
        runs, weeks = (store.at_centre(name, replicates) for name in (RUNS, WEEKS))
    return StudyData(
        design=store.design,
        panel=Panel(runs),
        runs=runs.to_pandas(),
        weeks=weeks.to_pandas(),
        effects=effects,
        order=order,
        baseline=baseline,
        threads=threads,
        aim=aim,
    )


class Made(NamedTuple):
    """A chart that was drawn: its files by format, and its description."""

    files: Mapping[str, bytes]
    alt: str


def make(chart: Chart, data: StudyData) -> Made:
    """Draw a chart."""
    figure, alt = chart.draw(data)
    return Made(contents(figure), alt)


def begin(data: StudyData, charts: Sequence[Chart], desk: Desk) -> None:
    """Let other processes draw charts, so that ``draw`` finds them done."""
    for chart in charts:
        desk.begin(chart.name, partial(make, chart, data))


def draw(
    data: StudyData, charts: Sequence[Chart], folder: Path, desk: Desk
) -> Pictures:
    """Draw the charts that were not begun, and write all into the folder of a study."""
    begin(data, charts, desk)
    # This process takes from the end what others take from the beginning.
    made = {
        chart.name: desk.finish(chart.name, partial(make, chart, data))
        for chart in reversed(charts)
    }
    pictures: dict[Place, list[Picture]] = {place: [] for place in get_args(Place)}
    for chart in charts:
        files, alt = made[chart.name]
        shown = kept(files, folder, chart.name, chart.caption, alt)
        pictures[chart.place].append(shown)
    return pictures
