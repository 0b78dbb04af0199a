"""A corner: two thresholds on two unknowns within which worlds are bad.

One half of the worlds chooses the corner; the other tells whether it holds. It is told
only if both halves choose the same two unknowns on the same sides, and if in both, on
worlds that did not choose it, the share of bad worlds inside is at least ``GAIN`` above
that of either side alone: else one unknown says as much. Thresholds move from half to
half, so they are rounded to fifths of an unknown's distribution.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from experiments.statistics.decides import Bools, halves
from experiments.store.dataset import Floats

FIFTHS = (0.2, 0.4, 0.6, 0.8)
SCREENED = 8
"""Unknowns that may be a side: those that part bad worlds best."""
LEAST_SIZE = 0.10
"""Smallest part of the worlds inside a corner."""
GAIN = 0.10
"""How much more often worlds are bad inside than on either side alone."""


class Side(NamedTuple):
    """One threshold: values above it or at most as large."""

    key: str
    is_above: bool
    threshold: float


class Corner(NamedTuple):
    """Two sides and what is found within them.

    Attributes
    ----------
    shown : float
        Share of bad worlds inside, in the half that chose the corner.
    fresh : float
        The same in the other half, and ``outside`` it.
    worlds : int
        Worlds inside in that other half.
    """

    sides: tuple[Side, Side]
    shown: float
    fresh: float
    outside: float
    worlds: int


class _Choice(NamedTuple):
    sides: tuple[Side, Side]
    within: tuple[Bools, Bools]  # on which worlds each side holds


def corner(bad: Bools, values: Floats, keys: Sequence[str]) -> Corner | None:
    """Find the corner in which worlds are bad (n,), by unknowns (n, d) named by keys.

    None if there is none that holds on fresh worlds.
    """
    one, other = halves(len(bad))
    chosen = [_choose(bad, values, keys, half) for half in (one, other)]
    if chosen[0] is None or chosen[1] is None:
        return None
    kinds = [
        {(side.key, side.is_above) for side in choice.sides}
        for choice in chosen
        if choice
    ]
    if kinds[0] != kinds[1]:
        return None
    if not (_holds(bad, chosen[0], other) and _holds(bad, chosen[1], one)):
        return None
    sides, within = chosen[0]
    inside = within[0] & within[1]
    return Corner(
        sides,
        float(bad[inside & one].mean()),
        float(bad[inside & other].mean()),
        float(bad[~inside & other].mean()),
        int((inside & other).sum()),
    )


def _choose(
    bad: Bools, values: Floats, keys: Sequence[str], half: Bools
) -> _Choice | None:
    """Choose the corner that parts bad worlds best: being inside against being bad."""
    own, marks = values[half], bad[half].astype(np.float64)
    if marks.min(initial=1.0) == marks.max(initial=0.0):
        return None
    first = np.argsort(-np.abs(_parting(own, marks)), kind="stable")[:SCREENED]
    sides = [
        (column, Side(keys[column], is_above, float(threshold)))
        for column in first.tolist()
        for threshold in np.unique(np.quantile(values[:, column], FIFTHS))
        for is_above in (False, True)
    ]
    on = np.column_stack([_on(own[:, column], side) for column, side in sides])
    held = on.astype(np.float64)
    inside, hits = held.T @ held, held.T @ (held * marks[:, None])
    columns = np.array([column for column, _ in sides])
    fits = (columns[:, None] < columns) & (inside >= LEAST_SIZE * len(own))
    if not fits.any():
        return None
    parted = np.where(fits, correlation(hits, inside, marks.sum(), len(own)), -1.0)
    pair = [sides[k] for k in np.unravel_index(int(parted.argmax()), parted.shape)]
    (a, side_a), (b, side_b) = pair
    within = _on(values[:, a], side_a), _on(values[:, b], side_b)
    return _Choice((side_a, side_b), within)


def _parting(values: Floats, marks: Floats) -> Floats:
    """Give how well each unknown (n, d) parts marked worlds: its rank's correlation."""
    ranks = values.argsort(axis=0).argsort(axis=0)
    ranked = ranks - ranks.mean(axis=0)
    parted: Floats = (ranked * (marks - marks.mean())[:, None]).sum(axis=0)
    return parted


def _on(values: Floats, side: Side) -> Bools:
    held: Bools = (values > side.threshold) == side.is_above
    return held


def _holds(bad: Bools, choice: _Choice, fresh: Bools) -> bool:
    one, other = choice.within
    inside = one & other & fresh
    if not inside.any():
        return False
    alone = max(float(bad[side & fresh].mean()) for side in (one, other))
    return float(bad[inside].mean()) >= alone + GAIN


def correlation(hits: Floats, inside: Floats, marked: float, n: int) -> Floats:
    """Correlate being inside with being marked (phi), by counts of n worlds.

    ``hits`` are marked and inside. Where all or none are inside, it is 0.
    """
    spread = inside * (n - inside) * marked * (n - marked)
    found: Floats = (n * hits - inside * marked) / np.sqrt(np.maximum(spread, 1.0))
    return found
