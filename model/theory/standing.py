"""Standing: where a rate lies among those of the others, ties counting half.

    F_i(x) = (number of others below x + half of those at x) / number of others

with the person i left out, so that standings of all people average one half, whatever
the ties. A person who is uncertain of their rate by s expects, by Gauss-Hermite
quadrature with three nodes,

    F(R - sqrt(3) s) / 6 + 2 F(R) / 3 + F(R + sqrt(3) s) / 6,

where a rate is never below 0.

The model reads F off a grid that is linear between its nodes; it is exact at the place
of everybody, and wherever no other rate lies in the same cell of the grid.

Source: mid-ranks, Kendall and Stuart (to be checked); rules: docs/ODD.md.
"""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def distribution(rates: Floats, person: int, at: Floats) -> Floats:
    """F of the others' rates at some places; shape that of ``at``.

    A person without others stands at one half.
    """
    others = np.delete(rates, person)
    if not len(others):
        return np.full_like(at, 0.5)
    below = (others[:, None] < at).sum(axis=0)
    tied = (others[:, None] == at).sum(axis=0)
    return (below + 0.5 * tied) / len(others)


def standings(rates: Floats, spread: float) -> Floats:
    """Expected standing of everybody at their own rate, shape (n,)."""
    nodes = np.sqrt(3.0) * spread * np.array([-1.0, 0.0, 1.0])
    weights = np.array([1.0, 4.0, 1.0]) / 6.0
    return np.array(
        [
            float(weights @ distribution(rates, i, np.maximum(rate + nodes, 0.0)))
            for i, rate in enumerate(rates)
        ]
    )
