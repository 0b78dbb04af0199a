"""All charts of a study, drawn from its files and written beside them."""

import base64
import struct
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from experiments import figures
from experiments.figures import FOLDER, FORMATS, Event, Sample
from experiments.figures.reference_lines import reference_lines
from experiments.report import alternatives
from experiments.statistics.effects import Effects
from experiments.statistics.employees import Weeks, needles, smaller, weekly_tokens
from experiments.statistics.stopping import Target
from experiments.words.schemes import changes
from model.scenario import Scenario

COMPARED = (
    "emblem",
    "trajectories",
    "channels",
    "worlds",
    "rules",
    "tokens",
    "validity",
    "shares",
    "needle",
    "halfwidth",
)
"""Charts of a comparison."""
ALONE = ("trajectories", "tokens", "shares", "needle", "halfwidth")
"""Charts of a study of one scheme."""
MOST_LINES = 5
"""Schemes, beside the baseline, whose weeks are drawn in one chart."""


class Picture(NamedTuple):
    """A chart as a page shows it."""

    name: str
    alt: str
    png: bytes

    @property
    def size(self) -> tuple[int, int]:
        """Width and height in pixels, as the file says."""
        width, height = struct.unpack(">II", self.png[16:24])
        return width, height

    @property
    def is_tall(self) -> bool:
        """Whether it needs a printed page of its own."""
        width, height = self.size
        return height > 0.9 * width

    @property
    def source(self) -> str:
        """The picture itself, for the attribute ``src``."""
        return f"data:image/png;base64,{base64.b64encode(self.png).decode()}"


class Material(NamedTuple):
    """What the charts of a study are drawn from."""

    runs: pd.DataFrame
    weeks: pd.DataFrame
    effects: pd.DataFrame  # empty without a baseline
    found: Effects
    schemes: Mapping[str, Scenario]
    order: Sequence[str]  # by effect on output, the best first; all schemes
    baseline: str | None
    seed: int
    threads: int
    aim: Target | None  # the half-width at which the study was to stop

    @property
    def others(self) -> list[str]:
        """All schemes but the baseline."""
        return [name for name in self.order if name != self.baseline]


def files(names: Sequence[str]) -> list[str]:
    """Paths of the files of some charts below the folder of a study."""
    return [f"{FOLDER}/{name}.{form}" for name in names for form in FORMATS]


def draw(material: Material, names: Sequence[str], folder: Path) -> list[Picture]:
    """Draw the named charts and write them; returned in the same order."""
    drawers = _drawers(material)
    pictures = []
    for name in names:
        figure, alt = drawers[name]()
        pictures.append(Picture(name, alt, figures.save(figure, folder, name)["png"]))
    return pictures


Drawn = tuple[Figure, str]


def _drawers(m: Material) -> dict[str, Callable[[], Drawn]]:
    base = m.baseline or ""

    def trajectories() -> Drawn:
        chosen, happening = notable(m), list(events(m.schemes))
        shown = [*([m.baseline] if m.baseline else []), *chosen]
        told = [event for event in happening if event.scheme in shown]
        figure = figures.trajectories(
            m.weeks, chosen, m.baseline, told, known=list(m.schemes)
        )
        return figure, alternatives.trajectories(m.weeks, shown, told)

    def tokens() -> Drawn:
        found = weekly_tokens(m.schemes, m.seed, m.threads)
        ordered = {name: found[name] for name in _baseline_first(m)}
        samples = {name: _sample(m.schemes[name], w) for name, w in ordered.items()}
        figure = figures.tokens(samples, m.baseline, _about(m, next(iter(m.schemes))))
        return figure, alternatives.tokens(ordered)

    def needle() -> Drawn:
        table = needles(m.schemes, m.seed)
        figure = figures.needle(table, m.baseline, m.others)
        return figure, alternatives.needle(table)

    def halfwidth() -> Drawn:
        drawn = m.others if m.baseline else list(m.order)
        aim = m.aim.halfwidth if m.aim else None
        figure = figures.halfwidth(m.runs, m.baseline, drawn, aim)
        return figure, alternatives.halfwidth(m.runs, m.baseline, drawn)

    return {
        "emblem": lambda: (
            figures.emblem(m.runs, base),
            alternatives.emblem(m.found, m.others),
        ),
        "trajectories": trajectories,
        "channels": lambda: (
            figures.channels(m.effects, m.others),
            alternatives.channels(m.found, m.others),
        ),
        "worlds": lambda: (
            figures.worlds(m.runs, base, m.others),
            alternatives.worlds(m.runs, base),
        ),
        "rules": lambda: (
            figures.rules(m.runs, base, m.others),
            alternatives.rules(m.runs, base),
        ),
        "tokens": tokens,
        "validity": lambda: (
            figures.validity(m.runs, m.baseline, m.others),
            alternatives.validity(m.runs),
        ),
        "shares": lambda: (
            figures.shares(m.weeks, m.baseline, m.others),
            alternatives.shares(m.weeks),
        ),
        "needle": needle,
        "halfwidth": halfwidth,
    }


def notable(m: Material) -> list[str]:
    """Schemes whose weeks are worth a line: best, worst, most used, with a timeline."""
    if m.baseline is None:
        return list(m.order)[:MOST_LINES]
    others = m.others
    if not others:
        return []

    def usage(scheme: str) -> float:
        return m.found[scheme, "reported_tokens", "whole"].effect or 0.0

    by_size = sorted(
        others, key=lambda n: -abs(m.found[n, "output", "whole"].effect or 0.0)
    )
    changing = [name for name in others if m.schemes[name].timeline]
    wanted = [others[0], others[-1], max(others, key=usage), *changing[:2], *by_size]
    return list(dict.fromkeys(wanted))[:MOST_LINES]


def events(schemes: Mapping[str, Scenario]) -> Iterator[Event]:
    """What the timelines of schemes foresee, in a few words."""
    for name, scenario in schemes.items():
        before = scenario.scheme
        for phase in scenario.timeline:
            for text in changes(before, phase.scheme, scenario):
                short = text.partition(":")[0].rstrip(".")
                yield Event(phase.week, name, short[:1].lower() + short[1:])
            before = phase.scheme


def _baseline_first(m: Material) -> list[str]:
    return [*([m.baseline] if m.baseline else []), *m.others]


def _sample(scenario: Scenario, weeks: Weeks) -> Sample:
    first = scenario.weeks - len(weeks.genuine)
    lines = reference_lines(scenario, weeks.all, first)
    return Sample(np.ravel(weeks.genuine), np.ravel(weeks.padded), lines)


def _about(m: Material, name: str) -> str:
    scenario = m.schemes[name]
    people = smaller(scenario).organisation.employees
    whom = f"{people:,} people"
    if people < scenario.organisation.employees:
        whom = f"An organisation of {people:,} instead of "
        whom += f"{scenario.organisation.employees:,} people"
    return f"{whom}, the weeks of the last quarter of replicate 0."
