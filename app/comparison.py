"""Compare the sides of a pair: effects, trajectories, and the answer in a sentence."""

import time
from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import aclosing
from dataclasses import dataclass, field, replace
from typing import NamedTuple

import numpy as np
import pyarrow as pa
from scipy.special import stdtrit

from app.memory import Memory
from app.people import Fates, fates
from app.work import BUDGET, WORKSHOP, check_budget, cost
from experiments.designs.design import Design
from experiments.designs.pair import Pair
from experiments.figures.trajectories import Event, events
from experiments.report.sentences import sentence
from experiments.statistics.effects import Effect, Effects, Panel, effects, lookup
from experiments.statistics.roles import OfRole, outcomes_of_roles
from experiments.store import dataset
from model.simulate import Run
from model.workforce import Floats

PREVIEW = 2
"""Replicates that are shown while the others are under way."""
KEPT = 24
"""Comparisons that a server remembers; each takes about 0.3 MB."""
INTERVAL = 1.0
"""Seconds between two reports of progress: each one draws the page again."""
DRAWN = (
    "reported_tokens",
    "output",
    "genuine_share",
    "misuse_share",
    "trivial_share",
    "padding_share",
    "score_validity",
)
"""Outcomes whose trajectories the pages draw."""

KEY = ("scheme", "point", "replicate", "week")
PRINTED = ("reported_tokens", "output")
"""Columns of the weekly rows that the chart for print draws."""


class Band(NamedTuple):
    """An outcome by week, (T,) each: mean over replicates and its 95 % interval."""

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
        Weekly rows for the chart for print.
    fates : Fates
        Who gains and who loses under the second scheme.
    roles : tuple of OfRole
        Outcomes by role and effects on them; none of one crowd.
    events : tuple of Event
        Changes in the timelines of the schemes, by week.
    """

    pair: Pair
    replicates: int
    effects: Effects
    panel: Panel
    weeks: Mapping[str, Mapping[str, Band]]
    weekly: pa.Table = field(repr=False, compare=False)
    fates: Fates
    roles: tuple[OfRole, ...]
    events: tuple[Event, ...]

    @property
    def is_preview(self) -> bool:
        """Whether more replicates are under way."""
        return self.replicates < self.pair.replicates

    @property
    def sentence(self) -> str:
        """The effects on reported usage and real output, in words."""
        return sentence(self.pair.labels[1], self.effects)

    def effect(self, outcome: str) -> Effect:
        """Return the effect of the second scheme on an outcome over the whole run."""
        return self.effects[self.pair.labels[1], outcome, "whole"]


def compared(pair: Pair, design: Design, runs: Sequence[Run]) -> Comparison:
    """Summarise the runs of a design, which must be in its order."""
    weekly = dataset.weeks_of(design.runs, runs, design.weeks)
    rows: pa.Table = dataset.runs_of(weekly, design.runs, design)
    first, second = pair.labels
    runs_of: dict[str, list[Run]] = {first: [], second: []}
    for plan, run in zip(design.runs, runs, strict=True):
        runs_of[plan.scheme].append(run)
    return Comparison(
        pair,
        design.points[0].replicates,
        lookup(effects(rows, first)),
        Panel(rows),
        {
            label: {
                name: band(np.stack([run.weeks[name] for run in of])) for name in DRAWN
            }
            for label, of in runs_of.items()
        },
        weekly.select([*KEY, *PRINTED]),
        fates(design, runs),
        _roles(design, runs),
        tuple(sorted(events(design.schemes))),
    )


def _roles(design: Design, runs: Sequence[Run]) -> tuple[OfRole, ...]:
    if not design.has_roles:
        return ()
    tables = [
        dataset.roles_of(plan, design.job(plan), dataset.means_of(run.by_role))
        for plan, run in zip(design.runs, runs, strict=True)
    ]
    baseline = next(iter(design.schemes))
    return tuple(outcomes_of_roles(pa.concat_tables(tables), baseline))


def band(values: Floats) -> Band:
    """Average values (R, T) over replicates, with Student's 95 % interval.

    The interval of a single run is NaN.
    """
    n = len(values)
    mean = values.mean(axis=0)
    if n < 2:
        unknown = np.full_like(mean, np.nan)
        return Band(mean, unknown, unknown)
    half = float(stdtrit(n - 1, 0.975)) * values.std(axis=0, ddof=1) / n**0.5
    return Band(mean, mean - half, mean + half)


MEMORY: Memory[Pair, Comparison] = Memory(KEPT)
"""The latest comparisons, whoever asked for them."""


def fitted(pair: Pair) -> Pair:
    """Return the pair with as many of its replicates as one visitor may ask for.

    Raises ``UserError`` for values that do not fit, or if too few would be left.
    """
    both = sum(cost(pair.scenario(side)) for side in (pair.first, pair.second))
    least = min(pair.replicates, PREVIEW)
    check_budget(least * both)
    return replace(pair, replicates=min(pair.replicates, BUDGET // both))


class Progress(NamedTuple):
    """Runs done and in total, and the results so far."""

    done: int
    total: int
    comparison: Comparison | None


async def compare(pair: Pair, visitor: str) -> AsyncGenerator[Progress, None]:
    """Compare the sides of a pair: a preview first, then all replicates that fit.

    Iterate within ``aclosing`` if you may stop early. Raises ``UserError`` for values
    that do not fit or for more work than is allowed.
    """
    # Before the design is made: a link may ask for very many replicates.
    pair = fitted(pair)
    known = MEMORY.get(pair)
    if known:
        yield Progress(known.replicates, known.replicates, known)
        return
    design = pair.design()
    total = len(design.runs)
    runs: dict[int, Run] = {}
    few = [k for k, plan in enumerate(design.runs) if plan.replicate < PREVIEW]
    rest = [k for k, plan in enumerate(design.runs) if plan.replicate >= PREVIEW]
    shown: Comparison | None = None
    reported = time.monotonic()
    for numbers in (few, rest):
        jobs = [design.job(design.runs[k]) for k in numbers]
        results = WORKSHOP.results(jobs, visitor, urgent=numbers is few)
        async with aclosing(results):
            async for finished in results:
                runs[numbers[finished.number]] = finished.run
                if time.monotonic() - reported > INTERVAL:
                    reported = time.monotonic()
                    yield Progress(len(runs), total, shown)
        if numbers is few and rest:
            preview = pair.design(min(PREVIEW, pair.replicates))
            shown = compared(pair, preview, [runs[k] for k in few])
            yield Progress(len(runs), total, shown)
    whole = compared(pair, design, [runs[k] for k in range(total)])
    MEMORY.put(pair, whole)
    yield Progress(total, total, whole)
