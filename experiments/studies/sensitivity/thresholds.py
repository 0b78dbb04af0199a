"""Thresholds: values of one parameter at which the sign of an effect flips.

One parameter moves over its range, all others stay as they are. At each level the
effect has Student's 95 % interval over replicates. A sign is known where the interval
leaves out 0; where two neighbouring known signs are opposite, the sign flips between
them. The threshold is where the mean effect, linear between levels, crosses 0. Its
interval holds all values at which the interval of the effect, linear between levels,
holds 0: a test is inverted, so that the true threshold is in it as often as the true
effect is in its own interval, but for the curvature between levels.
"""

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from experiments.statistics.paired import clear_sign
from experiments.store.meanings import OF_PARAMETER
from experiments.store.table import Table

MOST = 3
"""Most uncertainties that a sentence names."""


class Node(NamedTuple):
    """The effect at one level of one parameter: a row of ``lines.csv``.

    ``declared`` tells whether all parameters are as declared there.
    """

    scheme: str
    parameter: str
    value: float
    declared: bool
    effect: float
    low: float
    high: float

    @property
    def sign(self) -> int:
        """Sign of a clear effect; 0 if the interval holds 0."""
        return clear_sign(self.low, self.high)


class Flip(NamedTuple):
    """Where a parameter turns the sign of an effect: a row of ``thresholds.csv``.

    Attributes
    ----------
    threshold, low, high : float
        Value of the parameter at which the effect is 0, with its interval.
    below, above : int
        Sign of the effect below the threshold and above it.
    distance : float
        From the declared value, as a share of the range.
    crossings : int
        How often the sign changes over the range; this is the nearest.
    """

    scheme: str
    parameter: str
    declared: float
    threshold: float
    low: float
    high: float
    below: int
    above: int
    distance: float
    crossings: int


LINES = Table(
    "lines.csv",
    Node,
    "the quantity by scheme and level of a parameter, all others as declared",
    {
        "value": (OF_PARAMETER, "where the parameter stands"),
        "declared": ("True or False", "whether all parameters stay as declared"),
        "effect": ("that of the quantity", "mean over replicates"),
        "low": ("that of the quantity", "lower end of its 95 % t interval"),
        "high": ("that of the quantity", "upper end"),
    },
)
THRESHOLDS = Table(
    "thresholds.csv",
    Flip,
    "parameters that turn the sign of an effect alone, by scheme",
    {
        "declared": (OF_PARAMETER, "declared value"),
        "threshold": (OF_PARAMETER, "value at which the effect is 0"),
        "low": (OF_PARAMETER, "lower end of the interval of the threshold"),
        "high": (OF_PARAMETER, "upper end"),
        "below": ("", "sign of the effect below the threshold, 1 or -1"),
        "above": ("", "sign of the effect above it"),
        "distance": ("share of the range", "from the declared value to the threshold"),
        "crossings": ("", "how often the sign changes over the range"),
    },
)


def flips(lines: Mapping[str, Sequence[Node]]) -> list[Flip]:
    """Find the parameters that flip the sign alone, by distance of the threshold.

    ``lines`` has the levels of every parameter, in any order, the declared one too.
    """
    flipping = [flip for line in lines.values() if (flip := _flip(line)) is not None]
    return sorted(flipping, key=lambda flip: flip.distance)


def _flip(line: Sequence[Node]) -> Flip | None:
    nodes = sorted(line, key=lambda node: node.value)
    [here] = [node.value for node in nodes if node.declared]
    width = nodes[-1].value - nodes[0].value
    known = [k for k, node in enumerate(nodes) if node.sign]
    crossings = []
    for i, j in pairwise(known):
        first, last = nodes[i], nodes[j]
        if first.sign == last.sign:
            continue
        between = nodes[i : j + 1]
        threshold = _crossing(between, "effect")
        # Going up, this end of the interval reaches 0 first, then the other one.
        inner, outer = ("low", "high") if first.sign > 0 else ("high", "low")
        crossings.append(
            Flip(
                first.scheme,
                first.parameter,
                here,
                threshold,
                _crossing(between[:2], inner),
                _crossing(between[-2:], outer),
                first.sign,
                last.sign,
                abs(threshold - here) / width,
                0,
            )
        )
    if not crossings:
        return None
    nearest = min(crossings, key=lambda flip: flip.distance)
    return nearest._replace(crossings=len(crossings))


def _crossing(nodes: Sequence[Node], name: str) -> float:
    """Find where a quantity that is linear between nodes first crosses 0."""
    for one, other in pairwise(nodes):
        y, z = float(getattr(one, name)), float(getattr(other, name))
        if y * z <= 0.0 and y != z:
            return one.value + (other.value - one.value) * y / (y - z)
    raise ValueError(f"{name} does not cross 0")
