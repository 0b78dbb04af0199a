"""Which worlds are plausible: voluntary use there is as it is known to be, about.

The targets of the calibration are for the world as declared. A world is plausible if it
meets all of them widened: what is known is known of some firms, of some tools and some
months. ``wide`` is what the list is made by; ``middle`` lies about half-way to the
target, and tells whether a result hangs on the width. Both were written down before
any effect of a scheme was looked at.
"""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from experiments.designs.factors import Floats
from experiments.statistics import calibration
from experiments.statistics.calibration import TARGETS, Target
from model import Run


class Tolerance(NamedTuple):
    """The range of a target's value in a plausible world.

    Attributes
    ----------
    wide, middle : tuple of float
        Lower and upper end, in the unit of the target.
    reason : str
        How ``wide`` follows from the target.
    """

    wide: tuple[float, float]
    middle: tuple[float, float]
    reason: str


NO_END = np.inf
TWICE = "half the lower end to twice the upper one"
BY_TARGET: dict[Callable[[Run], float], Tolerance] = {
    calibration.median_tokens: Tolerance((16, 64), (20, 50), "a factor of 2 of 32 M"),
    calibration.log_sd: Tolerance((0.9, 2.0), (1.0, 1.9), "0.2 more at either end"),
    calibration.gini: Tolerance((0.5, 0.85), (0.55, 0.83), "0.1 and 0.05 more"),
    calibration.active_share: Tolerance((0.5, 0.9), (0.5, 0.9), "0.1 more"),
    calibration.unevenness: Tolerance((2.0, NO_END), (2.0, NO_END), "as it is"),
    calibration.padded_share: Tolerance((0.0, 0.05), (0.0, 0.03), "five times"),
    calibration.misuse: Tolerance((0.0, 0.20), (0.015, 0.18), "from none; 0.05 more"),
    calibration.net_gain: Tolerance((0.0, 0.30), (0.01, 0.26), "from none; 0.04 more"),
    calibration.net_gain_in_use: Tolerance(
        (0.0, 0.35), (0.05, 0.30), "from none; 0.07 more"
    ),
    calibration.rework: Tolerance(
        (0.05, 0.80), (0.10, 0.60), "a third of the lower end, twice the upper one"
    ),
    calibration.novice_advantage: Tolerance(
        (-0.05, NO_END), (0.0, NO_END), "a quarter of the net gain in use below 0"
    ),
    calibration.dressing_up: Tolerance((0.015, 0.32), (0.02, 0.24), TWICE),
}
"""Tolerances by the estimator of their target."""


def tolerance(target: Target) -> Tolerance:
    """Give the tolerance of a target."""
    return BY_TARGET[target.estimate]


def estimates(run: Run) -> Floats:
    """Estimate all targets, (m,), in a run that recorded ``calibration.RECORD``."""
    return np.array([target.estimate(run) for target in TARGETS])


def within(values: Floats, width: str = "wide") -> NDArray[np.bool_]:
    """Tell which targets are met, for their values (..., m); NaN meets none."""
    low, high = np.array([getattr(tolerance(x), width) for x in TARGETS]).T
    return np.asarray((low <= values) & (values <= high))


def plausible(values: Floats, width: str = "wide") -> bool:
    """Tell whether a world with these values of all targets, (m,), is plausible."""
    return bool(within(values, width).all())
