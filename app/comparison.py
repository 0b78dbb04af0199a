"""What the pages show of a pair: effects, trajectories, the sentence that says it."""

import time
from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import aclosing
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
import pyarrow as pa
from scipy.special import stdtrit

from app.memory import Memory
from app.work import WORKSHOP, check_budget, cost
from experiments.designs.design import Design
from experiments.designs.pair import Pair
from experiments.figures.trajectories import Event, events
from experiments.report.sentences import sentence
from experiments.statistics.effects import Effects, Panel, effects, lookup
from experiments.store import dataset
from model.simulate import Run
from model.workforce import Floats

PREVIEW = 2
"""Replicates that are shown while the others are under way."""
KEPT = 24
"""Comparisons that a server remembers; each takes about 0.3 MB."""
TOLD = 1.0
"""Seconds between two words on progress: each makes a page anew."""
DRAWN = (
    "reported_tokens",
    "output",
    "genuine_share",
    "misuse_share",
    "padding_share",
    "score_validity",
)
"""Outcomes whose trajectories the pages draw."""

KEY = ("scheme", "point", "replicate", "week")
PRINTED = ("reported_tokens", "output")
"""Columns of the weekly rows that are kept."""


class Band(NamedTuple):
    """An outcome week by week: mean over replicates and its 95 % interval, (T,)."""

    mean: Floats
    low: Floats
    high: Floats


@dataclass(frozen=True)
class Comparison:
    """The results of a pair; effects are those of the second against the first.

    Attributes
    ----------
    replicates : int
        Runs of each side so far.
    weeks : dict
        Trajectories by label and outcome.
    weekly : pyarrow.Table
        Weekly rows of what a chart for print draws.
    events : tuple of Event
        What the timelines of the schemes foresee, by week.
    """

    pair: Pair
    replicates: int
    effects: Effects
    panel: Panel
    weeks: Mapping[str, Mapping[str, Band]]
    weekly: pa.Table = field(repr=False, compare=False)
    events: tuple[Event, ...]

    @property
    def is_preview(self) -> bool:
        """Whether more replicates are under way."""
        return self.replicates < self.pair.replicates

    @property
    def sentence(self) -> str:
        """What the second scheme does to reported usage and real output."""
        return sentence(self.pair.labels[1], self.effects)


def compared(pair: Pair, design: Design, runs: Sequence[Run]) -> Comparison:
    """Results of the runs of a design, in its order."""
    weekly = dataset.weeks_of(design.runs, runs, design.weeks)
    rows: pa.Table = dataset.runs_of(weekly, design.runs, design)
    first, second = pair.labels
    by_side = {
        label: [
            r for plan, r in zip(design.runs, runs, strict=True) if plan.scheme == label
        ]
        for label in (first, second)
    }
    return Comparison(
        pair,
        design.points[0].replicates,
        lookup(effects(rows, first)),
        Panel(rows),
        {
            label: {
                name: band(np.stack([run.weeks[name] for run in own])) for name in DRAWN
            }
            for label, own in by_side.items()
        },
        weekly.select([*KEY, *PRINTED]),
        tuple(sorted(events(design.schemes))),
    )


def band(values: Floats) -> Band:
    """Mean (R, T) over replicates with Student's 95 % interval; NaN for one run."""
    n = len(values)
    mean = values.mean(axis=0)
    if n < 2:
        nothing = np.full_like(mean, np.nan)
        return Band(mean, nothing, nothing)
    half = float(stdtrit(n - 1, 0.975)) * values.std(axis=0, ddof=1) / n**0.5
    return Band(mean, mean - half, mean + half)


MEMORY: Memory[Pair, Comparison] = Memory(KEPT)
"""The latest comparisons, whoever asked for them."""


class Progress(NamedTuple):
    """How far a comparison is, and what there is of it."""

    done: int
    total: int
    comparison: Comparison | None


async def compare(pair: Pair, visitor: str) -> AsyncGenerator[Progress, None]:
    """Compare the sides of a pair: a preview first, then all replicates.

    Whoever may stop early listens within ``aclosing``. Raises ``UserError`` for values
    that do not fit or for more work than is allowed.
    """
    known = MEMORY.get(pair)
    if known:
        yield Progress(known.replicates, known.replicates, known)
        return
    # Before anything is made of it: a link may ask for very many replicates.
    sides = [pair.scenario(side) for side in (pair.first, pair.second)]
    check_budget(pair.replicates * sum(map(cost, sides)))
    design = pair.design()
    total = len(design.runs)
    runs: dict[int, Run] = {}
    few = [k for k, plan in enumerate(design.runs) if plan.replicate < PREVIEW]
    rest = [k for k, plan in enumerate(design.runs) if plan.replicate >= PREVIEW]
    shown: Comparison | None = None
    told = time.monotonic()
    for numbers in (few, rest):
        jobs = [design.job(design.runs[k]) for k in numbers]
        results = WORKSHOP.results(jobs, visitor, urgent=numbers is few)
        async with aclosing(results):
            async for finished in results:
                runs[numbers[finished.number]] = finished.run
                if time.monotonic() - told > TOLD:
                    told = time.monotonic()
                    yield Progress(len(runs), total, shown)
        if numbers is few and rest:
            preview = pair.design(min(PREVIEW, pair.replicates))
            shown = compared(pair, preview, [runs[k] for k in few])
            yield Progress(len(runs), total, shown)
    whole = compared(pair, design, [runs[k] for k in range(total)])
    MEMORY.put(pair, whole)
    yield Progress(total, total, whole)
