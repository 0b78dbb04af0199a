"""Charts of a comparison: their names, places on the page, and the data behind them.

Every such chart stands in a file of its own, which ends with its ``CHART``. The report
lists them all.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Literal, NamedTuple

import pandas as pd
from matplotlib.figure import Figure

from experiments.designs.design import Design
from experiments.statistics.accounts import WorseOff
from experiments.statistics.effects import Effects, Panel
from experiments.statistics.groups import OfGroup
from experiments.statistics.roles import OfRole
from experiments.statistics.stopping import Target
from experiments.store.dataset import Floats
from model.scenario import Scenario

FEW = 3
"""Most schemes, or pushes, that the text beside a chart names."""

Place = Literal["answer", "worlds", "roles", "groups", "people", "ways", "precision"]
"""Where a chart stands on the page: below which text of which section."""


class StudyData(NamedTuple):
    """The data behind the charts and the page of a comparison or of one scheme."""

    design: Design
    panel: Panel
    runs: pd.DataFrame
    weeks: pd.DataFrame
    effects: Effects  # empty without a baseline
    order: Sequence[str]  # all schemes by their effect on output, the best first
    baseline: str | None
    threads: int
    aim: Target | None  # the half-width at which the study was to stop
    roles: Sequence[OfRole] = ()  # outcomes by role; none of one crowd
    groups: Sequence[OfGroup] = ()  # outcomes by group; none without groups
    fates: Sequence[WorseOff] = ()  # who gains and loses; none without a baseline
    in_worlds: Sequence[tuple[str, Floats]] = ()  # effects on output by scheme, %

    @property
    def schemes(self) -> Mapping[str, Scenario]:
        """The scenario of every scheme, in the order in which they were given."""
        return self.design.schemes

    @property
    def others(self) -> list[str]:
        """All schemes but the baseline, the best first."""
        return [name for name in self.order if name != self.baseline]

    @property
    def compared_with(self) -> str:
        """The baseline. Raises ``ValueError`` if there is none."""
        if self.baseline is None:
            raise ValueError("this study has no baseline")
        return self.baseline


class Drawn(NamedTuple):
    """A figure, and a text that describes it to readers who cannot see it."""

    figure: Figure
    alt: str


class Chart(NamedTuple):
    """A chart of a comparison."""

    name: str  # of its files
    caption: str
    place: Place
    draw: Callable[[StudyData], Drawn]
    of_one_scheme: bool = False  # a study of one scheme, without baseline, has it too
    of_centre: bool = True  # its runs at point 0 are all that it shows
