"""Numbers of the reduced rules, and what every framework's organisation looks like.

Imports nothing but the standard library: it is also read by interpreters in which only
one of the frameworks is installed.
"""

from dataclasses import dataclass
from typing import NamedTuple, Protocol

MANUAL, GENUINE, PADDING = range(3)
HALF_DAYS = 10
REFERENCE_TOKENS = 32.0  # M a week
FLOOR = 0.1 / HALF_DAYS  # a tenth of the reference, a half-day [reference weeks]


@dataclass(frozen=True)
class Rules:
    """Parameters under the names of ``model.scenario``; see there for units."""

    warm_up: int  # weeks before the quota
    team_size: int
    # people
    skill_sd: float
    ambition_cv: float
    status_cv: float
    conscience_floor: float
    conscience_shape: float
    conscience_scale: float
    never_gamers: float
    reluctance_mean: float
    reluctance_sd: float
    ceiling_a: float
    ceiling_b: float
    start_a: float
    start_b: float
    belief_mean: float
    belief_sd: float
    intensity: float
    intensity_sd: float
    padding_intensity: float
    padding_sd: float
    savvy_a: float
    savvy_b: float
    choice_noise: float
    own_value: float
    cramming: float
    uncertainty: float
    judgement_noise: float
    pace_memory: float
    learning: float
    # technology
    gain: float
    skill_gradient: float
    loss: float
    token_noise: float
    padding_time: float
    automation: float
    scripting: float
    # peers
    norm_memory: float
    norm_relief: float
    norm_pull: float
    # quota
    amount: float
    penalty: float
    shame: float
    weeks: int


class Means(NamedTuple):
    """A week's means over all employees."""

    manual: float  # share of half-days
    genuine: float
    padding: float
    output: float  # half-days of average manual work
    tokens: float  # M
    active: float  # share of people who used AI
    norm: float  # padding seen among mates, share of half-days


class Face(Protocol):
    """An organisation under the reduced rules, in whatever framework."""

    def __init__(self, rules: Rules, employees: int, seed: int) -> None:
        """Hire everybody."""

    def week(self) -> Means:
        """Let a week pass."""
