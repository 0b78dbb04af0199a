"""What it is worth to know an unknown before a scheme is chosen.

Whoever must choose among schemes, or none, takes today the one with the best mean
effect over all worlds. Whoever knew an unknown x would take the best one for that x.
The value of knowing x is how much more output that yields in the mean (expected value
of partial perfect information, EVPPI; Strong, Oakley and Brennan 2014, Med. Decis.
Making 34, 311-326, to be checked). The mean effect given x is a cubic in the rank of x;
for a structure it is the mean of each alternative, for several unknowns the sum of
theirs.

Fitted and valued on the same worlds, noise looks like knowledge. Here the choice for a
world is made by worlds in other folds (``FOLDS``, dealt anew ``TIMES`` times), so that
an unknown that tells nothing is worth nothing, or a little less, which is written as 0.
Effects beyond ``CLIP`` % count as ``CLIP``: a few worlds do not decide what is worth
measuring.
"""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
from numpy.polynomial.legendre import legvander

from experiments.statistics.decides import Bools, Ints
from experiments.store.dataset import Floats

FOLDS, TIMES = 5, 4
CLIP = 30.0
DEGREE = 3


class Worth(NamedTuple):
    """What knowing something is worth.

    Attributes
    ----------
    value : float
        Mean gain in effect [% of output], at least 0.
    right : float
        Share of worlds in which the direction is told right.
    """

    value: float
    right: float


def of_unknown(values: Floats) -> Floats:
    """Make the basis of an unknown (n,): a cubic in its rank, shape (n, 4)."""
    order = np.unique(values, return_inverse=True)[1]
    top = max(1, int(order.max(initial=0)))
    return np.asarray(legvander(2.0 * order / top - 1.0, DEGREE), np.float64)


def of_structure(codes: Ints) -> Floats:
    """Make the basis of a structure (n,): a column for each alternative."""
    return np.asarray(codes[:, None] == np.unique(codes), np.float64)


def perfect(effects: Floats) -> float:
    """Value knowing the world itself (EVPI) before choosing; effects (n, schemes)."""
    options = _with_none(effects)
    return float(options.max(axis=1).mean() - options.mean(axis=0).max())


def today(effects: Floats) -> float:
    """Give the share of worlds in which the commoner direction is the right one."""
    rises = float((effects > 0.0).mean())
    return max(rises, 1.0 - rises)


def worth(effects: Floats, basis: Floats, rng: np.random.Generator) -> Worth:
    """Value knowing what a basis (n, k) tells, for effects (n, schemes) in %.

    The direction is that of the first scheme.
    """
    options = _with_none(effects)
    rises = effects[:, 0] > 0.0
    values = np.column_stack([options, rises])
    gained, right = [], []
    for train, fresh in _folds(len(effects), rng):
        told = _told(basis, values, train, fresh)
        choice = told[:, :-1].argmax(axis=1)[:, None]
        gained.append(np.take_along_axis(options[fresh], choice, axis=1))
        right.append((told[:, -1] >= 0.5) == rises[fresh])
    value = float(np.concatenate(gained).mean() - options.mean(axis=0).max())
    share = float(np.concatenate(right).mean())
    return Worth(max(0.0, value), max(share, today(effects[:, 0])))


def _with_none(effects: Floats) -> Floats:
    """Put the choice of no scheme, without effect, before the schemes."""
    return np.column_stack([np.zeros(len(effects)), np.clip(effects, -CLIP, CLIP)])


def _told(basis: Floats, values: Floats, train: Bools, fresh: Bools) -> Floats:
    """Predict the mean of values (n, k) in fresh worlds by least squares in others."""
    fitted = np.linalg.lstsq(basis[train], values[train], rcond=None)[0]
    told: Floats = basis[fresh] @ fitted
    return told


def _folds(n: int, rng: np.random.Generator) -> Iterator[tuple[Bools, Bools]]:
    for _ in range(TIMES):
        fold = rng.permutation(n) % FOLDS
        for number in range(FOLDS):
            yield fold != number, fold == number
