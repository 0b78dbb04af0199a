"""Effects of schemes in worlds: the pieces of a study, and their table."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import NamedTuple

import numpy as np

from experiments.designs.factors import Floats
from experiments.runs.pieces import Content
from experiments.statistics.worlds import percents
from experiments.store.meanings import Meaning
from experiments.store.table import Levels, ParquetTable
from experiments.words.structures import LAWS, RULES
from experiments.worlds.runs import OUTCOMES, outcomes, pairs
from experiments.worlds.world import World
from model.outcomes import OUTCOMES as DECLARED
from model.scenario import Scenario
from model.workforce import Ints

PIECE = 5
"""Worlds in a piece: a few seconds of work, which a killed study does once more."""


class InWorld(NamedTuple):
    """A row of ``worlds.parquet``: a scheme and the baseline in a world.

    Attributes
    ----------
    weeks : int
        Length of both runs.
    percent : float
        The effect on output in % of the baseline's; NaN over a baseline of 0.
    levels : dict
        The world by dotted key, its structure included; choices by code.
    """

    scheme: str
    world: int
    weeks: int
    percent: float
    output: float
    output_baseline: float
    reported_tokens: float
    reported_tokens_baseline: float
    net_value: float
    net_value_baseline: float
    welfare: float
    welfare_baseline: float
    levels: Levels


def _meanings() -> dict[str, Meaning]:
    said: dict[str, Meaning] = {}
    for outcome in DECLARED:
        if outcome.name in OUTCOMES:
            text = f"{outcome.description}, over the whole run"
            said[outcome.name] = (outcome.unit, f"{text}, under the scheme")
            said[f"{outcome.name}_baseline"] = (outcome.unit, f"{text}, without it")
    return said


WORLDS = ParquetTable(
    "worlds.parquet",
    InWorld,
    "a scheme and the baseline in a plausible world, the same people and luck",
    {
        "world": ("", "number of the world in the list of plausible worlds, from 0"),
        "weeks": ("weeks", "length of both runs"),
        "percent": ("%", "effect on output in % of the baseline's; null if that is 0"),
        **_meanings(),
    },
)


def pieces(
    schemes: Mapping[str, Scenario],
    baseline: str,
    worlds: Sequence[World],
    seed: int,
    threads: int,
) -> dict[str, Callable[[], Content]]:
    """Make the pieces of schemes in worlds, a few worlds each."""
    scenarios, _ = pairs(schemes, baseline)

    def means(some: Sequence[World]) -> Content:
        return outcomes(scenarios, some, seed, threads).tolist()

    return {
        f"worlds-{first:06d}": partial(means, worlds[first : first + PIECE])
        for first in range(0, len(worlds), PIECE)
    }


def rows(
    schemes: Mapping[str, Scenario],
    baseline: str,
    worlds: Sequence[World],
    done: Mapping[str, Content],
) -> Iterator[InWorld]:
    """Make the rows of the table from finished pieces, by scheme and world."""
    scenarios, found = pairs(schemes, baseline)
    means = np.array([world for name in sorted(done) for world in done[name]])
    for name, (with_scheme, without) in found.items():
        both = means[:, with_scheme], means[:, without]
        effects = percents(both[0][:, 0], both[1][:, 0]).tolist()
        beside = np.stack(both, axis=2).reshape(len(worlds), -1).tolist()
        for world, effect, values in zip(worlds, effects, beside, strict=True):
            levels = {RULES.key: world.rule, LAWS.key: world.law, **world.values}
            weeks = scenarios[with_scheme].weeks
            yield InWorld._make((name, world.number, weeks, effect, *values, levels))


class Over(NamedTuple):
    """Effects on output over worlds.

    Attributes
    ----------
    effects : dict of str to array, shape (n,)
        By scheme, in % of the baseline's output; NaN where it has none.
    rules, laws : array of int, shape (n,)
        The structure of each world.
    """

    effects: Mapping[str, Floats]
    rules: Ints
    laws: Ints


def over(table: Sequence[InWorld]) -> Over:
    """Collect the effects of schemes from the rows of the table."""
    by_scheme: dict[str, list[InWorld]] = {}
    for row in table:
        by_scheme.setdefault(row.scheme, []).append(row)
    first = next(iter(by_scheme.values()), [])
    rules, laws = (
        np.array([row.levels[structure.key] for row in first], np.int64)
        for structure in (RULES, LAWS)
    )
    effects = {
        scheme: np.array([row.percent for row in own])
        for scheme, own in by_scheme.items()
    }
    return Over(effects, rules, laws)
