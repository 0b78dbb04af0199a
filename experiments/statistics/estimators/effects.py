"""What a scheme changes, replicate by replicate.

Replicate k has the same people, tasks and luck in every scenario, so that the effect on
an outcome Y is a difference within the replicate,

    ATE_k = Y_k(scheme) - Y_k(without),

an average treatment effect of putting everybody under the scheme: what people do to
each other is part of it. A difference in differences takes off what had differed
before,

    DiD_k = [Y_k(after) - Y_k(before)] with the scheme - the same without it.

Intervals are taken over replicates (``experiments.statistics.paired.interval``).
"""

from collections.abc import Sequence

import numpy as np

from experiments.statistics.estimators.estimate import Floats
from model import Run


def level(done: Sequence[Run], outcome: str, first: int = 0) -> Floats:
    """Mean of an outcome from a week on, shape (R,)."""
    means: Floats = np.array([run.weeks[outcome][first:].mean() for run in done])
    return means


def effect(
    with_scheme: Sequence[Run], without: Sequence[Run], outcome: str, first: int = 0
) -> Floats:
    """Paired differences of an outcome's mean from a week on, shape (R,)."""
    ours, theirs = level(with_scheme, outcome, first), level(without, outcome, first)
    difference: Floats = ours - theirs
    return difference


def percent(
    with_scheme: Sequence[Run], without: Sequence[Run], outcome: str, first: int = 0
) -> Floats:
    """The same in per cent of the outcome without the scheme, shape (R,)."""
    base = level(without, outcome, first)
    return 100.0 * share(effect(with_scheme, without, outcome, first), base)


def share(part: Floats, whole: Floats) -> Floats:
    """Part over whole, replicate by replicate, shape (R,); NaN where that is 0."""
    parts: Floats = part / np.where(whole == 0.0, np.nan, whole)
    return parts


def difference_in_differences(
    before: tuple[Floats, Floats], after: tuple[Floats, Floats]
) -> Floats:
    """Change with the scheme less change without it, shape (R,).

    Both periods are given as values with the scheme and values without it, (R,) each.
    """
    changes: Floats = (after[0] - before[0]) - (after[1] - before[1])
    return changes
