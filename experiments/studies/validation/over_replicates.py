"""Findings from one estimate for each replicate."""

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
    """Make a finding: mean over replicates, Student's 95 % interval, expected range."""
    mean, low, high = interval(np.array(values))
    if low is None or high is None:
        return Finding(quantity, unit, mean, math.nan, math.nan, least, most)
    return Finding(quantity, unit, mean, low, high, least, most)


def aside(quantity: str, unit: str, values: Sequence[float] | Floats) -> Finding:
    """Make a finding that supports an explanation: it has no expected range."""
    return finding(quantity, unit, values)


def given(
    quantity: str,
    unit: str,
    values: Sequence[float] | Floats,
    least: float = -math.inf,
    most: float = math.inf,
) -> Finding:
    """Make a finding about an input of the model: it is shown but not counted."""
    made = finding(quantity, unit, values, least, most)
    return made._replace(is_given=True)
