"""A finding from one estimate a replicate."""

import math
from collections.abc import Sequence

import numpy as np

from experiments.statistics.estimators.estimate import Floats
from experiments.statistics.finding import Finding
from experiments.statistics.paired import interval


def finding(
    quantity: str,
    unit: str,
    values: Sequence[float] | Floats,
    least: float = -math.inf,
    most: float = math.inf,
) -> Finding:
    """Mean over replicates with Student's 95 % interval, beside the range expected."""
    mean, low, high = interval(np.array(values))
    if low is None or high is None:
        return Finding(quantity, unit, mean, math.nan, math.nan, least, most)
    return Finding(quantity, unit, mean, low, high, least, most)


def aside(quantity: str, unit: str, values: Sequence[float] | Floats) -> Finding:
    """The same of what an explanation leans on: shown, and nothing is expected."""
    return finding(quantity, unit, values)


def given(
    quantity: str,
    unit: str,
    values: Sequence[float] | Floats,
    least: float = -math.inf,
    most: float = math.inf,
) -> Finding:
    """The same of an input of the model: shown, but not counted."""
    made = finding(quantity, unit, values, least, most)
    return made._replace(is_given=True)
