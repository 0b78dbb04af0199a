"""Proxyeconomics on Mesa 3, as it is described; the rules stand beside this module.

Randomness is Mesa's, seeded for each run: ``shuffle_do`` orders the turns by the
model's ``random``; deaths, models, mutations and talents come from its ``rng``.
"""

import math
from collections.abc import Callable

import mesa
import numpy as np

from experiments.studies.proxyeconomics.rules import (
    START_EFFORT,
    STATISTICS,
    TRIES,
    Floats,
    OwnProxy,
    Setting,
    founders,
    goal_of,
    proxy_of,
    talent,
    utility,
    wrapped,
)


class Competitor(mesa.Agent):
    """An agent that is judged by a proxy of what it does.

    Attributes
    ----------
    proxy, goal : float
        What others see: of the effort that the agent tries or holds. Before its first
        turn a newborn has those of its predecessor.
    """

    model: "Proxyeconomy"

    def __init__(self, model: "Proxyeconomy", angle: float, talent: float) -> None:
        super().__init__(model)
        self.angle = angle  # rad
        self.talent = talent
        self.effort = START_EFFORT
        self.show(self.effort)

    def show(self, effort: float) -> None:
        """Publish the proxy and goal of an effort."""
        self.proxy = proxy_of(effort, self.angle)
        self.goal = goal_of(effort, self.angle, self.model.setting.goal_angle)

    def act(self) -> None:
        """Try eleven efforts and keep the best."""
        own_proxy = self.model.setting.reading.own_proxy
        threshold = self.model.threshold()
        chosen, most = self.effort, -math.inf
        for change in TRIES:
            effort = self.effort + change
            if effort <= 0.0:
                continue
            if own_proxy == OwnProxy.LAST_TRIED:
                threshold = self.model.threshold()
            self.show(effort)
            if own_proxy == OwnProxy.TRIED:
                threshold = self.model.threshold()
            worth = self.worth(effort, threshold)
            if worth > most:
                chosen, most = effort, worth
        self.effort = chosen
        self.show(chosen)

    def worth(self, effort: float, threshold: float) -> float:
        """Compute the utility of the effort that others see."""
        return utility(
            self.proxy,
            threshold,
            self.goal,
            effort,
            self.talent,
            self.model.setting.moral_weight,
        )

    def become_successor_of(self, parent: "Competitor") -> None:
        """Die; a newborn with the culture of a parent takes the place."""
        mutation = self.model.setting.mutation
        self.effort = parent.effort
        self.angle = wrapped(parent.angle + self.rng.normal(0.0, mutation))
        self.talent = talent(self.rng)
        if not self.model.setting.reading.newborns_wait:
            self.show(self.effort)


class Proxyeconomy(mesa.Model):
    """A society of competitors; ``datacollector`` holds the means after each step."""

    def __init__(self, setting: Setting, rng: int) -> None:
        super().__init__(rng=rng)
        self.setting = setting
        angles, talents = founders(setting, self.rng)
        Competitor.create_agents(self, setting.agents, angle=angles, talent=talents)
        self.datacollector = mesa.DataCollector(
            model_reporters={name: _mean(name) for name in STATISTICS}
        )

    def step(self) -> None:
        """Let everybody act in random order, then select."""
        self.agents.shuffle_do("act")
        self.select()
        self.datacollector.collect(self)

    def threshold(self) -> float:
        """T: the proxy that leaves the share c of all behind."""
        ranked: list[float] = sorted(self.agents.get("proxy"))
        return ranked[self.setting.rank]

    def select(self) -> None:
        """Replace some of the losers by copies of winners."""
        threshold = self.threshold()
        may_tie = self.setting.reading.dies_at_threshold
        winners = [agent for agent in self.agents if agent.proxy >= threshold]
        losers = [
            agent
            for agent in self.agents
            if agent.proxy < threshold or (may_tie and agent.proxy == threshold)
        ]
        for loser in losers:
            if self.rng.random() < self.setting.death:
                parent = winners[self.rng.integers(0, len(winners))]
                loser.become_successor_of(parent)


def trajectory(setting: Setting, seed: int, steps: int) -> Floats:
    """Simulate a run: means over agents after each step, (steps, 4): ``STATISTICS``."""
    model = Proxyeconomy(setting, rng=seed)
    for _ in range(steps):
        model.step()
    means: Floats = model.datacollector.get_model_vars_dataframe().to_numpy(np.float64)
    return means


def _mean(name: str) -> Callable[[Proxyeconomy], float]:
    """Make a function that averages an attribute over agents; angles in degrees."""
    unit = math.degrees(1.0) if name == "angle" else 1.0

    def mean(model: Proxyeconomy) -> float:
        return unit * float(np.mean(model.agents.get(name)))

    return mean
