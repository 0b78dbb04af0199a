"""Targets of the calibration by role, for workforces of several roles.

Each is a range from the evidence on an occupation, or on mixed firms, in voluntary use.
No default of a role was chosen by them: they are set beside what the roles' own sources
make of them, and a miss is told.
"""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from experiments.statistics.calibration import tokens
from model import Run

EVERYBODY = ""
"""In place of a role: all roles of the mix."""


class RoleTarget(NamedTuple):
    """A quantity of a role in voluntary use, its range, and the range's source.

    ``estimate`` takes a run and the row of the role; that of everybody is None.
    """

    role: str
    name: str
    unit: str
    estimate: Callable[[Run, int | None], float]
    low: float
    high: float
    source: str


def mean(run: Run, outcome: str, row: int | None) -> float:
    """Average an outcome of a role over all weeks."""
    weeks = run.weeks[outcome] if row is None else run.by_role[outcome][:, row]
    return float(weeks.mean())


def active_share(run: Run, row: int | None) -> float:
    """Take the share of its people who use AI in a week."""
    return mean(run, "active_share", row)


def median_tokens(run: Run, row: int | None) -> float:
    """Take the median over its person-weeks with any use [M tokens a week]."""
    used = tokens(run)
    if row is not None:
        used = used[:, run.employees["role"] == row]
    return float(np.median(used[used > 0.0]))


def net_gain(run: Run, row: int | None) -> float:
    """Divide the gain from core work net of misuse by the yield of manual work."""
    gained = mean(run, "output_gain", row) + mean(run, "output_misuse", row)
    return gained / mean(run, "output_manual", row)


def saved(run: Run, row: int | None) -> float:
    """Take the share of ten half-days that AI saves."""
    return mean(run, "saved", row) / 10.0


ROLE_TARGETS = (
    RoleTarget(
        EVERYBODY,
        "Weekly active share",
        "share",
        active_share,
        0.06,
        0.75,
        "firms' use of an assistant, 6 to 75 %, 66 firms: Dillon et al. 2025",
    ),
    RoleTarget(
        EVERYBODY,
        "Time saved",
        "share of hours",
        saved,
        0.014,
        0.054,
        "1.4 % of all hours, 5.4 % of users' (US); 2.8 % (Denmark): evidence 2 and 19",
    ),
    RoleTarget(
        "developer",
        "Weekly active share",
        "share",
        active_share,
        0.60,
        0.80,
        "about 70 % at Amazon; 79 % ever in Denmark: evidence 1.1 and 19",
    ),
    RoleTarget(
        "developer",
        "Median weekly tokens of the active",
        "M tokens",
        median_tokens,
        24.0,
        40.0,
        "32 M, within 25 %: Jellyfish, engineers (evidence 1.2)",
    ),
    RoleTarget(
        "developer",
        "Gain net of misuse, over all half-days",
        "share of manual output",
        net_gain,
        0.04,
        0.26,
        "trials of 2026 .04 to .20; Cui et al. .26: evidence 2 and 19",
    ),
    RoleTarget(
        "support_agent",
        "Gain net of misuse, over all half-days",
        "share of manual output",
        net_gain,
        0.10,
        0.20,
        ".15, within a third: Brynjolfsson et al. 2025 (evidence 2)",
    ),
    RoleTarget(
        "adviser",
        "Weekly active share",
        "share",
        active_share,
        0.24,
        0.44,
        "34 % ever in Denmark, late 2023, within 10 points: Humlum and Vestergaard",
    ),
)
