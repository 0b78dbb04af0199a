"""Schemes as points in the plane of usage and output, replicate by replicate."""

from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from experiments.figures.regions import region
from experiments.statistics.frames import (
    by_replicate,
    centre,
    finite,
    need,
    need_schemes,
)

Floats = NDArray[np.float64]

USAGE, OUTPUT = "reported_tokens_mean", "output_mean"


class Spot(NamedTuple):
    """A scheme in the plane: differences by replicate in % of the baseline's mean."""

    scheme: str
    x: Floats
    y: Floats

    @property
    def middle(self) -> tuple[float, float]:
        """Mean of the differences."""
        return float(self.x.mean()), float(self.y.mean())

    @property
    def outline(self) -> Floats | None:
        """Outline of the confidence region of the mean."""
        return region(self.x, self.y)


def spots(runs: pd.DataFrame, baseline: str) -> list[Spot]:
    """Give paired differences of all schemes but the baseline, where both are known."""
    need(runs, ("scheme", "replicate", USAGE, OUTPUT), "runs")
    need_schemes([baseline], runs, "runs")
    rows = centre(runs)
    base = {c: by_replicate(rows, baseline, c) for c in (USAGE, OUTPUT)}
    points = []
    for scheme in pd.unique(rows["scheme"]):
        if scheme == baseline:
            continue
        pairs = pd.DataFrame(
            {
                c: 100.0 * (by_replicate(rows, scheme, c) - base[c]) / abs(mean)
                for c in (USAGE, OUTPUT)
                if (mean := base[c].mean()) != 0.0
            }
        ).dropna()
        if pairs.shape[1] == 2 and len(pairs):
            x, y = (pairs[c].to_numpy(float) for c in (USAGE, OUTPUT))
            finite(np.concatenate([x, y]), f"the difference of {scheme}")
            points.append(Spot(str(scheme), x, y))
    return points
