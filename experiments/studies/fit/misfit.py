"""Whether a panel looks like anything that the model makes.

Three distances, each with the limit below which 95 of 100 simulated companies lie that
were held out: to the nearest panels of the bank, in the components of all summaries; of
the summaries from those of the panels that became draws; and of summaries beyond the
range that each has in the bank. They find gross
faults. They cannot find what looks like the answer itself.
"""

from typing import Any, NamedTuple

import numpy as np

from experiments.store.dataset import Floats
from experiments.studies.fit.learning import Scale, one_thread, sklearn
from experiments.studies.fit.posterior import Draws

COMPONENTS, NEIGHBOURS = 25, 10
LIMIT = 0.95
LEAST_SPREAD = 0.1
"""Draws spread at least by so much of a summary's spread in the bank."""
FURTHEST, FAR = 10.0, 25.0
"""Spreads from the draws, and from the middle of the bank, that count at most."""
RANGE = (0.005, 0.995)


class Misfit(NamedTuple):
    """How far a panel is from the bank, from its draws, and out of range."""

    cloud: float
    draws: float
    range: float


class Cloud(NamedTuple):
    """The bank's summaries, and their components."""

    scale: Scale
    scaled: Floats
    components: Any
    neighbours: Any
    ends: Floats

    @classmethod
    def of(cls, numbers: Floats) -> "Cloud":
        """Make it of summaries (n, d)."""
        scale = Scale.of(numbers)
        scaled = scale.scaled(numbers)
        count = min(COMPONENTS, *scaled.shape)
        with one_thread():
            components = sklearn().decomposition.PCA(
                count, whiten=True, svd_solver="full"
            )
            found = components.fit_transform(scaled)
            neighbours = (
                sklearn()
                .neighbors.NearestNeighbors(n_neighbors=min(NEIGHBOURS, len(found)))
                .fit(found)
            )
        ends = np.quantile(scale.scaled(numbers, FAR), RANGE, axis=0)
        return cls(scale, scaled, components, neighbours, ends)

    def misfit(self, numbers: Floats, draws: Draws) -> Misfit:
        """Tell how far summaries (d,) with these draws lie from the bank."""
        with one_thread():
            place = self.components.transform(self.scale.scaled(numbers)[None])
            near, _ = self.neighbours.kneighbors(place)
        away = np.minimum(np.abs(self.away(numbers, draws)), FURTHEST)
        far = self.scale.scaled(numbers, FAR)
        beyond = np.maximum(np.maximum(self.ends[0] - far, far - self.ends[1]), 0.0)
        return Misfit(float(near.mean()), float(np.mean(away**2)), float(beyond.mean()))

    def away(self, numbers: Floats, draws: Draws) -> Floats:
        """Tell how far each summary is from the draws, in their spreads, (d,)."""
        own = self.scaled[draws.places]
        mean = draws.weights @ own
        spread = np.sqrt(draws.weights @ (own - mean) ** 2)
        return (self.scale.scaled(numbers) - mean) / np.maximum(spread, LEAST_SPREAD)
