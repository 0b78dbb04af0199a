"""The reduced rules in AgentPy: an agent for each employee, in an ``ap.AgentList``."""

from statistics import fmean

import agentpy as ap

from benchmarks.reduced.person import Person
from benchmarks.reduced.rules import HALF_DAYS, Means, Rules
from benchmarks.reduced.window import Window


class Employee(ap.Agent, Person):
    """Somebody who chooses what to do with each half-day."""

    def setup(self) -> None:
        """Join the team that has a place left."""
        self.hire(self.p.rules, self.model.random, self.model.team_with_a_place())


class Office(ap.Model):
    """An organisation; a step is a week."""

    def setup(self) -> None:
        """Hire everybody."""
        self.window = Window(self.p.rules)
        self.team: list[Person] = []
        self.employees = ap.AgentList(self, self.p.employees, Employee)

    def team_with_a_place(self) -> list[Person]:
        """The latest team, or a new one if that is full."""
        if len(self.team) == self.p.rules.team_size:
            self.team = []
        return self.team

    def step(self) -> None:
        """Let a week pass."""
        if self.window.opens():
            self.employees.so_far = 0.0
        self.employees.live(self.window.left)
        self.window.week += 1
        self.employees.adapt(self.window.week)

    def update(self) -> None:
        """Record the means of the week."""
        if self.window.week == 0:
            return
        for name in ("manual", "genuine", "padding"):
            self.record(name, fmean(getattr(self.employees, name)) / HALF_DAYS)
        for name in ("output", "tokens", "active", "norm"):
            self.record(name, fmean(getattr(self.employees, name)))


class Organisation:
    """The model behind the common face."""

    def __init__(self, rules: Rules, employees: int, seed: int) -> None:
        self.model = Office({"rules": rules, "employees": employees, "seed": seed})
        self.model.sim_setup()

    def week(self) -> Means:
        """Let a week pass, and tell its means."""
        self.model.sim_step()
        return Means(*(self.model.log[name][-1] for name in Means._fields))
