"""Proxyeconomics (Braganza 2022): its parameters, its rules, and how they are read.

Agents compete by a proxy of what society wants. Each has an effort e, a practice angle
theta and a talent t:

    proxy = cos(theta) e         goal = cos(gamma - theta) e
    utility = +- |proxy - T|^0.88 (times 2.25 below T) + g goal - e^2 / t

T is the proxy of rank int(c N) - 1 among all N, in rising order: competition c decides
how many fall short. In a step every agent, in random order, tries eleven efforts and
keeps the best. Then those at or below T die with probability p; a successor copies
effort and angle (with a mutation) from somebody at or above T and draws a new talent.

Source: Braganza, R. Soc. Open Sci. 2022, doi 10.1098/rsos.211030, as described in
section 5.2 of ``docs/evidence.md``; no line of the published program was used. The
exponent and the loss aversion are those of Tversky and Kahneman 1992 (from memory, to
be checked). What the description leaves open is decided as follows.

1. *Own proxy*: while an agent tries, T counts it with the proxy that it tried last
   (``OwnProxy.LAST_TRIED``), so that T depends on the order of the tries: rising.
2. *Newborns wait*: until its own first turn a successor is ranked and recorded with
   the proxy and goal of its predecessor, but with its own effort and angle.
3. *At T*: that agent is both loser and winner: it may die and may be copied, also by
   itself, and also when it has been replaced already.
4. *Rank*: int() cuts off what floating point makes of c N: .29 x 100 is 28.
5. *Effort*: a try at or below 0 is left out, so that effort never becomes 0.
6. *Equal worth*: the lower effort is kept.
7. *Angles* above 180 degrees become negative; there is no lower counterpart.
8. *Start*: effort is 1 for everybody, as nothing is said. It is forgotten in the
   first half of a run, which is not reported.
9. *Records* are means over agents after each step, its deaths included.

1 to 3 can change the results: ``Reading`` has a field for each, and the study also
runs the alternatives.
"""

import math
from dataclasses import dataclass
from enum import IntEnum
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

TRIES = (-10.0, -5.0, -1.0, -0.5, -0.1, 0.0, 0.1, 0.5, 1.0, 5.0, 10.0)
"""Changes of effort that are tried, in this order."""
CURVATURE = 0.88
LOSS_AVERSION = 2.25
START_EFFORT = 1.0
LEAST_TALENT = 0.01

STATISTICS = ("proxy", "goal", "effort", "angle")
"""Means over agents that are recorded after each step; the angle in degrees."""


class OwnProxy(IntEnum):
    """Which own proxy counts in T while an agent tries efforts."""

    LAST_TRIED = 0
    TRIED = 1  # the one that is being tried
    HELD = 2  # the one from before its turn


class Reading(NamedTuple):
    """How the description is read where it is open; the default is our reading."""

    own_proxy: OwnProxy = OwnProxy.LAST_TRIED
    newborns_wait: bool = True
    dies_at_threshold: bool = True


DECIDED = Reading()
READINGS = {
    "as decided": DECIDED,
    "T counts the try itself": Reading(own_proxy=OwnProxy.TRIED),
    "T counts the proxy from before the turn": Reading(own_proxy=OwnProxy.HELD),
    "newborns are seen at once": Reading(newborns_wait=False),
    "the agent at T cannot die": Reading(dies_at_threshold=False),
}
"""Our reading first, then what else the description could mean, one thing at a time."""


@dataclass(frozen=True)
class Setting:
    """One society of the model.

    Attributes
    ----------
    moral_weight : float
        g: what a unit of goal is worth to an agent itself, at least 0.
    competition : float
        c: share of agents that T leaves behind, at least 1 / agents and at most 1.
    goal_angle : float
        gamma: between what the proxy counts and what society wants [rad].
    death : float
        p: probability that an agent at or below T dies in a step.
    mutation : float
        Standard deviation of a successor's angle around that of its model [rad].

    Raises
    ------
    ValueError
        For a value that makes no sense, naming it and what is allowed.
    """

    moral_weight: float
    competition: float
    agents: int = 100
    goal_angle: float = math.pi / 4.0
    death: float = 0.1
    mutation: float = math.pi / 90.0
    reading: Reading = DECIDED

    def __post_init__(self) -> None:
        """Refuse values that make no sense."""
        _within("agents", self.agents, 2, math.inf)
        _within("moral_weight", self.moral_weight, 0.0, math.inf)
        _within("competition", self.competition, 0.0, 1.0)
        _within("goal_angle", self.goal_angle, 0.0, math.pi)
        _within("death", self.death, 0.0, 1.0)
        _within("mutation", self.mutation, 0.0, math.pi)
        if self.rank < 0:
            raise ValueError(
                f"competition is {self.competition}; among {self.agents} agents it "
                f"must leave behind at least one: take {1.0 / self.agents:g} or more"
            )

    @property
    def rank(self) -> int:
        """Place of T among the proxies in rising order, from 0."""
        return int(self.competition * self.agents) - 1


def _within(name: str, value: float, low: float, high: float) -> None:
    if not (low <= value <= high and math.isfinite(value)):
        above = "" if math.isinf(high) else f" and at most {high:g}"
        raise ValueError(f"{name} is {value}; it must be at least {low:g}{above}")


def proxy_of(effort: float, angle: float) -> float:
    """Compute the proxy: what is counted."""
    return math.cos(angle) * effort


def goal_of(effort: float, angle: float, goal_angle: float) -> float:
    """Compute the goal: what society wants."""
    return math.cos(goal_angle - angle) * effort


def utility(
    proxy: float,
    threshold: float,
    goal: float,
    effort: float,
    talent: float,
    moral_weight: float,
) -> float:
    """Compute the utility of an effort: success against T, the goal, and its cost."""
    prospect: float = abs(proxy - threshold) ** CURVATURE
    if proxy < threshold:
        prospect *= -LOSS_AVERSION
    return prospect + moral_weight * goal - effort * effort / talent


def wrapped(angle: float) -> float:
    """Wrap an angle that passes 180 degrees [rad]; there is no lower counterpart."""
    return angle - 2.0 * math.pi if angle > math.pi else angle


def talent(rng: np.random.Generator) -> float:
    """Draw the talent of a newborn: N(10, 1), but never 0 or less."""
    drawn = rng.normal(10.0, 1.0)
    return max(LEAST_TALENT, drawn)


def founders(setting: Setting, rng: np.random.Generator) -> tuple[Floats, Floats]:
    """Draw angles ~ U(0, gamma) [rad] and talents of the first agents, (agents,)."""
    angles = rng.uniform(0.0, setting.goal_angle, setting.agents)
    return angles, np.array([talent(rng) for _ in range(setting.agents)])
