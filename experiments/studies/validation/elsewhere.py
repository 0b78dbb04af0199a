"""Facts elsewhere: in plausible worlds, and in models that lack something.

In a world a fact is looked for in one organisation, so that no interval is known: a
finding holds there if its estimate lies in the range that is asked for. In a null model
it holds as in the model itself: with its interval.
"""

import warnings
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from typing import NamedTuple

import numpy as np
from pydantic import ValidationError

from experiments.runs.pieces import Content
from experiments.runs.trial import Trial
from experiments.statistics.finding import Fact, Finding, Verdict
from experiments.statistics.worlds import share
from experiments.store.meanings import OF_QUANTITY
from experiments.store.table import Table
from experiments.studies.validation.nulls import NULLS, Null
from experiments.worlds import World, apply
from model.cores import cores

IN_WORLDS = "in_worlds"
"""End of the name of the piece with the estimates of a fact over worlds."""


class HeldRow(NamedTuple):
    """One row of ``facts_in_worlds.csv``; None if no world has an estimate."""

    module: str
    fact: str
    quantity: str
    unit: str
    worlds: int
    known: int
    holds: int
    low: float | None
    high: float | None
    middle: float | None


class NullRow(NamedTuple):
    """One row of ``null_models.csv``."""

    module: str
    fact: str
    quantity: str
    unit: str
    null: str
    estimate: float
    low: float
    high: float
    verdict: Verdict


OF_FACT = {
    "module": ("", "file of the fact in experiments/studies/validation/facts"),
    "fact": ("", "name of the fact in docs/evidence.md"),
    "quantity": ("", "what is estimated, in words"),
    "unit": ("", "unit of the quantity; -: a plain number"),
}
HELD = Table(
    "facts_in_worlds.csv",
    HeldRow,
    "in how many plausible worlds a finding holds",
    OF_FACT
    | {
        "worlds": ("worlds", "plausible worlds in which the fact was looked for"),
        "known": ("worlds", "of them, those with an estimate"),
        "holds": ("worlds", "of these, those whose estimate lies in the range asked"),
        "low": ("share", "lower end of Jeffreys' 95 % interval of holds / known"),
        "high": ("share", "upper end"),
        "middle": (OF_QUANTITY, "median of the estimates"),
    },
)
NULL_MODELS = Table(
    "null_models.csv",
    NullRow,
    "a finding under a null model",
    OF_FACT
    | {
        "null": ("", "null model: the model without something"),
        "estimate": (OF_QUANTITY, "mean over replicates"),
        "low": (OF_QUANTITY, "lower end of its 95 % t interval"),
        "high": (OF_QUANTITY, "upper end"),
        "verdict": ("", "holds, does not hold, cannot say; explains: no range"),
    },
)


def in_worlds(
    fact: Fact, worlds: Sequence[World], people: int, trial: Trial
) -> Content:
    """Estimate all findings of a fact in one organisation of each world.

    Worlds in which there is nothing to go by have no estimates.
    """

    def here(world: World) -> list[Finding]:
        there = Trial(
            trial.seed, people, 1, 1, world.number, partial(apply, world=world)
        )
        return _found(fact, there)

    with _quiet(), ThreadPoolExecutor(trial.threads or cores()) as pool:
        found = [own for own in pool.map(here, worlds) if own]
    return {
        "fact": fact.name,
        "worlds": len(worlds),
        "findings": [
            {
                **_named(of_one[0]),
                "least": of_one[0].least,
                "most": of_one[0].most,
                "estimates": [finding.estimate for finding in of_one],
            }
            for of_one in zip(*found, strict=True)
        ],
    }


def under_null(fact: Fact, null: Null, trial: Trial) -> Content:
    """Compute all findings of a fact under a null model; none if it has no data."""
    with _quiet():
        found = _found(fact, trial._replace(changed=null.changed))
    return {
        "fact": fact.name,
        "findings": [
            {
                **_named(finding),
                "estimate": finding.estimate,
                "low": finding.low,
                "high": finding.high,
                "verdict": finding.verdict.value,
            }
            for finding in found
        ],
    }


def _found(fact: Fact, trial: Trial) -> list[Finding]:
    """Find a fact where its estimators may have nothing to go by.

    They give NaN, refuse by ``ValueError`` or divide by nothing: where nobody pads,
    there is no padding before a deadline. Then nothing is found.
    """
    try:
        return list(fact.find(trial))
    except ValidationError:  # a scenario that cannot be is no lack of data
        raise
    except (ValueError, ZeroDivisionError):
        return []


@contextmanager
def _quiet() -> Iterator[None]:
    """Let NumPy not warn of means over nobody; for all threads of the process."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)
        yield


def _named(finding: Finding) -> dict[str, str]:
    return {"quantity": finding.quantity, "unit": finding.unit}


def name_of(module: str, end: str) -> str:
    """Name a piece of a fact elsewhere."""
    return f"{module}-{end}"


def held(pieces: Mapping[str, Content], modules: Sequence[str]) -> list[HeldRow]:
    """Count the worlds in which findings hold; those without a range are left out."""
    rows = []
    for module in modules:
        content = pieces.get(name_of(module, IN_WORLDS))
        for row in content["findings"] if content else ():
            if np.isfinite([row["least"], row["most"]]).any():
                rows.append(_held(module, content, row))
    return rows


def _held(module: str, content: Content, row: Content) -> HeldRow:
    estimates = np.array(row["estimates"], float)
    known = estimates[np.isfinite(estimates)]
    inside = int(((known > row["least"]) & (known < row["most"])).sum())
    of = (module, content["fact"], row["quantity"], row["unit"], content["worlds"])
    if not len(known):
        return HeldRow(*of, 0, 0, None, None, None)
    found = share(inside, len(known))
    middle = float(np.median(known))
    return HeldRow(*of, len(known), inside, found.low, found.high, middle)


def under_nulls(pieces: Mapping[str, Content], modules: Sequence[str]) -> list[NullRow]:
    """List every finding with a range under every null model."""
    return [
        NullRow(
            module,
            content["fact"],
            row["quantity"],
            row["unit"],
            null.name,
            row["estimate"],
            row["low"],
            row["high"],
            Verdict(row["verdict"]),
        )
        for module in modules
        for null in NULLS
        if (content := pieces.get(name_of(module, null.name)))
        for row in content["findings"]
        if Verdict(row["verdict"]) is not Verdict.ASIDE
    ]
