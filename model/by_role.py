"""What is measured of a week by role: means over the people of each role."""

from typing import Any

import numpy as np

from model.outcomes import OUTCOMES
from model.scenario import Scenario
from model.workforce import Floats

NAMES = (
    "reported_tokens",
    "genuine_share",
    "trivial_share",
    "padding_share",
    "output",
)
"""Outcomes that each role has, too."""
OF_ROLES = tuple(outcome for outcome in OUTCOMES if outcome.name in NAMES)
"""Their names, units and descriptions, in the order of ``NAMES``."""


def measure_roles(staff: Any, scenario: Scenario, filter_: float) -> Floats:
    """Outcomes of a week by role, shape (len(NAMES), roles).

    ``filter_`` is the share of padded tokens that the scheme in force drops.
    """
    rows, roles = staff["role"], len(scenario.workforce.roles)
    prompts = staff["gestures"] * scenario.technology.gesture_tokens
    seen = staff["padded_tokens"] * (1.0 - filter_) + prompts
    seen += staff["genuine_tokens"] + staff["trivial_tokens"]
    shares = [staff[kind] / 10.0 for kind in ("genuine", "trivial", "padding")]
    people = np.bincount(rows, minlength=roles)
    sums = [
        np.bincount(rows, weights=column, minlength=roles)
        for column in (seen, *shares, staff["output"])
    ]
    return np.array(sums) / people
