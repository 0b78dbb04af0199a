"""The reduced rules in Mesa: an agent for each employee."""

from statistics import fmean

import mesa

from benchmarks.reduced.person import Person
from benchmarks.reduced.rules import HALF_DAYS, Means, Rules
from benchmarks.reduced.window import Window


class Employee(mesa.Agent, Person):
    """Somebody who chooses what to do with each half-day."""

    def __init__(self, model: "Organisation", team: list[Person]) -> None:
        super().__init__(model)
        self.hire(model.rules, self.random, team)

    def open_window(self) -> None:
        """Start a window of the quota with nothing in hand."""
        self.so_far = 0.0


class Organisation(mesa.Model):
    """An organisation; a step is a week."""

    def __init__(self, rules: Rules, employees: int, seed: int) -> None:
        super().__init__(seed=seed)
        self.rules, self.window = rules, Window(rules)
        team: list[Person] = []
        for i in range(employees):
            if i % rules.team_size == 0:
                team = []
            Employee(self, team)
        self.datacollector = mesa.DataCollector(
            model_reporters={
                "manual": lambda m: m.agents.agg("manual", fmean) / HALF_DAYS,
                "genuine": lambda m: m.agents.agg("genuine", fmean) / HALF_DAYS,
                "padding": lambda m: m.agents.agg("padding", fmean) / HALF_DAYS,
                "output": lambda m: m.agents.agg("output", fmean),
                "tokens": lambda m: m.agents.agg("tokens", fmean),
                "active": lambda m: m.agents.agg("active", fmean),
                "norm": lambda m: m.agents.agg("norm", fmean),
            }
        )

    def step(self) -> None:
        """Let a week pass. Nobody reads what others do in it: no need to shuffle."""
        if self.window.opens():
            self.agents.do("open_window")
        self.agents.do("live", self.window.left)
        self.window.week += 1
        self.agents.do("adapt", self.window.week)
        self.datacollector.collect(self)

    def week(self) -> Means:
        """Let a week pass, and tell its means."""
        self.step()
        kept = self.datacollector.model_vars
        return Means(*(kept[name][-1] for name in Means._fields))
