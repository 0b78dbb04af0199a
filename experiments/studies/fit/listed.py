"""A list of worlds that a panel speaks for, of the same form as the plausible ones.

Companies among the draws are picked by systematic sampling: each at most once, with a
chance in proportion to its weight. So the list needs no weights, and studies of worlds
take it as it is. The adjustment of answers has no part in it: worlds are those of the
nearest companies, and say a little less than the answers do.
"""

import numpy as np

from experiments.store.dataset import Floats
from experiments.studies.fit.known import Known
from experiments.studies.fit.posterior import Draws
from experiments.words.structures import LAWS, RULES
from experiments.worlds.shipped import Listed, Origin
from model.workforce import Ints


def listed(known: Known, draws: Draws) -> tuple[list[Listed], Origin]:
    """Pick the worlds of companies among the draws of a panel."""
    worlds = known.worlds
    company = known.bank.company[draws.places]
    weights = np.bincount(company, draws.weights).astype(np.float64)
    rows = []
    for place, number in enumerate(picked(weights, known.seed).tolist()):
        world, base = known.drawn[number], number % len(worlds)
        levels = {RULES.key: world.rule, LAWS.key: world.law, **world.values}
        own = worlds.estimates[base].tolist()
        rows.append(Listed(place, int(worlds.luck[base]), levels, *own))
    origin = worlds.origin._replace(
        seed=known.seed, tries=len(known.drawn), worlds=len(rows)
    )
    return rows, origin


def picked(weights: Floats, seed: int) -> Ints:
    """Pick as many places as can be picked in proportion to weights, in mixed order."""
    count = int(weights.sum() / weights.max() + 1e-9)
    luck = np.random.default_rng([seed, 2])
    order = luck.permutation(len(weights))
    ends = np.cumsum(weights[order]) / weights.sum() * count
    at = luck.random() + np.arange(count)
    places = order[np.minimum(np.searchsorted(ends, at, side="right"), len(order) - 1)]
    return np.asarray(luck.permutation(places))
