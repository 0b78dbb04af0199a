"""Effects of a scheme, replicate by replicate.

Replicate k has the same people, tasks and luck in every scenario, so that the effect on
an outcome Y is a difference within the replicate,

    ATE_k = Y_k(scheme) - Y_k(without),

an average treatment effect of putting everybody under the scheme: it includes what
people do to each other. A difference in differences removes earlier differences,

    DiD_k = [Y_k(after) - Y_k(before)] with the scheme - the same without it.

Intervals are taken over replicates (``experiments.statistics.paired.interval``).
"""

from collections.abc import Sequence

import numpy as np

from experiments.statistics.estimators.estimate import Floats
from model import Run


def level(done: Sequence[Run], outcome: str, first: int = 0) -> Floats:
    """Average an outcome from a week on, shape (R,)."""
    means: Floats = np.array([run.weeks[outcome][first:].mean() for run in done])
    return means


def effect(
    with_scheme: Sequence[Run], without: Sequence[Run], outcome: str, first: int = 0
) -> Floats:
    """Compute paired differences of an outcome's mean from a week on, shape (R,)."""
    ours, theirs = level(with_scheme, outcome, first), level(without, outcome, first)
    difference: Floats = ours - theirs
    return difference


def percent(
    with_scheme: Sequence[Run], without: Sequence[Run], outcome: str, first: int = 0
) -> Floats:
    """Give paired differences in per cent of the outcome without the scheme, (R,)."""
    base = level(without, outcome, first)
    return 100.0 * share(effect(with_scheme, without, outcome, first), base)


def share(amount: Floats, total: Floats) -> Floats:
    """Divide amount by total, replicate by replicate, (R,); NaN for a total of 0."""
    shares: Floats = amount / np.where(total == 0.0, np.nan, total)
    return shares


def difference_in_differences(
    before: tuple[Floats, Floats], after: tuple[Floats, Floats]
) -> Floats:
    """Subtract the change without the scheme from the change with it, shape (R,).

    Each period is a pair: values with the scheme and values without it, (R,) each.
    """
    changes: Floats = (after[0] - before[0]) - (after[1] - before[1])
    return changes
