"""Both arms of a comparison in worlds: a scheme and its baseline.

Effects are paired, in % of the size of the baseline's output in the same world.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np

from experiments.statistics.decides import Bools
from experiments.statistics.worlds import percents
from experiments.store.dataset import Floats
from experiments.worlds.runs import outcomes, pairs
from experiments.worlds.search import settled, voluntary_use
from experiments.worlds.tolerances import estimates, plausible
from experiments.worlds.world import World, apply
from model.scenario import Scenario

OUTPUT = "output"


class Lived(NamedTuple):
    """Effects [%] (n,) of the first scheme in worlds, and which are plausible (n,)."""

    effects: Floats
    plausible: Bools


class Arms(NamedTuple):
    """Schemes, the baseline among them, and the luck and cores that they get."""

    schemes: Mapping[str, Scenario]
    baseline: str
    seed: int
    threads: int

    def effects(self, worlds: Sequence[World]) -> Floats:
        """Run all in worlds; effects of all but the baseline [%] (worlds, schemes).

        NaN where the baseline yields nothing.
        """
        wanted, places = pairs(self.schemes, self.baseline)
        output = outcomes(wanted, worlds, self.seed, self.threads, [OUTPUT])[..., 0]
        columns = [percents(output[:, a], output[:, b]) for a, b in places.values()]
        return np.column_stack(columns)

    def lived(self, worlds: Sequence[World], only_plausible: bool = False) -> Lived:
        """Run the first scheme in worlds that were changed.

        In each of them effort is made the usual one in voluntary use again; where that
        cannot be, a world is not plausible and its effect unknown, NaN.
        ``only_plausible`` leaves the effects in all others unknown, too.
        """
        first = voluntary_use(worlds, self.seed, self.threads)
        usual = settled(list(zip(worlds, first, strict=True)), self.seed, self.threads)
        found, held = np.full(len(worlds), np.nan), np.zeros(len(worlds), bool)
        there = {}
        for place, pair in enumerate(usual):
            if pair is not None:
                held[place] = plausible(estimates(pair[1]))
                if held[place] or not only_plausible:
                    there[place] = pair[0]
        if there:
            found[list(there)] = self.effects(list(there.values()))[:, 0]
        return Lived(found, held)

    def at_work(self, worlds: Sequence[World], keys: Sequence[str]) -> set[str]:
        """Find the keys that worlds change in any scheme, by two worlds that differ.

        The others are inert: strengths of incentives that are at work in none of them,
        and what a scenario sets itself.
        """
        return {
            key
            for scenario in self.schemes.values()
            for key in keys
            if all(_takes(apply(scenario, w), key, w.values[key]) for w in worlds[:2])
        }


def _takes(scenario: Scenario, key: str, value: float) -> bool:
    """Tell whether a parameter has a value anywhere in a scenario."""
    group, field = key.split(".")
    schemes = (phase.scheme for regime in scenario.regimes for phase in regime)
    places = [scenario, *schemes]
    return any(
        getattr(getattr(place, group), field) == value
        for place in places
        if hasattr(place, group)
    )
